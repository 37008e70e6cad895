"""Sheets of encounters: real ones, broken ones, hostile ones, and there and back again."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pirights.domain.encounter import Actor, Answer, Circumstance, Encounter, Role, ScanMode
from pirights.domain.handler import Venue
from pirights.domain.text import one_line, several_lines
from pirights.errors import BadInput
from pirights.workflow import encounter_sheet, encounter_writing
from pirights.workflow.encounter_sheet import Draft, Row, Sheet
from pirights.workflow.handler_mentions import HandlerMention, mentions, written
from pirights.workflow.sheet_faults import Fault

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HEAD = "at,place,venue"


def read(text: str | bytes, *, zone: str = "Asia/Shanghai", now: datetime = NOW) -> Sheet:
    data = text if isinstance(text, bytes) else text.encode()
    return encounter_sheet.read(data, zone=zone, now=now)


def only(sheet: Sheet) -> Draft:
    assert sheet.faults == ()
    (row,) = sheet.rows
    return row.draft


def faults(sheet: Sheet) -> list[tuple[int, int, str]]:
    return [(fault.row, fault.line, fault.column) for fault in sheet.faults]


def test_a_full_row_is_read() -> None:
    draft = only(
        read(
            "at,place,venue,handler,mode,notice,consent,separate_consent,alternative,purpose,note\r\n"
            "2026-11-20 18:05,东门,residential,H1:property-manager;示例科技有限公司:vendor,"
            'verification,yes,no,no,unknown,门禁,"第一行\n第二行"\r\n',
        ),
    )
    assert draft.at == datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
    assert draft.venue is Venue.RESIDENTIAL
    assert draft.handlers == (
        HandlerMention(number=1, role=Role.PROPERTY_MANAGER),
        HandlerMention(name="示例科技有限公司", role=Role.VENDOR),
    )
    assert (draft.notice, draft.consent, draft.alternative) == (
        Answer.YES,
        Answer.NO,
        Answer.UNKNOWN,
    )
    assert draft.note == "第一行\n第二行"


def test_chinese_headings_and_words_are_understood() -> None:
    draft = only(
        read(
            "时间,地点,场所类型,处理者,方式,告知,单独同意,大约,未成年人,公共场所\n"
            "2026年11月20日 18:05,东门,小区,某物业:物业,核验,是,否,是,否,不详\n",
        ),
    )
    assert draft.at == datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
    assert (draft.venue, draft.mode) == (Venue.RESIDENTIAL, ScanMode.VERIFICATION)
    assert draft.handlers == (HandlerMention(name="某物业", role=Role.PROPERTY_MANAGER),)
    assert (draft.notice, draft.separate_consent) == (Answer.YES, Answer.NO)
    assert (draft.about, draft.minor, draft.public_place) == (True, False, Answer.UNKNOWN)


@pytest.mark.parametrize("heading", ["circumstances", "Circumstances", "情节", "其他情况"])
@pytest.mark.parametrize(
    "cell",
    ["shared=no; under-14", "不满十四周岁；提供给他人=否", "提供给他人＝no、不满14周岁＝是"],
)
def test_circumstances_are_read_under_their_heading(heading: str, cell: str) -> None:
    draft = only(read(f"{HEAD},{heading}\n2026-11-20 18:05,东门,shop,{cell}\n"))
    assert draft.circumstances == (Circumstance.UNDER_14,)
    assert draft.ruled_out == (Circumstance.SHARED,)


def test_without_the_column_or_in_an_empty_cell_no_circumstance_is_known() -> None:
    for text in (f"{HEAD}\n2026-11-20 18:05,x,shop\n", f"{HEAD},情节\n2026-11-20 18:05,x,shop,\n"):
        draft = only(read(text))
        assert (draft.circumstances, draft.ruled_out) == ((), ())


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [("shared; 刷脸", "刷脸"), ("under14", "under14"), ("leak=maybe", "maybe")],
)
def test_an_unknown_circumstance_is_named_with_row_and_column(cell: str, wrong: str) -> None:
    sheet = read(
        f"{HEAD},circumstances\n2026-11-20 18:05,x,shop,leak\n2026-11-20 18:05,x,shop,{cell}\n"
    )
    assert faults(sheet) == [(3, 3, "circumstances")]
    assert wrong in str(sheet.faults[0].problem)
    assert [row.draft.circumstances for row in sheet.rows] == [(Circumstance.LEAK,)]


@pytest.mark.parametrize(
    "at",
    [
        "2026-11-20 18:05",
        "2026-11-20T18:05",
        "2026/11/20 18:05:59",
        "2026-11-20 18:05:59.999",
        "2026.11.20 18:05",
        " 2026-11-20  18:05 ",
        "2026年11月20日18:05",
        "2026年11月20日 18时05分",
        "２０２６－１１－２０　１８：０５",
        "2026-11-20 10:05Z",
        "2026-11-20 05:05 -05:00",
        "2026年11月20日 下午6:05",
        "2026/11/20 下午 06:05:00",
        "2026年11月20日下午6时05分",
        "2026-11-20 晚上6点5分",
        "2026-11-20 6:05 PM",
        "2026-11-20 06:05pm",
        "2026-11-20 6:05 p.m.",
        "2026-11-20 PM 6:05",
        "2026-11-20 下午18:05",
        "2026-11-20 6:05 PM +08:00",
    ],
)
def test_a_time_is_understood_in_the_forms_that_people_use(at: str) -> None:
    draft = only(read(f'{HEAD}\n"{at}",x,shop\n'))
    assert draft.at == datetime(2026, 11, 20, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "hour"),
    [
        *(
            ("上午 12:30", 0),
            ("12:30 AM", 0),
            ("凌晨3:30", 3),
            ("早上7点30分", 7),
            ("上午11:30", 11),
        ),
        *(
            ("中午11:30", 11),
            ("中午12:30", 12),
            ("中午1:30", 13),
            ("下午12:30", 12),
            ("12:30 PM", 12),
        ),
        *(("下午1:30", 13), ("11:30 pm", 23), ("晚上11:30", 23), ("晚上 19:30", 19)),
    ],
)
def test_the_half_of_the_day_is_told_from_its_word(at: str, hour: int) -> None:
    draft = only(read(f"{HEAD}\n2026-11-20 {at},x,shop\n"))
    assert draft.at.astimezone(ZoneInfo("Asia/Shanghai")).hour == hour


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        ("2026-11-20 上午18:05", "no such date or time"),
        ("2026-11-20 13:05 AM", "no such date or time"),
        ("2026-11-20 下午0:05", "no such date or time"),
        ("2026-11-20 下午25:05", "no such date or time"),
        ("2026-11-20 下午6:05 PM", "no such date or time"),
        ("2026-11-20 晚上12:05", "no such date or time"),
        ("2026-11-20 中午6:05", "no such date or time"),
        ("2026-11-20", "lacks the time of day"),
        ("2026年11月20日", "lacks the time of day"),
        ("2026年13月3日", "no such date or time"),
        ("2026-02-30", "no such date or time"),
        ("2026-02-30 10:00", "no such date or time"),
        ("2026-11-20 24:00", "no such date or time"),
        ("2026-13-01 10:00", "no such date or time"),
        ("1025-11-20 10:00", "before 1990"),
        ("0000-11-20 10:00", "no such date or time"),
        ("2026-11-24 10:00", "not come yet"),
        ("20/11/2026 18:05", "not a date with a time"),
        ("2026-11/20 18:05", "not a date with a time"),
        ("yesterday", "not a date with a time"),
        ("", "missing"),
        ("  ", "missing"),
        ("2026-11-20 18:05 +99:99", "never showed"),
    ],
)
def test_a_faulty_time_is_named_with_row_and_column(at: str, problem: str) -> None:
    sheet = read(f"{HEAD}\n2026-11-20 18:05,x,shop\n{at},x,shop\n")
    assert faults(sheet) == [(3, 3, "at")]
    assert problem in str(sheet.faults[0].problem)
    assert len(sheet.rows) == 1


def test_an_hour_that_the_clocks_skipped_is_no_time() -> None:
    sheet = read(f"{HEAD},zone\n2026-03-29 01:30,x,shop,Europe/London\n")
    assert faults(sheet) == [(2, 2, "at")]


def test_every_fault_of_a_row_is_named_and_the_good_rows_are_kept() -> None:
    sheet = read(
        "at,place,venue,handler,mode,notice,zone,about\n"
        "soon,,castle,H1:cook,guess,perhaps,Mars/Base,maybe\n"
        "2026-11-20 18:05,东门,shop,,,,,\n",
    )
    assert faults(sheet) == [
        (2, 2, column)
        for column in ("zone", "at", "place", "venue", "handler", "mode", "notice", "about")
    ]
    assert [row.row for row in sheet.rows] == [3]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    sheet = read(
        f"{HEAD},note\n"
        '2026-11-20 18:05,x,shop,"a\nb\nc"\n'
        "\n"
        ",,,\n"
        "bad,x,shop,\n"
        "2026-11-20 18:05,x,shop,\n",
    )
    assert [(row.row, row.line) for row in sheet.rows] == [(2, 2), (6, 8)]
    assert faults(sheet) == [(5, 7, "at")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_by_the_headings(delimiter: str) -> None:
    text = f'{HEAD},note\n2026-11-20 18:05,x,shop,"a,b;c\td"\n'
    head, row = text.splitlines()
    cells = row.split(",", 3)
    joined = f"{head.replace(',', delimiter)}\n{delimiter.join(cells)}\n"
    assert only(read(joined)).note == "a,b;c\td"


def test_a_first_line_that_says_the_delimiter_is_understood() -> None:
    assert (
        only(
            read(
                f"sep=;\r\n{HEAD};note\n2026-11-20 18:05;x;shop;a,b\n".replace(
                    HEAD, HEAD.replace(",", ";")
                )
            )
        ).note
        == "a,b"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encodings_of_spreadsheet_programs_are_read(encoding: str) -> None:
    data = "时间,地点,场所\r\n2026-11-20 18:05,杭州示例小区东门,小区\r\n".encode(encoding)
    assert only(read(data)).place == "杭州示例小区东门"


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(BadInput, match="neither UTF-8 nor"):
        read(b"\x89PNG\r\n\x1a\n\xff\xff\xff")


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", ",,,\n,,\n"])
def test_an_empty_sheet_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="sheet is empty"):
        read(text)


@pytest.mark.parametrize(
    ("heading", "problem"),
    [
        ("at,place,venue,colour", "Unknown headings: colour"),
        ("at,place", "missing: venue"),
        ("at,at,place,venue", "twice: at"),
        ("时间,at,place,venue", "twice: at"),
        ('at,"place,venue', "never closed"),
        ("<html><body>", "Unknown headings"),
    ],
)
def test_a_faulty_heading_stops_the_whole_sheet(heading: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        read(f"{heading}\n2026-11-20 18:05,x,shop\n")


def test_headings_are_taken_in_any_case_and_spelling() -> None:
    draft = only(read("At, PLACE ,Venue,Separate Consent,\n2026-11-20 18:05,x,shop,yes,\n"))
    assert draft.separate_consent is Answer.YES


def test_a_cell_under_no_heading_is_a_fault() -> None:
    sheet = read(f"{HEAD}\n2026-11-20 18:05,x,shop,stray\n2026-11-20 18:05,x,shop,,\n")
    assert faults(sheet) == [(2, 2, "")]
    assert len(sheet.rows) == 1


@pytest.mark.parametrize("bad", ["\x1b[31m", "\x00", "\x07", "\u202e", "a\rb", "\u2028"])
def test_control_characters_are_refused_by_row_and_column(bad: str) -> None:
    sheet = read(f'{HEAD},note\n2026-11-20 18:05,x,shop,"{bad}x"\n2026-11-20 18:05,x,shop,\n')
    assert [(fault.row, fault.column) for fault in sheet.faults] == [(2, "note")]
    assert "\x1b" not in str(sheet.faults[0].problem)
    assert len(sheet.rows) == 1


def test_a_cell_that_is_too_long_is_refused_without_losing_the_next_row() -> None:
    long = "长" * 20_001
    inner = "\n2026-11-20 18:05,forged,shop,\n" * 9000
    sheet = read(
        f"{HEAD},note\n"
        f"2026-11-20 18:05,x,shop,{long}\n"
        f'2026-11-20 18:05,x,shop,"{inner}"\n'
        "2026-11-20 18:05,y,shop,\n",
    )
    assert [(fault.row, fault.column) for fault in sheet.faults] == [(2, "note"), (3, "note")]
    assert [(row.row, row.draft.place) for row in sheet.rows] == [(4, "y")]


def test_a_quotation_mark_never_closed_is_named_where_it_opens() -> None:
    sheet = read(f'{HEAD}\n2026-11-20 18:05,x,shop\n2026-11-20 18:05,"x,shop\n2026-11-20,y,shop\n')
    assert len(sheet.rows) == 1
    assert [(one.row, one.line) for one in sheet.faults] == [(3, 3), (4, 4)]
    assert "never closed" in str(sheet.faults[0].problem)


def test_a_sheet_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pirights.workflow.delimited.SIZE_LIMIT", 100)
    with pytest.raises(BadInput, match="larger than"):
        read(f"{HEAD}\n" + "2026-11-20 18:05,x,shop\n" * 10)


def test_rows_beyond_the_limit_are_named_not_dropped_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(encounter_sheet, "ROW_LIMIT", 3)
    sheet = read(f"{HEAD}\n" + "2026-11-20 18:05,x,shop\n" * 5)
    assert len(sheet.rows) == 3
    assert "the rest was not read" in str(sheet.faults[0].problem)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("h12", [HandlerMention(number=12)]),
        ("H1;H2", [HandlerMention(number=1), HandlerMention(number=2)]),
        ("H1；H2：供应商", [HandlerMention(number=1), HandlerMention(number=2, role=Role.VENDOR)]),
        (" 甲公司 ; ; 乙公司 ", [HandlerMention(name="甲公司"), HandlerMention(name="乙公司")]),
        (r"甲\;乙", [HandlerMention(name="甲;乙")]),
        (r"甲\:vendor", [HandlerMention(name="甲:vendor")]),
        ("甲:乙", [HandlerMention(name="甲:乙")]),
        (r"\H1", [HandlerMention(name="H1")]),
        ("H1a", [HandlerMention(name="H1a")]),
        ("H0", [HandlerMention(name="H0")]),
        ("甲\\", [HandlerMention(name="甲\\")]),
        ("", []),
        (" ; ", []),
    ],
)
def test_handlers_are_read_by_label_or_name(cell: str, expected: list[HandlerMention]) -> None:
    assert list(mentions(cell)) == expected


def test_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadInput, match="cook is not a role"):
        mentions("H1:cook")


def test_two_handlers_of_one_name_are_told_apart_by_label() -> None:
    names = {1: "甲公司", 2: "甲公司", 3: "乙公司"}
    handlers = [(1, Role.OPERATOR), (2, Role.VENDOR), (3, Role.OPERATOR), (4, Role.OPERATOR)]
    cell = written(handlers, names)
    assert cell == "H1=甲公司;H2=甲公司:vendor;乙公司;H4"
    assert mentions(cell) == (
        HandlerMention(number=1, name="甲公司"),
        HandlerMention(number=2, name="甲公司", role=Role.VENDOR),
        HandlerMention(name="乙公司"),
        HandlerMention(number=4),
    )


def test_a_name_that_looks_like_a_labelled_one_is_read_back() -> None:
    cell = written([(1, Role.OPERATOR)], {1: "H3=甲"})
    assert mentions(cell) == (HandlerMention(name="H3=甲"),)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "＝"])
def test_no_written_cell_can_act_as_a_formula(start: str) -> None:
    encounter = Encounter(
        id=1,
        at=NOW,
        place="x",
        venue=Venue.SHOP,
        note=f"{start}HYPERLINK(1)",
    )
    data = encounter_writing.write([encounter], {})
    assert f"'{start}HYPERLINK".encode() in data
    assert data.startswith(b"\xef\xbb\xbfat,place,venue,")


def test_an_hour_that_a_clock_shows_twice_is_written_apart() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    both = [
        Encounter(id=1, at=at, place="x", venue=Venue.SHOP, zone="Europe/London")
        for at in (first, second)
    ]
    data = encounter_writing.write(both, {})
    assert [row.draft.at for row in read(data).rows] == [first, second]


def _line(text: str) -> str:
    try:
        return one_line(text, field="x")
    except BadInput:
        assume(False)
        raise


def _lines(text: str) -> str:
    try:
        return several_lines(text, field="x")
    except BadInput:
        assume(False)
        raise


AWKWARD = st.sampled_from(list("'=+-@\t\n\",;:：；\\H1 　\ufeff\u200bé<{&中")) | st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
)
LINES = st.text(AWKWARD, max_size=12).map(_line)
NOTES = st.text(AWKWARD, max_size=30).map(_lines)


def _with(encounter: Encounter, known: dict[Circumstance, bool]) -> Encounter:
    so = tuple(one for one in Circumstance if known.get(one) is True)
    not_so = tuple(one for one in Circumstance if known.get(one) is False)
    minor = encounter.minor or Circumstance.UNDER_14 in so
    return replace(encounter, circumstances=so, ruled_out=not_so, minor=minor)


PLAIN = st.builds(
    Encounter,
    id=st.just(0),
    at=st.datetimes(datetime(1990, 1, 2), datetime(2026, 11, 22)).map(  # noqa: DTZ001 (made UTC)
        lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC),
    ),
    zone=st.sampled_from(
        [
            "Asia/Shanghai",
            "Europe/London",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "UTC",
        ],
    ),
    place=LINES.filter(bool),
    venue=st.sampled_from(Venue),
    mode=st.sampled_from(ScanMode),
    about=st.booleans(),
    refused=st.booleans(),
    minor=st.booleans(),
    notice=st.sampled_from(Answer),
    consent=st.sampled_from(Answer),
    separate_consent=st.sampled_from(Answer),
    alternative=st.sampled_from(Answer),
    public_place=st.sampled_from(Answer),
    purpose=LINES,
    exemption=LINES,
    note=NOTES,
    handlers=st.lists(
        st.builds(Actor, handler=st.integers(1, 4), role=st.sampled_from(Role)),
        max_size=3,
    ).map(tuple),
)
ENCOUNTERS = st.builds(
    _with, PLAIN, st.dictionaries(st.sampled_from(Circumstance), st.booleans(), max_size=6)
)
NAMES = st.dictionaries(st.integers(1, 4), LINES.filter(bool), max_size=4)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.lists(ENCOUNTERS, max_size=4), NAMES)
def test_written_and_read_again_nothing_is_lost(
    encounters: list[Encounter],
    names: dict[int, str],
) -> None:
    numbers = {name: number for number, name in names.items()}

    def actor(mention: HandlerMention) -> Actor:
        number = mention.number if mention.number is not None else numbers[mention.name]
        return Actor(handler=number, role=mention.role)

    sheet = read(encounter_writing.write(encounters, names))
    assert sheet.faults == ()
    again = [row.draft.encounter(tuple(map(actor, row.draft.handlers))) for row in sheet.rows]
    assert again == encounters


@given(
    st.binary(max_size=200)
    | st.text(AWKWARD, max_size=200).map(lambda t: f"{HEAD},note\n{t}".encode())
)
def test_any_bytes_give_rows_faults_or_a_clear_refusal(data: bytes) -> None:
    try:
        sheet = read(data)
    except BadInput:
        return
    assert all(isinstance(row, Row) for row in sheet.rows)
    assert all(isinstance(fault, Fault) for fault in sheet.faults)


def test_ten_times_the_rows_take_about_ten_times_as_long() -> None:
    def seconds(rows: int) -> float:
        row = "2026-11-{:02d} 18:05,杭州示例小区{}号门,residential,H{},verification,yes,第{}次\n"
        text = f"{HEAD},handler,mode,notice,note\n" + "".join(
            row.format(number % 20 + 1, number, number % 9 + 1, number) for number in range(rows)
        )
        start = time.process_time()
        found = encounter_sheet.entries(text.encode(), zone="Asia/Shanghai", now=NOW)
        assert sum(isinstance(one, Row) for one in found) == rows
        return time.process_time() - start

    fewer, more = (min(seconds(rows) for _ in range(3)) for rows in (2_000, 20_000))
    assert more < 30 * fewer
