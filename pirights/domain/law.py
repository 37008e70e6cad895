"""The law on a date: what was in force when, what may be cited, and how a citation is printed.

A provision's key is `instrument:article`, `instrument:article(paragraph)` or
`instrument:article(paragraph).item`, such as `pipl:45(3)` and `pipl:47(1).3`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pirights.domain.document import Language
from pirights.domain.handler import Venue
from pirights.errors import NotFound, message


class Rank(StrEnum):
    """What kind of instrument it is; a department rule is never 法律、行政法规."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative-regulation"
    JUDICIAL_INTERPRETATION = "judicial-interpretation"
    DEPARTMENT_RULE = "department-rule"
    STANDARD = "standard"


class Read(StrEnum):
    """How much of a provision's text its summary rests on."""

    FULL = "full"
    PARTIAL = "partial"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One article, paragraph or item, in our own words.

    Attributes:
        venues: Where it applies; empty means everywhere.
        source: What the summary was checked against.
        checked: The day of that check.
    """

    key: str
    zh: str
    en: str
    read: Read
    source: str
    checked: date
    limits_zh: str = ""
    limits_en: str = ""
    venues: tuple[Venue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A law, regulation, interpretation or standard.

    Attributes:
        effective: The first day on which it applied.
        until: The first day on which it no longer did, or None.
        governs_requests: A request made while it is in force is judged by it for what is held
            then, even if the scan came earlier (PIPL Chapter IV).
        confidence: V, S or U, as the sources were graded.
        edition_zh: What tells it from another edition of the same title, such as 2025年修正前.
    """

    id: str
    title_zh: str
    title_en: str
    rank: Rank
    effective: date
    source: str
    checked: date
    confidence: str
    until: date | None = None
    governs_requests: bool = False
    note: str = ""
    edition_zh: str = ""

    def in_force(self, on: date) -> bool:
        """Say whether it applied on a day (from `effective`, up to but not on `until`)."""
        return self.effective <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """All instruments and provisions that pirights knows."""

    instruments: Mapping[str, Instrument]
    provisions: Mapping[str, Provision]

    def provision(self, key: str) -> Provision:
        """Find a provision.

        Raises:
            NotFound: No such key.
        """
        try:
            return self.provisions[key]
        except KeyError:
            raise NotFound(
                message("There is no provision {key} in the law data.", key=key)
            ) from None

    def instrument(self, key: str) -> Instrument:
        """Find the instrument of a provision's key."""
        return self.instruments[key.partition(":")[0]]

    def citable(
        self, keys: Iterable[str], *, facts: Sequence[date], asked: date, venues: frozenset[Venue]
    ) -> tuple[str, ...]:
        """Keep, in order, the keys that may be cited for these facts.

        A provision may be cited if it was in force on the day of one of the facts, or if its
        instrument governs requests and is in force on the day of asking: what is held today is
        judged by today's rule. Partly read provisions stay: their grade is shown elsewhere.

        Args:
            keys: Candidates.
            facts: The legal days of the encounters.
            asked: The day of the request.
            venues: The kinds of place of the encounters.
        """
        return tuple(
            key
            for key in keys
            if self._applies(key, facts=facts, asked=asked)
            and (not self.provision(key).venues or venues & set(self.provision(key).venues))
        )

    def _applies(self, key: str, *, facts: Sequence[date], asked: date) -> bool:
        instrument = self.instrument(self.provision(key).key)
        if instrument.governs_requests and instrument.in_force(asked):
            return True
        return any(instrument.in_force(day) for day in facts)


_KEY: Final = re.compile(
    r"^(?P<instrument>[a-z0-9-]+):(?P<article>\d+)"
    r"(?:\((?P<paragraph>\d+)\))?(?:\.(?P<item>\d+))?$",
)
_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_TEENS: Final = range(10, 20)


def numeral(number: int) -> str:
    """Write a number from 1 to 9999 as statutes do: 一千零三十七."""
    digits = [int(digit) for digit in str(number)]
    written, zero = "", False
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == 0:
            zero = True
            continue
        written += ("零" if zero and written else "") + _DIGITS[digit] + _UNITS[place]
        zero = False
    return written[1:] if number in _TEENS else written


def cite(laws: Laws, key: str, language: Language) -> str:
    """Print one citation in full: 《中华人民共和国个人信息保护法》第四十五条第一款."""
    return cite_all(laws, (key,), language)


def cite_all(laws: Laws, keys: Sequence[str], language: Language) -> str:
    """Print citations one after another, naming an instrument once for its run of articles."""
    runs: list[tuple[Instrument, list[str]]] = []
    article = ""
    for key in keys:
        instrument = laws.instrument(key)
        if not runs or runs[-1][0].id != instrument.id:
            runs.append((instrument, []))
            article = ""
        place = _place(key, instrument, language)
        before, article = article, place.partition("条")[0] + "条"
        if language is Language.ZH and article == before:
            place = place.removeprefix(article) or place
        runs[-1][1].append(place)
    if language is Language.ZH:
        return "；".join(f"{_name_zh(law)}{'、'.join(places)}" for law, places in runs)
    return "; ".join(f"{law.title_en}, {', '.join(places)}" for law, places in runs)


def _name_zh(instrument: Instrument) -> str:
    if instrument.rank is Rank.STANDARD:
        return instrument.title_zh + " "
    edition = f"（{instrument.edition_zh}）" if instrument.edition_zh else ""
    return f"《{instrument.title_zh}》{edition}"


def _place(key: str, instrument: Instrument, language: Language) -> str:
    match = _KEY.match(key)
    if match is None:
        raise NotFound(message("There is no provision {key} in the law data.", key=key))
    article, paragraph, item = match["article"], match["paragraph"], match["item"]
    if instrument.rank is Rank.STANDARD:
        number = f"{article}.{item}" if item else article
        return f"第{number}条" if language is Language.ZH else f"clause {number}"
    if language is Language.ZH:
        return (
            f"第{numeral(int(article))}条"
            + (f"第{numeral(int(paragraph))}款" if paragraph else "")
            + (f"第{numeral(int(item))}项" if item else "")
        )
    return (
        f"Article {article}"
        + (f"({paragraph})" if paragraph else "")
        + (f" item {item}" if item else "")
    )
