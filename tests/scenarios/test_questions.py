"""What the commands ask at a terminal where something is missing, and what they then do."""

import shlex
from pathlib import Path

import pytest

from tests.scenarios.stage import PASSPHRASE, PICTURE, Stage
from tests.scenarios.terminal import at_terminal

UNLOCK = ("Passphrase", f"{PASSPHRASE}\n")
TALK = (
    "2026-11-23 09:05:33 阿远\n请把副本发给我\n\n"
    "2026-11-23 10:05:33 客服\n经核查，我司无法向您提供上述信息，您的请求不予支持。\n"
)


def asked(stage: Stage, *words: str, answers: list[tuple[str, str]], code: int = 0) -> str:
    """Answer the questions of a command, in English, and return what stood on the terminal."""
    dialogue = [UNLOCK, *((said, f"{typed}\n") for said, typed in answers)]
    ended, seen = at_terminal(stage, *words, "--lang", "en", dialogue=dialogue)
    assert ended == code, seen
    assert "Traceback" not in seen
    return seen


def same(seen: str, *words: str) -> list[str]:
    """The words of the command that is said to do the same."""
    [line] = [one for one in seen.splitlines() if "same as a command" in one]
    found = shlex.split(line.partition(": ")[2])
    assert found[1 : 1 + len(words)] == list(words)
    return found[1:]


def sent(stage: Stage, ref: str) -> None:
    stage.run("sent", ref, "--channel", "wechat", "--at", "2026-11-23")


def test_a_talk_asks_its_way_who_is_you_and_its_time_and_shows_the_order(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    sent(stage, ref)
    talk, picture = stage.file("talk.txt", TALK.encode()), stage.file("a.png")
    seen = asked(
        stage,
        *("reply", "add", ref, talk, picture, "--as-one"),
        answers=[
            ("[wechat]", ""),
            ("0 for none", "阿元"),
            ("none of these", "1"),
            ("[2026-11-23 10:05]", ""),
            ("[y/N]", "y"),
        ],
    )
    preview = seen[: seen.rindex("[y/N]")]
    assert preview.index("talk.txt  ") < preview.index("a.png")
    words = same(seen, "reply", "add", ref, talk, picture, "--as-one", "--channel", "wechat")
    assert words[-2:] == ["--me", "阿远"]
    assert "original carrier" in seen
    (reply,) = stage.data("reply", "show", ref)["replies"]
    assert reply["kind"] == "refused"
    assert [one["by"] for one in reply["parts"]] == ["talk", "said"]
    assert reply["parts"][0]["until"] == "2026-11-23 10:05:33"
    assert {(who["name"], who["you"]) for who in reply["parts"][0]["speakers"]} == {
        ("阿远", True),
        ("客服", False),
    }


def test_a_talk_whose_order_is_not_confirmed_is_not_kept(case: tuple[Stage, str]) -> None:
    stage, ref = case
    files = (stage.file("b.png"), stage.file("a.png"))
    way = ("--channel", "wechat", "--at", "2026-11-23 10:05")
    asked(stage, "reply", "add", ref, *files, "--as-one", *way, answers=[("[y/N]", "")], code=3)
    assert stage.data("case", "show", ref)["messages"][1:] == []


def test_without_a_terminal_a_talk_takes_its_own_last_time(case: tuple[Stage, str]) -> None:
    stage, ref = case
    sent(stage, ref)
    way = ("--as-one", "--channel", "wechat")
    talk = stage.file("talk.txt", TALK.encode())
    told = stage.data("reply", "add", ref, talk, *way, "--me", "阿远")
    assert told["files"][0]["kind"] == "refused"
    assert stage.data("reply", "show", ref)["replies"][0]["on"] == "2026-11-23"
    assert stage.refusal("reply", "add", ref, stage.file("a.png", PICTURE), *way, code=2)
    told = stage.refusal("reply", "add", ref, talk, *way, "--me", "阿元", code=14)
    assert "阿远" in told["hint"]
    stage.refusal("reply", "add", ref, talk, *way, "--by-name", "--by-time", code=2)
    stage.refusal("reply", "add", ref, talk, "--me", "阿远", code=2)


def test_sent_asks_by_which_way_and_says_the_command(case: tuple[Stage, str]) -> None:
    stage, ref = case
    dialogue = [("did it leave", "9\n"), ("did it leave", "wechat\n"), UNLOCK, ("[y/N]", "y\n")]
    code, seen = at_terminal(stage, "sent", ref, "--lang", "en", dialogue=dialogue)
    assert code == 0, seen
    assert same(seen, "sent", ref, "--channel", "wechat", "--at", "2026-11-23")
    assert stage.data("case", "show", ref)["delivery"] == "sent"
    stage.refusal("sent", ref, code=2)


def test_items_are_marked_one_by_one(case: tuple[Stage, str]) -> None:
    stage, ref = case
    sent(stage, ref)
    items = stage.data("case", "show", ref)["items"]
    rest = [(f"item {number} met", "") for number in range(3, len(items) + 1)]
    seen = asked(
        stage,
        *("reply", "score", ref),
        answers=[
            ("item 1 met", "refused"),
            ("item 2 met", "2"),
            *rest,
            ("provision", "第四十七条"),
            ("[y/N]", "y"),
        ],
    )
    assert same(seen, "reply", "score", ref, "--item", "1=refused", "--item", "2=given")
    scores = [one["score"] for one in stage.data("case", "show", ref)["items"]]
    assert scores[:3] == ["refused", "given", "open"]
    stage.refusal("reply", "score", ref, code=14)


def test_escalate_suggests_the_next_letter_and_shows_it_before_it_is_kept(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    sent(stage, ref)
    words = ("escalate", ref)
    asked(stage, *words, answers=[("comes next [", "preserve"), ("[y/N]", "n")], code=3)
    assert len(stage.data("case", "show", ref)["messages"]) == 1
    seen = asked(stage, *words, answers=[("comes next [", "6"), ("[y/N]", "y")])
    assert "证据与数据保全告知函" in seen[: seen.rindex("[y/N]")]
    assert same(seen, "escalate", ref)[-2:] == ["--as", "preserve"]
    assert "reminder" in stage.refusal(*words, code=2)["message"]


def test_closing_says_what_is_still_to_do_and_asks_what_came_of_it(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    seen = asked(stage, "case", "close", ref, answers=[("[none]", "x"), ("[none]", "4")])
    assert "Next: " in seen
    assert stage.data("case", "show", ref)["outcome"] == "refused"


def test_voiding_shows_the_scan_and_asks_why(stage: Stage) -> None:
    label = stage.log_scan()
    answers = [("it is kept", "记错了"), ("Void E1?", "y")]
    seen = asked(stage, "log", "void", label, answers=answers)
    assert "E1: 2026-11-20 18:05, 东门3号闸机" in seen
    assert stage.data("log", "list")["total"] == 0
    assert stage.data("log", "show", label)["voided_because"] == "记错了"


def test_the_mail_account_is_asked_for_and_a_password_only_for_somebody(stage: Stage) -> None:
    words = ("mail", "password", "--lang", "en")
    code, seen = at_terminal(stage, *words, dialogue=[])
    assert (code, "No user" in seen) == (14, True), seen
    dialogue = [
        ("log in with", "x@mail.example\n"),
        ("(SMTP)", "smtp.mail.example\n"),
        ("or nothing)", "\n"),
        ("[y/N]", "y\n"),
    ]
    code, seen = at_terminal(stage, "mail", "set", "--lang", "en", dialogue=dialogue)
    assert code == 0, seen
    assert same(seen, "mail", "set")[2:] == [
        *("--user", "x@mail.example", "--smtp-host", "smtp.mail.example")
    ]
    assert stage.data("mail", "show")["user"] == "x@mail.example"
    stage.refusal("mail", "set", code=2)


KEYRING = """
from keyring.backend import KeyringBackend
class Keyring(KeyringBackend):
    priority = 1
    def __init__(self):
        super().__init__()
        self.kept = {}
    def get_password(self, service, username):
        return self.kept.get((service, username))
    def set_password(self, service, username, password):
        self.kept[service, username] = password
Keyring.__module__ = "MODULE"
"""


@pytest.mark.parametrize(
    ("module", "code", "said"),
    [
        ("keyring.backends.SecretService", 0, "keeps the password of x@mail.example"),
        ("keyrings.alt.file", 14, "no keyring of the system"),
    ],
)
def test_a_typed_password_goes_into_a_trusted_keyring_only(
    stage: Stage, tmp_path: Path, module: str, code: int, said: str
) -> None:
    stage.run("mail", "set", "--user", "x@mail.example", "--smtp-host", "smtp.mail.example")
    (tmp_path / "memory_keyring.py").write_text(KEYRING.replace("MODULE", module))
    stage = stage.having(PYTHON_KEYRING_BACKEND="memory_keyring.Keyring", PYTHONPATH=str(tmp_path))
    dialogue = [("Password of the mail account: ", "geheim123\n")]
    ended, seen = at_terminal(stage, "mail", "password", "--lang", "en", dialogue=dialogue)
    assert ended == code, seen
    assert said in seen
    assert "geheim123" not in seen


def test_a_mail_that_is_not_confirmed_is_not_sent(case: tuple[Stage, str]) -> None:
    stage, ref = case
    stage.run("person", "edit", "P1", "--email", "x@mail.example")
    stage.run("handler", "edit", "H1", "--email", "fawu@park.example")
    stage.run(
        "mail", "set", "--smtp-host", "127.0.0.1", "--smtp-port", "9", "--smtp-security", "none"
    )
    words = ("sent", ref, "--channel", "email", "--smtp")
    seen = asked(stage, *words, answers=[("[y/N]", "n")], code=3)
    assert "x@mail.example" in seen
    assert "fawu@park.example" in seen
    assert stage.data("case", "show", ref)["delivery"] == "unknown"
