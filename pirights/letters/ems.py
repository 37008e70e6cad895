"""The posting sheet (邮寄信息单): addressee, full document title, pages, and what to keep."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from pirights.domain.document import Document, Language
from pirights.domain.law import Laws
from pirights.domain.paper import Paper
from pirights.domain.person import Capacity
from pirights.domain.request import Right
from pirights.letters import assembly, beside, template
from pirights.letters.beside import PaperBrief
from pirights.letters.capacity import called, reached
from pirights.letters.template import Template

_DONE_TO_IT: Final = frozenset(
    {Right.ACCESS, Right.COPY, Right.TRANSFER, Right.CORRECT, Right.DELETE}
)
"""The rights whose names take 人脸信息 after them: 查阅、复制……人脸信息."""

_REQUEST: Final = "request"

LINE: Final = 60
"""Characters that the line for what is inside takes; longer, a request names its first rights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingBrief(PaperBrief):
    """What a posting sheet is written from.

    Attributes:
        pages: Of the letter as a PDF.
    """

    pages: int


def written(brief: PostingBrief, laws: Laws) -> Document:
    """Write the sheet, in one language or both."""
    return assembly.assembled(Paper.EMS.value, brief, lambda source: values(brief, source, laws))


def values(brief: PostingBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the sheet's template may name, in the language of the template."""
    common = beside.common(brief, source, laws)
    authority = beside.to_authority(brief.letter)
    requester = common["requester"]
    enclosed = requester["enclosures"] if isinstance(requester, dict) and not authority else []
    return {
        **common,
        "to": {
            field: "" if authority else getattr(brief.handler, field)
            for field in ("address", "phone")
        },
        "sender": called(reached(brief.person, brief.actor), source.language),
        "enclosures": enclosed,
        "pages": brief.pages,
        "shortest": brief.letter.shortest,
        "contents": contents(brief),
    }


def contents(brief: PostingBrief) -> str:
    """Name the document in full, in Chinese, for the waybill: 张某关于查阅、复制人脸信息的请求书.

    A letter after the first is named by its title; one for an authority, by whom it is about.
    """
    person = brief.person
    relative = person.capacity is Capacity.RELATIVE
    who = called(brief.actor if relative and brief.actor else person, Language.ZH)
    whose = f"逝者{person.name}的" if relative else ""
    if brief.letter.kind == _REQUEST:
        ways = _asked([item.right for item in brief.letter.items if item.right], whose)
        lines = [f"{who}关于{about}的请求书" for about in ways]
        return next((line for line in lines if len(line) <= LINE), lines[-1])
    title = beside.title(brief.letter, Language.ZH)
    if beside.to_authority(brief.letter):
        return f"{who}关于{brief.handler.name}的{title}"
    if title.startswith("关于"):
        return who + title
    if "信息" in title:
        return f"{who}的{title}"
    return f"{who}关于{whose}人脸信息的{title}"


def _asked(rights: Collection[Right], whose: str) -> Sequence[str]:
    """Say what is asked, the longest way first: what is done to the information, then the rest.

    The shorter ways name fewer rights, the first ones, followed by 等.
    """
    words = template.load(Paper.EMS.value, Language.ZH).sections
    done = [words[right] for right in _in_order(rights) if right in _DONE_TO_IT]
    rest = [words[right] for right in _in_order(rights) if right not in _DONE_TO_IT]
    if not done:
        fewer = [f"{'、'.join(rest[:count])}等" for count in range(len(rest) - 1, 0, -1)]
        return [f"{whose}人脸信息事项（{named}）" for named in ("、".join(rest), *fewer)]
    also = f"以及{'、'.join(rest)}" if rest else ""
    counts = range(len(done) if rest else len(done) - 1, 0, -1)
    fewer = [f"{'、'.join(done[:count])}{whose}人脸信息等" for count in counts]
    return [f"{'、'.join(done)}{whose}人脸信息{also}", *fewer]


def _in_order(rights: Collection[Right]) -> Sequence[Right]:
    """Each right once, in the order of the domain."""
    return [right for right in Right if right in rights]
