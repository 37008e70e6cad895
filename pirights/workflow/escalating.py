"""The next letter of a case, composed from what it holds; refused where it comes too soon."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pirights import rule_data
from pirights.domain import due_dates
from pirights.domain.authority import Authority
from pirights.domain.case import Case, is_marked
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Letters
from pirights.domain.escalation import TO_AUTHORITY, FollowUp
from pirights.domain.reply import ANSWERS
from pirights.domain.request import AskedItem, Score, counted
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.letters import followup
from pirights.letters.followup import FollowUpBrief
from pirights.workflow import (
    acting,
    addressing,
    authority_papers,
    cases,
    identity_letter,
    leak_asking,
    next_letter,
    preserving,
    reckoning,
    reminding,
    request_remarks,
    suing,
    unread_replies,
    withdrawing,
)
from pirights.workflow.desk import Desk
from pirights.workflow.letter_details import Details, checked
from pirights.workflow.next_letter import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp:
    """A case with its next letter, and what the user should know.

    Attributes:
        by: The day by which the handler is asked to reply; None in a paper for an authority.
        body: The authority it goes to, which the letter calls by the name of its office.
    """

    case: Case
    letter: Letter
    by: date | None
    notices: tuple[Message, ...]
    body: Authority | None = None


def preview(  # noqa: PLR0913 (what a letter can be told)
    desk: Desk,
    ref: str,
    kind: FollowUp,
    *,
    on: date | None = None,
    letters: Letters | None = None,
    details: Details | None = None,
) -> FollowedUp:
    """Write the next letter of a case without keeping it.

    Args:
        desk: Vault and moment.
        ref: The case.
        kind: Which letter.
        on: Its date; today if None.
        letters: Its language; if None that of the request, and Chinese with it in a paper for an
            authority or a court.
        details: What the user tells beyond the case.

    Raises:
        BadInput: A date in the future, or before the letter it follows; nobody is known who acts
            for the person.
        MissingGlyph: A character that the fonts lack.
        NotFound: No such case.
        NotNextStep: The case does not hold what the letter needs, or is closed.
    """
    found = cases.standing(desk, desk.case(ref))
    if found.case.closed_on is not None:
        raise NotNextStep(
            message("Case {ref} is closed already.", ref=found.case.ref),
            hint=message("Open it again with `pirights case reopen {ref}`.", ref=found.case.ref),
        )
    if not found.papers.encounters and found.case.encounters:
        raise NotNextStep(
            message("Every encounter of case {ref} was voided.", ref=found.case.ref),
            hint=message("Write down what happened, and a new request: `pirights request new`."),
        )
    acting.refuse_unknown(found.person, found.actor)
    day = desk.past_day(on, field="date")
    label = f"{found.case.ref}/{desk.next_number(found.case)}"
    by = due_dates.reply_due(label, day, rule_data.periods()).on
    setting = Setting(
        desk=desk,
        found=found,
        kind=kind,
        on=day,
        by=by,
        label=label,
        letters=letters or _language(found.case.letters, kind),
        details=checked(details or Details(), kind),
    )
    document, notices = _WRITTEN.get(kind, _followed)(setting)
    body = addressing.body(setting) if kind in authority_papers.WRITTEN else None
    return FollowedUp(
        case=found.case,
        letter=Letter(
            id=0,
            ref=found.case.ref,
            number=desk.next_number(found.case),
            kind=kind.value,
            on=day,
            letters=setting.letters,
            handler_name=addressing.name(setting, body)
            if body
            else suing.court_of(setting)
            if kind is FollowUp.COURT
            else found.handler.name,
            items=(),
            document=document,
            body=body.id if body else "",
        ),
        by=None if kind in TO_AUTHORITY else by,
        notices=(
            *notices,
            *([] if kind in TO_AUTHORITY else request_remarks.stale(found.handler)),
        ),
        body=body,
    )


def _language(asked_in: Letters, kind: FollowUp) -> Letters:
    """The language of a letter: no authority or court takes one in English alone."""
    return Letters.BOTH if asked_in is Letters.EN and kind in TO_AUTHORITY else asked_in


def keep(desk: Desk, written: FollowedUp) -> FollowedUp:
    """Keep a letter that was written with `preview`."""
    with desk.vault.change(now=desk.now) as change:
        letter = change.add(written.letter)
    return replace(written, letter=letter)


def _followed(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write a letter that follows a request up: it was sent, and arrived.

    Raises:
        BadInput: The letter is dated before the arrival.
        NotNextStep: Not so.
    """
    first, found = setting.request, setting.found
    if first.dispatch is not None and first.arrived_on is None:
        raise NotNextStep(
            message("That letter {label} arrived is not recorded yet.", label=first.label),
            hint=message("Record it first: `pirights received {ref} --at DATE`.", ref=first.label),
        )
    next_letter.refuse_unsent(setting)
    if first.arrived_on is not None and setting.on < first.arrived_on:
        raise BadInput(
            message(
                "The request arrived on {arrived}, after {day}.",
                arrived=first.arrived_on,
                day=setting.on,
            ),
            hint=message("Give a later day with --date."),
        )
    brief = FollowUpBrief(
        kind=setting.kind,
        label=setting.label,
        person=found.person,
        handler=found.handler,
        first=first,
        letters=setting.letters,
        on=setting.on,
        by=setting.by,
        zone=setting.desk.zone,
        actor=found.actor,
        proved=bool(reckoning.arrival_proofs(setting.desk, first)),
    )
    brief, notices = _filled(brief, setting)
    document = followup.written(brief, setting.desk.laws)
    next_letter.check_glyphs(
        setting,
        {
            "tracking": first.dispatch.tracking if first.dispatch else "",
            "cites": " ".join(item.refused_under for item in brief.items),
        },
    )
    return document, notices


_WRITTEN: Final[Mapping[FollowUp, Callable[[Setting], tuple[Document, Sequence[Message]]]]] = {
    FollowUp.IDENTITY: identity_letter.written,
    FollowUp.WITHDRAWAL: withdrawing.written,
    FollowUp.PRESERVE: preserving.written,
    FollowUp.BREACH: leak_asking.written,
    FollowUp.COURT: suing.written,
    **authority_papers.WRITTEN,
}
"""The letters that are not composed from the scores and the clock of the request."""


def _filled(brief: FollowUpBrief, setting: Setting) -> tuple[FollowUpBrief, Sequence[Message]]:
    found, first = setting.found, setting.request
    if brief.kind is FollowUp.REMINDER:
        return reminding.reminded(brief, found)
    wanted = (
        {Score.REFUSED}
        if brief.kind is FollowUp.REASONS
        else {Score.PARTIAL, Score.REFUSED, Score.SILENT}
    )
    items = tuple(item for item in first.items if item.score in wanted and item.right is not None)
    if brief.kind is FollowUp.REASONS:
        items = tuple(item for item in items if not item.refused_under)
    came = [one for one in found.answers if one.kind in ANSWERS]
    if not came:
        raise NotNextStep(
            message("No answer of the handler's is kept in case {ref}.", ref=found.case.ref),
            hint=message("Take it in with `pirights reply add {ref} FILE`.", ref=found.case.ref),
        )
    if not items:
        raise NotNextStep(
            _nothing_to_ask(brief.kind),
            hint=message(
                "Mark the items of the request first: `pirights reply score {ref} --item "
                "3=refused`.",
                ref=found.case.ref,
            ),
        )
    unread_replies.refuse_unread(setting, came)
    if brief.kind is FollowUp.INCOMPLETE:
        unread_replies.refuse_unmarked(setting)
    read = [one for one in came if is_marked(one, first)]
    return replace(brief, items=items, replied_on=(read or came)[-1].on), _unscored(first.items)


def _nothing_to_ask(kind: FollowUp) -> Message:
    if kind is FollowUp.REASONS:
        return message("No item is marked as refused without a reason.")
    return message("No item is marked as refused, unanswered or answered in part.")


def _unscored(items: Sequence[AskedItem]) -> list[Message]:
    left = [str(item.number) for item in counted(items) if item.score is Score.OPEN]
    if not left:
        return []
    return [message("These items are not marked yet and are left out: {items}.", items=left)]
