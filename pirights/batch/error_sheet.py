"""A copy of a clinic's sheet with its faults marked, to be put right and handed in again.

The faulty cells are coloured and commented, and a last column tells all reasons of a row. Every
cell is text: what a cell cannot be read for is copied so that the reader refuses it again, and no
text becomes a formula. Rows are written as they are read; rows keep their numbers.
"""

import contextlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from pirights.batch.columns import BY_NAME, FOLLOW_UP, HEADINGS, PASSED_OVER, plain_heading
from pirights.batch.sheet import Sheet, shown
from pirights.batch.template_book import width, words
from pirights.errors import BadInput, Message, message
from pirights.workflow import workbook
from pirights.workflow.excel_sheet import COLUMNS_LIMIT
from pirights.workflow.sheet_faults import Fault
from pirights.workflow.workbook import Guide, Page, Remark
from pirights.workflow.workbook_parts import Look

_Any = TypeVar("_Any")

Say = Callable[[Message], str]
"""Says a sentence in the user's language."""

MARK: Final = b"pirights batch errors"
"""Ends our own error sheets; gone as soon as somebody has saved one anew, and so worked on it."""

ERRORS_ZH: Final = "错误"

REMARK_LIMIT: Final = 2_000
"""Cells with a comment: with many more a spreadsheet program stands still. The last column tells
the reasons of all rows."""

_PLACES: Final = 1_000
_REASONS_WIDTH: Final = 70
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_MERGED: Final = re.compile(r"[A-Z]{1,3}\d+:([A-Z]{1,3})\d+")
_KEYS: Final = ("key", "reference")
"""The column that stands for a whole row."""
_OURS: Final = re.compile(r"-errors(?:-\d{1,3})?\Z")
_COLUMNS: Final = {column.name: column for column in FOLLOW_UP} | dict(BY_NAME)


def octets(
    sheet: Sheet, faults: Iterable[Fault], *, say: Say, faulty: Collection[int] = ()
) -> bytes:
    """Make the copy, as a workbook.

    Args:
        sheet: As it was read.
        faults: What is wrong, by row and English heading, or the letters of a column that has none.
        say: For the reasons.
        faulty: Rows with a fault, those that are not listed too.

    Raises:
        BadInput: The sheet turns out to be damaged.
    """
    page = _Copy(sheet, faults, frozenset(faulty), say).page()
    return workbook.write([page], mark=MARK, from_1904=sheet.counts_from_1904)


def refuse_place(out: Path, *, source: Path) -> None:
    """Refuse a place that was named for the error sheet, before anything is read.

    Raises:
        BadInput: It is the sheet itself, or its name says another form than a workbook.
    """
    if out.suffix.casefold() != ".xlsx":
        raise BadInput(
            message("{file} does not end in .xlsx.", file=out),
            hint=message("The faults are marked in a workbook."),
        )
    with contextlib.suppress(OSError):
        if out.samefile(source):
            raise BadInput(
                message("{file} is the sheet itself.", file=out),
                hint=message("Name another file, with --out."),
            )


def place_beside(source: Path) -> Path:
    """Name the error sheet of a sheet, beside it: `cases-errors.xlsx`.

    Raises:
        BadInput: A thousand others stand there.
    """
    stem = _OURS.sub("", source.stem) or source.stem
    return free_place(source.with_name(f"{stem}-errors.xlsx"), source=source)


def free_place(wished: Path, *, source: Path) -> Path:
    """Give a place where nothing stands that could be missed, with -2, -3 … after its name.

    An earlier error sheet is replaced as long as nobody has saved it anew; never the sheet that
    is read.

    Raises:
        BadInput: A thousand others stand there.
    """
    for number in range(1, _PLACES):
        more = f"-{number}" if number > 1 else ""
        found = wished.with_stem(f"{wished.stem}{more}")
        if found.absolute() != source.absolute() and (not _stands(found) or is_ours(found)):
            return found
    raise BadInput(
        message("{file} and its like exist already.", file=wished),
        hint=message("Name another file, with --out."),
    )


def is_ours(path: Path) -> bool:
    """Say whether a file is an error sheet that nobody has saved anew since it was written."""
    try:
        if not path.is_file():  # to open a pipe would be to wait for its writer
            return False
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - len(MARK)))
            return file.read() == MARK
    except OSError:  # not ours to look at
        return False


def _stands(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that cannot be: writing will say so
        return False


class _Copy:
    """The page that is written, and the comments that gather on the way."""

    def __init__(
        self, sheet: Sheet, faults: Iterable[Fault], faulty: frozenset[int], say: Say
    ) -> None:
        self._sheet = sheet
        self._say = say
        self._faulty = faulty
        self._faults: Mapping[int, list[Fault]] = defaultdict(list)
        for fault in faults:
            self._faults[fault.row].append(fault)
        self._dropped = [
            place
            for place, heading in enumerate(sheet.headings)
            if HEADINGS.get(plain_heading(heading)) == PASSED_OVER
        ]
        names = _without(list(sheet.places), self._dropped)
        headings = _without(list(sheet.headings), self._dropped)
        while headings and not headings[-1].strip():
            headings.pop()
        self._names = names[: len(headings)]
        self._written = {
            name: heading for name, heading in zip(names, headings, strict=False) if name
        }
        self._key = next((self._names.index(one) for one in _KEYS if one in self._names), 0)
        self._remarks: list[Remark] = []
        self._merged: dict[str, None] = {}

    def page(self) -> Page:
        return Page(
            title=_title(self._sheet.title),
            rows=self._rows(),
            widths=[*map(width, self._names), _REASONS_WIDTH],
            frozen=self._sheet.heading_row,
            guides=list(self._guides()),
            remarks=self._remarks,
            merged=self._merged,
        )

    def _guides(self) -> Iterator[Guide]:
        for place, name in enumerate(self._names):
            column = _COLUMNS.get(name)
            if column is not None and column.choices:
                yield Guide(
                    column=place,
                    first=self._sheet.heading_row + 1,
                    title=name,
                    prompt=self._say(column.about)[: workbook.LIST_LIMIT],
                    words=words(column),
                    strict=not column.several,
                )

    def _rows(self) -> Iterator[tuple[int, Sequence[workbook.Cell]]]:
        count = len(self._names)
        for row, read in self._sheet.raw():
            cells = _without(read, self._dropped)
            texts = [cell if isinstance(cell, str) else self._refused(cell) for cell in cells]
            texts += [""] * (count - len(texts))
            last = self._heading_beside(row, texts)
            if last:
                looks = [_heading_look(name) for name in self._names]
                yield row, [*zip(texts, looks, strict=False), (last, Look.HEADING)]
                continue
            found = self._faults.get(row, ())
            marked = self._marked(row, found)
            written = [
                (text, Look.FAULT if place in marked else Look.TEXT)
                for place, text in enumerate(texts)
            ]
            reasons = "\n".join(self._reason(fault) for fault in found)
            if row in self._faulty and not found:
                reasons = self._say(message("Faulty too; the list of reasons was full."))
            # What stands under no heading goes one place further, and stays under none.
            yield (
                row,
                [*written[:count], (reasons, Look.REASON if reasons else Look.TEXT)]
                + [(text, Look.FAULT) for text, _ in written[count:]],
            )

    def _heading_beside(self, row: int, texts: Sequence[str]) -> str:
        """Give the heading of the last column, in a row of headings; else nothing."""
        if row == self._sheet.heading_row:
            return PASSED_OVER
        if row != self._sheet.heading_row + 1 or not any(texts):
            return ""
        known = [HEADINGS.get(plain_heading(text)) if text else None for text in texts]
        repeats = all(
            one == name for one, name, text in zip(known, self._names, texts, strict=False) if text
        )
        return ERRORS_ZH if repeats else ""

    def _marked(self, row: int, found: Iterable[Fault]) -> set[int]:
        """Say which cells of a row are coloured, and note their comments."""
        by_place: dict[int, list[str]] = {}
        for fault in found:
            at = self._place(fault.column)
            by_place.setdefault(at, []).append(self._say(fault.problem))
        for at, reasons in sorted(by_place.items()):
            if len(self._remarks) < REMARK_LIMIT:
                self._remarks.append(Remark(row=row, column=at, text="\n".join(reasons)))
        return set(by_place) or ({self._key} if row in self._faulty else set())

    def _place(self, column: str) -> int:
        """Say where in the copy a column stands; what has none there goes to the row's key."""
        if column in self._names:
            return self._names.index(column)
        if not _LETTERS.fullmatch(column):
            return self._key
        before = workbook.column_of(column)
        place = before - sum(one < before for one in self._dropped)
        return place if place < len(self._names) else min(place, COLUMNS_LIMIT) + 1

    def _refused(self, cell: Message) -> str:
        """Copy a cell that cannot be read so that it is refused again.

        Merged ones stay merged, unless the last column would be among them; all others stand
        there as if they were formulas.
        """
        text = shown(cell)
        merged = _MERGED.fullmatch(str(cell.values.get("range", "")))
        if merged is not None:
            beyond = min([len(self._names), *self._dropped])
            if workbook.column_of(merged[1]) < beyond:
                self._merged[merged[0]] = None
                return text
        return text if text.startswith("=") else f"={text}"

    def _reason(self, fault: Fault) -> str:
        said = self._say(fault.problem)
        if not fault.column:
            return said
        written = self._written.get(fault.column, fault.column).strip()
        named = fault.column if written == fault.column else f"{written} ({fault.column})"
        return f"{named}: {said}"


def _without(cells: Sequence[_Any], dropped: Collection[int]) -> list[_Any]:
    return [cell for place, cell in enumerate(cells) if place not in dropped]


def _heading_look(name: str) -> Look:
    column = _COLUMNS.get(name)
    return Look.REQUIRED if column is not None and column.required else Look.HEADING


def _title(title: str) -> str:
    """Make a title that a sheet may have: no sign that Excel forbids, at most 31 characters."""
    kept = workbook.clean(re.sub(r"[:\\/?*\[\]\n\r\t]", " ", title)).strip("' ")
    return kept[:31].strip("' ") or "errors"
