"""Turning to an authority, as somebody types it: from the request to the texts of a web form."""

import json
from pathlib import Path

import pytest

from tests.scenarios.stage import HANDLER, Stage

HOSTILE = '<font color="[[[…]]]"> {{ 7*7 }} | &amp; <img src="file:///etc/passwd"> ```'
LATER = "1799294400"
"""Noon of 7 January 2027 in Shanghai: the day for an answer has passed."""


@pytest.fixture
def served(case: tuple[Stage, str]) -> tuple[Stage, str]:
    """A case whose request arrived, seven weeks later."""
    stage, ref = case
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-23", "--tracking", "EA1")
    stage.run("received", ref, "--at", "2026-11-23")
    return stage.having(SOURCE_DATE_EPOCH=LATER), ref


def test_a_complaint_goes_from_the_case_to_the_form(served: tuple[Stage, str]) -> None:
    stage, ref = served
    done = stage.data("escalate", ref, "--as", "regulator", "--office", "杭州市互联网信息办公室")
    assert (done["message"], done["kind"], done["by"]) == (f"{ref}/2", "regulator", None)
    assert (done["to"], done["office"]) == ("local-cac", "杭州市互联网信息办公室")
    assert done["confidence"] == "V"
    assert done["channel"]
    text = stage.data("request", "render", done["message"], "--text")["text"]
    for words in ("投诉举报材料", "第一部分 投诉", "第二部分 举报", HANDLER, "未收到该处理者"):
        assert words in text
    assert "因 " not in text
    told = stage.data("request", "render", done["message"], "--fields", "--text")
    assert all(len(one["text"]) == one["characters"] for one in told["fields"])
    assert {one["part"] for one in told["fields"]} == {"第一部分 投诉", "第二部分 举报"}
    out = stage.home / "fields.txt"
    written = stage.data("request", "render", done["message"], "--fields", "--out", str(out))
    assert written["fields"] == told["fields"]
    assert "【被投诉人】（12字）\n" + HANDLER in out.read_text(encoding="utf-8")
    assert "汉字、字母、数字、标点和换行各计为1" in out.read_text(encoding="utf-8")


def test_the_screen_tells_where_it_goes_how_well_that_is_known_and_its_limits(
    served: tuple[Stage, str],
) -> None:
    stage, ref = served
    told = stage.run("escalate", ref, "--as", "regulator", "--lang", "en")
    said = told.out + told.err
    for words in ("Local cyberspace administration", "read in the text", "not checked", "--office"):
        assert words in said
    chinese = stage.run("escalate", ref, "--as", "consumer", "--lang", "zh")
    assert "12315" in chinese.out + chinese.err
    assert "121号" in chinese.out + chinese.err


def test_the_stage_turns_when_it_is_sent_and_what_is_due_stays(served: tuple[Stage, str]) -> None:
    stage, ref = served
    before = [(one["what"], one["on"]) for one in stage.data("due", code=10)["items"]]
    stage.data("escalate", ref, "--as", "regulator")
    assert stage.data("case", "show", ref)["stage"] == "overdue"
    sent = stage.data("sent", f"{ref}/2", "--channel", "webform", "--at", "2027-01-07")
    assert sent["to"] == "地方网信部门"
    said = stage.run("--lang", "en", "received", f"{ref}/2", "--at", "2027-01-07").out
    assert "is recorded as arrived" in said
    assert "the clock runs" not in said
    told = stage.data("case", "show", ref)
    assert told["stage"] == "escalated_regulator"
    assert [one["kind"] for one in told["messages"]] == ["request", "regulator"]
    assert [(one["what"], one["on"]) for one in stage.data("due", code=10)["items"]] == before
    assert stage.data("escalate", ref, "--as", "reminder")["by"]


def test_in_the_bundle_it_stands_among_the_complaints(served: tuple[Stage, str]) -> None:
    stage, ref = served
    stage.data("escalate", ref, "--as", "regulator")
    proof = stage.file("receipt.png")
    stage.data("sent", f"{ref}/2", "--channel", "webform", "--at", "2027-01-07", "--proof", proof)
    out = stage.home / "bundle"
    stage.data("bundle", "build", ref, "--out", str(out))
    found = list(out.rglob("catalogue.json")) or list(out.rglob("*.json"))
    catalogue = "".join(path.read_text(encoding="utf-8") for path in found)
    assert "证明请求人向有关机关投诉、举报以及机关处理的情况。" in catalogue
    assert "投诉举报材料（2027-01-07）" in catalogue


def test_the_same_paper_is_the_same_file_in_any_time_zone(served: tuple[Stage, str]) -> None:
    stage, ref = served
    for kind in ("regulator", "consumer", "procuratorate"):
        done = stage.data("escalate", ref, "--as", kind, "--letters", "zh-en", "--office", HOSTILE)
        for form in ("pdf", "docx", "html", "txt"):
            files = [stage.home / f"{name}.{form}" for name in ("one", "two")]
            for path, zone in zip(files, ("Asia/Shanghai", "America/New_York"), strict=True):
                there = stage.having(TZ=zone)
                there.run("--yes", "request", "render", done["message"], "--out", str(path))
            assert files[0].read_bytes() == files[1].read_bytes(), (kind, form)
        text = stage.data("request", "render", done["message"], "--text")["text"]
        assert "{{ 7*7 }}" in text


def test_the_identity_number_stands_in_no_paper_for_an_authority(
    served: tuple[Stage, str],
) -> None:
    stage, ref = served
    stage.data("person", "edit", "P1", "--id-number", "11010519491231002X")
    for kind in ("regulator", "consumer", "procuratorate"):
        done = stage.data("escalate", ref, "--as", kind)
        text = stage.data("request", "render", done["message"], "--text")["text"]
        assert "11010519491231002X" not in text
        assert "王小明" in text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("regulator", "--to", "nobody"), 12),
        (("regulator", "--to", "market-12315"), 14),
        (("regulator", "--to", "basic-court"), 14),
        (("regulator", "--to", "superior-organ"), 14),
        (("consumer", "--to", "local-cac"), 14),
        (("police",), 11),
        (("regulator", "--affected", "三十人"), 14),
        (("police", "--demand", "请处理"), 14),
        (("regulator", "--office", "办公室\x1b[31m"), 14),
        (("regulator", "--office", "办公室\U0001f4f1"), 50),
        (("regulator", "--demand", "请处理\U0001f4f1"), 50),
        (("regulator", "--demand", "长" * 600), 14),
        (("procuratorate", "--affected", "三十人\U0001f4f1"), 50),
        (("regulator", "--date", "2026-11-01"), 14),
        (("regulator", "--date", "2028-01-01"), 14),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_kept(
    served: tuple[Stage, str], words: tuple[str, ...], code: int
) -> None:
    stage, ref = served
    told = stage.refusal("escalate", ref, "--as", *words, code=code)
    assert told["message"]
    assert len(stage.data("case", "show", ref)["messages"]) == 1


def test_a_draft_request_is_no_ground_for_a_complaint(case: tuple[Stage, str]) -> None:
    stage, ref = case
    told = stage.refusal("escalate", ref, "--as", "regulator", code=11)
    assert "pirights sent" in told["hint"]


def test_texts_for_forms_are_of_complaints_and_plain(served: tuple[Stage, str]) -> None:
    stage, ref = served
    told = stage.refusal("request", "render", ref, "--fields", code=14)
    assert "--as regulator" in told["hint"]
    stage.data("escalate", ref, "--as", "consumer")
    for words in (("--format", "pdf"), ("--open",), ("--receipt",)):
        stage.refusal("request", "render", f"{ref}/2", "--fields", *words, code=2)
    shown = stage.run("request", "render", f"{ref}/2", "--fields")
    assert "【投诉请求】" in shown.out
    existing = Path(stage.file("fields.txt", b"mine"))
    stage.run("request", "render", f"{ref}/2", "--fields", "--out", str(existing), "--yes")
    assert "【投诉请求】" in existing.read_text(encoding="utf-8")


def test_the_police_are_written_to_once_the_log_says_why(served: tuple[Stage, str]) -> None:
    stage, ref = served
    stage.run("log", "edit", "E1", "--circumstance", "private-space")
    done = stage.data("escalate", ref, "--as", "police", "--letters", "zh-en")
    assert (done["to"], done["kind"]) == ("public-security", "police")
    text = stage.data("request", "render", done["message"], "--text")["text"]
    assert "情况反映" in text
    assert "第八条第一款" in text
    assert "Article 8(1)" in text


def test_of_a_state_organ_the_screen_names_the_other_paper_and_its_command(stage: Stage) -> None:
    handler = stage.data("handler", "add", "--name", "样例市样例局", "--venue", "government")["id"]
    stage.data(
        *("log", "add", "--at", "2026-11-20 18:05", "--place", "大厅", "--venue", "government"),
        *("--handler", handler),
    )
    told = stage.run("--json", "request", "new", "--handler", handler, "--right", "access")
    notices = [json.loads(line)["data"]["message"] for line in told.err.splitlines()]
    assert any("--as regulator --to superior-organ" in one for one in notices)
    ref = told.json()["ref"]
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-23")
    done = stage.data("escalate", ref, "--as", "regulator")
    assert (done["to"], done["office"]) == ("superior-organ", "样例市样例局的上级机关")
