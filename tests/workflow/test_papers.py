"""Papers on the disk: whole, and never in the place of something that is no file."""

import os
from pathlib import Path

import pytest

from pirights.errors import BadInput
from pirights.workflow.papers import write_whole


def test_an_ordinary_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_a_private_paper_is_for_its_owner_alone_and_another_is_as_the_system_says(
    tmp_path: Path,
) -> None:
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "letter.pdf", b"x")
        write_whole(tmp_path / "errors.xlsx", b"x", private=True)
    finally:
        os.umask(before)
    assert (tmp_path / "letter.pdf").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "errors.xlsx").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to a pipe", "link to a folder"])
def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "out"
    if "pipe" in kind:
        os.mkfifo(path)
    else:
        path.mkdir()
    if "link" in kind:
        path = tmp_path / "link"
        path.symlink_to("out")
    before = path.lstat()
    with pytest.raises(BadInput, match="not an ordinary file"):
        write_whole(path, b"new")
    assert os.path.samestat(path.lstat(), before)


def test_a_link_to_a_device_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "link"
    path.symlink_to("/dev/null")
    with pytest.raises(BadInput, match="not an ordinary file"):
        write_whole(path, b"new")
    assert path.is_symlink()
