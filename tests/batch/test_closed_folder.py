"""The folder of a run is its owner's alone, and what leads elsewhere in it is never followed."""

import json
import os
from pathlib import Path

import pytest

from pirights.batch import closed_folder, keeping, run_folder
from pirights.domain.document import Form
from pirights.errors import BadInput
from pirights.workflow.desk import Desk
from tests.batch import clinic

VAULT, RUN = "a" * 32, "0123456789abcdef"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")


def begun(out: Path) -> None:
    with run_folder.entered(
        out, vault=VAULT, resume=False, run=RUN, sheet="s.csv", forms=(Form.PDF,)
    ):
        pass


def found(out: Path) -> None:
    run_folder.found(out, vault=VAULT, resume=True)


def test_everything_that_a_run_makes_is_for_its_owner_alone(desk: Desk, tmp_path: Path) -> None:
    sheet = clinic.sheet(
        tmp_path / "s.csv", [clinic.client(1), clinic.client(2, venue="moon"), clinic.client(3)]
    )
    before = os.umask(0o022)
    try:
        clinic.run(desk, sheet, tmp_path / "out", forms=(Form.PDF,))
    finally:
        os.umask(before)
    modes = {one: one.stat().st_mode & 0o777 for one in (tmp_path / "out").rglob("*")}
    names = {one.name for one in modes}
    assert {"run.json", "index.csv", "index.xlsx", "print.pdf", "errors.xlsx"} <= names
    assert {mode for one, mode in modes.items() if one.is_dir()} == {0o700}
    assert {mode for one, mode in modes.items() if one.is_file()} == {0o600}


def test_after_a_run_new_files_have_the_rights_that_they_had_before(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        begun(tmp_path / "out")
        (tmp_path / "new").touch()
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o644


def test_a_folder_into_which_others_can_look_is_told_with_what_closes_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert closed_folder.seen_by_others(out) is None
    out.mkdir()
    out.chmod(0o755)
    assert f"chmod 700 {out}" in str(closed_folder.seen_by_others(out))
    out.chmod(0o700)
    assert closed_folder.seen_by_others(out) is None


def test_a_run_tells_once_that_others_can_look_into_its_folder(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o755)
    ran = clinic.run(desk, clinic.clients(tmp_path / "s.csv", 1), out)
    assert sum("chmod 700" in str(one) for one in ran.notices) == 1


def test_a_link_in_place_of_a_clients_folder_is_refused(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    begun(out)
    elsewhere.mkdir()
    (out / "P7").symlink_to(elsewhere)
    with pytest.raises(BadInput, match=r"P7 is a link or no folder"):
        found(out)
    with pytest.raises(BadInput, match=r"P7 is a link or no folder"):
        keeping.write(out / "P7" / "letter.pdf", b"x")
    assert list(elsewhere.iterdir()) == []


def test_what_is_left_behind_a_link_is_not_swept_away(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    begun(out)
    elsewhere.mkdir()
    (elsewhere / ".mine.part").touch()
    (out / "Photos").symlink_to(elsewhere)
    (out / "P2").mkdir()
    (out / "P2" / ".letter.0000.part").touch()
    with run_folder.entered(out, vault=VAULT, resume=True, run=RUN, sheet="s.csv", forms=()):
        pass
    assert (elsewhere / ".mine.part").exists()
    assert list((out / "P2").iterdir()) == []


@pytest.mark.parametrize("name", ["index.csv", "print.pdf", "labels.xlsx"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "link to a device"])
def test_a_paper_that_is_no_file_is_refused_before_any_row(
    tmp_path: Path, name: str, kind: str
) -> None:
    begun(tmp_path / "out")
    path = tmp_path / "out" / name
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/null")
    with pytest.raises(BadInput, match=f"{name} is not an ordinary file"):
        found(tmp_path / "out")


def test_a_run_that_the_vault_does_not_know_is_not_gone_on_with(desk: Desk, tmp_path: Path) -> None:
    out, sheet = tmp_path / "out", clinic.clients(tmp_path / "s.csv", 2)
    clinic.run(desk, sheet, out)
    about = json.loads((out / "run.json").read_bytes())
    (out / "run.json").write_text(json.dumps(about | {"run": "f" * 16}))
    before = {one: one.stat().st_mtime_ns for one in out.rglob("*")}
    with pytest.raises(BadInput, match="of which the vault knows nothing"):
        clinic.run(desk, sheet, out, resume=True)
    assert {one: one.stat().st_mtime_ns for one in out.rglob("*")} == before
