"""Rows of a run whose client was erased since: known again by a digest, and not made anew."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pirights.vault.erasing import row_mark
from pirights.workflow.desk import Desk


def of(desk: Desk) -> Mapping[str, date]:
    """Give the marks of all rows that were erased, each with the day on which that was."""
    zone = ZoneInfo(desk.zone)
    return {
        mark: datetime.fromisoformat(at).astimezone(zone).date()
        for mark, at in desk.vault.erased_marks()
    }


def mark(run: str, key: str) -> str:
    """Give the mark of one row."""
    return row_mark(run, key)
