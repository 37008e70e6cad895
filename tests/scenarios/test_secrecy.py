"""No plaintext of any entry is ever on the disk but where the user asked for a paper."""

import ctypes
import os
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.stage import PASSPHRASE, Stage

WORDS = {
    "person": "郭秘密秘密",
    "phone": "13912345678",
    "address": "杭州市秘密路999号",
    "identity": "110101199003070038",
    "handler": "云栖秘密野趣乐园有限公司",
    "place": "秘密东门刷脸闸机",
    "note": "PLAINTEXT-IN-A-NOTE 被要求刷脸",
    "purpose": "秘密核验目的",
    "clue": "年卡号 7701-SECRET",
    "remark": "SECRET-REMARK 打过电话",
    "reply": "SECRET-REPLY 我们不予答复",
    "file": "PLAINTEXT-IN-A-FILE",
    "name of a file": "SECRET-NAME-OF-A-FILE",
    "passphrase": PASSPHRASE,
}
_IN_CREATE, _IN_MOVED_TO, _IN_MODIFY = 0x100, 0x80, 0x2


def needles() -> Iterator[tuple[str, bytes]]:
    for kind, word in WORDS.items():
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            yield f"{kind} as {encoding}", word.encode(encoding)
        yield f"{kind} as JSON", word.encode("ascii", "backslashreplace")


def assert_hidden(data: bytes, where: object) -> None:
    for what, needle in needles():
        assert needle not in data, f"{what} in {where}"


class Watch:
    """Notes every file that is made or written in a folder, however short it lives (inotify)."""

    def __init__(self, folder: Path) -> None:
        system = ctypes.CDLL(None, use_errno=True)
        self._descriptor = system.inotify_init1(os.O_NONBLOCK)
        mask = _IN_CREATE | _IN_MOVED_TO | _IN_MODIFY
        assert system.inotify_add_watch(self._descriptor, os.fsencode(folder), mask) >= 0

    def seen(self) -> set[str]:
        found = set[str]()
        while True:
            try:
                data = os.read(self._descriptor, 65536)
            except BlockingIOError:
                return found
            while data:
                length = struct.unpack_from("iIII", data)[3]
                found.add(os.fsdecode(data[16 : 16 + length].rstrip(b"\0")))
                data = data[16 + length :]

    def close(self) -> None:
        os.close(self._descriptor)


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def secret(stage: Stage, temporary: Path) -> tuple[Stage, str]:
    """A case with secrets in every field, told to a program whose temporary folder is its own."""
    stage = stage.outside.having(TMPDIR=str(temporary))
    said = []

    def run(*words: str) -> str:
        ended = stage.run(*words, "--json")
        said.append(ended.err)
        return str(ended.json().get("ref"))

    who = ("--name", WORDS["person"], "--phone", WORDS["phone"], "--address", WORDS["address"])
    run("person", "edit", "P1", *who, "--id-number", WORDS["identity"])
    run("handler", "add", "--name", WORDS["handler"])
    file = stage.file(f"{WORDS['name of a file']}.txt", (WORDS["file"] * 3_000).encode())
    where = ("--at", "2026-11-20 18:05", "--venue", "shop", "--place", WORDS["place"])
    more = ("--note", WORDS["note"], "--purpose", WORDS["purpose"], "--handler", "H1")
    run("log", "add", *where, *more, "--attach", file)
    asked = ("--handler", "H1", "--right", "copy", "--letters", "zh-en")
    ref = run("request", "new", *asked, "--identify-by", WORDS["clue"])
    run("case", "note", ref, WORDS["remark"])
    run("sent", ref, "--channel", "ems", "--proof", file)
    run("reply", "add", ref, stage.file("reply.txt", WORDS["reply"].encode()))
    run("log", "search", WORDS["place"])
    assert_hidden("".join(said).encode(), "stderr")
    return stage, ref


def test_no_entry_is_readable_in_the_vault_or_the_temporary_folder(
    secret: tuple[Stage, str], temporary: Path
) -> None:
    stage, _ = secret
    assert list(temporary.rglob("*")) == []
    files = [path for path in stage.vault.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"vault.json", "vault.db"}
    for path in files:
        assert_hidden(path.read_bytes(), path.name)
        assert_hidden(os.fsencode(path.name), "a name")


def test_the_needles_would_be_found(secret: tuple[Stage, str]) -> None:
    stage, ref = secret
    stage.run("request", "render", ref, "--out", str(stage.home / "letter.txt"))
    with pytest.raises(AssertionError, match="person as utf-8"):
        assert_hidden((stage.home / "letter.txt").read_bytes(), "the letter")


@pytest.mark.parametrize("out", ["bundle", "bundle.zip", "letter.pdf", "log.csv"])
def test_while_a_paper_is_made_nothing_readable_lies_in_vault_or_temporary_folder(
    out: str, secret: tuple[Stage, str], temporary: Path
) -> None:
    """Looked at again and again while the program runs, and watched by the system all along."""
    stage, ref = secret
    words = {
        "letter.pdf": ("request", "render", ref),
        "log.csv": ("log", "export"),
    }.get(out, ("bundle", "build", ref))
    watch = Watch(temporary)
    child = stage.start(*words, "--out", str(stage.home / out), stderr=subprocess.PIPE)
    looks = 0
    while child.poll() is None:
        for path in stage.vault.iterdir():
            try:
                assert_hidden(path.read_bytes(), path.name)
            except FileNotFoundError:
                continue
        looks += 1
    assert child.stderr is not None
    said = child.stderr.read()
    child.stderr.close()
    assert child.returncode == 0, said
    assert looks > 3
    assert_hidden(said, "stderr")
    assert watch.seen() == set()
    watch.close()
    assert (stage.home / out).exists()


def test_an_error_tells_the_field_but_not_what_is_in_the_vault(secret: tuple[Stage, str]) -> None:
    stage, ref = secret
    for words, code in (
        (("log", "edit", "E1", "--note", "\x1b"), 14),
        (("received", ref, "--at", "2027-01-01"), 14),
        (("request", "new", "--handler", "H1", "--right", "delete"), 11),
        (("log", "list", "--limit", "x"), 2),
    ):
        for flags in ((), ("--json",)):
            assert_hidden(stage.run(*words, *flags, code=code).err.encode(), words)
