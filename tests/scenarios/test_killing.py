"""Killed at any moment, and two at once: what was acknowledged is there, and the vault is whole."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.program import surroundings
from tests.scenarios.stage import PASSPHRASE, Stage
from tests.vault.killing import moments

LOOP = r"""
import os, subprocess, sys
number = 0
while True:
    number += 1
    name = f"photo-{os.getpid()}-{number}.bin"
    content = os.urandom(200_000)
    with open(name, "wb") as file:
        file.write(content)
    subprocess.run(
        [sys.executable, "-m", "pirights", "log", "add", "--json", "--at", "2026-11-20 18:05",
         "--place", name, "--venue", "shop", "--attach", name],
    )
"""
"""A person who logs scans without end; the acknowledgements of the program go to stdout."""

AT_ONCE = r"""
import sys
from pathlib import Path
from pirights.cli.boundary import run
from pirights.cli.frame import program
from pirights.cli.main import CONTENTS
for name in sys.stdin.read().split():
    words = ["log", "add", "--json", "--at", "2026-11-20 18:05", "--place", name]
    words += ["--venue", "shop", "--attach", name]
    code = run(program(CONTENTS), words, out=sys.stdout.buffer, err=sys.stderr.buffer)
    assert code == 0, code
"""
"""The same acts in one process, so that more of the time is spent in the vault."""


def started(stage: Stage, code: str) -> "subprocess.Popen[bytes]":
    secret = stage.file("passphrase", PASSPHRASE.encode())
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=surroundings(
            stage.home, PIRIGHTS_VAULT=str(stage.vault), PIRIGHTS_PASSPHRASE_FILE=secret
        ),
        cwd=stage.home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def acknowledged(said: bytes) -> list[dict[str, str]]:
    """What the whole lines say: the label, the place and the digest of the file."""
    whole = said[: said.rfind(b"\n") + 1].decode().splitlines()
    found = [json.loads(line)["data"] for line in whole]
    return [
        {"id": one["id"], "place": one["place"], "sha256": one["attachments"][0]["sha256"]}
        for one in found
    ]


def assert_kept(stage: Stage, entries: list[dict[str, str]]) -> None:
    """Every acknowledged entry is in the vault, with the octets of its file."""
    assert stage.data("vault", "check") == {"clean": True, "findings": []}
    places = {one["id"]: one["place"] for one in stage.data("log", "list")["encounters"]}
    for one in entries:
        assert places[one["id"]] == one["place"]
        digest = hashlib.sha256((stage.home / one["place"]).read_bytes()).hexdigest()
        assert one["sha256"] == digest


def test_killed_in_a_loop_of_log_add_it_keeps_every_acknowledged_entry(stage: Stage) -> None:
    entries: list[dict[str, str]] = []
    for after in moments(5, 1.7):
        child = started(stage, LOOP)
        time.sleep(0.9 + after)
        os.killpg(child.pid, signal.SIGKILL)
        said, _ = child.communicate()
        entries += acknowledged(said)
        assert_kept(stage, entries)
    assert entries
    kept = stage.data("log", "list")["total"]
    assert len(entries) <= kept <= len(entries) + 5


def test_killed_in_the_midst_of_writing_it_keeps_every_acknowledged_entry(stage: Stage) -> None:
    entries: list[dict[str, str]] = []
    for turn, after in enumerate(moments(6, 1.3)):
        names = [f"{turn}-{number}.bin" for number in range(200)]
        for name in names:
            stage.file(name, name.encode() * 30_000)
        child = started(stage, AT_ONCE)
        assert child.stdin is not None
        child.stdin.write(" ".join(names).encode())
        child.stdin.close()
        child.stdin = None
        time.sleep(0.7 + after)
        os.killpg(child.pid, signal.SIGKILL)
        said, _ = child.communicate()
        entries += acknowledged(said)
    assert_kept(stage, entries)
    assert len(entries) > 6

    handler = str(stage.data("handler", "add", "--name", "某公司")["id"])
    last = entries[-1]
    stage.run("log", "edit", last["id"], "--handler", handler)
    ref = stage.data("request", "new", "--handler", handler, "--right", "copy")["ref"]
    stage.run("bundle", "build", ref, "--out", str(stage.home / "bundle"))
    digests = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (stage.home / "bundle" / "data").rglob("original*")
    }
    assert last["sha256"] in digests


def test_killed_while_a_bundle_is_built_it_leaves_no_bundle_that_looks_whole(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    stage.run("log", "attach", "E1", stage.file("big.bin", os.urandom(30_000_000)))
    for turn, after in enumerate(moments(4, 1.2)):
        out = stage.home / f"bundle-{turn}"
        child = stage.start("bundle", "build", ref, "--out", str(out), stdout=subprocess.DEVNULL)
        time.sleep(0.4 + after)
        child.kill()
        if child.wait() == 0 or out.exists():
            assert stage.data("bundle", "verify", str(out))["verdict"] == "valid"
    assert stage.data("vault", "check")["clean"] is True
    stage.run("bundle", "build", ref, "--out", str(stage.home / "at last"))


def test_two_programs_write_at_once_and_both_are_kept(stage: Stage) -> None:
    photo = stage.file("photo.bin", os.urandom(3_000_000))
    words = ("log", "add", "--json", "--at", "2026-11-20 18:05", "--venue", "shop")
    children = [
        stage.start(
            *words,
            "--place",
            f"门{number}",
            "--attach",
            photo,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(5)
    ]
    ids = set()
    for child in children:
        out, err = child.communicate()
        assert child.returncode == 0, err.decode()
        ids.add(json.loads(out)["data"]["id"])
    assert ids == {"E1", "E2", "E3", "E4", "E5"}
    assert stage.data("vault", "check")["clean"] is True


def test_two_that_make_the_same_vault_at_once_make_one(tmp_path: Path) -> None:
    stage = Stage(home=tmp_path, vault=tmp_path / "vault")
    children = [
        stage.start("init", "--no-keyring", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(3)
    ]
    codes = sorted(child.wait() for child in children)
    assert codes == [0, 11, 11]
    assert stage.data("vault", "check")["clean"] is True
