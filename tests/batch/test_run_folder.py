"""The folder of a run: taken where it is free, refused where not, touched by one at a time."""

import json
import threading
from pathlib import Path

import pytest

from pirights.batch import run_folder
from pirights.batch.run_folder import RunFolder
from pirights.domain.document import Form
from pirights.errors import BadInput, NotNextStep
from pirights.workflow.desk import Desk

VAULT, RUN = "a" * 32, "0123456789abcdef"
PDF = (Form.PDF,)


def enter(
    out: Path, *, vault: str = VAULT, resume: bool = False, forms: tuple[Form, ...] = PDF
) -> RunFolder:
    with run_folder.entered(
        out, vault=vault, resume=resume, run=RUN, sheet="s.csv", forms=forms
    ) as folder:
        return folder


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = enter(tmp_path / "a" / "b")
    assert folder == RunFolder(path=tmp_path / "a" / "b", run=RUN, forms=PDF, is_new=True)
    assert folder.path.stat().st_mode & 0o777 == 0o700
    assert json.loads((folder.path / "run.json").read_bytes())["vault"] == VAULT


def test_an_empty_folder_is_taken_also_to_resume(tmp_path: Path) -> None:
    assert enter(tmp_path, resume=True).is_new


def test_the_run_in_a_folder_goes_on_with_its_own_name_and_forms(tmp_path: Path) -> None:
    enter(tmp_path, forms=(Form.TXT, Form.PDF))
    with run_folder.entered(
        tmp_path, vault=VAULT, resume=True, run="f" * 16, sheet="t.csv", forms=()
    ) as folder:
        assert (folder.run, folder.forms, folder.is_new) == (RUN, (Form.TXT, Form.PDF), False)


def test_other_forms_than_the_run_began_with_are_refused(tmp_path: Path) -> None:
    enter(tmp_path)
    with pytest.raises(NotNextStep, match="pdf"):
        enter(tmp_path, resume=True, forms=(Form.DOCX,))


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "Desktop.ini"])
def test_what_a_file_manager_left_makes_no_folder_another_s(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert enter(tmp_path).is_new
    assert (tmp_path / name).read_bytes() == b"x"


@pytest.mark.parametrize("resume", [False, True])
def test_what_no_run_made_is_refused(tmp_path: Path, *, resume: bool) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(BadInput, match=r"thesis\.docx"):
        enter(tmp_path, resume=resume)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 50_000,
        '{"kind": "BatchRun", "vault": "' + VAULT + '"}',
        '{"kind": "BatchRun", "vault": "' + VAULT + '", "run": "../x", "forms": []}',
        '{"kind": "BatchRun", "vault": "' + VAULT + f'", "run": "{RUN}", "forms": ["exe"]}}',
        " " * 70_000,
        "\ud800".encode("utf-8", "surrogatepass"),
    ],
)
def test_a_file_that_describes_no_run_is_refused(tmp_path: Path, text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "run.json").write_bytes(data)
    with pytest.raises(BadInput, match="does not describe a run"):
        enter(tmp_path, resume=True)
    assert (tmp_path / "run.json").read_bytes() == data


def test_another_vaults_run_is_refused(tmp_path: Path) -> None:
    enter(tmp_path)
    with pytest.raises(NotNextStep, match="another vault"):
        enter(tmp_path, vault="b" * 32, resume=True)


@pytest.mark.parametrize("place", ["out/in", "out/a/b", "link/in", "link/../out/in/"])
def test_a_run_begins_in_no_folder_of_another_run(tmp_path: Path, place: str) -> None:
    out = tmp_path / "out"
    enter(out)
    (tmp_path / "link").symlink_to(out)
    with pytest.raises(BadInput, match="folder of another run") as told:
        run_folder.found(tmp_path / place, vault=VAULT, resume=True)
    assert str(out) in str(told.value.hint)


def test_a_run_begins_in_no_vault(desk: Desk) -> None:
    with pytest.raises(BadInput, match="which is a vault"):
        run_folder.found(desk.vault.folder / "a" / "out", vault=VAULT, resume=False)
    with pytest.raises(BadInput, match=r"which no run made"):
        run_folder.found(desk.vault.folder, vault=VAULT, resume=False)
    with pytest.raises(BadInput, match=r"which no run made"):
        run_folder.found(desk.vault.folder.parent, vault=VAULT, resume=False)


def test_a_run_that_was_put_into_another_s_folder_goes_on(tmp_path: Path) -> None:
    enter(tmp_path / "inner")
    enter(tmp_path / "outer")
    inner = (tmp_path / "inner").rename(tmp_path / "outer" / "inner")
    assert not enter(inner, resume=True).is_new


def test_other_files_of_the_names_above_a_folder_keep_no_run_out(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"kind": "npm"}', encoding="utf-8")
    (tmp_path / "vault.json").write_text("{}", encoding="utf-8")
    assert enter(tmp_path / "out").is_new


def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name in ("link", "loop"):
        with pytest.raises(BadInput, match="is a link or no folder"):
            run_folder.found(tmp_path / name, vault=VAULT, resume=False)
    assert not (tmp_path / "gone").exists()


def test_nobody_else_is_let_in_meanwhile(tmp_path: Path) -> None:
    with run_folder.entered(tmp_path, vault=VAULT, resume=False, run=RUN, sheet="s.csv", forms=PDF):
        refused: list[str] = []

        def other() -> None:
            with pytest.raises(NotNextStep) as told:
                enter(tmp_path, resume=True)
            refused.append(str(told.value))

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "at work" in refused[0]
    assert not enter(tmp_path, resume=True).is_new


def test_what_a_killed_run_left_half_written_is_swept_and_nothing_else(tmp_path: Path) -> None:
    enter(tmp_path)
    (tmp_path / "P2").mkdir()
    for name in (".index.csv.1a2b3c4d.part", "P2/.x.pdf.1a2b3c4d.part", "P2/x.pdf", ".hidden"):
        (tmp_path / name).touch()
    enter(tmp_path, resume=True)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert left == [".hidden", "P2", "P2/x.pdf", "run.json"]
