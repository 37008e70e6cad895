"""A mailbox whose server does not behave: every talk has an end, and a reason."""

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pirights.domain.mail_account import MailAccount, Security, Server
from pirights.errors import NetworkRefused
from pirights.mail import imap
from tests.mail_servers import PASSWORD, USER, Certificate, certify, misbehaving

Line = Callable[[], bytes]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certify(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def trusting(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))


def look(port: int, *, security: Security = Security.TLS) -> list[bytes]:
    server = Server(host="localhost", port=port, security=security)
    account = MailAccount(user=USER, imap=server, timeout=1)
    with imap.opened(account, PASSWORD) as box:
        box.examine("INBOX")
        return [box.octets(head.uid) for head in box.heads(box.since(date(2026, 11, 1)))]


def talk(answers: dict[bytes, bytes]) -> Callable[[Any, Line], None]:
    """A server that answers by the command's name, and to others with OK."""

    def play(line: Any, read: Line) -> None:  # noqa: ANN401 (a socket, plain or not)
        line.sendall(b"* OK here\r\n")
        while said := read():
            tag, _, rest = said.partition(b" ")
            words = rest.upper().split()
            name = words[1] if words[0] == b"UID" else words[0]
            if name in answers and answers[name] == b"":
                return
            body = answers.get(name, b"")
            if name == b"CAPABILITY":
                body = b"* CAPABILITY IMAP4rev1\r\n"
            line.sendall(body + tag + b" OK done\r\n")

    return play


@pytest.mark.parametrize("cut", [b"LOGIN", b"EXAMINE", b"SEARCH", b"FETCH"])
def test_a_server_that_drops_the_line_is_told(certificate: Certificate, cut: bytes) -> None:
    answers = {b"SEARCH": b"* SEARCH 1 2\r\n", cut: b""}
    with (
        misbehaving(talk(answers), certificate.context()) as port,
        pytest.raises(NetworkRefused, match="ended the talk"),
    ):
        look(port)


def test_a_server_that_hangs_is_not_waited_for_without_end(certificate: Certificate) -> None:
    begun = time.monotonic()
    with (
        misbehaving(lambda _line, read: read(), certificate.context()) as port,
        pytest.raises(NetworkRefused, match="does not answer"),
    ):
        look(port)
    assert time.monotonic() - begun < 4


def test_a_mail_that_breaks_off_in_the_midst_is_not_taken(certificate: Certificate) -> None:
    broken = b"* 1 FETCH (UID 1 RFC822.SIZE 90 BODY[] {9000}\r\nFrom: a@b\r\n"

    def play(line: Any, read: Line) -> None:  # noqa: ANN401
        line.sendall(b"* OK here\r\n")
        while said := read():
            tag = said.split()[0]
            if b"FETCH" in said:
                line.sendall(broken)
                return
            more = b"* CAPABILITY IMAP4rev1\r\n" if b"CAPABILITY" in said else b""
            more = b"* SEARCH 1\r\n" if b"SEARCH" in said else more
            line.sendall(more + tag + b" OK done\r\n")

    with (
        misbehaving(play, certificate.context()) as port,
        pytest.raises(NetworkRefused),
    ):
        look(port)


@pytest.mark.parametrize(
    "junk", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x00" * 2000, b"* BYE\r\n"]
)
def test_what_is_no_mail_server_is_told(certificate: Certificate, junk: bytes) -> None:
    with (
        misbehaving(lambda line, _read: line.sendall(junk), certificate.context()) as port,
        pytest.raises(NetworkRefused),
    ):
        look(port)


def test_a_refusal_is_shown_in_the_servers_words_and_harmless(certificate: Certificate) -> None:
    def play(line: Any, read: Line) -> None:  # noqa: ANN401
        line.sendall(b"* OK here\r\n")
        while said := read():
            tag = said.split()[0]
            if b"LOGIN" in said:
                line.sendall(tag + b" NO \x1b[31mUnsafe Login\r\n")
            else:
                line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")

    with (
        misbehaving(play, certificate.context()) as port,
        pytest.raises(NetworkRefused, match="Unsafe Login") as refused,
    ):
        look(port)
    assert "\x1b" not in str(refused.value)
    assert PASSWORD not in str(refused.value)


def test_no_starttls_no_password(certificate: Certificate) -> None:
    del certificate
    seen: list[bytes] = []

    def play(line: Any, read: Line) -> None:  # noqa: ANN401
        line.sendall(b"* OK here\r\n")
        while said := read():
            seen.append(said)
            tag = said.split()[0]
            line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")

    with misbehaving(play) as port, pytest.raises(NetworkRefused):
        look(port, security=Security.STARTTLS)
    assert not [said for said in seen if b"LOGIN" in said]


def test_what_a_server_does_not_know_of_a_mail_does_not_stop_it(certificate: Certificate) -> None:
    answers = {b"SEARCH": b"* SEARCH 1 2\r\n", b"FETCH": b"* 1 FETCH (FLAGS ())\r\n* 9 EXISTS\r\n"}
    with misbehaving(talk(answers), certificate.context()) as port:
        assert look(port) == []
