"""Rights, places, authorities and periods: whole, true to the law data, and strict when faulty."""

import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pirights import law_data, resources, rule_data
from pirights.domain.assessment import Following
from pirights.domain.authority import Authority, open_on
from pirights.domain.encounter import Answer, Role
from pirights.domain.handler import Period, TimeUnit, Venue
from pirights.domain.law import Confidence, Rank
from pirights.domain.period import Force, Matter
from pirights.domain.request import Right
from pirights.domain.words import Words
from pirights.errors import BadInput

TEMPLATES = resources.folder("templates")
LAWS = law_data.laws()
RIGHTS = rule_data.rights()
VENUES = rule_data.venues()
AUTHORITIES = rule_data.authorities()
PERIODS = rule_data.periods()
TODAY = date(2026, 11, 23)
QUOTED_KEY = re.compile(r"""["']([a-z][a-z0-9-]*:\d+(?:\(\d+\))?(?:\.\d+)?)["']""")

LAWS_FIRST = {Rank.LAW: 0, Rank.ADMINISTRATIVE_REGULATION: 1}


def raw(name: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / "rules" / name).read_text(encoding="utf-8"))


def with_line(text: str, number: int, line: str) -> str:
    """Put another line in the place of one; the others keep their numbers."""
    lines = text.splitlines()
    lines[number - 1] = line
    return "\n".join(lines) + "\n"


def refused(place: Path, load: Callable[[Path], object], text: str, told: int, field: str) -> None:
    """The file is refused, with the number of the line and the field."""
    path = place / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=rf"^a\.toml, line {told}, {field}: ") as caught:
        load(path)
    assert caught.value.hint is not None


# What pirights ships: everything that it names is there


@pytest.mark.parametrize(
    ("keys", "at_least"),
    [
        pytest.param(
            [key for one in RIGHTS.values() for key in (*one.provisions, *one.state_organ)],
            60,
            id="rights",
        ),
        pytest.param([key for one in VENUES.values() for key in one.basis], 100, id="venues"),
        pytest.param(
            [one.video_rule for one in VENUES.values() if one.video_rule], 15, id="video rules"
        ),
        pytest.param(
            [key for one in AUTHORITIES.values() for key in one.basis], 30, id="authorities"
        ),
        pytest.param([one.basis for one in PERIODS.values() if one.basis], 15, id="periods"),
    ],
)
def test_every_provision_that_a_rule_names_is_in_the_law_data(
    keys: list[str], at_least: int
) -> None:
    assert len(keys) >= at_least
    assert set(keys) <= LAWS.provisions.keys()


def test_every_provision_that_a_letter_names_is_in_the_law_data() -> None:
    named = {
        key: path.name
        for path in sorted((TEMPLATES / "letters").rglob("*.md"))
        for key in QUOTED_KEY.findall(path.read_text(encoding="utf-8"))
    }
    assert len(named) >= 35
    assert {key: name for key, name in named.items() if key not in LAWS.provisions} == {}


def test_a_key_in_a_letter_is_found_however_it_is_quoted() -> None:
    letter = """cites = ["pipl:44", "pipl:17(1).2"] {{ cite('nothing:9(2)') }} at 12:30, "a: 3\""""
    assert QUOTED_KEY.findall(letter) == ["pipl:44", "pipl:17(1).2", "nothing:9(2)"]


def test_rules_name_articles_by_their_present_numbers() -> None:
    keys = {
        *(key for one in RIGHTS.values() for key in (*one.provisions, *one.state_organ)),
        *(key for one in VENUES.values() for key in (*one.basis, one.video_rule) if key),
        *(key for one in AUTHORITIES.values() for key in one.basis),
        *(one.basis for one in PERIODS.values() if one.basis),
    }
    gone = {key for key in keys if not LAWS.instrument(key).in_force(TODAY)}
    gone |= {key for key in keys if LAWS.provision(key).until is not None}
    assert gone == set()


def test_every_right_has_its_rule_and_every_kind_of_place_its_profile() -> None:
    assert set(RIGHTS) == set(Right)
    assert all(one.right is right for right, one in RIGHTS.items())
    assert set(VENUES) == set(Venue)
    assert all(one.venue is venue for venue, one in VENUES.items())


@pytest.mark.parametrize("venue", Venue)
def test_who_supervises_a_place_is_among_the_authorities(venue: Venue) -> None:
    profile = VENUES[venue]
    assert profile.supervisors
    assert set(profile.supervisors) <= AUTHORITIES.keys()
    assert len(set(profile.supervisors)) == len(profile.supervisors)


@pytest.mark.parametrize("venue", Venue)
def test_the_way_at_a_place_is_made_of_known_documents(venue: Venue) -> None:
    route = VENUES[venue].route
    assert set(route) <= set(Following)
    assert len(set(route)) == len(route)
    assert route[0] == ("state-organ" if venue in {Venue.POLICE, Venue.GOVERNMENT} else "request")


@pytest.mark.parametrize("authority", AUTHORITIES.values(), ids=lambda one: one.id)
def test_a_known_letter_goes_to_each_authority(authority: Authority) -> None:
    assert authority.document in set(Following)
    if not authority.basis:  # no task was read, so it is not graded as read, and says what is open
        assert authority.confidence is not Confidence.READ
        assert authority.limits is not None


@pytest.mark.parametrize("row", raw("venues.toml")["venue"], ids=lambda row: row["id"])
def test_lists_in_two_languages_are_of_one_length(row: dict[str, Any]) -> None:
    for stem in ("kinds", "identifiers"):
        assert row[f"{stem}_zh"]
        assert len(row[f"{stem}_zh"]) == len(row[f"{stem}_en"])


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("rights.toml", "right"),
        ("venues.toml", "venue"),
        ("authorities.toml", "authority"),
        ("periods.toml", "period"),
    ],
)
def test_every_rule_has_its_source_day_of_check_and_grade(name: str, table: str) -> None:
    for row in raw(name)[table]:
        assert len(row["source"]) > 10, row["id"]
        assert type(row["checked"]) is date, row["id"]
        assert row["confidence"] in {"V", "S", "U"}, row["id"]


@pytest.mark.parametrize("name", ["rights", "venues", "authorities", "periods"])
def test_every_row_of_a_file_is_loaded(name: str) -> None:
    (rows,) = raw(f"{name}.toml").values()
    loaded = {
        "rights": list(RIGHTS),
        "venues": list(VENUES),
        "authorities": list(AUTHORITIES),
        "periods": list(PERIODS),
    }
    assert loaded[name] == [row["id"] for row in rows]


# What pirights ships: what the law says


@pytest.mark.parametrize(
    ("right", "main"),
    [
        ("know", "pipl:44"),
        ("access", "pipl:45(1)"),
        ("copy", "pipl:45(1)"),
        ("transfer", "pipl:45(3)"),
        ("correct", "pipl:46(1)"),
        ("delete", "pipl:47(1)"),
        ("withdraw", "pipl:15(1)"),
        ("explain", "pipl:48"),
        ("automated", "pipl:24(3)"),
        ("refuse", "pipl:44"),
    ],
)
def test_the_article_that_gives_a_right_comes_first(right: str, main: str) -> None:
    assert RIGHTS[Right(right)].provisions[0] == main


def test_another_way_than_the_face_rests_on_the_rules_on_facial_recognition() -> None:
    found = RIGHTS[Right.ALTERNATIVE].provisions
    assert {"frt-measures-2025:10(1)", "spc-frt-2021:10(1)", "pipl:16"} <= set(found)


@pytest.mark.parametrize("right", Right)
def test_laws_come_before_regulations_and_these_before_the_rest(right: Right) -> None:
    ranks = [LAWS.instrument(key).rank for key in RIGHTS[right].provisions]
    order = [LAWS_FIRST.get(rank, 2) for rank in ranks]
    assert order == sorted(order)
    assert order[0] == 0  # never a department rule alone


def test_thirty_days_are_asserted_only_where_article_7_names_the_place() -> None:
    # 商贸中心、旅游景区、教育机构、医疗机构 (7(2) item 1), 车站、机场 (item 2)
    places = {Venue.MALL, Venue.SCENIC_AREA, Venue.SCHOOL, Venue.HOSPITAL, Venue.TRANSPORT}
    assert {venue for venue, one in VENUES.items() if one.thirty_days} == places
    for venue in places:
        assert VENUES[venue].video_rule.startswith("public-video-2025:7(2).")
    for venue in (Venue.RESIDENTIAL, Venue.SHOP):
        assert VENUES[venue].video_rule == "public-video-2025:9(1)"


def test_no_rule_on_cameras_stands_for_an_app() -> None:
    assert VENUES[Venue.APP].video_rule == ""


def test_the_new_way_to_the_internet_courts_opens_on_its_day() -> None:
    ids = ["internet-courts", "basic-court"]
    assert [one.id for one in open_on(AUTHORITIES, ids, date(2025, 10, 31))] == ["basic-court"]
    assert [one.id for one in open_on(AUTHORITIES, ids, date(2025, 11, 1))] == ids


def test_no_law_gives_a_number_of_days_for_answering_a_request() -> None:
    requests = [one for one in PERIODS.values() if one.matter is Matter.REQUEST]
    for one in requests:
        assert (one.force is Force.STATUTORY) <= (one.period is None), one.id
        assert one.limits is not None, one.id
    assert PERIODS["promptly"].word == Words(zh="及时", en="promptly")
    standard = PERIODS["gbt-35273-2020:8.7"]
    assert standard.force is Force.STANDARD
    assert standard.confidence is not Confidence.READ
    assert standard.period == Period(amount=30, unit=TimeUnit.DAY)


@pytest.mark.parametrize(
    ("name", "amount", "unit", "shifts"),
    [
        ("credit-objection", 20, TimeUnit.DAY, True),
        ("telecom-complaint", 15, TimeUnit.DAY, True),
        ("app-handling", 15, TimeUnit.WORKING_DAY, False),
        ("limitation", 3, TimeUnit.YEAR, False),
        ("video-retention", 30, TimeUnit.DAY, False),
        ("gov-info", 20, TimeUnit.WORKING_DAY, False),
        ("consumer-complaint", 7, TimeUnit.WORKING_DAY, False),
        ("consumer-mediation", 60, TimeUnit.DAY, False),
        ("credit-complaint", 30, TimeUnit.DAY, False),
        ("frt-filing", 30, TimeUnit.WORKING_DAY, False),
        ("court-docket", 7, TimeUnit.DAY, True),
        ("first-instance", 6, TimeUnit.MONTH, True),
        ("first-instance-simplified", 3, TimeUnit.MONTH, True),
        ("first-instance-small-claims", 2, TimeUnit.MONTH, True),
        ("appeal", 15, TimeUnit.DAY, True),
        ("appeal-ruling", 10, TimeUnit.DAY, True),
        ("enforcement", 2, TimeUnit.YEAR, True),
    ],
)
def test_each_period_is_as_long_as_its_source_has_it(
    name: str, amount: int, unit: TimeUnit, shifts: bool
) -> None:
    assert PERIODS[name].period == Period(amount=amount, unit=unit)
    assert PERIODS[name].shifts is shifts


@pytest.mark.parametrize(
    ("name", "force"),
    [("credit-objection", Force.STATUTORY), ("telecom-complaint", Force.SUGGESTION)],
)
def test_a_period_of_one_sector_names_its_places_and_its_limits(name: str, force: Force) -> None:
    period = PERIODS[name]
    assert (period.matter, period.force) == (Matter.SECTOR, force)
    assert period.venues
    assert period.limits is not None


def test_our_own_steps_are_only_suggested() -> None:
    for one in PERIODS.values():
        if one.id != "telecom-complaint":  # reported only, and so not called a rule
            assert (one.matter is Matter.OWN_STEP) == (one.force is Force.SUGGESTION), one.id
        assert one.force is not Force.PROMISE  # a promise is the handler's, never ours to ship


# Files made up to be faulty

RIGHT = """\
[[right]]
id = "know"
provisions = ["pipl:44"]
state_organ = ["pipl:35"]
goes_on = "storage"
source = "made up"
checked = 2026-11-23
confidence = "V"

[[right]]
id = "refuse"
provisions = ["pipl:44"]
goes_on = "practice"
source = "made up"
checked = 2026-11-23
confidence = "V"
"""


def test_a_sound_file_of_rights_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(RIGHT, encoding="utf-8")
    found = rule_data.load_rights(tmp_path / "a.toml")
    assert list(found) == [Right.KNOW, Right.REFUSE]
    assert found[Right.KNOW].state_organ == ("pipl:35",)
    assert found[Right.REFUSE].state_organ == ()


@pytest.mark.parametrize(
    ("number", "line", "told", "field"),
    [
        (2, "", 1, "id"),
        (2, "id = 7", 2, "id"),
        (11, 'id = "fly"', 11, "id"),
        (11, 'id = "know"', 11, "id"),
        (12, 'provisions = "pipl:44"', 12, "provisions"),
        (12, "provisions = [44]", 12, "provisions"),
        (12, "", 10, "provisions"),
        (12, "provisions = []", 12, "provisions"),
        (4, 'state_organs = ["pipl:35"]', 4, "state_organs"),
        (13, "", 10, "goes_on"),
        (13, 'goes_on = "ever"', 13, "goes_on"),
        (6, "", 1, "source"),
        (14, 'source = ""', 14, "source"),
        (15, 'checked = "2026-11-23"', 15, "checked"),
        (15, "checked = 2026-11-23T10:00:00", 15, "checked"),
        (16, "", 10, "confidence"),
        (16, 'confidence = "W"', 16, "confidence"),
        (10, "[[rigth]]", 10, "rigth"),
    ],
)
def test_a_faulty_file_of_rights_is_named_with_its_line_and_field(
    tmp_path: Path, number: int, line: str, told: int, field: str
) -> None:
    refused(tmp_path, rule_data.load_rights, with_line(RIGHT, number, line), told, field)


AUTHORITY = """\
[[authority]]
id = "one"
zh = "某机关"
en = "an office"
takes_zh = "投诉"
takes_en = "complaints"
channel_zh = "网站"
channel_en = "site"
role = "regulator"
level = "local"
basis = ["pipl:65(1)"]
document = "regulator"
from = 2025-11-01
source = "made up"
checked = 2026-11-23
confidence = "S"

[[authority]]
id = "two"
zh = "另一机关"
en = "another office"
takes_zh = "举报"
takes_en = "reports"
channel_zh = "网站"
channel_en = "site"
role = "police"
level = "national"
basis = []
document = "police"
limits_zh = "未核实"
limits_en = "not verified"
source = "made up"
checked = 2026-11-23
confidence = "U"
"""


def test_a_sound_file_of_authorities_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(AUTHORITY, encoding="utf-8")
    found = rule_data.load_authorities(tmp_path / "a.toml")
    assert list(found) == ["one", "two"]
    assert (found["one"].since, found["two"].since) == (date(2025, 11, 1), None)
    assert found["two"].limits == Words(zh="未核实", en="not verified")


@pytest.mark.parametrize(
    ("number", "line", "told", "field"),
    [
        (19, 'id = "one"', 19, "id"),
        (20, "", 18, "zh"),
        (21, "", 18, "en"),
        (22, "", 18, "takes_zh"),
        (25, 'channel_en = ["site"]', 25, "channel_en"),
        (26, 'role = "friend"', 26, "role"),
        (27, 'level = "galactic"', 27, "level"),
        (28, 'basis = "pipl:65(1)"', 28, "basis"),
        (29, "", 18, "document"),
        (30, "", 18, "limits_zh"),
        (13, 'from = "2025-11-01"', 13, "from"),
        (13, "from = 2025-11-01T00:00:00", 13, "from"),
        (13, "since = 2025-11-01", 13, "since"),
        (32, "", 18, "source"),
        (33, "", 18, "checked"),
        (34, 'confidence = "no"', 34, "confidence"),
    ],
)
def test_a_faulty_file_of_authorities_is_named_with_its_line_and_field(
    tmp_path: Path, number: int, line: str, told: int, field: str
) -> None:
    refused(tmp_path, rule_data.load_authorities, with_line(AUTHORITY, number, line), told, field)


VENUE = """\
[[venue]]
id = "shop"
actors = [
  { role = "operator", zh = "商店", en = "shop" },
  { role = "vendor", zh = "供应商", en = "supplier" },
]
kinds_zh = ["图像", "特征值"]
kinds_en = ["image", "template"]
identifiers_zh = ["会员号"]
identifiers_en = ["member number"]
public_place = "yes"
video_rule = "public-video-2025:9(1)"
thirty_days = false
supervisors = ["local-cac"]
route = ["request"]
counter_zh = "为了安全"
counter_en = "for security"
source = "made up"
checked = 2026-11-23
confidence = "U"
"""


def test_a_sound_file_of_places_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(VENUE, encoding="utf-8")
    shop = rule_data.load_venues(tmp_path / "a.toml")[Venue.SHOP]
    assert [one.role for one in shop.actors] == [Role.OPERATOR, Role.VENDOR]
    assert shop.kinds == (Words(zh="图像", en="image"), Words(zh="特征值", en="template"))
    assert (shop.public_place, shop.thirty_days, shop.note) == (Answer.YES, False, None)


@pytest.mark.parametrize(
    ("number", "line", "told", "field"),
    [
        (2, 'id = "moon"', 2, "id"),
        (7, "", 8, "kinds_en"),
        (8, "", 1, "kinds_en"),
        (8, 'kinds_en = ["image"]', 8, "kinds_en"),
        (9, 'identifiers_zh = ["会员号", "车牌号"]', 10, "identifiers_en"),
        (10, 'identifiers_en = "member number"', 10, "identifiers_en"),
        (11, "", 1, "public_place"),
        (11, 'public_place = "perhaps"', 11, "public_place"),
        (11, "public_place = true", 11, "public_place"),
        (12, "video_rule = 9", 12, "video_rule"),
        (13, 'thirty_days = "no"', 13, "thirty_days"),
        (14, 'supervisors = "local-cac"', 14, "supervisors"),
        (15, "route = [1]", 15, "route"),
        (15, 'routes = ["request"]', 15, "routes"),
        (16, "", 1, "counter_zh"),
        (17, 'note_zh = "…"', 1, "counter_en"),
        (18, "", 1, "source"),
        (19, "checked = 2026-11-23T00:00:00", 19, "checked"),
        (20, "confidence = 1", 20, "confidence"),
    ],
)
def test_a_faulty_file_of_places_is_named_with_its_line_and_field(
    tmp_path: Path, number: int, line: str, told: int, field: str
) -> None:
    refused(tmp_path, rule_data.load_venues, with_line(VENUE, number, line), told, field)


def test_a_kind_of_place_cannot_have_two_profiles(tmp_path: Path) -> None:
    refused(tmp_path, rule_data.load_venues, f"{VENUE}\n{VENUE}", 23, "id")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('  { role = "boss", zh = "供应商", en = "supplier" },', "role"),
        ('  { zh = "供应商", en = "supplier" },', "role"),
        ('  { role = "vendor", zh = "供应商" },', "en"),
        ('  { role = "vendor", zh = "供应商", en = "supplier", url = "" },', "url"),
    ],
)
def test_a_faulty_actor_is_named_with_its_field(tmp_path: Path, line: str, field: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(with_line(VENUE, 5, line), encoding="utf-8")
    with pytest.raises(BadInput, match=rf"^a\.toml, line \d, {field}: "):
        rule_data.load_venues(path)


def test_actors_are_a_list_of_tables(tmp_path: Path) -> None:
    text = VENUE.replace("actors = [\n", "").replace("]\nkinds_zh", "kinds_zh", 1)
    lines = [line for line in text.splitlines() if not line.startswith("  {")]
    refused(tmp_path, rule_data.load_venues, "\n".join(lines), 1, "actors")
    lines.insert(2, 'actors = ["shop"]')
    refused(tmp_path, rule_data.load_venues, "\n".join(lines), 3, "actors")


PERIOD = """\
[[period]]
id = "one"
zh = "某事"
en = "a matter"
matter = "court"
basis = "pipl:45(2)"
force = "statutory"
amount = 15
unit = "day"
start = "served"
shift = true
venues = ["shop"]
rights = ["copy"]
source = "made up"
checked = 2026-11-23
confidence = "V"

[[period]]
id = "two"
zh = "另一事"
en = "another"
matter = "request"
force = "statutory"
word_zh = "及时"
word_en = "promptly"
start = "arrived"
source = "made up"
checked = 2026-11-23
confidence = "V"
"""


def test_a_sound_file_of_periods_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(PERIOD, encoding="utf-8")
    found = rule_data.load_periods(tmp_path / "a.toml")
    assert found["one"].period == Period(amount=15, unit=TimeUnit.DAY)
    assert (found["one"].venues, found["one"].rights) == ((Venue.SHOP,), (Right.COPY,))
    assert (found["two"].period, found["two"].word) == (None, Words(zh="及时", en="promptly"))
    assert (found["two"].basis, found["two"].shifts) == ("", False)


@pytest.mark.parametrize(
    ("number", "line", "told", "field"),
    [
        (2, "", 1, "id"),
        (19, 'id = "one"', 19, "id"),
        (3, "", 1, "zh"),
        (21, "en = 1", 21, "en"),
        (22, "", 18, "matter"),
        (22, 'matter = "weather"', 22, "matter"),
        (6, "basis = 45", 6, "basis"),
        (7, 'force = "custom"', 7, "force"),
        (8, "", 1, "amount"),
        (8, "amount = 0", 8, "amount"),
        (8, "amount = 1.5", 8, "amount"),
        (8, "amount = true", 8, "amount"),
        (8, 'amount = "15"', 8, "amount"),
        (9, "", 1, "unit"),
        (9, 'unit = "week"', 9, "unit"),
        (10, 'start = "someday"', 10, "start"),
        (11, 'shift = "yes"', 11, "shift"),
        (12, 'venues = ["moon"]', 12, "venues"),
        (13, 'rights = ["fly"]', 13, "rights"),
        (13, 'right = ["copy"]', 13, "right"),
        (24, "", 18, "word_zh"),
        (25, "", 18, "word_en"),
        (25, 'word_en = "promptly"\namount = 7', 26, "amount"),
        (26, "", 18, "start"),
        (26, 'start = "arrived"\nlimits_en = "…"', 18, "limits_zh"),
        (27, "", 18, "source"),
        (28, 'checked = "today"', 28, "checked"),
        (29, "", 18, "confidence"),
    ],
)
def test_a_faulty_file_of_periods_is_named_with_its_line_and_field(
    tmp_path: Path, number: int, line: str, told: int, field: str
) -> None:
    refused(tmp_path, rule_data.load_periods, with_line(PERIOD, number, line), told, field)


@pytest.mark.parametrize(
    "load",
    [
        rule_data.load_rights,
        rule_data.load_authorities,
        rule_data.load_venues,
        rule_data.load_periods,
    ],
)
def test_a_file_that_is_not_utf_8_or_not_toml_is_named_with_its_line(
    tmp_path: Path, load: Callable[[Path], object]
) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes("# 某\n".encode() + "# 法\n".encode("gb18030"))
    with pytest.raises(BadInput, match=r"^a\.toml, line 2: this is not UTF-8"):
        load(path)
    path.write_text("# 某\n\n[[right]\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"^a\.toml, line 3: "):
        load(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(BadInput, match=r"^a\.toml, line 1, \w+: a list of tables is missing"):
        load(path)


def test_a_standards_period_is_never_statutory(tmp_path: Path) -> None:
    """FACTS section 8: a recommended standard binds nobody by itself."""
    text = PERIOD.replace('basis = "pipl:45(2)"', 'basis = "gbt-35273-2020:8.7"', 1)
    refused(tmp_path, rule_data.load_periods, text, 7, "force")


def test_a_provision_that_the_law_data_do_not_hold_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    text = (resources.folder("templates") / "rules" / "rights.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('"pipl:46(1)"', '"pipl:199"', 1), encoding="utf-8")
    with pytest.raises(BadInput, match=r"^a\.toml, line \d+, provisions: .*pipl:199"):
        rule_data.load_rights(path, LAWS)


@pytest.mark.parametrize("field", ["without", "beside"])
def test_a_capacity_names_only_provisions_that_there_are(tmp_path: Path, field: str) -> None:
    text = (TEMPLATES / "rules" / "capacities.toml").read_text(encoding="utf-8")
    number = next(
        at for at, line in enumerate(text.splitlines(), 1) if line.startswith(f"{field} =")
    )
    faulty = with_line(text, number, f'{field} = ["pipl:999"]')
    refused(tmp_path, lambda path: rule_data.load_capacities(path, LAWS), faulty, number, field)
