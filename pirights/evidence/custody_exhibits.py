"""The exhibits against the journal: each file that was taken in stands in it with its sum.

The papers that pirights writes for a bundle have no such row: the record of a scan, a letter, the
list of law. They bear the names that pirights gives them, each once at most and never another kind
of file, after what the journal shows rows of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pirights import canonical_json
from pirights.errors import message
from pirights.evidence import exhibit_sheet, readers
from pirights.evidence.findings import Notebook

_SHEET: Final = re.compile(r"data/exhibits/E\d{3,}/exhibit\.json")

_WRITTEN: Final = re.compile(
    r"(?P<scan>E\d+)\.txt|(?P<law>law)\.txt|(?P<letter>PR-.+)-(?P<number>\d+)\.pdf"
)
"""The names of papers that pirights writes: the label of what each is of, and an ending."""

_NO_ROW: Final = message(
    "No row shown of the journal says that this file was taken in: it was exchanged or added, or "
    "the row is missing."
)
_ANOTHER_TIME: Final = message("The journal says that the file was taken in at another time.")


def check(reader: readers.Reader, rows: Iterable[Mapping[str, Any]], notes: Notebook) -> None:
    """Name every exhibit that nobody wrote down as taken in.

    Args:
        reader: The bag.
        rows: The rows of the journal, each sound in itself.
        notes: Where faults are noted.
    """
    shown = list(rows)
    kept = set[tuple[str, str]]()
    moments = set[tuple[str, str, str]]()
    for file in _taken_in(shown):
        kept.add(_original(file))
        moments.add((*_original(file), str(file.get("imported_at"))))
    subjects = {row["subject"] for row in shown}
    written: set[str] = set()
    for name in sorted(filter(_SHEET.fullmatch, reader.sizes)):
        for part in _files(reader, name):
            paper = _paper(part, subjects)
            if (*_original(part), str(part.get("imported_at"))) in moments:
                continue
            if not paper or paper in written:
                notes.fault(name, _ANOTHER_TIME if _original(part) in kept else _NO_ROW)
            written.add(paper)


def _taken_in(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Give what the rows say of every file that was taken in."""
    for row in rows:
        if row["kind"] == "attachment.added" and row["payload"] is not None:
            yield _object(row["payload"])


def _files(reader: readers.Reader, name: str) -> Sequence[Mapping[str, Any]]:
    """Give what a sheet says of each file; a sheet that cannot be read is noted elsewhere."""
    try:
        return exhibit_sheet.read(readers.read(reader, name, limit=exhibit_sheet.LARGEST) or b"")
    except readers.Unreadable:
        return []


def _original(part: Mapping[str, Any]) -> tuple[str, str]:
    """Give sum and size of the file itself, where a copy stands in its place too."""
    withheld = part.get("withheld")
    of = withheld if isinstance(withheld, dict) else part
    return str(of.get("sha256")), str(of.get("size"))


def _paper(part: Mapping[str, Any], subjects: set[str]) -> str:
    """Give the name of a paper that pirights wrote of something in the journal, else nothing."""
    name = str(part.get("original_name"))
    found = _WRITTEN.fullmatch(name)
    if found is None or part.get("withheld") is not None:
        return ""
    letter = f"{found['letter']}/{found['number']}" if found["letter"] else ""
    kind = "application/pdf" if letter else "text/plain"
    known = found["law"] or (found["scan"] or letter) in subjects
    return name if known and part.get("media_type") == kind else ""


def _object(data: str) -> Mapping[str, Any]:
    try:
        told = canonical_json.parse(data)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
