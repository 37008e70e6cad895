"""The catalogue against its other forms, the files and the sheets of exhibits."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pirights.domain.catalogue import catalogue_csv, catalogue_json, read_catalogue_json
from pirights.errors import BadInput, message
from pirights.evidence import verify
from tests.evidence import attacks, bags

CSV = "data/01-catalogue.csv"
JSON = "data/01-catalogue.json"
PDF = "data/01-catalogue.pdf"


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
        assert named(bundle) == {CSV, PDF}


@pytest.mark.parametrize(
    "data", [b"", b"number\n1\n", b"\xff\xfe", b'"open', "序号,\x00\n".encode()]
)
def test_a_table_that_is_none_is_named(bundle: Path, data: bytes) -> None:
    (bundle / CSV).write_bytes(data)
    assert named(bundle) == {CSV, PDF}


@pytest.mark.parametrize(
    "data", [b"", b"{", b"7", b'{"rows": 7}', b"[1]", b"[" * 100_000, b'[{"number": 1}]']
)
def test_data_that_are_none_are_named(bundle: Path, data: bytes) -> None:
    (bundle / JSON).write_bytes(data)
    assert named(bundle) == {JSON, PDF}


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
    assert named(bundle) == {"data/exhibits/E002/original.eml", PDF}


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
    assert named(bundle) == {CSV, JSON, PDF, "data/exhibits/E001/exhibit.json"}


def test_the_words_of_the_pdf_are_compared_where_they_can_be_read(bundle: Path) -> None:
    def words(data: bytes) -> str:
        assert data == bags.payload()["01-catalogue.pdf"]
        return bags.printed(bags.rows()).replace("门口", "\r\n门 口")

    assert verify.check(bundle, catalogue_text=words).valid
    fewer = bags.printed(bags.rows()[:1])
    (finding,) = verify.check(bundle, catalogue_text=lambda _: fewer).findings
    assert finding.file == "data/01-catalogue.pdf"

    def unreadable(_: bytes) -> str:
        raise BadInput(message("It is no PDF."))

    (finding,) = verify.check(bundle, catalogue_text=unreadable).findings
    assert finding.file == "data/01-catalogue.pdf"


def test_a_key_that_stands_twice_is_named(bundle: Path) -> None:
    data = (bundle / JSON).read_text().replace('"title"', '"title": "另", "title"', 1)
    (bundle / JSON).write_text(data)
    assert named(bundle) == {JSON, PDF}
    (bundle / JSON).write_bytes(catalogue_json(bags.rows()))
    sheet = bundle / "data/exhibits/E001/exhibit.json"
    sheet.write_text(sheet.read_text().replace('"size"', '"size": 7, "size"'))
    assert named(bundle) == {"data/exhibits/E001/exhibit.json"}


@pytest.mark.parametrize(
    "told",
    [
        {"derived": None},
        {"derived": [7]},
        {"derived": [{"file": "exhibits/E001/rendition-01.jpg", "sha256": "0" * 64}]},
        {"derived": [{"file": "exhibits/E001/original.jpg", "sha256": bags.sha256(bags.PHOTO)}]},
        {"withheld": {"sha256": "0" * 64}},
        {"withheld": 7},
    ],
)
def test_a_sheet_that_tells_what_is_not_so_is_named(bundle: Path, told: object) -> None:
    sheet = bundle / "data/exhibits/E001/exhibit.json"
    assert isinstance(told, dict)
    sheet.write_text(json.dumps({**json.loads(sheet.read_bytes()), **told}))
    assert named(bundle) == {"data/exhibits/E001/exhibit.json"}


def test_a_row_that_withholds_another_original_than_its_sheet_is_named(bundle: Path) -> None:
    attacks.withhold(bundle)
    assert named(bundle) == set()
    first, second = read_catalogue_json((bundle / JSON).read_bytes())
    attacks.catalogued(bundle, [replace(first, withheld_sha256="0" * 64), second])
    assert named(bundle) == {"data/exhibits/E001/exhibit.json"}


def test_an_original_that_is_said_to_be_withheld_and_is_there_is_named(bundle: Path) -> None:
    first, second = bags.rows()
    attacks.catalogued(bundle, [replace(first, withheld_sha256=first.sha256), second])
    withheld = {"sha256": first.sha256, "size": int(first.size)}
    sheet = bundle / "data/exhibits/E001/exhibit.json"
    sheet.write_bytes(bags.sheet(1, bags.PHOTO, withheld=withheld))
    assert named(bundle) == {"data/exhibits/E001/exhibit.json"}


def test_a_rendition_that_no_sheet_tells_is_named(bundle: Path) -> None:
    (bundle / "data/exhibits/E002/rendition-01.jpg").write_bytes(b"x")
    assert named(bundle) == {"data/exhibits/E002/exhibit.json"}
    (bundle / "data/exhibits/E002/rendition-01.jpg").unlink()
    (bundle / "data/exhibits/E009").mkdir()
    (bundle / "data/exhibits/E009/rendition-01.jpg").write_bytes(b"x")
    assert named(bundle) == {"data/exhibits/E009/rendition-01.jpg"}


@pytest.mark.parametrize("field", ["exhibit", "original_name", "media_type"])
def test_a_sheet_that_tells_another_exhibit_than_its_row_is_named(bundle: Path, field: str) -> None:
    sheet = bundle / "data/exhibits/E001/exhibit.json"
    sheet.write_text(json.dumps({**json.loads(sheet.read_bytes()), field: "E002"}))
    assert named(bundle) == {"data/exhibits/E001/exhibit.json"}


def test_rows_wrongly_numbered_or_naming_one_file_twice_are_named(bundle: Path) -> None:
    first, second = bags.rows()
    for altered in (
        [first, replace(second, number="3")],
        [first, replace(second, number="")],
        [replace(first, number="2"), replace(second, number="1")],
        [first, second, replace(second, number="3")],
        [first, second, replace(first, number="3", path="")],
    ):
        (bundle / CSV).write_bytes(catalogue_csv(altered))
        (bundle / JSON).write_bytes(catalogue_json(altered))
        assert JSON in named(bundle)


@pytest.mark.parametrize(
    "key", ["title", "source", "purpose", "pages", "held", "group", "title_en", "purpose_en"]
)
def test_every_printed_cell_of_a_row_counts(bundle: Path, key: str) -> None:
    rows = bags.rows()
    text = bags.printed(rows)
    assert verify.check(bundle, catalogue_text=lambda _: text).valid
    altered = [rows[0], replace(rows[1], **{key: "伪造"})]
    (bundle / CSV).write_bytes(catalogue_csv(altered))
    (bundle / JSON).write_bytes(catalogue_json(altered))
    bags.relist(bundle)
    files = {found.file for found in verify.check(bundle, catalogue_text=lambda _: text).findings}
    assert "data/01-catalogue.pdf" in files


def test_a_row_that_only_the_paper_shows_is_named(bundle: Path) -> None:
    third = bags.row(3, "短信", "exhibits/E003/original.txt", b"x")
    for text in (bags.printed([*bags.rows(), third]), bags.printed([third, *bags.rows()])):

        def words(_: bytes, text: str = text) -> str:
            return text

        (finding,) = verify.check(bundle, catalogue_text=words).findings
        assert finding.file == "data/01-catalogue.pdf"


def test_a_paper_made_with_another_table_is_named(bundle: Path) -> None:
    paper = bundle / PDF
    paper.write_bytes(paper.read_bytes().replace(b"sha256:", b"sha256:0"))
    assert named(bundle) == {PDF}
