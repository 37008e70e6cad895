"""What a bundle lacks, told with commands that do fill the gap."""

import shlex
from pathlib import Path

import pytest

from pirights.cli.layout import cells
from tests import tsa
from tests.cli.program import Ended
from tests.needs import program
from tests.render import strange_files
from tests.scenarios.stage import PASSPHRASE, Stage
from tests.scenarios.terminal import at_terminal
from tests.web_server import answer, serving

CARD = strange_files.picture("PNG", (856, 540))
FILES = {
    "relationship": "年卡收据.png",
    "demand": "闸机.png",
    "refusal": "拒绝刷脸.png",
    "request": "回执.png",
    "loss": "邮费收据.png",
}
FIRST = {
    "zh": "1. 主体身份：没有材料证明您的身份。",
    "en": "1. Identity of the person: No paper shows who you are.",
}
WORDS = {
    "CHANNEL": "ems",
    "DATE": "2026-11-23",
    "KIND": "postage",
    "YUAN": "12.50",
    "TEXT": "补充凭证",
    "PURPOSE": "起诉",
}


def gaps(stage: Stage, ref: str) -> dict[str, str]:
    """The first command of each group that lacks something."""
    found = stage.data("bundle", "gaps", ref)["gaps"]
    return {gap["group"]: gap["command"] for gap in reversed(found)}


def follow(stage: Stage, group: str, command: str, *more: str, url: str = "") -> Ended:
    """Type a command as it is told, its words in capitals filled in."""
    file = stage.file(FILES.get(group, "身份证.png"), CARD)
    told = {**WORDS, "FILE": file, "IMAGE": file, "URL": url}
    name, *words = shlex.split(command)
    assert name == "pirights"
    return stage.run(*(told.get(word, word) for word in words), *more, "--yes")


@program("openssl")
def test_every_command_fills_the_gap_it_stands_at(stage: Stage, tmp_path: Path) -> None:
    ref = stage.opened_case("--date", "2026-11-20")
    before = gaps(stage, ref)
    with serving({"/": answer("隐私政策".encode())}) as site:
        local = ("--allow-private", "--no-browser")
        follow(stage, "rules", before.pop("rules"), *local, url=site.url())
    with tsa.running(tmp_path / "authority") as authority:
        follow(stage, "integrity", before.pop("integrity"), "--tsa", authority.url)
    late = before.pop("scans")
    for group, command in before.items():
        follow(stage, group, command)
    now = gaps(stage, ref)
    assert set(now) == {"scans", "request", "reply"}
    assert now["scans"] == late
    assert "received" in now["request"]
    follow(stage, "request", now["request"])
    stage.run("reply", "add", ref, stage.file("答复.txt", "已收到您的请求。".encode()))
    assert set(gaps(stage, ref)) == {"scans"}


@pytest.mark.parametrize("words", [("sent", "--channel", "hand"), ("received",)])
def test_a_proof_that_was_forgotten_is_added_as_told(
    case: tuple[Stage, str], words: tuple[str, ...]
) -> None:
    stage, ref = case
    if words[0] == "received":
        proof = ("--proof", stage.file("寄出.png"))
        stage.run("sent", ref, "--channel", "hand", "--at", "2026-11-21", *proof)
    stage.run(words[0], ref, *words[1:], "--at", "2026-11-22")
    command = gaps(stage, ref)["request"]
    assert command.startswith(f"pirights {words[0]} {ref} --correct")
    follow(stage, "request", command)
    assert gaps(stage, ref).get("request") != command


def test_a_cost_without_a_receipt_is_taken_out_as_told(case: tuple[Stage, str]) -> None:
    stage, ref = case
    stage.run("case", "cost", ref, "--kind", "postage", "--amount", "20")
    follow(stage, "loss", gaps(stage, ref)["loss"])
    follow(stage, "loss", gaps(stage, ref)["loss"])
    assert "loss" not in gaps(stage, ref)


def test_a_file_whose_name_says_nothing_is_put_into_its_group_as_told(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    stage.run("log", "attach", "E1", stage.file("IMG_0719.png", CARD))
    assert "refusal" in gaps(stage, ref)
    told = stage.run("bundle", "gaps", ref, "--lang", "en").out
    command = f"pirights bundle exhibit {ref} FILE --group GROUP"
    assert command in told
    words = {"FILE": "IMG_0719.png", "GROUP": "refusal"}
    stage.run(*(words.get(word, word) for word in command.split()[1:]), "--yes")
    assert "refusal" not in gaps(stage, ref)


@pytest.mark.parametrize(("language", "asks"), [("zh", "口令"), ("en", "Passphrase")])
def test_it_fits_a_screen_of_eighty_columns(
    case: tuple[Stage, str], language: str, asks: str
) -> None:
    stage, ref = case
    words = ("bundle", "gaps", ref, "--lang", language)
    ended, seen = at_terminal(stage, *words, dialogue=[(asks, f"{PASSPHRASE}\n")])
    assert ended == 0
    lines = seen.splitlines()[1:]
    assert lines
    assert [line for line in lines if cells(line) > 80] == []
    assert FIRST[language] in lines
