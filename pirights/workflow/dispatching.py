"""Recording that a letter left, and that it arrived."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pirights.domain import reference
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.channel_proof import ARRIVAL, SENDING, TICKETS, Proof
from pirights.domain.deadline import Deadline
from pirights.domain.dispatch import Channel, Dispatch, Letter
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.text import one_line
from pirights.errors import Message, NotNextStep, message
from pirights.workflow import letter_days, reckoning
from pirights.workflow.desk import Desk
from pirights.workflow.reckoning import Papers


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A letter as it now stands, with the proofs just taken in, and by when an answer is due."""

    letter: Letter
    proofs: tuple[Attachment, ...]
    notices: tuple[Message, ...]
    due: Deadline | None = None


def sent(  # noqa: PLR0913 (what a dispatch consists of)
    desk: Desk,
    ref: str,
    *,
    channel: Channel,
    on: date | None,
    tracking: str = "",
    proofs: Sequence[Path] = (),
) -> Recorded:
    """Record how and when a letter left.

    Raises:
        BadInput: A date in the future or before the letter's own, or a proof that cannot be taken
            in.
        NotNextStep: It left already.
        NotFound: No such letter.
    """
    letter = leaving(desk, ref)
    day = desk.past_day(on, field="at")
    notices: list[Message] = []
    dispatch = Dispatch(channel=channel, on=day, tracking=one_line(tracking, field="tracking"))
    letter_days.refuse_disorder(replace(letter, dispatch=dispatch, arrived_on=None))
    if not proofs:
        notices.append(
            message(
                "No proof of sending is kept yet: a receipt or a screenshot helps, with --proof."
            )
        )
        notices += _what_proves(SENDING[channel])
        if channel is Channel.EMS and not dispatch.tracking:
            notices.append(
                message(
                    "The number of the waybill is not recorded: `pirights sent {label} --correct "
                    "--tracking NO --because TEXT` adds it.",
                    label=letter.label,
                )
            )
    done = _record(
        desk,
        replace(letter, dispatch=dispatch, reported=None),
        "letter.sent",
        proofs,
        Purpose.SENT_PROOF,
        notices,
    )
    return replace(done, notices=(*done.notices, *_of_ticket(done)))


def _of_ticket(done: Recorded) -> Iterator[Message]:
    """What a sending by a form or an app still lacks: its ticket number, a screen recording."""
    letter, way = done.letter, done.letter.dispatch
    if way is None or way.channel not in TICKETS:
        return
    if not way.tracking:
        yield message(
            "The ticket number is not recorded: `pirights sent {label} --correct --tracking NO "
            "--because TEXT` adds it.",
            label=letter.label,
        )
    if done.proofs and not any(one.media_type.startswith("video/") for one in done.proofs):
        yield message(
            "No screen recording is among the proofs: one of the whole path with the clock in "
            "view proves most. `pirights sent {label} --correct --proof FILE --because TEXT` adds "
            "it.",
            label=letter.label,
        )


def leaving(desk: Desk, ref: str) -> Letter:
    """The letter that a reference names and that can leave now.

    Raises:
        NotFound: No such letter.
        NotNextStep: It left already.
    """
    letter = _meant(desk, ref, lambda one: one.dispatch is None)
    if not letter.may_leave:
        letter = _meant(desk, ref, lambda one: one.may_leave)
    refuse_left(letter)
    return letter


def refuse_left(letter: Letter) -> None:
    """Refuse to send a letter twice, unless it came back.

    Raises:
        NotNextStep: It left already.
    """
    if letter.may_leave or letter.dispatch is None:
        return
    raise NotNextStep(
        message(
            "Letter {label} was sent on {date} already.",
            label=letter.label,
            date=letter.dispatch.on,
        ),
        hint=message("Record its arrival with `pirights received {ref}`.", ref=letter.shortest),
    )


def received(desk: Desk, ref: str, *, on: date | None, proofs: Sequence[Path] = ()) -> Recorded:
    """Record when a letter reached the handler; that sets the clock going.

    Raises:
        BadInput: A date in the future or before it was sent, or a proof that cannot be taken in.
        NotNextStep: It has not been sent, or arrived already.
        NotFound: No such letter.
    """
    letter = _meant(desk, ref, lambda one: one.dispatch is not None and one.arrived_on is None)
    if letter.dispatch is None:
        raise NotNextStep(
            message("Letter {label} has not been sent yet.", label=letter.label),
            hint=message(
                "Record that first: `pirights sent {ref} --channel ems`.", ref=letter.shortest
            ),
        )
    if letter.arrived_on is not None:
        raise NotNextStep(
            message(
                "Letter {label} arrived on {date} already.",
                label=letter.label,
                date=letter.arrived_on,
            ),
        )
    day = desk.past_day(on, field="at")
    notices = []
    letter_days.refuse_disorder(replace(letter, arrived_on=day))
    if not proofs:
        notices.append(
            message(
                "No proof of arrival is kept yet: the carrier's page with the signer helps, "
                "with --proof."
            )
        )
        notices += _what_proves(ARRIVAL[letter.dispatch.channel])
    return _record(
        desk,
        replace(letter, arrived_on=day),
        "letter.arrived",
        proofs,
        Purpose.ARRIVAL_PROOF,
        notices,
    )


def _what_proves(proofs: Sequence[Proof]) -> list[Message]:
    return [message("What proves it by this way: {what}", what=one.what) for one in proofs]


def _meant(desk: Desk, ref: str, waits: Callable[[Letter], bool]) -> Letter:
    """The letter that a reference names; without a number, the oldest that waits for this."""
    case, letter = desk.letter(ref)
    _, number = reference.split(ref)
    if number is not None:
        return letter
    return next((one for one in desk.letters(case) if waits(one)), letter)


def _record(  # noqa: PLR0913, PLR0917 (one act, its proofs and its remarks)
    desk: Desk,
    letter: Letter,
    kind: str,
    proofs: Sequence[Path],
    purpose: Purpose,
    notices: Sequence[Message],
) -> Recorded:
    due = None
    with desk.vault.change(now=desk.now) as change:
        change.replace(letter, kind=kind)
        if letter.arrived_on is not None:
            of = _papers(desk, letter)
            if letter.kind == FollowUp.IDENTITY or reckoning.running(of) is letter:
                due = next((one for one in reckoning.deadlines(of) if one.id == "answer"), None)
                reckoning.note_told(change, of)
        kept = tuple(change.attach(path, owner=letter.label, purpose=purpose) for path in proofs)
    return Recorded(letter=letter, proofs=kept, notices=tuple(notices), due=due)


def _papers(desk: Desk, letter: Letter) -> Papers:
    case = desk.case(letter.ref)
    handler = desk.vault.get(Handler, case.handler)
    replies = sorted(desk.replies(case), key=lambda reply: reply.on)
    letters = [letter if one.number == letter.number else one for one in desk.letters(case)]
    return reckoning.papers(desk, case, handler, letters, replies)
