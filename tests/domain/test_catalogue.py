"""Tests of the catalogue's rows as CSV and JSON."""

import csv
import io
import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.catalogue import (
    HEADINGS,
    CatalogueRow,
    catalogue_csv,
    catalogue_json,
    catalogue_rows,
    read_catalogue_csv,
    read_catalogue_json,
)
from pirights.domain.words import Words
from tests.domain.test_bundle import EXHIBIT

cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    ["=1+1", "'=1+1", "''@x", "' =x", "+86 571", "-1", "＝A1", "'", "", '"', "a\nb"]
)
row_of_anything = st.builds(CatalogueRow, **dict.fromkeys(HEADINGS, cells))


def test_every_column_has_a_heading_of_its_own() -> None:
    assert list(HEADINGS) == [field.name for field in fields(CatalogueRow)]
    assert len(set(HEADINGS.values())) == len(HEADINGS)


@given(st.lists(row_of_anything, max_size=4))
def test_csv_and_json_hold_the_same_rows(rows: list[CatalogueRow]) -> None:
    assert read_catalogue_csv(catalogue_csv(rows)) == tuple(rows)
    assert read_catalogue_json(catalogue_json(rows)) == tuple(rows)


@given(row_of_anything)
def test_no_cell_is_a_formula(row: CatalogueRow) -> None:
    text = catalogue_csv([row]).decode("utf-8-sig")
    for cell in list(csv.reader(io.StringIO(text, newline="")))[1]:
        assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}


def test_the_csv_opens_as_chinese_in_a_spreadsheet() -> None:
    data = catalogue_csv(catalogue_rows([EXHIBIT]))
    assert data.startswith(b"\xef\xbb\xbf")
    head, first = data.decode("utf-8-sig").split("\r\n")[:2]
    assert head.startswith("序号,组别,证据名称,证据来源,证明目的,页码,原件/复印件")
    assert first.startswith("1,人脸识别经过记录,现场照片,请求人制作或者保存,")


def test_the_json_has_english_keys() -> None:
    (row,) = json.loads(catalogue_json(catalogue_rows([EXHIBIT])))
    assert row["title"] == "现场照片"
    assert row["title_en"] == "Photo of the gate"
    assert row["path"] == "exhibits/e001/original.jpg"
    assert row["sha256"] == "0" * 64


def test_a_name_that_would_act_is_escaped_in_all_forms() -> None:
    tricky = replace(EXHIBIT, original_name="=cmd()\n\u202egpj.exe\x1b[2J", title=Words.same("@x"))
    (row,) = catalogue_rows([tricky])
    assert row.original_name == "=cmd()\\x0a\\u202egpj.exe\\x1b[2J"
    assert b"'=cmd()" in catalogue_csv([row])
    assert read_catalogue_csv(catalogue_csv([row])) == (row,)


@pytest.mark.parametrize(
    "data",
    [b"", b"a,b\r\n", b"\xff\xfe", catalogue_csv([]) + b"1,2\r\n", catalogue_csv([]) + b'"1'],
)
def test_another_table_is_not_read_as_a_catalogue(data: bytes) -> None:
    with pytest.raises((ValueError, csv.Error)):
        read_catalogue_csv(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1]",
        b"[{}]",
        b"\xff",
        b"[" * 100000,
        json.dumps([dict.fromkeys(HEADINGS, 1)]).encode(),
    ],
)
def test_other_data_are_not_read_as_a_catalogue(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_catalogue_json(data)
