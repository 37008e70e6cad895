"""What replies seem to say."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights import reply_phrases
from pirights.domain.reply import ReplyKind
from pirights.domain.reply_reading import Reading, cited_articles, pattern_of
from pirights.domain.reply_reading import read as read_with
from pirights.errors import BadInput
from tests.domain.reply_samples import HELD_OUT, TUNED

QUOTED = (
    "您好，来函收悉，我们会尽快处理。\n\n"
    "{}\n"
    "> 请依法删除本人的人脸信息。如拒绝，请说明理由；如未存储，请书面确认。\n"
    "请提供副本。已删除的，请告知时间。不予删除的，请引用第四十七条。\n"
)


def read(text: str, subject: str = "", headers: dict[str, str] | None = None) -> Reading:
    return read_with(subject, text, headers or {}, reply_phrases.phrases())


@pytest.mark.parametrize(("kind", "text"), TUNED)
def test_a_reply_is_told_by_its_words(kind: ReplyKind, text: str) -> None:
    reading = read(text)
    assert reading.kind is kind, reading.reasons
    assert bool(reading.reasons) == (kind is not ReplyKind.UNKNOWN)


def test_replies_never_seen_before_are_mostly_told_and_seldom_mistaken() -> None:
    kinds = [(kind, read(text).kind) for kind, text in HELD_OUT]
    right = sum(kind is told for kind, told in kinds)
    mistaken = [pair for pair in kinds if pair[1] not in {pair[0], ReplyKind.UNKNOWN}]
    assert right / len(kinds) >= 0.8
    assert len(mistaken) / len(kinds) <= 0.05


@pytest.mark.parametrize(
    "mark",
    [
        "-----原始邮件-----",
        "------------------ 原始邮件 ------------------",
        "-----Original Message-----",
        "发件人: 张三 <zhang@example.org>\n发送时间: 2026年11月18日\n收件人: 某公司\n主题: 请求书",
        "From: Zhang San\nSent: Wednesday\nTo: Privacy\nSubject: request",
        "On Wed, 18 Nov 2026 at 10:00, Zhang San <zhang@example.org> wrote:",
        "On Wed, 18 Nov 2026 at 10:00, Zhang San\n<zhang@example.org> wrote:",
        "在 2026年11月18日，张三 写道：",
        "> 张三：",
    ],
)
def test_our_own_letter_quoted_in_the_reply_does_not_count(mark: str) -> None:
    text = QUOTED.format(mark)
    if mark.startswith(">"):
        text = text.replace("\n请提供", "\n> 请提供")
    assert read(text).kind is ReplyKind.ACKNOWLEDGEMENT


def test_an_answer_below_the_quoted_lines_counts() -> None:
    text = (
        "> 请删除本人的人脸信息。\n> 如不予删除，请说明理由。\n\n经核查，我司未存储您的人脸信息。"
    )
    assert read(text).kind is ReplyKind.NO_DATA


def test_a_reply_of_quotes_alone_says_nothing() -> None:
    assert read("-----原始邮件-----\n不予删除") == Reading(kind=ReplyKind.UNKNOWN)


def test_an_answer_that_was_only_passed_on_counts() -> None:
    text = (
        "---------- Forwarded message ----------\n"
        "From: 某公司\nDate: 2026-11-20\nSubject: 答复\nTo: 张三\n\n"
        "经核查，我司未存储您的人脸信息。"
    )
    assert read(text).kind is ReplyKind.NO_DATA


def test_a_line_that_merely_begins_with_from_is_no_quote() -> None:
    text = "From: what we can see, nothing is wrong.\nWe do not hold any data about you."
    assert read(text).kind is ReplyKind.NO_DATA


def test_a_sentence_broken_for_width_is_one() -> None:
    text = "We regret that after careful consideration we are not able\nto comply with it."
    assert read(text).kind is ReplyKind.REFUSED


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("x", {"report-type": "delivery-status", "content-type": "multipart/report"}),
        ("x", {"x-failed-recipients": "privacy@example.com"}),
        ("Undelivered Mail Returned to Sender", {"from": "MAILER-DAEMON@example.org"}),
        ("系统退信", {"from": "PostMaster@example.org"}),
        ("Delivery Status Notification (Failure)", {"return-path": "<>"}),
    ],
)
def test_a_bounce_is_told_by_its_headers(subject: str, headers: dict[str, str]) -> None:
    reading = read("已删除。无法送达。", subject, headers)
    assert reading.kind is ReplyKind.BOUNCED
    assert reading.reasons


@pytest.mark.parametrize(
    ("subject", "headers"),
    [
        ("x", {"auto-submitted": "auto-replied"}),
        ("x", {"x-autoreply": "yes"}),
        ("x", {"precedence": "auto_reply"}),
        ("自动回复: 请求书", {}),
        ("Automatic reply: request", {}),
        ("Read: request", {"report-type": "disposition-notification"}),
    ],
)
def test_an_automatic_answer_is_told_by_its_headers(
    subject: str,
    headers: dict[str, str],
) -> None:
    reading = read("您好，邮件已收到，我们会尽快回复。", subject, headers)
    assert reading.kind is ReplyKind.AUTO_REPLY


def test_a_person_who_says_so_is_no_machine() -> None:
    assert read("已收到您的请求。", headers={"auto-submitted": "no"}).kind is (
        ReplyKind.ACKNOWLEDGEMENT
    )


def test_an_answer_sent_by_a_ticket_system_is_still_an_answer() -> None:
    reading = read("您的人脸信息已删除。", headers={"auto-submitted": "auto-generated"})
    assert reading.kind is ReplyKind.GIVEN
    assert "auto-submitted: auto-generated" in reading.reasons


def test_the_articles_a_refusal_cites_are_among_its_reasons() -> None:
    reading = read(
        "根据《中华人民共和国个人信息保护法》第四十五条第一款、第十八条第一款的规定，"
        "该信息依法应当保密，我司不予提供。",
    )
    assert reading.kind is ReplyKind.REFUSED
    assert "不予提供" in reading.reasons
    assert "《中华人民共和国个人信息保护法》第四十五条第一款" in reading.reasons
    assert "第十八条第一款" in reading.reasons


def test_articles_are_found_in_both_languages() -> None:
    assert cited_articles(
        "依《民法典》（2020）第一千零三十七条第二款第(三)项，第13条；Article 47(2), Art. 18",
    ) == ["《民法典》（2020）第一千零三十七条第二款第(三)项", "第13条", "Article 47(2)", "Art. 18"]


def test_reasons_are_short_and_cannot_act() -> None:
    reading = read("\x1b[31m不予\x1b[0m删除，我司不予提供" + "x" * 500 + "。", "\x1b[2J自动回复")
    assert all(len(reason) <= 80 and reason.isprintable() for reason in reading.reasons)


@pytest.mark.parametrize(
    "hostile", ["已", "请", "不予", "cannot ", "《", "第一", "> ", "On ", "-", "\n"]
)
def test_a_text_made_to_be_slow_is_read_in_its_time(hostile: str) -> None:
    start = time.process_time()
    read(hostile * 300_000)
    assert time.process_time() - start < 5


@given(st.text(max_size=300), st.text(max_size=30))
def test_any_text_gives_a_reading(text: str, subject: str) -> None:
    assert read(text, subject).kind in ReplyKind


@pytest.mark.parametrize("says", ["", " ", "{a|b", "a}", "{a{b}}", "{}"])
def test_a_phrase_out_of_order_is_refused(says: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        pattern_of(says)


def test_nothing_in_a_phrase_acts_but_gaps_and_choices() -> None:
    assert pattern_of("a.*(b)+").search("a.*(b)+")
    assert not pattern_of("a.*(b)+").search("axxbb")
    assert pattern_of("{不予|拒绝}…删除").search("我司拒绝为您删除")
    assert not pattern_of("拒绝…删除").search("拒绝。请删除")


@pytest.mark.parametrize(
    "toml",
    [
        "[[phrase]]\nkind = 'angry'\nweight = 1\nsays = ['x']",
        "[[phrase]]\nkind = 'given'\nweight = 9\nsays = ['x']",
        "[[phrase]]\nkind = 'given'\nweight = 1\nsays = ['{x']",
        "[[phrase]]\nkind = 'given'\nweight = 1\nsays = 'x'",
        "[[phrase]]\nkind = 'given'\nweight = 1\nsays = ['x']\nunles = ['y']",
        "[[phrase]]\nkind = 'given'",
        "nonsense",
        "",
    ],
)
def test_a_faulty_file_of_phrases_is_named(toml: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(BadInput, match=r"own\.toml is malformed"):
        reply_phrases.load(tmp_path)
