"""Several files as one exhibit: joined, numbered, bound, masked, judged, and parted again."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from pirights.domain import mask
from pirights.domain.bundle import Exhibit, Group
from pirights.domain.catalogue import read_catalogue_json
from pirights.domain.dispatch import Channel
from pirights.errors import BadInput, NotFound
from pirights.evidence.names import plain_suffix
from pirights.render.raster import text_of_pdf
from pirights.workflow import bundles, cases, dispatching, exhibit_notes, gaps, joining, timeline
from pirights.workflow import exhibits as gathering
from pirights.workflow.bundles import Built
from pirights.workflow.desk import Desk
from pirights.workflow.withholding import EVERYTHING, Wanted
from tests.render import strange_files
from tests.workflow.office import begun, case, park, scan

FRONT, BACK, OTHER = "年卡 正面.jpg", "年卡 背面.jpg", "闸机.txt"
PLACED = strange_files.exif_of(1)


@pytest.fixture
def ref(desk: Desk, tmp_path: Path) -> str:
    (tmp_path / FRONT).write_bytes(strange_files.picture("JPEG", exif=PLACED))
    (tmp_path / BACK).write_bytes(strange_files.picture("JPEG", exif=PLACED) + b"\0")
    (tmp_path / OTHER).write_text("闸机\n" * 200, encoding="utf-8")
    scan(desk, park(desk), files=tuple(tmp_path / name for name in (FRONT, BACK, OTHER)))
    return case(desk).case.ref


def listed(desk: Desk, ref: str) -> dict[str, Exhibit]:
    return {one.original_name: one for one in exhibit_notes.listed(desk, ref).exhibits}


def joined(desk: Desk, ref: str, which: str, *more: str) -> Exhibit:
    return exhibit_notes.describe(desk, ref, which, words={}, more=more).after


def built(desk: Desk, ref: str, out: Path, wanted: Wanted = EVERYTHING) -> Built:
    done = bundles.build(desk, ref, out=out, wanted=wanted)
    assert bundles.check(done.path, strict=True).findings == ()
    alone = [sys.executable, "-I", str(done.path / "tools/verify.py"), str(done.path)]
    said = subprocess.run(alone, check=False, capture_output=True)
    assert said.returncode == 0, said.stdout
    return done


def sheet(done: Built, one: Exhibit) -> dict[str, object]:
    told = json.loads((done.path / f"data/exhibits/{one.folder}/exhibit.json").read_bytes())
    assert isinstance(told, dict)
    return told


def test_front_and_back_of_a_card_are_one_exhibit(desk: Desk, ref: str, tmp_path: Path) -> None:
    before = listed(desk, ref)
    after = joined(desk, ref, FRONT, BACK)
    assert [one.original_name for one in after.files] == [FRONT, BACK]
    assert after.title.zh.endswith(f"{FRONT}（共2份文件）")
    assert after.title.en.endswith("(2 files)")
    assert len(listed(desk, ref)) == len(before) - 1
    done = built(desk, ref, tmp_path / "bag")
    one = next(one for one in done.exhibits if one.further)
    rows = read_catalogue_json((done.path / "data/01-catalogue.json").read_bytes())
    row = rows[one.number - 1]
    folder = f"exhibits/{one.folder}"
    assert row.path == f"{folder}/original-01.jpg {folder}/original-02.jpg"
    assert row.original_name == f"{FRONT} / {BACK}"
    assert [int(size) for size in row.size.split(" ")] == [file.size for file in one.files]
    for name, path in zip((FRONT, BACK), row.path.split(" "), strict=True):
        assert (done.path / "data" / path).read_bytes() == (tmp_path / name).read_bytes()
    told = sheet(done, one)
    assert [file["original_name"] for file in told["files"]] == [FRONT, BACK]  # type: ignore[attr-defined]
    catalogue = text_of_pdf((done.path / "data/01-catalogue.pdf").read_bytes())
    assert "共2份文件" in "".join(catalogue.split())


def test_the_pages_of_all_files_run_on_in_the_bound_copy(
    desk: Desk, ref: str, tmp_path: Path
) -> None:
    joined(desk, ref, FRONT, OTHER, BACK)
    done = built(desk, ref, tmp_path / "bag")
    one = next(one for one in done.exhibits if one.further)
    count = one.page_to - one.page_from + 1
    pages = text_of_pdf((done.path / "data/02-exhibits.pdf").read_bytes()).split("\f")
    ours = ["".join(page.split()) for page in pages[one.page_from - 1 : one.page_to]]
    for place, page in enumerate(ours, start=1):
        assert f"证据{one.number}第{place}页/共{count}页" in page
    first, middle, last = one.files
    assert (first.page_from, last.page_to) == (one.page_from, one.page_to)
    assert middle.page_to - middle.page_from > 1
    assert (first.page_to + 1, middle.page_to + 1) == (middle.page_from, last.page_from)
    assert "".join(OTHER.split()) in ours[1]
    assert "".join(BACK.split()) in ours[-1]
    bound = pikepdf.open(done.path / "data/02-exhibits.pdf")
    with bound, bound.open_outline() as outline:
        assert len(outline.root) == len(done.exhibits)


def test_a_second_file_is_masked_by_its_place(desk: Desk, ref: str, tmp_path: Path) -> None:
    number = joined(desk, ref, FRONT, BACK, OTHER).number
    wanted = Wanted(masks=(mask.parse(f"E{number:03d}/2:0,0,50,50"),))
    done = built(desk, ref, tmp_path / "bag", wanted)
    one = done.exhibits[number - 1]
    assert [file.withheld is not None for file in one.files] == [False, True, False]
    assert one.files[1].path.endswith("/rendition-02.jpg")
    assert one.held.zh.startswith("第2份文件为副本（已遮盖部分画面），其原件未入包；")
    paper = "".join(text_of_pdf((done.path / "data/01-catalogue.pdf").read_bytes()).split())
    assert f"证据{number}第2份文件的原件未入本证据包" in paper
    row = read_catalogue_json((done.path / "data/01-catalogue.json").read_bytes())[number - 1]
    withheld = one.files[1].withheld
    assert withheld is not None
    assert row.withheld_sha256 == f"- {withheld.sha256} -"
    with pytest.raises(NotFound, match=f"E{number:03d}/4"):
        built(desk, ref, tmp_path / "b", Wanted(masks=(mask.parse(f"{number}/4:0,0,5,5"),)))


def test_the_location_is_stripped_from_every_file(desk: Desk, ref: str, tmp_path: Path) -> None:
    number = joined(desk, ref, FRONT, BACK).number
    done = built(desk, ref, tmp_path / "bag", Wanted(strip_location=True))
    one = done.exhibits[number - 1]
    assert all(file.withheld is not None for file in one.files)
    assert one.held.zh.startswith("副本（已去除位置信息）")
    done = built(desk, ref, tmp_path / "both", Wanted(strip_location=True, with_originals=True))
    names = {path.name for path in (done.path / f"data/exhibits/{one.folder}").iterdir()}
    assert names == {
        "exhibit.json",
        *(f"{kind}-0{place}.jpg" for kind in ("original", "rendition") for place in (1, 2)),
    }


def test_reset_parts_what_was_joined(desk: Desk, ref: str) -> None:
    before = exhibit_notes.listed(desk, ref).exhibits
    joined(desk, ref, FRONT, BACK)
    joined(desk, ref, BACK, OTHER)  # named by any of its files
    assert [one.original_name for one in listed(desk, ref)[FRONT].files] == [FRONT, BACK, OTHER]
    exhibit_notes.describe(desk, ref, FRONT, words={}, reset=True)
    assert exhibit_notes.listed(desk, ref).exhibits == before
    assert desk.case(ref).exhibit_notes == ()


def test_what_was_joined_goes_along_where_its_exhibit_is_joined(desk: Desk, ref: str) -> None:
    joined(desk, ref, BACK, OTHER)
    after = joined(desk, ref, FRONT, BACK)
    assert [one.original_name for one in after.files] == [FRONT, BACK, OTHER]
    exhibit_notes.describe(desk, ref, FRONT, words={}, reset=True)
    assert [one.further for one in exhibit_notes.listed(desk, ref).exhibits] == [(), (), (), ()]


def test_words_and_group_of_the_first_are_those_of_the_whole(desk: Desk, ref: str) -> None:
    joined(desk, ref, FRONT, BACK)
    words = {"title": "年卡"}
    done = exhibit_notes.describe(desk, ref, FRONT, words=words, group=Group.RELATIONSHIP)
    assert done.after.title.zh == "年卡（共2份文件）"
    assert {file.group for file in done.after.files} == {Group.RELATIONSHIP}
    assert {file.number for file in done.after.files} == {done.after.number}


def test_what_cannot_be_joined_is_refused(
    desk: Desk, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadInput, match="itself"):
        joined(desk, ref, FRONT, FRONT)
    with pytest.raises(BadInput, match="itself"):
        joined(desk, ref, FRONT, BACK, BACK)
    for one, other in ((FRONT, "E1.txt"), ("E1.txt", FRONT)):
        with pytest.raises(BadInput, match="written by pirights"):
            joined(desk, ref, one, other)
    with pytest.raises(NotFound):
        joined(desk, ref, FRONT, "E099")
    monkeypatch.setattr(joining, "MOST_FILES", 1)
    with pytest.raises(BadInput, match="at most 1 files"):
        joined(desk, ref, FRONT, BACK)
    assert desk.case(ref).exhibit_notes == ()


def test_a_bundle_without_joined_files_is_as_before(desk: Desk, ref: str, tmp_path: Path) -> None:
    done = built(desk, ref, tmp_path / "bag")
    for one in done.exhibits:
        told = sheet(done, one)
        assert "files" not in told
        assert told["sha256"] == one.sha256
        suffix = plain_suffix(one.original_name)
        assert one.path == f"exhibits/{one.folder}/original{suffix}"


def test_gaps_and_timeline_see_every_file_that_was_joined(desk: Desk, tmp_path: Path) -> None:
    for name in ("收据.txt", "签收.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    ref = begun(desk)
    dispatching.sent(
        desk, ref, channel=Channel.EMS, on=date(2026, 11, 21), proofs=[tmp_path / "收据.txt"]
    )
    dispatching.received(desk, ref, on=date(2026, 11, 22), proofs=[tmp_path / "签收.txt"])
    before = gaps.look(desk, ref).gaps
    number = joined(desk, ref, "收据.txt", "签收.txt").number
    assert gaps.look(desk, ref).gaps == before
    shown = cases.show(desk, ref)
    events = timeline.events(shown, gathering.gathered(desk, shown))
    assert [number in one.exhibits for one in events] == [False, True, True]
