"""The time stamps of a bundle are a chain: what breaks it is found, what is genuine stays good."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pirights.evidence import bag, stamp_rules, timestamp, verify
from pirights.evidence.findings import Verdict
from tests import sm2, tsa
from tests.evidence import bags
from tests.needs import program

pytestmark = program("openssl")

FIRST = stamp_rules.FIRST


class Bench:
    """A stamped bundle, and two authorities."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        tsa.keys(folder / "ours")
        tsa.keys(folder / "rogue")
        self.root = (folder / "ours/root.pem").read_bytes()
        self.rogue_root = (folder / "rogue/root.pem").read_bytes()
        self.bundle = self.sealed("bundle", "ours")
        for number in (2, 3):
            self.add(self.bundle, number, "ours")

    def stamp(self, data: bytes, whose: str) -> bytes:
        digest = hashlib.sha256(data).digest()
        return tsa.reply(self.folder / whose, timestamp.request(digest, number=1))

    def sealed(self, name: str, whose: str, *, reference: str = bags.REFERENCE) -> Path:
        def attest(root_list: bytes) -> Mapping[str, bytes]:
            return stamp_rules.files(1, self.stamp(root_list, whose))

        return bag.write(
            self.folder / name,
            bags.entries(bags.payload()),
            reference=reference,
            bagged_on=bags.DAY,
            attest=attest,
        ).path

    def add(self, bundle: Path, number: int, whose: str) -> None:
        names = ["tagmanifest-sha256.txt", *map(stamp_rules.name_of, range(1, number))]
        covered = b"".join((bundle / name).read_bytes() for name in names)
        for name, data in stamp_rules.files(number, self.stamp(covered, whose)).items():
            (bundle / name).parent.mkdir(exist_ok=True)
            (bundle / name).write_bytes(data)

    def check(self, bundle: Path, *roots: bytes) -> Verdict:
        return verify.check(bundle, roots=roots, now=datetime(2036, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


def test_a_chain_of_three_is_valid_and_tells_each_time(bench: Bench) -> None:
    verdict = bench.check(bench.bundle, bench.root)
    assert (verdict.valid, verdict.stamped, verdict.findings) == (True, True, ())
    assert [stamp.status for stamp in verdict.stamps] == ["valid"] * 3
    names = [FIRST, "timestamps/002.tsr", "timestamps/003.tsr"]
    assert [stamp.file for stamp in verdict.stamps] == names
    assert {stamp.authority for stamp in verdict.stamps} == {"Test TSA"}


def test_an_expired_authority_is_told_and_changes_nothing(bench: Bench) -> None:
    verdict = bench.check(bench.bundle, bench.root)
    assert {one.file for one in verdict.warnings} == {stamp.file for stamp in verdict.stamps}
    assert all("expired on" in str(one.meaning) for one in verdict.warnings)
    assert verify.check(bench.bundle, roots=[bench.root]).warnings == ()


def test_a_clock_that_lies_before_the_time_stamp_is_told_and_changes_nothing(
    bench: Bench,
) -> None:
    verdict = verify.check(bench.bundle, roots=[bench.root], now=datetime(2020, 1, 1, tzinfo=UTC))
    assert (verdict.valid, verdict.stamped) == (True, True)
    assert {one.file for one in verdict.warnings} == {stamp.file for stamp in verdict.stamps}
    assert all("clock of this computer lies before" in str(one.meaning) for one in verdict.warnings)


def test_without_roots_the_bundle_is_valid_and_no_time_is_claimed(bench: Bench) -> None:
    verdict = bench.check(bench.bundle)
    assert (verdict.valid, verdict.stamped) == (True, False)
    assert all("proves nothing yet" in str(one.meaning) for one in verdict.warnings)
    assert len(verdict.warnings) == 3


def test_a_zip_is_judged_like_a_folder(bench: Bench) -> None:
    verdict = bench.check(bench.sealed("bundle.zip", "ours"), bench.root)
    assert (verdict.valid, verdict.stamped, verdict.findings) == (True, True, ())


def _replace(name: str, source: Callable[[Bench], bytes]) -> Callable[[Bench, Path], None]:
    def attack(bench: Bench, bundle: Path) -> None:
        (bundle / name).write_bytes(source(bench))

    return attack


def _rewritten(bench: Bench, bundle: Path) -> None:
    del bench
    (bundle / "data/exhibits/E001/original.jpg").write_bytes(b"another photo")
    bags.relist(bundle)


def _tagmanifest_and_token_dropped(bench: Bench, bundle: Path) -> None:
    del bench
    (bundle / "tagmanifest-sha256.txt").unlink()
    (bundle / FIRST).unlink()


def _rogue_root_beside(bench: Bench, bundle: Path) -> None:
    shutil.rmtree(bundle)
    shutil.copytree(bench.sealed(f"{bundle.parent.name}-1", "rogue"), bundle)
    (bundle / "tsa-certs/root.pem").write_bytes(bench.rogue_root)


def _rogue(bench: Bench, bundle: Path) -> None:
    shutil.rmtree(bundle)
    shutil.copytree(bench.sealed(f"{bundle.parent.name}-2", "rogue"), bundle)


ATTACKS: Mapping[str, tuple[Callable[[Bench, Path], object], set[str]]] = {
    "last octets of the token": (
        lambda _, bundle: (bundle / FIRST).write_bytes(
            (bundle / FIRST).read_bytes()[:-3] + b"\0\0\0"
        ),
        {FIRST},
    ),
    "token cut off": (
        lambda _, bundle: (bundle / FIRST).write_bytes((bundle / FIRST).read_bytes()[:-1]),
        {FIRST},
    ),
    "token of another bundle": (
        _replace(
            FIRST,
            lambda bench: (bench.sealed("other", "ours", reference="another") / FIRST).read_bytes(),
        ),
        {FIRST},
    ),
    "rogue authority": (_rogue, {FIRST}),
    "rogue authority, its root inside": (_rogue_root_beside, {FIRST, "tsa-certs/root.pem"}),
    "rogue authority in the middle": (
        lambda bench, bundle: bench.add(bundle, 2, "rogue"),
        {"timestamps/002.tsr", "timestamps/003.tsr"},
    ),
    "full rewrite with fresh lists": (_rewritten, {FIRST}),
    "tagmanifest and token dropped": (
        _tagmanifest_and_token_dropped,
        {"tagmanifest-sha256.txt"},
    ),
    "first token dropped": (lambda _, bundle: (bundle / FIRST).unlink(), {"timestamps/002.tsr"}),
    "second token dropped": (
        lambda _, bundle: (bundle / "timestamps/002.tsr").unlink(),
        {"timestamps/003.tsr"},
    ),
    "two tokens exchanged": (
        lambda _, bundle: shutil.copy(bundle / "timestamps/003.tsr", bundle / "timestamps/002.tsr"),
        {"timestamps/002.tsr"},
    ),
    "certificates exchanged": (
        _replace("tsa-certs/001.pem", lambda bench: bench.rogue_root),
        {"tsa-certs/001.pem"},
    ),
    "certificate added": (
        _replace("tsa-certs/004.pem", lambda bench: bench.root),
        {"tsa-certs/004.pem"},
    ),
    "token as large as a disk": (
        _replace(FIRST, lambda _: bytes(2**20 + 1)),
        {FIRST},
    ),
    "a web page for a token": (_replace(FIRST, lambda _: b"<html></html>"), {FIRST}),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_found_at_the_file(bench: Bench, tmp_path: Path, name: str) -> None:
    attack, files = ATTACKS[name]
    bundle = Path(shutil.copytree(bench.bundle, tmp_path / "attacked"))
    attack(bench, bundle)
    verdict = bench.check(bundle, bench.root)
    assert not verdict.valid
    assert files <= {finding.file for finding in verdict.findings}


def test_one_authority_that_is_vouched_for_is_enough_whichever_it_is(
    bench: Bench, tmp_path: Path
) -> None:
    bundle = bench.sealed(f"{tmp_path.name}-two", "ours")
    bench.add(bundle, 2, "rogue")
    roots = {FIRST: bench.root, "timestamps/002.tsr": bench.rogue_root}
    for file, root in roots.items():
        verdict = bench.check(bundle, root)
        assert (verdict.valid, verdict.stamped, verdict.findings) == (True, True, ())
        assert [one.file for one in verdict.stamps if one.status == "valid"] == [file]
        (other,) = [one for one in verdict.stamps if one.status != "valid"]
        assert other.status == "unverified"
        (warning,) = [one for one in verdict.warnings if one.file == other.file]
        assert "not verified with the root certificates given" in str(warning.meaning)
        assert "Test TSA" in str(warning.meaning)
    both = bench.check(bundle, *roots.values())
    assert [one.status for one in both.stamps] == ["valid", "valid"]
    tsa.keys(tmp_path / "third")
    neither = bench.check(bundle, (tmp_path / "third/root.pem").read_bytes())
    assert not neither.valid
    assert [one.status for one in neither.stamps] == ["wrong", "wrong"]


def test_one_vouched_for_excuses_no_other_that_is_not_sound(bench: Bench, tmp_path: Path) -> None:
    bundle = Path(shutil.copytree(bench.bundle, tmp_path / "bundle"))
    (bundle / "timestamps/003.tsr").unlink()
    (bundle / "tsa-certs/003.pem").unlink()
    bench.add(bundle, 3, "rogue")
    assert bench.check(bundle, bench.root).valid
    last = bundle / "timestamps/003.tsr"
    last.write_bytes(last.read_bytes()[:-3] + b"\0\0\0")
    assert not bench.check(bundle, bench.root).valid
    bench.add(bundle, 3, "rogue")
    bench.add(bundle, 2, "rogue")
    assert not bench.check(bundle, bench.root).valid


def test_a_chain_with_a_gap_excuses_nobody(bench: Bench, tmp_path: Path) -> None:
    bundle = bench.sealed(f"{tmp_path.name}-gap", "rogue")
    bench.add(bundle, 2, "ours")
    assert [one.status for one in bench.check(bundle, bench.root).stamps] == ["unverified", "valid"]
    shutil.copy(bundle / "timestamps/002.tsr", bundle / "timestamps/004.tsr")
    verdict = bench.check(bundle, bench.root)
    assert not verdict.valid
    assert [one.status for one in verdict.stamps] == ["wrong", "valid"]


def test_a_rogue_authority_is_never_valid_without_roots_either(
    bench: Bench, tmp_path: Path
) -> None:
    bundle = tmp_path / "rogue"
    bundle.mkdir()
    _rogue(bench, bundle)
    assert not bench.check(bundle).stamped
    _rogue_root_beside(bench, bundle)
    assert not bench.check(bundle).valid


def test_a_token_signed_with_sm2_is_kept_and_never_valid(bench: Bench, tmp_path: Path) -> None:
    bundle = bags.build(tmp_path / "bag").path
    covered = (bundle / "tagmanifest-sha256.txt").read_bytes()
    (bundle / FIRST).write_bytes(sm2.token(tmp_path, covered))
    verdict = bench.check(bundle, bench.root)
    assert (verdict.valid, verdict.stamped) == (True, False)
    (warning,) = verdict.warnings
    assert "SM2: kept, not verified by this program" in str(warning.meaning)
    (bundle / FIRST).write_bytes(sm2.token(tmp_path, covered + b"x"))
    assert not bench.check(bundle, bench.root).valid
