"""Putting right, an authority's answer and a chat, at the real command line."""

import pytest

from tests.scenarios.stage import Stage

Case = tuple[Stage, str]
WHY = ("--because", "录入时看错了")


@pytest.fixture
def case(stage: Stage) -> Case:
    """A case whose letter is dated three days ago, so that it can have left and arrived."""
    return stage, stage.opened_case("--date", "2026-11-20")


def test_nothing_is_put_right_unasked(case: Case) -> None:
    stage, ref = case
    stage.data("sent", ref, "--channel", "hand", "--at", "2026-11-22")
    ended = stage.run("sent", ref, "--void", *WHY, code=2)
    assert f"{ref}: " in ended.err
    assert "--yes" in ended.err
    assert stage.data("case", "show", ref)["delivery"] == "sent"


def test_sent_and_received_are_voided_and_corrected_with_what_changes(case: Case) -> None:
    stage, ref = case
    stage.data("sent", ref, "--channel", "hand", "--at", "2026-11-22")
    stage.data("received", ref, "--at", "2026-11-23")
    done = stage.data("received", ref, "--correct", "--at", "2026-11-22", *WHY, "--yes")
    days = [
        next(one["on"] for one in done[when][0]["deadlines"] if one["what"] == "answer")
        for when in ("before", "after")
    ]
    assert days[0] > days[1]
    ended = stage.run("received", ref, "--void", *WHY, "--yes")
    assert "Before" in ended.out
    assert "received" in ended.out
    done = stage.data(
        "sent", ref, "--correct", "--channel", "ems", "--tracking", "7", *WHY, "--yes"
    )
    assert done["id"] == f"{ref}/1"
    done = stage.data("sent", ref, "--void", *WHY, "--yes")
    assert (done["before"][0]["stage"], done["after"][0]["stage"]) == ("sent", "draft")
    assert done["after"][0]["next"]["act"]
    assert stage.data("case", "show", ref)["messages"][0]["sent_on"] is None


def test_what_does_not_go_together_is_said(case: Case) -> None:
    stage, ref = case
    assert "--channel" in stage.refusal("sent", ref, code=2)["message"]
    for words in (
        ("sent", ref, "--void", "--correct", *WHY),
        ("sent", ref, "--channel", "ems", *WHY),
        ("sent", ref, "--void", "--channel", "ems", *WHY),
        ("sent", ref, "--void", "--smtp", *WHY),
        ("received", ref, "--void", "--at", "2026-11-22", *WHY),
        ("reply", "add", ref, "x.png", "--channel", "wechat"),
        ("reply", "add", ref, "x.png", "--as-one"),
    ):
        stage.refusal(*words, code=2)
    stage.refusal("sent", ref, "--void", *WHY, "--yes", code=11)
    stage.refusal("reply", "void", f"{ref}/1", *WHY, "--yes", code=12)


def test_a_reply_is_voided_moved_and_called_what_it_is(case: Case) -> None:
    stage, ref = case
    stage.data("sent", ref, "--channel", "hand", "--at", "2026-11-22")
    text = stage.file("答复.txt", "已收到您的请求，正在处理。".encode())
    label = stage.data("reply", "add", ref, text)["files"][0]["id"]
    done = stage.data("reply", "correct", label, "--kind", "refused", *WHY, "--yes")
    assert done["after"][0]["stage"] == "answered"
    assert [(one["was"], one["now"]) for one in done["changed"]] == [("acknowledgement", "refused")]
    done = stage.data("reply", "correct", label, "--to", "inbox", *WHY, "--yes")
    assert done["after"][0]["stage"] == "sent"
    assert [one["id"] for one in stage.data("inbox", "list")["messages"]] == ["I1"]
    stage.data("reply", "void", "I1", *WHY, "--yes")
    assert stage.data("inbox", "list")["messages"] == []
    assert stage.data("reply", "show", "I1")["replies"][0]["voided"] == WHY[1]
    assert stage.data("vault", "check")


def test_a_scan_is_voided_and_listed_only_when_asked(stage: Stage) -> None:
    stage.log_scan()
    stage.log_scan(place="西门")
    done = stage.data("log", "void", "E2", *WHY, "--yes")
    assert (done["id"], done["before"], done["after"]) == ("E2", [], [])
    found = stage.data("log", "list")
    assert ([one["id"] for one in found["encounters"]], found["total"]) == (["E1"], 1)
    assert len(stage.data("log", "list", "--voided")["encounters"]) == 2
    assert stage.data("log", "show", "E2")["voided_because"] == WHY[1]
    stage.refusal("log", "edit", "E2", "--place", "东门", code=11)
    stage.refusal("log", "void", "E1", "--yes", code=14)


def test_an_authoritys_answer_is_shown_as_the_authoritys(case: Case) -> None:
    stage, ref = case
    stage.data("sent", ref, "--channel", "hand", "--at", "2026-11-21")
    stage.data("received", ref, "--at", "2026-11-22")
    stage.data("escalate", ref, "--as", "regulator", "--office", "杭州市市场监督管理局")
    stage.data("sent", f"{ref}/2", "--channel", "ems", "--tracking", "1")
    text = stage.file("回函.txt", "你反映的问题我局已经受理。".encode())
    label = stage.data("reply", "add", f"{ref}/2", text)["files"][0]["id"]
    shown = stage.data("case", "show", ref)
    came = next(one for one in shown["messages"] if one["id"] == label)
    assert came["answers"] == f"{ref}/2"
    assert came["answerer"]
    assert shown["stage"] == "escalated_regulator"
    assert came["answerer"] in stage.run("case", "show", ref).out


def test_a_chat_is_one_message_and_the_checklist_is_shown(case: Case) -> None:
    stage, ref = case
    stage.data("sent", ref, "--channel", "wechat", "--at", "2026-11-20")
    names = ("Screenshot_20261122_180533.png", "b.png", "a.png")
    files = [stage.file(name) for name in names]
    words = ("reply", "add", ref, *files, "--as-one", "--channel", "wechat")
    ended = stage.run(*words, "--at", "2026-11-22 18:05")
    assert "original carrier" in ended.out
    assert "practice; no rule says so" in ended.out
    (reply,) = stage.data("reply", "show", ref)["replies"]
    assert [one["name"] for one in reply["attachments"]] == list(names)
    assert [one["by"] for one in reply["parts"]] == ["name", "said", "said"]
    assert reply["channel"] == "wechat"


def test_the_checklist_of_each_way_can_be_read_in_both_languages(stage: Stage) -> None:
    for channel in ("ems", "email", "webform", "app", "hand", "phone", "wechat"):
        told = stage.data("reply", "checklist", "--channel", channel)
        assert told["sending"]
        assert told["arrival"]
        assert bool(told["recording"]) == (channel in {"wechat", "app"})
    ended = stage.run("--lang", "zh", "reply", "checklist", "--channel", "wechat")
    assert "原始载体" in ended.out


def test_a_scan_is_corrected_with_its_reason_and_all_that_it_changes(case: Case) -> None:
    stage, ref = case
    words = ("--notice", "no", "--consent", "no", "--circumstance", "under-14")
    done = stage.data("log", "edit", "E1", *words, *WHY)
    assert {"id": "E1", "notice": "no", "minor": True}.items() <= done.items()
    changed = {one["what"]: (one["was"], one["now"]) for one in done["changed"]}
    assert changed["Sign or notice"] == ("unknown", "no")
    assert changed["Under 18"] == (False, True)
    new = {one["rule"] for one in done["weighed"] if one["was"] is None}
    assert new
    weighed = {one["rule"] for one in stage.data("log", "assess", "E1")["findings"]}
    assert new <= weighed
    assert [one["ref"] for one in done["before"]] == [one["ref"] for one in done["after"]] == [ref]
    shown = stage.data("log", "show", "E1")
    assert [one["because"] for one in shown["amendments"]] == [WHY[1]]
    assert {"field": "notice", "value": "unknown"} in shown["amendments"][0]["was"]
    told = stage.run("--lang", "zh", "log", "show", "E1").out
    assert WHY[1] in told
    assert "unknown" not in told
    back = ("--notice", "unknown", "--consent", "unknown", "--circumstance", "under-14=unknown")
    undone = stage.data("log", "edit", "E1", *back, "--adult")
    assert {one["rule"] for one in undone["weighed"] if one["now"] is None} == new
    assert len(stage.data("log", "show", "E1")["amendments"]) == 2


def test_the_difference_of_a_scan_is_shown_in_both_languages(case: Case) -> None:
    stage, ref = case
    ended = stage.run("log", "edit", "E1", "--notice", "no")
    assert f"{ref}/1 was written before" in ended.err
    assert "--because TEXT keeps one" in ended.err
    for said in ("Sign or notice", "unknown", "New finding: ", "log assess E1"):
        assert said in ended.out
    ended = stage.run("--lang", "zh", "log", "edit", "E1", "--notice", "unknown", *WHY)
    assert "--because" not in ended.err
    for said in ("标识或告知", "不清楚", "因有事实不明，待定：", "重新评估"):
        assert said in ended.out
    again = stage.run("log", "edit", "E1", "--notice", "unknown")
    assert "says that already" in again.out
    stage.refusal("log", "edit", "E1", "--notice", "no", "--because", "a\x1b", code=14)


def test_the_days_of_a_case_move_with_the_scan_that_they_run_from(case: Case) -> None:
    stage, _ = case
    done = stage.data("log", "edit", "E1", "--at", "2026-11-10 09:00", *WHY)
    assert done["changed"][0]["was"] == "2026-11-20 18:05"
    assert done["changed"][0]["now"] == "2026-11-10 09:00"
    was, now = (
        {one["what"]: one["on"] for one in done[when][0]["deadlines"]}
        for when in ("before", "after")
    )
    assert {name for name in was if was[name] != now.get(name)}
