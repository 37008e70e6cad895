"""The law's files: complete, sourced, told apart; and a faulty one named with line and field."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pirights import law_data, resources
from pirights.domain.law import Confidence, Rank, Read, State
from pirights.domain.words import Words
from pirights.errors import BadInput

FILES = sorted((resources.folder("templates") / "law").glob("*.toml"))
LAWS = law_data.laws()
KEY = re.compile(r"[a-z0-9-]+:[1-9]\d*(\([1-9]\d*\))?(\.[1-9]\d*)?")

# Every instrument that is or was in force since 2017: its kind, its first day, and where another
# took its place the first day without it and the other's id.
INSTRUMENTS = [
    ("algorithm-2021", "department-rule", "2022-03-01", "", ""),
    ("app-violations-2019", "normative-document", "2019-11-28", "", ""),
    ("audit-2025", "department-rule", "2025-05-01", "", ""),
    ("cert-export", "department-rule", "2026-01-01", "", ""),
    ("civil-code-contract", "law", "2021-01-01", "", ""),
    ("civil-code-family-1045", "law", "2021-01-01", "", ""),
    ("civil-code-general", "law", "2021-01-01", "", ""),
    ("civil-code-personality", "law", "2021-01-01", "", ""),
    ("civil-code-tort", "law", "2021-01-01", "", ""),
    ("court-fees-2006", "administrative-regulation", "2007-04-01", "", ""),
    ("cpl", "law", "2014-03-15", "", ""),
    ("cpl-civil-procedure", "law", "2024-01-01", "", ""),
    ("cpl-implementation-2024", "administrative-regulation", "2024-07-01", "", ""),
    ("credit-reporting-2013", "administrative-regulation", "2013-03-15", "", ""),
    ("csl", "law", "2026-01-01", "", ""),
    ("csl-2016", "law", "2017-06-01", "2026-01-01", "csl"),
    ("dsl", "law", "2021-09-01", "", ""),
    ("electronic-signature-2019", "law", "2005-04-01", "", ""),
    ("frt-measures-2025", "department-rule", "2025-06-01", "", ""),
    ("gbt-35273-2020", "standard", "2020-10-01", "", ""),
    ("gbt-45574-2025", "standard", "2025-11-01", "", ""),
    ("gbt-46903-2025", "standard", "2026-07-01", "", ""),
    ("gov-info-2019", "administrative-regulation", "2019-05-15", "", ""),
    ("holidays-2024", "administrative-regulation", "2025-01-01", "", ""),
    ("minors-online-2023", "administrative-regulation", "2024-01-01", "", ""),
    ("ndsr-2024", "administrative-regulation", "2025-01-01", "", ""),
    ("order25-2026", "department-rule", "2026-09-01", "", ""),
    ("pipl", "law", "2021-11-01", "", ""),
    ("public-video-2025", "administrative-regulation", "2025-04-01", "", ""),
    ("samr-complaints-2022", "department-rule", "2020-01-01", "2026-04-15", "samr-complaints-2026"),
    ("samr-complaints-2026", "department-rule", "2026-04-15", "", ""),
    ("spc-ai-2026", "judicial-policy", "2026-09-07", "", ""),
    ("spc-cpl-interp-2022", "judicial-interpretation", "2022-04-10", "", ""),
    ("spc-evidence-2019", "judicial-interpretation", "2020-05-01", "", ""),
    ("spc-frt-2021", "judicial-interpretation", "2021-08-01", "", ""),
    ("spc-internet-courts-2018", "judicial-interpretation", "2018-09-07", "", ""),
    ("spc-internet-jurisdiction-2025", "judicial-interpretation", "2025-11-01", "", ""),
    ("spc-mental-damages-2020", "judicial-interpretation", "2021-01-01", "", ""),
    ("spc-network-tort-2020", "judicial-interpretation", "2021-01-01", "", ""),
    ("spc-online-2021", "judicial-interpretation", "2021-08-01", "", ""),
]

# The amendment of 2025 only renumbered these; 42(2) is new.
RENUMBERED = {
    "csl:42(1)": "csl-2016:40",
    "csl:43(1)": "csl-2016:41(1)",
    "csl:43(2)": "csl-2016:41(2)",
    "csl:44(1)": "csl-2016:42(1)",
    "csl:44(2)": "csl-2016:42(2)",
    "csl:45": "csl-2016:43",
    "csl:46": "csl-2016:44",
    "csl:47": "csl-2016:45",
    "csl:51(1)": "csl-2016:49(1)",
}

GOOD = """\
id = "a"
title_zh = "某法"
title_en = "A Law"
issuer_zh = "某机关"
issuer_en = "An Office"
number = ""
kind = "law"
adopted = 2019-12-01
effective = 2020-01-01
source = "made up"
checked = 2026-11-23
confidence = "U"

[[provision]]
key = "a:1"
zh = "一"
en = "one"
terms = ["一"]
read = "full"
confidence = "V"
source = "made up"
checked = 2026-11-23

[[provision]]
key = "a:2(1).3"
zh = "二"
en = "two"
terms = ["二"]
read = "full"
confidence = "V"
source = "made up"
checked = 2026-11-23
"""


def raw(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def write(place: Path, name: str, text: str) -> None:
    (place / f"{name}.toml").write_text(text, encoding="utf-8")


def with_line(text: str, number: int, line: str) -> str:
    """Put another line in the place of one; the others keep their numbers."""
    lines = text.splitlines()
    lines[number - 1] = line
    return "\n".join(lines) + "\n"


# What pirights ships


def test_every_file_and_every_row_is_loaded() -> None:
    rows = [row["key"] for path in FILES for row in raw(path)["provision"]]
    assert sorted(LAWS.instruments) == sorted(path.stem for path in FILES)
    assert list(LAWS.provisions) == rows
    assert len(rows) > 500


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_has_its_source_day_of_check_and_grade(path: Path) -> None:
    data = raw(path)
    for row in (data, *data["provision"]):
        assert len(row["source"]) > 10, row
        assert type(row["checked"]) is date, row
        assert date(2026, 11, 1) <= row["checked"] <= date(2026, 12, 31), row
        assert row["confidence"] in {"V", "S", "U"}, row


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_said_is_said_in_both_languages(path: Path) -> None:
    data = raw(path)
    for row in (data, *data["provision"]):
        for stem in ("title_", "issuer_", "limits_", "note_", ""):
            zh, en = row.get(f"{stem}zh", ""), row.get(f"{stem}en", "")
            assert bool(zh) == bool(en), (row.get("key"), stem)
            assert not re.search("[一-鿿]", en), en
            assert not zh or re.search("[一-鿿]", zh), zh


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_key_is_an_article_of_its_instrument(path: Path) -> None:
    for row in raw(path)["provision"]:
        assert KEY.fullmatch(row["key"]), row["key"]
        assert row["key"].startswith(f"{path.stem}:")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rows_stand_in_the_order_of_their_numbers(path: Path) -> None:
    keys = [row["key"].partition(":")[2] for row in raw(path)["provision"]]
    numbers = [[int(one) for one in re.findall(r"\d+", key)] for key in keys]
    assert numbers == sorted(numbers)


def test_the_instruments_are_those_in_force_since_2017_and_no_draft() -> None:
    assert sorted(LAWS.instruments) == [row[0] for row in INSTRUMENTS]
    for law in LAWS.instruments.values():
        named = f"{law.title.zh} {law.title.en} {law.number}".casefold()
        for word in ("征求意见", "草案", "试行", "draft", "大型个人信息处理者", "应用程序个人信息"):
            assert word not in named, law.id


@pytest.mark.parametrize(("key", "kind", "first", "until", "successor"), INSTRUMENTS)
def test_each_instrument_has_its_kind_and_its_days(
    key: str, kind: str, first: str, until: str, successor: str
) -> None:
    law = LAWS.instruments[key]
    effective = date.fromisoformat(first)
    assert (law.rank, law.effective) == (Rank(kind), effective)
    assert law.until == (date.fromisoformat(until) if until else None)
    assert law.superseded_by == successor
    assert law.adopted is None or law.adopted <= effective
    assert not law.in_force(effective - timedelta(days=1))
    assert law.in_force(effective)


def test_what_took_the_place_of_another_began_on_its_first_day_without_force() -> None:
    gone = [law for law in LAWS.instruments.values() if law.until is not None]
    assert [law.id for law in gone] == ["csl-2016", "samr-complaints-2022"]
    for law in gone:
        assert LAWS.instruments[law.superseded_by].effective == law.until


def test_the_old_list_of_cases_of_the_internet_courts_ended_before_the_instrument() -> None:
    ended = {row.key: row.until for row in LAWS.provisions.values() if row.until is not None}
    assert set(ended.values()) == {date(2025, 11, 1)}
    assert {key.partition(".")[0] for key in ended} == {"spc-internet-courts-2018:2"}
    assert LAWS.state("spc-internet-courts-2018:2", date(2025, 10, 31)) is State.IN_FORCE
    assert LAWS.state("spc-internet-courts-2018:2", date(2025, 11, 1)) is State.NO_LONGER
    assert LAWS.state("spc-internet-courts-2018:11(2)", date(2026, 11, 23)) is State.IN_FORCE


def test_only_the_law_of_personal_information_governs_requests() -> None:
    assert [law.id for law in LAWS.instruments.values() if law.governs_requests] == ["pipl"]


def test_what_was_not_seen_is_not_graded_as_read() -> None:
    unseen = [row for row in LAWS.provisions.values() if row.read is Read.UNVERIFIED]
    assert len(unseen) > 10
    for row in unseen:
        assert row.confidence is not Confidence.READ, row.key
        assert row.terms == (), row.key
        assert row.limits is not None, row.key
    for row in LAWS.provisions.values():
        assert row.read is Read.UNVERIFIED or 1 <= len(row.terms) <= 3, row.key
        assert row.read is not Read.PARTIAL or row.limits is not None, row.key


def test_an_instrument_of_which_no_article_was_seen_says_so() -> None:
    cited = {row.instrument for row in LAWS.provisions.values()}
    unseen = sorted(set(LAWS.instruments) - cited)
    assert unseen == [
        "audit-2025",
        "cert-export",
        "gbt-45574-2025",
        "gbt-46903-2025",
        "order25-2026",
        "samr-complaints-2026",
        "spc-ai-2026",
        "spc-internet-jurisdiction-2025",
    ]
    for key in unseen:
        law = LAWS.instruments[key]
        assert law.confidence is Confidence.SECONDARY
        assert law.note is not None
        assert "未见" in law.note.zh
        assert "not seen" in law.note.en


@pytest.mark.parametrize(
    ("key", "grade"),
    [
        ("frt-measures-2025:5", "S"),
        ("frt-measures-2025:7", "S"),
        ("frt-measures-2025:8", "V"),
        ("frt-measures-2025:10(1)", "V"),
        ("frt-measures-2025:12", "S"),
        ("frt-measures-2025:13(1)", "S"),
        ("frt-measures-2025:15", "V"),
        ("gbt-35273-2020:8.6", "S"),
        ("gbt-35273-2020:8.7", "U"),
        ("app-violations-2019:6", "V"),
        ("pipl:45(2)", "V"),
    ],
)
def test_grades_are_carried_over(key: str, grade: str) -> None:
    assert LAWS.provisions[key].confidence is Confidence(grade)


def test_what_binds_only_some_says_whom() -> None:
    for key in ("csl:45", "csl-2016:43"):
        limits = LAWS.provisions[key].limits
        assert limits is not None
        assert "网络运营者" in limits.zh
    assert LAWS.provisions["frt-measures-2025:7"].minors_only
    assert [one.value for one in LAWS.provisions["app-violations-2019:6"].venues] == ["app"]


# The Cybersecurity Law: one law under two numberings


def test_the_cybersecurity_law_is_one_law_under_two_numberings() -> None:
    assert dict(LAWS.renumbered) == RENUMBERED
    old = {key for key in LAWS.provisions if key.startswith("csl-2016:")}
    assert set(RENUMBERED.values()) == old  # and back: none of the old rows is left over
    new = {key for key in LAWS.provisions if key.startswith("csl:")}
    assert new - set(RENUMBERED) == {"csl:42(2)"}


@pytest.mark.parametrize(("new", "old"), RENUMBERED.items())
def test_a_renumbered_article_says_the_same(new: str, old: str) -> None:
    present, before = LAWS.provisions[new], LAWS.provisions[old]
    assert present.summary == before.summary
    assert present.terms == before.terms
    assert present.limits == before.limits
    assert (present.read, present.confidence) == (before.read, before.confidence)


@pytest.mark.parametrize(("new", "old"), RENUMBERED.items())
def test_on_any_day_only_one_of_the_two_numbers_is_in_force(new: str, old: str) -> None:
    assert LAWS.lineage(new) == (new, old)
    for on, number in ((date(2025, 12, 31), old), (date(2026, 1, 1), new)):
        assert LAWS.applying([new], on=on, venues=frozenset()) == (number,)


# Files made up to be faulty


def test_a_folder_of_sound_files_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a", GOOD)
    laws = law_data.load(tmp_path)
    assert list(laws.provisions) == ["a:1", "a:2(1).3"]
    assert laws.provisions["a:1"].summary == Words(zh="一", en="one")
    law = laws.instruments["a"]
    assert (law.until, law.number, law.note, law.governs_requests) == (None, "", None, False)


@pytest.mark.parametrize(
    ("number", "line", "told", "field"),
    [
        # a field is missing, or empty
        (1, "", 1, "id"),
        (2, "", 1, "title_zh"),
        (3, 'title_en = " "', 3, "title_en"),
        (4, "", 1, "issuer_zh"),
        (7, "", 1, "kind"),
        (9, "", 1, "effective"),
        (10, "", 1, "source"),
        (11, "", 1, "checked"),
        (12, "", 1, "confidence"),
        (15, "", 14, "key"),
        (16, "", 14, "zh"),
        (27, "", 24, "en"),
        (29, "", 24, "read"),
        (30, "", 24, "confidence"),
        (31, "", 24, "source"),
        (32, "", 24, "checked"),
        # of the wrong type
        (1, "id = 1", 1, "id"),
        (6, "number = 53", 6, "number"),
        (6, "number = false", 6, "number"),
        (26, 'zh = ["二"]', 26, "zh"),
        (28, 'terms = "二"', 28, "terms"),
        (28, "terms = [2]", 28, "terms"),
        (28, 'minor = "yes"', 28, "minor"),
        (28, 'venues = "shop"', 28, "venues"),
        # a date as text, or a moment
        (8, 'adopted = "2019-12-01"', 8, "adopted"),
        (9, 'effective = "2020-01-01"', 9, "effective"),
        (9, "effective = 2020-01-01T00:00:00", 9, "effective"),
        (6, "until = 2026-01-01T00:00:00+08:00", 6, "until"),
        (11, "checked = 2026-11-23 10:00:00Z", 11, "checked"),
        (28, 'until = "2025-11-01"', 28, "until"),
        (32, "checked = 20261123", 32, "checked"),
        # a word that nobody knows
        (7, 'kind = "wish"', 7, "kind"),
        (12, 'confidence = "A"', 12, "confidence"),
        (20, 'confidence = "v"', 20, "confidence"),
        (29, 'read = "some"', 29, "read"),
        (28, 'venues = ["shop", "moon"]', 28, "venues"),
        (6, 'follows = "fact"', 6, "follows"),
        # a field that nobody reads
        (6, 'nunber = "1"', 6, "nunber"),
        (28, 'term = ["二"]', 28, "term"),
        (24, "[[provisions]]", 24, "provisions"),
        # in one language only
        (6, 'note_en = "…"', 1, "note_zh"),
        (28, 'limits_zh = "…"', 24, "limits_en"),
        # a key of another instrument, of another form, or twice
        (25, 'key = "b:2"', 25, "key"),
        (25, 'key = "a"', 25, "key"),
        (25, 'key = "a:two"', 25, "key"),
        (25, 'key = "a:2(1)(3)"', 25, "key"),
        (25, 'key = "a:1"', 25, "key"),
        # another file's name
        (1, 'id = "b"', 1, "id"),
    ],
)
def test_a_faulty_law_file_is_named_with_its_line_and_field(
    tmp_path: Path, number: int, line: str, told: int, field: str
) -> None:
    write(tmp_path, "a", with_line(GOOD, number, line))
    with pytest.raises(BadInput, match=rf"^a\.toml, line {told}, {field}: ") as caught:
        law_data.load(tmp_path)
    assert caught.value.hint is not None


def test_a_law_file_without_rows_must_say_that_it_has_none(tmp_path: Path) -> None:
    head = GOOD[: GOOD.index("[[")]
    write(tmp_path, "a", head)
    with pytest.raises(BadInput, match=r"^a\.toml, line 1, provision: "):
        law_data.load(tmp_path)
    write(tmp_path, "a", head + "provision = []\n")
    assert law_data.load(tmp_path).provisions == {}


@pytest.mark.parametrize("name", ["b", "0"])
def test_two_instruments_cannot_claim_one_id(tmp_path: Path, name: str) -> None:
    write(tmp_path, "a", GOOD)
    write(tmp_path, name, GOOD)
    with pytest.raises(BadInput, match=rf"^{name}\.toml, line 1, id: "):
        law_data.load(tmp_path)


def test_a_law_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(BadInput, match=r"^a\.toml, line 2: this is not UTF-8"):
        law_data.load(tmp_path)


@pytest.mark.parametrize(
    ("number", "line", "told"),
    [(16, "zh = 一", 16), (17, 'zh = "一"', 17), (24, "[[provision]", 24), (9, "effective =", 9)],
)
def test_a_law_file_that_is_not_toml_is_named_with_its_line(
    tmp_path: Path, number: int, line: str, told: int
) -> None:
    write(tmp_path, "a", with_line(GOOD, number, line))
    with pytest.raises(BadInput, match=rf"^a\.toml, line {told}: "):
        law_data.load(tmp_path)


def law(name: str, *keys: str, renumbers: str = "") -> str:
    row = GOOD[GOOD.index("[[") : GOOD.rindex("[[")]
    head = GOOD[: GOOD.index("[[")].replace('id = "a"', f'id = "{name}"')
    return head + renumbers + "".join(row.replace("a:1", f"{name}:{key}") for key in keys)


@pytest.mark.parametrize(("old", "new"), [("a-2016", "a"), ("old", "new"), ("a", "b")])
def test_renumbered_articles_are_paired_whatever_the_files_are_called(
    tmp_path: Path, old: str, new: str
) -> None:
    table = f'[renumbers]\ninstrument = "{old}"\narticles = {{ "3" = "4", "5" = "6(1)" }}\n\n'
    write(tmp_path, old, law(old, "3(1)", "3(2).1", "5.2", "31", "30"))
    write(tmp_path, new, law(new, "4(1)", "4(2).1", "6(1).2", "6(2)", "41", renumbers=table))
    assert dict(law_data.load(tmp_path).renumbered) == {
        f"{new}:4(1)": f"{old}:3(1)",
        f"{new}:4(2).1": f"{old}:3(2).1",
        f"{new}:6(1).2": f"{old}:5.2",
    }


@pytest.mark.parametrize(
    "table",
    [
        'renumbers = "csl-2016"\n',
        '[renumbers]\narticles = { "3" = "4" }\n',
        '[renumbers]\ninstrument = "a-2016"\n',
        '[renumbers]\ninstrument = "a-2016"\narticles = ["3", "4"]\n',
        '[renumbers]\ninstrument = "a-2016"\narticles = { "3" = 4 }\n',
        '[renumbers]\ninstrument = "nothing"\narticles = { "3" = "4" }\n',
        '[renumbers]\ninstrument = "a-2016"\nartciles = { }\narticles = { "3" = "4" }\n',
    ],
)
def test_a_faulty_renumbering_is_refused_and_not_lost_in_silence(
    tmp_path: Path, table: str
) -> None:
    write(tmp_path, "a-2016", law("a-2016", "3"))
    write(tmp_path, "a", law("a", "4", renumbers=table))
    with pytest.raises(BadInput, match=r"^a\.toml, line (14|15|16), \w+: "):
        law_data.load(tmp_path)


def test_a_renumbering_to_an_article_that_is_not_held_is_refused(tmp_path: Path) -> None:
    table = '[renumbers]\ninstrument = "a-2016"\narticles = { "3" = "4000" }\n\n'
    write(tmp_path, "a-2016", law("a-2016", "3"))
    write(tmp_path, "a", law("a", "4", renumbers=table))
    with pytest.raises(BadInput, match=r"^a\.toml, line \d+, articles: .*a:4000"):
        law_data.load(tmp_path)


def test_a_law_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    text = law("a", "4")
    begins = re.search(r"(?m)^effective = (\S+)$", text)
    assert begins is not None
    text = text.replace(begins[0], f"{begins[0]}\nuntil = {begins[1]}")
    write(tmp_path, "a", text)
    with pytest.raises(BadInput, match=r"^a\.toml, line \d+, until: "):
        law_data.load(tmp_path)
