"""Handing a mail to a server: what becomes of it when the server behaves, and when it does not."""

import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pirights.domain.mail_account import MailAccount, Security, Server
from pirights.mail import smtp
from pirights.mail.smtp import Fate, Outcome
from tests.mail_servers import (
    PASSWORD,
    USER,
    Certificate,
    Post,
    certify,
    free_port,
    misbehaving,
    post_office,
)

MAIL = b"From: <a@b.example>\r\nSubject: x\r\n\r\n.dot\r\n..two\r\nend\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certify(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def trusting(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine trusts the test's own authority, as it would trust a real one."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))


def account(
    port: int, *, security: Security = Security.TLS, user: str = USER, timeout: int = 5
) -> MailAccount:
    server = Server(host="localhost", port=port, security=security)
    return MailAccount(user=user, smtp=server, timeout=timeout)


def send(to: MailAccount, *, password: str = PASSWORD, data: bytes = MAIL) -> Outcome:
    return smtp.send(
        to, password, sender="wang@mail.example", recipient="privacy@park.example", data=data
    )


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_mail_arrives_octet_for_octet_over_tls_with_a_password(
    certificate: Certificate, security: Security
) -> None:
    with post_office(certificate.context(), starttls=security is Security.STARTTLS) as post:
        outcome = send(account(post.port, security=security))
    assert (outcome.fate, outcome.reason) == (Fate.ACCEPTED, None)
    assert post.mails == [MAIL]
    assert post.senders == ["wang@mail.example"]
    assert post.recipients == ["privacy@park.example"]


def test_a_report_on_the_delivery_is_asked_for_where_it_is_offered(
    certificate: Certificate,
) -> None:
    with post_office(certificate.context()) as post:
        outcome = send(account(post.port))
    assert outcome.watched
    assert "RET=HDRS" in post.options
    assert "NOTIFY=SUCCESS,FAILURE,DELAY" in post.options


def test_the_talk_is_written_down_without_password_mail_and_host_name(
    certificate: Certificate,
) -> None:
    with post_office(certificate.context()) as post:
        talk = send(account(post.port)).talk
    assert "S: 250 2.0.0 queued as 4711" in talk
    assert "C: mail FROM:<wang@mail.example>" in talk
    assert PASSWORD not in talk
    assert "C: AUTH …" in talk
    for word in talk.split():
        assert b"app-password" not in _from_base64(word)
    assert "Subject" not in talk
    assert set(post.hosts) == {"[127.0.0.1]"}
    assert socket.gethostname() not in talk.replace("localhost", "")


def _from_base64(word: str) -> bytes:
    import base64

    try:
        return base64.b64decode(word, validate=True)
    except ValueError:
        return b""


def test_a_wrong_password_is_refused_and_nothing_left(certificate: Certificate) -> None:
    with post_office(certificate.context()) as post:
        outcome = send(account(post.port), password="wrong")  # noqa: S106
    assert outcome.fate is Fate.REFUSED
    assert "535" in str(outcome.reason)
    assert post.mails == []


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        ("550 5.1.1 no such user", Fate.REFUSED),
        ("450 4.2.0 greylisted, try later", Fate.DEFERRED),
    ],
)
def test_a_refused_recipient_is_told_for_now_or_for_good(
    certificate: Certificate, answer: str, fate: Fate
) -> None:
    with post_office(certificate.context(), post=Post(refuse_recipient=answer)) as post:
        outcome = send(account(post.port))
    assert outcome.fate is fate
    assert answer in str(outcome.reason)
    assert post.mails == []


def test_a_certificate_for_another_host_gets_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = certify(tmp_path, "other.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.certificate))
    with post_office(other.context()) as post:
        outcome = send(account(post.port))
    assert outcome.fate is Fate.NOT_SENT
    assert "certificate is not to be trusted" in str(outcome.reason)
    assert outcome.talk == ""


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch, security: Security
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    with post_office(certificate.context(), starttls=security is Security.STARTTLS) as post:
        outcome = send(account(post.port, security=security))
    assert outcome.fate is Fate.NOT_SENT
    assert "certificate is not to be trusted" in str(outcome.reason)
    assert "AUTH" not in outcome.talk.replace("250-AUTH", "")


def test_nobody_listens(certificate: Certificate) -> None:
    del certificate
    outcome = send(account(free_port()))
    assert outcome.fate is Fate.NOT_SENT
    assert "refused" in str(outcome.reason)


Line = Callable[[], bytes]


def greeted(talk: Any, line: Line, *, until: bytes) -> None:  # noqa: ANN401 (a socket, plain or not)
    """Behave well until a command comes."""
    talk.sendall(b"220 here\r\n")
    while True:
        said = line()
        if not said or said.upper().startswith(until):
            return
        talk.sendall(b"354 go\r\n" if said.upper().startswith(b"DATA") else b"250 fine\r\n")


def mail_of(line: Line) -> None:
    """Read a mail to its end."""
    while line() not in {b".\r\n", b""}:
        pass


def played(
    certificate: Certificate,
    play: Callable[[Any, Line], object],
    *,
    timeout: int = 1,
    data: bytes = MAIL,
) -> Outcome:
    with misbehaving(play, certificate.context()) as port:
        return send(account(port, user="", timeout=timeout), data=data)


def test_a_server_that_never_greets_is_not_waited_for_without_end(
    certificate: Certificate,
) -> None:
    begun = time.monotonic()
    outcome = played(certificate, lambda _talk, line: [line() for _ in range(9)])
    assert time.monotonic() - begun < 4
    assert outcome.fate is Fate.NOT_SENT
    assert "does not answer" in str(outcome.reason)


def test_a_server_that_hangs_before_the_mail_has_taken_nothing(certificate: Certificate) -> None:
    def play(talk: Any, line: Line) -> None:  # noqa: ANN401
        greeted(talk, line, until=b"RCPT")
        line()

    assert played(certificate, play).fate is Fate.NOT_SENT


def test_a_server_that_hangs_after_the_mail_may_have_taken_it(certificate: Certificate) -> None:
    def play(talk: Any, line: Line) -> None:  # noqa: ANN401
        greeted(talk, line, until=b"DATA")
        talk.sendall(b"354 go\r\n")
        mail_of(line)
        line()

    outcome = played(certificate, play)
    assert outcome.fate is Fate.UNCERTAIN
    assert "does not answer" in str(outcome.reason)


def test_a_server_that_drops_the_line_in_the_midst_of_the_mail(certificate: Certificate) -> None:
    def play(talk: Any, line: Line) -> None:  # noqa: ANN401
        greeted(talk, line, until=b"DATA")
        talk.sendall(b"354 go\r\n")
        line()

    outcome = played(certificate, play, data=MAIL + b"x" * 70 + b"\r\n" * 8_000_000)
    assert outcome.fate is Fate.NOT_SENT  # its end never went out


def test_a_server_that_takes_the_mail_and_drops_the_line(certificate: Certificate) -> None:
    def play(talk: Any, line: Line) -> None:  # noqa: ANN401
        greeted(talk, line, until=b"DATA")
        talk.sendall(b"354 go\r\n")
        mail_of(line)

    outcome = played(certificate, play)
    assert outcome.fate is Fate.UNCERTAIN
    assert "ended the talk" in str(outcome.reason)


def test_a_server_that_says_250_and_then_closes_has_the_mail(certificate: Certificate) -> None:
    def play(talk: Any, line: Line) -> None:  # noqa: ANN401
        greeted(talk, line, until=b"DATA")
        talk.sendall(b"354 go\r\n")
        mail_of(line)
        talk.sendall(b"250 taken\r\n")

    assert played(certificate, play).fate is Fate.ACCEPTED


@pytest.mark.parametrize(
    ("answer", "fate"), [(b"452 full\r\n", Fate.DEFERRED), (b"554 spam\r\n", Fate.REFUSED)]
)
def test_a_mail_refused_at_its_end_was_not_sent(
    certificate: Certificate, answer: bytes, fate: Fate
) -> None:
    def play(talk: Any, line: Line) -> None:  # noqa: ANN401
        greeted(talk, line, until=b"DATA")
        talk.sendall(b"354 go\r\n")
        mail_of(line)
        talk.sendall(answer)
        line()

    outcome = played(certificate, play)
    assert outcome.fate is fate
    assert answer.decode().strip() in str(outcome.reason)


def test_a_server_that_is_closing_has_a_no_for_now(certificate: Certificate) -> None:
    outcome = played(certificate, lambda talk, _line: talk.sendall(b"421 come back later\r\n"))
    assert outcome.fate is Fate.DEFERRED


@pytest.mark.parametrize(
    "babble", [b"250-more\r\n" * 100_000, b"x" * 1_000_000, b"HTTP/1.1 400 Bad Request\r\n\r\n"]
)
def test_an_answer_without_end_or_sense_is_cut_off(certificate: Certificate, babble: bytes) -> None:
    outcome = played(certificate, lambda talk, _line: talk.sendall(babble))
    assert outcome.fate is Fate.NOT_SENT
    assert len(outcome.talk) < 200_000


def test_an_answer_that_steers_the_terminal_is_shown_harmless(certificate: Certificate) -> None:
    outcome = played(certificate, lambda talk, _line: talk.sendall(b"554 \x1b[31mno\x07\r\n"))
    assert "\x1b" not in str(outcome.reason) + outcome.talk


def test_no_starttls_no_password(certificate: Certificate) -> None:
    del certificate
    seen: list[bytes] = []

    def play(talk: Any, line: Line) -> None:  # noqa: ANN401
        talk.sendall(b"220 here\r\n")
        while said := line():
            seen.append(said)
            talk.sendall(b"250-here\r\n250 AUTH PLAIN LOGIN\r\n")

    with misbehaving(play) as port:
        outcome = send(account(port, security=Security.STARTTLS))
    assert outcome.fate is Fate.NOT_SENT
    assert "does not offer" in str(outcome.reason)
    assert not [said for said in seen if b"AUTH" in said.upper()]


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_a_server_of_an_old_tls_is_not_talked_to(certificate: Certificate) -> None:
    old = certificate.context()
    old.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    with misbehaving(lambda _talk, line: line(), old) as port:
        assert send(account(port, timeout=2)).fate is Fate.NOT_SENT
