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


def test_only_the_demo_can_hand_a_vault_another_source_of_randomness_than_the_systems() -> None:
    trees = {
        path.relative_to(ROOT / "pirights").as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in MODULES
    }
    nodes = [(name, node) for name, tree in trees.items() for node in ast.walk(tree)]
    handed = {
        (name, ast.unparse(node.value))
        for name, node in nodes
        if isinstance(node, ast.keyword) and node.arg == "draw"
    }
    assert {name for name, _ in handed if not name.startswith("vault/")} == {
        "workflow/demo.py",
        "workflow/vault_care.py",
    }
    assert {source for _, source in handed} == {"draw", "self.draw"}
    defaults = {
        (name, ast.unparse(default))
        for name, node in nodes
        if isinstance(node, ast.arguments)
        for argument, default in zip(node.kwonlyargs, node.kw_defaults, strict=True)
        if argument.arg == "draw" and default is not None
    }
    assert defaults == {
        ("vault/store.py", "token_bytes"),
        ("workflow/vault_care.py", "token_bytes"),
    }
    assigned = {
        name
        for name, node in nodes
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "draw"
    }
    assert assigned == {"vault/vault.py"}
    assert {name for name, node in nodes if _names_the_fixed_clock(node)} == {
        "cli/demo.py",
        "clock.py",
    }


def _names_the_fixed_clock(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return ast.unparse(node) == "clock.fixed"
    return isinstance(node, ast.Constant) and node.value == "SOURCE_DATE_EPOCH"


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
