import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.encounter import Encounter
from pirights.errors import BadInput
from pirights.vault import attachments, store
from tests.vault import sample


def attach(vault: store.Vault, path: Path) -> Attachment:
    with vault.change(now=sample.NOW) as change:
        return change.attach(path, owner="E1", purpose=Purpose.ENCOUNTER)


def refused(vault: store.Vault, path: Path) -> str:
    before = list(vault.journal_rows())
    with pytest.raises(BadInput) as error:
        attach(vault, path)
    assert error.value.hint is not None
    assert vault.attachments() == []
    assert list(vault.journal_rows()) == before
    assert vault.check() == []
    return str(error.value)


@pytest.mark.parametrize("size", [1, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20])
def test_a_file_comes_back_byte_for_byte(vault: store.Vault, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    path = tmp_path / "收据.pdf"
    path.write_bytes(data)
    kept = attach(vault, path)
    assert kept == Attachment(
        id=1,
        owner="E1",
        purpose=Purpose.ENCOUNTER,
        name="收据.pdf",
        size=size,
        sha256=sha256(data).hexdigest(),
        media_type="application/pdf",
        imported_at=sample.NOW,
    )
    pieces = list(vault.chunks(kept))
    assert b"".join(pieces) == data
    assert all(len(piece) == 2**20 for piece in pieces[:-1])
    assert vault.check() == []


def test_the_same_file_may_be_taken_twice(vault: store.Vault, photo: Path) -> None:
    assert [attach(vault, photo).id, attach(vault, photo).id] == [1, 2]
    assert len(vault.attachments("E1")) == 2
    assert vault.attachments("E2") == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("照片 1.jpg", "照片 1.jpg"),
        ("line\nbreak", "line\nbreak"),
        ("\u202egpj.exe", "\u202egpj.exe"),
        (os.fsdecode(b"\xc6\xbe\xfe.jpg"), "Ƃ\\xfe.jpg".replace("Ƃ", "\u01be")),
        ("a\\xfe.jpg", "a\\\\xfe.jpg"),
        ("back\\slash", "back\\\\slash"),
        ("e\u0301", "e\u0301"),
        ("门" * 85, "门" * 85),
    ],
)
def test_a_file_keeps_its_own_name(
    vault: store.Vault, tmp_path: Path, name: str, shown: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    assert attach(vault, path).name == shown


def test_what_is_no_file_is_refused_at_once(vault: store.Vault, tmp_path: Path) -> None:
    assert "no file" in refused(vault, tmp_path / "nothing.jpg")
    assert "is a folder" in refused(vault, tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in refused(vault, tmp_path / "pipe")
    assert "not a regular file" in refused(vault, Path("/dev/zero"))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert "not a regular file" in refused(vault, tmp_path / "s")
    (tmp_path / "loop").symlink_to("loop")
    assert "cannot be read" in refused(vault, tmp_path / "loop")
    assert "cannot be read" in refused(vault, tmp_path / ("x" * 300))
    assert "cannot be read" in refused(vault, tmp_path / "a\0b")


def test_an_empty_file_is_refused(vault: store.Vault, tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    assert "is empty" in refused(vault, tmp_path / "empty.jpg")


def test_a_file_of_5_gb_is_refused_at_once(vault: store.Vault, tmp_path: Path) -> None:
    path = tmp_path / "huge.mp4"
    with path.open("wb") as file:
        file.truncate(5 * 10**9)
    assert "larger than 1 GiB" in refused(vault, path)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.jpg"
    path.write_bytes(b"x")
    path.chmod(0)
    for place in (tmp_path, *tmp_path.parents[:3]):
        with contextlib.suppress(PermissionError):
            place.chmod(place.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        with pytest.raises(BadInput, match="cannot be read: Permission denied"):
            attachments._opened(path, path.name)
    finally:
        os.seteuid(0)


def test_a_file_that_grows_past_the_cap_is_refused(
    vault: store.Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "CAP", 4 * 2**20)
    path = tmp_path / "growing.mp4"
    path.write_bytes(bytes(2**20))
    grow = lambda *_: os.truncate(path, 5 * 2**20)  # noqa: E731 (after its size was asked)
    monkeypatch.setattr(attachments, "_refuse_without_room", grow)
    assert "larger than" in refused(vault, path)


def test_a_refused_file_leaves_the_rest_of_the_change(vault: store.Vault, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with vault.change(now=sample.NOW) as change:
        scan = change.add(sample.encounter())
        with pytest.raises(BadInput):
            change.attach(tmp_path / "empty", owner=scan.label, purpose=Purpose.ENCOUNTER)
    assert vault.count(Encounter) == 1
    assert vault.check() == []


def test_memory_stays_flat_while_a_large_file_passes(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        for _ in range(192):
            file.write(os.urandom(2**20))
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from tests.vault import sample, test_attachments\n"
        "vault = sample.opened(Path(sys.argv[1]))\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "kept = test_attachments.attach(vault, Path(sys.argv[2]))\n"
        "for _ in vault.chunks(kept): pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    grown = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert int(grown) < 64 * 1024, f"{grown} KiB more for a file of 192 MiB"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 8 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    allowed = shutil.which("mount") and subprocess.run(mount, check=False).returncode == 0
    if not allowed:
        if os.environ.get("CI") and os.geteuid() == 0:
            pytest.fail("mounting is refused")
        pytest.skip("needs to mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_file_without_room_for_it_twice_is_refused(small_disk: Path, tmp_path: Path) -> None:
    sample.create(small_disk / "v")
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(5 * 2**20))
    with sample.opened(small_disk / "v") as vault:
        assert "not room for film.mp4" in refused(vault, path)


@pytest.mark.parametrize("size", [9, 60])
def test_a_disk_that_fills_up_in_the_middle_loses_nothing(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(attachments, "_refuse_without_room", lambda *_: None)
    sample.create(small_disk / "v")
    path = tmp_path / "film.mp4"
    path.write_bytes(os.urandom(size * 2**20))
    with sample.opened(small_disk / "v") as vault:
        with vault.change(now=sample.NOW) as change:
            change.add(sample.encounter("kept"))
        assert "disk is full" in refused(vault, path)
    with sample.opened(small_disk / "v") as vault:
        assert [found.note for found in vault.find_all(Encounter)] == ["kept"]
        path.write_bytes(b"x")
        attach(vault, path)
        assert vault.check() == []


def test_a_change_goes_no_further_on_a_full_disk(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "_refuse_without_room", lambda *_: None)
    sample.create(small_disk / "v")
    path = tmp_path / "film.mp4"
    path.write_bytes(os.urandom(60 * 2**20))
    with sample.opened(small_disk / "v") as vault:

        def press_on() -> None:
            with vault.change(now=sample.NOW) as change:
                for _ in range(3):
                    with contextlib.suppress(Exception):
                        change.attach(path, owner="E1", purpose=Purpose.ENCOUNTER)
                    change.add(sample.encounter("too late"))
            raise AssertionError

        with pytest.raises(BadInput, match="disk is full"):
            press_on()
        assert vault.count(Encounter) == 0
        assert vault.check() == []


def test_a_full_disk_stops_an_import_and_a_new_passphrase(small_disk: Path) -> None:
    sample.create(small_disk / "v")
    with sample.opened(small_disk / "v") as vault:

        def import_much() -> None:
            with vault.change(now=sample.NOW) as change:
                for _ in range(20_000):
                    change.add(sample.encounter("刷脸" * 200))

        with pytest.raises(BadInput, match="disk is full"):
            import_much()
        assert vault.count(Encounter) == 0
        (small_disk / "ballast").write_bytes(b"")
        with contextlib.suppress(OSError), (small_disk / "ballast").open("wb", 0) as ballast:
            while True:
                ballast.write(bytes(512))
        with pytest.raises(BadInput, match="disk is full"):
            vault.rewrap("another good phrase", now=sample.NOW)
        (small_disk / "ballast").unlink()
        assert vault.check() == []
    sample.opened(small_disk / "v").close()
    assert not list((small_disk / "v").glob("*.new"))


def test_a_full_disk_leaves_no_half_vault(small_disk: Path) -> None:
    with contextlib.suppress(OSError), (small_disk / "ballast").open("wb", 0) as ballast:
        while True:
            ballast.write(bytes(4096))
    with pytest.raises(BadInput, match="disk is full"):
        sample.create(small_disk)
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
    (small_disk / "ballast").unlink()
    sample.create(small_disk)
    sample.opened(small_disk).close()
