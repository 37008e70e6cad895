"""Dates, times and clues in the words of a letter."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from pirights.domain.citation import numeral, titled
from pirights.domain.document import Language
from pirights.domain.encounter import Encounter
from pirights.domain.law import Instrument
from pirights.domain.person import Person
from pirights.letters.capacity import called, rule_of

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_BEIJING: Final = "Asia/Shanghai"
_PHONE_TAIL: Final = 4
_TELEPHONE: Final = re.compile("尾号|电话|手机|phone|mobile|tel", re.IGNORECASE)
_ENDS: Final = ("。", ".", "！", "!", "？", "?", "…", "。”", "。」", '."')
_CHINESE: Final = "\u2e80"
"""The first character of the Chinese blocks."""

_SPAN: Final = 3
"""Numbers in a row that are told as a span."""


def day(on: date, language: Language) -> str:
    """Write a day: 2026年11月20日, or 20 November 2026."""
    if language is Language.ZH:
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def moment(encounter: Encounter, language: Language) -> str:
    """Write an encounter's day and time, naming the zone where it is not Beijing's."""
    local = encounter.local
    foreign = encounter.zone != _BEIJING
    if language is Language.ZH:
        zone = f"（{encounter.zone}时区）" if foreign else ""
        return f"{day(local.date(), language)}{local:%H}时{local:%M}分{zone}"
    zone = encounter.zone if foreign else "Beijing time"
    return f"{local:%H:%M} ({zone}) on {day(local.date(), language)}"


def sentence(words: str, language: Language) -> str:
    """End what a person wrote as a sentence ends, unless it ends as one already."""
    said = words.rstrip("；;，,、 ")
    if not said or said.endswith(_ENDS):
        return said
    chinese = language is Language.ZH or said[-1] >= _CHINESE
    return said + ("。" if chinese else ".")


def section_numeral(number: int, language: Language) -> str:
    """Number a section of the requests: （一）, or 3.1 with its space."""
    return f"（{numeral(number)}）" if language is Language.ZH else f"3.{number} "


def numbers(which: Sequence[int], language: Language) -> str:
    """List numbers: 1、3, or 1 and 3."""
    if language is Language.ZH:
        return "、".join(str(number) for number in which)
    *most, last = [str(number) for number in which]
    return f"{', '.join(most)} and {last}" if most else last


def spans(which: Sequence[int], language: Language) -> str:
    """List numbers, three or more in a row as a span: 1至6、9, or 1 to 6 and 9."""
    rows: list[list[int]] = []
    for number in sorted(which):
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    zh = language is Language.ZH
    parts: list[str] = []
    for row in rows:
        if len(row) < _SPAN:
            parts += map(str, row)
        else:
            parts.append(f"{row[0]}至{row[-1]}" if zh else f"{row[0]} to {row[-1]}")
    if zh or not parts:
        return "、".join(parts)
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def effective(laws: Sequence[Instrument], language: Language) -> str:
    """Name laws with the day from which each applies."""
    if language is Language.ZH:
        return "、".join(
            f"{titled(law, language)}（{day(law.effective, language)}）" for law in laws
        )
    return "; ".join(f"{law.title.en} ({day(law.effective, language)})" for law in laws)


def phone_tail(person: Person) -> str:
    """The end of the telephone number, by which it can be recognised; empty if there is none."""
    return person.phone[-_PHONE_TAIL:] if len(person.phone) >= _PHONE_TAIL else ""


def _names_telephone(clue: str, tail: str) -> bool:
    """Say whether a clue gives the end of the telephone number, or all of it, as such."""
    return bool(_TELEPHONE.search(clue)) and bool(re.search(rf"{re.escape(tail)}(?![0-9])", clue))


def clues(
    person: Person, encounters: Sequence[Encounter], identify_by: Sequence[str], language: Language
) -> tuple[str, ...]:
    """Say by what the handler can find the person without a face.

    What the user gave comes first; the name, the end of the telephone number and the times and
    places of the facts follow; a number that the user gave is not said twice. Where somebody else
    acts, name and number say whose they are.
    """
    zh = language is Language.ZH
    name = called(person, language)
    rule = rule_of(person)
    whose = rule.mine.in_(language) + " " * (not zh) if rule.line else ""
    found = [*identify_by]
    if name:
        found.append(f"{whose}姓名{name}" if zh else f"{whose}name: {name}")
    tail = phone_tail(person)
    if tail and not any(_names_telephone(clue, tail) for clue in identify_by):
        found.append(f"{whose}联系电话尾号{tail}" if zh else f"{whose}telephone ending in {tail}")
    if encounters:
        found.append("第一部分所列的时间和地点" if zh else "the times and places in part 1")
    return tuple(found)
