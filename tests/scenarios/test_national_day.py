"""A case from the first letter to the complaint, over National Day 2026, as its screens tell it.

Days by hand, from the holiday notice for 2026 (off 25 to 27 September and 1 to 7 October; worked
on Sunday 20 September and Saturday 10 October):

- 15 working days from Monday 14 September: 15-18 (4), 20 (5), 21-24 (9), 28-30 (12), 8 and 9
  October (14), Saturday the 10th (15).
- 15 days from the date of a later letter, as it says itself: from 12 October to 27 October, from
  21 October to 5 November, from 6 November to Saturday 21 November and so to Monday the 23rd.
- 7 working days from Wednesday 2 December: 3, 4 (2), 7-11 (7).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import ndiff
from typing import Any

import pytest

from pirights.cli.layout import cells
from tests.scenarios import golden
from tests.scenarios.stage import HANDLER, Stage
from tests.scenarios.terminal import at_terminal

REF = "PR-2026-AAAAAAA-A"
ACKNOWLEDGED = "您好，您的来函已收到，我司正在核实，将于2026年11月10日前答复。"
PART = "我司仅能提供部分信息：在入园时采集您的人脸照片，保存至2026年12月31日。"
REFUSED = "经核查，我司无法向您提供上述信息，您的请求不予支持。"


@dataclass(slots=True)
class Told:
    """What the screens told, step after step: the lines that came and went."""

    stage: Stage
    ref: str = ""
    parts: list[str] = field(default_factory=list)
    next: str = ""
    before: dict[str, list[str]] = field(default_factory=lambda: {"en": [], "zh": []})

    def on(self, day: str) -> Stage:
        """The stage at noon of a day, as the clock in Shanghai has it."""
        noon = datetime.fromisoformat(f"{day}T12:00:00+08:00").astimezone(UTC)
        return self.stage.having(SOURCE_DATE_EPOCH=str(int(noon.timestamp())))

    def do(self, day: str, *commands: Sequence[str]) -> dict[str, Any]:
        """Give commands on a day, keep what the case then shows, and return it for programs."""
        there = self.on(day)
        for command in commands:
            there.run(*command)
        shown = there.data("case", "show", self.ref)
        self.next = (shown["next"] or {}).get("act", "")
        for language in ("en", "zh"):
            told = there.run("--lang", language, "case", "show", self.ref).out
            due = there.run("--lang", language, "due", code=None).out
            now = f"$ case show\n{told}$ due\n{due}".splitlines(keepends=True)
            changed = [line for line in ndiff(self.before[language], now) if line[0] in "+-"]
            self.parts.append(f"=== {day} {language}\n{''.join(changed)}")
            self.before[language] = now
        return shown


def due(shown: dict[str, Any], what: str = "answer") -> str | None:
    return next((one["on"] for one in shown["deadlines"] if one["what"] == what), None)


def test_from_the_first_letter_to_the_complaint(
    stage: Stage, request: pytest.FixtureRequest
) -> None:
    told = Told(stage)
    first = told.on("2026-09-10")
    known = ("--policy-days", "15wd", "--venue", "scenic-area")
    first.data("handler", "add", "--name", HANDLER, *known)
    first.log_scan("--handler", "H1", at="2026-08-01 09:30")
    rights = ("--right", "access", "--right", "copy")
    told.ref = str(first.data("request", "new", "--handler", "H1", *rights)["ref"])
    _silence(told, told.ref)
    _partial_answer(told, told.ref)
    _refusal_and_complaint(told, told.ref)
    text = golden.steady("\n".join(told.parts), {told.ref: REF}, stage.home, hashes=frozenset())
    golden.compare(
        "story/national-day.txt", text, update=request.config.getoption("--update-golden")
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_at_eighty_columns_nothing_is_torn_or_cut(case: tuple[Stage, str], language: str) -> None:
    stage, ref = case
    stage.run("case", "note", ref, "打过电话，" * 20)
    secret = stage.home / "passphrase"
    there = stage.having(PIRIGHTS_PASSPHRASE_FILE=str(secret), COLUMNS="80")
    code, seen = at_terminal(there, "--lang", language, "case", "show", ref, dialogue=())
    assert code == 0
    assert max(cells(line) for line in seen.splitlines()) <= 80
    assert "…" not in seen
    shown = stage.data("case", "show", ref)
    whole = "".join(seen.split())
    for item in shown["items"]:
        words = item[language].split() if language == "en" else [item["zh"][:20]]
        assert all(word in whole for word in words), item


def _silence(told: Told, ref: str) -> None:
    told.do("2026-09-10")
    assert told.next == "send"

    ems = ("--channel", "ems", "--tracking", "EA1", "--proof", told.stage.file("receipt.png"))
    told.do("2026-09-11", ("sent", ref, *ems))
    assert told.next == "prove-arrival"
    shown = told.do("2026-09-14", ("received", ref, "--proof", told.stage.file("signer.png")))
    assert (told.next, due(shown)) == ("wait", "2026-10-10")

    shown = told.do("2026-10-10")
    assert (shown["stage"], told.next) == ("sent", "wait")
    shown = told.do("2026-10-11")
    assert (shown["stage"], told.next) == ("overdue", "remind")

    told.do("2026-10-12", ("escalate", ref, "--as", "reminder"))
    assert told.next == "send"
    told.do("2026-10-12", ("sent", f"{ref}/2", "--channel", "ems"))
    shown = told.do("2026-10-13", ("received", f"{ref}/2"))
    assert (told.next, due(shown)) == ("wait", "2026-10-27"), "the day that the reminder names"


def _partial_answer(told: Told, ref: str) -> None:
    received = told.stage.file("一.txt", ACKNOWLEDGED.encode())
    shown = told.do(
        "2026-10-15",
        ("reply", "add", ref, received),
        ("case", "extend", ref, "--until", "2026-11-10", "--source", f"{ref}/3"),
        ("case", "refs", ref, "--theirs", "TS-20261015-88"),
    )
    assert (told.next, due(shown)) == ("wait", "2026-11-10")
    why = told.on("2026-10-15").data("law", "deadline", ref)["steps"]
    assert f"That stands in message {ref}/3." in why

    told.do("2026-10-20", ("reply", "add", ref, told.stage.file("二.txt", PART.encode())))
    assert told.next == "confirm"
    told.do("2026-10-20", ("reply", "confirm", f"{ref}/4"))
    assert told.next == "score"
    count = len(told.on("2026-10-20").data("case", "show", ref)["items"])
    marks = [word for n in range(1, count + 1) for word in ("--item", f"{n}={_mark(n)}")]
    shown = told.do("2026-10-20", ("reply", "score", ref, *marks))
    assert told.next == "ask-gaps"
    assert shown["answered"]["given"] == 2
    assert shown["answered"]["open"] == 0

    told.do(
        "2026-10-21",
        ("escalate", ref, "--as", "incomplete"),
        ("sent", f"{ref}/5", "--channel", "ems"),
        ("case", "cost", ref, "--kind", "postage", "--amount", "22.50"),
        ("case", "time", ref, "--minutes", "90", "--note", "写函"),
    )
    shown = told.do("2026-10-22", ("received", f"{ref}/5"))
    assert (told.next, due(shown)) == ("wait", "2026-11-05"), "the day that the letter names"


def _refusal_and_complaint(told: Told, ref: str) -> None:
    count = len(told.on("2026-11-05").data("case", "show", ref)["items"])
    told.do("2026-11-05", ("reply", "add", ref, told.stage.file("三.txt", REFUSED.encode())))
    assert told.next == "confirm"
    left = [word for n in range(3, count + 1) for word in ("--item", f"{n}=refused")]
    told.do("2026-11-05", ("reply", "score", ref, *left))
    assert told.next == "ask-reasons"

    told.do(
        "2026-11-06",
        ("escalate", ref, "--as", "reasons"),
        ("sent", f"{ref}/7", "--channel", "ems"),
    )
    shown = told.do("2026-11-09", ("received", f"{ref}/7"))
    assert (told.next, due(shown)) == ("wait", "2026-11-23"), "the day that the letter names"

    shown = told.do("2026-12-01")
    assert (shown["stage"], told.next) == ("overdue", "complain")
    told.do(
        "2026-12-01",
        ("escalate", ref, "--as", "consumer", "--office", "杭州市临安区市场监督管理局"),
        ("sent", f"{ref}/8", "--channel", "webform"),
    )
    assert told.next == "prove-arrival"
    shown = told.do("2026-12-02", ("received", f"{ref}/8"))
    assert (shown["stage"], told.next) == ("escalated_regulator", "wait-authority")
    assert due(shown, "authority") == "2026-12-11"
    told.do("2026-12-12")
    assert told.next == "sue"


def _mark(number: int) -> str:
    return {1: "given", 2: "given", 3: "partial"}.get(number, "silent")
