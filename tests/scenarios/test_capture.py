"""`pirights capture` as people and programs meet it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import web_server
from tests.needs import program
from tests.scenarios.stage import Stage
from tests.web_server import WebServer, answer, serving

POLICY = "<h1>隐私政策</h1>" + "<p>我们将在十五个工作日内答复。" * 30


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving({"/": answer(POLICY.encode())}) as found:
        yield found


def test_a_promise_is_taken_from_a_page_and_the_page_goes_into_the_bundle(
    case: tuple[Stage, str], server: WebServer
) -> None:
    stage, ref = case
    words = ("capture", server.url(), "--allow-private", "--no-browser", "--handler", "H1")
    made = stage.data(*words, "--policy-days", "15wd")
    assert made["owner"] == "H1"
    assert made["handler"]["policy_days"] == {"amount": 15, "unit": "working-day"}
    assert made["handler"]["policy_sha256"] == made["sha256"]
    shown = stage.data("handler", "show", "H1")
    assert shown["policy_seen"] == "2026-11-23"
    assert {one["name"] for one in shown["captures"]} == {one["name"] for one in made["files"]}
    out = str(stage.home / "bag")
    stage.data("bundle", "build", ref, "--out", out)
    catalogue = (Path(out) / "data/01-catalogue.csv").read_text(encoding="utf-8-sig")
    assert made["sha256"] in catalogue
    assert "网页存档（WARC）（2026-11-23）" in catalogue
    assert stage.data("bundle", "verify", out)["verdict"] == "valid"


def test_the_result_is_told_in_both_languages(case: tuple[Stage, str], server: WebServer) -> None:
    stage, _ = case
    words = ("capture", server.url(), "--allow-private", "--no-browser", "--handler", "H1")
    assert "the other side can contest it" in stage.run("--lang", "en", *words).out
    told = stage.run("--lang", "zh", *words)
    assert "对方可以提出异议" in told.out
    assert "http" in told.err


def test_a_page_belongs_to_one_thing_and_a_promise_to_a_handler(case: tuple[Stage, str]) -> None:
    stage, ref = case
    stage.refusal("capture", "https://example.com/", code=2)
    stage.refusal("capture", "https://example.com/", "--handler", "H1", "--case", ref, code=2)
    days = ("--policy-days", "15")
    stage.refusal("capture", "https://example.com/", "--case", ref, *days, code=2)
    stage.refusal("capture", "ftp://example.com/", "--handler", "H1", code=14)
    stage.refusal("capture", "https://user:word@example.com/", "--handler", "H1", code=14)
    stage.refusal("capture", "https://example.com/", "--handler", "H7", code=12)


def test_a_folder_for_copies_is_made_and_one_that_cannot_be_is_told_before_anything_is_fetched(
    case: tuple[Stage, str], server: WebServer
) -> None:
    stage, _ = case
    words = ("capture", server.url(), "--allow-private", "--no-browser", "--handler", "H1")
    stage.file("taken", b"mine")
    told = stage.refusal(*words, "--out", "taken/new", code=14)
    assert "cannot be written" in told["message"]
    assert server.asked == []
    stage.data(*words, "--out", "quite/new")
    assert len(list((stage.home / "quite" / "new").iterdir())) > 2


def test_a_private_address_and_a_wrong_certificate_end_with_30_and_keep_nothing(
    case: tuple[Stage, str], server: WebServer, tmp_path: Path
) -> None:
    stage, _ = case
    told = stage.refusal("capture", server.url(), "--handler", "H1", code=30)
    assert "Nothing was kept." in told["message"]
    assert "--allow-private" in told["hint"]
    authority = web_server.authority(tmp_path)
    trusting = stage.having(SSL_CERT_FILE=str(authority.root))
    with serving({"/": answer()}, protection=authority.protection("other.example")) as bad:
        url = bad.url(host="localhost")
        told = trusting.refusal("capture", url, "--handler", "H1", "--allow-private", code=30)
    assert "Nothing was kept. The certificate of localhost does not hold" in told["message"]
    assert stage.data("handler", "show", "H1")["captures"] == []


def test_a_wrong_page_is_taken_back_with_its_reason(
    case: tuple[Stage, str], server: WebServer
) -> None:
    stage, ref = case
    made = stage.data("capture", server.url(), "--allow-private", "--no-browser", "--handler", "H1")
    label = made["files"][0]["id"]
    stage.refusal("capture", label, "--because", "wrong", code=2)
    stage.refusal("capture", label, "--void", "--because", "x", "--handler", "H1", code=2)
    stage.refusal("capture", label, "--void", "--because", "wrong", code=2)
    done = stage.data("capture", label, "--void", "--because", "wrong", "--yes")
    assert done["changed"][0]["now"] == 0
    assert stage.data("handler", "show", "H1")["captures"] == []
    out = str(stage.home / "bag")
    stage.data("bundle", "build", ref, "--out", out)
    assert "capture-" not in (Path(out) / "data/01-catalogue.csv").read_text(encoding="utf-8")
    assert stage.data("vault", "check")["clean"] is True


@program("chromium")
def test_a_page_is_printed_and_pictured_where_there_is_a_browser(
    case: tuple[Stage, str], server: WebServer
) -> None:
    stage, _ = case
    made = stage.outside.data("capture", server.url(), "--allow-private", "--handler", "H1")
    sizes = {one["name"].rpartition("z")[2]: one["size"] for one in made["files"]}
    assert sizes[".pdf"] > 5_000
    assert sizes[".png"] > 5_000
    media = {one["name"].rpartition("z")[2]: one["media_type"] for one in made["files"]}
    assert media[".warc"] == "application/warc"
    assert media[".json"] == "application/json"
