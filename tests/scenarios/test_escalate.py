"""From silence or half an answer to the next letter, as somebody types it."""

from pathlib import Path

import pytest

from tests.scenarios.stage import Stage

LATER = "1799000000"
"""4 January 2027 in Shanghai, in seconds since 1970."""

REFUSAL = "经核查，我司无法向您提供上述信息，您的请求不予支持。"


@pytest.fixture
def served(case: tuple[Stage, str]) -> tuple[Stage, str]:
    stage, ref = case
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-23", "--tracking", "1098765432199")
    stage.run("received", ref, "--at", "2026-11-23")
    return stage, ref


def test_silence_is_followed_by_a_reminder_on_paper(served: tuple[Stage, str]) -> None:
    stage, ref = served
    later = stage.having(SOURCE_DATE_EPOCH=LATER)
    done = later.data("escalate", ref, "--as", "reminder")
    assert (done["ref"], done["message"], done["kind"]) == (ref, f"{ref}/2", "reminder")
    assert (done["date"], done["by"]) == ("2027-01-04", "2027-01-19")
    out = later.home / "reminder.pdf"
    later.run("request", "render", f"{ref}/2", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-")
    text = later.data("request", "render", f"{ref}/2", "--text")["text"]
    assert "催告函" in text
    assert "2026年11月23日到达贵方" in text
    later.run("sent", f"{ref}/2", "--channel", "ems", "--at", "2027-01-04")
    told = later.data("case", "show", ref)
    assert [one["kind"] for one in told["messages"]] == ["request", "reminder"]
    assert told["stage"] == "sent"


def test_half_an_answer_is_marked_and_only_its_gaps_are_asked_again(
    served: tuple[Stage, str], tmp_path: Path
) -> None:
    stage, ref = served
    path = tmp_path / "答复.txt"
    path.write_text(REFUSAL, encoding="utf-8")
    stage.run("reply", "add", ref, str(path))
    marked = stage.data(
        "reply", "score", ref, "--item", "1=given", "--item", "２＝refused", "--item", "3=silent"
    )
    assert marked["counts"]["given"] == 1
    assert marked["items"][1] == {"number": 2, "score": "refused", "refused_under": ""}
    told = stage.refusal("escalate", ref, "--as", "incomplete", code=11)
    assert f"pirights reply score {ref} --item 4=given" in told["hint"]
    rest = [one["number"] for one in stage.data("case", "show", ref)["items"]][3:]
    stage.run("reply", "score", ref, "--item", f"4-{rest[-1]}=given")
    asked = stage.data("escalate", ref, "--as", "incomplete", "--letters", "zh-en")
    text = stage.data("request", "render", asked["message"], "--text")["text"]
    assert "（被拒绝）" in text
    assert "(refused)" in text
    assert "\n1.  " not in text
    items = {one["number"]: one["score"] for one in stage.data("case", "show", ref)["items"]}
    assert (items[1], items[2], items[3]) == ("given", "refused", "silent")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("reply", "score", "REF", "--item", "2"), 14),
        (("reply", "score", "REF", "--item", "2=maybe"), 14),
        (("reply", "score", "REF", "--item", "99=given"), 12),
        (("reply", "score", "REF", "--item", "1-99=given"), 12),
        (("reply", "score", "REF", "--item", "3-2=given"), 14),
        (("reply", "score", "REF", "--item", "2=given", "--cites", "第十八条"), 14),
        (("escalate", "REF", "--as", "reasons"), 11),
        (("escalate", "REF", "--as", "threat"), 2),
        (("escalate", "REF", "--as", "reminder", "--date", "2027-02-01"), 14),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_next_step(
    served: tuple[Stage, str], words: tuple[str, ...], code: int
) -> None:
    stage, ref = served
    stage.refusal(*(ref if word == "REF" else word for word in words), code=code)


def test_before_it_was_sent_nothing_follows(case: tuple[Stage, str]) -> None:
    stage, ref = case
    told = stage.refusal("escalate", ref, "--as", "reminder", code=11)
    assert "pirights sent" in told["hint"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_are_told_what_is_written_and_what_comes_next(
    served: tuple[Stage, str], language: str
) -> None:
    stage, ref = served
    ended = stage.run("--lang", language, "escalate", ref, "--as", "reminder")
    assert f"pirights request render {ref}/2" in ended.out
    assert "2026" in ended.out
    assert ended.err  # the day for an answer has not passed
