"""Which items a letter asks, in which order and with which articles."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from pirights import rule_data
from pirights.domain.basis import binds_state_organs
from pirights.domain.capacity import joined
from pirights.domain.document import Language
from pirights.domain.handler import Venue
from pirights.domain.law import Laws
from pirights.domain.person import Person
from pirights.domain.request import AskedItem, Particulars, Right
from pirights.letters.capacity import rule_of, speaking_of
from pirights.letters.template import Template
from pirights.letters.template_item import TemplateItem

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


_NOTHING: Final = Particulars()


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
    person: Person | None = None,
    particulars: Particulars = _NOTHING,
    state_organ: bool = False,
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
        person: The one whose information it is, as the items then speak of them.
        particulars: What was told for the items of some rights.
        state_organ: A state organ is asked: what binds it in particular is cited beside the rest,
            and nothing that is about equals.
    """
    english = {item.id: item.text for item in en.items}
    subject = person or Person(id=0)
    fitting = rule_of(subject)
    rows: list[tuple[TemplateItem, Mapping[str, str], tuple[str, ...]]] = []
    for right in ORDER:
        if right in rights:
            beside = rule_data.rights()[right].state_organ if state_organ else ()
            for item in zh.items:
                if item.right is right:
                    keys = joined(fitting.cites(item.cites, right), beside)
                    cites = laws.citable(
                        tuple(filter(binds_state_organs, keys)) if state_organ else keys,
                        facts=facts,
                        asked=asked,
                        venues=venues,
                        stored=stored,
                        minor=minor or subject.is_minor_ward,
                    )
                    if cites:
                        rows += [(item, gaps, cites) for gaps in item.gaps(particulars)]
    courtesy = [
        item for item in zh.items if item.right is None and set(item.asked_with) & set(rights)
    ]
    rows += [(item, {}, ()) for item in courtesy]
    return tuple(
        AskedItem(
            number=number,
            id=item.id,
            right=item.right,
            zh=speaking_of(item.text, subject, Language.ZH, gaps),
            en=speaking_of(english[item.id], subject, Language.EN, gaps),
            cites=cites,
            after_receipt=two_step and item.right is Right.DELETE,
        )
        for number, (item, gaps, cites) in enumerate(rows, start=1)
    )
