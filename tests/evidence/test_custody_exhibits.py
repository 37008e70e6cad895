"""An exhibit that nobody wrote down as taken in is named, whatever its lists and sheets say."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pirights.domain.catalogue import catalogue_csv, catalogue_json
from pirights.evidence import verify
from tests.evidence import attacks, bags

FORGED = b"\xff\xd8\xff\xe0 another gate " * 50
SHEET = "data/exhibits/E001/exhibit.json"
PHOTO_ROW = bags.journal_row()
SCAN_ROW = bags.scan_row(PHOTO_ROW)
ERASED = {**PHOTO_ROW, "payload": None}


def judged(folder: Path, data: bytes, name: str, *journal: object, **sheet: object) -> list[str]:
    """Seal a bundle whose first exhibit is this file under this name; tell what is wrong."""
    first, second = bags.rows()
    kind = str(sheet.get("media_type", "text/plain"))
    told = bags.row(1, first.title, first.path, data)
    rows = [replace(told, original_name=name, media_type=kind), second]
    files = {
        **bags.payload(),
        "01-catalogue.pdf": b"%PDF-1.7 " + bags.identified(rows),
        "01-catalogue.csv": catalogue_csv(rows),
        "01-catalogue.json": catalogue_json(rows),
        first.path: data,
        "exhibits/E001/exhibit.json": bags.sheet(1, data, original_name=name, **sheet),
        **bags.custody(*(journal or (PHOTO_ROW, SCAN_ROW))),  # type: ignore[arg-type]  # rows
    }
    bags.build(folder, files)
    return [finding.file for finding in verify.check(folder, strict=True).findings]


def test_a_file_stands_by_the_row_of_its_taking_in(tmp_path: Path) -> None:
    assert judged(tmp_path / "b", bags.PHOTO, "门口.jpg") == []


def test_an_exhibit_exchanged_beside_a_genuine_journal_is_named(tmp_path: Path) -> None:
    assert judged(tmp_path / "b", FORGED, "门口.jpg") == [SHEET]


def test_a_row_without_its_payload_or_of_another_kind_vouches_for_nothing(tmp_path: Path) -> None:
    assert judged(tmp_path / "erased", bags.PHOTO, "门口.jpg", ERASED) == [SHEET]
    other = bags.journal_row(kind="attachment.voided")
    assert judged(tmp_path / "other", bags.PHOTO, "门口.jpg", other) == [SHEET]
    without = bags.journal_row(kind="case.added", subject="PR-2026-7K3M9QX-C")
    assert judged(tmp_path / "without", bags.PHOTO, "门口.jpg", without) == [SHEET]


@pytest.mark.parametrize(
    ("name", "more", "wrong"),
    [
        ("E1.txt", {}, []),
        ("E1.txt", {"media_type": "image/jpeg"}, [SHEET]),
        ("E2.txt", {}, [SHEET]),
        ("E1.pdf", {"media_type": "application/pdf"}, [SHEET]),
        ("law.txt", {}, ["data/exhibits/E002/exhibit.json"]),
        ("PR-2026-7K3M9QX-C-2.pdf", {"media_type": "application/pdf"}, [SHEET]),
    ],
)
def test_papers_that_pirights_writes_need_no_row_and_go_by_their_names_once(
    tmp_path: Path, name: str, more: dict[str, object], wrong: list[str]
) -> None:
    assert judged(tmp_path / "b", FORGED, name, **more) == wrong


def test_a_withheld_original_needs_its_row_whatever_it_is_called(tmp_path: Path) -> None:
    for original, wrong in ((bags.PHOTO, []), (FORGED, [SHEET])):
        bundle = bags.build(tmp_path / str(len(wrong))).path
        attacks.withhold(bundle, original=original)
        assert [one.file for one in verify.check(bundle, strict=True).findings] == wrong


def test_a_letter_goes_by_its_label(tmp_path: Path) -> None:
    label = f"{bags.REFERENCE}/2"
    row = bags.journal_row(2, str(PHOTO_ROW["hash"]), subject=label, kind="letter.added")
    pdf = {"media_type": "application/pdf"}
    assert judged(tmp_path / "b", FORGED, "PR-2026-7K3M9QX-C-2.pdf", PHOTO_ROW, row, **pdf) == []


def test_a_sheet_that_cannot_be_read_is_named_and_stops_nothing(tmp_path: Path) -> None:
    assert judged(tmp_path / "b", bags.PHOTO, "门口.jpg") == []
    for text in ("[", json.dumps({"files": [7]}), json.dumps({"files": 7})):
        (tmp_path / "b" / SHEET).write_text(text)
        bags.relist(tmp_path / "b")
        assert SHEET in [one.file for one in verify.check(tmp_path / "b").findings]
