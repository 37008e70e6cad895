"""What happened in a case: what its owner says, and what somebody else's paper confirms."""

from collections.abc import Sequence
from typing import Final

from pirights.domain.attachment import Purpose
from pirights.domain.bundle_papers import Event
from pirights.domain.dispatch import Channel
from pirights.domain.encounter import Encounter
from pirights.domain.words import Words
from pirights.workflow.cases import Shown
from pirights.workflow.exhibits import Piece

_PAPER_SENT: Final = Words(zh="寄送凭证载明已交寄", en="The carrier's paper says it was posted")
_PAPER_ARRIVED: Final = Words(
    zh="送达凭证载明已送达", en="The carrier's paper says it was delivered"
)
_PAPER_REPLY: Final = Words(
    zh="对方所发答复原件所载内容", en="What the original of the handler's message says"
)
_CAME_BACK: Final = Words(zh="收到机关或者组织的回复", en="Answer of an authority received")
_PAPER_BACK: Final = Words(zh="回复原件所载内容", en="What the original of the answer says")


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
            claimed=_claimed(encounter, showable(encounter.place)),
            exhibits=numbers(encounter.label, "record"),
        )
        for encounter in shown.encounters
    ]
    for letter in shown.standing.letters:
        own = numbers(letter.label, "letter")
        sent = numbers(letter.label, Purpose.SENT_PROOF)
        arrived = numbers(letter.label, Purpose.ARRIVAL_PROOF)
        by_carrier = letter.dispatch is not None and letter.dispatch.channel is Channel.EMS
        if letter.dispatch is not None:
            events.append(
                Event(
                    when=str(letter.dispatch.on),
                    claimed=Words(zh="发出请求书", en="Request sent"),
                    confirmed=_PAPER_SENT if sent and by_carrier else None,
                    exhibits=own + sent,
                )
            )
        if letter.arrived_on is not None:
            events.append(
                Event(
                    when=str(letter.arrived_on),
                    claimed=Words(zh="请求书送达", en="Request arrived"),
                    confirmed=_PAPER_ARRIVED if arrived and by_carrier else None,
                    exhibits=arrived or own,
                )
            )
    events += [
        Event(
            when=str(reply.on),
            claimed=_CAME_BACK if reply.answers else Words(zh="收到答复", en="Reply received"),
            confirmed=_PAPER_BACK if reply.answers else _PAPER_REPLY,
            exhibits=numbers(f"I{reply.id}", Purpose.REPLY),
        )
        for reply in shown.standing.replies
    ]
    return sorted(events, key=lambda event: event.when)


def _claimed(encounter: Encounter, place: str) -> Words:
    if encounter.refused:
        return Words(
            zh=f"在{place}被要求接受人脸识别，未接受",
            en=f"Asked at {place} for facial recognition; not accepted",
        )
    return Words(zh=f"在{place}被采集人脸信息", en=f"Facial information collected at {place}")
