"""The catalogue of a bundle: its table, its data and its sheets of exhibits must tell the same."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from pirights import canonical_json
from pirights.domain.catalogue import CatalogueRow, read_catalogue_csv, read_catalogue_json
from pirights.errors import PirightsError, message
from pirights.evidence import catalogue_print, exhibit_sheet, readers
from pirights.evidence.findings import Notebook

CSV: Final = "data/01-catalogue.csv"
JSON: Final = "data/01-catalogue.json"
PDF: Final = "data/01-catalogue.pdf"

_LARGEST: Final = 16 * 1024 * 1024
"""Octets of a catalogue that is still read: some ten thousand exhibits."""

_ORIGINAL: Final = re.compile(r"data/exhibits/[^/]+/original(-[0-9]{2,3})?(\.[^/]*)?")
_RENDITION: Final = re.compile(r"data/exhibits/[^/]+/rendition-[0-9]{2,3}(\.[^/]*)?")
"""What was made from an original, and stands for it where the original is withheld."""

_Rows = tuple[CatalogueRow, ...]


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
        listed: File names and their SHA-256, of `manifest-sha256.txt`.
        notes: Where findings go.
        text_of_pdf: Turns a PDF into text; None leaves the PDF's words alone.
    """
    rows = _rows(reader, JSON, _strict_json, notes)
    table = _rows(reader, CSV, read_catalogue_csv, notes)
    if rows is not None and table is not None:
        _compare(rows, table, notes)
    _check_identifier(reader, listed, notes)
    if rows is not None:
        _check_numbers(rows, notes)
        _check_files(rows, reader, listed, notes)
        if text_of_pdf is not None:
            _check_pdf(reader, rows, notes, text_of_pdf)
    named = {_folder(name): row for row in rows or () for name in _places(row)}
    originals: dict[str, list[str]] = {}
    for name in sorted(filter(_ORIGINAL.fullmatch, reader.sizes)):
        originals.setdefault(_folder(name), []).append(name)
    for folder in sorted({*named, *originals}):
        row = named.get(folder)
        names = originals[folder] if row is None else _places(row)
        if all(name in reader.sizes for name in names):
            _check_sheet(reader, names, listed, row, notes)


def _rows(
    reader: readers.Reader, name: str, parse: Callable[[bytes], _Rows], notes: Notebook
) -> _Rows | None:
    data = _needed(reader, name, notes, limit=_LARGEST)
    if data is None:
        return None
    try:
        return parse(data)
    except (ValueError, csv.Error):
        notes.fault(name, message("It is not a catalogue as pirights writes it."))
        return None


def _strict_json(data: bytes) -> _Rows:
    """Read the data as every program reads them: a key that stands twice has no one value."""
    canonical_json.parse(data)
    return read_catalogue_json(data)


def _places(row: CatalogueRow) -> list[str]:
    """Give the paths in the bag of the files that a row names, in order."""
    return [f"data/{path}" for path in row.path.split(" ")]


def _check_numbers(rows: _Rows, notes: Notebook) -> None:
    """See that the rows are counted from 1, and that each names files in its own folder."""
    for number, row in enumerate(rows, start=1):
        if row.number != str(number):
            notes.fault(JSON, message("Its rows are not numbered from 1 without a gap."))
        elif not all(_is_in(name, f"data/exhibits/E{number:03d}") for name in _places(row)):
            notes.fault(
                JSON,
                message("Its row {number} does not name the file of that exhibit.", number=number),
            )


def _is_in(name: str, folder: str) -> bool:
    """Say whether a name is that of an exhibit's file in this folder."""
    made = _ORIGINAL.fullmatch(name) or _RENDITION.fullmatch(name)
    return bool(made) and _folder(name) == folder


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _compare(rows: _Rows, table: _Rows, notes: Notebook) -> None:
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
        if told != shown:
            notes.fault(
                CSV, message("Its row {number} disagrees with {other}.", number=number, other=JSON)
            )


def _check_files(
    rows: _Rows, reader: readers.Reader, listed: dict[str, str], notes: Notebook
) -> None:
    """See that every file of the catalogue is in the bag with its sum, and every exhibit in it."""
    told = [one for row in rows for one in _told(row)]
    named = {name for name, *_ in told}
    if len(named) < len(told):
        notes.fault(JSON, message("Two of its rows name the same file."))
    for name, digest, size, withheld in told:
        if name not in listed or name not in reader.sizes:
            notes.fault(name, message("The catalogue names it, but it is not in the bundle."))
        elif (digest, size) != (listed[name], str(reader.sizes[name])):
            notes.fault(
                name, message("Its sum or size in the catalogue is not that of the manifest.")
            )
        if withheld not in {"", exhibit_sheet.HERE}:
            notes.warning(
                name,
                message(
                    "It is a copy; the original is not in the bundle. Its SHA-256 is {sum}.",
                    sum=withheld,
                ),
            )
    folders = {_folder(name) for name in named}
    for name in listed:
        unnamed = name not in named and _ORIGINAL.fullmatch(name)
        if unnamed or (_folder(name) not in folders and _RENDITION.fullmatch(name)):
            notes.fault(name, message("It is an exhibit that the catalogue does not name."))


def _told(row: CatalogueRow) -> Iterator[tuple[str, str, str, str]]:
    """Give the place, sum, size and withheld original's sum that a row tells of each file.

    What it does not tell is empty; a sum without a file is told of the empty place.
    """
    columns = (column.split(" ") for column in (row.sha256, row.size, row.withheld_sha256))
    yield from zip_longest(_places(row), *columns, fillvalue="")


def _check_pdf(
    reader: readers.Reader,
    rows: _Rows,
    notes: Notebook,
    text_of_pdf: Callable[[bytes], str],
) -> None:
    data = _needed(reader, PDF, notes, limit=_LARGEST)
    if data is None:
        return
    try:
        text = text_of_pdf(data)
    except PirightsError as problem:
        notes.fault(PDF, problem.message)
        return
    if (wrong := catalogue_print.disagreement(text, rows, other=JSON)) is not None:
        notes.fault(PDF, wrong)


def _check_identifier(reader: readers.Reader, listed: dict[str, str], notes: Notebook) -> None:
    """See that the paper's metadata name the very data files that lie beside it."""
    data = _needed(reader, PDF, notes, limit=_LARGEST)
    sums = " ".join(f"sha256:{listed.get(name)}" for name in (CSV, JSON))
    if data is not None and f"<dc:identifier>{sums}</dc:identifier>".encode() not in data:
        notes.fault(
            PDF,
            message(
                "It was not made with the {one} and {other} of this bundle.", one=CSV, other=JSON
            ),
        )


def _check_sheet(
    reader: readers.Reader,
    names: Sequence[str],
    listed: dict[str, str],
    row: CatalogueRow | None,
    notes: Notebook,
) -> None:
    """Compare an exhibit's `exhibit.json` with the exhibit's files and with its row."""
    sheet = f"{_folder(names[0])}/exhibit.json"
    data = _needed(reader, sheet, notes, limit=exhibit_sheet.LARGEST)
    if data is None:
        return
    files = [(name, listed.get(name), reader.sizes[name]) for name in names]
    made = {
        name: digest
        for name, digest in listed.items()
        if _RENDITION.fullmatch(name) and _folder(name) == _folder(sheet)
    }
    if (wrong := exhibit_sheet.disagreement(data, files, made, row)) is not None:
        notes.fault(sheet, wrong)


def _needed(reader: readers.Reader, name: str, notes: Notebook, *, limit: int) -> bytes | None:
    """Read a file that every bundle has."""
    if name not in reader.sizes:
        notes.fault(name, message("It is missing, and every bundle has it."))
    return readers.read_noted(reader, name, notes, limit=limit)
