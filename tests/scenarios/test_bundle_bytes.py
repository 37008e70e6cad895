"""The same inputs give the same bundle, octet for octet; nothing of the machine is in it."""

import io
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pikepdf
import pytest

from tests.render import strange_files
from tests.scenarios import stage as stages
from tests.scenarios.stage import NOW, Stage

SURROUNDINGS: Final[tuple[dict[str, str], ...]] = (
    {},
    {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "7"},
    {"TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8", "PIRIGHTS_LANG": "zh"},
    {"LC_ALL": "C", "COLUMNS": "40", "USER": "needle-user", "LOGNAME": "needle-user"},
)
MAIL: Final = (
    "From: a@b.example\r\nDate: Fri, 20 Nov 2026 10:00:00 +0800\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n已收到您的请求。\r\n"
)


@pytest.fixture
def full(case: tuple[Stage, str]) -> tuple[Stage, str]:
    """A case with a photo, a PDF, a mail, a proof and a cost."""
    stage, ref = case
    photo = strange_files.picture(exif=strange_files.exif_of(6))
    stage.run("log", "attach", "E1", stage.file("闸机.jpg", photo))
    stage.run("log", "attach", "E1", stage.file("年卡.pdf", strange_files.pdf(pages=2)))
    proof = stage.file("回执.png")
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-20", "--proof", proof)
    stage.run("reply", "add", ref, stage.file("答复.eml", MAIL.encode()))
    return stage, ref


def built(stage: Stage, ref: str, folder: Path, name: str, **more: str) -> dict[str, bytes]:
    """Build a bundle in a process of its own, from a copy of the vault, and read it."""
    copy = stages.copy(stage, folder).outside.having(**more)
    copy.run("bundle", "build", ref, "--out", str(folder / name))
    return {**contents(folder / name), "root.pdf": (folder / f"{name}-root.pdf").read_bytes()}


def contents(bundle: Path) -> dict[str, bytes]:
    if bundle.is_dir():
        files = [path for path in bundle.rglob("*") if path.is_file()]
        return {path.relative_to(bundle).as_posix(): path.read_bytes() for path in files}
    with zipfile.ZipFile(bundle) as archive:
        found = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    return {**found, "the zip itself": bundle.read_bytes()}


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_same_input_twice_gives_the_same_octets_wherever_it_is_built(
    full: tuple[Stage, str], tmp_path: Path, name: str
) -> None:
    stage, ref = full
    made = [
        built(stage, ref, tmp_path / f"place-{number}", name, **more)
        for number, more in enumerate(SURROUNDINGS)
    ]
    assert len(made[0]) > 20
    for other in made[1:]:
        assert [file for file in made[0] if made[0][file] != other.get(file)] == []
        assert made[0].keys() == other.keys()


def test_same_input_on_a_later_day_differs_only_where_a_time_is_declared(
    full: tuple[Stage, str], tmp_path: Path
) -> None:
    stage, ref = full
    today = built(stage, ref, tmp_path / "today", "bundle")
    later = {"SOURCE_DATE_EPOCH": str(int(NOW) + 9 * 86_400)}
    then = built(stage, ref, tmp_path / "later", "bundle", **later)
    assert today.keys() == then.keys()
    differing = {file for file in today if today[file] != then[file]}
    dated = {
        *("bag-info.txt", "root.pdf", "manifest-sha256.txt", "tagmanifest-sha256.txt"),
        *("sm3sums.txt", "data/00-cover.pdf", "data/01-catalogue.pdf"),
        *("data/02-exhibits.pdf", "data/03-timeline.pdf"),
    }
    assert "bag-info.txt" in differing
    assert differing <= dated, "no original, sheet, table, letter or row of the journal"


def texts(data: bytes) -> Iterator[bytes]:
    """All that may be read in a file: its octets, and of a PDF the unpacked streams too."""
    yield data
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as document:
            for one in document.objects:
                if isinstance(one, pikepdf.Stream):
                    try:
                        yield one.read_bytes()
                    except pikepdf.PdfError:
                        yield one.read_raw_bytes()
            yield repr(dict(document.docinfo)).encode()


def test_privacy_no_path_user_or_host_of_the_machine_is_in_the_bundle(
    full: tuple[Stage, str], tmp_path: Path
) -> None:
    stage, ref = full
    place = tmp_path / "needle-folder"
    named = {"USER": "needle-user", "LOGNAME": "needle-user", "HOSTNAME": "needle-host"}
    made = built(stage, ref, place, "bundle", **named)
    needles = {"needle-", str(stage.home), str(tmp_path), "/tmp/", "pytest"}  # noqa: S108
    if len(host := socket.gethostname()) > 3 and host != "localhost":
        needles.add(host)
    for file, data in made.items():
        for text in texts(data):
            for needle in needles:
                assert needle.encode() not in text, (file, needle)
                assert needle.encode("utf-16-be") not in text, (file, needle)


def test_privacy_a_photo_loses_its_camera_and_place_in_the_bound_copy(
    full: tuple[Stage, str], tmp_path: Path
) -> None:
    stage, ref = full
    made = built(stage, ref, tmp_path / "place", "bundle")
    with_camera = [file for file, data in made.items() if b"SECRETCAMERA" in data]
    assert len(with_camera) == 1, "the original keeps all it says"
    assert with_camera[0].endswith("original.jpg")
    for text in texts(made["data/02-exhibits.pdf"]):
        assert b"SECRETCAMERA" not in text
        assert b"Exif" not in text
