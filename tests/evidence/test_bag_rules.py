"""Bags that others made: accepted or refused as RFC 8493 and the older drafts say.

The categories are those of the Library of Congress conformance suite; the bags are our own.
"""

import hashlib
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from pirights.evidence import verify
from tests.evidence import bags

SUM = bags.sha256(b"hello\n")


def named(verdict: verify.Verdict) -> set[str]:
    return {finding.file for finding in verdict.findings}


def warned(verdict: verify.Verdict) -> set[str]:
    return {warning.file for warning in verdict.warnings}


def others_say_valid(folder: Path) -> bool:
    command = [sys.executable, "-m", "bagit", "--validate", "--quiet", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_a_bag_made_by_bagit_is_valid_also_under_strict(tmp_path: Path) -> None:
    for name in ("a.txt", "Ünïcode 照片.jpg", "100%.txt"):
        (tmp_path / name).write_text(name)
    command = [sys.executable, "-m", "bagit", "--quiet", "--contact-name", "A", str(tmp_path)]
    subprocess.run(command, check=True)
    for strict in (False, True):
        verdict = verify.check(tmp_path, strict=strict)
        assert verdict.findings == ()
        assert not verdict.ours
        assert verdict.files == 3
    (tmp_path / "data/a.txt").write_text("b")
    assert "data/a.txt" in named(verify.check(tmp_path))


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
def test_every_version_with_a_minimal_bag_is_valid(tmp_path: Path, version: str) -> None:
    bag = bags.foreign(tmp_path / "bag", version=version)
    assert verify.check(bag).findings == ()
    assert others_say_valid(bag)


@pytest.mark.parametrize(
    ("declaration", "valid"),
    [
        (b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", True),
        (b"BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n", True),
        (b"BagIt-Version: 1.0\rTag-File-Character-Encoding: ISO-8859-1\r", True),
        (b"BagIt-Version: 0.97\nTag-File-Character-Encoding:   UTF-8\n", True),
        (b"BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n", False),
        (b"BagIt-Version : 0.97\nTag-File-Character-Encoding: UTF-8\n", False),
        (b"BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n", False),
        (b"BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n", False),
        (b"BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n", False),
        (b"BagIt-Version: 1.0\n", False),
        (b"Tag-File-Character-Encoding: UTF-8\n", False),
        (b"BagIt-Version: 1.0\nTag-File-Character-Encoding: rot13\n", False),
        (b"BagIt-Version: 1.0\nTag-File-Character-Encoding: unicode_escape\n", False),
        (b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: 1\n", False),
        (b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", False),
        ("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n".encode("utf-16"), False),
        (b"", False),
    ],
)
def test_the_declaration_is_two_exact_lines(
    tmp_path: Path, declaration: bytes, *, valid: bool
) -> None:
    bag = bags.foreign(tmp_path / "bag")
    (bag / "bagit.txt").write_bytes(declaration)
    assert named(verify.check(bag)) == (set() if valid else {"bagit.txt"})


@pytest.mark.parametrize("algorithm", ["md5", "sha1"])
def test_weak_sums_are_a_warning_and_a_fault_under_strict(tmp_path: Path, algorithm: str) -> None:
    bag = bags.foreign(tmp_path / "bag", algorithm=algorithm)
    name = f"manifest-{algorithm}.txt"
    verdict = verify.check(bag)
    assert verdict.valid
    assert name in warned(verdict)
    assert name in named(verify.check(bag, strict=True))


def test_every_payload_list_must_name_every_file_from_1_0_on(tmp_path: Path) -> None:
    for version, valid in (("0.97", True), ("1.0", False)):
        bag = bags.foreign(tmp_path / version, {"a": b"a", "b": b"b"}, version=version)
        (bag / "manifest-md5.txt").write_text(f"{hashlib.md5(b'a').hexdigest()}  data/a\n")  # noqa: S324
        assert named(verify.check(bag)) == (set() if valid else {"data/b"})


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../../../README.md", "data/../../x", "data/x/../hello.txt", "~/foo",
     "~root/foo", "C:\\Windows\\System32\\setx.exe", "C:/x", "\\\\?\\UNC\\server\\x",
     "\\\\server\\share", "//server/share/x", "%HomeDrive%\\Windows\\x", "data\\..\\..\\x",
     "bagit.txt", "data/a%0A/../../../x", "data/%2e%2e/\0"],
)  # fmt: skip
@pytest.mark.parametrize("strict", [False, True])
def test_names_that_lead_out_are_refused_and_not_followed(
    tmp_path: Path, name: str, *, strict: bool
) -> None:
    for version in ("0.97", "1.0"):
        bag = bags.foreign(tmp_path / version, version=version)
        with (bag / "manifest-sha256.txt").open("a") as manifest:
            manifest.write(f"{SUM}  {name}\n")
        assert "manifest-sha256.txt" in named(verify.check(bag, strict=strict))


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "~/x", "C:\\x", "data/../../x"])
def test_names_to_fetch_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    for version in ("0.97", "1.0"):
        fetch = f"https://example.com/x 5 {name}\n"
        bag = bags.foreign(tmp_path / version, version=version, fetch_txt=fetch)
        assert named(verify.check(bag)) == {"fetch.txt"}


def test_a_fetch_list_is_allowed_when_everything_is_there(tmp_path: Path) -> None:
    fetch = "https://example.com/hello 6 data/hello.txt\n"
    bag = bags.foreign(tmp_path / "bag", fetch_txt=fetch)
    verdict = verify.check(bag)
    assert verdict.valid
    assert "fetch.txt" in warned(verdict)
    assert "fetch.txt" in named(verify.check(bag, strict=True))
    (bag / "data/hello.txt").unlink()
    assert "data/hello.txt" in named(verify.check(bag))


def test_a_fetch_list_with_a_name_nobody_listed_depends_on_the_version(tmp_path: Path) -> None:
    for version, valid in (("0.97", True), ("1.0", False)):
        fetch = "file:///home/somebody/picture.png 42000 picture.png\n"
        bag = bags.foreign(tmp_path / version, version=version, fetch_txt=fetch)
        assert verify.check(bag).valid is valid


def test_a_fetch_line_without_an_address_is_refused(tmp_path: Path) -> None:
    bag = bags.foreign(tmp_path / "bag", fetch_txt="hello 6 data/hello.txt\n")
    assert named(verify.check(bag)) == {"fetch.txt"}


def test_only_line_ends_and_percent_are_encoded_in_names(tmp_path: Path) -> None:
    for version, listed, real, valid in [
        ("1.0", "data/a%0Ab", "a\nb", True),
        ("1.0", "data/a%0d%0ab", "a\r\nb", True),
        ("1.0", "data/100%25", "100%", True),
        ("1.0", "data/100%25", "100%25", False),
        ("1.0", "data/a%20b", "a%20b", True),
        ("1.0", "data/a%20b", "a b", False),
        ("0.97", "data/a%0Ab", "a\nb", True),
        ("0.97", "data/100%25", "100%25", True),
    ]:
        bag = bags.foreign(tmp_path / f"{version}{listed.encode().hex()}{real.encode().hex()}", {})
        (bag / "data" / real).write_bytes(b"hello\n")
        (bag / "bagit.txt").write_text(
            f"BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n"
        )
        (bag / "manifest-sha256.txt").write_text(f"{SUM}  {listed}\n")
        assert verify.check(bag).valid is valid, (version, listed, real)


@pytest.mark.parametrize(
    ("line", "valid_1_0", "valid_draft"),
    [
        (f"{SUM}  data/hello.txt\n", True, True),
        (f"{SUM.upper()}\t \tdata/hello.txt\n", True, True),
        (f"{SUM} *data/hello.txt\n", True, True),
        (f"{SUM}  ./data/hello.txt\n", True, True),
        (f"{SUM}  data/hello.txt", True, True),
        (f"{SUM}  data/hello.txt\r\n", True, True),
        (f"{SUM}  data/hello.txt\r", True, True),
        (f"{SUM}  data/hello.txt\n\n", False, True),
        (f"{SUM}  data/hello.txt\n" * 2, False, True),
        (f"{SUM}  data/hello.txt\n{'0' * 64}  data/hello.txt\n", False, False),
        (f"{SUM[:-2]}  data/hello.txt\n", False, False),
        (f"{SUM}data/hello.txt\n", False, False),
        ("hello.txt\n", False, False),
        (f"{'0' * 64}  data/hello.txt\n", False, False),
        (f"{SUM}  data/Hello.txt\n", False, False),
        (f"{SUM}  data\n", False, False),
        (f"\ufeff{SUM}  data/hello.txt\n", False, True),
        ("", False, False),
    ],
)
def test_lines_of_a_list(tmp_path: Path, line: str, *, valid_1_0: bool, valid_draft: bool) -> None:
    for version, valid in (("1.0", valid_1_0), ("0.97", valid_draft)):
        bag = bags.foreign(tmp_path / version, version=version)
        (bag / "manifest-sha256.txt").write_bytes(line.encode())
        assert verify.check(bag).valid is valid, version


def test_files_beside_data_may_stand_in_no_list_but_not_with_a_wrong_sum(tmp_path: Path) -> None:
    bag = bags.foreign(tmp_path / "bag", readme_txt="hello\n")
    manifest = bags.sha256((bag / "manifest-sha256.txt").read_bytes())
    tags = bag / "tagmanifest-sha256.txt"
    tags.write_text(f"{manifest}  manifest-sha256.txt\n")
    assert verify.check(bag).valid
    assert {"readme.txt", "bagit.txt"} <= named(verify.check(bag, strict=True))
    tags.write_text(f"{manifest}  manifest-sha256.txt\n{'0' * 64}  readme.txt\n")
    assert "readme.txt" in named(verify.check(bag))
    tags.write_text(f"{manifest}  manifest-sha256.txt\n{SUM}  missing.txt\n")
    assert "missing.txt" in named(verify.check(bag))
    tags.write_text(f"{SUM}  readme.txt\n")
    assert named(verify.check(bag)) == {"manifest-sha256.txt"}
    tags.write_text(f"{manifest}  manifest-sha256.txt\n{SUM}  data/hello.txt\n")
    assert named(verify.check(bag)) == {"tagmanifest-sha256.txt"}


@pytest.mark.parametrize(
    ("info", "valid_1_0", "valid_draft"),
    [
        ("Payload-Oxum: 6.1\nSource-Organization: A\n  and B\n", True, True),
        ("payload-oxum: 6.1\n", True, True),
        ("Note: a\nNote: b\n", True, True),
        ("Label :value\nOther\t:\tvalue\n", False, True),
        ("Payload-Oxum: 7.1\n", False, False),
        ("Payload-Oxum: 6.2\n", False, False),
        ("Payload-Oxum: 6\n", False, False),
        ("Payload-Oxum: 6.1\nPayload-Oxum: 6.1\n", False, True),
        ("no label here\n", False, False),
    ],
)
def test_labels_of_the_bag(
    tmp_path: Path, info: str, *, valid_1_0: bool, valid_draft: bool
) -> None:
    for version, valid in (("1.0", valid_1_0), ("0.97", valid_draft)):
        bag = bags.foreign(tmp_path / version, version=version, bag_info_txt=info)
        assert verify.check(bag).valid is valid, version
    old = bags.foreign(tmp_path / "old", version="0.95", package_info_txt="Payload-Oxum: 7.1\n")
    assert named(verify.check(old)) == {"package-info.txt"}


def test_lists_may_be_in_another_encoding(tmp_path: Path) -> None:
    for encoding in ("UTF-16", "ISO-8859-1", "GB18030"):
        name = "é.txt" if encoding == "ISO-8859-1" else "照片.txt"
        bag = bags.foreign(tmp_path / encoding, {name: b"hello\n"})
        (bag / "bagit.txt").write_text(
            f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n"
        )
        assert not verify.check(bag).valid
        (bag / "manifest-sha256.txt").write_bytes(f"{SUM}  data/{name}\n".encode(encoding))
        assert verify.check(bag).valid


def test_names_that_differ_by_case_or_normal_form_are_a_warning(tmp_path: Path) -> None:
    composed, taken_apart = "Núñez", unicodedata.normalize("NFD", "Núñez")
    for number, pair in enumerate([("a.txt", "A.txt"), (composed, taken_apart), ("d/x", "D/y")]):
        bag = bags.foreign(tmp_path / str(number), dict.fromkeys(pair, b"hello\n"))
        verdict = verify.check(bag)
        assert verdict.valid
        assert any("differs" in str(warning.meaning) for warning in verdict.warnings)
        assert not verify.check(bag, strict=True).valid


def test_a_name_in_another_normal_form_still_finds_its_file(tmp_path: Path) -> None:
    bag = bags.foreign(tmp_path / "bag", {"Núñez": b"hello\n"})
    taken_apart = unicodedata.normalize("NFD", "data/Núñez")
    (bag / "manifest-sha256.txt").write_text(f"{SUM}  {taken_apart}\n")
    verdict = verify.check(bag)
    assert verdict.valid
    assert verdict.warnings
    (bag / "data/Núñez").write_bytes(b"other\n")
    assert not verify.check(bag).valid


def test_a_bag_may_hold_a_bag_spaces_and_nothing_at_all(tmp_path: Path) -> None:
    inner = bags.foreign(tmp_path / "inner")
    bag = bags.foreign(
        tmp_path / "outer", {"in a bag/" + k: v for k, v in bags.all_files(inner).items()}
    )
    assert verify.check(bag).valid
    assert verify.check(bags.foreign(tmp_path / "empty", {})).valid


def test_links_and_devices_are_refused_in_any_bag(tmp_path: Path) -> None:
    bag = bags.foreign(tmp_path / "bag", {"a": b"hello\n", "b": b"hello\n"})
    (bag / "data/b").unlink()
    (bag / "data/b").symlink_to("a")
    assert "data/b" in named(verify.check(bag))
    (bag / "data/b").unlink()
    os.mkfifo(bag / "data/b")
    assert "data/b" in named(verify.check(bag))


def test_a_kind_of_sum_nobody_knows_is_not_enough(tmp_path: Path) -> None:
    bag = bags.foreign(tmp_path / "bag")
    (bag / "manifest-crc99.txt").write_text("00  data/hello.txt\n")
    verdict = verify.check(bag)
    assert verdict.valid
    assert "manifest-crc99.txt" in warned(verdict)
    (bag / "manifest-sha256.txt").unlink()
    verdict = verify.check(bag)
    assert [(one.file, "cannot be judged" in str(one.meaning)) for one in verdict.findings] == [
        ("manifest-crc99.txt", True)
    ]


def test_no_data_folder_is_no_bag(tmp_path: Path) -> None:
    bag = bags.foreign(tmp_path / "bag", {})
    (bag / "data").rmdir()
    assert named(verify.check(bag)) == {"data"}


def test_what_systems_leave_behind_is_a_warning_when_listed(tmp_path: Path) -> None:
    bag = bags.foreign(tmp_path / "bag", {".DS_Store": b"x", "a": b"a"})
    verdict = verify.check(bag)
    assert verdict.valid
    assert "data/.DS_Store" in warned(verdict)
