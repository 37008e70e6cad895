"""A bundle is sealed with a third party's time, or without it, and says which (EVIDENCE 6)."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pirights import clock
from pirights.evidence import stamp_rules, timestamp, timestamp_token
from pirights.render.raster import text_of_pdf
from pirights.workflow import bundles, restamping, time_stamping
from pirights.workflow.bundles import Built
from pirights.workflow.desk import Desk
from pirights.workflow.time_stamping import Authority
from tests import tsa
from tests.needs import program
from tests.workflow import office
from tests.workflow.office import said

pytestmark = program("openssl")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tsa.Authority]:
    with tsa.running(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture(scope="module")
def begun(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A vault with a case."""
    folder = Path(shutil.copytree(furnished, tmp_path_factory.mktemp("sealing") / "vault"))
    with office.opened(folder).vault as vault:
        return folder, office.begun(Desk(vault=vault, now=office.NOW))


@pytest.fixture
def with_case(begun: tuple[Path, str], tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    folder = Path(shutil.copytree(begun[0], tmp_path / "vault"))
    desk = office.opened(folder, now=clock.now())
    with desk.vault:
        yield desk, begun[1]


def asked(here: tsa.Authority, path: str = "") -> Authority:
    return time_stamping.authority(here.url + path, (here.root,))


def last_row(desk: Desk) -> tuple[str, dict[str, object]]:
    row = list(desk.vault.journal_rows())[-1]
    found = json.loads(row.payload or "{}")
    assert isinstance(found, dict)
    return row.kind, found


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_a_bundle_is_stamped_and_its_time_is_told_everywhere(
    running: tsa.Authority, with_case: tuple[Desk, str], tmp_path: Path, name: str
) -> None:
    desk, ref = with_case
    built = bundles.build(desk, ref, out=tmp_path / name, tsa=asked(running))
    assert built.stamped
    assert built.stamp is not None
    kind, row = last_row(desk)
    assert kind == "bundle.stamped"
    assert (row["url"], row["authority"], row["trusted"]) == (running.url, "Test TSA", True)
    assert row["time"] == built.stamp.time.isoformat()
    sheet = text_of_pdf(built.root_sheet.read_bytes())
    assert time_stamping.told(built.stamp.time) in " ".join(sheet.split())
    verdict = bundles.check(built.path, strict=True, tsa_roots=asked(running).roots)
    assert (verdict.valid, verdict.stamped, verdict.warnings) == (True, True, ())
    assert verdict.stamps[0].time == built.stamp.time


def faults() -> dict[str, tuple[str, str]]:
    """Each row of EVIDENCE 6 about authorities, with the path that has it and the reason told."""
    return {
        "down": ("down", "cannot be reached"),
        "500": ("500", "HTTP status 500"),
        "html-with-200": ("page", "a web page"),
        "slow": ("slow", "did not answer within"),
        "redirect-elsewhere": ("elsewhere", "redirects to another host"),
        "redirect-to-http-elsewhere": ("to-http", "redirects to another host"),
        "100-mb-body": ("huge", "too large"),
        "wrong-nonce": ("wrong-nonce", "another question"),
        "wrong-imprint": ("wrong-imprint", "something else"),
        "rejection": ("rejection", "the authority refused"),
        "rogue": ("", "none of the given root certificates"),
    }


@pytest.mark.parametrize("fault", faults())
def test_without_a_good_answer_the_bundle_is_made_and_says_that_no_third_party_confirms_a_time(
    running: tsa.Authority,
    with_case: tuple[Desk, str],
    tmp_path: Path,
    fault: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk, ref = with_case
    monkeypatch.setattr(timestamp, "SECONDS", 1.0)
    path, words = faults()[fault]
    authority = asked(running, path)
    if fault == "down":
        authority = replace(authority, url="http://127.0.0.1:9/")
    if fault == "rogue":
        tsa.keys(tmp_path / "other")
        root = time_stamping.trusted([tmp_path / "other/root.pem"])
        authority = replace(authority, roots=root)
    built = bundles.build(desk, ref, out=tmp_path / "bundle", tsa=authority)
    assert not built.stamped
    assert words in said(built.notices)
    assert words in str(built.refusal)
    kind, row = last_row(desk)
    assert kind == "bundle.stamp-refused"
    assert words in str(row["refused"])
    assert "No third party confirms a time" in said_on(built) or "没有第三方" in said_on(built)
    assert not list(built.path.glob("*.tsr"))
    verdict = bundles.check(built.path, strict=True)
    assert (verdict.valid, verdict.stamps) == (True, ())


def said_on(built: Built) -> str:
    return text_of_pdf(built.root_sheet.read_bytes()).replace("\r\n", "").replace("\n", "")


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_time_two_hours_off_is_not_taken_and_its_answer_is_kept_beside_the_bundle(
    running: tsa.Authority, with_case: tuple[Desk, str], tmp_path: Path, hours: int
) -> None:
    desk, ref = with_case
    desk = replace(desk, now=desk.now + timedelta(hours=hours))
    built = bundles.build(desk, ref, out=tmp_path / "bundle.zip", tsa=asked(running))
    assert not built.stamped
    assert built.aside is not None
    assert built.aside.parent == tmp_path
    kept = timestamp_token.read(built.aside.read_bytes())
    assert built.aside.name == f"bundle-not-taken-{kept.time:%Y%m%dT%H%M%SZ}.tsr"
    assert kept.imprint.hex() == built.root_sha256
    for clock_told in (time_stamping.told(kept.time), time_stamping.told(desk.now)):
        assert clock_told in said(built.notices)
    assert f"pirights bundle restamp {built.path} --tsa {running.url}" in said(built.notices)
    assert "No third party confirms a time" in said_on(built) or "没有第三方" in said_on(built)
    kind, row = last_row(desk)
    assert (kind, row["kept"]) == ("bundle.stamp-refused", built.aside.name)
    assert row["own_time"] == desk.now.isoformat()
    assert row["time"] == kept.time.isoformat()
    verdict = bundles.check(built.path, strict=True, tsa_roots=asked(running).roots)
    assert (verdict.valid, verdict.stamped, verdict.stamps) == (True, False, ())
    restamping.restamp(built.path, asked(running), now=clock.now())
    assert bundles.check(built.path, strict=True, tsa_roots=asked(running).roots).stamped
    assert built.aside.exists()


def test_a_time_some_minutes_off_is_taken_with_a_warning(
    running: tsa.Authority, with_case: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, ref = with_case
    desk = replace(desk, now=desk.now + timedelta(minutes=50))
    built = bundles.build(desk, ref, out=tmp_path / "bundle", tsa=asked(running))
    assert (built.stamped, built.aside) == (True, None)
    assert "is not near this computer's" in said(built.notices)
    kind, row = last_row(desk)
    assert kind == "bundle.stamped"
    assert row["own_time"] == desk.now.isoformat()
    assert row["time"] != row["own_time"]


def test_without_a_root_the_sheet_does_not_claim_that_the_time_was_checked(
    running: tsa.Authority, with_case: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, ref = with_case
    authority = Authority(url=running.url, roots=())
    built = bundles.build(desk, ref, out=tmp_path / "bundle", tsa=authority)
    assert built.stamp is not None
    assert not built.stamp.trusted
    assert "未经验证" in said_on(built) or "not verified" in said_on(built)
    assert not bundles.check(built.path).stamped


def test_an_authority_with_a_name_that_no_font_can_print_is_told_by_its_characters(
    with_case: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, ref = with_case
    tsa.keys(tmp_path / "odd", name="ไ <b>TSA</b>")
    with tsa.running(tmp_path / "odd") as odd:
        built = bundles.build(desk, ref, out=tmp_path / "bundle", tsa=asked(odd))
    assert built.stamped
    assert "[U+0E44] <b>TSA</b>" in said_on(built)
    assert last_row(desk)[0] == "bundle.stamped"


def test_no_authority_is_asked_where_none_is_named(
    with_case: tuple[Desk, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("asked")

    monkeypatch.setattr(timestamp, "ask", never)
    desk, ref = with_case
    assert not bundles.build(desk, ref, out=tmp_path / "bundle").stamped
    assert last_row(desk)[0] == "bundle.built"


def test_the_stamp_covers_the_very_bytes_of_the_list(
    running: tsa.Authority, with_case: tuple[Desk, str], tmp_path: Path
) -> None:
    desk, ref = with_case
    built = bundles.build(desk, ref, out=tmp_path / "bundle.zip", tsa=asked(running))
    with zipfile.ZipFile(built.path) as archive:
        names = archive.namelist()
        listed = archive.read("bundle/tagmanifest-sha256.txt").decode()
    assert f"bundle/{stamp_rules.FIRST}" in names
    assert "bundle/tsa-certs/001.pem" in names
    assert stamp_rules.FIRST not in listed
    assert "tsa-certs" not in listed
