"""Which items a letter asks, in which order and with which articles."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from pirights.domain.handler import Venue
from pirights.domain.law import Laws
from pirights.domain.request import AskedItem, Right
from pirights.letters.template import Template, TemplateItem

ORDER: Final = (
    Right.KNOW,
    Right.ACCESS,
    Right.COPY,
    Right.TRANSFER,
    Right.CORRECT,
    Right.EXPLAIN,
    Right.AUTOMATED,
    Right.WITHDRAW,
    Right.REFUSE,
    Right.ALTERNATIVE,
    Right.DELETE,
)
"""Copies come before deletion: what is gone cannot be copied."""


def chosen(  # noqa: PLR0913 (what decides an item, named one by one)
    zh: Template,
    en: Template,
    *,
    rights: Sequence[Right],
    laws: Laws,
    facts: Sequence[date],
    asked: date,
    venues: frozenset[Venue],
    two_step: bool,
    stored: bool = True,
    minor: bool = False,
) -> tuple[AskedItem, ...]:
    """Number the items of the rights asked, each with the articles that may be cited.

    An item of a right whose articles were none of them in force is left out: nothing is asked
    as of right without one.

    Args:
        zh: The Chinese template.
        en: The English template, with the same items.
        rights: What is asked; their order does not matter.
        laws: The law data.
        facts: Legal days of the encounters.
        asked: The letter's date.
        venues: Kinds of place of the encounters.
        two_step: Deletion waits until the copy has arrived.
        stored: What was taken may still be stored.
        minor: One of the persons scanned was under 18.
    """
    english = {item.id: item.text for item in en.items}
    rows: list[tuple[TemplateItem, tuple[str, ...]]] = []
    for right in ORDER:
        if right in rights:
            for item in zh.items:
                if item.right is right:
                    cites = laws.citable(
                        item.cites,
                        facts=facts,
                        asked=asked,
                        venues=venues,
                        stored=stored,
                        minor=minor,
                    )
                    if cites:
                        rows.append((item, cites))
    courtesy = [
        item for item in zh.items if item.right is None and set(item.asked_with) & set(rights)
    ]
    rows += [(item, ()) for item in courtesy]
    return tuple(
        AskedItem(
            number=number,
            id=item.id,
            right=item.right,
            zh=item.text,
            en=english[item.id],
            cites=cites,
            after_receipt=two_step and item.right is Right.DELETE,
        )
        for number, (item, cites) in enumerate(rows, start=1)
    )
