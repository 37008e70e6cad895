"""Letters in the four capacities beside self: made-up people, and every kind written for them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, TypeAlias

from pirights import law_data
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Letters
from pirights.domain.encounter import Encounter, ScanMode
from pirights.domain.escalation import FollowUp
from pirights.domain.person import Capacity, Kinship, Person, Ward
from pirights.domain.request import Right, Score
from pirights.letters import breach, compose, followup, identity, preserve, withdrawal
from pirights.letters.compose import Brief
from tests.letters import (
    test_breach,
    test_followup,
    test_identity,
    test_preserve,
    test_withdrawal,
)
from tests.letters.briefs import PERSON, SEVEN, brief, scan

LAWS: Final = law_data.laws()
ACTOR: Final = PERSON
"""Who acts: Lin Zhiyuan, by whose telephone, e-mail and address the reply comes."""

REQUEST: Final = "request"
KINDS: Final = (
    REQUEST,
    *(FollowUp.REMINDER, FollowUp.INCOMPLETE, FollowUp.REASONS, FollowUp.IDENTITY),
    *(FollowUp.WITHDRAWAL, FollowUp.PRESERVE, FollowUp.BREACH),
)

PEOPLE: Final[Mapping[str, Person]] = {
    "guardian-minor": Person(
        id=2,
        name="林小满",
        name_en="Lin Xiaoman",
        phone="13900000246",
        capacity=Capacity.GUARDIAN,
        ward=Ward.MINOR,
        kinship=Kinship.FATHER,
    ),
    "guardian-adult": Person(
        id=2,
        name="林秀英",
        name_en="Lin Xiuying",
        capacity=Capacity.GUARDIAN,
        ward=Ward.ADULT,
        kinship=Kinship.SON,
    ),
    "relative": Person(
        id=2,
        name="林建国",
        name_en="Lin Jianguo",
        phone="13900000355",
        capacity=Capacity.RELATIVE,
        kinship=Kinship.SON,
        interest="查明逝者生前在样例乐园办理年卡的情况，以便办理退费和遗产事宜。",
    ),
    "agent": Person(
        id=2,
        name="陈样例",
        name_en="Chen Yangli",
        phone="13900000468",
        address="杭州市拱墅区样例路3号",
        capacity=Capacity.AGENT,
    ),
}
"""Those whose information it is, by the name of their capacity's rule."""

WRITTEN: Final = [
    (kind, capacity)
    for kind in KINDS
    for capacity in PEOPLE
    if (kind, capacity) != (FollowUp.WITHDRAWAL, "relative")
]
"""Every kind in every capacity; a consent is not withdrawn for a deceased."""

RIGHTS: Final[Mapping[str, tuple[Right, ...]]] = {
    "guardian-minor": SEVEN,
    "guardian-adult": (*SEVEN, Right.CORRECT, Right.EXPLAIN, Right.AUTOMATED, Right.TRANSFER),
    "relative": (
        *(Right.KNOW, Right.ACCESS, Right.COPY),
        *(Right.CORRECT, Right.EXPLAIN, Right.DELETE),
    ),
    "agent": (Right.KNOW, Right.DELETE, Right.WITHDRAW),
}

SCANS: Final[Mapping[str, tuple[Encounter, ...]]] = {
    "guardian-minor": (
        replace(scan(), minor=True),
        replace(scan(number=2), mode=ScanMode.ENROLMENT, refused=True, minor=True),
    ),
    "guardian-adult": (replace(scan(), mode=ScanMode.IDENTIFICATION),),
    "relative": (
        replace(scan(date(2024, 5, 1)), mode=ScanMode.ENROLMENT),
        replace(scan(date(2026, 9, 1), 2), mode=ScanMode.COVERT),
        replace(scan(date(2026, 9, 8), 3), refused=True),
    ),
    "agent": (replace(scan(), mode=ScanMode.UNKNOWN),),
}

Compose: TypeAlias = Callable[[str, Letters], Document]


def asked(capacity: str, letters: Letters = Letters.ZH, **more: object) -> Brief:
    """What the request in a capacity is written from."""
    rights = RIGHTS[capacity]
    made = replace(
        brief(letters=letters, rights=rights),
        person=PEOPLE[capacity],
        actor=ACTOR,
        encounters=SCANS[capacity],
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def first(capacity: str) -> Letter:
    """A request in a capacity; sent, arrived and scored."""
    items, document = compose.request(asked(capacity), LAWS)
    scores = test_followup.SCORES
    marked = tuple(
        replace(item, score=scores[number % len(scores)]) for number, item in enumerate(items)
    )
    return replace(test_followup.first(), items=marked, document=document)


def paper(kind: str, capacity: str, letters: Letters = Letters.ZH, **more: object) -> Document:
    """A letter of a kind in a capacity."""
    if kind == REQUEST:
        return compose.request(asked(capacity, letters, **more), LAWS)[1]
    return _FOLLOWING[FollowUp(kind)](
        letters,
        {"person": PEOPLE[capacity], "actor": ACTOR, "first": first(capacity), **more},
    )


def _followed(kind: FollowUp, letters: Letters, more: Mapping[str, object]) -> Document:
    made = test_followup.told(kind, letters)
    request = more["first"]
    assert isinstance(request, Letter)
    scores = {item.score for item in made.items} if kind is FollowUp.INCOMPLETE else {Score.REFUSED}
    items = tuple(one for one in request.items if one.right and one.score in scores)
    if kind is not FollowUp.REMINDER:
        more = {"items": items, **more}
    return followup.written(replace(made, **more), LAWS)  # type: ignore[arg-type]  # as above


_FOLLOWING: Final[Mapping[FollowUp, Callable[[Letters, Mapping[str, object]], Document]]] = {
    FollowUp.REMINDER: lambda letters, more: _followed(FollowUp.REMINDER, letters, more),
    FollowUp.INCOMPLETE: lambda letters, more: _followed(FollowUp.INCOMPLETE, letters, more),
    FollowUp.REASONS: lambda letters, more: _followed(FollowUp.REASONS, letters, more),
    FollowUp.IDENTITY: lambda letters, more: identity.written(
        test_identity.told(letters, **more), LAWS
    ),
    FollowUp.WITHDRAWAL: lambda letters, more: withdrawal.written(
        test_withdrawal.told(letters, **more), LAWS
    ),
    FollowUp.PRESERVE: lambda letters, more: preserve.written(
        test_preserve.told(letters, **more), LAWS
    ),
    FollowUp.BREACH: lambda letters, more: breach.written(test_breach.told(letters, **more), LAWS),
}
