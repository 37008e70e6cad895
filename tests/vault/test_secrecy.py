"""No plaintext of any entry on the disk: not in the vault's folder, not in the temp folder."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.vault.killing import ROOT

_SECRETS = (
    "秘密小区的刷脸门禁",
    "PLAINTEXT-IN-A-NOTE",
    "郭样例样例",
    "110101199003070038",
    "杭州样例野生动物世界有限公司",
    "passphrase nobody may find",
    "PLAINTEXT IN A FILE",
    "隐私照片",
)

_STORY = """
import sys
from pathlib import Path
from pirights.domain.attachment import Purpose
from pirights.domain.person import Person
from pirights.vault import store
from tests.vault import sample
folder, file = Path(sys.argv[1]), Path(sys.argv[2])
def pause(name):
    print(name, flush=True)
    sys.stdin.readline()
vault, code = store.create(
    folder, passphrase="passphrase nobody may find", use_keyring=False, zone="UTC", now=sample.NOW
)
pause(vault._master_key.hex() + " " + code)
with vault.change(now=sample.NOW) as change:
    change.add(Person(id=0, name="郭样例样例", id_number="110101199003070038"))
    change.add(sample.handler())
    for _ in range(20_000):
        change.add(sample.encounter("秘密小区的刷脸门禁 PLAINTEXT-IN-A-NOTE", handlers=(1,)))
    change.attach(file, owner="E1", purpose=Purpose.ENCOUNTER)
    pause("open transaction")
pause("committed, log not yet merged")
vault.rewrap("passphrase nobody may find, 2", now=sample.NOW)
assert len(vault.search_encounters("秘密小区 PLAINTEXT", limit=5)) == 5
assert vault.check() == []
for row in vault.journal_rows(): pass
pause("read")
vault.close()
pause("closed")
"""


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


def _needles(key: str, code: str) -> list[bytes]:
    words = [*_SECRETS, code, code.replace("-", ""), key]
    found = [word.encode(form) for word in words for form in ("utf-8", "utf-16-le", "utf-16-be")]
    return [*found, bytes.fromhex(key)]


def test_no_plaintext_is_ever_on_the_disk(tmp_path: Path) -> None:
    temp, folder, source = tmp_path / "temp", tmp_path / "v", tmp_path / "source"
    temp.mkdir()
    source.mkdir()
    file = source / "隐私照片.txt"
    file.write_bytes(b"PLAINTEXT IN A FILE " * 100_000)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    child = subprocess.Popen(
        [sys.executable, "-c", _STORY, str(folder), str(file)],
        cwd=ROOT,
        env={**kept, "HOME": str(temp), "TMPDIR": str(temp), "SQLITE_TMPDIR": str(temp)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    key, code = child.stdout.readline().split()
    needles, sizes = _needles(key, code), []
    for _ in range(5):
        found = list(_files(folder, temp))
        for path in found:
            data = path.read_bytes()
            assert [needle for needle in needles if needle in data] == [], path
            assert not any(needle in str(path).encode() for needle in needles)
        sizes.append(sum(path.stat().st_size for path in found))
        child.stdin.write("go on\n")
        child.stdin.flush()
        child.stdout.readline()
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 0, errors
    assert errors == ""
    assert sizes[1] > sizes[0] + 2**20, "the transaction should have been on the disk in part"
    assert list(_files(temp)) == []


def test_the_search_for_plaintext_can_find_some(tmp_path: Path) -> None:
    (tmp_path / "v").write_bytes("x秘密小区的刷脸门禁x".encode("utf-16-le"))
    data = next(iter(_files(tmp_path))).read_bytes()
    assert any(needle in data for needle in _needles("00" * 32, "CODE-CODE"))
