"""What may be cited for every right, on every day on which the law changed: a table to read.

`tests/golden/law/basis.txt` was written by the program once and then read line by line, by hand,
against these rules of the law notes (FACTS), and not only against the program:

- section 1, the first days: CSL of 2016 from 2017-06-01 to 2025-12-31, the renumbered text from
  2026-01-01; gov-info 2019-05-15; Civil Code 2021-01-01; spc-frt 2021-08-01; PIPL 2021-11-01;
  algorithm-2021 2022-03-01; minors-online 2024-01-01; NDSR 2025-01-01; FRT Measures 2025-06-01.
  Order 25 (2026-09-01), whose text was not seen, gives no article: 2026-09-01 reads as 2026-01-01.
- section 1, renumbering: old CSL 41(1) is new 43(1), old 43 is new 45, and never both for one day.
- section 2, which articles carry which right, the PIPL or Civil Code before the Measures; 10(1) of
  spc-frt for estates alone; minors-online 34 for those under 18 alone, whatever the place.
- section 10, number 4: nothing for a scan before its first day; with storage (or a practice) that
  goes on, what is in force today beside what was in force then, marked `n`, never what has ended.
- section 10, number 6: a state organ has PIPL 34 or 35 and gov-info 41 beside the others.
- section 10, number 25: laws first, then administrative regulations, then judicial
  interpretations, then department rules, which never stand first or alone.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pirights import law_data, rule_data
from pirights.domain.basis import Why, basis
from pirights.domain.handler import Venue
from pirights.domain.request import Right
from tests.conftest import GOLDEN, Golden

TODAY: Final = date(2026, 11, 25)

DAYS: Final = (
    *(date(2021, 7, 31), date(2021, 8, 1), date(2021, 10, 31), date(2021, 11, 1)),
    *(date(2025, 5, 31), date(2025, 6, 1), date(2025, 12, 31), date(2026, 1, 1)),
    date(2026, 9, 1),
)
"""The days around which most of the law changed."""

BLOCKS: Final = {
    Right.KNOW: Venue.MALL,
    Right.ACCESS: Venue.GYM,
    Right.COPY: Venue.SCHOOL,
    Right.TRANSFER: Venue.APP,
    Right.CORRECT: Venue.HOSPITAL,
    Right.DELETE: Venue.SCENIC_AREA,
    Right.WITHDRAW: Venue.WORKPLACE,
    Right.EXPLAIN: Venue.SALES_OFFICE,
    Right.AUTOMATED: Venue.BANK,
    Right.REFUSE: Venue.TRANSPORT,
    Right.ALTERNATIVE: Venue.RESIDENTIAL,
}

OTHERS: Final = """
    know 2021-10-31 police --still-stored
    know 2025-06-01 government
    access 2023-12-31 school --minor
    access 2024-01-01 school --minor
    access 2021-10-31 police
    access 2026-09-01 police
    copy 2017-06-01 shop
    copy 2022-05-01 app --still-stored --minor
    transfer 2024-12-31 telecom
    transfer 2025-01-01 telecom
    transfer 2020-12-31 bank --still-stored
    correct 2019-05-14 government --still-stored
    correct 2019-05-15 government
    correct 2026-01-01 police --minor
    delete 2021-10-15 scenic-area
    delete 2021-10-15 scenic-area --still-stored
    delete 2021-10-15 scenic-area --still-stored --minor
    delete 2016-08-01 residential --still-stored
    delete 2020-12-31 hotel
    delete 2021-01-01 hotel
    delete 2026-11-25 pharmacy --still-stored
    withdraw 2020-01-01 gym
    withdraw 2020-01-01 gym --still-stored
    explain 2021-11-01 government --still-stored
    automated 2022-02-28 app
    automated 2022-03-01 app
    automated 2021-10-31 app --still-stored
    refuse 2021-10-31 police --still-stored
    refuse 2018-03-01 other --still-stored
    alternative 2025-06-01 shop
    alternative 2021-07-31 residential --still-stored
    alternative 2026-01-01 government
    alternative 2026-11-25 -
"""
"""Other places, days and flags; `-` is a place that was not told."""

LINE: Final = re.compile(
    r"(?P<right>\S+) \| (?P<on>\S+) \| (?P<venue>\S+) \| (?P<flags>.+) → (?P<may>.+) ‖ (?P<not>.+)"
)


def line(right: Right, on: date, venue: Venue | None, flags: list[str]) -> str:
    """One row of the table."""
    found = basis(
        rule_data.rights()[right],
        law_data.laws(),
        on=on,
        today=TODAY,
        venue=venue,
        still_stored="--still-stored" in flags,
        minor="--minor" in flags,
    )
    mark = {Why.THEN: "t", Why.NOW: "n"}
    may = ", ".join(f"{one.provision.key} {mark[one.why]}" for one in found.citable)
    others = ", ".join(one.provision.key for one in found.not_applicable)
    place = venue.value if venue else "-"
    asked = f"{right.value} | {on} | {place} | {' '.join(flags) or '-'}"
    return f"{asked} → {may or '-'} ‖ {others or '-'}"


def table() -> Iterator[str]:
    """All rows, with a blank line between two rights."""
    yield "# right | day of the scan | place | flags → may be cited ‖ may not be cited"
    yield f"# t: in force that day; n: in force today, {TODAY}, for what goes on"
    others = [words.split() for words in OTHERS.strip().splitlines()]
    for right, venue in BLOCKS.items():
        yield ""
        for on in DAYS:
            yield line(right, on, venue, [])
        for name, day, place, *flags in others:
            if name == right.value:
                where = None if place == "-" else Venue(place)
                yield line(right, date.fromisoformat(day), where, flags)


def frozen() -> list[re.Match[str]]:
    """The rows of the table as it was agreed."""
    text = (GOLDEN / "law" / "basis.txt").read_text(encoding="utf-8")
    rows = [row for row in text.splitlines() if row and not row.startswith("#")]
    found = [LINE.fullmatch(row) for row in rows]
    assert all(found), "a row that cannot be read"
    return [row for row in found if row]


def test_what_may_be_cited_is_what_was_agreed(golden: Golden) -> None:
    golden("law/basis.txt", "".join(f"{row}\n" for row in table()))


def test_the_table_has_every_right_every_day_and_many_places() -> None:
    rows = frozen()
    assert len(rows) >= 66
    assert {row["right"] for row in rows} == {right.value for right in Right}
    assert {row["on"] for row in rows} >= {str(on) for on in DAYS}
    assert {row["venue"] for row in rows} == {venue.value for venue in Venue} | {"-"}
    assert {row["flags"] for row in rows} == {
        *("-", "--still-stored", "--minor", "--still-stored --minor")
    }


IN_FORCE: Final = {
    "csl-2016": (date(2017, 6, 1), date(2025, 12, 31)),
    "gov-info-2019": (date(2019, 5, 15), date.max),
    "civil-code-personality": (date(2021, 1, 1), date.max),
    "spc-frt-2021": (date(2021, 8, 1), date.max),
    "pipl": (date(2021, 11, 1), date.max),
    "algorithm-2021": (date(2022, 3, 1), date.max),
    "minors-online-2023": (date(2024, 1, 1), date.max),
    "cpl-implementation-2024": (date(2024, 7, 1), date.max),
    "ndsr-2024": (date(2025, 1, 1), date.max),
    "public-video-2025": (date(2025, 4, 1), date.max),
    "frt-measures-2025": (date(2025, 6, 1), date.max),
    "csl": (date(2026, 1, 1), date.max),
}
"""First and last day, both inclusive, copied from FACTS section 1 and not from the program."""


VIDEO_KEPT: Final = {
    *("scenic-area", "school", "mall", "hospital", "transport", "government", "police"),
}
"""Kinds of place whose public security video the regulations name in article 7."""


def test_the_agreed_table_keeps_the_days_of_the_law() -> None:
    """Every key of every row is where FACTS puts it, whatever the program says."""
    for row in frozen():
        on = date.fromisoformat(row["on"])
        may = [] if row["may"] == "-" else [entry.split() for entry in row["may"].split(", ")]
        not_ = [] if row["not"] == "-" else row["not"].split(", ")
        for key, mark in [*may, *((key, "") for key in not_)]:
            first, last = IN_FORCE[key.partition(":")[0]]
            then, now = first <= on <= last, on < first <= TODAY <= last
            expected = "t" if then else "n" if now and "--still-stored" in row["flags"] else ""
            if key.startswith("minors-online") and "--minor" not in row["flags"]:
                expected = ""
            if key == "spc-frt-2021:10(1)" and row["venue"] != "residential":
                expected = ""
            if key.startswith("public-video") and row["venue"] not in VIDEO_KEPT:
                expected = ""  # the 30 days are for places of article 7 only
            if key.startswith("algorithm-2021") and row["venue"] != "app":
                expected = ""  # recommending services only
            assert mark == expected, (row[0], key)
        named = {key for key, _ in may} | set(not_)
        organ = row["venue"] in {"police", "government"}
        assert organ or not named & {"pipl:34", "pipl:35", "gov-info-2019:41"}, row[0]


def test_the_agreed_table_never_cites_both_numbers_of_an_article_for_one_day() -> None:
    for row in frozen():
        marked = dict(entry.split() for entry in row["may"].split(", ") if entry != "-")
        for new, old in (("csl:43(1)", "csl-2016:41(1)"), ("csl:45", "csl-2016:43")):
            assert (new in row[0]) == (old in row[0]), row[0]
            assert not (marked.get(new) == "t" and old in marked), row[0]


def test_in_the_agreed_table_a_day_without_any_change_reads_as_the_one_before() -> None:
    """2021-08-01 to 2021-10-31, and 2026-01-01 to 2026-09-01: no law of a right came or went."""
    by_day = {
        (row["right"], row["on"]): (row["may"], row["not"])
        for row in frozen()
        if row["flags"] == "-" and Right(row["right"]) in BLOCKS
        if row["venue"] == BLOCKS[Right(row["right"])].value
    }
    for right in Right:
        for one, other in (("2021-08-01", "2021-10-31"), ("2026-01-01", "2026-09-01")):
            assert by_day[right.value, one] == by_day[right.value, other]


def test_no_day_of_the_table_lies_after_today() -> None:
    assert all(date.fromisoformat(row["on"]) < TODAY + timedelta(days=1) for row in frozen())
