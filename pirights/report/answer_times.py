"""How long handlers took from request to answer: from what the vault holds, and nothing else."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from pirights.domain.reply import FINAL
from pirights.report.figures import Answering
from pirights.workflow.cases import Standing


@dataclass(slots=True)
class _Handler:
    name: str = ""
    sent: int = 0
    days: list[int] = field(default_factory=list)
    read: int = 0
    waiting: list[int] = field(default_factory=list)


class AnswerTimes:
    """Notes, handler by handler, the days from the day on which a request left to its answer.

    An answer is the first reply of the handler's, on that day or later, that gives, refuses or
    says that nothing is held; what was only acknowledged or asked back is none. A reply that is
    not clear is none until a person says what it is.
    """

    def __init__(self, today: date) -> None:
        self._today = today
        self._handlers: dict[int, _Handler] = defaultdict(_Handler)

    def take(self, one: Standing) -> None:
        """Note a case, if its request left."""
        request = one.letters[0] if one.letters else None
        if request is None or request.dispatch is None or request.came_back:
            return
        left = request.dispatch.on
        noted = self._handlers[one.handler.id]
        noted.name = one.handler.name
        noted.sent += 1
        answer = next(
            (reply for reply in one.answers if reply.kind in FINAL and reply.on >= left), None
        )
        if answer is not None:
            noted.days.append((answer.on - left).days)
            noted.read += answer.is_confirmed
        elif one.case.closed_on is None:
            noted.waiting.append((self._today - left).days)

    def found(self) -> list[Answering]:
        """All handlers, those with most requests first."""
        return [
            Answering(
                number=number,
                name=one.name,
                sent=one.sent,
                days=tuple(sorted(one.days)),
                read=one.read,
                waiting=tuple(sorted(one.waiting, reverse=True)),
            )
            for number, one in sorted(
                self._handlers.items(), key=lambda pair: (-pair[1].sent, pair[0])
            )
        ]
