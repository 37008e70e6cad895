"""The log: writing down, correcting, finding, and taking whole sheets in and out."""

import io
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import piexif  # type: ignore[import-untyped]
import pillow_heif
import pytest
from PIL import Image

from pirights.domain.attachment import Attachment
from pirights.domain.encounter import Actor, Answer, Circumstance, Encounter, Role, ScanMode
from pirights.domain.handler import Handler, Venue
from pirights.errors import BadInput, NotFound
from pirights.workflow import encounter_list, encounters
from pirights.workflow.desk import Desk
from tests.workflow.office import NOW, kinds, park, scan

BLANK = Encounter(
    id=0,
    at=datetime(2026, 11, 20, 10, 5, 42, tzinfo=UTC),
    place="东门",
    venue=Venue.SHOP,
)


def photo(kind: str, *, offset: str | None = None, gps: bool = False) -> bytes:
    """A picture of a camera that took it at 18:05 on 20 November 2026."""
    facts: dict[str, dict[int, object]] = {
        "Exif": {piexif.ExifIFD.DateTimeOriginal: "2026:11:20 18:05:09"}
    }
    if offset is not None:
        facts["Exif"][0x9011] = offset
    if gps:
        facts["GPS"] = {
            1: "N",
            2: ((30, 1), (15, 1), (0, 1)),
            3: "E",
            4: ((120, 1), (9, 1), (0, 1)),
        }
    out = io.BytesIO()
    picture = Image.new("RGB", (64, 48), (90, 120, 150))
    exif = piexif.dump(facts)
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(out, exif=exif)
    else:
        picture.save(out, kind, exif=exif)
    return out.getvalue()


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


# --- writing down


def test_an_encounter_is_kept_to_the_minute_with_clean_fields(desk: Desk) -> None:
    logged = encounters.add(
        desk, replace(BLANK, place=" 东门\u3000", note=" 一行\r\n两行 ", purpose=" 核验 ")
    )
    found = desk.vault.get(Encounter, 1)
    assert found == logged.encounter
    assert (found.place, found.note, found.purpose) == ("东门", "一行\n两行", "核验")
    assert found.at == datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
    assert f"{found.local:%Y-%m-%d %H:%M}" == "2026-11-20 18:05"


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"place": " "}, "place is empty"),
        ({"place": "a\x1b[2J"}, "place"),
        ({"note": "字" * 20_001}, "note"),
        ({"exemption": "a\nb"}, "exemption"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"at": NOW + timedelta(minutes=1)}, "in the future"),
        ({"at": datetime(1025, 11, 20, 10, 5, tzinfo=UTC)}, "1990"),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_is_kept(
    desk: Desk, facts: dict[str, object], problem: str
) -> None:
    with pytest.raises(BadInput, match=problem):
        encounters.add(desk, replace(BLANK, **facts))  # type: ignore[arg-type]
    assert desk.vault.count(Encounter) == 0


def test_an_unknown_handler_is_named(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no H4"):
        encounters.add(desk, replace(BLANK, handlers=(Actor(handler=4),)))


@pytest.mark.parametrize("name", ["missing.jpg", "empty.jpg", "folder"])
def test_a_file_that_cannot_be_taken_is_named_and_undoes_the_entry(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    good = kept(tmp_path, "good.jpg", photo("JPEG"))
    kept(tmp_path, "empty.jpg", b"")
    (tmp_path / "folder").mkdir()
    before = kinds(desk)
    with pytest.raises(BadInput) as caught:
        encounters.add(desk, BLANK, [good, tmp_path / name])
    assert name in str(caught.value)
    assert (desk.vault.count(Encounter), desk.vault.count(Attachment)) == (0, 0)
    assert kinds(desk) == before


def test_correcting_keeps_what_was_said_before_in_the_journal(desk: Desk) -> None:
    scan(desk, park(desk), note="先写的备注")
    edited = encounters.edit(desk, 1, {"note": "后改的备注", "refused": True})
    assert desk.vault.get(Encounter, 1) == edited.encounter
    payloads = [row.payload or "" for row in desk.vault.journal_rows() if row.subject == "E1"]
    assert "先写的备注" in payloads[0]
    assert "后改的备注" in payloads[1]
    encounters.edit(desk, 1, {"refused": True})
    assert kinds(desk).count("encounter.edited") == 1


def test_search_finds_words_of_place_note_and_handler(desk: Desk) -> None:
    scan(desk, park(desk), note="闸机拍照")
    scan(desk, place="地铁站")
    assert [one.id for one in encounter_list.search(desk, "闸机拍照", limit=None)] == [1]
    assert [one.id for one in encounter_list.search(desk, "野趣乐园", limit=None)] == [1]
    assert [one.id for one in encounter_list.search(desk, "地铁", limit=None)] == [2]
    assert encounter_list.search(desk, "没有这个词", limit=None) == []


def test_the_log_is_listed_newest_first_and_counted(desk: Desk) -> None:
    for day in (3, 1, 2):
        scan(desk, at=datetime(2026, 11, day, 1, 0, tzinfo=UTC))
    found, count = encounter_list.newest(desk, limit=2)
    assert ([one.id for one in found], count) == ([1, 3], 3)


def test_an_encounter_is_shown_with_its_handlers_and_files(desk: Desk, tmp_path: Path) -> None:
    scan(desk, park(desk, "甲公司"), park(desk, "乙公司"))
    encounters.attach(desk, 1, [kept(tmp_path, "1.txt", b"text")])
    found, handlers, files = encounters.show(desk, 1)
    assert found.label == "E1"
    assert [one.name for one in handlers] == ["甲公司", "乙公司"]
    assert [file.name for file in files] == ["1.txt"]
    with pytest.raises(NotFound, match="no E2"):
        encounters.show(desk, 2)
    with pytest.raises(NotFound, match="no E2"):
        encounters.attach(desk, 2, [])


# --- photos


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("HEIF", "a.heic")])
def test_a_photo_suggests_its_time_and_place_and_leaves_open_what_it_does_not_know(
    desk: Desk, tmp_path: Path, kind: str, name: str
) -> None:
    path = kept(tmp_path, name, photo(kind, gps=True))
    (told,) = encounters.add(desk, BLANK, [path]).suggestions
    assert (told.file, told.taken) == (name, "2026-11-20 18:05")
    assert told.position == pytest.approx((30.25, 120.15))
    assert (told.zone, told.datum) == ("", "")
    assert told == encounters.suggestion(path, now=desk.now)


def test_a_photo_that_knows_its_zone_says_it(tmp_path: Path) -> None:
    path = kept(tmp_path, "a.jpg", photo("JPEG", offset="+08:00"))
    told = encounters.suggestion(path, now=NOW)
    assert (told.taken, told.zone) == ("2026-11-20 18:05", "+08:00")
    assert told.position is None


def test_a_suggestion_never_changes_the_entry(desk: Desk, tmp_path: Path) -> None:
    path = kept(tmp_path, "a.jpg", photo("JPEG", offset="-05:00"))
    logged = encounters.add(desk, BLANK, [path])
    assert logged.encounter.at == BLANK.at.replace(second=0)


def test_a_photo_without_facts_or_no_photo_suggests_nothing(desk: Desk, tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    plain = kept(tmp_path, "a.png", out.getvalue())
    text = kept(tmp_path, "a.txt", b"2026:11:20 18:05:09")
    assert encounters.add(desk, BLANK, [plain, text]).suggestions == ()


def test_a_photo_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.jpg cannot be read"):
        encounters.suggestion(tmp_path / "none.jpg", now=NOW)


def test_under_14_says_under_18_when_written_down_and_when_corrected(desk: Desk) -> None:
    under = (Circumstance.UNDER_14,)
    assert encounters.add(desk, replace(BLANK, circumstances=under)).encounter.minor
    assert not encounters.add(desk, BLANK).encounter.minor
    assert encounters.edit(desk, 2, {"circumstances": under}).encounter.minor
    assert desk.vault.get(Encounter, 2).minor


def test_circumstances_are_kept_and_the_journal_knows_them(desk: Desk) -> None:
    so, not_so = (Circumstance.LEAK, Circumstance.SHARED), (Circumstance.RESIDENT,)
    encounters.add(desk, replace(BLANK, circumstances=so, ruled_out=not_so))
    found = desk.vault.get(Encounter, 1)
    assert (found.circumstances, found.ruled_out) == (so, not_so)
    payloads = "".join(row.payload or "" for row in desk.vault.journal_rows())
    assert "shared" in payloads


# --- sheets


def imported(desk: Desk, folder: Path, *rows: str, head: str = "at,place,venue,handler") -> object:
    path = folder / "log.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return encounters.import_sheet(desk, path)


def test_good_rows_are_taken_and_bad_ones_named_by_line_and_column(
    desk: Desk, tmp_path: Path
) -> None:
    told = imported(
        desk,
        tmp_path,
        "2026-11-20 18:05,东门,shop,",
        "2026-02-30 18:05,东门,shop,",
        "2026-11-21 18:05,,moon,",
        "2026-11-22 18:05,西门,公园,",
    )
    assert isinstance(told, encounters.Imported)
    assert told.added == (1, 2)
    assert [(fault.row, fault.column) for fault in told.faults] == [
        (3, "at"),
        (4, "place"),
        (4, "venue"),
    ]
    assert [one.place for one in desk.vault.find_all(Encounter)] == ["西门", "东门"]


def test_the_faults_of_a_broken_sheet_are_counted_and_only_the_first_listed(
    desk: Desk, tmp_path: Path
) -> None:
    told = imported(desk, tmp_path, *["never,,moon,"] * 2_000, "2026-11-20 18:05,东门,shop,")
    assert isinstance(told, encounters.Imported)
    assert told.added == (1,)
    assert len(told.faults) == 1_000
    assert told.failed == 2_000
    listed = {fault.row for fault in told.faults}
    assert listed == set(range(2, 2 + len(listed)))
    assert told.unlisted == 2_000 - len(listed)


def test_quotation_marks_that_never_close_cost_no_more_than_the_sheet_is_long(
    desk: Desk, tmp_path: Path
) -> None:
    began = time.perf_counter()
    told = imported(desk, tmp_path, *['2026-11-01 10:00,"'] * 50_000)
    assert isinstance(told, encounters.Imported)
    assert time.perf_counter() - began < 10
    assert told.failed > 1_000
    assert len(told.faults) == 1_000


def test_a_heading_that_stands_twice_ten_thousand_times_is_refused_at_once(
    desk: Desk, tmp_path: Path
) -> None:
    began = time.perf_counter()
    with pytest.raises(BadInput, match="stand twice"):
        imported(desk, tmp_path, head="at,place,venue" + ",note" * 50_000)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("zone", ["posixrules", "PRC"])
def test_a_sheet_names_a_zone_by_area_and_place(desk: Desk, tmp_path: Path, zone: str) -> None:
    row = f"2026-11-20 18:05,东门,shop,{zone}"
    told = imported(desk, tmp_path, row, head="at,place,venue,zone")
    assert isinstance(told, encounters.Imported)
    assert [fault.column for fault in told.faults] == ["zone"]


def test_a_handler_named_in_words_is_made_once_and_found_again(desk: Desk, tmp_path: Path) -> None:
    park(desk, "甲公司")
    told = imported(
        desk,
        tmp_path,
        "2026-11-20 18:05,东门,shop,乙公司",
        "2026-11-20 18:06,东门,shop,甲公司;乙公司:vendor",
        "2026-11-20 18:07,东门,shop,H1",
        "2026-11-20 18:08,东门,shop,乙公司",
    )
    assert isinstance(told, encounters.Imported)
    assert [one.name for one in told.new_handlers] == ["乙公司"]
    assert desk.vault.count(Handler) == 2
    actors = [one.handlers for one in desk.vault.find_all(Encounter, newest_first=False)]
    assert actors == [
        (Actor(handler=2),),
        (Actor(handler=1), Actor(handler=2, role=Role.VENDOR)),
        (Actor(handler=1),),
        (Actor(handler=2),),
    ]


def test_an_unknown_label_is_a_fault_of_its_row_and_makes_no_handler(
    desk: Desk, tmp_path: Path
) -> None:
    told = imported(
        desk, tmp_path, "2026-11-20 18:05,东门,shop,丙公司;H7", "2026-11-20 18:06,东门,shop,"
    )
    assert isinstance(told, encounters.Imported)
    (fault,) = told.faults
    assert (fault.row, fault.column, str(fault.problem)) == (
        2,
        "handler",
        "There is no handler H7.",
    )
    assert told.added == (1,)
    assert desk.vault.count(Handler) == 0


def test_a_sheet_that_says_under_14_says_under_18(desk: Desk, tmp_path: Path) -> None:
    rows = ("2026-11-20 18:05,东门,school,不满十四周岁", "2026-11-20 18:06,东门,school,")
    imported(desk, tmp_path, *rows, head="at,place,venue,circumstances")
    child, other = (desk.vault.get(Encounter, number) for number in (1, 2))
    assert child.circumstances == (Circumstance.UNDER_14,)
    assert (child.minor, other.minor) == (True, False)


def test_a_sheet_without_its_headings_takes_nothing_in(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="venue"):
        imported(desk, tmp_path, "2026-11-20 18:05,东门", head="at,place")
    with pytest.raises(BadInput, match="cannot be read"):
        encounters.import_sheet(desk, tmp_path / "none.csv")
    assert desk.vault.count(Encounter) == 0


def test_progress_is_told_every_thousand_rows(desk: Desk, tmp_path: Path) -> None:
    seen: list[int] = []
    path = tmp_path / "many.csv"
    rows = [f"2026-11-{day:02d} {hour:02d}:{minute:02d},门,shop" for day in range(1, 21)
            for hour in range(10) for minute in range(11)]  # fmt: skip
    path.write_text("\n".join(["at,place,venue", *rows]), encoding="utf-8")
    told = encounters.import_sheet(desk, path, progress=seen.append)
    assert (len(told.added), seen) == (2200, [1000, 2000])


def everything(desk: Desk) -> None:
    """Encounters that between them use every field and every value of it."""
    first, second = park(desk, "甲;公司:物业"), park(desk, "乙公司")
    third = park(desk, "H1")
    for number, mode in enumerate(ScanMode):
        for turn, answer in enumerate(Answer):
            encounters.add(
                desk,
                Encounter(
                    id=0,
                    at=datetime(2026, 10, 1 + number, 1, turn, tzinfo=UTC),
                    zone="Asia/Urumqi" if turn else "Asia/Shanghai",
                    about=bool(turn),
                    place="=1+1" if turn else '东门，"3号"',
                    venue=list(Venue)[(number * 3 + turn) % len(Venue)],
                    handlers=(
                        Actor(handler=first.id, role=list(Role)[turn]),
                        Actor(handler=second.id, role=Role.ENTRUSTED),
                        Actor(handler=third.id),
                    )[: turn + 1],
                    mode=mode,
                    notice=answer,
                    consent=list(Answer)[turn - 1],
                    separate_consent=answer,
                    alternative=list(Answer)[turn - 2],
                    refused=not turn,
                    purpose="'核验" if turn else "",
                    exemption="公共安全" if turn else "",
                    minor=bool(number % 2),
                    public_place=answer,
                    note='一行\n两行，"引号" {{x}} <b>\n+86' if turn else "",
                    circumstances=(Circumstance.LEAK, Circumstance.SHARED)[:turn],
                    ruled_out=(Circumstance.RESIDENT,) if turn else (),
                ),
            )


def test_export_and_import_into_a_fresh_vault_lose_nothing(
    desk: Desk, other_desk: Desk, tmp_path: Path
) -> None:
    everything(desk)
    path = tmp_path / "log.csv"
    assert encounters.export_sheet(desk, path) == 18
    told = encounters.import_sheet(other_desk, path)
    assert told.faults == ()

    def whole(at: Desk) -> list[tuple[Encounter, list[tuple[str, Role]]]]:
        names = {one.id: one.name for one in at.vault.find_all(Handler)}
        return [
            (
                replace(one, handlers=()),
                [(names[actor.handler], actor.role) for actor in one.handlers],
            )
            for one in at.vault.find_all(Encounter, newest_first=False)
        ]

    assert whole(other_desk) == whole(desk)
    assert len({role for _, actors in whole(desk) for _, role in actors}) == 4
    again = tmp_path / "again.csv"
    encounters.export_sheet(other_desk, again)
    assert again.read_bytes() == path.read_bytes()


def test_two_handlers_of_one_name_stay_two_in_a_fresh_vault(
    desk: Desk, other_desk: Desk, tmp_path: Path
) -> None:
    with desk.vault.change(now=desk.now) as change:
        twins = [change.add(Handler(id=0, name="甲公司")) for _ in range(2)]
        for twin in (*twins, twins[0]):
            actor = Actor(handler=twin.id)
            change.add(Encounter(id=0, at=desk.now, place="x", venue=Venue.SHOP, handlers=(actor,)))
    path = tmp_path / "log.csv"
    encounters.export_sheet(desk, path)
    told = encounters.import_sheet(other_desk, path)
    assert told.faults == ()
    assert [one.name for one in told.new_handlers] == ["甲公司", "甲公司"]
    met = [
        one.handlers[0].handler for one in other_desk.vault.find_all(Encounter, newest_first=False)
    ]
    assert met[0] == met[2] != met[1]


def test_a_sheet_that_cannot_be_written_is_an_error(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        encounters.export_sheet(desk, tmp_path / "none" / "log.csv")
