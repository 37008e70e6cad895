"""The log of a case in its bundle: proofs, a third party's time; what others do changes nothing."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pirights import clock, settings
from pirights.domain import checkpoint, merkle
from pirights.domain.checkpoint import Checkpoint
from pirights.errors import VaultDamaged
from pirights.evidence import custody_proofs, timestamp_trust
from pirights.evidence.findings import Verdict
from pirights.render.raster import text_of_pdf
from pirights.workflow import (
    bundles,
    cases,
    checkpoints,
    custody_papers,
    exhibits,
    put_right,
    put_right_letters,
    stamping,
    time_stamping,
    vault_care,
)
from pirights.workflow.desk import Desk
from pirights.workflow.put_right_letters import Way
from pirights.workflow.time_stamping import Authority
from pirights.workflow.written_before import WrittenBefore
from tests import needs, tsa
from tests.workflow import office
from tests.workflow.test_bundles import files

pytestmark = needs.program("openssl")

CUSTODY = "data/custody/"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tsa.Authority]:
    with tsa.running(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "time_stamps", settings.TimeStamps)


def roots(authority: tsa.Authority) -> list[bytes]:
    return timestamp_trust.roots(authority.root.read_bytes(), "root.pem")


def stamp(desk: Desk, authority: tsa.Authority) -> stamping.Stamped:
    now = replace(desk, now=clock.now())  # the authority's clock is the real one
    return stamping.stamp(now, url=authority.url, roots=[authority.root])


def custody(bundle: Path) -> dict[str, bytes]:
    return {
        name.removeprefix(CUSTODY): data
        for name, data in files(bundle).items()
        if name.startswith(CUSTODY)
    }


def sizes(held: dict[str, bytes]) -> dict[str, int]:
    return {
        name: checkpoint.parse(data).size for name, data in held.items() if name.endswith(".txt")
    }


def judged(bundle: Path, authority: tsa.Authority) -> Verdict:
    return bundles.check(bundle, strict=True, tsa_roots=roots(authority))


def last_row(desk: Desk, ref: str) -> int:
    return exhibits.custody(desk, cases.show(desk, ref))[-1].seq


def test_without_a_stamp_the_proofs_end_at_the_cases_last_row(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    office.park(desk, "另一家有限公司")
    held = custody(bundles.build(desk, ref, out=tmp_path / "b").path)
    assert held.keys() == {"checkpoint.txt", "journal.jsonl", "proofs.json"}
    assert sizes(held) == {"checkpoint.txt": last_row(desk, ref)}
    verdict = judged(tmp_path / "b", authority)
    assert (verdict.findings, verdict.warnings, verdict.custody) == ((), (), ())


def test_every_row_is_proved_by_its_own_audit_path(desk: Desk, tmp_path: Path) -> None:
    ref = office.begun(desk)
    held = custody(bundles.build(desk, ref, out=tmp_path / "b.zip").path)
    proofs = custody_proofs.read(held["proofs.json"])
    final = checkpoint.parse(held["checkpoint.txt"])
    rows = exhibits.custody(desk, cases.show(desk, ref))
    assert len(proofs.rows) == len(rows) == len(held["journal.jsonl"].splitlines())
    for row, proof in zip(rows, proofs.rows, strict=True):
        told = {"index": row.seq - 1, "size": final.size, "root": final.root}
        assert merkle.is_included(row.leaf(), proof.path, **told)  # type: ignore[arg-type]


def test_the_stamped_checkpoint_is_the_last_where_it_covers_every_row(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    done = stamp(desk, authority)
    held = custody(bundles.build(desk, ref, out=tmp_path / "b").path)
    assert held.keys() == {"checkpoint.txt", "checkpoint.txt.tsr", "journal.jsonl", "proofs.json"}
    assert sizes(held) == {"checkpoint.txt": done.checkpoint.size}
    verdict = judged(tmp_path / "b", authority)
    assert (verdict.findings, verdict.warnings) == ((), ())
    (covered,) = verdict.custody
    assert (covered.time, covered.signer, covered.proved) == (done.time, "Test TSA", True)
    rows = exhibits.custody(desk, cases.show(desk, ref))
    assert covered.rows == tuple(row.seq for row in rows)


def test_rows_after_the_stamps_are_proved_to_a_checkpoint_that_grew_out_of_them(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    first = stamp(desk, authority)
    office.sent(desk, ref)
    second = stamp(desk, authority)
    office.arrived(desk, ref)
    held = custody(bundles.build(desk, ref, out=tmp_path / "b").path)
    assert sizes(held) == {
        "checkpoint-001.txt": first.checkpoint.size,
        "checkpoint-002.txt": second.checkpoint.size,
        "checkpoint.txt": last_row(desk, ref),
    }
    assert {name for name in held if name.endswith(".tsr")} == {
        "checkpoint-001.txt.tsr",
        "checkpoint-002.txt.tsr",
    }
    verdict = judged(tmp_path / "b", authority)
    assert (verdict.findings, verdict.warnings) == ((), ())
    assert [one.time for one in verdict.custody] == [first.time, second.time]
    assert len(verdict.custody[0].rows) < len(verdict.custody[1].rows)


def test_what_is_done_in_other_cases_or_stamped_later_changes_no_byte(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    stamp(desk, authority)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one = bundles.build(desk, ref, out=tmp_path / "one" / "b.zip")
    office.scan(desk, office.park(desk, "宁波乙商店有限公司"), place="乙商店收银台")
    stamp(desk, authority)
    two = bundles.build(desk, ref, out=tmp_path / "two" / "b.zip")
    assert one.path.read_bytes() == two.path.read_bytes()


def test_nothing_of_another_cases_rows_is_in_proofs_or_checkpoints(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    office.scan(desk, office.park(desk, "宁波乙商店有限公司"), place="乙商店收银台")
    stamp(desk, authority)
    office.sent(desk, ref)
    octets = b"".join(files(bundles.build(desk, ref, out=tmp_path / "b").path).values())
    ours = {row.seq for row in exhibits.custody(desk, cases.show(desk, ref))}
    told = {row.previous for row in desk.vault.journal_rows() if row.seq in ours}
    foreign = [row for row in desk.vault.journal_rows() if row.seq not in ours]
    assert len(foreign) > 5
    for row in foreign:
        for word in (row.salt, row.digest, *({row.hash} - told), "乙商店", desk.vault.id):
            assert word.encode() not in octets


def test_each_authority_has_its_own_first_checkpoint(desk: Desk, authority: tsa.Authority) -> None:
    office.begun(desk)
    stamp(desk, authority)
    (genuine,) = checkpoints.kept(desk)
    other = replace(genuine, token=b"of an authority that is not known here")
    rows = list(desk.vault.journal_rows())[:3]
    assert custody_papers._first_after_each([genuine, genuine], rows) == [genuine]
    assert custody_papers._first_after_each([genuine, other], rows) == [genuine, other]


def test_the_timeline_names_the_third_partys_time_beside_what_it_covers(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    time = stamp(desk, authority).time
    office.sent(desk, ref)
    asked = Authority(url=authority.url, roots=tuple(roots(authority)))
    built = bundles.build(desk, ref, out=tmp_path / "b", tsa=asked)
    text = "".join(text_of_pdf(files(built.path)["data/03-timeline.pdf"]).split())
    scan, sent = text.split("2026-11-21", 1)
    assert "时间戳（TestTSA）载明：该项记录在" in scan
    told = time + timedelta(microseconds=-time.microsecond % 10**6)
    told = told.astimezone(ZoneInfo("Asia/Shanghai"))
    assert f"该项记录在{told:%Y-%m-%d%H:%M:%S}+08:00以前已经写入日志" in scan
    assert "未核验" not in text
    assert "时间戳（TestTSA）" not in sent  # sent after the stamp, so not covered by it
    plain = bundles.build(desk, ref, out=tmp_path / "plain")
    text = "".join(text_of_pdf(files(plain.path)["data/03-timeline.pdf"]).split())
    day = clock.now().astimezone(ZoneInfo("Asia/Shanghai")).date()
    assert f"取得该时间戳时（{day}）本程序已用请求人指定的根证书核验" in text
    assert "本程序未核验该时间戳" not in text


def test_the_timeline_says_of_a_time_stamp_that_nothing_ever_vouched_for_that_it_was_not_checked(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    stamping.stamp(replace(desk, now=clock.now()), url=authority.url)
    built = bundles.build(desk, ref, out=tmp_path / "b")
    text = "".join(text_of_pdf(files(built.path)["data/03-timeline.pdf"]).split())
    assert "本程序未核验该时间戳" in text


def test_a_checkpoint_stamped_hours_before_it_says_it_was_made_shows_nothing(
    desk: Desk, authority: tsa.Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = office.begun(desk)
    later = replace(desk, now=clock.now() + timedelta(hours=2))
    with monkeypatch.context() as before:  # as versions did that took it
        before.setattr(time_stamping, "FAR", timedelta(days=1))
        stamping.stamp(later, url=authority.url, roots=[authority.root])
    built = bundles.build(desk, ref, out=tmp_path / "b")
    text = "".join(text_of_pdf(files(built.path)["data/03-timeline.pdf"]).split())
    assert "以前已经写入日志" not in text
    assert "两处时钟必有一处不准，不据此说明记录的时间" in text
    assert f"{later.now.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d%H:%M:%S}+08:00" in text
    custody_now = custody_papers.of(desk, cases.show(desk, ref), roots(authority))
    assert not custody_now.stamped
    verdict = judged(built.path, authority)
    assert [one.proved for one in verdict.custody] == [False]
    warned = office.said([one.meaning for one in verdict.warnings])
    assert "one of the two clocks was wrong" in warned
    good = stamp(desk, authority)  # a good one later is not hidden by it
    again = bundles.build(desk, ref, out=tmp_path / "again")
    covered = {one.time for one in judged(again.path, authority).custody if one.proved}
    assert covered == {good.time}
    text = "".join(text_of_pdf(files(again.path)["data/03-timeline.pdf"]).split())
    assert "以前已经写入日志" in text


def test_what_a_record_says_since_after_the_stamp_is_not_called_covered(
    desk: Desk, authority: tsa.Authority
) -> None:
    ref = office.begun(desk)
    office.sent(desk, ref, on=date(2026, 11, 22))
    stamped = stamp(desk, authority)
    office.arrived(desk, ref, on=date(2026, 11, 23))
    written = custody_papers.of(desk, cases.show(desk, ref), roots(authority)).written
    sent = written.of("letter/1", "dispatch")
    assert sent is not None
    assert sent.checked
    assert timedelta(0) <= sent.time - stamped.time < timedelta(seconds=1)
    assert written.of("letter/1", "dispatch", "arrived_on") is None
    assert written.of("encounter/1", "place") == sent
    assert written.of("encounter/7", "place") is None
    way = Way(on=date(2026, 11, 21))
    put_right.done(desk, put_right_letters.correct_sent(desk, ref, way, because="看错日期"))
    again = custody_papers.of(desk, cases.show(desk, ref), roots(authority)).written
    assert again.of("letter/1", "dispatch") is None


def test_a_time_stamp_of_something_else_tells_no_time(desk: Desk, authority: tsa.Authority) -> None:
    office.begun(desk)
    stamp(desk, authority)
    (kept,) = checkpoints.kept(desk)
    rows = list(desk.vault.journal_rows())
    for text, told in ((kept.text, True), (kept.text.replace(b"2026", b"2025"), False)):
        one = replace(kept, text=text)
        written = WrittenBefore(rows, [one], roots(authority), desk.zone)
        assert (written.of("encounter/1", "place") is not None) is told


def test_a_checkpoint_in_the_vault_that_is_not_of_its_journal_is_named(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    stamp(desk, authority)
    (kept,) = checkpoints.kept(desk)
    forged = Checkpoint(size=5, root=bytes(32), claimed_at=datetime(2026, 11, 1, tzinfo=UTC))
    with desk.vault.change(now=desk.now) as change:
        checkpoints.keep(change, forged, kept.token)
    with pytest.raises(VaultDamaged, match=r"checkpoint-5\.txt"):
        bundles.build(desk, ref, out=tmp_path / "b")
    found = [str(one) for one in vault_care.check(desk)]
    assert len(found) == 2
    assert "checkpoint-5.txt in the vault says of its first 5 rows" in found[0]
    assert "it is a time stamp of something else" in found[1]


def test_a_hundred_attachments_do_not_hide_the_checkpoints(
    desk: Desk, authority: tsa.Authority, tmp_path: Path
) -> None:
    shutil.copy(authority.root, tmp_path / "checkpoint-3.txt.tsr")
    office.scan(desk, office.park(desk), files=(tmp_path / "checkpoint-3.txt.tsr",))
    stamp(desk, authority)
    assert len(checkpoints.kept(desk)) == 1
