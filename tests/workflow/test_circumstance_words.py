"""Circumstances as people type them, in English and Chinese, and there and back again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.encounter import Circumstance, Encounter
from pirights.domain.handler import Venue
from pirights.errors import BadInput
from pirights.workflow.circumstance_words import Known, merged, read, written

C = Circumstance
NOTHING: Known = ((), ())
BLANK = Encounter(
    id=1, at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC), place="东门", venue=Venue.SHOP
)


@pytest.mark.parametrize(
    ("cell", "so", "not_so"),
    [
        ("", (), ()),
        (" ; ", (), ()),
        ("shared", (C.SHARED,), ()),
        ("Shared", (C.SHARED,), ()),
        ("shared=yes", (C.SHARED,), ()),
        ("shared=no", (), (C.SHARED,)),
        ("shared = No", (), (C.SHARED,)),
        ("shared=unknown", (), ()),
        ("leak; under-14=no", (C.LEAK,), (C.UNDER_14,)),
        ("不满十四周岁", (C.UNDER_14,), ()),
        ("不满14周岁；监护人同意=否", (C.UNDER_14,), (C.GUARDIAN_CONSENT,)),
        ("提供给他人＝否，疑似泄露", (C.LEAK,), (C.SHARED,)),
        ("消费者、租户", (C.CUSTOMER, C.RESIDENT), ()),
        ("员工=是", (C.EMPLOYEE,), ()),
        ("家庭自用=不清楚", (), ()),
    ],
)
def test_a_cell_is_read_in_english_and_chinese(
    cell: str, so: tuple[Circumstance, ...], not_so: tuple[Circumstance, ...]
) -> None:
    assert read(cell) == (so, not_so)


CHINESE = {
    C.AGAINST_AGREEMENT: "违反约定",
    C.BUNDLED_CONSENT: "捆绑同意",
    C.COERCED_CONSENT: "强迫同意",
    C.CUSTOMER: "消费者",
    C.DATA_GONE: "信息已删除",
    C.EMPLOYEE: "员工",
    C.FAMILY_USE: "家庭自用",
    C.GROUND_ENDED: "理由已消失",
    C.GUARDIAN_CONSENT: "监护人同意",
    C.LEAK: "疑似泄露",
    C.MANY_FACES: "满十万人",
    C.OFF_DEVICE: "传出设备",
    C.OTHER_USE: "另作他用",
    C.PRIVATE_SPACE: "私密空间",
    C.PUBLIC_SECURITY_SYSTEM: "公共安全视频系统",
    C.PURPOSE_ENDED: "目的已结束",
    C.RESIDENT: "业主",
    C.SHARED: "提供给他人",
    C.STANDARD_TERMS: "格式条款",
    C.UNDER_14: "不满十四周岁",
}


@pytest.mark.parametrize("one", Circumstance)
def test_every_circumstance_has_a_chinese_word(one: Circumstance) -> None:
    assert read(CHINESE[one]) == ((one,), ())
    assert read(f"{CHINESE[one]}=否") == ((), (one,))


@pytest.mark.parametrize("cell", ["shard", "shared; 泄漏了", "under 14", "shared;;x=yes"])
def test_an_unknown_word_is_named_with_the_words_there_are(cell: str) -> None:
    wrong = next(
        part for part in cell.split(";") if part.strip() and part.strip() != "shared"
    ).partition("=")[0]
    with pytest.raises(BadInput) as caught:
        read(cell)
    assert wrong.strip() in str(caught.value)
    assert "under-14" in str(caught.value)


@pytest.mark.parametrize("cell", ["shared=perhaps", "under-14=13", "leak=no=yes"])
def test_another_answer_than_yes_no_or_unknown_is_named(cell: str) -> None:
    with pytest.raises(BadInput, match=cell.partition("=")[2]):
        read(cell)


def test_an_answer_begun_and_left_out_is_no_yes() -> None:
    """`shared=` says less than `shared`: it may be refused or mean nothing, never yes."""
    try:
        found = merged(NOTHING, ["shared="])
    except BadInput:
        return
    assert found == NOTHING


def test_what_is_typed_is_added_to_what_was_known() -> None:
    known = merged(NOTHING, ["shared", "under-14=no"])
    assert merged(known, ["leak"]) == ((C.LEAK, C.SHARED), (C.UNDER_14,))
    assert merged(known, []) == known


def test_the_later_word_counts() -> None:
    assert merged(NOTHING, ["shared", "shared=no"]) == ((), (C.SHARED,))
    assert merged(NOTHING, ["shared=no", "shared"]) == ((C.SHARED,), ())
    assert merged(((C.SHARED,), ()), ["shared=no"]) == ((), (C.SHARED,))
    assert merged(((), (C.SHARED,)), ["shared"]) == ((C.SHARED,), ())


def test_unknown_takes_a_circumstance_back() -> None:
    assert merged(((C.LEAK, C.SHARED), (C.UNDER_14,)), ["shared=unknown", "under-14=unknown"]) == (
        (C.LEAK,),
        (),
    )


@given(st.dictionaries(st.sampled_from(Circumstance), st.booleans()))
def test_written_and_read_again_nothing_is_lost(answers: dict[Circumstance, bool]) -> None:
    known = (
        tuple(one for one in Circumstance if answers.get(one) is True),
        tuple(one for one in Circumstance if answers.get(one) is False),
    )
    one = replace(BLANK, circumstances=known[0], ruled_out=known[1])
    assert read(written(one)) == known


def test_written_they_are_words_that_people_can_type() -> None:
    one = replace(BLANK, circumstances=(C.LEAK, C.SHARED), ruled_out=(C.UNDER_14,))
    assert written(one) == "leak; shared; under-14=no"
    assert written(BLANK) == ""


@given(st.text(max_size=60))
def test_any_text_gives_circumstances_or_a_clear_refusal(text: str) -> None:
    try:
        so, not_so = read(text)
    except BadInput:
        return
    assert set(so).isdisjoint(not_so)
