"""The help page of every command, in both languages."""

from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperGroup

from pirights.cli.frame import program
from pirights.cli.main import CONTENTS
from tests.scenarios.stage import Stage


def commands() -> Iterator[tuple[str, ...]]:
    """Every command and group of commands that can be called."""
    root = program(CONTENTS)
    context = typer.Context(root)
    yield ()
    for name in root.list_commands(context):
        part = root.get_command(context, name)
        yield (name,)
        if isinstance(part, TyperGroup):
            for inner in part.list_commands(context):
                yield (name, inner)


@pytest.mark.parametrize("command", [*commands()], ids=" ".join)
def test_every_command_explains_itself_in_both_languages(
    command: tuple[str, ...], stage: Stage
) -> None:
    english = stage.run(*command, "--help", "--lang", "en").out
    chinese = stage.run(*command, "-h", "--lang", "zh").out
    assert english.startswith("Usage: " + " ".join(("pirights", *command)))
    assert chinese.startswith("用法：" + " ".join(("pirights", *command)))
    assert "[[E1" not in english
