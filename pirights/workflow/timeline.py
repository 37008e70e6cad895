"""What happened in a case: what its owner says, and what somebody else's paper confirms."""

from collections.abc import Sequence
from typing import Final

from pirights.domain.attachment import Purpose
from pirights.domain.bundle_papers import Event
from pirights.domain.dispatch import Channel
from pirights.domain.encounter import Encounter
from pirights.domain.words import Words
from pirights.workflow.cases import Shown
from pirights.workflow.piece import Piece
from pirights.workflow.written_before import WrittenBefore

_PAPER_SENT: Final = Words(zh="寄送凭证载明已交寄", en="The carrier's paper says it was posted")
_PAPER_ARRIVED: Final = Words(
    zh="送达凭证载明已送达", en="The carrier's paper says it was delivered"
)
_PAPER_REPLY: Final = Words(
    zh="对方所发答复原件所载内容", en="What the original of the handler's message says"
)
_CAME_BACK: Final = Words(zh="收到机关或者组织的回复", en="Answer of an authority received")
_PAPER_BACK: Final = Words(zh="回复原件所载内容", en="What the original of the answer says")


def events(
    shown: Shown, pieces: Sequence[Piece], written: WrittenBefore | None = None
) -> list[Event]:
    """Say what happened, by day, with the exhibits that show it; oldest first.

    Args:
        shown: The case.
        pieces: Its exhibits.
        written: Tells by which time of a third party a statement stood in the log.
    """
    from pirights.render.printable import showable

    def numbers(owner: str, role: str) -> tuple[int, ...]:
        return tuple(
            piece.exhibit.number
            for piece in pieces
            if any((file.owner, file.role) == (owner, role) for file in piece.files)
        )

    def also(record: str, *fields: str, paper: Words | None = None) -> Words | None:
        stamp = written.of(record, *fields) if written else None
        return paper if stamp is None else _and(paper, stamp.words)

    events = [
        Event(
            when=encounter.local.isoformat(sep=" ", timespec="minutes").replace("+", " +"),
            claimed=_claimed(encounter, showable(encounter.place)),
            confirmed=also(f"encounter/{encounter.id}", "at", "zone", "place", "refused"),
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
                    confirmed=also(
                        f"letter/{letter.id}",
                        "dispatch",
                        paper=_PAPER_SENT if sent and by_carrier else None,
                    ),
                    exhibits=own + sent,
                )
            )
        if letter.arrived_on is not None:
            events.append(
                Event(
                    when=str(letter.arrived_on),
                    claimed=Words(zh="请求书送达", en="Request arrived"),
                    confirmed=also(
                        f"letter/{letter.id}",
                        "arrived_on",
                        paper=_PAPER_ARRIVED if arrived and by_carrier else None,
                    ),
                    exhibits=arrived or own,
                )
            )
    events += [
        Event(
            when=str(reply.on),
            claimed=_CAME_BACK if reply.answers else Words(zh="收到答复", en="Reply received"),
            confirmed=also(
                f"reply/{reply.id}",
                "on",
                paper=_PAPER_BACK if reply.answers else _PAPER_REPLY,
            ),
            exhibits=numbers(f"I{reply.id}", Purpose.REPLY),
        )
        for reply in shown.standing.replies
    ]
    return sorted(events, key=lambda event: event.when)


def _and(paper: Words | None, more: Words) -> Words:
    if paper is None:
        return more
    return Words(zh=f"{paper.zh}；{more.zh}", en=f"{paper.en}; {more.en}")


def _claimed(encounter: Encounter, place: str) -> Words:
    if encounter.refused:
        return Words(
            zh=f"在{place}被要求接受人脸识别，未接受",
            en=f"Asked at {place} for facial recognition; not accepted",
        )
    return Words(zh=f"在{place}被采集人脸信息", en=f"Facial information collected at {place}")
