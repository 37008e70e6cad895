"""The attacks on a bundle, judged by our verifier, by the one inside it, and by ordinary tools.

One table: each attack, and what each judge says. A judge that cannot be asked has a dash.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from pirights.evidence import bag, names, verify
from tests import tsa
from tests.evidence import attacks, bags, forgeries
from tests.needs import program

JUDGES: Final = ("ours", "verify.py", "bagit.py", "sha256sum", "openssl")

VALID: Final = frozenset(
    {
        "good",
        "an original withheld",
        "earlier checkpoints, each with its token",
        "an exhibit of several files",
        "certificates beside the time stamp",
        "several files, one withheld",
        "lists with CRLF",
        "lists in UTF-16, declared",
        "zip: good",
    }
)
"""What `bundle verify` must accept; all else it must refuse."""

ONLY_THE_STAMP: Final = frozenset(
    {
        "full rewrite with fresh manifests",
        "token of another bundle",
        "rogue authority with its certificates",
    }
)
"""What nobody sees without the time stamp, not even the verifier inside."""

NOT_INSIDE: Final = frozenset(
    {
        "paper of other rows, identifier forged",
        "later time stamp of something else",
        "zip: two sums of one file",
        "zip: bytes behind packed data",
    }
)
"""What the verifier inside says that it does not check: words of PDFs, time stamps, zip headers."""

FOLDER: Final = {**attacks.FOLDER, **forgeries.FOLDER}
ZIP: Final = {**attacks.ZIP, **forgeries.ZIP}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Keys of a true authority and of a rogue one."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("true", "rogue"):
        tsa.keys(folder / name)
    return folder / "true", folder / "rogue"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory, keys: tuple[Path, Path]) -> Path:
    bundle = bags.build(tmp_path_factory.mktemp("good") / "bag").path
    attacks.stamped(bundle, keys[0])
    return bundle


def answers(path: Path, root: Path) -> tuple[str, ...]:
    """Ask every judge about a bundle: `ok`, `no`, or `-` where it cannot be asked."""
    verdict = verify.check(path, roots=[root.read_bytes()], catalogue_text=bags.words)
    alone = subprocess.run(
        [sys.executable, "-I", bag.VERIFIER, path], check=False, capture_output=True, timeout=60
    )
    said = [verdict.valid, alone.returncode == 0]
    assert alone.returncode in {0, 31}, alone.stderr
    if path.suffix == ".zip":
        return (*map(word, said), "-", "-", "-")
    said.append(passes([sys.executable, "-m", "bagit", "--validate", path.name], path.parent))
    lists = ("tagmanifest-sha256.txt", "manifest-sha256.txt")
    sums = [passes(["sha256sum", "--strict", "-c", name], path) for name in lists]
    return (*map(word, [*said, all(sums), stamp_is_good(path, root)]),)


def word(holds: object) -> str:
    return "ok" if holds else "no"


def passes(command: list[str], folder: Path) -> bool:
    try:
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=10)
    except subprocess.TimeoutExpired:  # it waits at a pipe
        return False
    return done.returncode == 0


def stamp_is_good(bundle: Path, root: Path) -> bool:
    """Ask openssl, as VERIFY.txt says: at the time that the token itself tells."""
    told = subprocess.run(
        ["openssl", "ts", "-reply", "-in", attacks.TOKEN, "-text"],
        cwd=bundle, check=False, capture_output=True, text=True,
    )  # fmt: skip
    found = re.search(r"Time stamp: (.*?)(\.\d+)? (\d{4}) GMT", told.stdout)
    if found is None:
        return False
    moment = datetime.strptime(f"{found[1]} {found[3]}", "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    command = ["openssl", "ts", "-verify", "-data", attacks.ROOT_LIST, "-in", attacks.TOKEN]
    command += ["-CAfile", str(root), "-attime", str(int(moment.timestamp()))]
    return passes(command, bundle)


@pytest.fixture(scope="module")
def matrix(
    tmp_path_factory: pytest.TempPathFactory, good: Path, keys: tuple[Path, Path]
) -> Mapping[str, tuple[str, ...]]:
    """Every attack, and what every judge says of it."""
    found: dict[str, tuple[str, ...]] = {}
    true, rogue = keys
    for name in (*FOLDER, *ZIP):
        bundle = tmp_path_factory.mktemp("attack") / "bag"
        shutil.copytree(good, bundle)
        if name in FOLDER:
            FOLDER[name](bundle, true, rogue)
            found[name] = answers(bundle, true / "root.pem")
        else:
            found[name] = answers(ZIP[name](bundle), true / "root.pem")
    return found


@program("openssl", "sha256sum")
def test_every_attack_is_answered_as_it_must_be(
    matrix: Mapping[str, tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"{'':40}" + "".join(f"{judge:>11}" for judge in JUDGES)]
    lines += [f"{name:40}" + "".join(f"{one:>11}" for one in said) for name, said in matrix.items()]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    judged = {name: dict(zip(JUDGES, said, strict=True)) for name, said in matrix.items()}
    assert {name for name, said in judged.items() if said["ours"] == "ok"} == VALID
    unseen = {name for name, said in judged.items() if said["verify.py"] == "ok"}
    assert unseen == VALID | ONLY_THE_STAMP | NOT_INSIDE
    for name in ONLY_THE_STAMP | {"rogue authority and root from inside"}:
        assert judged[name]["openssl"] == "no"
    assert set(judged["good"].values()) == {"ok"}
    for name in ("full rewrite with fresh manifests", "rogue authority and root from inside"):
        assert judged[name]["bagit.py"] == judged[name]["sha256sum"] == "ok"


@pytest.mark.parametrize(
    "name", sorted({*names.TAG_FILES, *names.PAYLOAD_FILES, attacks.TOKEN, attacks.SHEET})
)
@pytest.mark.parametrize("put", ["pipe", "link", "link to a device"])
def test_what_is_no_file_is_opened_by_no_verifier(tmp_path: Path, name: str, put: str) -> None:
    bundle = bags.build(tmp_path / "bag").path
    (bundle / attacks.TOKEN).touch()
    place = bundle / name
    place.rename(tmp_path / "outside")
    if put == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(tmp_path / "outside" if put == "link" else "/dev/zero")
    verdict = verify.check(bundle)
    assert name in {one.file for one in verdict.findings}
    alone = subprocess.run(
        [sys.executable, "-I", bag.VERIFIER, bundle], check=False, capture_output=True, timeout=30
    )
    assert alone.returncode == 31
    assert f"{name}  no file".encode() in alone.stdout


def test_the_verifier_inside_waits_at_no_pipe_given_as_the_bundle(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    alone = subprocess.run(
        [sys.executable, "-I", bag.VERIFIER, tmp_path / "pipe"],
        check=False, capture_output=True, timeout=30,
    )  # fmt: skip
    assert alone.returncode == 31


def test_the_verifier_inside_is_one_short_file_of_the_standard_library() -> None:
    import ast

    text = bag.VERIFIER.read_text()
    assert len(text.splitlines()) <= 200
    tree = ast.parse(text, feature_version=(3, 8))
    named = {
        module
        for node in ast.walk(tree)
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert {str(module).partition(".")[0] for module in named} <= sys.stdlib_module_names
