"""File names made to harm, all the way into a bundle: ASCII in the bag, escaped where shown."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from pypdf import PdfReader

from pirights.domain.text import is_unsafe
from pirights.workflow import bundles
from pirights.workflow.bundles import Built
from tests.needs import program
from tests.workflow import office
from tests.workflow.office import case, park, scan
from tests.workflow.test_bundles import files

NAMES: Final = {
    "newline": "门\n口.txt",
    "percent-0A": "a%0Ab.txt",
    "backslash": r"..\..\windows\a.txt",
    "RLO": "a\u202etxt.exe",
    "NFD": unicodedata.normalize("NFD", "é.txt"),
    "NFC": unicodedata.normalize("NFC", "é.txt"),
    "emoji": "\U0001f600.txt",
    "255-octets-of-Chinese": "门" * 85,
    "not-UTF-8": os.fsdecode(b"\xd5\xff\xfe.txt"),
    "escape": "a\x1b]0;x\x07.txt",
    "formula": "=cmd|' C'!A0.txt",
    "markup": "<img src=x onerror=y> <font color=red>.txt",
    "template": "{{7*7}} {%x%}.txt",
    "option": "-rf --help.txt",
    "device": "con.txt",
    "upper": "A.TXT",
    "lower": "a.txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A bundle of a file under each of the names; its content is what the name is of."""

    place: Path
    ref: str
    built: Built
    files: dict[str, bytes]

    def row(self, kind: str) -> dict[str, str]:
        """The row of the catalogue, as data."""
        rows = json.loads(self.files["data/01-catalogue.json"])
        (found,) = [row for row in rows if self.files[f"data/{row['path']}"] == kind.encode()]
        return dict(found)


@pytest.fixture(scope="module")
def named(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Named:
    place = tmp_path_factory.mktemp("named")
    (place / "files").mkdir()
    for kind, name in NAMES.items():
        (place / "files" / name).write_text(kind, encoding="utf-8")
    desk = office.opened(Path(shutil.copytree(furnished, place / "vault")))
    with desk.vault:
        taken = tuple(place / "files" / name for name in NAMES.values())
        scan(desk, park(desk), files=taken)
        ref = case(desk).case.ref
        built = bundles.build(desk, ref, out=place / "bundle")
    return Named(place=place, ref=ref, built=built, files=files(built.path))


@pytest.mark.parametrize("kind", NAMES)
def test_the_bags_name_is_ascii_and_the_original_name_is_kept(named: Named, kind: str) -> None:
    row = named.row(kind)
    assert re.fullmatch(r"exhibits/E[0-9]{3}/original(\.[a-z0-9]{1,16})?", row["path"])
    folder = row["path"].rpartition("/")[0]
    sheet = json.loads(named.files[f"data/{folder}/exhibit.json"])
    assert sheet["original_name"] == row["original_name"]
    journal = named.files["data/custody/journal.jsonl"].decode().splitlines()
    kept = [payload for line in journal if (payload := json.loads(line)["payload"])]
    name = NAMES[kind].replace("\\", "\\\\")  # so that an octet that was escaped is told from it
    name = r"\xd5\xff\xfe.txt" if kind == "not-UTF-8" else name
    assert name in {json.loads(payload).get("name") for payload in kept}


def test_every_name_in_the_bag_is_plain_and_none_differs_by_case_alone(named: Named) -> None:
    for name in named.files:
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]*", name)
    assert len({name.casefold() for name in named.files}) == len(named.files)


@pytest.mark.parametrize("kind", NAMES)
def test_the_name_is_shown_escaped_in_every_form_of_the_catalogue(named: Named, kind: str) -> None:
    shown = named.row(kind)["original_name"]
    assert not [character for character in shown if is_unsafe(character)]
    sheet = io.StringIO(named.files["data/01-catalogue.csv"].decode("utf-8-sig"), newline="")
    cells = [cell for row in csv.reader(sheet) for cell in row]
    assert shown in cells or f"'{shown}" in cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r")]
    assert not [character for cell in cells for character in cell if is_unsafe(character)]


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("newline", r"门\x0a口.txt"),
        ("percent-0A", "a%0Ab.txt"),
        ("backslash", r"..\\..\\windows\\a.txt"),
        ("RLO", r"a\u202etxt.exe"),
        ("emoji", "[U+1F600].txt"),
        ("escape", r"a\x1b]0;x\x07.txt"),
        ("markup", "<img src=x onerror=y> <font color=red>.txt"),
        ("template", "{{7*7}} {%x%}.txt"),
    ],
)
def test_what_acts_elsewhere_is_a_word_on_paper(named: Named, kind: str, shown: str) -> None:
    one = next(each for each in named.built.exhibits if each.sha256 == named.row(kind)["sha256"])
    bound = PdfReader(io.BytesIO(named.files["data/02-exhibits.pdf"]))
    said = "".join(bound.pages[one.page_from - 1].extract_text().split())
    assert "".join(shown.split()) in said


@program("sha256sum")
@pytest.mark.parametrize("listed", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_sha256sum_checks_every_file(named: Named, listed: str) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", listed],
        cwd=named.built.path,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
    )
    lines = checked.stdout.splitlines()
    assert len(lines) == (named.built.path / listed).read_bytes().count(b"\n")
    assert all(line.endswith(": OK") for line in lines)


@program("unzip")
def test_the_bundle_is_valid_as_folder_and_as_zip_that_others_unpack(named: Named) -> None:
    assert bundles.check(named.built.path, strict=True).verdict == "valid"
    desk = office.opened(named.place / "vault")
    (named.place / "zipped").mkdir()
    with desk.vault:
        built = bundles.build(desk, named.ref, out=named.place / "zipped" / "bundle.zip")
    assert bundles.check(built.path, strict=True).verdict == "valid"
    subprocess.run(
        ["unzip", "-q", built.path, "-d", named.place / "unpacked"],
        check=True,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
    )
    assert files(named.place / "unpacked" / "bundle") == named.files
