"""Words that no letter may hold: foreign law's terms, and days that are called statutory."""

import re
from collections.abc import Iterator
from typing import Final

FOREIGN: Final = re.compile(
    r"GDPR|通用数据保护条例|数据主体|数据控制者|控制者|被遗忘权|监管机构|数据保护官|合法利益"
    r"|(?<!合法、)(?<!合法，)正当利益|一个月内"
    r"|\bcontrollers?\b|\bdata\s+subjects?\b|\bDPO\b|data\s+protection\s+officer"
    r"|(?<!lawful and )(?<!lawful, )legitimate\s+interest|right\s+to\s+be\s+forgotten"
    r"|supervisory\s+authorit|\bone\s+month\b|personal\s+data",
    re.IGNORECASE,
)
"""Terms of European law, and its one month (FACTS 10.1). 合法、正当利益 is a term of PIPL 49."""

DAYS: Final = re.compile(
    r"(?:(?<![月\d])\d+|\}\}|[一二三四五六七八九十百两]+)\s*个?(?:工作|自然)?[日天](?!期)"
    r"|(?:\d+|\}\}|\b(?:two|three|five|seven|ten|fifteen|twenty|thirty|sixty|ninety))"
    r"[\s-]+(?:working|business|calendar)?\s*days?\b",
    re.IGNORECASE,
)
_STATUTORY: Final = re.compile(
    r"(?<!不是)(?<!并非)(?<!不属于)(?<!非)法定(?!代理|代表|监护|节假|休假|继承)"
    r"|(?<!not a )(?<!not )(?<!no )(?<!non-)\b(?:statutory|legally\s+required)\b"
    r"|(?<!not a )(?<!no )\blegal\s+(?:deadline|period|time\s+limit)\b",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    r"(?:依法|依照法律|按照法律)[^，；。]*?(?:应当|必须|须)|法律(?:规定|要求)[^，；。]*?(?:应当|必须|须)?"
    r"|\b(?:by\s+law|(?:obliged|required|bound)\s+by\s+law|the\s+law\s+(?:requires|obliges))\b",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(r"答复|回复|\b(?:reply|respond|answer)\b", re.IGNORECASE)
"""An answer that is owed by law within a number of days: no law of these letters lays one down."""

_STATUTORY_ANSWER: Final = re.compile(
    r"(?<!不是)(?<!并非)法定的?(?:答复|回复)(?:期限|时限|日数|日期|期间)"
    r"|(?<!not a )(?<!no )statutory\s+(?:reply|response|answer)\s+(?:date|deadline|period)",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_VALUE: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
SENTENCE: Final = re.compile(r"[^。\n.]+(?:\.(?!\s)[^。\n.]*)*")


def foreign(text: str) -> Iterator[tuple[int, str]]:
    """Find terms of foreign law, each with its line, from 1."""
    for found in FOREIGN.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[0]


def statutory_days(text: str) -> Iterator[tuple[int, str]]:
    """Find sentences that call a number of days statutory, each with its line, from 1.

    PIPL sets no number of days for an answer; a letter that claims one is wrong in law.
    """
    bare = _TAG.sub(newlines, _VALUE.sub(lambda found: newlines(found) + "}}", text))
    for sentence in SENTENCE.finditer(bare):
        claim = _STATUTORY.search(sentence[0])
        days = DAYS.search(sentence[0])
        owed = _BOUND.search(sentence[0]) and _ANSWER.search(sentence[0])
        if (days and (claim or owed)) or _STATUTORY_ANSWER.search(sentence[0]):
            yield bare.count("\n", 0, sentence.start()) + 1, sentence[0].replace("}}", "…").strip()


def newlines(found: re.Match[str]) -> str:
    """Keep the line breaks of what is left out, so that lines keep their numbers."""
    return "\n" * found[0].count("\n")
