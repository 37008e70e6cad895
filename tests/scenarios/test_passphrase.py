"""Changing the passphrase, and the recovery code that outlives it."""

import os
import subprocess
from dataclasses import replace

import pytest

from tests.scenarios.stage import PASSPHRASE, Stage

NEW = "另一个 passphrase, longer"


def changed(stage: Stage) -> Stage:
    new = stage.file("new-passphrase", NEW.encode())
    told = stage.having(PIRIGHTS_NEW_PASSPHRASE_FILE=new).data("vault", "passphrase")
    assert told["changed"] is True
    return replace(stage, passphrase=NEW)


def test_the_old_passphrase_opens_nothing_any_more_and_the_new_one_does(stage: Stage) -> None:
    stage.log_scan()
    after = changed(stage)
    stage.refusal("log", "list", code=20)
    assert after.data("log", "list")["total"] == 1
    assert after.data("vault", "check")["clean"] is True


def test_the_recovery_code_opens_however_it_was_copied(stage: Stage) -> None:
    after = changed(stage)
    code = stage.recovery_code
    for typed in (
        code,
        code.lower(),
        code.replace("-", " "),
        code.replace("-", ""),
        code.replace("0", "O").replace("1", "l"),
        f"  {code}  ",
    ):
        assert replace(after, passphrase=typed).data("log", "list")["total"] == 0, typed
    last = "0" if code[-1] != "0" else "2"
    assert replace(after, passphrase=code[:-1] + last).refusal("log", "list", code=20)


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_code(stage: Stage) -> None:
    after = changed(replace(stage, passphrase=stage.recovery_code.lower()))
    stage.refusal("log", "list", code=20)
    assert after.data("vault", "status")["slots"] == ["passphrase", "recovery"]


@pytest.mark.parametrize("chosen", ["", "short"])
def test_a_weak_passphrase_changes_nothing(chosen: str, stage: Stage) -> None:
    new = stage.file("new-passphrase", chosen.encode())
    weak = stage.having(PIRIGHTS_NEW_PASSPHRASE_FILE=new)
    weak.refusal("vault", "passphrase", code=14)
    assert stage.data("log", "list")["total"] == 0


def test_the_passphrase_comes_over_a_descriptor_and_never_from_the_command_line(
    stage: Stage,
) -> None:
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode())
    os.close(writing)
    closed = replace(stage, passphrase="wrong, and not asked")  # noqa: S106 (a test's own)
    child = closed.start(
        *("log", "list", "--json", "--passphrase-fd", str(reading)),
        pass_fds=[reading],
        stdout=subprocess.PIPE,
    )
    out, _ = child.communicate()
    os.close(reading)
    assert child.returncode == 0
    assert b'"total": 0' in out
    assert stage.run("log", "list", "--passphrase", PASSPHRASE, code=2)
    assert (
        replace(stage, passphrase=None)
        .having(PIRIGHTS_PASSPHRASE=PASSPHRASE)
        .refusal("log", "list", code=20)
    )
