"""The commands that each README shows a clinic, typed in their order in one folder."""

import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests import dask_cluster, needs
from tests.batch.clinic import clients
from tests.scenarios.stage import Stage

ROOT = Path(__file__).parents[2]
CLUSTER = "tls://10.0.0.5:8786"
ASKS = ("vault", "erase")
"""What is confirmed at a terminal."""


def shown(name: str, heading: str) -> list[list[str]]:
    """The commands of a section, comments taken off and lines joined, as words."""
    text = (ROOT / name).read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    blocks = re.findall(r"(?<=```sh\n).*?(?=```)", section, re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line, comments=True)[1:] for line in lines]


@needs.program("openssl")
@pytest.mark.parametrize(
    ("name", "heading"),
    [("README.md", "Many clients at once"), ("README.zh-CN.md", "批量制作文书")],
)
def test_the_commands_of_the_clinic_work_as_typed(
    name: str, heading: str, stage: Stage, tmp_path: Path
) -> None:
    new = stage.file("new-passphrase", b"a passphrase of its own")
    stage = replace(stage.having(PIRIGHTS_NEW_PASSPHRASE_FILE=new), inside=False)
    tls = dask_cluster.certificates(stage.home)
    for there, here in (
        (tls.ca, "clinic-ca.pem"),
        (tls.certificate, "clinic.pem"),
        (tls.key, "clinic.key"),
    ):
        assert there is not None
        assert there.name == here
    sheet = clients(tmp_path / "filled.csv", 12)
    commands = shown(name, heading)
    assert len(commands) > 10
    with dask_cluster.running(tmp_path / "cluster", tls=tls) as running:
        for words in commands:
            typed = [running.address if one == CLUSTER else one for one in words]
            confirmed = ["--yes"] if tuple(words[:2]) == ASKS else []
            stage.run(*typed, *confirmed)
            if words[:2] == ["batch", "template"]:
                shutil.copy(sheet, stage.home / "cases.xlsx")  # told by content, not by name
    assert len(stage.data("case", "list", "--all")["cases"]) == 11, "12, and one client erased"
    assert CLUSTER in [one for words in commands for one in words]
