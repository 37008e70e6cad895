"""What is noticed of single letters, told once for all that it is noticed of."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from pirights.batch.outcome import Remark
from pirights.batch.step import Kept
from pirights.errors import Message


class Remarks:
    """Gathers sentences: of each kind one, and of how many letters it was said."""

    def __init__(self) -> None:
        self._counts: Final[Counter[str]] = Counter()
        self._first: Final[dict[str, tuple[str, Message]]] = {}

    def note(self, notices: Sequence[Message], kept: Kept) -> None:
        """Take note of what was said of a letter that is kept now, and has its numbers."""
        labels = {"P0": kept.person.label, "H0": kept.handler.label, "E0": kept.encounter or "E0"}
        self._counts.update(list(dict.fromkeys(notice.text for notice in notices)))
        for notice in notices:
            if notice.text not in self._first:
                self._first[notice.text] = (kept.letter.shortest, _named(notice, labels))

    def told(self) -> tuple[Remark, ...]:
        """Tell them, the most frequent first."""
        return tuple(
            Remark(count=count, ref=self._first[text][0], said=self._first[text][1])
            for text, count in self._counts.most_common()
        )


def _named(notice: Message, labels: dict[str, str]) -> Message:
    """Name by its number what had none when the sentence was made."""
    values = {gap: _value(value, labels) for gap, value in notice.values.items()}
    return Message(notice.text, values)


def _value(value: object, labels: dict[str, str]) -> object:
    if isinstance(value, str):
        return labels.get(value, value)
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(_value(one, labels) for one in value))
    return value
