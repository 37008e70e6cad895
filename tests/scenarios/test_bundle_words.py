"""What the verdict on a bundle says of what it did not look at, in words and as data."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.evidence import bags
from tests.scenarios.stage import Stage

TOLD = "cksum -a sm3 --strict -c sm3sums.txt"


@pytest.fixture
def altered(tmp_path: Path) -> tuple[Stage, Path]:
    """A bundle whose first SM3 sum is wrong, with all lists written anew.

    Its catalogue's paper is none, so that the whole program never calls it valid.
    """
    bundle = bags.build(tmp_path / "bundle").path
    path = bundle / "sm3sums.txt"
    path.write_text("0" * 64 + path.read_text()[64:])
    bags.relist_tags(bundle)
    return Stage(home=tmp_path, vault=tmp_path / "vault", inside=True), bundle


def test_sums_that_were_not_compared_are_said_not_to_be(altered: tuple[Stage, Path]) -> None:
    home, bundle = altered
    for language, words in (("en", "were not compared: --strict"), ("zh", "未比对 sm3sums.txt")):
        said = home.run("bundle", "verify", str(bundle), "--lang", language, code=31).out
        assert words in said
        assert TOLD in said
    assert home.data("bundle", "verify", str(bundle), code=31)["sm3_compared"] is False
    alone = subprocess.run(
        [sys.executable, "-I", bundle / "tools/verify.py"], check=True, capture_output=True
    )
    assert TOLD in alone.stdout.decode()


def test_a_foreign_bag_without_a_root_is_not_to_be_compared_with_one(tmp_path: Path) -> None:
    (tmp_path / "bag/data").mkdir(parents=True)
    (tmp_path / "bag/bagit.txt").write_text(
        "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
    )
    (tmp_path / "bag/data/a.txt").write_text("a")
    digest = hashlib.sha256(b"a").hexdigest()
    (tmp_path / "bag/manifest-sha256.txt").write_text(f"{digest}  data/a.txt\n")
    home = Stage(home=tmp_path, vault=tmp_path / "vault", inside=True)
    said = home.run("bundle", "verify", "bag", "--lang", "en", code=0).out
    assert "BagIt" in said
    assert "Compare the root" not in said


def test_sums_that_were_compared_are_not_said_to_be_left_out(altered: tuple[Stage, Path]) -> None:
    home, bundle = altered
    ended = home.data("bundle", "verify", str(bundle), "--strict", code=31)
    assert ended["sm3_compared"] is True
    assert "data/00-cover.pdf" in {one["file"] for one in ended["findings"]}
    said = home.run("bundle", "verify", str(bundle), "--strict", "--lang", "en", code=31).out
    assert TOLD not in said
