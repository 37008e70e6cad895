"""The index: a line for each letter, in both forms, that no spreadsheet takes for anything else."""

import csv
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pirights.batch import index
from pirights.batch.index import IndexRow
from pirights.domain.batch_row import MadeFile
from pirights.errors import BadInput
from tests.batch.run_rows import row
from tests.batch.spreadsheet import sheets
from tests.needs import program

HEADINGS = ["key", "ref", "person", "handler", "rights", "file", "sha256", "due"]
FILES = (
    MadeFile(path="P7/PR-2026-0000001-C-1.pdf", sha256="ab" * 32, size=9, pages=2),
    MadeFile(path="P7/PR-2026-0000001-C-1.docx", sha256="cd" * 32, size=9),
)
ROWS = [
    row(1, FILES),
    row(2, FILES[1:], due=None, person='=HYPERLINK("http://x")', key='7,"8"', rights=("know",)),
    row(3, (), person="李四\x1b[2J\n\ufffe", handler="@甲", key="+1"),
]
LINES = [
    ["K1", "PR-2026-0000001-C", "张㛃䶮", "杭州野趣乐园有限公司", "access;delete",
     "P7/PR-2026-0000001-C-1.pdf", "ab" * 32, "2026-12-15"],
    ['7,"8"', "PR-2026-0000002-C", "'=HYPERLINK(\"http://x\")", "杭州野趣乐园有限公司", "know",
     "P7/PR-2026-0000001-C-1.docx", "cd" * 32, ""],
    ["'+1", "PR-2026-0000003-C", "李四\\x1b[2J\\x0a\ufffd", "'@甲", "access;delete",
     "", "", "2026-12-15"],
]  # fmt: skip


def test_it_has_one_line_for_each_letter_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    index.write(tmp_path, lambda: ROWS)
    octets = (tmp_path / "index.csv").read_bytes()
    assert octets.startswith(b"\xef\xbb\xbfkey,ref,person,handler,rights,file,sha256,due\r\n")
    assert octets.count(b"\r\n") == octets.count(b"\n") == 4
    assert list(csv.reader(octets.decode("utf-8-sig").splitlines())) == [HEADINGS, *LINES]


@program("soffice")
def test_libreoffice_reads_the_same_in_both_forms(tmp_path: Path) -> None:
    index.write(tmp_path, lambda: ROWS)
    (found,) = sheets(tmp_path / "index.xlsx").values()
    assert found == [HEADINGS, *LINES]


def test_the_same_rows_give_the_same_octets_and_other_rows_others(tmp_path: Path) -> None:
    seen = []
    for rows in (ROWS, ROWS, ROWS[::-1]):
        index.write(tmp_path, lambda rows=rows: rows)  # type: ignore[misc]
        seen.append([(tmp_path / f"index.{form}").read_bytes() for form in ("csv", "xlsx")])
    assert seen[0] == seen[1]
    assert all(one != other for one, other in zip(seen[0], seen[2], strict=True))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.csv", "index.xlsx"]


@pytest.mark.slow
def test_a_hundred_thousand_rows_take_little_memory(tmp_path: Path) -> None:
    def rows() -> Iterator[IndexRow]:
        for number in range(100_000):
            file = MadeFile(path=f"P{number}/x.pdf", sha256=f"{number:064x}", size=1)
            yield row(number, [file])

    tracemalloc.start()
    try:
        index.write(tmp_path, rows)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "index.csv").read_bytes().count(b"\r\n") == 100_001
    assert peak < 40 * 2**20


def test_a_folder_that_is_not_there_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as told:
        index.write(tmp_path / "gone", lambda: ROWS)
    assert str(told.value).startswith(f"{tmp_path / 'gone' / 'index.csv'} cannot be written")


def test_the_day_is_written_as_iso_8601_has_it(tmp_path: Path) -> None:
    index.write(tmp_path, lambda: [row(1, FILES, due=date(2027, 1, 5))])
    assert (tmp_path / "index.csv").read_text("utf-8-sig").rstrip().endswith(",2027-01-05")
