"""They ask for a selfie, and consent is taken back: as somebody types it."""

from pathlib import Path

import pytest

from tests.scenarios.stage import Stage

SELFIE = "为核实您的身份，请提供身份证照片和手持身份证自拍照。"


@pytest.fixture
def asked(case: tuple[Stage, str], tmp_path: Path) -> tuple[Stage, str]:
    stage, ref = case
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-23", "--tracking", "1098765432199")
    stage.run("received", ref, "--at", "2026-11-23")
    path = tmp_path / "回复.txt"
    path.write_text(SELFIE, encoding="utf-8")
    stage.run("reply", "add", ref, str(path))
    stage.run("reply", "confirm", f"{ref}/2")
    return stage, ref


def test_a_demand_for_a_selfie_is_answered_with_what_they_hold(asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    assert stage.data("case", "show", ref)["stage"] == "needs_me"
    words = ("--as", "identity", "--offer", "会员号 1234", "--offer", "订单号 {{ 7*7 }} <b>&amp;")
    done = stage.data("escalate", ref, *words, "--letters", "zh-en")
    assert (done["message"], done["kind"], done["letters"]) == (f"{ref}/3", "identity", "zh-en")
    text = stage.data("request", "render", done["message"], "--text")["text"]
    whole = text.replace("\n", "")
    assert "会员号 1234；订单号 {{ 7*7 }} <b>&amp;；原请求书第一部分" in whole
    assert "本人拒绝为本次核验提供新的人脸照片" in whole
    assert "2026年11月23日收到贵方的回复" in whole
    out = stage.home / "identity.pdf"
    stage.run("request", "render", done["message"], "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-")
    stage.run("sent", done["message"], "--channel", "ems")
    assert stage.data("case", "show", ref)["stage"] == "sent"


def test_consent_is_withdrawn_before_anything_else_was_sent(case: tuple[Stage, str]) -> None:
    stage, ref = case
    done = stage.data("escalate", ref, "--as", "withdrawal")
    assert (done["message"], done["kind"]) == (f"{ref}/2", "withdrawal")
    text = stage.data("request", "render", done["message"], "--text")["text"]
    assert "撤回同意通知书" in text
    assert "第十五条第一款" in text
    assert "第十六条" in text
    assert "请先完整保存" in text.replace("\n", "").replace(" ", "")  # a copy is open
    shown = stage.data("case", "show", ref)
    assert shown["stage"] == "draft"
    assert [one["kind"] for one in shown["messages"]] == ["request", "withdrawal"]


def test_what_was_never_given_cannot_be_withdrawn(case: tuple[Stage, str]) -> None:
    stage, ref = case
    stage.run("log", "edit", "E1", "--consent", "no")
    told = stage.refusal("escalate", ref, "--as", "withdrawal", code=11)
    assert "E1" in told["message"]
    assert "--right refuse" in told["hint"]
    assert len(stage.data("case", "show", ref)["messages"]) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--as", "identity"), 11),
        (("--as", "withdrawal", "--offer", "会员号 1234"), 14),
        (("--as", "withdrawal", "--date", "2026-11-01"), 14),
        (("--as", "withdrawal", "--date", "2026-12-24"), 14),
    ],
)
def test_what_cannot_be_done_is_refused(
    case: tuple[Stage, str], words: tuple[str, ...], code: int
) -> None:
    stage, ref = case
    stage.refusal("escalate", ref, *words, code=code)


def test_a_name_without_a_glyph_stops_the_letter(asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    told = stage.refusal("escalate", ref, "--as", "identity", "--offer", "会员 🦄", code=50)
    assert "offer" in told["message"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["identity", "withdrawal"])
def test_people_are_told_what_is_written_and_what_comes_next(
    asked: tuple[Stage, str], language: str, kind: str
) -> None:
    stage, ref = asked
    ended = stage.run("--lang", language, "escalate", ref, "--as", kind)
    assert f"pirights request render {ref}/3" in ended.out
    assert ended.err


def test_the_same_letter_has_the_same_bytes_in_every_time_zone(asked: tuple[Stage, str]) -> None:
    stage, ref = asked
    stage.run("escalate", ref, "--as", "withdrawal", "--letters", "zh-en")
    made = []
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        out = stage.home / f"{zone[:4]}.pdf"
        stage.outside.having(TZ=zone).run("request", "render", f"{ref}/3", "--out", str(out))
        made.append(out.read_bytes())
    assert made[0] == made[1]
