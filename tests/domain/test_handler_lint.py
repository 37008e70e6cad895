"""Looking through a directory: forms, twins, rings, age; and what is only uncertain."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pirights.domain.handler import Handler, Period
from pirights.domain.handler_lint import problems
from pirights.domain.handler_name import normalised

TODAY = date(2026, 11, 23)
CODE = "91350211M000100Y46"
GOOD = Handler(
    id=1,
    name="样例有限公司",
    uscc=CODE,
    address="浙江省杭州市西湖区样例路9号",
    email="privacy@park.example",
    phone="0571-87654321",
    policy_url="https://park.example/privacy",
    policy_days=Period(amount=15),
    source="https://park.example",
    verified=date(2026, 11, 1),
)


def found(*handlers: Handler) -> list[tuple[str, str]]:
    return [(one.handler, one.field) for one in problems(handlers, today=TODAY)]


def with_(**facts: Any) -> list[str]:  # noqa: ANN401 (fields of a record)
    return [field for _, field in found(replace(GOOD, **facts))]


def test_a_good_record_has_no_problem() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    "phone",
    [
        *("13900000137", "139 0000 0137", "+86 139-0000-0137", "86-13900000137"),
        *(
            "0571-87654321",
            "(0571)87654321",
            "010 62345678",
            "+86-571-87654321",
            "0571-87654321转801",
        ),
        *("0571-87654321-801", "400-800-1234", "4008001234", "800-810-1234", "12345", "95588"),
        *("10086", "0571-12345", "96110", "0571-87654321、13900000137", "02162345678,02162345679"),
    ],
)
def test_numbers_as_people_here_write_them_are_taken(phone: str) -> None:
    assert with_(phone=phone) == []


@pytest.mark.parametrize(
    "phone", ["1234567", "12900000137", "139000001370", "0571", "电话", "0571-8765432１", "--", "1"]
)
def test_other_numbers_are_told(phone: str) -> None:
    assert with_(phone=phone) == ["phone"]


@pytest.mark.parametrize(
    "email",
    ["a", "a@b", "a@b.", "a b@c.example", "a@-b.example", "a＠b.example", "a@b..example", "@b.cn"],
)
def test_what_is_no_mailbox_is_told(email: str) -> None:
    assert with_(email=email) == ["email"]


@pytest.mark.parametrize("email", ["a.b+c@d.example", "x@y-z.com.cn", "1@qq.com"])
def test_a_mailbox_is_taken(email: str) -> None:
    assert with_(email=email) == []


def test_an_address_without_province_or_town_is_only_uncertain() -> None:
    for address in ("样例路9号", "西湖区样例路9号", "浙江样例路"):
        (one,) = problems([replace(GOOD, address=address)], today=TODAY)
        assert (one.field, one.is_certain) == ("address", False)
    for address in (
        "上海市黄浦区样例路1号",
        "新疆维吾尔自治区喀什地区样例路",
        "北京市朝阳区样例路1号",
    ):
        assert with_(address=address) == []
    assert with_(address="") == []


def test_where_a_contact_came_from_and_when_is_missed() -> None:
    assert with_(source="", verified=None) == ["source", "verified"]
    assert with_(verified=date(2025, 11, 23)) == []
    assert with_(verified=date(2025, 11, 22)) == ["verified"]


def test_a_promise_needs_the_page_that_makes_it() -> None:
    assert with_(policy_url="") == ["policy_url"]
    assert with_(policy_url="", policy_days=None) == []


def test_a_wrong_code_is_told() -> None:
    assert with_(uscc="91350211M000100Y43") == ["uscc"]


def test_a_mail_that_came_back_marks_its_address_until_it_is_checked_again() -> None:
    assert with_(email_bounced=date(2026, 11, 10)) == ["email"]
    assert with_(email_bounced=date(2026, 11, 1)) == ["email"]
    assert with_(email_bounced=date(2026, 10, 31)) == []
    assert with_(email_bounced=date(2026, 11, 10), email="") == []


def test_twins_by_code_and_by_spelling_are_told_at_both() -> None:
    twin = replace(GOOD, id=2, name="别的有限公司")
    assert found(GOOD, twin) == [("H1", "uscc"), ("H2", "uscc")]
    spelt = replace(GOOD, id=2, name=" 样例（有限责任公司） ", uscc="")
    assert found(GOOD, spelt) == [("H1", "name"), ("H2", "name")]
    namesake = replace(GOOD, id=2, uscc="911100001000044477")
    assert [field for _, field in found(GOOD, namesake) if field == "name"] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("样例有限公司", "样例有限责任公司"),
        ("样例(杭州)有限公司", "样例（杭州）有限公司"),
        ("ＡＢＣ有限公司", "abc有限公司"),
        ("样例 有限 公司", "样例有限公司"),
        ("Sample Co., Ltd.", "SAMPLE CO LTD"),
        ("Sample Company Limited", "Sample Co., Ltd"),
        ("“样例”公司", "样例公司"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("样例有限公司", "样例股份有限公司"),
        ("样例有限公司", "样例有限公司西湖分公司"),
        ("样例一有限公司", "样例二有限公司"),
    ],
)
def test_other_companies_stay_others(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


def test_a_ring_of_relations_is_told_where_it_is_and_not_where_it_hangs() -> None:
    first = replace(GOOD, id=1, name="甲", uscc="", parent=2)
    second = replace(GOOD, id=2, name="乙", uscc="", parent=3)
    third = replace(GOOD, id=3, name="丙", uscc="", parent=2)
    assert found(first, second, third) == [("H2", "parent"), ("H3", "parent")]
    itself = replace(first, parent=1)
    assert found(itself) == [("H1", "parent")]
    crossing = (replace(first, parent=2), replace(second, parent=None, branch_of=1))
    assert found(*crossing) == []


def test_a_relation_to_nobody_is_told() -> None:
    assert with_(branch_of=9) == ["branch_of"]


def test_ten_thousand_in_one_chain_are_walked_once() -> None:
    chain = [
        replace(GOOD, id=n, name=f"样例{n}", uscc="", parent=n + 1 if n < 10_000 else None)
        for n in range(1, 10_001)
    ]
    assert found(*chain) == []
