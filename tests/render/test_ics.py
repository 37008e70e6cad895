"""Calendar files: what RFC 5545 asks of the octets, read back by icalendar and by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pirights.render import ics
from pirights.render.ics import Entry, Status

ONE = Entry(
    uid="PR-2026-7K3M9QX-C-1-answer@pirights.invalid",
    on=date(2026, 12, 22),
    sequence=7,
    stamp=datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    status=Status.CONFIRMED,
    summary="PR-2026-7K3M9QX-C：答复日",
    description="依据：推荐性标准。",
)
HOSTILE = (
    "甲,乙;丙\\丁",
    "C:\\New\\nothing",
    "\\N\\n\\\\;",
    'X":BEGIN:VEVENT',
    "🧑‍⚖️😀" * 60,
    "杭州" * 250,
    "e\u0301" * 100,
    "a" * 75,
    "END:VCALENDAR\nBEGIN:VEVENT",
)


def lines(octets: bytes) -> list[str]:
    """Check the lines of a file by hand, and unfold them."""
    assert octets.endswith(b"\r\n")
    rows = octets[:-2].split(b"\r\n")
    for row in rows:
        assert len(row) <= 75, row
        assert b"\r" not in row
        assert b"\n" not in row
        row.decode()  # no character is cut in two
    return octets[:-2].decode().replace("\r\n ", "").split("\r\n")


def value(octets: bytes, name: str) -> str:
    return next(line for line in lines(octets) if line.startswith((f"{name}:", f"{name};")))


def test_an_entry_is_a_whole_day_with_an_alarm_a_day_before() -> None:
    octets = ics.written([ONE])
    assert lines(octets) == [
        "BEGIN:VCALENDAR",
        "PRODID:-//pirights//due dates//EN",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        "UID:PR-2026-7K3M9QX-C-1-answer@pirights.invalid",
        "DTSTAMP:20261123T040000Z",
        "DTSTART;VALUE=DATE:20261222",
        "DTEND;VALUE=DATE:20261223",
        "SEQUENCE:7",
        "STATUS:CONFIRMED",
        "SUMMARY:PR-2026-7K3M9QX-C：答复日",
        "DESCRIPTION:依据：推荐性标准。",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:PR-2026-7K3M9QX-C：答复日",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_what_is_called_off_rings_no_alarm() -> None:
    octets = ics.written([replace(ONE, status=Status.CANCELLED)])
    assert "STATUS:CANCELLED" in lines(octets)
    assert "BEGIN:VALARM" not in lines(octets)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts_and_no_character_is_cut(text: str) -> None:
    octets = ics.written([replace(ONE, summary=text, description=f"{text}\n{text}")])
    lines(octets)
    (event,) = Calendar.from_ical(octets).walk("VEVENT")
    assert str(event["UID"]) == ONE.uid
    (found,) = ics.read(octets)
    assert (found.summary, found.description) == (text, f"{text}\n{text}")
    if "\\" not in text:  # icalendar's own reading of these is what it is
        assert str(event["SUMMARY"]) == text


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=500))
def test_any_text_comes_back(text: str) -> None:
    entry = replace(ONE, summary=text)
    octets = ics.written([entry])
    lines(octets)
    assert ics.read(octets) == (entry,)


def test_the_last_day_of_all_days_has_no_day_after() -> None:
    entry = replace(ONE, on=date.max)
    assert ics.read(ics.written([entry])) == (entry,)


GOOD = ics.written([ONE])


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\xff\xfe",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        GOOD.replace(b"-//pirights//due dates//EN", b"-//Else//Calendar//EN"),
        GOOD.replace(b"PRODID:-//pirights//due dates//EN\r\n", b""),
        GOOD.replace(b"@pirights.invalid", b"@example.org"),
        GOOD.replace(b"SEQUENCE:7", b"SEQUENCE:-7"),
        GOOD.replace(b"SEQUENCE:7", b"SEQUENCE:99999999999"),
        GOOD.replace(b"SEQUENCE:7", b"SEQUENCE:2147483647"),
        GOOD.replace(b"20261222", b"20261322"),
        GOOD.replace(b";VALUE=DATE:20261222", b":20261222"),
        GOOD.replace(b"STATUS:CONFIRMED", b"STATUS:MAYBE"),
        GOOD.replace(b"TRANSP:", b"RRULE:FREQ=SECONDLY\r\nTRANSP:"),
        GOOD.replace(b"TRANSP:", b"ATTENDEE:mailto:a@b.example\r\nTRANSP:"),
        GOOD.replace(b"BEGIN:VALARM", b"BEGIN:VEVENT").replace(b"END:VALARM", b"END:VEVENT"),
        GOOD.replace(b"END:VEVENT\r\n", b""),
        GOOD + GOOD,
        GOOD[:200],
        b"BEGIN:VCALENDAR\r\n" * 10_000,
        GOOD.replace(b"SUMMARY", b"SUMMARY " + b"x" * 10),
        GOOD + b" " * ics.SIZE_LIMIT,
        GOOD.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 80),
        GOOD.replace(b"SUMMARY:", b"SUMMARY:" + b"x\r\n " * 300),
    ],
)
def test_any_other_file_is_not_ours(octets: bytes) -> None:
    with pytest.raises(ValueError, match="not a calendar of ours"):
        ics.read(octets)


def test_two_thousand_entries_are_quick() -> None:
    many: list[Any] = [
        replace(ONE, uid=f"PR-2026-7K3M9QX-C-{n}-answer@pirights.invalid") for n in range(2000)
    ]
    begin = perf_counter()
    octets = ics.written(many)
    assert ics.read(octets) == tuple(many)
    assert perf_counter() - begin < 10
