"""The catalogue against its other forms, the files and the sheets of exhibits."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pirights.domain.catalogue import catalogue_csv, catalogue_json
from pirights.errors import BadInput, message
from pirights.evidence import verify
from tests.evidence import bags

CSV = "data/01-catalogue.csv"
JSON = "data/01-catalogue.json"


def named(folder: Path) -> set[str]:
    bags.relist(folder)
    return {finding.file for finding in verify.check(folder).findings}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return bags.build(tmp_path / "bag").path


def test_a_table_that_disagrees_with_the_data_is_named(bundle: Path) -> None:
    first, second = bags.rows()
    for altered in ([first], [second, first], [first, replace(second, title="别的")]):
        (bundle / CSV).write_bytes(catalogue_csv(altered))
        assert named(bundle) == {CSV}


@pytest.mark.parametrize(
    "data", [b"", b"number\n1\n", b"\xff\xfe", b'"open', "序号,\x00\n".encode()]
)
def test_a_table_that_is_none_is_named(bundle: Path, data: bytes) -> None:
    (bundle / CSV).write_bytes(data)
    assert named(bundle) == {CSV}


@pytest.mark.parametrize(
    "data", [b"", b"{", b"7", b'{"rows": 7}', b"[1]", b"[" * 100_000, b'[{"number": 1}]']
)
def test_data_that_are_none_are_named(bundle: Path, data: bytes) -> None:
    (bundle / JSON).write_bytes(data)
    assert named(bundle) == {JSON}


def test_a_file_the_catalogue_names_wrongly_is_named(bundle: Path) -> None:
    first, second = bags.rows()
    for altered, file in (
        (replace(second, path="exhibits/E009/original.eml"), "data/exhibits/E009/original.eml"),
        (replace(second, sha256="0" * 64), "data/exhibits/E002/original.eml"),
        (replace(second, size="1"), "data/exhibits/E002/original.eml"),
    ):
        (bundle / CSV).write_bytes(catalogue_csv([first, altered]))
        (bundle / JSON).write_bytes(catalogue_json([first, altered]))
        assert file in named(bundle)


def test_an_exhibit_the_catalogue_leaves_out_is_named(bundle: Path) -> None:
    (bundle / CSV).write_bytes(catalogue_csv(bags.rows()[:1]))
    (bundle / JSON).write_bytes(catalogue_json(bags.rows()[:1]))
    assert named(bundle) == {"data/exhibits/E002/original.eml"}


@pytest.mark.parametrize("told", [{"sha256": "0" * 64}, {"size": 1}, {}, [], "x"])
def test_a_sheet_that_tells_another_sum_or_size_is_named(bundle: Path, told: object) -> None:
    sheet = bundle / "data/exhibits/E001/exhibit.json"
    good = json.loads(sheet.read_bytes())
    bad = {**good, **told} if isinstance(told, dict) and told else told
    sheet.write_text(json.dumps(bad))
    assert named(bundle) == {"data/exhibits/E001/exhibit.json"}


def test_missing_forms_are_named(bundle: Path) -> None:
    for name in (CSV, JSON, "data/exhibits/E001/exhibit.json"):
        (bundle / name).unlink()
    assert named(bundle) == {CSV, JSON, "data/exhibits/E001/exhibit.json"}


def test_the_words_of_the_pdf_are_compared_where_they_can_be_read(bundle: Path) -> None:
    def words(data: bytes) -> str:
        assert data == bags.payload()["01-catalogue.pdf"]
        return "1 照片，\n门口 2 =答 复"

    assert verify.check(bundle, catalogue_text=words).valid
    (finding,) = verify.check(bundle, catalogue_text=lambda _: "1 照片，门口").findings
    assert finding.file == "data/01-catalogue.pdf"

    def unreadable(_: bytes) -> str:
        raise BadInput(message("It is no PDF."))

    (finding,) = verify.check(bundle, catalogue_text=unreadable).findings
    assert finding.file == "data/01-catalogue.pdf"
