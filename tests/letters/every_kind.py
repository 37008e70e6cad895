"""Every kind of paper, in a capacity, from what its own tests write it from; and spoiled.

To spoil is to put other words wherever a user, a company or a file has a say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any, Final, TypeVar

from pirights import law_data
from pirights.domain import bundle_papers
from pirights.domain.bundle import Exhibit
from pirights.domain.bundle_frame import BundleFacts
from pirights.domain.document import Document, Letters
from pirights.domain.escalation import FollowUp
from pirights.domain.request import Correction, Particulars, Right
from pirights.domain.words import Words
from pirights.letters import (
    breach,
    compose,
    court,
    deletion_checklist,
    ems,
    followup,
    identity,
    poa,
    preserve,
    withdrawal,
)
from tests.letters import (
    authority_briefs,
    briefs,
    capacities,
    papers,
    test_breach,
    test_court,
    test_followup,
    test_identity,
    test_preserve,
    test_withdrawal,
)

T = TypeVar("T")
LAWS: Final = law_data.laws()
REQUEST: Final = "request"
CATALOGUE: Final = "catalogue"
RIGHTS: Final = (*briefs.SEVEN, Right.CORRECT, Right.EXPLAIN, Right.AUTOMATED, Right.TRANSFER)
TOLD: Final = Particulars(
    corrections=(Correction(wrong="姓名为林志远", right="姓名为林知远"),), receiver="样例公司"
)

TYPED: Final[Mapping[str, frozenset[str]]] = {
    "Person": frozenset({"name", "name_en", "phone", "email", "address", "interest"}),
    "Handler": frozenset({"name", "name_en", "address", "email", "phone", "policy_url"}),
    "Encounter": frozenset({"place", "purpose", "exemption"}),
    "Particulars": frozenset({"receiver"}),
    "Correction": frozenset({"wrong", "right"}),
    "AskedItem": frozenset({"refused_under"}),
    "Dispatch": frozenset({"tracking"}),
    "Cost": frozenset({"note"}),
    "Exhibit": frozenset({"title", "source", "purpose", "original_name"}),
    "Brief": frozenset({"identify_by"}),
    "AuthorityBrief": frozenset({"office", "demands", "affected", "exhibits", "identify_by"}),
    "BreachBrief": frozenset({"signs", "identify_by"}),
    "CourtBrief": frozenset({"particulars", "legal_representative", "office", "extra"}),
    "IdentityBrief": frozenset({"offers"}),
    "PowerBrief": frozenset({"powers"}),
    "PreserveBrief": frozenset({"identify_by"}),
    "WithdrawalBrief": frozenset({"identify_by"}),
    "BundleFacts": frozenset({"person", "handler"}),
    "Letter": frozenset({"handler_name"}),
}
"""The fields that hold what somebody typed and some paper prints, by their class."""

WHOLE: Final = frozenset({"Document", "Authority", "Reply"})
"""What is left as it is: an older paper, the table of authorities, and replies, which no paper
quotes."""


@dataclass(frozen=True)
class Bound:
    """What the catalogue of evidence is written from."""

    facts: BundleFacts
    exhibits: tuple[Exhibit, ...]


def spoiled(value: T, words: Callable[[str], str]) -> T:
    """Put `words` of each field's name wherever somebody types."""
    found: Any = value
    if is_dataclass(value) and not isinstance(value, type):
        name = type(value).__name__
        if name in WHOLE:
            return value
        typed = TYPED.get(name, frozenset())
        found = replace(
            value,
            **{
                one.name: _worded(getattr(value, one.name), words(one.name))
                if one.name in typed
                else spoiled(getattr(value, one.name), words)
                for one in fields(value)
                if one.init
            },
        )
    elif isinstance(value, tuple):
        found = tuple(spoiled(one, words) for one in value)
    return found  # type: ignore[no-any-return]  # of the type that came in


def _worded(value: object, words: str) -> object:
    match value:
        case str():
            return words
        case Words():
            return Words(zh=words, en=words)
        case tuple():
            return tuple(_worded(one, words) for one in value) or (words,)
        case _:
            return value


def multiplied(value: T, times: int) -> T:
    """Repeat what there may be any number of: clues, demands, claims, costs, exhibits, scans."""
    if not is_dataclass(value) or isinstance(value, type):
        return value
    many: dict[str, Any] = {}
    for one in fields(value):
        kept = getattr(value, one.name)
        if isinstance(kept, tuple) and kept and one.name not in {"rights", "replies", "sent"}:
            repeated = [kept[at % len(kept)] for at in range(times)]
            many[one.name] = tuple(_numbered(each, at) for at, each in enumerate(repeated, 1))
    return replace(value, **many)


def _numbered(value: Any, number: int) -> Any:  # noqa: ANN401  whatever the tuple holds
    names = {one.name for one in fields(value)} if is_dataclass(value) else set()
    return replace(value, number=number) if "number" in names else value


def _request(capacity: str, letters: Letters) -> object:
    if capacity == papers.SELF:
        return replace(briefs.brief(letters=letters, rights=RIGHTS), particulars=TOLD)
    return capacities.asked(capacity, letters)


def _following(capacity: str) -> dict[str, Any]:
    if capacity == papers.SELF:
        return {}
    return {
        "person": capacities.PEOPLE[capacity],
        "actor": capacities.ACTOR,
        "first": capacities.first(capacity),
    }


def _court(capacity: str, letters: Letters) -> object:
    if capacity == papers.SELF:
        return test_court.told(letters, legal_representative="周样例", extra=("公开说明。",))
    return replace(test_court.in_capacity(capacity, letters), legal_representative="周样例")


def _catalogue(_: str, letters: Letters) -> object:
    facts = BundleFacts(
        name="x",
        reference=briefs.REF,
        person=briefs.PERSON.name,
        handler=Words(zh=briefs.HANDLER.name, en=briefs.HANDLER.name_en),
        on=date(2026, 11, 23),
        exhibits=len(test_court.EXHIBITS),
        pages=99,
        letters=letters,
    )
    return Bound(facts, test_court.EXHIBITS)


def _power_in_court(capacity: str, letters: Letters) -> object:
    made = papers.power(capacity, letters, court=True, two_step=False, until_chosen=True)
    return replace(made, powers=("代为承认、放弃、变更诉讼请求。", "代为进行和解。"))


def _followed(kind: FollowUp, capacity: str, letters: Letters) -> object:
    return test_followup.told(kind, letters, **_following(capacity))


def _of_handler(told: Callable[..., object], capacity: str, letters: Letters) -> object:
    return told(letters, **_following(capacity))


def _of_authority(kind: FollowUp, capacity: str, letters: Letters) -> object:
    return replace(
        authority_briefs.told(kind, letters, affected="据现场所见约三百人。"),
        person=papers.person(capacity),
        actor=papers.actor(capacity),
    )


def _by(write: Callable[..., Document]) -> "Write":
    return lambda told: write(told, LAWS)


Told = Callable[[str, Letters], Any]
Write = Callable[[Any], Document]
KINDS: Final[Mapping[str, tuple[Told, Write]]] = {
    REQUEST: (_request, lambda told: compose.request(told, LAWS)[1]),
    **{
        kind.value: (partial(_followed, kind), _by(followup.written))
        for kind in test_followup.CLASSIC
    },
    "identity": (partial(_of_handler, test_identity.told), _by(identity.written)),
    "withdrawal": (partial(_of_handler, test_withdrawal.told), _by(withdrawal.written)),
    "preserve": (partial(_of_handler, test_preserve.told), _by(preserve.written)),
    "breach": (partial(_of_handler, test_breach.told), _by(breach.written)),
    **{
        kind.value: (partial(_of_authority, kind), authority_briefs.paper)
        for kind in authority_briefs.PAPERS
    },
    FollowUp.COURT.value: (_court, _by(court.written)),
    "poa": (papers.power, _by(poa.written)),
    "poa-court": (_power_in_court, _by(poa.written)),
    "ems": (papers.posting, _by(ems.written)),
    "deletion-checklist": (papers.deleting, _by(deletion_checklist.written)),
    "receipt": (papers.receiving, papers.box),
    CATALOGUE: (_catalogue, lambda told: bundle_papers.catalogue(told.facts, told.exhibits)),
}
"""Every kind: what it is told, in a capacity and a language, and how it is written from that."""


@cache
def told(kind: str, capacity: str, letters: Letters) -> Any:  # noqa: ANN401  each its own class
    """Give what a paper of a kind is written from."""
    return KINDS[kind][0](capacity, letters)


def written(kind: str, made: object) -> Document:
    """Write a paper of a kind."""
    return KINDS[kind][1](made)
