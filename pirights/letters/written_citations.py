"""Articles that a template cites in so many words, and that the law data do not hold.

`cite("pipl:45")` is checked by its key; here is what stands as plain text: 《…》第四十五条, or
"…, Article 45" and "Article 45 of the …". Instruments that the data do not know are passed over,
and so are those that are parted otherwise than by articles.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from pirights.domain.citation import numeral
from pirights.domain.law import KEY, Instrument, Laws, Rank
from pirights.letters.wordlists import newlines

_STATE_ZH: Final = "中华人民共和国"
_STATE_EN: Final = r"(?:\s+of\s+(?:the\s+)?(?:PRC|China|People['’]s\s+Republic\s+of\s+China))?"
_BEFORE: Final = 90
_MOST: Final = 1999
"""Articles up to which numerals are read; the Civil Code, the longest, has 1260."""

_PLACE: Final = r"第\s*([0-9〇零一二三四五六七八九十百千]{1,9})\s*条"
_DETAIL: Final = r"(?:\s*第?[0-9〇零一二三四五六七八九十]{1,4}\s*[款项])*"
_ZH: Final = re.compile(
    rf"《((?:[^《》\n]|《[^《》\n]{{1,60}}》){{2,90}})》\s*(?:[（(][^（）()\n]{{1,40}}[）)])?\s*"
    rf"((?:{_PLACE}{_DETAIL}(?:\s*(?:[、，,；]|和|及|以及|或者|或|与|至|到)\s*)?)+)"
)
_PLACES_ZH: Final = re.compile(_PLACE)
_ONE_EN: Final = r"\d{1,4}(?:\s*\(\d+\))*"
_NUMBERS_EN: Final = (
    rf"(?:Articles?|Arts?\.?)\s+{_ONE_EN}"
    rf"(?:\s*(?:,\s*and|,|;|and|or|to|-|–)\s*(?:Articles?\s+)?{_ONE_EN}){{0,30}}"
)
_ARTICLE_EN: Final = re.compile(r"(?<![\d(])\d{1,4}(?![\d)])")
_TAG: Final = re.compile(r"\{[%#].*?[%#]\}|\{\{.*?\}\}", re.DOTALL)
_ABOUT_IT: Final = re.compile(r"(?:Interpretation|Implement)[^.;,\n]*$", re.IGNORECASE)
"""What stands before a title that only belongs to the title of another instrument."""

_INNER: Final = str.maketrans("〈〉", "《》")
_NO_ARTICLES: Final = frozenset({Rank.STANDARD, Rank.NORMATIVE_DOCUMENT})


def faults(text: str, laws: Laws) -> Iterator[tuple[int, str]]:
    """Find the citations whose article the law data do not hold, each with its line, from 1."""
    bare = _TAG.sub(newlines, text).translate(_INNER)
    held = _held(laws)
    for found in _ZH.finditer(bare):
        name = found[1].removeprefix(_STATE_ZH)
        if name not in held:
            continue
        for place in _PLACES_ZH.finditer(found[2]):
            if _number(place[1]) not in held[name]:
                said = f"《{found[1]}》第{place[1]}条"
                yield _line(bare, found.start(2) + place.start()), said
    known = _held_en(laws)
    for found in _pattern(tuple(known)).finditer(bare):
        before = bare[max(0, found.start() - _BEFORE) : found.start()]
        name = " ".join((found["title"] or found["of"]).split()).casefold()
        which = "numbers" if found["title"] else "before"
        if found["title"] and _ABOUT_IT.search(before):
            continue
        for number in _ARTICLE_EN.finditer(found[which]):
            if int(number[0]) not in known[name]:
                said = f"{' '.join((found['title'] or found['of']).split())}, Article {number[0]}"
                yield _line(bare, found.start(which) + number.start()), said


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _number(written: str) -> int:
    """Read the number of an article; 0 for what is none."""
    if written.isdecimal():
        return int(written)
    return _numerals().get(written.replace("〇", "零"), 0)


@cache
def _numerals() -> Mapping[str, int]:
    return {numeral(number): number for number in range(1, _MOST + 1)}


def _held(laws: Laws) -> Mapping[str, frozenset[int]]:
    """The articles that the data hold of each title in Chinese, all its editions together."""
    found: dict[str, frozenset[int]] = {}
    for one in _with_articles(laws):
        name = one.title.zh.removeprefix(_STATE_ZH)
        found[name] = found.get(name, frozenset()) | _articles(one, laws)
    return found


def _held_en(laws: Laws) -> Mapping[str, frozenset[int]]:
    """As `_held`, by the English title in small letters, without its edition and its state."""
    found: dict[str, frozenset[int]] = {}
    for one in _with_articles(laws):
        name = one.title.en.partition(" (")[0].removesuffix(" of the PRC").casefold()
        found[name] = found.get(name, frozenset()) | _articles(one, laws)
    return found


def _with_articles(laws: Laws) -> Iterator[Instrument]:
    return (one for one in laws.instruments.values() if one.rank not in _NO_ARTICLES)


def _articles(one: Instrument, laws: Laws) -> frozenset[int]:
    keys = (KEY.match(key) for key in laws.provisions if key.startswith(f"{one.id}:"))
    return frozenset(int(key["article"]) for key in keys if key)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """The two ways in which an article of an instrument is cited in English."""
    longest = sorted(names, key=len, reverse=True)
    title = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest)
    edition = r"(?:\s*\([^()\n]{1,40}\))?"
    return re.compile(
        rf"\b(?P<title>{title}){_STATE_EN}{edition}\s*,?\s*(?P<numbers>{_NUMBERS_EN})"
        rf"|(?P<before>{_NUMBERS_EN})\s+of\s+the\s+(?P<of>{title})",
        re.IGNORECASE,
    )
