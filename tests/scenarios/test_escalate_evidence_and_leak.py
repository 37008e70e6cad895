"""Keeping evidence and asking about a leak, as somebody types it, before anything was sent."""

import pytest

from tests.scenarios.stage import Stage

HOSTILE = '<font color="[[[…]]]"> {{ 7*7 }} | &amp; <img src="file:///etc/passwd"> ```'


def test_a_notice_to_preserve_is_written_and_printed_at_once(case: tuple[Stage, str]) -> None:
    stage, ref = case
    done = stage.data("escalate", ref, "--as", "preserve", "--letters", "zh-en")
    assert (done["message"], done["kind"]) == (f"{ref}/2", "preserve")
    out = stage.home / "preserve.pdf"
    stage.run("request", "render", f"{ref}/2", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-")
    text = stage.data("request", "render", f"{ref}/2", "--text")["text"]
    assert "证据与数据保全告知函" in text
    assert "东门3号闸机" in text
    told = stage.data("case", "show", ref)
    assert told["stage"] == "draft"
    assert [one["kind"] for one in told["messages"]] == ["request", "preserve"]


def test_a_leak_is_asked_about_with_what_was_noticed(case: tuple[Stage, str]) -> None:
    stage, ref = case
    done = stage.data(
        "escalate", ref, "--as", "breach", "--sign", "接到推销电话", "--sign", HOSTILE
    )
    text = stage.data("request", "render", done["message"], "--text")["text"]
    assert "（1）接到推销电话" in text
    assert "{{ 7*7 }}" in text
    assert "&amp;" in text
    first, second = (stage.home / name for name in ("one.pdf", "two.pdf"))
    stage.run("request", "render", done["message"], "--out", str(first))
    elsewhere = stage.having(TZ="America/New_York")
    elsewhere.run("request", "render", done["message"], "--out", str(second))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("breach",), 14),
        (("breach", "--sign", " "), 14),
        (("breach", "--sign", "短信\x1b[31m"), 14),
        (("breach", "--sign", "短信\U0001f4f1"), 50),
        (("preserve", "--sign", "短信"), 14),
        (("preserve", "--date", "2026-11-01"), 14),
        (("preserve", "--date", "2027-11-01"), 14),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_kept(
    case: tuple[Stage, str], words: tuple[str, ...], code: int
) -> None:
    stage, ref = case
    told = stage.refusal("escalate", ref, "--as", *words, code=code)
    assert told["message"]
    assert len(stage.data("case", "show", ref)["messages"]) == 1


def test_without_a_sign_the_hint_shows_how(case: tuple[Stage, str]) -> None:
    stage, ref = case
    assert "--sign" in stage.refusal("escalate", ref, "--as", "breach", code=14)["hint"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_are_told_until_when_and_what_comes_next(
    case: tuple[Stage, str], language: str
) -> None:
    stage, ref = case
    ended = stage.run("--lang", language, "escalate", ref, "--as", "preserve")
    assert f"pirights request render {ref}/2" in ended.out
    assert "2026" in ended.err
    assert "E1" in ended.err


def test_the_next_step_names_the_letter_and_not_only_its_case(case: tuple[Stage, str]) -> None:
    stage, ref = case
    stage.run("escalate", ref, "--as", "preserve")
    ended = stage.run("--lang", "en", "sent", f"{ref}/2", "--channel", "hand")
    assert f"pirights received {ref}/2 " in ended.out


def test_the_lint_finds_nothing(stage: Stage) -> None:
    for kind in ("preserve", "breach"):
        assert stage.data("template", "lint", kind)["problems"] == []
