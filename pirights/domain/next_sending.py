"""What to do next about a letter's way: it lies here, may have left, came back, or has no proof."""

from pirights.domain.case import waiting
from pirights.domain.channel_proof import TICKETS
from pirights.domain.dispatch import Delivery, Dispatch, Letter
from pirights.domain.next_step import Act, NextStep, Position
from pirights.domain.reply import ReplyKind
from pirights.errors import Message, message


def unsent(at: Position) -> NextStep | None:
    """A letter that was written and has not left, as far as is known."""
    letter = next(iter(waiting(at.letters)), None)
    if letter is None:
        return None
    match letter.delivery:
        case Delivery.SENDING:
            return NextStep(
                act=Act.FIND_OUT,
                what=message(
                    "Find out whether letter {label} left: look in your folder of sent mails.",
                    label=letter.label,
                ),
                why=message("It was being sent as a mail, and how that ended is not known."),
                command=f"pirights sent {letter.shortest} --channel email --at DATE",
            )
        case Delivery.FAILED:
            return NextStep(
                act=Act.SEND_AGAIN,
                what=message(
                    "Mend what stopped letter {label}, or send it in another way.",
                    label=letter.label,
                ),
                why=message(
                    "It was not sent to {to}: {reason}",
                    to=letter.sendings[-1].to,
                    reason=letter.sendings[-1].said,
                ),
                command=f"pirights sent {letter.shortest} --channel email --smtp",
            )
        case Delivery.DEFERRED:
            return NextStep(
                act=Act.SEND,
                what=message("Send letter {label} again later.", label=letter.label),
                why=message("The mail server put it off, and it has not left."),
                command=f"pirights sent {letter.shortest} --channel email --smtp",
            )
        case _:
            return NextStep(
                act=Act.SEND,
                what=message("Sign and send letter {label}.", label=letter.label),
                why=message("It was written on {day} and is not recorded as sent.", day=letter.on),
                command=f"pirights sent {letter.shortest} --channel CHANNEL --at DATE",
            )


def came_back(at: Position) -> NextStep | None:
    """The letter to which an answer is awaited came back, and nothing was answered to it."""
    letter = at.asked
    if not letter.came_back or at.came:
        return None
    return NextStep(
        act=Act.SEND_AGAIN,
        what=message(
            "Send letter {label} to another address or in another way.", label=letter.label
        ),
        why=message("It came back undelivered."),
        command=_again(at, letter.shortest),
    )


def arrival(at: Position) -> NextStep | None:
    """The letter to which an answer is awaited left, and no arrival is recorded."""
    letter = at.asked
    answered = any(one.kind is not ReplyKind.ACKNOWLEDGEMENT for one in at.came)
    if letter.arrived_on is not None or letter.dispatch is None or answered:
        return None  # an acknowledgement shows that it arrived: its day is still to be recorded
    left = letter.dispatch.on
    return NextStep(
        act=Act.PROVE_ARRIVAL,
        what=message("Record the arrival of letter {label}, with its proof.", label=letter.label),
        why=message(
            "It left on {day}, and a mail system reported that it is held up; see whether it "
            "arrives, or send it in another way.",
            day=left,
        )
        if letter.delivery is Delivery.DEFERRED
        else _ticket(letter, letter.dispatch)
        if letter.dispatch.channel in TICKETS
        else message(
            "It left on {day}; there is no proof of arrival yet, and the time for an answer runs "
            "from it.",
            day=left,
        ),
        command=f"pirights received {letter.shortest} --at DATE --proof FILE",
    )


def _ticket(letter: Letter, way: Dispatch) -> Message:
    """Why the arrival of what went by a form or an app is to be recorded."""
    if way.tracking:
        return message(
            "It left on {day}, ticket number {number}; there is no page or mail that confirms the "
            "ticket yet, and the time for an answer runs from its arrival.",
            day=way.on,
            number=way.tracking,
        )
    return message(
        "It left on {day}, and its ticket number is not recorded: `pirights sent {label} --correct "
        "--tracking NO --because TEXT`. The time for an answer runs from its arrival.",
        day=way.on,
        label=letter.label,
    )


def _again(at: Position, letter: str) -> str:
    if at.address_stale:
        return f"pirights handler edit {at.handler} --email ADDRESS"
    return f"pirights sent {letter} --channel CHANNEL --at DATE"
