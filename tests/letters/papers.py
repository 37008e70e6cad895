"""The papers beside a letter, made for these tests in every capacity."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from pirights import law_data
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Letters
from pirights.domain.person import Capacity, Person
from pirights.letters import deletion_checklist, ems, poa, receipt
from pirights.letters.beside import PaperBrief
from pirights.letters.ems import PostingBrief
from pirights.letters.poa import PowerBrief
from pirights.letters.receipt import ReceiptBrief
from tests.letters import capacities, test_followup
from tests.letters.briefs import HANDLER, PERSON

LAWS: Final = law_data.laws()
SELF: Final = "self"
CAPACITIES: Final = (SELF, *capacities.PEOPLE)
AGENT: Final = Person(
    id=9,
    name="周样例",
    name_en="Zhou Yangli",
    phone="13700000579",
    id_number="33010619900101123X",
)


def letter(capacity: str = SELF) -> Letter:
    return test_followup.first() if capacity == SELF else capacities.first(capacity)


def person(capacity: str = SELF) -> Person:
    return PERSON if capacity == SELF else capacities.PEOPLE[capacity]


def actor(capacity: str = SELF) -> Person | None:
    return None if capacity == SELF else capacities.ACTOR


def power(capacity: str = SELF, letters: Letters = Letters.ZH, **more: object) -> PowerBrief:
    agent = capacities.ACTOR if person(capacity).capacity is Capacity.AGENT else AGENT
    made = PowerBrief(
        letter=letter(capacity),
        person=person(capacity),
        handler=HANDLER,
        actor=actor(capacity),
        letters=letters,
        zone="Asia/Shanghai",
        two_step=capacity != "agent",
        agent=agent,
        until=date(2027, 11, 22),
        copies=capacity != "agent",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def posting(capacity: str = SELF, letters: Letters = Letters.ZH, **more: object) -> PostingBrief:
    made = PostingBrief(
        letter=letter(capacity),
        person=person(capacity),
        handler=HANDLER,
        actor=actor(capacity),
        letters=letters,
        zone="Asia/Shanghai",
        pages=3,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # as above


def deleting(capacity: str = SELF, letters: Letters = Letters.ZH, **more: object) -> PaperBrief:
    made = PaperBrief(
        letter=letter(capacity),
        person=person(capacity),
        handler=HANDLER,
        actor=actor(capacity),
        letters=letters,
        zone="Asia/Shanghai",
        two_step=capacity != "agent",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # as above


def receiving(capacity: str = SELF, letters: Letters = Letters.ZH, **more: object) -> ReceiptBrief:
    made = ReceiptBrief(
        letter=letter(capacity),
        person=person(capacity),
        handler=HANDLER,
        actor=actor(capacity),
        letters=letters,
        zone="Asia/Shanghai",
        pages=4,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # as above


def box(brief: ReceiptBrief) -> Document:
    """The box alone, as a paper of one block."""
    stamped = receipt.stamped(brief, LAWS)
    return replace(stamped, letters=brief.letters, blocks=stamped.blocks[-1:])


MADE: Final[Mapping[str, Callable[[str, Letters], Document]]] = {
    "poa": lambda capacity, letters: poa.written(power(capacity, letters), LAWS),
    "poa-court": lambda capacity, letters: poa.written(
        power(
            capacity,
            letters,
            court=True,
            two_step=False,
            powers=("代为承认、放弃、变更诉讼请求。", "代为进行和解。"),
            until=date(2028, 12, 31),
            until_chosen=True,
        ),
        LAWS,
    ),
    "ems": lambda capacity, letters: ems.written(posting(capacity, letters), LAWS),
    "deletion-checklist": lambda capacity, letters: deletion_checklist.written(
        deleting(capacity, letters), LAWS
    ),
    "receipt": lambda capacity, letters: box(receiving(capacity, letters)),
}
"""Each paper by the name of its golden files."""
