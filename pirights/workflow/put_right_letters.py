"""Voiding and correcting how a letter left, and when it arrived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pirights.domain import reference
from pirights.domain.attachment import Purpose
from pirights.domain.channel_proof import number_called
from pirights.domain.dispatch import Channel, Delivery, Letter, LetterAmendment
from pirights.domain.text import one_line
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.vault.change import Change
from pirights.workflow import letter_days, put_right
from pirights.workflow.desk import Desk
from pirights.workflow.put_right import Act, Own


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What is given anew of the way of a letter; None stays as it is."""

    on: date | None = None
    channel: Channel | None = None
    tracking: str | None = None
    proofs: tuple[Path, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was given."""
        return self == Way()


def void_sent(desk: Desk, ref: str, *, because: str) -> Act:
    """Take back that a letter was sent; or one that was written and not sent, named by its number.

    Raises:
        NotNextStep: It is not recorded as sent, it arrived, or this program sent it itself; or it
            is the first letter of a case, without which there is none.
    """
    _, named = desk.letter(ref)
    if named.dispatch is None and reference.split(ref)[1] is not None:
        return _void_draft(desk, named, because)
    letter = _sent(desk, ref)
    if letter.arrived_on is not None:
        raise NotNextStep(
            message(
                "Letter {label} is recorded as arrived on {date}.",
                label=letter.label,
                date=letter.arrived_on,
            ),
            hint=message(
                "Void that first: `pirights received {label} --void --because TEXT`.",
                label=letter.label,
            ),
        )
    _refuse_mailed(letter)
    files = _files(desk, letter, Purpose.SENT_PROOF)
    after = replace(letter, dispatch=None, reported=None)
    return _act(desk, letter, after, "letter.dispatch-voided", because, files=files)


def _void_draft(desk: Desk, letter: Letter, because: str) -> Act:
    """Take back a letter that was written and not sent.

    Raises:
        NotNextStep: It is the request itself, or may have left as a mail.
    """
    if letter.number == 1:
        raise NotNextStep(
            message("Letter {label} is the request that the case is about.", label=letter.label),
            hint=message(
                "Close the case if it is not to be sent: `pirights case close {ref} --outcome "
                "withdrawn`.",
                ref=letter.ref,
            ),
        )
    if any(one.state is Delivery.SENDING for one in letter.sendings):
        raise NotNextStep(
            message("Letter {label} may have left as a mail.", label=letter.label),
            hint=message(
                "Find that out first: `pirights sent {ref} --channel email --smtp`.",
                ref=letter.label,
            ),
        )
    after = replace(letter, voided_on=desk.today, voided_because=put_right.reason(because))

    def do(change: Change) -> tuple[str, Sequence[Message]]:
        change.replace(after, kind="letter.voided")
        return after.label, ()

    own = Own(message("Letter"), letter.document.title, None)
    return Act(refs=(letter.ref,), own=(own,), do=do)


def correct_sent(desk: Desk, ref: str, way: Way, *, because: str) -> Act:
    """Correct how and when a letter left.

    Raises:
        BadInput: Nothing to correct, or a day in the future, before the letter's own or after it
            arrived.
        NotNextStep: It is not recorded as sent, or this program sent it itself.
    """
    letter = _sent(desk, ref)
    if letter.dispatch is None or letter.dispatch.channel is Channel.EMAIL:
        _refuse_mailed(letter)
    _refuse_empty(way)
    dispatch = letter.dispatch
    if dispatch is not None:
        dispatch = replace(
            dispatch,
            on=dispatch.on if way.on is None else desk.past_day(way.on, field="at"),
            channel=way.channel or dispatch.channel,
            tracking=dispatch.tracking
            if way.tracking is None
            else one_line(way.tracking, field="tracking"),
        )
    after = replace(letter, dispatch=dispatch)
    if way.on is not None:
        letter_days.refuse_disorder(after)
    return _act(
        desk, letter, after, "letter.dispatch-corrected", because, proofs=(Purpose.SENT_PROOF, way)
    )


def void_received(desk: Desk, ref: str, *, because: str) -> Act:
    """Take back that a letter arrived.

    Raises:
        NotNextStep: It is not recorded as arrived.
    """
    letter = _arrived(desk, ref)
    files = _files(desk, letter, Purpose.ARRIVAL_PROOF)
    after = replace(letter, arrived_on=None)
    return _act(desk, letter, after, "letter.arrival-voided", because, files=files)


def correct_received(desk: Desk, ref: str, way: Way, *, because: str) -> Act:
    """Correct the day on which a letter arrived.

    Raises:
        BadInput: Nothing to correct, or a day in the future or before it was sent.
        NotNextStep: It is not recorded as arrived.
    """
    letter = _arrived(desk, ref)
    _refuse_empty(way)
    after = letter
    if way.on is not None:
        after = replace(letter, arrived_on=desk.past_day(way.on, field="at"))
        letter_days.refuse_disorder(after)
    return _act(
        desk,
        letter,
        after,
        "letter.arrival-corrected",
        because,
        proofs=(Purpose.ARRIVAL_PROOF, way),
    )


def _act(  # noqa: PLR0913 (one change, its reason and its files)
    desk: Desk,
    before: Letter,
    after: Letter,
    kind: str,
    because: str,
    *,
    files: Sequence[int] = (),
    proofs: tuple[Purpose, Way] | None = None,
) -> Act:
    amended = replace(
        after,
        amendments=(
            *before.amendments,
            LetterAmendment(
                on=desk.today,
                because=put_right.reason(because),
                dispatch=before.dispatch,
                arrived_on=before.arrived_on,
                files=tuple(files),
            ),
        ),
    )

    def do(change: Change) -> tuple[str, Sequence[Message]]:
        change.replace(amended, kind=kind)
        if proofs is not None:
            purpose, way = proofs
            for path in way.proofs:
                change.attach(path, owner=amended.label, purpose=purpose)
        later = put_right.written_later(desk, amended.ref, amended.number, amended.on)
        return amended.label, tuple(later)

    was, now = before.dispatch, after.dispatch
    own = (
        Own(message("Sent on"), was and was.on, now and now.on),
        Own(message("Channel"), was and was.channel, now and now.channel),
        Own(
            number_called(way.channel if (way := now or was) else None),
            was and was.tracking,
            now and now.tracking,
        ),
        Own(message("Arrived on"), before.arrived_on, after.arrived_on),
    )
    return Act(refs=(before.ref,), own=own, do=do)


def _sent(desk: Desk, ref: str) -> Letter:
    letter = _meant(desk, ref, lambda one: one.dispatch is not None)
    if letter.dispatch is None:
        raise NotNextStep(
            message("Letter {label} is not recorded as sent.", label=letter.label),
            hint=message("See where it stands: `pirights case show {ref}`.", ref=letter.ref),
        )
    return letter


def _arrived(desk: Desk, ref: str) -> Letter:
    letter = _meant(desk, ref, lambda one: one.arrived_on is not None)
    if letter.arrived_on is None:
        raise NotNextStep(
            message("Letter {label} is not recorded as arrived.", label=letter.label),
            hint=message("See where it stands: `pirights case show {ref}`.", ref=letter.ref),
        )
    return letter


def _meant(desk: Desk, ref: str, fits: Callable[[Letter], bool]) -> Letter:
    """The letter that a reference names; without a number, the only one of which this is recorded.

    Raises:
        BadInput: There are several.
    """
    case, letter = desk.letter(ref)
    _, number = reference.split(ref)
    fitting = [one for one in desk.letters(case) if fits(one)]
    if number is not None or not fitting:
        return letter
    if len(fitting) > 1:
        raise BadInput(
            message("{ref} names several letters.", ref=case.ref),
            hint=message(
                "Name one of them: {labels}.", labels=", ".join(one.label for one in fitting)
            ),
        )
    return fitting[0]


def _refuse_mailed(letter: Letter) -> None:
    if any(one.state is Delivery.SENT for one in letter.sendings):
        raise NotNextStep(
            message(
                "Letter {label} was sent from here, and the server took it; that stands.",
                label=letter.label,
            ),
            hint=message("What was sent and what the server said is kept with the letter."),
        )


def _refuse_empty(way: Way) -> None:
    if way.is_empty:
        raise BadInput(
            message("Nothing to correct was given."),
            hint=message("For example --at DATE, or --proof FILE."),
        )


def _files(desk: Desk, letter: Letter, purpose: Purpose) -> list[int]:
    return [one.id for one in desk.vault.attachments(letter.label) if one.purpose is purpose]
