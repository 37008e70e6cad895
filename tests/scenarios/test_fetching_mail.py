"""`inbox fetch`: from a real mailbox, which stays as it is; and each mail once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests import needs
from tests.mail_servers import (
    PASSWORD,
    USER,
    Certificate,
    Post,
    certify,
    cutting,
    free_port,
    misbehaving,
    post_office,
)
from tests.mailbox import DOVECOT, Mailbox, served
from tests.scenarios.stage import Stage

pytestmark = needs.file(DOVECOT)

PARK = "privacy@park.example"
ANSWER = "您好，已收到您的请求，我们将在15个工作日内处理并答复您。"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certify(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def box(certificate: Certificate) -> Iterator[Mailbox]:
    with served(certificate) as mailbox:
        yield mailbox


@pytest.fixture
def ready(stage: Stage, certificate: Certificate, box: Mailbox) -> tuple[Stage, str]:
    """A case whose letter was sent, and an account that can be looked into."""
    ref = stage.opened_case("--date", "2026-11-20")
    secret = stage.file("mail-password", PASSWORD.encode() + b"\n")
    stage = stage.having(
        PIRIGHTS_MAIL_PASSWORD_FILE=secret, SSL_CERT_FILE=str(certificate.certificate)
    )
    stage.run("person", "edit", "P1", "--email", USER)
    stage.run("handler", "edit", "H1", "--email", PARK)
    words = ("--imap-host", "localhost", "--imap-port", str(box.port), "--user", USER)
    stage.run("mail", "set", *words, "--timeout", "60")
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-21")
    return stage, ref


def mail(
    number: int, *, sender: str = PARK, subject: str = "回复", text: str = ANSWER, more: str = ""
) -> bytes:
    head = (
        f"From: {sender}\r\nTo: {USER}\r\nSubject: {subject}\r\n{more}"
        f"Date: Sun, 22 Nov 2026 10:{number // 60 % 60:02d}:{number % 60:02d} +0800\r\n"
        f"Message-ID: <{number}@{sender.rpartition('@')[2]}>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    return (head + text + "\r\n").encode()


def fetch(stage: Stage, *more: str, since: str = "2026-11-20") -> dict[str, Any]:
    return stage.data("inbox", "fetch", "--since", since, *more)


def test_what_concerns_an_open_case_is_taken_and_nothing_else(
    ready: tuple[Stage, str], box: Mailbox
) -> None:
    stage, ref = ready
    box.put(mail(1))
    box.put(mail(2, sender="news@shop.example", subject="Sale"))
    box.put(mail(3, sender="friend@mail.example", subject=f"Fwd: {ref.lower()}"))
    box.put(mail(4, sender="law@office.example", text=f"关于 {ref} 的答复。"))
    box.put(mail(5, sender="a@mail.park.example", subject="another desk of theirs"))
    done = fetch(stage)
    assert (done["looked_at"], done["taken"], done["already"]) == (5, 4, 0)
    assert [one["from"] for one in done["files"]] == [
        PARK,
        "friend@mail.example",
        "law@office.example",
        "a@mail.park.example",
    ]
    assert [one["ref"] for one in done["files"]] == [ref, None, None, ref]
    assert "not known to write in that case" in done["files"][2]["matched_by"]


def test_the_mailbox_stays_as_it_is_and_the_octets_are_kept(
    ready: tuple[Stage, str], box: Mailbox
) -> None:
    stage, _ = ready
    data = mail(1, text="\r\n.\r\n..\r\n \t \r\n\x7f\x01" + "长" * 400) + b"\x80\xff \r\n\r\n"
    box.put(data)
    (one,) = fetch(stage)["files"]
    assert one["attachments"][0]["sha256"] == sha256(data).hexdigest()
    assert set(box.flags()) == {""}


def test_what_was_taken_is_not_taken_twice(ready: tuple[Stage, str], box: Mailbox) -> None:
    stage, ref = ready
    box.put(mail(1))
    assert fetch(stage)["taken"] == 1
    again = fetch(stage)
    assert (again["taken"], again["already"]) == (0, 1)
    box.put(mail(2), name="2")
    saved = stage.file("saved.eml", mail(2).replace(b"\r\n", b"\n"))  # as a mail program saves it
    stage.run("reply", "add", saved)
    later = fetch(stage)
    assert (later["taken"], later["already"]) == (0, 2)
    assert len(stage.data("reply", "show", ref)["replies"]) == 2


def test_a_file_of_what_was_fetched_is_not_added(ready: tuple[Stage, str], box: Mailbox) -> None:
    stage, ref = ready
    box.put(mail(1))
    fetch(stage)
    saved = stage.file("saved.eml", mail(1).replace(b"\r\n", b"\n"))
    done = stage.data("reply", "add", saved)
    assert (done["already"], [one["already"] for one in done["files"]]) == (1, [True])
    assert done["files"][0]["id"] == f"{ref}/2"
    assert "nothing was added" in stage.run("reply", "add", ref, saved).err
    assert "未重复添加" in stage.run("--lang", "zh", "reply", "add", ref, saved).err
    assert len(stage.data("reply", "show", ref)["replies"]) == 1


def test_a_second_mail_with_the_id_of_the_first_is_not_kept_out(
    ready: tuple[Stage, str], box: Mailbox
) -> None:
    stage, ref = ready
    box.put(mail(1))
    fetch(stage)
    box.put(mail(1, text="我们拒绝您的请求。"), name="again")
    assert fetch(stage)["taken"] == 1
    assert len(stage.data("reply", "show", ref)["replies"]) == 2


def test_without_a_day_it_begins_where_the_first_letter_left(
    ready: tuple[Stage, str], box: Mailbox
) -> None:
    stage, _ = ready
    day = 24 * 3600
    old = 1795406400 - 30 * day  # by the server's own date of arrival
    box.put(mail(1), at=old)
    box.put(mail(2), at=1795406400)
    done = stage.data("inbox", "fetch")
    assert (done["since"], done["looked_at"], done["taken"]) == ("2026-11-21", 1, 1)
    assert fetch(stage, since="2026-10-01")["looked_at"] == 2


def test_without_a_letter_that_was_sent_a_day_must_be_told(
    case: tuple[Stage, str], certificate: Certificate
) -> None:
    del certificate
    stage, _ = case
    told = stage.refusal("inbox", "fetch", code=14)
    assert "pirights mail set --imap-host" in told["hint"]
    stage.run("mail", "set", "--imap-host", "localhost", "--user", USER)
    assert "--since" in stage.refusal("inbox", "fetch", code=12)["hint"]


def test_all_means_all_and_folders_can_be_named(ready: tuple[Stage, str], box: Mailbox) -> None:
    stage, _ = ready
    box.put(mail(1, sender="news@shop.example"))
    box.put(mail(2), folder="Junk")
    assert fetch(stage)["taken"] == 0
    assert fetch(stage, "--all")["taken"] == 1
    done = fetch(stage, "--folder", "Junk", "--folder", "INBOX")
    assert (done["looked_at"], done["taken"]) == (2, 1)
    assert stage.run("inbox", "fetch", "--since", "2026-11-20", "--folder", "Nowhere", code=30)


def test_our_own_letter_is_not_a_reply(ready: tuple[Stage, str], box: Mailbox) -> None:
    stage, ref = ready
    out = stage.home / "draft.eml"
    stage.run("request", "render", ref, "--format", "eml", "--out", str(out))
    box.put(out.read_bytes())
    assert fetch(stage)["taken"] == 0


def test_a_wrong_password_a_wrong_certificate_and_nobody_there(
    ready: tuple[Stage, str], box: Mailbox
) -> None:
    stage, _ = ready
    words = ("inbox", "fetch", "--since", "2026-11-20")
    wrong = stage.having(PIRIGHTS_MAIL_PASSWORD_FILE=stage.file("wrong", b"nope"))
    assert "Authentication failed" in wrong.refusal(*words, code=30)["message"]
    distrusting = stage.having(SSL_CERT_FILE="/nonexistent")
    assert "certificate" in distrusting.refusal(*words, code=30)["message"]
    stage.run("mail", "set", "--imap-port", str(free_port()))
    assert "refused" in stage.refusal(*words, code=30)["message"]
    del box


def test_a_line_that_begins_in_the_clear_is_secured_before_the_password(
    ready: tuple[Stage, str], box: Mailbox
) -> None:
    stage, ref = ready
    words = ("--imap-security", "starttls", "--imap-port", str(box.starttls))
    stage.run("mail", "set", *words)
    box.put(mail(1))
    (one,) = fetch(stage)["files"]
    assert (one["ref"], one["attachments"][0]["sha256"]) == (ref, sha256(mail(1)).hexdigest())
    distrusting = stage.having(SSL_CERT_FILE="/nonexistent")
    told = distrusting.refusal("inbox", "fetch", "--since", "2026-11-20", code=30)
    assert "certificate" in told["message"]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_for_another_host_gets_no_password(
    ready: tuple[Stage, str], tmp_path: Path, security: str
) -> None:
    stage, _ = ready
    other = certify(tmp_path, "other.example")
    stage = stage.having(SSL_CERT_FILE=str(other.certificate))
    with served(other) as elsewhere:
        port = elsewhere.port if security == "tls" else elsewhere.starttls
        stage.run("mail", "set", "--imap-security", security, "--imap-port", str(port))
        words = ("inbox", "fetch", "--since", "2026-11-20")
        assert "Hostname mismatch" in stage.refusal(*words, code=30)["message"]
        assert "证书" in stage.run("--lang", "zh", *words, code=30).err
        log = (elsewhere.folder / "log").read_text(encoding="utf-8")
    assert "Login" not in log.replace("Login aborted", "").replace("imap-login", "")


def test_a_line_that_breaks_again_and_again_loses_nothing_and_takes_nothing_twice(
    ready: tuple[Stage, str], box: Mailbox
) -> None:
    stage, ref = ready
    for number in range(24):
        box.put(mail(number, text=ANSWER + "长" * 6_000), name=f"{number:05d}")
    breaks = 0
    with cutting(box.port, after=120_000) as port:
        stage.run("mail", "set", "--imap-port", str(port))
        words = ("inbox", "fetch", "--since", "2026-11-20", "--json")
        while (ended := stage.run(*words, code=None)).code == 30:
            breaks += 1
            assert "taken before that and stay" in ended.err
            assert breaks < 20
    assert ended.code == 0
    assert breaks >= 2
    stage.run("mail", "set", "--imap-port", str(box.port))
    assert fetch(stage)["already"] == 24
    kept = [one["attachments"][0]["sha256"] for one in stage.data("reply", "show", ref)["replies"]]
    sent = [sha256(mail(n, text=ANSWER + "长" * 6_000)).hexdigest() for n in range(24)]
    assert sorted(kept) == sorted(sent)
    assert stage.data("vault", "check")["clean"] is True


def test_a_server_that_drops_the_line_in_the_midst_of_a_mail_is_gone_on_with(
    ready: tuple[Stage, str], box: Mailbox, certificate: Certificate
) -> None:
    stage, ref = ready
    whole = mail(2)
    head = whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"

    def play(talk: Any, line: Any) -> None:  # noqa: ANN401
        talk.sendall(b"* OK here\r\n")
        while said := line():
            tag, upper = said.split()[0], said.upper()
            answer = b""
            if b"CAPABILITY" in upper:
                answer = b"* CAPABILITY IMAP4rev1\r\n"
            elif b"SEARCH" in upper:
                answer = b"* SEARCH 1 2\r\n"
            elif b"HEADER.FIELDS" in upper:
                answer = b"".join(
                    b"* %d FETCH (UID %d RFC822.SIZE %d BODY[HEADER] {%d}\r\n%s)\r\n"
                    % (n, n, len(one), len(one.partition(b"\r\n\r\n")[0]) + 4, top)
                    for n, one, top in (
                        (1, mail(1), mail(1).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"),
                        (2, whole, head),
                    )
                )
            elif b"FETCH 1 " in upper:
                answer = b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%s)\r\n" % (len(mail(1)), mail(1))
            elif b"FETCH 2 " in upper:
                talk.sendall(b"* 2 FETCH (UID 2 BODY[] {%d}\r\n%s" % (len(whole), whole[:-40]))
                return
            talk.sendall(answer + tag + b" OK done\r\n")

    with misbehaving(play, certificate.context()) as port:
        stage.run("mail", "set", "--imap-port", str(port))
        told = stage.refusal("inbox", "fetch", "--since", "2026-11-20", code=30)
    assert "1 mails were taken before that and stay" in told["hint"]
    assert [one["id"] for one in stage.data("reply", "show", ref)["replies"]] == [f"{ref}/2"]
    box.put(mail(1), name="1")
    box.put(whole, name="2")
    stage.run("mail", "set", "--imap-port", str(box.port))
    done = fetch(stage)
    assert (done["taken"], done["already"]) == (1, 1)
    assert done["files"][0]["attachments"][0]["sha256"] == sha256(whole).hexdigest()


def test_killed_while_fetching_it_keeps_what_it_took_and_goes_on(
    ready: tuple[Stage, str], box: Mailbox
) -> None:
    stage, ref = ready
    for number in range(120):
        (box.folder / "mails" / "new" / f"{number:05d}.test").write_bytes(mail(number))
    box.own()
    words = ("inbox", "fetch", "--since", "2026-11-20")
    for after in (0.8, 1.0, 1.2):
        child = stage.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(after)
        child.kill()
        child.wait()
    done = fetch(stage)
    assert done["taken"] + done["already"] == 120
    replies = stage.data("reply", "show", ref)["replies"]
    assert len(replies) == 120
    assert len({one["attachments"][0]["sha256"] for one in replies}) == 120
    assert stage.data("vault", "check")["clean"] is True


def _octets(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.glob("vault.db*"))


def test_stopped_with_ctrl_c_it_says_what_was_taken(ready: tuple[Stage, str], box: Mailbox) -> None:
    stage, _ = ready
    for number in range(1500):
        (box.folder / "mails" / "new" / f"{number:05d}.test").write_bytes(mail(number))
    box.own()
    before = _octets(stage.vault)
    words = ("inbox", "fetch", "--since", "2026-11-20")
    telling = stage.having(PYTHONFAULTHANDLER="1")
    child = telling.start(*words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while _octets(stage.vault) < before + 100_000:  # some mails were taken
        assert child.poll() is None
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    try:
        out, err = child.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGABRT)  # so that it tells where it is
        raise AssertionError(child.communicate()[1].decode()) from None
    assert (child.returncode, out) == (3, b""), err
    assert b"mails were taken and stay" in err
    assert b"Traceback" not in err
    assert stage.data("vault", "check")["clean"] is True


def test_after_a_crash_the_folder_of_sent_mails_is_looked_into(
    ready: tuple[Stage, str], certificate: Certificate, box: Mailbox
) -> None:
    stage, _ = ready
    stage.run("log", "add", "--at", "2026-11-20 18:05", "--place", "门", "--venue", "shop")
    rights = ("--handler", "H1", "--right", "copy")
    ref = str(stage.data("request", "new", *rights)["ref"])
    child: list[subprocess.Popen[bytes]] = []
    post = Post(on_data=lambda: os.kill(child[0].pid, signal.SIGKILL))
    with post_office(certificate.context(), post=post):
        stage.run("mail", "set", "--smtp-host", "localhost", "--smtp-port", str(post.port))
        words = ("sent", ref, "--channel", "email", "--smtp", "--yes")
        child.append(stage.start(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        child[0].wait(timeout=60)
        post.on_data = None
        told = stage.refusal(*words, code=11)
        assert "in the folder of sent mails there is no <PR-" in told["message"]
        box.put(post.mails[0], folder="Sent")
        done = stage.data(*words)
        assert done["delivery"] == "sent"
        assert len(post.mails) == 1


_PEAK = """
import resource, sys
from pirights.cli.boundary import run
from pirights.cli.frame import program
from pirights.cli.main import CONTENTS
code = run(program(CONTENTS), sys.argv[1:], out=sys.stdout.buffer, err=sys.stderr.buffer)
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.slow
def test_over_twenty_thousand_mails_memory_stays_flat(
    ready: tuple[Stage, str], box: Mailbox
) -> None:
    stage, _ = ready

    def peak() -> int:
        ended = subprocess.run(
            [sys.executable, "-c", _PEAK, "inbox", "fetch", "--since", "2026-11-20", "--json"],
            env=stage._variables(),
            cwd=stage.home,
            capture_output=True,
            text=True,
            check=True,
            timeout=600,
        )
        return int(ended.stderr.rpartition("peak ")[2])

    fill(box.folder / "mails" / "new", 0, 200)
    box.own()
    few = peak()
    fill(box.folder / "mails" / "new", 200, 20_000)
    box.own()
    many = peak()
    assert many < few + 40, (few, many)


def fill(folder: Path, first: int, last: int) -> None:
    """Mails of strangers, and a reply in every thousand."""
    for number in range(first, last):
        sender = PARK if number % 1000 == 7 else f"n{number}@shop{number % 97}.example"
        data = mail(number, sender=sender, text="x" * 3000)
        (folder / f"{number:05d}.test").write_bytes(data)
