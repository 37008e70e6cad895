"""How a list of evidence for a court calls the person: the plaintiff (原告)."""

import re
from dataclasses import replace
from typing import Final

from pirights.domain.bundle import Exhibit
from pirights.domain.words import Words

_ZH: Final = re.compile(r"^请求人(?=制作|从其)|(?<=由)请求人(?=(?:留存|保存)$)")
_EN: Final = re.compile(r"(?<=\bkept by )the person\b|(?<=\bexported by )the person\b")
"""Where a source names the person; whatever else stands in it is somebody's name."""


def label(*, in_court: bool) -> Words:
    """What stands before the person's name."""
    if in_court:
        return Words(zh="原告", en="Plaintiff")
    return Words(zh="请求人", en="Requester")


def source(words: Words) -> Words:
    """Say where a piece of evidence came from, for a court: the person is its plaintiff."""
    return Words(zh=_ZH.sub("原告", words.zh), en=_EN.sub("the plaintiff", words.en))


def exhibit(one: Exhibit) -> Exhibit:
    """Call the person the plaintiff in all that a row of the list says in words of ours."""
    return replace(
        one,
        source=source(one.source),
        held=source(one.held),
        purpose=Words(
            zh=one.purpose.zh.replace("请求人", "原告"),
            en=one.purpose.en.replace("the person", "the plaintiff"),
        ),
    )
