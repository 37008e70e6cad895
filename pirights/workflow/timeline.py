"""What happened in a case: what its owner says, and what somebody else's paper confirms."""

from collections.abc import Sequence

from pirights.domain.attachment import Purpose
from pirights.domain.bundle_papers import Event
from pirights.domain.words import Words
from pirights.workflow.cases import Shown
from pirights.workflow.exhibits import Piece


def events(shown: Shown, pieces: Sequence[Piece]) -> list[Event]:
    """Say what happened, by day, with the exhibits that show it; oldest first."""
    from pirights.render.printable import showable

    def numbers(owner: str, role: str) -> tuple[int, ...]:
        return tuple(
            piece.exhibit.number for piece in pieces if (piece.owner, piece.role) == (owner, role)
        )

    events = [
        Event(
            when=f"{encounter.local:%Y-%m-%d %H:%M}",
            claimed=Words(
                zh=f"在{showable(encounter.place)}被采集人脸信息",
                en=f"Facial information collected at {showable(encounter.place)}",
            ),
            exhibits=numbers(encounter.label, "record"),
        )
        for encounter in shown.encounters
    ]
    for letter in shown.standing.letters:
        own = numbers(letter.label, "letter")
        sent = numbers(letter.label, Purpose.SENT_PROOF)
        arrived = numbers(letter.label, Purpose.ARRIVAL_PROOF)
        if letter.dispatch is not None:
            events.append(
                Event(
                    when=str(letter.dispatch.on),
                    claimed=Words(zh="发出请求书", en="Request sent"),
                    confirmed=Words(zh="寄送凭证", en="Proof of sending") if sent else None,
                    exhibits=own + sent,
                )
            )
        if letter.arrived_on is not None:
            events.append(
                Event(
                    when=str(letter.arrived_on),
                    claimed=Words(zh="请求书送达", en="Request arrived"),
                    confirmed=Words(zh="送达凭证", en="Proof of arrival") if arrived else None,
                    exhibits=arrived or own,
                )
            )
    events += [
        Event(
            when=str(reply.on),
            claimed=Words(zh="收到答复", en="Reply received"),
            confirmed=Words(
                zh="对方所发答复的原件", en="The original of the handler's own message"
            ),
            exhibits=numbers(f"I{reply.id}", Purpose.REPLY),
        )
        for reply in shown.standing.replies
    ]
    return sorted(events, key=lambda event: event.when)
