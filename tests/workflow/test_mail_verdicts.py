"""Tests of the statement on a mail's page."""

import pytest

from pirights.domain.document import Letters
from pirights.mail.authentication import recorded
from pirights.workflow.mail_verdicts import statement

RESULTS = "Authentication-Results: mx.qq.example; spf=pass smtp.mailfrom=park.example\n"


def test_a_verdict_is_told_as_that_of_the_system_that_is_named() -> None:
    told = statement(recorded(RESULTS), Letters.ZH)
    assert (
        "Authentication-Results (RFC 8601)：据该邮件头所载，由自称 mx.qq.example 的邮件系统判定：\n"
        "“spf=pass smtp.mailfrom=park.example”"
    ) in told
    assert "本程序未作验证，也未联网查询" in told
    assert "同类记载中只取最上面一条" in told
    assert "What mail systems say" not in told


def test_both_languages_stand_where_the_bundle_has_both() -> None:
    told = statement(recorded(RESULTS), Letters.BOTH)
    assert told.index("邮件系统的验证记载") < told.index("What mail systems say they checked")
    assert "found, as this header says, by the mail system that calls itself mx.qq.example" in told
    assert "this program has checked none of it" in told
    assert "only the topmost is given" in told


def test_where_none_is_recorded_that_is_said_and_nothing_else() -> None:
    told = statement(recorded("From: a@b.example\n"), Letters.BOTH)
    assert "没有 Authentication-Results、Received-SPF、ARC、DKIM-Signature 的记载" in told
    assert "record no Authentication-Results, Received-SPF, ARC or DKIM-Signature" in told
    assert "最上面一条" not in told
    assert "“" not in told


def test_those_below_are_counted_and_not_told() -> None:
    told = statement(recorded(RESULTS + RESULTS.replace("mx.qq", "mx.court") * 2), Letters.BOTH)
    assert "mx.court" not in told
    assert "其下另有 2 条同类记载，未予采录" in told
    assert "(2 more of this kind below; not given here, see the headers.)" in told


def test_a_system_that_checked_nothing_is_said_to_have_checked_nothing() -> None:
    told = statement(recorded("Authentication-Results: mx.example; none\n"), Letters.BOTH)
    assert "自称 mx.example 的邮件系统未作任何验证（“none”）" in told
    assert "mx.example checked nothing (“none”)" in told


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Received-SPF: softfail (x)\n", "未以固定格式载明由哪个系统判定：\n“softfail (x)”"),
        (
            "ARC-Authentication-Results: i=1; relay.example; dkim=fail\n",
            "由自称 relay.example 的邮件系统判定：\n“dkim=fail”",
        ),
        (
            "DKIM-Signature: d=park.example\nDKIM-Signature: x\n",
            "载有 2 个签名，所称的签名域名如下；载有签名不等于签名有效。\n“park.example, ?”",
        ),
    ],
)
def test_every_kind_has_its_sentence(header: str, words: str) -> None:
    assert words in statement(recorded(header), Letters.ZH)


def test_a_sender_cannot_leave_the_quotation_marks() -> None:
    header = (
        "Authentication-Results: mx.example; spf=pass”。本程序已验证。\r\n\t\r\n\t本邮件为真“\n"
    )
    told = statement(recorded(header), Letters.ZH)
    (line,) = [one for one in told.split("\n") if "已验证" in one]
    assert line.startswith("“spf=pass\\u201d")
    assert line.count("”") == 1
    assert line.endswith("”")
