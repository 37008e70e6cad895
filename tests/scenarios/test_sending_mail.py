"""`sent --smtp`: a letter goes through the user's own account, once, whatever happens between."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pirights.workflow import vault_care
from tests.mail_servers import PASSWORD, USER, Certificate, Post, certify, misbehaving, post_office
from tests.scenarios.stage import NOW, Stage
from tests.vault.killing import moments

PARK = "privacy@park.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certify(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def post(certificate: Certificate) -> Iterator[Post]:
    with post_office(certificate.context()) as office:
        yield office


@pytest.fixture
def ready(case: tuple[Stage, str], certificate: Certificate, post: Post) -> tuple[Stage, str]:
    """A case whose letter can be sent: addresses, account and password are known."""
    stage, ref = case
    secret = stage.file("mail-password", PASSWORD.encode() + b"\n")
    stage = stage.having(
        PIRIGHTS_MAIL_PASSWORD_FILE=secret, SSL_CERT_FILE=str(certificate.certificate)
    )
    stage.run("person", "edit", "P1", "--email", USER)
    stage.run("handler", "edit", "H1", "--email", PARK)
    account(stage, post.port)
    return stage, ref


def account(stage: Stage, port: int, *more: str) -> None:
    words = ("--smtp-host", "localhost", "--smtp-port", str(port), "--user", USER)
    stage.run("mail", "set", *words, *more)


def send(stage: Stage, ref: str, *more: str, code: int = 0) -> Any:  # noqa: ANN401
    words = ("sent", ref, "--channel", "email", "--smtp", "--yes", *more)
    return stage.data(*words) if code == 0 else stage.refusal(*words, code=code)


def journal(stage: Stage) -> list[str]:
    """The kinds of the journal's rows about letters."""
    found = vault_care.desk(
        stage.vault,
        given=lambda: stage.passphrase,
        prompt=lambda: None,
        now=datetime(2026, 11, 23, tzinfo=UTC),
    )
    with found.vault:
        return [row.kind for row in found.vault.journal_rows() if row.kind.startswith("letter.")]


def delivery(stage: Stage, ref: str) -> str:
    return str(stage.data("case", "show", ref)["delivery"])


def test_what_is_sent_is_the_draft_without_its_mark_and_dated_now(
    ready: tuple[Stage, str], post: Post
) -> None:
    stage, ref = ready
    done = send(stage.having(SOURCE_DATE_EPOCH=str(int(NOW) + 3605)), ref)
    assert done["delivery"] == "sent"
    assert done["delivery_report_asked"] is True
    out = stage.home / "draft.eml"
    stage.run("request", "render", ref, "--format", "eml", "--out", str(out))
    draft = out.read_bytes().replace(b"X-Unsent: 1\r\n", b"")
    now = b"Date: Mon, 23 Nov 2026 13:00:05 +0800"
    assert re.sub(rb"Date: [^\r]*12:00:00 \+0800", now, draft, count=1) == post.mails[0]
    assert now in post.mails[0]
    assert message_from_bytes(post.mails[0])["Message-ID"] == done["message_id"]
    assert (post.senders, post.recipients) == ([USER], [PARK])
    assert journal(stage) == [
        "letter.added",
        "letter.drafted",
        "letter.sending",
        "letter.sent",
    ]


def test_the_octets_and_the_servers_answers_are_kept_with_the_letter(
    ready: tuple[Stage, str], post: Post
) -> None:
    stage, ref = ready
    done = send(stage, ref)
    mail, answers = done["proofs"]
    assert mail["sha256"] == sha256(post.mails[0]).hexdigest()
    assert answers["name"].endswith("-smtp.txt")
    assert {one["purpose"] for one in done["proofs"]} == {"sent-proof"}
    kept = stage.data("case", "show", ref)["attachments"]
    assert {mail["sha256"], answers["sha256"]} <= {one["sha256"] for one in kept}


def test_it_is_sent_once(ready: tuple[Stage, str], post: Post) -> None:
    stage, ref = ready
    send(stage, ref)
    told = send(stage, ref, code=11)
    assert "was sent on 2026-11-23 already" in told["message"]
    assert send(stage, ref, "--again", code=11)
    assert len(post.mails) == 1


def bounced(stage: Stage, message_id: str, *, to: str = PARK, name: str = "bounce") -> None:
    """A report that a mail came back."""
    head = (
        f"From: MAILER-DAEMON@mail.example\r\nTo: {USER}\r\nSubject: Undelivered\r\n"
        f"Date: Mon, 23 Nov 2026 10:00:00 +0800\r\nMessage-ID: <{name}@mail.example>\r\n"
        f"In-Reply-To: {message_id}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\n550 5.1.1 user unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    )
    stage.run("reply", "add", stage.file(f"{name}.eml", head.encode()))


def ids(post: Post) -> list[str]:
    return [str(message_from_bytes(one)["Message-ID"]) for one in post.mails]


def test_sent_to_another_address_it_is_another_mail_and_both_are_kept_and_known(
    ready: tuple[Stage, str], post: Post
) -> None:
    stage, ref = ready
    first = send(stage, ref)
    bounced(stage, first["message_id"])
    assert delivery(stage, ref) == "bounced"
    stage.run("handler", "edit", "H1", "--email", "legal@park.example")
    shown = stage.data("sent", ref, "--channel", "email", "--smtp", "--dry-run")
    second = send(stage, ref)
    assert ids(post) == [first["message_id"], second["message_id"]]
    assert len(set(ids(post))) == 2
    assert shown["message_id"] == second["message_id"]
    assert post.recipients == [PARK, "legal@park.example"]
    kept = {
        one["name"]: one["sha256"]
        for one in stage.data("case", "show", ref)["attachments"]
        if one["purpose"] == "sent-proof"
    }
    assert [kept[f"{ref}-1-{n}.eml"] for n in (1, 2)] == [
        sha256(one).hexdigest() for one in post.mails
    ]
    assert {f"{ref}-1-1-smtp.txt", f"{ref}-1-2-smtp.txt"} <= set(kept)
    for number, one in enumerate(ids(post)):
        head = f"From: a@else.example\r\nReferences: {one}\r\nMessage-ID: <{number}@else>\r\n"
        answer = stage.file(f"{number}.eml", f"{head}Subject: re\r\n\r\nok {number}\r\n".encode())
        (taken,) = stage.data("reply", "add", answer)["files"]
        assert taken["ref"] == ref
        assert one in taken["matched_by"]


@pytest.mark.usefixtures("post")
def test_a_letter_that_came_back_is_to_be_sent_again_and_not_looked_for(
    ready: tuple[Stage, str],
) -> None:
    stage, ref = ready
    first = send(stage, ref)
    assert stage.data("case", "show", ref)["deadlines"][0]["what"] == "arrival"
    bounced(stage, first["message_id"])
    (due, *_) = stage.data("case", "show", ref)["deadlines"]
    assert (due["what"], due["letter"]) == ("send", 1)
    assert "came back" in due["meaning"]


def test_killed_while_it_goes_to_another_address_the_retry_finds_that_mail(
    ready: tuple[Stage, str], post: Post
) -> None:
    stage, ref = ready
    bounced(stage, send(stage, ref)["message_id"])
    stage.run("handler", "edit", "H1", "--email", "legal@park.example")
    child: list[subprocess.Popen[bytes]] = []
    post.on_data = lambda: os.kill(child[0].pid, signal.SIGKILL)
    words = ("sent", ref, "--channel", "email", "--smtp", "--yes")
    child.append(stage.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    child[0].wait(timeout=60)
    post.on_data = None
    told = send(stage, ref, code=11)
    assert ids(post)[1] in told["message"]
    assert ids(post)[0] not in told["message"]
    later = stage.having(SOURCE_DATE_EPOCH=str(int(NOW) + 90_000))
    assert send(later, ref, "--again")["message_id"] == ids(post)[1]
    assert post.mails[2] == post.mails[1]  # a day later, and still the same octets
    assert len(post.mails) == 3
    assert stage.data("vault", "check")["clean"] is True


def test_a_server_that_says_250_and_then_closes_has_the_mail_and_gets_no_other(
    ready: tuple[Stage, str], certificate: Certificate
) -> None:
    stage, ref = ready
    taken: list[bytes] = []

    def play(talk: Any, line: Any) -> None:  # noqa: ANN401
        talk.sendall(b"220 here\r\n")
        while said := line():
            name = said[:4].upper()
            if name == b"DATA":
                break
            talk.sendall(
                {b"EHLO": b"250-here\r\n250 AUTH PLAIN\r\n", b"AUTH": b"235 in\r\n"}.get(
                    name, b"250 fine\r\n"
                )
            )
        talk.sendall(b"354 go\r\n")
        taken.append(b"".join(iter(line, b".\r\n")))
        talk.sendall(b"250 taken\r\n")

    with misbehaving(play, certificate.context()) as port:
        account(stage, port, "--timeout", "5")
        done = send(stage, ref)
        assert done["delivery"] == "sent"
        assert done["proofs"][0]["sha256"] == sha256(taken[0]).hexdigest()
        assert "already" in send(stage, ref, code=11)["message"]
    assert len(taken) == 1


def test_a_dry_run_shows_all_and_touches_nothing(ready: tuple[Stage, str], post: Post) -> None:
    stage, ref = ready
    before = stage.data("case", "show", ref)
    shown = stage.data("sent", ref, "--channel", "email", "--smtp", "--dry-run")
    assert (shown["from"], shown["to"], shown["sent"]) == (USER, [PARK], False)
    assert shown["subject"].endswith(f"[{ref}]")
    assert post.mails == []
    assert stage.data("case", "show", ref) == before


def test_nobody_is_there_to_say_yes(ready: tuple[Stage, str], post: Post) -> None:
    stage, ref = ready
    told = stage.run("sent", ref, "--channel", "email", "--smtp", code=2)
    assert f"From {USER} to {PARK}" in told.err
    assert "--yes" in told.err
    assert post.mails == []


def test_killed_between_accepted_and_recorded_it_is_not_sent_again(
    ready: tuple[Stage, str], post: Post
) -> None:
    stage, ref = ready
    child: list[subprocess.Popen[bytes]] = []
    post.on_data = lambda: os.kill(child[0].pid, signal.SIGKILL)  # it has the mail: now
    words = ("sent", ref, "--channel", "email", "--smtp", "--yes")
    child.append(stage.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    out, _ = child[0].communicate(timeout=60)
    assert (child[0].returncode, out) == (-signal.SIGKILL, b"")
    assert len(post.mails) == 1
    assert delivery(stage, ref) == "sending"

    post.on_data = None
    told = send(stage, ref, code=11)
    sent_id = message_from_bytes(post.mails[0])["Message-ID"]
    assert sent_id in told["message"]
    assert "sent mails" in told["message"]
    assert f"pirights sent {ref} --channel email" in told["hint"]
    assert "--again" in told["hint"]
    assert len(post.mails) == 1
    assert stage.data("vault", "check")["clean"] is True

    recorded = stage.data("sent", ref, "--channel", "email")
    assert recorded["delivery"] == "sent"
    assert len(post.mails) == 1


def test_after_a_crash_it_is_sent_anew_only_when_told_to_with_the_same_id(
    ready: tuple[Stage, str], post: Post
) -> None:
    stage, ref = ready
    child: list[subprocess.Popen[bytes]] = []
    post.on_data = lambda: os.kill(child[0].pid, signal.SIGKILL)
    words = ("sent", ref, "--channel", "email", "--smtp", "--yes")
    child.append(stage.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    child[0].wait(timeout=60)
    post.on_data = None
    assert send(stage, ref, "--again")["delivery"] == "sent"
    assert len(post.mails) == 2
    assert post.mails[0] == post.mails[1]
    assert journal(stage).count("letter.sending") == 2


def test_killed_at_any_moment_it_is_never_sent_twice(ready: tuple[Stage, str], post: Post) -> None:
    stage, ref = ready
    words = ("sent", ref, "--channel", "email", "--smtp", "--yes")
    for after in moments(6, 1.6):
        child = stage.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(after)
        child.kill()
        child.wait()
    ended = stage.run(*words, code=None)
    assert ended.code in {0, 11}
    assert len(post.mails) <= 1
    assert stage.data("vault", "check")["clean"] is True


def test_two_that_send_at_once_send_once(ready: tuple[Stage, str], post: Post) -> None:
    stage, ref = ready
    post.on_data = lambda: time.sleep(3)
    words = ("sent", ref, "--channel", "email", "--smtp", "--yes")
    children = [
        stage.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(3)
    ]
    codes = sorted(child.wait(timeout=60) for child in children)
    assert codes == [0, 11, 11]
    assert len(post.mails) == 1
    assert delivery(stage, ref) == "sent"


def test_stopped_with_ctrl_c_it_knows_whether_the_mail_may_be_out(
    ready: tuple[Stage, str], post: Post
) -> None:
    stage, ref = ready
    child: list[subprocess.Popen[bytes]] = []

    def stop() -> None:
        child[0].send_signal(signal.SIGINT)
        time.sleep(1)

    post.on_data = stop
    words = ("sent", ref, "--channel", "email", "--smtp", "--yes")
    child.append(stage.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    out, err = child[0].communicate(timeout=60)
    assert (child[0].returncode, out) == (3, b"")
    assert b"may be under way" in err
    assert delivery(stage, ref) == "sending"
    assert len(post.mails) == 1


@pytest.mark.parametrize(
    ("answer", "state"), [("550 5.1.1 unknown", "failed"), ("451 4.7.1 later", "deferred")]
)
def test_what_the_server_refuses_is_told_recorded_and_can_be_tried_again(
    ready: tuple[Stage, str], post: Post, answer: str, state: str
) -> None:
    stage, ref = ready
    post.refuse_recipient = answer
    told = send(stage, ref, code=30)
    assert answer in told["message"]
    assert delivery(stage, ref) == state
    kept = [one["name"] for one in stage.data("case", "show", ref)["attachments"]]
    assert f"{ref}-1-1-smtp.txt" in kept
    post.refuse_recipient = ""
    assert send(stage, ref)["delivery"] == "sent"
    assert len(post.mails) == 1


def test_a_server_that_takes_it_and_falls_silent_leaves_it_open(
    ready: tuple[Stage, str], certificate: Certificate
) -> None:
    stage, ref = ready

    def play(talk: Any, line: Any) -> None:  # noqa: ANN401
        talk.sendall(b"220 here\r\n")
        while not line().upper().startswith(b"EHLO"):
            pass
        talk.sendall(b"250-here\r\n250 AUTH PLAIN\r\n")
        while said := line():
            if said.upper().startswith(b"DATA"):
                break
            talk.sendall(b"235 in\r\n" if said.upper().startswith(b"AUTH") else b"250 fine\r\n")
        talk.sendall(b"354 go\r\n")
        while line() not in {b".\r\n", b""}:
            pass

    with misbehaving(play, certificate.context()) as port:
        account(stage, port, "--timeout", "2")
        told = send(stage, ref, code=30)
        assert "may be under way" in told["message"]
        assert re.search(r"<PR-\S+@pirights.invalid>", told["hint"])
        assert delivery(stage, ref) == "sending"
        assert send(stage, ref, code=11)


def test_a_server_with_a_wrong_certificate_gets_nothing(
    ready: tuple[Stage, str], post: Post
) -> None:
    stage, ref = ready
    stage = stage.having(SSL_CERT_FILE="/nonexistent")
    assert "certificate" in send(stage, ref, code=30)["message"]
    assert delivery(stage, ref) == "failed"
    assert post.mails == []


@pytest.mark.parametrize(
    ("who", "why"), [("P1", "P1 has no e-mail address"), ("H1", "H1 has no e-mail address")]
)
def test_without_an_address_nothing_begins(ready: tuple[Stage, str], who: str, why: str) -> None:
    stage, ref = ready
    stage.run("person" if who == "P1" else "handler", "edit", who, "--email", "")
    assert why in send(stage, ref, code=14)["message"]
    assert delivery(stage, ref) == "unknown"


def test_without_account_or_password_nothing_begins(case: tuple[Stage, str]) -> None:
    stage, ref = case
    stage.run("person", "edit", "P1", "--email", USER)
    stage.run("handler", "edit", "H1", "--email", PARK)
    assert "pirights mail set" in send(stage, ref, code=14)["hint"]
    account(stage, 465)
    assert "pirights mail password" in send(stage, ref, code=2)["hint"]
    assert delivery(stage, ref) == "unknown"


def test_the_account_is_kept_without_its_password(case: tuple[Stage, str]) -> None:
    stage, _ = case
    stage = stage.having(PIRIGHTS_MAIL_PASSWORD_FILE=stage.file("pw", PASSWORD.encode()))
    account(stage, 465, "--imap-host", "imap.mail.example", "--imap-security", "starttls")
    shown = stage.data("mail", "show")
    assert shown["smtp"] == {"host": "localhost", "port": 465, "security": "tls"}
    assert shown["imap"] == {"host": "imap.mail.example", "port": 143, "security": "starttls"}
    assert shown["password_kept"] is False
    told = stage.refusal("mail", "password", code=14)
    assert "no keyring" in told["message"]
    for path in stage.home.rglob("*"):
        if path.is_file() and path.name != "pw":
            assert PASSWORD.encode() not in path.read_bytes(), path
    stage.run("mail", "set", "--imap-host", "")
    assert stage.data("mail", "show")["imap"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("--smtp-host", "smtp.mail.example", "--smtp-security", "none"),
        ("--smtp-host", "smtp mail"),
        ("--smtp-host", "smtp.mail.example", "--smtp-port", "70000"),
        ("--smtp-host", "a\x1b[31m"),
        ("--timeout", "0"),
        ("--imap-port", "993"),
    ],
)
def test_settings_that_cannot_be_are_refused(case: tuple[Stage, str], words: tuple[str]) -> None:
    case[0].refusal("mail", "set", *words, code=14)


@pytest.mark.parametrize("text", ["user = 1", "[smtp]\nhost = 'x'", "not toml", "other = 1"])
def test_settings_that_cannot_be_read_are_named(case: tuple[Stage, str], text: str) -> None:
    stage, _ = case
    account(stage, 465)
    path = Path(stage.data("mail", "show")["file"])
    path.write_text(text, encoding="utf-8")
    assert path.name in stage.refusal("mail", "show", code=14)["message"]


def test_what_goes_with_smtp_only_is_refused_without_it(case: tuple[Stage, str]) -> None:
    stage, ref = case
    stage.refusal("sent", ref, "--channel", "email", "--again", code=2)
    stage.refusal("sent", ref, "--channel", "ems", "--smtp", code=2)
    stage.refusal("sent", ref, "--channel", "email", "--smtp", "--at", "2026-11-22", code=2)
