"""What a reply seems to say, and what a person makes of it, from the command line."""

import shlex
from email.message import EmailMessage

import pytest

from tests.scenarios.stage import HANDLER, Stage

LATER = "extend {} --until 2026-12-31 --at 2026-11-23 --source {}/2"


@pytest.fixture
def sent(stage: Stage) -> tuple[Stage, str]:
    """A request that left and arrived; its video is long cleared."""
    stage.data("handler", "add", "--name", HANDLER, "--email", "privacy@park.example")
    stage.log_scan("--handler", "H1", at="2026-08-01 09:30")
    rights = ("--right", "access", "--right", "copy", "--right", "delete", "--delete-now")
    ref = str(stage.data("request", "new", "--handler", "H1", *rights)["ref"])
    stage.data("sent", ref, "--channel", "ems")
    stage.data("received", ref)
    return stage, ref


def next_of(stage: Stage, ref: str) -> tuple[str, str]:
    step = stage.data("case", "show", ref)["next"]
    return step["act"], step["command"]


def follow(stage: Stage, command: str) -> None:
    """Type what the program proposes."""
    stage.data(*shlex.split(command)[1:])


def took(stage: Stage, ref: str, text: str, *more: str) -> None:
    stage.data("reply", "add", ref, stage.file("答复.txt", text.encode()), *more)


def test_more_time_is_proposed_with_its_source_and_only_a_person_writes_it_down(
    sent: tuple[Stage, str],
) -> None:
    stage, ref = sent
    before = stage.data("case", "show", ref)["deadlines"]
    took(stage, ref, "因情况复杂，需延长答复\n时间，我们将于2026年12\n月31日前答复您。")
    shown = stage.data("case", "show", ref)
    assert shown["deadlines"] == before
    act, command = next_of(stage, ref)
    assert (act, command) == ("note-time", f"pirights case {LATER.format(ref, ref)}")
    follow(stage, command)
    after = stage.data("case", "show", ref)
    assert next(one["on"] for one in after["deadlines"] if one["what"] == "answer") == "2026-12-31"
    assert after["next"]["act"] == "wait"
    assert [one["source"] for one in after["timeline"] if one["what"] == "extension"] == [
        f"{ref}/2"
    ]


def test_a_promise_within_days_is_proposed_too(sent: tuple[Stage, str]) -> None:
    stage, ref = sent
    took(stage, ref, "来函收悉，预计15个工作日内答复。")
    act, command = next_of(stage, ref)
    assert act == "note-time"
    assert command == f"pirights case promise {ref} 15wd --at 2026-11-23 --source {ref}/2"
    follow(stage, command)
    assert next_of(stage, ref)[0] == "wait"


def test_a_kind_is_suggested_shown_so_and_confirmed(sent: tuple[Stage, str]) -> None:
    stage, ref = sent
    took(stage, ref, "您的请求不予支持。")
    (message,) = stage.data("reply", "show", f"{ref}/2")["replies"]
    assert (message["kind"], message["confirmed"]) == ("refused", False)
    seen = stage.run("--lang", "en", "reply", "show", f"{ref}/2").out
    assert "not yet: a suggestion from its words" in seen
    assert "refuses (suggested)" in stage.run("--lang", "en", "case", "show", ref).out
    act, command = next_of(stage, ref)
    assert (act, command) == ("confirm", f"pirights reply confirm {ref}/2")
    follow(stage, command)
    assert next_of(stage, ref)[0] == "score"
    messages = stage.data("case", "show", ref)["messages"]
    assert [one["confirmed"] for one in messages if one["direction"] == "in"] == [True]
    assert "by you on 2026-11-23" in stage.run("--lang", "en", "reply", "show", f"{ref}/2").out
    assert "refuses (confirmed)" in stage.run("--lang", "en", "case", "show", ref).out
    hint = stage.refusal("reply", "confirm", f"{ref}/2", code=11)["hint"]
    assert f"pirights reply correct {ref}/2 --kind KIND" in hint


def test_who_names_the_kind_is_asked_for_nothing_more(sent: tuple[Stage, str]) -> None:
    stage, ref = sent
    took(stage, ref, "见附件扫描件。", "--kind", "identity-required")
    assert next_of(stage, ref)[0] == "prove-identity"
    box = stage.file("all.mbox", b"From a@b Mon Nov 23 10:00:00 2026\nSubject: x\n\nhello\n")
    stage.refusal("reply", "add", ref, box, "--kind", "refused", code=2)


def test_a_picture_after_a_demand_is_read_first_and_the_demand_stands(
    sent: tuple[Stage, str],
) -> None:
    stage, ref = sent
    took(stage, ref, "请补充身份证明。", "--kind", "identity-required")
    stage.data("reply", "add", ref, stage.file("截图.txt", "见图。".encode()))
    shown = stage.data("case", "show", ref)
    assert shown["stage"] == "needs_me"
    assert shown["next"]["command"] == f"pirights reply correct {ref}/3 --kind KIND --because TEXT"
    said = ("--kind", "acknowledgement", "--because", "只说收到")
    stage.data("reply", "correct", f"{ref}/3", *said, "--yes")
    assert next_of(stage, ref)[0] == "prove-identity"


def test_what_hangs_on_a_mail_is_listed(sent: tuple[Stage, str]) -> None:
    stage, ref = sent
    made = EmailMessage()
    made["From"] = "privacy@park.example"
    made["Subject"] = ref
    made.set_content("请查收附件。")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="答复函.pdf")
    stage.data("reply", "add", stage.file("答复.eml", made.as_bytes()))
    (message,) = stage.data("reply", "show", f"{ref}/2")["replies"]
    assert message["attached"] == [
        {"name": "答复函.pdf", "media_type": "application/pdf", "size": 8}
    ]
    assert message["attachments"][0]["media_type"] == "message/rfc822"
    seen = stage.run("--lang", "en", "reply", "show", f"{ref}/2").out
    assert "答复函.pdf" in seen
    assert "application/pdf" in seen


def test_one_count_of_what_was_answered_stands_everywhere(sent: tuple[Stage, str]) -> None:
    stage, ref = sent
    items = stage.data("case", "show", ref)["items"]
    courtesy = [one["number"] for one in items if one["right"] is None]
    assert courtesy
    assert [one["number"] for one in items if not one["counted"]] == courtesy
    marks = ("--item", "1=given", "--item", f"{courtesy[0]}=given")
    counts = stage.data("reply", "score", ref, *marks)["counts"]
    answered = stage.data("case", "show", ref)["answered"]
    assert counts == {key: value for key, value in answered.items() if key != "all"}
    assert (answered["given"], answered["all"]) == (1, len(items) - len(courtesy))
    seen = stage.run("--lang", "en", "reply", "score", ref, *marks).out
    assert f"Answered: 1 of {answered['all']} items." in seen
    shown = stage.run("--lang", "en", "case", "show", ref).out
    assert f"1 of {answered['all']} given" in shown
    for text in (seen, shown):
        assert f"not counted: {', '.join(map(str, courtesy))}." in text


def test_a_mistyped_reference_waits_with_the_true_reason(sent: tuple[Stage, str]) -> None:
    stage, ref = sent
    wrong = ref[:10] + ("X" if ref[10] != "X" else "Y") + ref[11:]
    stage.data("reply", "add", stage.file("a.txt", f"关于 {wrong} 的来函，已收到。".encode()))
    (waiting,) = stage.data("inbox", "list")["messages"]
    assert wrong in waiting["matched_by"]
    assert "check character" in waiting["matched_by"]


def test_a_file_that_is_no_mailbox_is_refused_before_anything_is_taken(
    sent: tuple[Stage, str],
) -> None:
    stage, ref = sent
    text = stage.file("答复.mbox", "您的请求不予支持。".encode())
    letter = stage.file("信.txt", "来函收悉。".encode())
    error = stage.refusal("reply", "add", ref, letter, text, code=14)
    assert "答复.mbox is no mailbox" in error["message"]
    assert ".txt" in error["hint"]
    empty = stage.file("空.mbox", b"")
    assert "空.mbox is empty" in stage.refusal("reply", "add", empty, code=14)["message"]
    stage.refusal("reply", "add", ref, letter, "--all", code=2)
    assert stage.data("inbox", "list")["messages"] == []
    stage.refusal("reply", "show", ref, code=12)


def test_a_mailbox_of_few_mails_is_sorted_in_the_inbox(sent: tuple[Stage, str]) -> None:
    stage, ref = sent
    box = (
        b"From a@b Mon Nov 23 10:00:00 2026\nFrom: a@b.example\nSubject: PR-2026-7K3M9QX-C\n\nhi\n"
    )
    done = stage.data("reply", "add", stage.file("all.mbox", box))
    assert [(one["ref"], done["left_out"]) for one in done["files"]] == [(None, 0)]
    (waiting,) = stage.data("inbox", "list")["messages"]
    run = stage.run("--lang", "en", "inbox", "assign", waiting["id"], ref)
    assert "names PR-2026-7K3M9QX-C, not" in " ".join(run.err.split())


def test_a_talk_read_anew_is_one_message(sent: tuple[Stage, str]) -> None:
    stage, ref = sent
    talk = "2026-11-23 08:04 阿远\n请删除\n\n2026-11-23 08:05 客服\n您的请求不予支持。\n"
    path = stage.file("talk.txt", talk.encode())
    (plain,) = stage.data("reply", "add", ref, path)["files"]
    for more, kind in (
        ((), "unknown"),
        (("--me", "阿远"), "refused"),
        (("--me", "阿远"), "refused"),
    ):
        done = stage.data("reply", "add", ref, path, "--as-one", "--channel", "wechat", *more)
        (one,) = done["files"]
        assert (one["id"], one["kind"], done["already"]) == (plain["id"], kind, 1)
    assert len(stage.data("reply", "show", ref)["replies"]) == 1
