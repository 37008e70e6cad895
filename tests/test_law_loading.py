"""The law's files are read by the commands that need them, and by no other."""

import subprocess
import sys

import pytest

from tests.scenarios.stage import PASSPHRASE, Stage
from tests.scenarios.stage import make as made

WATCHING = """\
import sys
from pirights.cli.main import main
try:
    main()
except SystemExit as end:
    assert end.code in (0, 10), end.code
from pirights import law_data
print("laws read:", law_data.laws.cache_info().currsize, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    stage = made(tmp_path_factory.mktemp("law") / "home")
    stage.opened_case()
    return stage


@pytest.mark.parametrize(
    ("words", "read"),
    [
        (("--version",), 0),
        (("log", "list"), 0),
        (("case", "list"), 0),
        (("due",), 0),
        (("log", "assess", "E1"), 1),
        (("law", "show", "pipl:45(1)"), 1),
    ],
    ids=str,
)
def test_only_a_command_that_needs_the_law_reads_it(
    words: tuple[str, ...], read: int, stage: Stage
) -> None:
    secret = stage.home / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", WATCHING, "--vault", str(stage.vault), *words],
        env={"HOME": str(stage.home), "PIRIGHTS_PASSPHRASE_FILE": str(secret)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"laws read: {read}" in ended.stderr, ended.stderr
