"""Encounters as a sheet (CSV), written out without loss: `encounter_sheet` reads the same again."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from pirights.domain.encounter import Encounter
from pirights.workflow import circumstance_words, delimited
from pirights.workflow import encounter_cells as cells
from pirights.workflow.encounter_words import COLUMNS
from pirights.workflow.handler_mentions import written


def write(encounters: Iterable[Encounter], handler_names: Mapping[int, str]) -> bytes:
    """Write encounters so that `encounter_sheet.read` gives the same again."""
    rows = (_cells(encounter, handler_names) for encounter in encounters)
    return delimited.written(chain([COLUMNS], rows))


def _cells(encounter: Encounter, names: Mapping[int, str]) -> Iterator[str]:
    for column in COLUMNS:
        if column == "at":
            yield cells.clock_of(encounter.at, cells.zone_of(encounter.zone))
        elif column == "handler":
            yield written(((one.handler, one.role) for one in encounter.handlers), names)
        elif column == "circumstances":
            yield circumstance_words.written(encounter)
        else:
            value = getattr(encounter, column)
            yield ("yes" if value else "no") if isinstance(value, bool) else str(value)
