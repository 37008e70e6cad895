"""How the code is laid out: who may import whom, and how long a file may be."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pirights.cli.main import CONTENTS
from tests.cli.program import run_here

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "pirights").rglob("*.py"))
BANNED_NAMES = {"utils", "helpers", "manager", "service", "common", "misc"}
LONGEST = 350
"""Lines of a file: about 300."""


def test_the_contracts_between_the_rooms_are_kept() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    assert "0 broken" in ended.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_is_short_has_a_telling_name_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.stem not in BANNED_NAMES
    assert len(text.splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(text))


def test_every_dependency_that_is_asked_for_is_used() -> None:
    names = {
        "pillow": "PIL",
        "pillow-heif": "pillow_heif",
        "markdown-it-py": "markdown_it",
        "chinesecalendar": "chinese_calendar",
        "python-docx": "docx",
        "python-stdnum": "stdnum",
        "imap-tools": "imap_tools",
    }
    data_only = {"tzdata"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        line.split(">")[0].split("[")[0].lower() for line in project["dependencies"]
    } - data_only
    imported = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    assert {name for name in wanted if names.get(name, name) not in imported} == set()


@pytest.mark.parametrize("entry", CONTENTS, ids=lambda entry: entry.name)
def test_every_command_in_the_table_of_contents_can_be_loaded(entry: object) -> None:
    name = getattr(entry, "name", "")
    for language in ("zh", "en"):
        ended = run_here(CONTENTS, "--lang", language, name, "--help")
        assert (ended.code, ended.err) == (0, "")
        assert f"pirights {name}" in ended.out
