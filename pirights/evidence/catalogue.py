"""The catalogue of a bundle: its table, its data and its sheets of exhibits must tell the same."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from pirights.errors import message
from pirights.evidence import readers
from pirights.evidence.findings import Notebook

CSV: Final = "data/01-catalogue.csv"
JSON: Final = "data/01-catalogue.json"
PDF: Final = "data/01-catalogue.pdf"

_LARGEST: Final = 64 * 1024 * 1024
"""Octets of a catalogue that is still read."""

_LARGEST_SHEET: Final = 1024 * 1024
"""Octets of an `exhibit.json` that is still read."""

_FILE_COLUMNS: Final = ("file", "path", "files", "文件")
_PRINTED_COLUMNS: Final = (
    ("number", "exhibit", "id", "编号"),
    ("name", "title", "名称", "证据名称"),
)
_FORMULA_GUARD: Final = re.compile(r"'(?=[=+\-@\t\r])")
"""What a table's writer puts before text that a spreadsheet would take for a formula."""

_EXHIBIT: Final = re.compile(r"data/exhibits/[^/]+/original(\.[^/]*)?")

Row = dict[str, str]


def check(
    reader: readers.Reader,
    listed: dict[str, str],
    notes: Notebook,
    *,
    text_of_pdf: Callable[[bytes], str] | None,
) -> None:
    """Compare the catalogue's forms with each other, with the files and with their sums.

    Args:
        reader: The bag.
        notes: Where findings go.
        listed: File names and their SHA-256, of `manifest-sha256.txt`.
        text_of_pdf: Turns a PDF into text; None leaves the PDF's words alone.
    """
    rows = _rows_of_json(reader, notes)
    table = _rows_of_csv(reader, notes)
    if rows is not None and table is not None:
        _compare(rows, table, notes)
    _check_files(rows if rows is not None else table or [], listed, notes)
    if text_of_pdf is not None and rows is not None:
        _check_pdf(reader, rows, notes, text_of_pdf)
    for name in reader.sizes:
        if _EXHIBIT.fullmatch(name):
            _check_sheet(reader, name, listed, notes)


def _rows_of_json(reader: readers.Reader, notes: Notebook) -> list[Row] | None:
    data = _bytes(reader, JSON, notes, limit=_LARGEST)
    if data is None:
        return None
    try:
        held = json.loads(data)
    except (ValueError, RecursionError):
        notes.fault(JSON, message("It is not JSON."))
        return None
    if isinstance(held, dict):
        held = next((value for value in held.values() if isinstance(value, list)), None)
    if not isinstance(held, list) or not all(isinstance(row, dict) for row in held):
        notes.fault(JSON, message("It holds no rows of a catalogue."))
        return None
    return [{str(key): _cell(value) for key, value in row.items()} for row in held]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(map(_cell, value))
    return str(value).replace("\r\n", "\n")


def _rows_of_csv(reader: readers.Reader, notes: Notebook) -> list[Row] | None:
    data = _bytes(reader, CSV, notes, limit=_LARGEST)
    if data is None:
        return None
    try:
        table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        notes.fault(CSV, message("It is not a table in UTF-8."))
        return None
    if not table or any(len(row) != len(table[0]) for row in table):
        notes.fault(CSV, message("It is not a table in UTF-8."))
        return None
    return [
        {
            heading: _FORMULA_GUARD.sub("", cell.replace("\r\n", "\n"), count=1)
            if cell.startswith("'")
            else cell.replace("\r\n", "\n")
            for heading, cell in zip(table[0], row, strict=True)
        }
        for row in table[1:]
    ]


def _compare(rows: list[Row], table: list[Row], notes: Notebook) -> None:
    if len(rows) != len(table):
        notes.fault(
            CSV,
            message(
                "It has {here} rows and {other} has {there}: they disagree.",
                here=len(table),
                other=JSON,
                there=len(rows),
            ),
        )
        return
    for number, (told, shown) in enumerate(zip(rows, table, strict=True), start=1):
        unguarded = {key: _unguarded(cell) for key, cell in told.items()}
        if unguarded != shown:
            notes.fault(
                CSV, message("Its row {number} disagrees with {other}.", number=number, other=JSON)
            )


def _unguarded(cell: str) -> str:
    return _FORMULA_GUARD.sub("", cell, count=1) if cell.startswith("'") else cell


def _check_files(rows: list[Row], listed: dict[str, str], notes: Notebook) -> None:
    """See that every file of the catalogue is in the bag with its sum, and every exhibit in it."""
    named: set[str] = set()
    for row in rows:
        for written in _files(row):
            name = written if written.startswith("data/") else f"data/{written}"
            named.add(name)
            if name not in listed:
                notes.fault(name, message("The catalogue names it, but it is not in the bundle."))
            elif row.get("sha256", "") not in {"", listed[name]}:
                notes.fault(
                    name, message("Its sum in the catalogue is not the one in the manifest.")
                )
    if named:
        for name in listed:
            if _EXHIBIT.fullmatch(name) and name not in named:
                notes.fault(name, message("It is an exhibit that the catalogue does not name."))


def _files(row: Row) -> Iterator[str]:
    for column in _FILE_COLUMNS:
        if row.get(column):
            yield from (part.strip() for part in row[column].split(";") if part.strip())
            return


def _check_pdf(
    reader: readers.Reader,
    rows: list[Row],
    notes: Notebook,
    text_of_pdf: Callable[[bytes], str],
) -> None:
    data = _bytes(reader, PDF, notes, limit=_LARGEST)
    if data is None:
        return
    text = _squeezed(text_of_pdf(data))
    for number, row in enumerate(rows, start=1):
        for columns in _PRINTED_COLUMNS:
            cell = next((row[column] for column in columns if row.get(column)), "")
            if _squeezed(cell) not in text:
                notes.fault(
                    PDF,
                    message("It does not show row {number} of {other}.", number=number, other=JSON),
                )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _check_sheet(
    reader: readers.Reader, original: str, listed: dict[str, str], notes: Notebook
) -> None:
    """Compare an exhibit's `exhibit.json` with the exhibit itself."""
    sheet = f"{original.rpartition('/')[0]}/exhibit.json"
    data = _bytes(reader, sheet, notes, limit=_LARGEST_SHEET)
    if data is None:
        return
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        notes.fault(sheet, message("It is not JSON."))
        return
    if told.get("sha256") != listed.get(original):
        notes.fault(
            sheet, message("Its sum of {name} is not the one in the manifest.", name=original)
        )
    if told.get("size", reader.sizes[original]) != reader.sizes[original]:
        notes.fault(sheet, message("Its size of {name} is not the real one.", name=original))


def _bytes(reader: readers.Reader, name: str, notes: Notebook, *, limit: int) -> bytes | None:
    if name not in reader.sizes:
        notes.fault(name, message("It is missing, and every bundle has it."))
        return None
    try:
        data = readers.read(reader, name, limit=limit)
    except readers.Unreadable as problem:
        notes.fault(name, problem.meaning)
        return None
    if data is None:
        notes.fault(name, message("It is too large to be read."))
    return data
