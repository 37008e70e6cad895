"""A number of days beside an article that lays down none: it reads as if the law had set it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pirights.domain.period import PeriodRule
from pirights.letters.wordlists import DAYS, SENTENCE, newlines

_VALUE: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TAG: Final = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_KEY: Final = re.compile(r"""["']([^"']+)["']""")
_CITED: Final = re.compile(r"⟦([^⟧]*)⟧")
_DENIED: Final = re.compile(
    r"(?:不是|并非|不属于|非)法定|\b(?:not|no) (?:a )?statutory", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\d+")


def faults(text: str, periods: Mapping[str, PeriodRule]) -> Iterator[tuple[int, str]]:
    """Find sentences that cite an article beside a number of days it does not print.

    A sentence that says itself that the number is not statutory is left alone.

    Args:
        text: A whole template.
        periods: Every period, with the provision that prints it.

    Yields:
        The line, from 1, and the sentence with its values left out.
    """
    bare = _TAG.sub(newlines, _VALUE.sub(_value, text))
    for sentence in SENTENCE.finditer(bare):
        said = sentence[0]
        keys = [key for cited in _CITED.findall(said) for key in cited.split(",") if key]
        if not keys:
            continue
        if _borrowed(_CITED.sub("", said), keys, periods):
            shown = _CITED.sub("…", said).replace("}}", "…").strip()
            yield bare.count("\n", 0, sentence.start()) + 1, shown


def item_borrows(item: Mapping[str, object], periods: Mapping[str, PeriodRule]) -> bool:
    """Whether an item asks for something within days that none of its articles prints."""
    text, cites = item.get("text"), item.get("cites")
    keys = [str(key) for key in cites] if isinstance(cites, list) else []
    return isinstance(text, str) and bool(keys) and _borrowed(text, keys, periods)


def _borrowed(text: str, keys: Sequence[str], periods: Mapping[str, PeriodRule]) -> bool:
    if _DENIED.search(text):
        return False
    printed = {rule.basis: rule.period.amount for rule in periods.values() if rule.period}
    known = {printed[key] for key in keys if key in printed}
    return any(not _stands(days, known) for days in DAYS.findall(text))


def _stands(days: str, known: set[int]) -> bool:
    """Whether one of the cited articles prints this number; a value or a word may be any."""
    number = _NUMBER.search(days)
    return bool(known) and (number is None or int(number[0]) in known)


def _value(found: re.Match[str]) -> str:
    """Keep of a value its lines, and of a citation its keys."""
    lines = newlines(found)
    if "cite(" not in found[0]:
        return lines + "}}"
    return f"{lines}⟦{','.join(_KEY.findall(found[0]))}⟧"
