"""What only our own bundles must be: the rules of the profile that `bag-info.txt` names."""

import hashlib
from pathlib import Path

import pytest

from pirights.evidence import verify
from tests.evidence import bags


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return bags.build(tmp_path / "bag").path


def named(verdict: verify.Verdict) -> set[str]:
    return {finding.file for finding in verdict.findings}


def said(verdict: verify.Verdict, file: str) -> str:
    return " ".join(str(found.meaning) for found in verdict.findings if found.file == file)


def test_a_stale_sm3_sum_is_named_under_strict(bundle: Path) -> None:
    path = bundle / "sm3sums.txt"
    path.write_bytes(b"0" * 64 + path.read_bytes()[64:])
    bags.relist_tags(bundle)
    assert verify.check(bundle).valid
    assert named(verify.check(bundle, strict=True)) == {"data/00-cover.pdf"}


def test_sm3_sums_that_leave_a_file_out_are_named(bundle: Path) -> None:
    path = bundle / "sm3sums.txt"
    path.write_bytes(path.read_bytes().partition(b"\n")[2])
    bags.relist_tags(bundle)
    assert named(verify.check(bundle)) == {"sm3sums.txt"}


def test_weak_sums_alone_do_not_do_for_a_bundle(bundle: Path) -> None:
    files = bags.all_files(bundle)
    (bundle / "manifest-sha256.txt").unlink()
    (bundle / "manifest-md5.txt").write_text(
        "".join(
            f"{hashlib.md5(data).hexdigest()}  {name}\n"  # noqa: S324
            for name, data in files.items()
            if name.startswith("data/")
        )
    )
    bags.relist_tags(bundle)
    verdict = verify.check(bundle)
    assert {"manifest-md5.txt", "manifest-sha256.txt"} <= named(verdict)
    assert "weak" in said(verdict, "manifest-md5.txt")


def test_line_ends_of_windows_are_allowed_and_mixed_ones_are_not(bundle: Path) -> None:
    bags.relist(bundle, like=lambda text: text.replace("\n", "\r\n").encode())
    verdict = verify.check(bundle)
    assert verdict.findings == ()
    assert "manifest-sha256.txt" in {warning.file for warning in verdict.warnings}
    path = bundle / "tagmanifest-sha256.txt"
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n", 1))
    assert named(verify.check(bundle)) == {"tagmanifest-sha256.txt"}


def test_a_byte_order_mark_in_utf8_is_named(bundle: Path) -> None:
    bags.relist(bundle, like=lambda text: text.encode("utf-8-sig"))
    assert {"manifest-sha256.txt", "tagmanifest-sha256.txt"} <= named(verify.check(bundle))


def test_lists_in_utf16_are_allowed_where_declared(bundle: Path) -> None:
    for name in ("bag-info.txt", "bagit.txt"):
        text = (bundle / name).read_text()
        if name == "bagit.txt":
            (bundle / name).write_text(text.replace("UTF-8", "UTF-16"))
    bags.relist(bundle, like=lambda text: text.encode("utf-16"))
    assert verify.check(bundle, strict=True).findings == ()
    (bundle / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    assert "tagmanifest-sha256.txt" in named(verify.check(bundle))


def test_time_stamps_that_came_later_are_tolerated(bundle: Path) -> None:
    for name in ("tagmanifest-sha256.txt.tsr", "timestamps/002.tsr", "tsa-certs/root.pem"):
        (bundle / name).parent.mkdir(exist_ok=True)
        (bundle / name).write_bytes(b"\x30\x00")
    verdict = verify.check(bundle, strict=True)
    assert verdict.findings == ()
    assert len(verdict.warnings) == 3
    (bundle / "data/custody").mkdir()
    (bundle / "data/custody/proofs.json").write_bytes(b"{}")
    bags.relist(bundle)
    (bundle / "tagmanifest-sha256.txt").write_bytes(
        b"".join(
            line
            for line in (bundle / "tagmanifest-sha256.txt").read_bytes().splitlines(keepends=True)
            if b".tsr" not in line and b".pem" not in line
        )
    )
    assert verify.check(bundle).valid


def test_rules_of_a_later_version_are_not_guessed(bundle: Path) -> None:
    info = bundle / "bag-info.txt"
    info.write_text(info.read_text().replace("bundle-1.json", "bundle-2.json"))
    bags.relist_tags(bundle)
    verdict = verify.check(bundle)
    assert verdict.ours
    assert named(verdict) == {"bag-info.txt"}


def test_an_older_draft_or_a_missing_count_is_named(bundle: Path) -> None:
    declaration = bundle / "bagit.txt"
    declaration.write_text(declaration.read_text().replace("1.0", "0.97"))
    info = bundle / "bag-info.txt"
    info.write_text(info.read_text().partition("Payload-Oxum")[0])
    bags.relist_tags(bundle)
    assert named(verify.check(bundle)) == {"bagit.txt", "bag-info.txt"}


def test_a_name_we_would_not_make_is_named(bundle: Path) -> None:
    (bundle / "data/Photo of the gate.jpg").write_bytes(b"x")
    bags.relist(bundle)
    assert named(verify.check(bundle)) == {"data/Photo of the gate.jpg"}
