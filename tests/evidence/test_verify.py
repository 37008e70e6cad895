"""Our own bundles under attack: the check names the file and says what was done to it."""

import os
import random
import shutil
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pirights.errors import BadInput, NotFound
from pirights.evidence import verify
from tests.evidence import bags


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return bags.build(tmp_path / "bag").path


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bags.build(tmp_path_factory.mktemp("shared") / "bag").path


def named(verdict: verify.Verdict) -> set[str]:
    assert verdict.verdict == ("invalid" if verdict.findings else "valid")
    return {finding.file for finding in verdict.findings}


def said(verdict: verify.Verdict, file: str) -> str:
    return " ".join(str(found.meaning) for found in verdict.findings if found.file == file)


def test_a_good_bundle_is_valid_in_every_form(tmp_path: Path) -> None:
    folder, zipped = bags.build(tmp_path / "bag"), bags.build(tmp_path / "bag.zip")
    for sealed in (folder, zipped):
        for strict in (False, True):
            verdict = verify.check(sealed.path, strict=strict, expected_root=sealed.root_sha256)
            assert verdict == verify.Verdict(
                verdict="valid",
                ours=True,
                findings=(),
                warnings=(),
                root_sha256=sealed.root_sha256,
                files=len(bags.payload()),
                sm3_compared=strict,
            )


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_changed_byte_of_any_file_makes_the_check_name_that_file(
    shared: Path, data: st.DataObject
) -> None:
    files = bags.all_files(shared)
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != files[name][at]))
    changed = bytearray(files[name])
    changed[at] = other
    (shared / name).write_bytes(changed)
    try:
        assert name in named(verify.check(shared))
    finally:
        (shared / name).write_bytes(files[name])


def test_every_single_bit_of_the_root_list_matters(bundle: Path) -> None:
    path = bundle / "tagmanifest-sha256.txt"
    good = path.read_bytes()
    for at in range(len(good)):
        for bit in range(8):
            changed = bytearray(good)
            changed[at] ^= 1 << bit
            path.write_bytes(changed)
            assert path.name in named(verify.check(bundle)), (at, bit)


def test_any_changed_byte_of_a_zip_is_seen(tmp_path: Path) -> None:
    path = bags.build(tmp_path / "bag.zip").path
    good = path.read_bytes()
    chance = random.Random(8493)  # noqa: S311
    times_and_makers = 0
    for at in chance.sample(range(len(good)), 400):
        changed = bytearray(good)
        changed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        verdict = verify.check(path)
        if verdict.valid:  # a time, a version or an attribute in the zip's own headers
            times_and_makers += 1
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
            assert verdict.files == len(bags.payload())
    assert times_and_makers < 60


@pytest.mark.parametrize(
    ("attack", "file"),
    [
        (lambda bag: (bag / "data/extra.txt").write_bytes(b"x"), "data/extra.txt"),
        (lambda bag: (bag / "notes.txt").write_bytes(b"x"), "notes.txt"),
        (lambda bag: (bag / "timestamps").mkdir() or (bag / "timestamps/x.sh").write_bytes(b""),
         "timestamps/x.sh"),
        (lambda bag: (bag / "manifest-md5.txt").write_bytes(b""), "manifest-md5.txt"),
        (lambda bag: (bag / "data/00-cover.pdf").unlink(), "data/00-cover.pdf"),
        (lambda bag: (bag / "VERIFY.txt").unlink(), "VERIFY.txt"),
        (lambda bag: (bag / "bag-info.txt").unlink(), "bag-info.txt"),
        (lambda bag: (bag / "bagit.txt").unlink(), "bagit.txt"),
        (lambda bag: (bag / "manifest-sha256.txt").unlink(), "manifest-sha256.txt"),
        (lambda bag: (bag / "sm3sums.txt").unlink(), "sm3sums.txt"),
        (lambda bag: (bag / "tagmanifest-sha256.txt").unlink(), "tagmanifest-sha256.txt"),
        (lambda bag: (bag / "data/00-cover.pdf").rename(bag / "data/00-cave.pdf"),
         "data/00-cave.pdf"),
        (lambda bag: (bag / "data/00-cover.pdf").rename(bag / "data/00-cave.pdf"),
         "data/00-cover.pdf"),
        (lambda bag: (bag / "data/00-cover.pdf").write_bytes(b""), "data/00-cover.pdf"),
        (lambda bag: (bag / "data/empty").mkdir(), "data/empty"),
        (lambda bag: (bag / "fetch.txt").write_bytes(b""), "fetch.txt"),
        (lambda bag: (bag / "data/EXHIBITS").mkdir()
         or (bag / "data/EXHIBITS/x").write_bytes(b""), "data/EXHIBITS/x"),
    ],
)  # fmt: skip
def test_what_was_added_taken_away_or_renamed_is_named(
    bundle: Path, attack: Callable[[Path], object], file: str
) -> None:
    attack(bundle)
    assert file in named(verify.check(bundle))


def link_a_file(bag: Path) -> None:
    (bag / "data/00-cover.pdf").rename(bag.parent / "outside")
    (bag / "data/00-cover.pdf").symlink_to(bag.parent / "outside")


def link_a_folder(bag: Path) -> None:
    (bag / "data/exhibits").rename(bag.parent / "outside")
    (bag / "data/exhibits").symlink_to(bag.parent / "outside")


def put_a_pipe(bag: Path) -> None:
    (bag / "data/00-cover.pdf").unlink()
    os.mkfifo(bag / "data/00-cover.pdf")


def put_a_socket(bag: Path) -> None:
    (bag / "data/00-cover.pdf").unlink()
    here = Path.cwd()
    os.chdir(bag / "data")  # a socket's path may have a hundred characters only
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("00-cover.pdf")
    finally:
        os.chdir(here)


@pytest.mark.parametrize(
    ("attack", "file"),
    [
        (link_a_file, "data/00-cover.pdf"),
        (link_a_folder, "data/exhibits"),
        (put_a_pipe, "data/00-cover.pdf"),
        (put_a_socket, "data/00-cover.pdf"),
    ],
)
def test_links_and_devices_are_named_and_never_opened(
    bundle: Path, attack: Callable[[Path], None], file: str
) -> None:
    attack(bundle)
    verdict = verify.check(bundle)
    assert file in named(verdict)
    assert "link" in said(verdict, file) or "pipe" in said(verdict, file)


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", "tagmanifest-sha256.txt"])
def test_a_pipe_in_a_tag_files_place_does_not_hang_the_check(bundle: Path, name: str) -> None:
    (bundle / name).unlink()
    os.mkfifo(bundle / name)
    assert name in named(verify.check(bundle))


def test_a_full_rewrite_is_seen_only_against_the_root_kept_elsewhere(bundle: Path) -> None:
    root = verify.check(bundle).root_sha256
    (bundle / "data/00-cover.pdf").write_bytes(b"%PDF-1.7 another cover")
    bags.relist(bundle)
    rewritten = verify.check(bundle, strict=True)
    assert rewritten.findings == ()
    assert rewritten.root_sha256 != root
    assert named(verify.check(bundle, expected_root=root)) == {"tagmanifest-sha256.txt"}


def test_the_expected_root_is_read_forgivingly_and_checked(bundle: Path) -> None:
    root = verify.check(bundle).root_sha256
    assert root is not None
    spaced = " ".join(root[at : at + 8].upper() for at in range(0, 64, 8))
    assert verify.check(bundle, expected_root=spaced).valid
    with pytest.raises(BadInput):
        verify.check(bundle, expected_root=root[:-1])


def test_a_dropped_list_of_tag_files_is_seen_against_the_root_too(bundle: Path) -> None:
    root = verify.check(bundle).root_sha256
    (bundle / "tagmanifest-sha256.txt").unlink()
    (bundle / "bag-info.txt").unlink()
    stripped = verify.check(bundle)
    assert not stripped.ours
    assert "bag-info.txt" in {warning.file for warning in stripped.warnings}
    assert named(verify.check(bundle, expected_root=root)) == {"tagmanifest-sha256.txt"}
    assert "tagmanifest-sha256.txt" in named(verify.check(bundle, strict=True))


def test_a_file_name_that_steers_the_terminal_is_shown_escaped(bundle: Path) -> None:
    (bundle / "data/a\x1b[2Jb\u202e").write_bytes(b"")
    os.close(os.open(os.fsencode(bundle) + b"/data/\xff", os.O_CREAT | os.O_WRONLY))
    files = named(verify.check(bundle))
    assert "data/a\\x1b[2Jb\\u202e" in files
    assert all(name.isprintable() and name.encode() for name in files)


def test_nothing_or_no_bag_at_the_path_is_no_verdict(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    os.mkfifo(tmp_path / "pipe")
    for missing in ("nowhere", "letter.pdf/inside"):
        with pytest.raises(NotFound):
            verify.check(tmp_path / missing)
    for other in ("letter.pdf", "pipe"):
        with pytest.raises(BadInput):
            verify.check(tmp_path / other)


def test_an_empty_folder_is_no_bag(tmp_path: Path) -> None:
    assert {"bagit.txt", "data"} <= named(verify.check(tmp_path))


def test_a_case_copied_to_another_place_is_still_valid(bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(bundle, tmp_path / "elsewhere" / "renamed")
    assert verify.check(tmp_path / "elsewhere" / "renamed", strict=True).valid


def test_a_broken_bag_does_not_fill_the_memory_with_findings(bundle: Path) -> None:
    path = bundle / "manifest-sha256.txt"
    path.write_text("".join(f"{'0' * 64}  data/f{number}\n" for number in range(20_000)))
    assert len(verify.check(bundle).findings) < 3_000


def test_a_list_made_to_cost_time_or_memory_is_soon_refused(bundle: Path) -> None:
    for name, more, word in (
        ("bag-info.txt", " a\n" * 3_000_000, "too large"),
        ("bag-info.txt", " a\n" * 340_000, "changed"),
        ("bag-info.txt", "\n" * 1_000_000, "changed"),
        ("manifest-sha256.txt", f"{'0' * 64}  data/{chr(27) * 20_000_000}\n", "4096"),
        ("manifest-sha256.txt", "\n" * 20_000_000, "too large"),
    ):
        good = (bundle / name).read_bytes()
        (bundle / name).write_bytes(good + more.encode())
        begun = time.monotonic()
        verdict = verify.check(bundle)
        assert time.monotonic() - begun < 6
        (bundle / name).write_bytes(good)
        assert word in said(verdict, name)
        assert all(len(str(found.meaning)) < 5_000 for found in verdict.findings)
