"""Sheets of made-up clients, written as people's programs write them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from pirights.batch import checking, sheet
from pirights.batch.checking import Checked
from pirights.batch.sheet import Sheet
from pirights.workflow.desk import Desk

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
ZONE = "Asia/Shanghai"
GOOD: Mapping[str, Any] = {
    "key": "A1",
    "person_name": "王小明",
    "handler_name": "杭州样例野趣乐园有限公司",
    "encounter_at": "2026-11-20 18:05",
    "place": "东门3号闸机",
    "venue": "景区",
    "rights": "查阅;复制",
}
HEADINGS = tuple(GOOD)
ID_NUMBER = "11010519491231002X"
"""The example of GB 11643-1999."""

OTHER_ID_NUMBER = "110105199003070113"
USCC = "91350211M000100Y46"
OTHER_USCC = "91110000600037341L"


def row(key: str = "A1", **cells: Any) -> dict[str, Any]:  # noqa: ANN401 (what a cell holds)
    return {**GOOD, "key": key, **cells}


def table(rows: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """Headings and cells; every heading that one of the rows has."""
    headings = list(dict.fromkeys(name for one in rows or [GOOD] for name in one))
    return [headings, *([one.get(name, "") for name in headings] for one in rows)]


def as_text(lines: Iterable[Sequence[Any]], delimiter: str = ",") -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, lineterminator="\r\n").writerows(lines)
    return target.getvalue()


def text_sheet(folder: Path, *rows: Mapping[str, Any], encoding: str = "utf-8") -> Path:
    return text_file(folder, as_text(table(rows)), encoding=encoding)


def text_file(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(*rows: Mapping[str, Any]) -> Any:  # noqa: ANN401 (openpyxl tells no types of these)
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "案件"
    for line in table(rows):
        page.append(line)
    return book


def saved(folder: Path, book: Any, name: str = "cases.xlsx") -> Path:  # noqa: ANN401 (as above)
    path = folder / name
    book.save(path)
    return path


def workbook_sheet(folder: Path, *rows: Mapping[str, Any]) -> Path:
    return saved(folder, workbook(*rows))


def opened(path: Path) -> Sheet:
    return sheet.opened(path)


def check(path: Path, desk: Desk | None = None, **more: Any) -> Checked:  # noqa: ANN401 (options)
    return checking.check(desk, sheet.opened(path), now=NOW, zone=ZONE, **more)


def faults(checked: Checked) -> list[tuple[int, str]]:
    """Row and column of every fault."""
    return [(fault.row, fault.column) for fault in checked.faults]


def problems(checked: Checked) -> str:
    return "\n".join(str(fault.problem) for fault in checked.faults)
