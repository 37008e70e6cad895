"""The session on the first screen of each README is run, and what it prints is compared."""

import os
import re
import shlex
import sys
from pathlib import Path
from subprocess import PIPE, STDOUT, run

import pytest

ROOT = Path(__file__).parents[2]
SESSION = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
REFERENCE = re.compile(r"PR-\d{4}-[0-9A-Z]{7}-[0-9A-Z]")
VOLATILE = (
    (REFERENCE, "PR-2026-7K3M9QX-C"),
    (re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}-[0-9A-Z]{2}"), "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XX"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "7f" * 32),
)
COMMANDS = """\
pirights init --name 林知远 --phone 13900000137
pirights handler add --name 杭州云溪野趣乐园有限公司 --policy-days 15wd
pirights log add --at "2026-10-17 10:02" --place 云溪野趣乐园东门 --venue scenic-area \
--handler H1 --alternative no
pirights request new --handler H1 --right access --right copy --right delete --date 2026-10-19
pirights request render PR-2026-7K3M9QX-C --out letter.pdf
pirights bundle build PR-2026-7K3M9QX-C --out evidence
""".splitlines()


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_session_of_the_readme_prints_what_it_says(
    name: str, language: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    played = _played(tmp_path, language)
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        path.write_text(SESSION.sub(lambda _: played, text, count=1), encoding="utf-8")
        return
    written = SESSION.search(text)
    assert written is not None
    assert written[0] == played


def _played(home: Path, language: str) -> str:
    (home / "work").mkdir()
    (home / "passphrase").write_text("correct horse battery staple", encoding="utf-8")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PIRIGHTS_VAULT": str(home / "vault"),
        "PIRIGHTS_LANG": language,
        "PIRIGHTS_PASSPHRASE_FILE": str(home / "passphrase"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    ref = "PR-2026-7K3M9QX-C"
    screen = ""
    for command in COMMANDS:
        words = shlex.split(command.replace("PR-2026-7K3M9QX-C", ref))
        done = run(
            [sys.executable, "-m", "pirights", *words[1:]],
            cwd=home / "work",
            env=environment,
            stdout=PIPE,
            stderr=STDOUT,
            text=True,
            check=False,
        )
        found = REFERENCE.search(done.stdout)
        ref = found[0] if found else ref
        screen += f"$ {command}\n{done.stdout}"
    screen = screen.replace(str(home / "work") + "/", "").replace(
        str(home / "vault"), "~/.local/share/pirights"
    )
    for pattern, stands_for in VOLATILE:
        screen = pattern.sub(stands_for, screen)
    return screen
