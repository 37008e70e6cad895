"""Which rows of the log a bundle shows with what they say, and which by their digest alone.

A row stays, with its proof, and only its payload is left out: the journal shows that something was
written down then, and not what. What counts in the case now is told, with every correction of it.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pirights import canonical_json
from pirights.domain.attachment import Attachment
from pirights.vault.journal import JournalRow
from pirights.workflow import naming
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk

_TAKEN_OUT: Final = frozenset({"encounter", "letter", "reply", "cost"})
"""Kinds of records that can be taken out of a case again, as the journal names them."""

_OWN_USE: Final = frozenset({"note", "batch_row"})
"""Kinds of records that are nobody's but the writer's: remarks, rows of a clinic's sheet."""


def disclosed(desk: Desk, shown: Shown, rows: Iterable[JournalRow]) -> list[JournalRow]:
    """Leave out what the rows of a case say of what is none of its matter.

    A payload stays where the record that it is of counts in the case now, and where it names no
    reference but the case's own. The row of a file that counts says no more than its exhibit does,
    and always stays: its sum shows that the exhibit is what was taken in.
    """
    told = _Told(desk, shown)
    return [row if told.may_say(row) else replace(row, payload=None) for row in rows]


class _Told:
    """What counts in a case now."""

    def __init__(self, desk: Desk, shown: Shown) -> None:
        case, standing = shown.standing.case, shown.standing
        costs = [one for one in shown.costs if one.counts]
        self._desk = desk
        self._ref = case.ref
        self._records = {
            *(f"encounter/{one.id}" for one in shown.encounters),
            *(f"letter/{one.id}" for one in standing.letters),
            *(f"reply/{one.id}" for one in standing.replies),
            *(f"cost/{one.id}" for one in costs),
        }
        self._owners = {
            case.ref,
            f"H{case.handler}",
            *(one.label for one in shown.encounters),
            *(one.label for one in standing.letters),
            *(one.label for one in costs),
            *(f"I{one.id}" for one in standing.replies),
        }
        self._void_files = {number for one in standing.letters for number in one.void_files}

    def may_say(self, row: JournalRow) -> bool:
        """Whether the payload of a row is shown."""
        noun, _, number = row.record.partition("/")
        if noun == "attachment":
            return self._counts(self._desk.vault.get(Attachment, int(number)))
        if noun in _OWN_USE:
            return False
        counts = noun not in _TAKEN_OUT or row.record in self._records
        return counts and not self._names_another(row.payload)

    def _counts(self, file: Attachment) -> bool:
        is_void = file.voided_on is not None or file.id in self._void_files
        return file.owner in self._owners and not is_void

    def _names_another(self, payload: str | None) -> bool:
        if payload is None:
            return False
        return naming.has_other_refs(canonical_json.parse(payload), {self._ref})
