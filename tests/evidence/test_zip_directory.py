"""Zip files whose directory is damaged or lies, and large ones whose directory is long."""

import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pirights.evidence import verify
from tests.evidence import bags


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    folder = bags.build(tmp_path_factory.mktemp("members") / "bag").path
    return [(f"bag/{name}", data) for name, data in bags.all_files(folder).items()]


def named(verdict: verify.Verdict) -> set[str]:
    return {finding.file for finding in verdict.findings}


def said(verdict: verify.Verdict) -> str:
    return " ".join(str(finding.meaning) for finding in verdict.findings)


def test_a_zip_written_to_a_pipe_is_valid(tmp_path: Path, members: list[tuple[str, bytes]]) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    (tmp_path / "a.zip").write_bytes(pipe.getvalue())
    assert verify.check(tmp_path / "a.zip", strict=True).findings == ()


def alter(data: bytes, what: Callable[[bytearray], None]) -> bytes:
    changed = bytearray(data)
    what(changed)
    return bytes(changed)


def test_damage_to_the_container_is_named(tmp_path: Path, members: list[tuple[str, bytes]]) -> None:
    good = bags.pack(tmp_path / "good.zip", members).read_bytes()
    end, central = good.rindex(b"PK\x05\x06"), good.index(b"PK\x01\x02")

    def count(data: bytearray) -> None:
        struct.pack_into("<H", data, end + 10, 0xFFF0)

    def offset(data: bytearray) -> None:
        struct.pack_into("<L", data, end + 16, len(good))

    def pointer(data: bytearray) -> None:
        struct.pack_into("<L", data, central + 42, len(good) - 10)

    cases = {
        "cut": good[:-30],
        "half": good[: len(good) // 2],
        "one": good[:-1],
        "head": good[:4],
        "empty": b"",
        "text": b"this is no zip file",
        "zeros": b"PK" + bytes(100_000),
        "count": alter(good, count),
        "offset": alter(good, offset),
        "pointer": alter(good, pointer),
    }
    for name, data in cases.items():
        path = tmp_path / f"{name}.zip"
        path.write_bytes(data)
        verdict = verify.check(path)
        assert named(verdict) == {path.name}, name
        assert verdict.root_sha256 is None


def test_hidden_bytes_are_named(tmp_path: Path, members: list[tuple[str, bytes]]) -> None:
    good = bags.pack(tmp_path / "good.zip", members).read_bytes()
    central = good.index(b"PK\x01\x02")
    between = bytearray(good[:central] + b"hidden" * 9 + good[central:])
    struct.pack_into("<L", between, between.rindex(b"PK\x05\x06") + 16, central + 54)
    commented = good[:-2] + struct.pack("<H", 6) + b"hidden"
    for name, data, valid in [
        ("after", good + b"hidden", False),
        ("before", b"PK hidden" + good, False),
        ("between", bytes(between), False),
        ("comment", commented, False),
    ]:
        path = tmp_path / f"{name}.zip"
        path.write_bytes(data)
        verdict = verify.check(path)
        assert verdict.valid is valid, name
        assert valid or named(verdict) == {path.name}


def test_a_wrong_sum_and_a_lying_size_are_named(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    good = bags.pack(tmp_path / "good.zip", members).read_bytes()
    central = good.index(b"PK\x01\x02")
    name = members[0][0].removeprefix("bag/")
    for at_local, at_central, word in ((14, 16, "damaged"), (22, 24, "more than")):
        data = bytearray(good)
        (value,) = struct.unpack_from("<L", data, central + at_central)
        struct.pack_into("<L", data, at_local, value - 1)
        struct.pack_into("<L", data, central + at_central, value - 1)
        (tmp_path / "a.zip").write_bytes(data)
        verdict = verify.check(tmp_path / "a.zip")
        assert name.removeprefix("bag/") in named(verdict)
        assert word in said(verdict)
        struct.pack_into("<L", data, at_local, value)
        (tmp_path / "a.zip").write_bytes(data)
        assert "two different things" in said(verify.check(tmp_path / "a.zip"))


def test_entries_that_share_bytes_are_named(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    good = bags.pack(tmp_path / "good.zip", members).read_bytes()
    data = bytearray(good)
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    (offset,) = struct.unpack_from("<L", data, first + 42)
    struct.pack_into("<L", data, second + 42, offset)
    (tmp_path / "a.zip").write_bytes(data)
    assert "shares bytes" in said(verify.check(tmp_path / "a.zip"))


def test_a_zip64_bundle_is_read(tmp_path: Path, members: list[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, data in members:
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(data)
    assert verify.check(tmp_path / "a.zip", strict=True).findings == ()


def test_more_than_65535_files_are_read(tmp_path: Path) -> None:
    files = {f"f{number}": b"" for number in range(65_600)}
    listed = "".join(f"{bags.sha256(b'')}  data/{name}\n" for name in files)
    declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b/bagit.txt", declaration)
        archive.writestr("b/manifest-sha256.txt", listed)
        for name in files:
            archive.writestr(zipfile.ZipInfo(f"b/data/{name}"), b"")
    verdict = verify.check(tmp_path / "a.zip")
    assert verdict.findings == ()
    assert verdict.files == len(files)


def test_bytes_between_the_records_at_the_end_are_named(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    good = bags.pack(tmp_path / "good.zip", members).read_bytes()
    end = good.rindex(b"PK\x05\x06")
    _, _, _, _, count, size, start, _ = struct.unpack("<4s4H2LH", good[end:])
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, *[0xFFFFFFFF] * 2, 0)
    for gap, valid in ((b"", True), (b"hidden", False)):
        (tmp_path / "a.zip").write_bytes(good[:end] + record + gap + locator + last)
        verdict = verify.check(tmp_path / "a.zip")
        assert verdict.valid is valid
        assert valid or named(verdict) == {"a.zip"}


@pytest.mark.parametrize("host", [0, 3, 5, 7, 10, 16, 19, 30])
def test_a_link_is_seen_whatever_system_made_the_entry(
    tmp_path: Path, members: list[tuple[str, bytes]], host: int
) -> None:
    link = zipfile.ZipInfo("bag/link")
    link.create_system, link.external_attr = host, 0o120777 << 16
    verdict = verify.check(bags.pack(tmp_path / "a.zip", [*members, (link, b"/etc/passwd")]))
    assert "It is a link" in said(verdict)
    assert named(verdict) == {"link"}
    file = zipfile.ZipInfo("bag/VERIFY.txt")
    file.create_system = host
    other = [(file, data) if name == file.filename else (name, data) for name, data in members]
    assert verify.check(bags.pack(tmp_path / "b.zip", other)).valid is (host in {0, 3})


def further(kind: int, data: bytes) -> bytes:
    return struct.pack("<2H", kind, len(data)) + data


@pytest.mark.parametrize(
    ("extra", "foreign"),
    [
        (further(0x7075, b"\1abcdother"), False),
        (further(0x6375, b"\1abcdother"), False),
        (further(0x5455, b"\0"), True),
        (further(0x9999, b"hidden"), True),
        (further(1, b"hidden" * 9), True),
        (b"rest", True),
    ],
)
def test_further_fields_are_named(
    tmp_path: Path, members: list[tuple[str, bytes]], extra: bytes, foreign: bool
) -> None:
    folder = bags.foreign(tmp_path / "foreign")
    others = [(f"bag/{name}", data) for name, data in bags.all_files(folder).items()]
    for given, valid in ((members, False), (others, foreign)):
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in given:
                info = zipfile.ZipInfo(name)
                info.extra = extra if name == "bag/bagit.txt" else b""
                archive.writestr(info, data)
        verdict = verify.check(path)
        assert verdict.valid is valid
        assert valid or "bagit.txt" in named(verdict)


@pytest.mark.parametrize(
    ("extra", "valid"),
    [
        (further(0x5455, b"\3" + bytes(8)) + further(0x7875, b"\1\4" + bytes(9)), True),
        (further(0x000A, bytes(32)), True),
        (further(0x5455, b"\3" + bytes(8)) * 2, False),
        (further(0x000A, bytes(33)), False),
    ],
)
def test_times_and_owners_that_ordinary_programs_add_are_no_fault(
    tmp_path: Path, members: list[tuple[str, bytes]], extra: bytes, *, valid: bool
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.extra = extra
            archive.writestr(info, data)
    assert verify.check(path).valid is valid


def test_a_comment_of_a_file_is_named(tmp_path: Path, members: list[tuple[str, bytes]]) -> None:
    info = zipfile.ZipInfo(members[0][0])
    info.comment = b"hidden"
    verdict = verify.check(bags.pack(tmp_path / "a.zip", [(info, members[0][1]), *members[1:]]))
    assert named(verdict) == {"VERIFY.txt"}


@pytest.mark.parametrize("name", ["a/" * 65 + "x", "a" * 4097, "a/" * 30_000 + "x"])
def test_names_too_long_or_too_deep_are_named_soon(
    tmp_path: Path, members: list[tuple[str, bytes]], name: str
) -> None:
    begun = time.monotonic()
    verdict = verify.check(bags.pack(tmp_path / "a.zip", [*members, (f"bag/data/{name}", b"")]))
    assert time.monotonic() - begun < 2
    assert "too long" in said(verdict)
    assert all(len(finding.file) < 400 for finding in verdict.findings)


def test_a_file_that_asks_for_a_zip_of_the_future_is_named(
    tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    data = bytearray(bags.pack(tmp_path / "a.zip", members).read_bytes())
    data[data.index(b"PK\x01\x02") + 6] = 64
    (tmp_path / "a.zip").write_bytes(data)
    assert "a version of the zip format that no program reads" in said(
        verify.check(tmp_path / "a.zip")
    )
