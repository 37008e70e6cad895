"""Rows of a sheet that nobody sees, and that are read all the same."""

from collections.abc import Iterator

from pirights.batch.sheet import Record
from pirights.errors import Message, message


class HiddenRows:
    """Counts them; the first is remembered."""

    def __init__(self) -> None:
        self._count = self._first = 0

    def take(self, record: Record) -> None:
        """Take note of a row."""
        if record.is_hidden:
            self._count += 1
            self._first = self._first or record.row

    def told(self) -> Iterator[Message]:
        """Tell how many there were."""
        if self._count:
            yield message(
                "Hidden rows, by a filter or by hand: {count}, such as row {row}. They are taken "
                "like all others; delete the ones that are not meant.",
                count=self._count,
                row=self._first,
            )
