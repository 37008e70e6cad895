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


@pytest.mark.parametrize("name", ["tools/verify.py", "VERIFY.txt", "VERIFY.zh.txt"])
def test_a_verifier_or_text_that_is_not_this_programs_own_is_warned_of_by_name(
    bundle: Path, name: str
) -> None:
    assert verify.check(bundle).warnings == ()
    for other in (b"print('valid')\n", (bundle / name).read_bytes() + b"\n"):
        (bundle / name).write_bytes(other)
        bags.relist_tags(bundle)
        verdict = verify.check(bundle)
        assert verdict.valid
        (warning,) = verdict.warnings
        assert warning.file == name
        assert "Do not rely on what it says" in str(warning.meaning)


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


def test_what_lies_where_time_stamps_come_later_must_be_one(bundle: Path) -> None:
    later = ("tagmanifest-sha256.txt.tsr", "timestamps/002.tsr", "tsa-certs/root.pem")
    for name in later:
        (bundle / name).parent.mkdir(exist_ok=True)
        (bundle / name).write_bytes(b"\x30\x00")
    assert named(verify.check(bundle)) == set(later)
    (bundle / "tagmanifest-sha256.txt.tsr").write_bytes(bytes(1024 * 1024 + 1))
    assert "tagmanifest-sha256.txt.tsr" in named(verify.check(bundle))


def test_rules_of_a_later_version_are_not_guessed(bundle: Path) -> None:
    info = bundle / "bag-info.txt"
    info.write_text(info.read_text().replace("bundle-1.json", "bundle-2.json"))
    bags.relist_tags(bundle)
    verdict = verify.check(bundle)
    assert verdict.ours
    assert named(verdict) == {"bag-info.txt"}


@pytest.mark.parametrize(
    ("other", "meaning"),
    [
        ("PR-2026-0000000-0", "names the case PR-2026-0000000-0, but the log"),
        ("E1", "not written as pirights writes it"),
        (f"{bags.REFERENCE}/1", "not written as pirights writes it"),
    ],
)
def test_a_bundle_that_names_another_case_than_its_log_is_named(
    bundle: Path, other: str, meaning: str
) -> None:
    info = bundle / "bag-info.txt"
    info.write_text(info.read_text().replace(bags.REFERENCE, other))
    bags.relist_tags(bundle)
    verdict = verify.check(bundle)
    assert named(verdict) == {"bag-info.txt"}
    assert meaning in said(verdict, "bag-info.txt")


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


def resealed(bundle: Path, name: str, data: bytes) -> verify.Verdict:
    (bundle / name).write_bytes(data)
    bags.relist(bundle)
    return verify.check(bundle)


def test_every_paper_must_be_there_and_be_a_pdf(bundle: Path) -> None:
    for name in ("00-cover.pdf", "02-exhibits.pdf", "03-timeline.pdf"):
        assert named(resealed(bundle, f"data/{name}", b"")) == {f"data/{name}"}
        (bundle / "data" / name).unlink()
        bags.relist(bundle)
        assert named(verify.check(bundle)) == {f"data/{name}"}
        assert resealed(bundle, f"data/{name}", b"%PDF-1.7").valid


JOURNAL = "data/custody/journal.jsonl"
FIRST = bags.journal_row()


def test_a_journal_with_gaps_between_its_rows_is_valid(bundle: Path) -> None:
    second = bags.journal_row(seq=2, previous=str(FIRST["hash"]))
    later = bags.journal_row(seq=9, previous="77")
    for name, data in bags.custody(FIRST, second, later).items():
        (bundle / "data" / name).write_bytes(data)
    bags.relist(bundle)
    assert verify.check(bundle).valid
    (bundle / JOURNAL).write_bytes(bags.journal(FIRST, second, bags.journal_row(seq=9)))
    bags.relist(bundle)
    assert named(verify.check(bundle)) == {"data/custody/proofs.json"}
    scan = bags.scan_row(FIRST)
    for name, data in bags.custody(FIRST, scan).items():
        (bundle / "data" / name).write_bytes(data)
    assert resealed(bundle, JOURNAL, bags.journal({**FIRST, "payload": None}, scan)).valid


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}\n",
        b'{"at":"forged"}\n',
        b"[" * 100_000,
        b"\xff\n",
        bags.journal(FIRST).replace(b'"seq"', b'"seq": 5, "seq"'),
        bags.journal({**FIRST, "salt": "zz"}),
        bags.journal({**FIRST, "seq": "1"}),
        bags.journal({**FIRST, "kind": "forged"}),
        bags.journal({**FIRST, "payload": "forged"}),
        bags.journal({**FIRST, "payload": "\ud800"}),
        bags.journal({**FIRST, "hash": "0" * 64}),
        bags.journal(FIRST, FIRST),
        bags.journal(FIRST, bags.journal_row(seq=2, previous="99")),
        bags.journal(bags.journal_row(seq=2), bags.journal_row(seq=1)),
    ],
)
def test_a_journal_that_does_not_fit_its_own_sums_is_named(bundle: Path, data: bytes) -> None:
    assert named(resealed(bundle, JOURNAL, data)) == {JOURNAL}


def test_the_journal_is_checked_by_the_vaults_own_form() -> None:
    from pirights.vault import journal

    row = journal.JournalRow(**FIRST)  # type: ignore[arg-type]
    assert journal.hash_of(row) == row.hash
    assert journal.digest_of(row.salt, row.payload or "") == row.digest


def test_our_mark_counts_under_every_declared_version(bundle: Path) -> None:
    (bundle / "bagit.txt").write_text("BagIt-Version: 0.95\nTag-File-Character-Encoding: UTF-8\n")
    (bundle / "tagmanifest-sha256.txt").unlink()
    (bundle / "extra.txt").write_bytes(b"x")
    verdict = verify.check(bundle)
    assert verdict.ours
    assert {"bagit.txt", "tagmanifest-sha256.txt", "extra.txt"} <= named(verdict)


def test_a_bag_stripped_of_its_mark_and_list_warns_of_what_nothing_lists(bundle: Path) -> None:
    info = bundle / "bag-info.txt"
    info.write_text(info.read_text().partition("\n")[2])
    (bundle / "tagmanifest-sha256.txt").unlink()
    verdict = verify.check(bundle)
    assert (verdict.valid, verdict.ours) == (True, False)
    assert {"VERIFY.txt", "sm3sums.txt"} <= {warning.file for warning in verdict.warnings}
