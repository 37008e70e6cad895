"""The exception tree and its table of exit codes."""

import re
from pathlib import Path

from pirights import errors
from pirights.cli import boundary
from pirights.errors import Message, PirightsError, message

TABLE = Path(__file__).parents[1] / "docs" / "exit-codes.md"


def leaves(root: type[PirightsError] = PirightsError) -> list[type[PirightsError]]:
    """Walk down to the errors that have no kinds of their own."""
    below = root.__subclasses__()
    return [leaf for kind in below for leaf in leaves(kind)] if below else [root]


def ours() -> list[type[PirightsError]]:
    return [leaf for leaf in leaves() if leaf.__module__ == errors.__name__]


def rows() -> dict[int, tuple[str, str]]:
    """Read the table: exit code, name, meaning."""
    found = re.findall(
        r"^\| (\d+) \| (?:`([a-z-]+)`)? *\| (.+?) \|$", TABLE.read_text("utf-8"), re.MULTILINE
    )
    return {int(code): (name, meaning) for code, name, meaning in found}


def test_every_error_has_an_exit_code_and_a_name_of_its_own() -> None:
    codes = [leaf.exit_code for leaf in leaves()]
    names = [leaf.name for leaf in leaves()]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


def test_only_the_leaves_of_the_tree_are_raised_so_only_they_have_codes() -> None:
    assert not hasattr(PirightsError, "exit_code")
    assert all(leaf.__base__ is PirightsError for leaf in ours())


def test_every_error_stands_in_the_table_as_it_is_in_the_code() -> None:
    table = rows()
    for leaf in ours():
        assert leaf.exit_code in table, leaf
        assert table[leaf.exit_code][0] == leaf.name


def test_the_table_has_no_code_that_the_program_does_not_know() -> None:
    results = {0, 10, 31, 40}
    errors_and_bug = {leaf.exit_code for leaf in ours()} | {boundary.BUG}
    assert set(rows()) == results | errors_and_bug


def test_no_exit_code_is_taken_by_the_shell() -> None:
    assert all(0 < leaf.exit_code < 126 for leaf in leaves())


def test_a_message_keeps_its_values_apart_from_its_sentence() -> None:
    said = message("There is no file {name}.", name="{x}<b>")
    assert said.text == "There is no file {name}."
    assert str(said) == "There is no file {x}<b>."


def test_an_error_says_its_message_and_keeps_its_hint() -> None:
    hint = Message("Type it again.")
    error = errors.BadInput(message("It is bad."), hint=hint)
    assert str(error) == "It is bad."
    assert error.hint is hint
