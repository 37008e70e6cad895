"""Questions where options are missing, at a terminal, in both languages."""

import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from tests.scenarios.stage import PASSPHRASE, Stage
from tests.scenarios.terminal import at_terminal

ASKED = {
    "en": (
        "Passphrase or recovery code: ",
        "When (as on the clock there) [2026-11-23 12:00]: ",
        "Where, in words: ",
        "other]: ",
        "Was there a sign or notice?",
        "Was consent asked and given?",
        "Was a way without the face offered?",
        "[y/N]: ",
    ),
    "zh": (
        "口令",
        "2026-11-23 12:00]",
        "：",
        "other]",
        "unknown]",
        "unknown]",
        "unknown]",
        "[y/N]",
    ),
}
ANSWERS = (PASSPHRASE, "2026-11-20 18:05", "东门 3号闸机", "shop", "no", "", "yes", "y")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_log_add_with_nothing_asks_shows_and_says_the_same_as_a_command(
    language: str, stage: Stage
) -> None:
    dialogue = [(said, f"{typed}\n") for said, typed in zip(ASKED[language], ANSWERS, strict=True)]
    code, seen = at_terminal(stage, "log", "add", "--lang", language, dialogue=dialogue)
    assert code == 0, seen
    assert PASSPHRASE not in seen
    [command] = [line for line in seen.splitlines() if "pirights log add" in line]
    words = shlex.split(command[command.index("pirights") :])[1:]
    assert words[words.index("--place") + 1] == "东门 3号闸机"
    again = stage.data(*words)
    first, second = reversed(stage.data("log", "list")["encounters"])
    assert again["id"] == second["id"]
    assert {**first, "id": ""} == {**second, "id": ""}
    assert (first["notice"], first["consent"], first["alternative"]) == ("no", "unknown", "yes")
    preview = seen[: seen.rindex("[y/N]")]
    assert "东门 3号闸机" in preview.splitlines()[-1]


@pytest.mark.parametrize("answer", ["n\n", "\n", "\x03", "\x04"])
def test_whoever_does_not_say_yes_has_written_nothing(answer: str, stage: Stage) -> None:
    typed = [f"{one}\n" for one in ANSWERS[:-1]] + [answer]
    dialogue = list(zip(ASKED["en"], typed, strict=True))
    code, seen = at_terminal(stage, "log", "add", "--lang", "en", dialogue=dialogue)
    assert code == 3, seen
    assert "Traceback" not in seen
    assert stage.data("log", "list")["total"] == 0


def test_only_what_is_missing_is_asked_and_the_photo_suggests_its_time(stage: Stage) -> None:
    where = ("--place", "东门", "--venue", "shop", "--lang", "en")
    answers = ("--notice", "no", "--consent", "no", "--alternative", "no")
    dialogue = [(ASKED["en"][0], f"{PASSPHRASE}\n"), ("When", "\n"), ("[y/N]: ", "y\n")]
    code, seen = at_terminal(stage, "log", "add", *where, *answers, dialogue=dialogue)
    assert code == 0, seen
    assert stage.data("log", "list")["encounters"][0]["local"] == "2026-11-23 12:00"


def test_a_pasted_escape_is_refused_and_not_sent_back(stage: Stage) -> None:
    typed = [f"{one}\n" for one in ANSWERS]
    typed[2] = "\x16\x1b[31m\n"  # Ctrl-V takes the next key as it is
    dialogue = [*zip(ASKED["en"][:3], typed[:3], strict=True), ("Where, in words: ", "\x04")]
    code, seen = at_terminal(stage, "log", "add", "--lang", "en", dialogue=dialogue)
    assert code == 3, seen
    assert "\x1b" not in seen
    assert stage.data("log", "list")["total"] == 0


@pytest.mark.parametrize(
    ("language", "once", "twice"),
    [
        ("en", "New passphrase: ", "The same passphrase again: "),
        ("zh", "新口令", "再"),
    ],
)
def test_init_asks_twice_for_the_passphrase(
    language: str, once: str, twice: str, tmp_path: Path
) -> None:
    stage = Stage(home=tmp_path, vault=tmp_path / "vault", passphrase=PASSPHRASE)
    words = ("init", "--name", "王小明", "--no-keyring", "--lang", language)
    wrong = [(once, f"{PASSPHRASE}\n"), (twice, "another one\n")]
    code, seen = at_terminal(stage, *words, dialogue=wrong)
    assert code == 14, seen
    assert not stage.vault.exists()
    right = [(once, f"{PASSPHRASE}\n"), (twice, f"{PASSPHRASE}\n")]
    code, seen = at_terminal(stage, *words, dialogue=right)
    assert code == 0, seen
    assert PASSPHRASE not in seen
    assert stage.data("log", "list")["total"] == 0


def test_init_asks_for_the_name_and_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    stage = Stage(home=tmp_path, vault=tmp_path / "vault")
    dialogue = [
        ("Your name", "王小明\n"),
        ("Your e-mail address", "\n"),
        ("Your postal address", "\n"),
        ("New passphrase: ", "\x03"),
    ]
    code, seen = at_terminal(stage, "init", "--no-keyring", "--lang", "en", dialogue=dialogue)
    assert code == 3, seen
    assert not stage.vault.exists()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_request_new_with_nothing_shows_the_letter_before_it_is_kept(
    language: str, case: tuple[Stage, str]
) -> None:
    stage, _ = case
    dialogue = [
        ("口令" if language == "zh" else "Passphrase", f"{PASSPHRASE}\n"),
        ("[H1]", "H1\n"),
        ("know access copy]", "know access\n"),
        ("1234", "\n"),
        ("[y/N]", "是\n" if language == "zh" else "yes\n"),
    ]
    code, seen = at_terminal(stage, "request", "new", "--lang", language, dialogue=dialogue)
    assert code == 0, seen
    assert "王小明" in seen[: seen.rindex("[y/N]")]
    assert "pirights request new --handler H1 --right know --right access" in seen
    assert len(stage.data("case", "list")["cases"]) == 2
    [shown] = {line for line in seen.splitlines() if "PR-2026-" in line and "[y/N]" in line} or {""}
    assert not shown


def test_the_letter_for_a_child_is_shown_and_the_command_names_the_child(
    case: tuple[Stage, str],
) -> None:
    stage, _ = case
    child = ("--capacity", "guardian", "--kinship", "father")
    stage.run("person", "add", "--name", "林小满", *child)
    dialogue = [
        ("Passphrase", f"{PASSPHRASE}\n"),
        ("[H1]", "\n"),
        ("know access copy]", "access 11\n"),
        ("without your face", "\n"),
        ("[y/N]", "yes\n"),
    ]
    words = ("request", "new", "--person", "P2", "--lang", "en")
    code, seen = at_terminal(stage, *words, dialogue=dialogue)
    assert code == 0, seen
    assert "法定代理人" in seen[: seen.rindex("[y/N]")]
    assert "Enclose proof of guardianship" in " ".join(seen.split())
    assert "pirights request new --handler H1 --person P2 --right access" in seen


def test_the_reference_in_the_preview_is_that_of_the_case(case: tuple[Stage, str]) -> None:
    import re

    stage, ref = case
    dialogue = [
        ("Passphrase", f"{PASSPHRASE}\n"),
        ("What is asked", "access\n"),
        ("without your face", "\n"),
        ("[y/N]", "y\n"),
    ]
    words = ("request", "new", "--handler", "H1", "--lang", "en")
    code, seen = at_terminal(stage, *words, dialogue=dialogue)
    assert code == 0, seen
    previewed = set(re.findall(r"PR-\d{4}-\w{7}-\w", seen)) - {ref}
    known = {one["ref"] for one in stage.data("case", "list")["cases"]}
    assert previewed
    assert previewed <= known


def test_without_a_terminal_nothing_is_asked(stage: Stage) -> None:
    told = replace(stage).refusal("log", "add", code=2)
    for option in ("--at", "--place", "--venue"):
        assert option in told["message"]
