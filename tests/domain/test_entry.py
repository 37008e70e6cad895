"""What people type: days, moments, zones, labels."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain import entry
from pirights.domain.request import Correction
from pirights.errors import BadInput

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20",
        " 2026-11-20 ",
        "2026/11/20",
        "2026.11.20",
        "2026年11月20日",
        "２０２６－１１－２０",
    ],
)
def test_a_day_may_be_written_in_the_usual_ways(text: str) -> None:
    assert entry.day(text, field="--at") == date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "2026-13-01",
        "20261120",
        "20-11-2026",
        "2026-11-20 18:05",
        "٢٠٢٦",
        "x" * 999,
    ],
)
def test_what_is_no_day_is_named_with_its_field(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        entry.day(text, field="--at")
    assert "--at" in str(refused.value)
    assert text in str(refused.value)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_written_day_is_read_back(day: date) -> None:
    assert entry.day(day.isoformat(), field="x") == day


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-11-20 18:05", "Asia/Shanghai", datetime(2026, 11, 20, 10, 5, tzinfo=UTC)),
        ("2026-11-20T18:05:30", "Asia/Shanghai", datetime(2026, 11, 20, 10, 5, 30, tzinfo=UTC)),
        ("2026年11月20日 18:05", "Asia/Shanghai", datetime(2026, 11, 20, 10, 5, tzinfo=UTC)),
        (
            "２０２６-１１-２０　１８：０５",
            "Asia/Shanghai",
            datetime(2026, 11, 20, 10, 5, tzinfo=UTC),
        ),
        ("2026-11-20 18:05+09:00", "Asia/Shanghai", datetime(2026, 11, 20, 9, 5, tzinfo=UTC)),
        ("2026-11-20 18:05Z", "Asia/Shanghai", datetime(2026, 11, 20, 18, 5, tzinfo=UTC)),
        ("2026-11-01 01:30-0500", "America/New_York", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_its_zone(text: str, zone: str, utc: datetime) -> None:
    read = entry.moment(text, zone, field="--at")
    assert read == utc
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "zone", "said"),
    [
        ("2026-11-20", "Asia/Shanghai", "not a date with a time"),
        ("2026-02-30 10:00", "Asia/Shanghai", "there is no day"),
        ("2026-11-20 24:00", "Asia/Shanghai", "no such time"),
        ("2026-11-20 10:60", "Asia/Shanghai", "no such time"),
        ("2026-11-20 10:00+99:00", "Asia/Shanghai", "no such time"),
        ("2026-03-08 02:30", "America/New_York", "skipped"),
        ("2026-11-01 01:30", "America/New_York", "twice"),
        ("1986-05-04 02:30", "Asia/Shanghai", "skipped"),
        ("2026-11-20 10:00", "Mars/Olympus", "no time zone"),
    ],
)
def test_a_moment_that_never_was_or_was_twice_is_refused(text: str, zone: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        entry.moment(text, zone, field="--at")


def test_a_doubled_time_is_refused_with_both_ways_to_write_it() -> None:
    with pytest.raises(BadInput) as refused:
        entry.moment("2026-11-01 01:30", "America/New_York", field="--at")
    hint = str(refused.value.hint)
    for offset in ("-0400", "-0500"):
        assert f"2026-11-01 01:30{offset}" in hint
        assert entry.moment(f"2026-11-01 01:30{offset}", "America/New_York", field="--at")


@pytest.mark.parametrize("name", ["Asia/Shanghai", "UTC", " Europe/London "])
def test_a_zone_is_known_by_its_iana_name(name: str) -> None:
    assert entry.zone_name(name) == name.strip()


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../etc/passwd", "/etc/localtime", "Asia", "a" * 99, "A\0B"]
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        entry.zone_name(name)


@pytest.mark.parametrize(
    "name", ["posixrules", "posix/Asia/Shanghai", "right/Asia/Shanghai", "localtime", "PRC", "GMT"]
)
def test_a_zone_is_an_area_and_a_place(name: str) -> None:
    with pytest.raises(BadInput):
        entry.zone_name(name)


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.cn/p?a=b:c", "HTTP://example.cn", "example.cn", "", " example.cn/x:y "),
        *("example.cn:8080", "example.cn:8080/x", "示例.中国", "//example.cn", "/a:b"),
    ],
)
def test_the_address_of_a_page_needs_no_scheme(address: str) -> None:
    assert entry.web_address(address, field="--web") == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", " JavaScript:1", "data:text/html,x", "file:///etc/passwd"),
        *("mailto:a@b.example", "javascript:1/", "vbscript.x:alert", "a.b:80:x", "ftp://x.example"),
    ],
)
def test_a_scheme_that_leads_to_no_page_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="web page"):
        entry.web_address(address, field="--web")


@pytest.mark.parametrize("day", [date(1025, 11, 20), date(1989, 12, 31), date(2026, 11, 24)])
def test_an_implausible_day_is_refused(day: date) -> None:
    with pytest.raises(BadInput):
        entry.plausible_day(day, TODAY, field="--at")


def test_a_plausible_day_passes_and_a_future_one_where_that_makes_sense() -> None:
    assert entry.plausible_day(TODAY, TODAY, field="x") == TODAY
    assert entry.plausible_day(date(2027, 1, 1), TODAY, field="x", future=True)


def test_a_moment_in_the_future_is_refused() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert entry.plausible_moment(now, now, field="x") == now
    with pytest.raises(BadInput):
        entry.plausible_moment(datetime(2026, 11, 23, 12, 1, tzinfo=UTC), now, field="x")


@pytest.mark.parametrize("text", ["E12", "e12", "Ｅ１２", " E12 "])
def test_a_label_is_read_in_any_case_and_width(text: str) -> None:
    assert entry.record_number(text, "E") == 12


@pytest.mark.parametrize("text", ["", "12", "E0", "E", "H12", "E-1", "E1x", "E" + "9" * 20])
def test_what_is_no_label_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        entry.record_number(text, "E")


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("姓名：王小民 => 王小明", "姓名：王小民 ", " 王小明"),
        ("=> 退卡日期：9月1日", "", " 退卡日期：9月1日"),
        ("双人年卡→单人年卡", "双人年卡", "单人年卡"),
        ("a => b => c", "a ", " b => c"),
        ("卡别 =>", "卡别 ", ""),
    ],
)
def test_a_correction_says_what_is_wrong_and_what_is_right(
    text: str, wrong: str, right: str
) -> None:
    assert entry.correction(text, field="--correction") == Correction(wrong=wrong, right=right)


def test_a_correction_without_an_arrow_is_refused_with_the_form() -> None:
    with pytest.raises(BadInput, match="--correction") as refused:
        entry.correction("王小民", field="--correction")
    assert "=>" in str(refused.value.hint)
