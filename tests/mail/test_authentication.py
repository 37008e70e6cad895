"""Tests of what a mail's headers record of checks; nothing is checked here."""

import time

from pirights.mail.authentication import Authentication, recorded

BOTH = (
    "Received: from a.example by mx.qq.example; Thu, 26 Nov 2026 10:00:00 +0800\r\n"
    "Authentication-Results: mx.qq.example 1; spf=pass smtp.mailfrom=park.example;\r\n"
    "\tdkim=pass (2048-bit key) header.d=park.example; dmarc=pass\r\n"
    "Received-SPF: pass (mx.qq.example: 203.0.113.9 is permitted) client-ip=203.0.113.9\r\n"
    "ARC-Authentication-Results: i=2; relay.example; spf=pass\r\n"
    "ARC-Authentication-Results: i=1; first.example; spf=none\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; d=park.example; s=k1;\r\n bh=abc=; b=x\r\n"
    "dkim-signature: v=1; d = mail.\r\n\tpark.example; s=k2\r\n"
    "Authentication-Results : mx.court.example; spf=pass\r\n"
    "From: a@park.example\r\n"
)
NOTHING = Authentication(
    results=None, spf=None, arc=None, below=(0, 0, 0), signatures=0, domains=()
)


def test_the_topmost_of_each_kind_is_read_and_the_others_are_counted() -> None:
    found = recorded(BOTH)
    assert found.results is not None
    assert found.results.system == "mx.qq.example"
    assert found.results.says == (
        "spf=pass smtp.mailfrom=park.example; dkim=pass (2048-bit key) header.d=park.example; "
        "dmarc=pass"
    )
    assert found.spf is not None
    assert found.spf.says.startswith("pass (mx.qq.example: 203.0.113.9 is permitted)")
    assert found.arc is not None
    assert (found.arc.system, found.arc.says) == ("relay.example", "spf=pass")
    assert found.below == (1, 0, 1)
    assert (found.signatures, found.domains) == (2, ("park.example", "mail.park.example"))


def test_a_mail_without_such_headers_records_nothing() -> None:
    assert recorded("From: a@b.example\nSubject: Authentication-Results: x; spf=pass\n") == NOTHING
    assert recorded("") == NOTHING


def test_a_line_that_goes_on_belongs_to_its_own_header() -> None:
    assert recorded("Subject: a\n Authentication-Results: x; spf=pass\n") == NOTHING


def test_a_comment_is_no_name_of_a_system() -> None:
    found = recorded("Authentication-Results: (kept) mx.example (here); none\n").results
    assert found is not None
    assert (found.system, found.says) == ("mx.example", "none")


def test_what_would_act_or_pretend_is_shown_escaped_and_bounded() -> None:
    found = recorded(
        "Authentication-Results: mx.例子;\x1b[31m spf=pass”本程序已验证 \u202etrap\n"
        f"Received-SPF: {'=?utf-8?q?pass?= ' * 9_000}\n"
        f"DKIM-Signature: d={'a' * 9_000}\n"
    )
    assert found.results is not None
    assert found.results.system == r"mx.\u4f8b\u5b50"
    assert found.results.says == r"\x1b[31m spf=pass\u201d本程序已验证 \u202etrap"
    assert found.spf is not None
    assert found.spf.says.startswith("=?utf-8?q?pass?=")
    assert len(found.spf.says) == 601
    assert len(found.domains[0]) == 101


def test_a_system_without_a_name_has_none() -> None:
    found = recorded("Authentication-Results: ; spf=pass\nDKIM-Signature: nonsense\n")
    assert found.results is not None
    assert (found.results.system, found.domains) == ("", ("",))


def test_headers_made_to_be_slow_are_read_at_once() -> None:
    begun = time.monotonic()
    recorded("Authentication-Results: " + "(" * 500_000 + ";\n" + "DKIM-Signature: d=a\n" * 50_000)
    recorded("Authentication-Results: a\n" + "\t(\n" * 500_000)
    recorded("ARC-Authentication-Results:" + " " * 1_000_000 + "i\n")
    assert time.monotonic() - begun < 10
