"""The civil complaint: what the case holds brought before a court, with what a court will ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights import rule_data
from pirights.domain import authority, told_reply
from pirights.domain.authority import Authority, AuthorityRole
from pirights.domain.case import from_handler
from pirights.domain.cost import Cost, CostClass
from pirights.domain.deadline import Deadline
from pirights.domain.document import Document, Language
from pirights.domain.escalation import TO_AUTHORITY
from pirights.domain.handler import Venue
from pirights.domain.reply import ANSWERS, REFUSALS, ReplyKind
from pirights.domain.request import AskedItem, Score, counted
from pirights.domain.words import Words
from pirights.errors import Message
from pirights.letters import court, court_claims, template
from pirights.letters.court_brief import CourtBrief
from pirights.workflow import (
    articles_to_check,
    binding,
    cases,
    next_letter,
    preserving,
    suit_guards,
    unread_replies,
)
from pirights.workflow.binding import Bundled
from pirights.workflow.cases import Shown, Standing
from pirights.workflow.desk import Desk
from pirights.workflow.next_letter import Setting

_UNMET: Final = frozenset({Score.PARTIAL, Score.REFUSED, Score.SILENT})
_PERSONAL_INFORMATION: Final = Words(
    zh="个人信息保护纠纷", en="dispute over the protection of personal information"
)
_SERVICE: Final = Words(zh="服务合同纠纷", en="dispute over a service contract")
_ESTATE_SERVICE: Final = Words(
    zh="物业服务合同纠纷", en="dispute over a property management contract"
)
_SOME_COURT: Final = "人民法院"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suit:
    """What is to be weighed before a suit; nothing of it is decided here.

    Attributes:
        jurisdiction: The courts that may take it, as hints.
        limitation: By when a claim for damages should be brought, counted cautiously.
        causes: What the case may be docketed as (案由), the likeliest first, as hints.
    """

    jurisdiction: tuple[Authority, ...]
    causes: tuple[Words, ...]
    limitation: Deadline | None


def weighed(desk: Desk, ref: str, *, on: date) -> Suit:
    """Say which courts may take a suit, and by when a claim for damages should be brought."""
    shown = cases.show(desk, ref)
    return _weighed(shown.standing, shown.costs, on)


def court_of(setting: Setting) -> str:
    """Name the court as the user gave it; which one it is, the program does not decide."""
    return setting.details.office or _SOME_COURT


def written(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write the complaint.

    Raises:
        BadInput: It is dated before a scan of the case.
        MissingGlyph: A character that the fonts lack.
        NotNextStep: Nobody has confirmed what came in, or marked which items an answer gave.
    """
    desk = setting.desk
    shown = cases.show(desk, setting.found.case.ref)
    encounters = preserving.scanned(setting)
    bundled = binding.paged(desk, shown)
    brief = _brief(setting, shown, bundled)
    _check_glyphs(setting, brief)
    document = court.written(brief, desk.laws)
    claims = court_claims.claims(brief, template.load(setting.kind, Language.ZH), desk.laws)
    suit = _weighed(setting.found, shown.costs, setting.on)
    return document, (
        *suit_guards.prior_request(desk, setting, brief),
        *suit_guards.earlier(setting),
        *suit_guards.standing(brief),
        *suit_guards.state_organ(brief),
        *suit_guards.money(desk, brief, claims),
        *suit_guards.limitation(setting, suit.limitation, encounters),
        *suit_guards.form(setting, brief),
        *articles_to_check.told(desk.laws, (key for one in claims for key in one.cites)),
        *bundled.notices,
    )


def _weighed(found: Standing, costs: Sequence[Cost], on: date) -> Suit:
    known = rule_data.authorities()
    courts = [one.id for one in known.values() if one.role is AuthorityRole.COURT]
    return Suit(
        jurisdiction=authority.open_on(known, courts, on),
        limitation=next((one for one in found.deadlines if one.id == "limitation"), None),
        causes=tuple(_causes(found, costs)),
    )


def _causes(found: Standing, costs: Sequence[Cost]) -> Iterator[Words]:
    yield _PERSONAL_INFORMATION
    if any(one.counts and one.kind.claimed_as is CostClass.CONTRACT for one in costs):
        estate = any(one.venue is Venue.RESIDENTIAL for one in found.papers.encounters)
        yield _ESTATE_SERVICE if estate else _SERVICE


def _brief(setting: Setting, shown: Shown, bundled: Bundled) -> CourtBrief:
    found, details = setting.found, setting.details
    sent = tuple(
        one
        for one in found.letters
        if one.dispatch is not None
        and one.dispatch.on <= setting.on
        and one.kind not in TO_AUTHORITY
    )
    first = setting.request
    replies = tuple(one for one in found.replies if one.on <= setting.on)
    unread_replies.refuse_unread(setting, from_handler(replies))
    answers = [
        one
        for one in replies
        if not one.answers
        and one.kind in ANSWERS
        and (first.dispatch is None or one.on >= first.dispatch.on)
    ]
    if answers and not _refuses_all(first.items, [one.kind for one in answers]):
        unread_replies.refuse_unmarked(setting)
    return CourtBrief(
        label=setting.label,
        person=found.person,
        actor=found.actor,
        handler=found.handler,
        first=first,
        sent=sent,
        replies=told_reply.told(replies, first),
        answered=bool(answers),
        encounters=tuple(found.papers.encounters),
        claimed=_claimed(first.items, [one.kind for one in answers]),
        costs=tuple(one for one in shown.costs if one.counts),
        exhibits=bundled.exhibits,
        owners={
            piece.exhibit.number: frozenset(file.owner for file in piece.files)
            for piece in bundled.pieces
        },
        letters=setting.letters,
        on=setting.on,
        by=setting.by,
        zone=setting.desk.zone,
        particulars=details.particulars,
        legal_representative=details.legal_representative,
        office=details.office,
        extra=details.claims,
    )


def _claimed(items: Sequence[AskedItem], answers: Sequence[ReplyKind]) -> tuple[AskedItem, ...]:
    """What was asked in vain: all of it where no answer came, or a refusal of the whole."""
    asked = [item for item in items if item.right is not None]
    if not answers or _refuses_all(items, answers):
        return tuple(item for item in asked if item.score is not Score.GIVEN)
    return tuple(item for item in asked if item.score in _UNMET)


def _refuses_all(items: Sequence[AskedItem], answers: Sequence[ReplyKind]) -> bool:
    """Nothing is marked, and a person confirmed that all answers refuse: so they do every item."""
    marked = any(item.score is not Score.OPEN for item in counted(items))
    return not marked and set(answers) <= REFUSALS


def _check_glyphs(setting: Setting, brief: CourtBrief) -> None:
    """Refuse what the fonts cannot print; the titles of exhibits are made printable already."""
    sent = " ".join(one.dispatch.tracking for one in brief.sent if one.dispatch)
    scans = {
        f"{one.label}.{name}": getattr(one, name)
        for one in brief.encounters
        for name in ("place", "purpose", "exemption")
    }
    next_letter.check_glyphs(
        setting,
        {
            **scans,
            **{f"{one.label}.note": one.note for one in brief.costs},
            "tracking": sent,
            "cites": " ".join(item.refused_under for item in brief.first.items),
            "item": " ".join(item.zh + item.en for item in brief.first.items),
            "particulars": brief.particulars,
            "legal-representative": brief.legal_representative,
            "office": brief.office,
            "claim": " ".join(brief.extra),
            f"{brief.handler.label}.phone": brief.handler.phone,
        },
    )
