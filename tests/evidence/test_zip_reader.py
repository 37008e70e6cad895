"""Zip files that attack: each is made here, byte by byte where no program would make it."""

import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from pirights.evidence import verify
from tests.evidence import bags


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    folder = bags.build(tmp_path_factory.mktemp("members") / "bag").path
    return [(f"bag/{name}", data) for name, data in bags.all_files(folder).items()]


def entry(name: str, *, mode: int = 0o100644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def named(verdict: verify.Verdict) -> set[str]:
    return {finding.file for finding in verdict.findings}


def said(verdict: verify.Verdict) -> str:
    return " ".join(str(finding.meaning) for finding in verdict.findings)


def test_a_bundle_packed_by_another_program_is_valid(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    folders = [(entry("bag/", mode=0o040755), b""), (entry("bag/data/", mode=0o040755), b"")]
    assert verify.check(bags.pack(tmp_path / "a.zip", [*folders, *members]), strict=True).valid


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("../evil.txt", ".."),
        ("bag/../../evil.txt", ".."),
        ("/etc/cron.d/evil", "absolute"),
        ("C:/evil.txt", "drive"),
        ("\\\\server\\evil", "network"),
        ("bag/data\\evil.txt", "backslash"),
        ("bag//data/evil.txt", "empty part"),
        ("~/evil.txt", "home"),
    ],
)
def test_names_that_lead_out_are_named(
    tmp_path: Path, members: list[tuple[str, bytes]], name: str, word: str
) -> None:
    verdict = verify.check(bags.pack(tmp_path / "a.zip", [*members, (name, b"x")]))
    assert word in said(verdict)
    assert name.removeprefix("bag/") in named(verdict)


def test_links_and_devices_are_named(tmp_path: Path, members: list[tuple[str, bytes]]) -> None:
    for mode, word in ((0o120777, "link"), (0o010644, "pipe"), (0o060644, "pipe")):
        bad = (entry("bag/data/00-cover.pdf", mode=mode), b"/etc/passwd")
        others = [member for member in members if member[0] != "bag/data/00-cover.pdf"]
        verdict = verify.check(bags.pack(tmp_path / f"{mode}.zip", [*others, bad]))
        assert "data/00-cover.pdf" in named(verdict)
        assert word in said(verdict)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_named(tmp_path: Path, members: list[tuple[str, bytes]]) -> None:
    twice = [*members, ("bag/data/00-cover.pdf", b"another")]
    for order in (twice, twice[::-1]):
        verdict = verify.check(bags.pack(tmp_path / "a.zip", order))
        assert "data/00-cover.pdf" in named(verdict)
        assert "two files" in said(verdict)


def test_names_that_differ_by_case_are_named(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    verdict = verify.check(
        bags.pack(tmp_path / "a.zip", [*members, ("bag/data/00-COVER.pdf", b"x")])
    )
    assert "only by case" in said(verdict)


def test_extra_missing_and_changed_files_are_named(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    extra = verify.check(bags.pack(tmp_path / "a.zip", [*members, ("bag/data/new", b"")]))
    assert "data/new" in named(extra)
    missing = verify.check(bags.pack(tmp_path / "b.zip", members[1:]))
    assert members[0][0].removeprefix("bag/") in named(missing)
    changed = [(name, data + b" ") for name, data in members]
    assert {name.removeprefix("bag/") for name, _ in members} <= named(
        verify.check(bags.pack(tmp_path / "c.zip", changed))
    )


def test_files_outside_the_bags_folder_are_named(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    outside = verify.check(bags.pack(tmp_path / "a.zip", [*members, ("readme.txt", b"")]))
    assert named(outside) == {"readme.txt"}
    bare = [(name.removeprefix("bag/"), data) for name, data in members]
    assert named(verify.check(bags.pack(tmp_path / "b.zip", bare))) == {"b.zip"}
    nested = [(f"more/{name}", data) for name, data in members]
    verdict = verify.check(bags.pack(tmp_path / "c.zip", nested))
    assert "top folder" in said(verdict)
    two = [*members, *((f"two{name}", data) for name, data in members)]
    assert "more than one bag" in said(verify.check(bags.pack(tmp_path / "d.zip", two)))


def test_a_foreign_bag_without_a_folder_of_its_own_is_valid(tmp_path: Path) -> None:
    bag = bags.foreign(tmp_path / "bag")
    path = bags.pack(tmp_path / "a.zip", bags.all_files(bag).items())
    verdict = verify.check(path)
    assert verdict.valid
    assert {warning.file for warning in verdict.warnings} == {"a.zip", "tagmanifest-sha256.txt"}
    assert not verify.check(path, strict=True).valid


def test_an_encrypted_file_is_named(tmp_path: Path, members: list[tuple[str, bytes]]) -> None:
    path = bags.pack(tmp_path / "a.zip", members)
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, 6, 1)
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, central + 8, 1)
    path.write_bytes(data)
    verdict = verify.check(path)
    assert members[0][0].removeprefix("bag/") in named(verdict)
    assert "encrypted" in said(verdict)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_is_not_read_is_named(
    tmp_path: Path, members: list[tuple[str, bytes]], method: int
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    assert "does not read" in said(verify.check(tmp_path / "a.zip"))


def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = bytes(1024 * 1024)
    packed = b"".join([*(packer.compress(piece) for _ in range(256)), packer.flush()])
    assert len(packed) < 300_000
    path = bags.pack(tmp_path / "bomb.zip", members)
    declared = bomb(path.read_bytes(), packed, size=256 * len(piece))
    lying = bomb(path.read_bytes(), packed, size=1000)
    for data, word in ((declared, "far more"), (lying, "more than")):
        path.write_bytes(data)
        tracemalloc.start()
        begun = time.monotonic()
        verdict = verify.check(path)
        spent = time.monotonic() - begun
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert "data/00-cover.pdf" in named(verdict)
        assert word in said(verdict)
        assert peak < 16 * len(piece)
        assert spent < 5


def bomb(good: bytes, packed: bytes, *, size: int) -> bytes:
    """Put other packed data into the place of the cover, declared to unpack to `size` octets."""
    name = b"bag/data/00-cover.pdf"
    out, directory = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        count = len(archive.infolist())
        for info in archive.infolist():
            raw, data = info.filename.encode(), archive.read(info)
            unpacked, method = len(data), 0
            if raw == name:
                data, unpacked, method = packed, size, 8
            numbers = (zlib.crc32(data) if method == 0 else 0, len(data), unpacked, len(raw), 0)
            start = out.tell()
            out.write(struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, method, 0, 33, *numbers) + raw)
            out.write(data)
            directory.write(
                struct.pack(
                    "<4s6H3L5H2L",
                    b"PK\x01\x02",
                    20,
                    20,
                    0,
                    method,
                    0,
                    33,
                    *numbers,
                    0,
                    0,
                    0,
                    0,
                    start,
                )
                + raw
            )
    start, listing = out.tell(), directory.getvalue()
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listing), start, 0)
    return out.getvalue() + listing + end
