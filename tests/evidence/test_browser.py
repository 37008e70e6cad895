"""A captured page in a real browser that may see nothing else."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pirights.evidence import browser, capture
from pirights.evidence.browser import Shown
from pirights.evidence.exchange import Page
from tests import web_server
from tests.needs import program
from tests.scenarios.stage import PICTURE
from tests.web_server import Says, WebServer, answer, serving

HOSTILE = """<!doctype html><meta charset=gb2312><title>x</title>
<meta http-equiv=refresh content="0;url=%(away)s"><link rel=stylesheet href=/s.css>
<h1>隐私政策</h1><img src=x.png><iframe src=/frame></iframe>
<script>document.write('SCRIPT')</script><script src=/j.js></script>
<img src=/none onerror="document.body.append('HANDLER')">
<iframe src="javascript:document.write('ADDRESS')"></iframe>
<form action="%(away)s"><button autofocus></form><object data="%(away)s"></object>
<link rel=prefetch href="%(away)s"><link rel=dns-prefetch href="//prefetch.example">
<svg><a><animate attributeName=href values="%(away)s"/></a></svg><noscript>WITHOUT</noscript>
<p class=hidden>HIDDEN</p>"""


def shown(page: Page) -> Shown:
    found = browser.installed()
    assert found is not None
    return browser.shown(page, found)


def words(pdf: bytes | None, folder: Path) -> str:
    assert pdf is not None
    path = folder / "page.pdf"
    path.write_bytes(pdf)
    ended = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    return ended.stdout.decode()


def captured(server: WebServer, *, host: str = "") -> Page:
    return capture.fetch(
        server.url(host=host), clock=lambda: datetime(2026, 11, 23, tzinfo=UTC), private=True
    )


@program("chromium", "pdftotext")
def test_a_page_shows_what_was_captured_runs_no_script_and_asks_nobody(tmp_path: Path) -> None:
    with serving({"/": answer(b"AWAY")}) as away:
        says: dict[str, Says] = {
            "/": answer((HOSTILE % {"away": away.url()}).encode("gb18030")),
            "/s.css": answer(b".hidden{display:none}", "text/css"),
            "/x.png": answer(PICTURE, "image/png"),
            "/frame": answer(b"FRAME<script>document.write('INSIDE')</script>"),
            "/j.js": answer(b"document.write('FILE')", "text/javascript"),
        }
        with serving(says) as server:
            page = captured(server)
            asked = len(server.asked)
            made = shown(page)
            assert len(server.asked) == asked
        assert away.asked == []
    said = words(made.pdf, tmp_path)
    assert {"隐私政策", "WITHOUT", "FRAME"} <= set(said.split())
    for absent in ("SCRIPT", "FILE", "HANDLER", "ADDRESS", "INSIDE", "AWAY", "HIDDEN"):
        assert absent not in said
    assert made.png is not None
    assert made.png.startswith(b"\x89PNG")
    assert "Chrom" in made.browser


@program("chromium", "pdftotext")
def test_a_page_of_a_protected_server_is_shown_under_its_own_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = web_server.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))
    says: dict[str, Says] = {
        "/": web_server.to("/b"),
        "/b": answer(b"<link rel=stylesheet href=s.css><p>seen<p class=hidden>HIDDEN"),
        "/s.css": answer(b".hidden{display:none}", "text/css"),
    }
    with serving(says, protection=authority.protection("localhost")) as server:
        page = captured(server, host="localhost")
    assert words(shown(page).pdf, tmp_path).split() == ["seen"]


def test_a_browser_that_is_none_or_hangs_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({"/": answer(b"ok")}) as server:
        page = captured(server)
    for text in ("#!/bin/sh\nexit 3\n", "#!/bin/sh\nsleep 600 & sleep 600\n"):
        path = tmp_path / "chromium"
        path.write_text(text)
        path.chmod(0o700)
        monkeypatch.setattr(browser, "_WALL_SECONDS", 0.3)
        assert browser.shown(page, str(path)) == Shown(browser="", pdf=None, png=None)
    missing = browser.shown(page, str(tmp_path / "missing"))
    assert missing == Shown(browser="", pdf=None, png=None)
