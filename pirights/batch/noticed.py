"""What is worth knowing of a sheet's rows and no fault: counted, and each kind told once."""

from collections.abc import Iterator
from typing import Final

from pirights.batch.row_reading import ReadRow
from pirights.domain import id_number
from pirights.domain.document import Letters
from pirights.domain.person import Capacity
from pirights.errors import Message, message

_REACHED_BY: Final = ("person_phone", "person_email", "person_address")


class Noticed:
    """Counts rows; of some kinds the first is remembered."""

    def __init__(self) -> None:
        self.examples = 0
        self._unreachable = self._nameless = self._minors = 0
        self._first_minor = 0

    def take(self, row: ReadRow) -> None:
        """Take note of a row, which is no example."""
        self._unreachable += _is_unreachable(row)
        self._nameless += _is_nameless(row)
        if _is_taken_for_a_minor(row):
            self._minors += 1
            self._first_minor = self._first_minor or row.row

    def told(self) -> Iterator[Message]:
        """Tell what was noticed."""
        if self.examples:
            yield message(
                "Passed over: {count} rows whose key says that they are an example.",
                count=self.examples,
            )
        if self._unreachable:
            yield message(
                "Rows without telephone, e-mail and address of the client: {count}. Their letters "
                "name no way to answer.",
                count=self._unreachable,
            )
        if self._nameless:
            yield message(
                "Rows for an English letter without the English name of the client: {count}. The "
                "name stands in it as it is written.",
                count=self._nameless,
            )
        if self._minors:
            yield message(
                "Rows with a guardian and no ID number that tells the client's age: {count}, such "
                "as row {row}. The client is taken for a minor, and the letter says so; for an "
                "adult ward give the ID number.",
                count=self._minors,
                row=self._first_minor,
            )


def _is_unreachable(row: ReadRow) -> bool:
    """Say whether a client who acts alone gives nothing by which an answer could come."""
    alone = row.said.get("capacity", Capacity.SELF) is Capacity.SELF
    return alone and _written(row).isdisjoint(_REACHED_BY)


def _is_nameless(row: ReadRow) -> bool:
    """Say whether a letter is to be English without an English name of the client."""
    return row.said.get("letters", Letters.ZH) is not Letters.ZH and not row.said.get(
        "person_name_en"
    )


def _is_taken_for_a_minor(row: ReadRow) -> bool:
    """Say whether a ward's age is not known, so that the letter speaks of a minor."""
    if row.said.get("capacity") is not Capacity.GUARDIAN:
        return False
    number = row.said.get("person_id_number", "")
    is_faulty = not number and "person_id_number" in _written(row)
    return not is_faulty and id_number.birthday(number) is None


def _written(row: ReadRow) -> set[str]:
    """The columns in which something stands, be it faulty."""
    return {*row.said, *(fault.column for fault in row.faults)}
