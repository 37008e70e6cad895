"""The first letter of a case: what stops it, what is said beside it, and its paper."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pirights.domain import reference
from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.document import Form, Letters
from pirights.domain.encounter import Role
from pirights.domain.handler import Handler, Venue
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.errors import BadInput, MissingGlyph, NotFound
from pirights.workflow import directory, encounters, rendering, requests
from pirights.workflow.desk import Desk
from pirights.workflow.wish import Wish
from tests.workflow.office import TODAY, begun, case, kinds, park, said, scan


def test_a_request_opens_a_case_with_its_first_letter(desk: Desk) -> None:
    handler = park(desk)
    scan(desk, handler)
    opened = case(desk, Right.ACCESS, Right.COPY, letters=Letters.BOTH, identify_by=("年卡号 1",))
    assert reference.parse(opened.case.ref) == opened.case.ref
    assert opened.case == desk.vault.get(Case, opened.case.id)
    assert opened.letter == desk.vault.get(Letter, opened.letter.id)
    assert opened.case.rights == (Right.ACCESS, Right.COPY)
    assert opened.case.identify_by == ("年卡号 1",)
    assert (opened.letter.number, opened.letter.kind, opened.letter.on) == (
        1,
        "request",
        date(2026, 11, 21),
    )
    assert opened.letter.handler_name == handler.name
    assert opened.letter.document.reference == opened.case.ref
    assert [item.number for item in opened.letter.items] == list(
        range(1, len(opened.letter.items) + 1)
    )
    assert kinds(desk)[-2:] == ["case.added", "letter.added"]


def test_the_reference_bears_the_year_of_the_letter(desk: Desk) -> None:
    scan(desk, park(desk), at=datetime(2025, 12, 30, 2, 0, tzinfo=UTC))
    assert case(desk, on=date(2025, 12, 31)).case.ref.startswith("PR-2025-")
    assert case(desk, on=None).case.ref.startswith("PR-2026-")


def test_a_preview_keeps_nothing_and_can_be_kept_as_it_was_seen(desk: Desk) -> None:
    scan(desk, park(desk))
    before = kinds(desk)
    seen = requests.preview(desk, Wish(handler=1, rights=(Right.ACCESS,)))
    assert (seen.case.id, seen.letter.id) == (0, 0)
    assert kinds(desk) == before
    assert desk.vault.count(Case) == 0
    kept = requests.keep(desk, seen)
    assert kept.case.ref == seen.case.ref
    assert desk.letter(seen.case.ref)[1].document == seen.letter.document


def test_without_a_date_the_letter_is_dated_today_in_the_vaults_zone(desk: Desk) -> None:
    scan(desk, park(desk))
    assert case(desk, on=None).letter.on == TODAY


def test_today_is_reckoned_in_shanghai_and_not_in_utc(desk: Desk) -> None:
    from dataclasses import replace

    scan(desk, park(desk))
    evening = replace(desk, now=datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    assert case(evening, on=None).letter.on == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        (date(2026, 11, 24), "in the future"),
        (date(1989, 12, 31), "too long ago"),
        (date(2021, 10, 31), "cannot be dated"),
    ],
)
def test_a_letter_is_never_dated_tomorrow_nor_absurdly_early(
    desk: Desk, on: date, problem: str
) -> None:
    scan(desk, park(desk))
    with pytest.raises(BadInput, match=problem):
        case(desk, on=on)
    assert desk.vault.count(Case) == 0


def test_a_letter_that_asks_for_nothing_is_refused(desk: Desk) -> None:
    scan(desk, park(desk))
    with pytest.raises(BadInput, match="asks for nothing") as caught:
        requests.new(desk, Wish(handler=1, rights=()))
    assert "--right" in str(caught.value.hint)


def test_a_person_without_a_name_is_told_how_to_give_it(desk: Desk) -> None:
    scan(desk, park(desk))
    directory.edit_person(desk, 1, {"name": ""})
    with pytest.raises(BadInput, match="P1 has no name yet") as caught:
        case(desk)
    assert "pirights person edit P1" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("wish", "label"), [({"handler": 9}, "H9"), ({"person": 9}, "P9"), ({"encounters": (9,)}, "E9")]
)
def test_an_unknown_handler_person_or_encounter_is_named(
    desk: Desk, wish: dict[str, object], label: str
) -> None:
    scan(desk, park(desk))
    with pytest.raises(NotFound, match=f"no {label} "):
        case(desk, **wish)


# --- which encounters


def test_by_default_the_letter_tells_every_encounter_with_that_handler_oldest_first(
    desk: Desk,
) -> None:
    ours, theirs = park(desk), park(desk, "别的公司")
    later = scan(desk, ours, at=datetime(2026, 11, 19, 1, 0, tzinfo=UTC))
    scan(desk, theirs)
    earlier = scan(desk, theirs, ours, at=datetime(2026, 11, 1, 1, 0, tzinfo=UTC))
    assert case(desk, handler=ours.id).case.encounters == (earlier.id, later.id)


def test_named_encounters_are_told_each_once_in_the_order_of_time(desk: Desk) -> None:
    handler = park(desk)
    second = scan(desk, handler)
    first = scan(desk, handler, at=datetime(2026, 11, 1, 1, 0, tzinfo=UTC))
    scan(desk, handler)
    opened = case(desk, encounters=(second.id, first.id, second.id))
    assert opened.case.encounters == (first.id, second.id)


def test_a_handler_whom_no_encounter_names_has_nothing_to_be_asked_about(desk: Desk) -> None:
    park(desk)
    scan(desk)
    with pytest.raises(BadInput, match="No encounter with H1") as caught:
        case(desk)
    assert "--encounter" in str(caught.value.hint)


def test_an_encounter_without_handler_can_be_named_without_remark(desk: Desk) -> None:
    park(desk)
    here = scan(desk)
    assert case(desk, encounters=(here.id,)).notices == ()


def test_an_encounter_that_names_another_handler_is_remarked(desk: Desk) -> None:
    park(desk)
    here = scan(desk, park(desk, "别的公司"))
    opened = case(desk, handler=1, encounters=(here.id,))
    assert said(opened.notices) == "Encounter E1 does not name this handler."


def test_a_letter_dated_before_its_facts_is_not_made(desk: Desk) -> None:
    scan(desk, park(desk))
    with pytest.raises(BadInput, match="2026-11-19, before encounter E1 happened") as caught:
        case(desk, on=date(2026, 11, 19))
    assert "--date" in str(caught.value.hint)
    assert desk.vault.count(Case) == 0
    assert case(desk, on=date(2026, 11, 20)).letter.on == date(2026, 11, 20)


@pytest.mark.parametrize("venue", [Venue.POLICE, Venue.GOVERNMENT])
def test_a_state_organ_is_not_sent_the_companies_letter_without_warning(
    desk: Desk, venue: Venue
) -> None:
    scan(desk, park(desk), venue=venue)
    assert "happened at a state organ. Articles 33 to 37" in said(case(desk).notices)


def test_a_vendor_is_not_taken_for_the_one_who_decides(desk: Desk) -> None:
    from pirights.domain.encounter import Actor

    handler = park(desk)
    scan(desk)
    encounters.edit(desk, 1, {"handlers": (Actor(handler=handler.id, role=Role.VENDOR),)})
    assert "names this party as vendor" in said(case(desk).notices)


# --- beside other cases


def test_a_second_case_with_the_same_handler_is_opened_and_the_first_is_mentioned(
    desk: Desk,
) -> None:
    first = begun(desk)
    second = case(desk)
    assert second.case.ref != first
    assert said(second.notices) == f"A case with the same handler is open: {first}."


def test_a_closed_case_or_one_of_another_person_or_handler_is_not_mentioned(desk: Desk) -> None:
    from pirights.domain.case import Outcome
    from pirights.workflow import cases

    closed = begun(desk)
    cases.close(desk, closed, outcome=Outcome.FULL)
    directory.add_person(desk, Person(id=0, name="王样例"))
    case(desk, person=2)
    other = park(desk, "别的公司")
    scan(desk, other)
    case(desk, handler=other.id)
    assert case(desk).notices == ()


# --- characters


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("P1.name", {"name": "张\U00020bb7三"}),
        ("P1.address", {"address": "路\U00020bb7"}),
        ("P1.name_en", {"name_en": "Zhang \U0001f600"}),
    ],
)
def test_a_character_without_glyph_stops_the_letter_and_is_named_with_its_field(
    desk: Desk, field: str, changes: dict[str, str]
) -> None:
    scan(desk, park(desk))
    directory.edit_person(desk, 1, changes)
    character = next(one for one in "".join(changes.values()) if ord(one) > 0xFFFF)
    with pytest.raises(MissingGlyph) as caught:
        case(desk)
    assert f"U+{ord(character):04X}" in str(caught.value)
    assert field in str(caught.value)
    option = field.removeprefix("P1.").replace("_", "-")
    assert f"`pirights person edit P1 --{option} TEXT`" in str(caught.value.hint)
    assert desk.vault.count(Case) == 0


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("H1.name", "handler"),
        ("H1.policy_url", "handler"),
        ("E1.place", "scan"),
        ("E1.purpose", "scan"),
        ("E1.exemption", "scan"),
        ("identify-by", "wish"),
    ],
)
def test_every_field_of_the_letter_is_looked_at_for_glyphs(
    desk: Desk, field: str, place: str
) -> None:
    name = field.rpartition(".")[2]
    strange = "闸机\ue000"
    handler = {name: strange} if place == "handler" else {}
    park(desk, **{"name": "某公司", **handler})
    seen: dict[str, Any] = {name: strange} if place == "scan" else {}
    scan(desk, directory.handler(desk, 1), **seen)
    clues = (strange,) if place == "wish" else ()
    with pytest.raises(MissingGlyph, match=r"U\+E000.*") as caught:
        case(desk, identify_by=clues)
    assert str(caught.value).endswith(f"in {field}.")


def test_rare_but_known_names_are_no_obstacle(desk: Desk) -> None:
    scan(desk, park(desk))
    directory.edit_person(desk, 1, {"name": "张㛃䶮"})
    assert "张㛃䶮" in rendering.text_of(desk, case(desk).case.ref)[1]


def test_markup_in_a_field_stays_text_on_paper(desk: Desk) -> None:
    handler = park(desk, "<b>某&amp;公司</b> {{ x }}")
    scan(desk, handler, place="# 门 | {% if %}")
    text = rendering.text_of(desk, case(desk).case.ref)[1]
    assert "<b>某&amp;公司</b> {{ x }}" in text
    assert "# 门 | {% if %}" in text


@pytest.mark.parametrize("clue", ["年卡\x1b[31m", "卡\n号", "卡" * 501])
def test_a_clue_that_is_not_one_clean_line_is_refused(desk: Desk, clue: str) -> None:
    scan(desk, park(desk))
    with pytest.raises(BadInput, match="identify-by"):
        case(desk, identify_by=(clue,))


# --- paper


def test_a_letter_is_put_on_paper_the_same_every_time(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk, Right.COPY, letters=Letters.BOTH)
    papers = []
    for name in ("one.pdf", "two.pdf"):
        done = rendering.render(desk, ref, form=Form.PDF, out=tmp_path / name)
        assert done.letter.label == f"{ref}/1"
        papers.append(done.path.read_bytes())
    assert papers[0] == papers[1]
    assert papers[0].startswith(b"%PDF-")
    text = rendering.render(desk, f"{ref}/1", form=Form.TXT, out=tmp_path / "one.txt").path
    assert text.read_text(encoding="utf-8") == rendering.text_of(desk, ref)[1]


def test_a_stale_address_is_told_with_the_command_that_records_another(desk: Desk) -> None:
    scan(desk, park(desk, email="privacy@park.example"))
    assert "out of use" not in said(case(desk).notices)
    handler = desk.vault.get(Handler, 1)
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(handler, email_bounced=TODAY), kind="handler.bounced")
    told = said(case(desk).notices)
    assert "A mail to privacy@park.example came back on 2026-11-23" in told
    assert "pirights handler edit H1 --email ADDRESS" in told
    directory.edit_handler(desk, 1, {"email": "other@park.example"})
    assert "out of use" not in said(case(desk).notices)


def test_the_letter_says_tomorrow_what_it_said_today(desk: Desk) -> None:
    ref = begun(desk)
    before = rendering.text_of(desk, ref)[1]
    directory.edit_handler(desk, 1, {"name": "改名后的公司"})
    directory.edit_person(desk, 1, {"name": "改名"})
    edited = encounters.edit(desk, 1, {"place": "别处"}, because="看错了")
    assert rendering.text_of(desk, ref)[1] == before
    assert said(edited.notices) == (
        f"Letter {ref}/1 was written before this change and still says what it said."
    )


def test_a_paper_that_cannot_be_written_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="cannot be written"):
        rendering.render(desk, ref, form=Form.TXT, out=tmp_path / "nowhere" / "letter.txt")
    (tmp_path / "full").mkdir()
    with pytest.raises(BadInput, match="never replaced"):
        rendering.render(desk, ref, form=Form.TXT, out=tmp_path / "full")
    assert list((tmp_path / "full").iterdir()) == []
    assert not list(tmp_path.glob(".*part*"))


@pytest.mark.parametrize("text", ["PR-2026-0000000-0", "PR-2026-7K3M9QX-D"])
def test_an_unknown_reference_is_not_found(desk: Desk, text: str) -> None:
    begun(desk)
    with pytest.raises(NotFound):
        rendering.text_of(desk, text)


def test_a_letter_that_a_case_does_not_have_is_not_found(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(NotFound, match=f"Case {ref} has no letter 7"):
        rendering.text_of(desk, f"{ref}/7")


def test_a_reference_is_taken_as_people_type_it(desk: Desk) -> None:
    ref = begun(desk)
    typed = ref.lower().replace("-", " ").removeprefix("pr ")
    assert desk.case(typed).ref == ref


def test_articles_that_were_not_read_in_full_are_named_to_be_checked(desk: Desk) -> None:
    scan(desk, park(desk))
    told = said(case(desk, Right.KNOW).notices)
    assert "Check before you send it" in told
    assert "Measures" in told
    assert "Article 6" in told
    assert "frt-measures-2025" not in told
    assert "Check before" not in said(case(desk, Right.ACCESS).notices)
