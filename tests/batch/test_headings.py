"""Headings of a sheet: the unknown ones named, however many they are."""

from pathlib import Path

import pytest

from pirights.batch.headings import named
from pirights.errors import BadInput
from tests.batch import rows


def test_more_unknown_headings_than_are_read_are_named_and_counted(tmp_path: Path) -> None:
    path = rows.workbook_sheet(tmp_path, rows.row(**{f"h{n}": "" for n in range(500)}))
    with pytest.raises(BadInput) as caught:
        rows.opened(path)
    told = str(caught.value)
    assert "Unknown headings: h0, h1, " in told
    assert "h18, h19 and 480 more" in told
    assert "h20" not in told


def test_an_unknown_heading_far_beyond_the_others_is_named(tmp_path: Path) -> None:
    book = rows.workbook(rows.row())
    book.active["DZ1"] = "星座"
    with pytest.raises(BadInput, match=r"Unknown headings: 星座$"):
        rows.opened(rows.saved(tmp_path, book))


def test_a_known_heading_beyond_the_last_column_that_is_read_is_named(tmp_path: Path) -> None:
    book = rows.workbook(rows.row())
    book.active["BN1"] = "备注"
    with pytest.raises(BadInput, match="beyond the 64 columns that are read: 备注"):
        rows.opened(rows.saved(tmp_path, book))


def test_the_last_column_that_is_read_is_read(tmp_path: Path) -> None:
    book = rows.workbook(rows.row())
    book.active["BL1"], book.active["BL2"] = "语言", "月语"
    assert rows.faults(rows.check(rows.saved(tmp_path, book))) == [(2, "letters")]


def test_unknown_headings_of_text_are_counted_too(tmp_path: Path) -> None:
    path = rows.text_sheet(tmp_path, rows.row(**{f"h{n}": "" for n in range(30)}))
    with pytest.raises(BadInput, match=r"h19 and 10 more$"):
        rows.opened(path)


def test_as_many_as_are_named_are_all() -> None:
    assert named([f" h{n}" for n in range(20)]) == ", ".join(f"h{n}" for n in range(20))
    assert str(named(["x" * 100])) == "x" * 80
