"""Captured pages in the vault, at a handler, and in bundles."""

import getpass
import hashlib
import io
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from pirights.domain.attachment import Purpose
from pirights.domain.bundle import Group
from pirights.domain.document import Letters
from pirights.domain.handler import Handler, Period, TimeUnit
from pirights.errors import BadInput, NetworkRefused, NotFound, NotNextStep
from pirights.evidence import browser
from pirights.workflow import (
    bundles,
    captured_pages,
    capturing,
    cases,
    directory,
    exhibits,
    put_right,
    put_right_captures,
)
from pirights.workflow.capturing import Kept, Order
from pirights.workflow.desk import Desk
from tests import web_server
from tests.web_server import Says, WebServer, answer, serving, to
from tests.workflow.office import TODAY, begun, case, kinds, park, said, scan

POLICY = "<title>x</title><h1>隐私政策</h1>" + "<p>我们将在十五个工作日内答复个人的请求。" * 20
FIFTEEN = Period(amount=15, unit=TimeUnit.WORKING_DAY)


@pytest.fixture
def server() -> Iterator[WebServer]:
    says: dict[str, Says] = {
        "/": answer(POLICY.encode("gb18030"), "text/html; charset=gb2312"),
        "/moved": to("/"),
        "/gone": answer(b"gone", status="404 Not Found"),
        "/bare": answer(b"<div id=app></div><script src=/none.js></script>"),
        "/paper": answer(b"%PDF-1.4 a paper", "application/pdf"),
        "/plain": answer("十五日\x1b[2J".encode(), "text/plain"),
    }
    with serving(says) as found:
        yield found


def captured(desk: Desk, url: str, **more: Any) -> Kept:  # noqa: ANN401
    order = {"handler": 1, "private": True, "pictures": False, **more}
    return capturing.capture(desk, Order(url=url, **order), clock=lambda: desk.now)


def octets(desk: Desk, kept: Kept, ending: str) -> bytes:
    file = next(one for one in kept.files if one.name.endswith(ending))
    return b"".join(desk.vault.chunks(file))


def test_a_page_is_kept_with_its_handler_and_its_promise_recorded(
    desk: Desk, server: WebServer
) -> None:
    park(desk)
    kept = captured(desk, server.url("/moved"), policy_days=FIFTEEN)
    assert [one.name for one in kept.files] == [
        f"capture-20261123-040000z{ending}" for ending in ("-sheet.pdf", ".txt", ".warc", ".json")
    ]
    assert {(one.owner, one.purpose) for one in kept.files} == {("H1", Purpose.CAPTURE)}
    handler = desk.vault.get(Handler, 1)
    warc = octets(desk, kept, ".warc")
    assert handler.policy_sha256 == hashlib.sha256(warc).hexdigest() == kept.warc.sha256
    assert (handler.policy_url, handler.policy_days) == (server.url("/moved"), FIFTEEN)
    assert handler.policy_seen == handler.verified == TODAY
    assert handler.source == server.url("/moved")
    assert kinds(desk)[-5:] == ["attachment.added"] * 4 + ["handler.promise"]
    assert desk.vault.check() == []


def test_a_source_that_was_told_stays_and_another_promise_drops_the_page(
    desk: Desk, server: WebServer
) -> None:
    park(desk, source="https://gsxt.example/", verified=date(2026, 1, 2))
    captured(desk, server.url(), policy_days=FIFTEEN)
    assert desk.vault.get(Handler, 1).source == "https://gsxt.example/"
    same = directory.edit_handler(desk, 1, {"phone": "0571-0000"}).handler
    assert same.policy_seen == TODAY
    other = directory.edit_handler(desk, 1, {"policy_days": Period(amount=30)}).handler
    assert (other.policy_sha256, other.policy_seen) == ("", None)


def test_the_words_of_a_chinese_page_are_kept_as_utf_8(desk: Desk, server: WebServer) -> None:
    park(desk)
    words = octets(desk, captured(desk, server.url()), ".txt").decode()
    assert words.startswith("隐私政策\n我们将在十五个工作日内答复个人的请求。")
    assert octets(desk, captured(desk, server.url("/plain")), ".txt") == r"十五日\x1b[2J".encode()


def test_the_record_says_what_was_done_and_nothing_of_this_computer(
    desk: Desk, server: WebServer
) -> None:
    park(desk)
    kept = captured(desk, server.url("/moved"), note="门口的二维码\n指向这里")
    data = octets(desk, kept, ".json")
    told = json.loads(data)
    assert [one["url"] for one in told["redirects"]] == [server.url("/moved")]
    assert told["page"]["address"] == "127.0.0.1"
    assert told["page"]["headers"][0] == ["Content-Type", "text/html; charset=gb2312"]
    assert told["page"]["sha256"] == hashlib.sha256(POLICY.encode("gb18030")).hexdigest()
    assert told["began"] == told["ended"] == "2026-11-23T04:00:00Z"
    assert told["note"] == "门口的二维码\n指向这里"
    for file in told["files"]:
        found = octets(desk, kept, file["name"])
        assert (file["size"], file["sha256"]) == (len(found), hashlib.sha256(found).hexdigest())
    for own in (socket.gethostname(), getpass.getuser(), str(Path.home()), str(Path.cwd())):
        assert own not in data.decode().replace("\\", "").split('"')


def test_the_same_page_at_the_same_moment_gives_the_same_bytes(
    desk: Desk, server: WebServer
) -> None:
    park(desk)
    one, other = (captured(desk, server.url("/moved"), policy_days=FIFTEEN) for _ in range(2))
    assert [file.sha256 for file in one.files] == [file.sha256 for file in other.files]


def test_page_one_of_the_sheet_says_what_it_is_worth(desk: Desk, server: WebServer) -> None:
    park(desk)
    kept = captured(desk, server.url(), policy_days=FIFTEEN, note="{{x}} <b>")
    pages = pypdf.PdfReader(io.BytesIO(octets(desk, kept, "-sheet.pdf"))).pages
    first, last = ("".join(page.extract_text().split()) for page in (pages[0], pages[-1]))
    for words in (
        "自行取得，未经公证",
        "第九十条第四项",
        "第九十四条第二款",
        "15个工作日",
        "{{x}}<b>",
    ):
        assert words in first
    assert kept.warc.sha256[:8] in first
    assert "Apartycapturedthispageonitsowncomputer" in last
    assert "thecourtshallfindnotarisedelectronicdataauthentic" in last
    zh = captured(desk, server.url(), letters=Letters.ZH)
    assert "notary" not in octets(desk, zh, "-sheet.pdf").decode("latin-1")


def test_an_answer_that_is_no_promise_records_nothing(desk: Desk, server: WebServer) -> None:
    park(desk)
    with pytest.raises(NetworkRefused, match="Nothing was kept"):
        captured(desk, server.url("/gone"), policy_days=FIFTEEN)
    assert desk.vault.attachments() == []
    assert desk.vault.get(Handler, 1).policy_days is None
    kept = captured(desk, server.url("/gone"))
    assert "404" in said(kept.notices)


def test_what_cannot_be_had_or_believed_keeps_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    park(desk)
    before = kinds(desk)
    authority = web_server.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    with serving({"/": answer()}, protection=authority.protection("a.example")) as server:
        with pytest.raises(
            NetworkRefused, match=r"Nothing was kept\. The certificate of localhost"
        ):
            captured(desk, server.url(host="localhost"))
        with pytest.raises(NetworkRefused, match="no address of the public Internet"):
            captured(desk, server.url(), private=False)
    assert kinds(desk) == before


def test_the_owner_is_looked_for_before_the_page(desk: Desk, server: WebServer) -> None:
    for owner in ({"handler": 9}, {"encounter": 9}, {"case": "PR-2026-7K3M9QX-C"}):
        with pytest.raises(NotFound):
            captured(desk, server.url(), **{"handler": None, **owner})
    park(desk)
    with pytest.raises(BadInput):
        captured(desk, server.url(), note="\x00")
    with pytest.raises(BadInput):
        captured(desk, server.url(), policy_days=Period(amount=0))
    assert server.asked == []


def test_what_is_missing_or_doubtful_is_told(
    desk: Desk, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "installed", lambda: None)
    park(desk)
    told = said(captured(desk, server.url("/bare"), pictures=True).notices)
    assert "over http" in told
    assert "without its scripts" in told
    assert "no browser" in told
    assert said(captured(desk, server.url()).notices).count("\n") == 0


def test_a_page_that_is_a_paper_itself_is_kept_as_it_is(desk: Desk, server: WebServer) -> None:
    park(desk)
    kept = captured(desk, server.url("/paper"), pictures=True)
    assert octets(desk, kept, "00z.pdf") == b"%PDF-1.4 a paper"


def test_copies_are_written_where_they_replace_nothing(
    desk: Desk, server: WebServer, tmp_path: Path
) -> None:
    park(desk)
    out = tmp_path / "copies"
    out.mkdir()
    kept = captured(desk, server.url(), out=out)
    assert {path.name for path in out.iterdir()} == {one.name for one in kept.files}
    with pytest.raises(BadInput, match="exists already"):
        captured(desk, server.url(), out=out)
    assert len(desk.vault.attachments("H1")) == len(kept.files)


def test_a_bundle_holds_the_pages_of_its_own_handler_scans_and_case_only(
    desk: Desk, server: WebServer, tmp_path: Path
) -> None:
    ref = begun(desk)
    other = park(desk, "别家有限公司")
    scan(desk, other)
    other_ref = case(desk, handler=other.id).case.ref
    own = [captured(desk, server.url(), note="OWN")]
    own.append(captured(desk, server.url(), handler=None, encounter=1))
    own.append(captured(desk, server.url(), handler=None, case=ref))
    captured(desk, server.url(), handler=other.id, note="FOREIGN")
    captured(desk, server.url(), handler=None, case=other_ref, note="FOREIGN")
    captured(desk, server.url(), handler=None, encounter=2, note="FOREIGN")
    pieces = exhibits.gathered(desk, cases.show(desk, ref))
    pages = [one.exhibit for one in pieces if one.role == Purpose.CAPTURE]
    assert sorted(one.sha256 for one in pages) == sorted(
        file.sha256 for kept in own for file in kept.files
    )
    assert {one.group for one in pages} == {Group.RULES}
    assert pages[0].title.zh.startswith("网页固定说明（2026-11-23）")
    built = bundles.build(desk, ref, out=tmp_path / "bag")
    assert bundles.check(built.path).valid
    whole = b"".join(path.read_bytes() for path in built.path.rglob("*") if path.is_file())
    assert b"OWN" in whole
    assert b"FOREIGN" not in whole


def test_a_wrong_page_is_taken_back_whole_and_leaves_the_bundles(
    desk: Desk, server: WebServer
) -> None:
    ref = begun(desk)
    right = captured(desk, server.url())
    later = replace(desk, now=desk.now + timedelta(minutes=1))
    wrong = captured(later, server.url("/bare"), policy_days=FIFTEEN)
    act = put_right_captures.void(later, wrong.files[-1].id, because="别家的网页")
    assert act.refs == (ref,)
    done = put_right.done(later, act)
    assert "handler edit H1" in said(done.notices)
    assert captured_pages.kept_with(desk, "H1") == list(right.files)
    pieces = exhibits.gathered(desk, cases.show(desk, ref))
    pages = {one.exhibit.sha256 for one in pieces if one.role == Purpose.CAPTURE}
    assert pages == {one.sha256 for one in right.files}
    handler = desk.vault.get(Handler, 1)
    assert (handler.policy_sha256, handler.policy_seen) == ("", None)
    assert handler.policy_days == FIFTEEN
    assert octets(desk, wrong, ".warc")
    assert desk.vault.check() == []
    with pytest.raises(NotNextStep):
        put_right_captures.void(later, wrong.files[0].id, because="again")
    with pytest.raises(BadInput):
        put_right_captures.void(later, right.files[0].id, because=" ")


def test_only_a_captured_page_is_taken_back_so(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "gate.txt"
    path.write_text("x")
    scan(desk, park(desk), files=(path,))
    with pytest.raises(NotFound):
        put_right_captures.void(desk, 1, because="wrong")
    with pytest.raises(NotFound):
        put_right_captures.void(desk, 7, because="wrong")
