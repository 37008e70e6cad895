"""The catalogue (证据目录) as rows: the same cells on paper, as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pirights.domain.bundle import Exhibit
from pirights.domain.text import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """One exhibit's line. The names of the fields are the keys of the JSON.

    Where an exhibit has several files, `media_type`, `size`, `sha256`, `path` and
    `withheld_sha256` hold what is so of each, in order, with a blank between them (`-` where
    there is no such sum); the names of the files have " / " between them.
    """

    number: str
    group: str
    title: str
    source: str
    purpose: str
    pages: str
    held: str
    original_name: str
    media_type: str
    size: str
    sha256: str
    path: str
    withheld_sha256: str
    group_en: str
    title_en: str
    source_en: str
    purpose_en: str
    held_en: str


HEADINGS: Final[Mapping[str, str]] = {
    "number": "序号",
    "group": "组别",
    "title": "证据名称",
    "source": "证据来源",
    "purpose": "证明目的",
    "pages": "页码",
    "held": "原件/复印件",
    "original_name": "原始文件名",
    "media_type": "媒体类型",
    "size": "字节数",
    "sha256": "SHA-256",
    "path": "包内路径",
    "withheld_sha256": "未入包原件的SHA-256",
    "group_en": "Group",
    "title_en": "Exhibit",
    "source_en": "Source",
    "purpose_en": "Purpose of proof",
    "held_en": "Original or copy",
}
"""The CSV's first line, by key."""

_ACTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""First characters that make a spreadsheet compute a cell instead of showing it."""


def catalogue_rows(exhibits: Iterable[Exhibit]) -> tuple[CatalogueRow, ...]:
    """Write every exhibit as text cells; what could steer an eye or a terminal is escaped."""
    return tuple(_row(exhibit) for exhibit in exhibits)


def catalogue_csv(rows: Iterable[CatalogueRow]) -> bytes:
    """Write the rows as a spreadsheet takes them: UTF-8 with BOM, CRLF, no cell a formula."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(HEADINGS.values())
    for row in rows:
        writer.writerow([_harmless(getattr(row, key)) for key in HEADINGS])
    return sheet.getvalue().encode("utf-8-sig")


def catalogue_json(rows: Iterable[CatalogueRow]) -> bytes:
    """Write the rows for programs: a list of objects, keys in the columns' order."""
    plain = [{key: getattr(row, key) for key in HEADINGS} for row in rows]
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def read_catalogue_csv(data: bytes) -> tuple[CatalogueRow, ...]:
    """Read back what `catalogue_csv` wrote.

    Raises:
        ValueError: Not UTF-8, other headings, a line of another length, or not to the octet as
            `catalogue_csv` writes it.
    """
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    if not lines or lines[0] != list(HEADINGS.values()):
        raise ValueError("headings")
    rows = tuple(
        CatalogueRow(**dict(zip(HEADINGS, map(restored, cells), strict=True)))
        for cells in lines[1:]
    )
    if catalogue_csv(rows) != data:
        raise ValueError("form")
    return rows


def read_catalogue_json(data: bytes) -> tuple[CatalogueRow, ...]:
    """Read back what `catalogue_json` wrote.

    Raises:
        ValueError: Not JSON in UTF-8, or not a list of objects with our keys, in order, as text.
    """
    try:
        plain = json.loads(data.decode())
    except RecursionError as error:
        raise ValueError("depth") from error
    if not isinstance(plain, list):
        raise ValueError("list")  # noqa: TRY004  the reader of a file expects one exception
    for entry in plain:
        if not isinstance(entry, dict) or list(entry) != list(HEADINGS):
            raise ValueError("keys")
        if not all(isinstance(value, str) for value in entry.values()):
            raise ValueError("text")
    return tuple(CatalogueRow(**entry) for entry in plain)


def _row(exhibit: Exhibit) -> CatalogueRow:
    files = exhibit.files
    withheld = [one.withheld.sha256 if one.withheld else "-" for one in files]
    cells = {
        "number": str(exhibit.number),
        "group": exhibit.group.heading.zh,
        "title": exhibit.title.zh,
        "source": exhibit.source.zh,
        "purpose": exhibit.purpose.zh,
        "pages": exhibit.pages,
        "held": exhibit.held.zh,
        "original_name": " / ".join(one.original_name for one in files),
        "media_type": " ".join(one.media_type for one in files),
        "size": " ".join(str(one.size) for one in files),
        "sha256": " ".join(one.sha256 for one in files),
        "path": " ".join(one.path for one in files),
        "withheld_sha256": " ".join(withheld) if set(withheld) != {"-"} else "",
        "group_en": exhibit.group.heading.en,
        "title_en": exhibit.title.en,
        "source_en": exhibit.source.en,
        "purpose_en": exhibit.purpose.en,
        "held_en": exhibit.held.en,
    }
    return CatalogueRow(**{key: visible(cell) for key, cell in cells.items()})


def _could_act(cell: str) -> bool:
    return cell.lstrip("' \u3000")[:1] in _ACTS


def _harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would compute; `restored` takes it away."""
    return f"'{cell}" if _could_act(cell) else cell


def restored(cell: str) -> str:
    """Take away the apostrophe that kept a spreadsheet from computing a cell."""
    return cell[1:] if cell.startswith("'") and _could_act(cell) else cell
