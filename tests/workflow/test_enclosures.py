"""Papers beside a letter, from the case as it stands: who may be named, what is refused, told."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pirights.domain.dispatch import Channel
from pirights.domain.document import Fields, Form, Letters, ReceiptBox
from pirights.domain.escalation import FollowUp
from pirights.domain.paper import Errand, Paper
from pirights.domain.person import Capacity, Kinship, Person
from pirights.domain.request import Right, Score
from pirights.errors import BadInput, MissingGlyph, NotFound, NotNextStep
from pirights.workflow import directory, dispatching, enclosures, escalating, rendering, scoring
from pirights.workflow.desk import Desk
from pirights.workflow.empowering import in_twelve_months
from pirights.workflow.enclosure_details import EnclosureDetails
from pirights.workflow.enclosures import Enclosed
from tests.letters.briefs import strings
from tests.workflow.office import arrived, begun, case, kinds, park, said, scan, sent

WHOLE = "330106199001011234"


def someone(desk: Desk, name: str = "周样例", **facts: Any) -> Person:  # noqa: ANN401 (fields of a record)
    return directory.add_person(desk, Person(id=0, name=name, **facts))


def made(desk: Desk, ref: str, paper: Paper, **details: Any) -> Enclosed:  # noqa: ANN401 (as above)
    return enclosures.made(desk, ref, paper, EnclosureDetails(**details))


def words(one: Enclosed) -> str:
    return "\n".join(strings(one.document))


def begun_for(desk: Desk, *rights: Right, **facts: Any) -> str:  # noqa: ANN401 (as above)
    """A case for another person, of a capacity."""
    person = someone(desk, "陈样例", **facts)
    scan(desk, park(desk))
    return case(desk, *rights, person=person.id).case.ref


# --- the power of attorney


def test_a_person_who_acts_alone_names_an_agent(desk: Desk) -> None:
    ref = begun(desk, Right.ACCESS, Right.COPY)
    with pytest.raises(BadInput, match="not known who is given the power") as caught:
        made(desk, ref, Paper.POA)
    assert "--agent" in str(caught.value.hint)
    agent = someone(desk, id_number=WHOLE, phone="13700000579")
    one = made(desk, ref, Paper.POA, agent=agent.id)
    assert "3****************4" in words(one)
    assert WHOLE not in words(one)
    assert one.letter.label == f"{ref}/1"
    assert one.document.on == one.letter.on
    assert one.document.letters is Letters.ZH
    assert kinds(desk)[-1] != "letter.drafted"


def test_a_power_is_no_message_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    agent = someone(desk)
    before = kinds(desk)
    one = made(desk, ref, Paper.POA, agent=agent.id)
    enclosures.write(one, form=Form.PDF, out=tmp_path / "poa.pdf")
    assert (tmp_path / "poa.pdf").read_bytes().startswith(b"%PDF")
    assert kinds(desk) == before
    assert len(desk.letters(desk.case(ref))) == 1


def test_nobody_gives_a_power_to_themself_or_to_nobody(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="P1 cannot give a power to themself"):
        made(desk, ref, Paper.POA, agent=1)
    with pytest.raises(NotFound):
        made(desk, ref, Paper.POA, agent=7)
    agent = someone(desk)
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(agent, name=""), kind="person.edited")
    with pytest.raises(BadInput, match="has no name yet"):
        made(desk, ref, Paper.POA, agent=agent.id)


def test_a_guardian_needs_no_power_but_may_give_one(desk: Desk) -> None:
    ref = begun_for(desk, capacity=Capacity.GUARDIAN, kinship=Kinship.MOTHER)
    with pytest.raises(NotNextStep, match="acts by law"):
        made(desk, ref, Paper.POA, agent=1)
    with pytest.raises(BadInput, match="not known who is given"):
        made(desk, ref, Paper.POA)
    one = made(desk, ref, Paper.POA, agent=someone(desk).id)
    assert "法定代理人签名" in words(one)
    assert "林知远（监护人，母亲）" in words(one)


def test_a_client_needs_no_agent_named(desk: Desk) -> None:
    ref = begun_for(desk, capacity=Capacity.AGENT)
    box = made(desk, ref, Paper.POA).document.blocks[1]
    assert isinstance(box, Fields)
    assert ("委托人", "陈样例") in box.rows
    assert ("受托人", "林知远") in box.rows
    other = made(desk, ref, Paper.POA, agent=someone(desk).id)
    assert ("受托人", "周样例") in other.document.blocks[1].rows  # type: ignore[union-attr]  # as above


def test_a_relative_gives_the_power_in_their_own_right(desk: Desk) -> None:
    ref = begun_for(desk, capacity=Capacity.RELATIVE, kinship=Kinship.SON, interest="办理退费")
    with pytest.raises(BadInput, match="P1 cannot give a power to themself"):
        made(desk, ref, Paper.POA, agent=1)
    assert "委托人系逝者陈样例的近亲属" in words(made(desk, ref, Paper.POA, agent=someone(desk).id))


def test_the_term_is_twelve_months_or_the_day_that_was_agreed(desk: Desk) -> None:
    ref = begun(desk)  # dated 21 November 2026
    agent = someone(desk).id
    one = made(desk, ref, Paper.POA, agent=agent)
    assert "自2026年11月21日起至2027年11月20日止" in words(one)
    assert "办结之日止" in words(one)
    assert "twelve months" in said(one.notices)
    other = made(desk, ref, Paper.POA, agent=agent, until=date(2026, 12, 31))
    assert "至2026年12月31日止" in words(other)
    assert "办结之日止" not in words(other)
    assert "twelve months" not in said(other.notices)
    assert "has passed" not in said(other.notices)
    late = made(desk, ref, Paper.POA, agent=agent, until=date(2026, 11, 22))
    assert "Its last day, 2026-11-22, has passed" in said(late.notices)
    with pytest.raises(BadInput, match="would end on 2026-11-20"):
        made(desk, ref, Paper.POA, agent=agent, until=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 21), date(2027, 11, 20)),
        (date(2027, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_twelve_months_end_the_day_before_the_same_day(first: date, last: date) -> None:
    assert in_twelve_months(first) == last


def test_powers_are_bounded_lines_and_print_as_they_are(desk: Desk) -> None:
    ref, agent = begun(desk), someone(desk).id
    trick = '<font color="[[[…]]]">{{ 7*7 }} &amp; | b'
    assert f"（1）{trick}" in words(made(desk, ref, Paper.POA, agent=agent, powers=(trick, " ")))
    for bad in ("和解\x1b[31m", "x" * 501, "一\n二"):
        with pytest.raises(BadInput, match="power"):
            made(desk, ref, Paper.POA, agent=agent, powers=(bad,))
    with pytest.raises(BadInput, match="more than 20 times"):
        made(desk, ref, Paper.POA, agent=agent, powers=("和解",) * 21)


def test_for_the_court_it_is_told_who_may_act_there(desk: Desk) -> None:
    ref, agent = begun(desk, Right.ACCESS, Right.COPY, Right.DELETE), someone(desk)
    plain = made(desk, ref, Paper.POA, agent=agent.id)
    court = made(desk, ref, Paper.POA, agent=agent.id, errand=Errand.COURT)
    assert f"{agent.label} must be one of them" in said(court.notices)
    assert "must be one of them" not in said(plain.notices)
    assert "第六十一条第二款" in words(court)
    assert "先复制、后删除" in words(plain)
    assert "先复制、后删除" not in words(court)
    assert "may not decide either" in said(plain.notices)


def test_beside_a_letter_for_the_court_the_power_is_one_for_the_court(desk: Desk) -> None:
    ref, agent = begun(desk), someone(desk).id
    [first] = desk.letters(desk.case(ref))
    with desk.vault.change(now=desk.now) as change:
        change.add(replace(first, id=0, number=2, kind=FollowUp.COURT.value, handler_name="某法院"))
    assert "诉讼代理人" in words(made(desk, f"{ref}/2", Paper.POA, agent=agent))
    plain = made(desk, f"{ref}/1", Paper.POA, agent=agent)
    assert f"{ref}/1 --paper poa --for court" in said(plain.notices)
    sheet = made(desk, f"{ref}/2", Paper.EMS)
    assert "某法院" in words(sheet)
    assert "not known here" in said(sheet.notices)


# --- the posting sheet


def test_the_sheet_counts_the_pages_of_the_pdf(desk: Desk, tmp_path: Path) -> None:
    import pypdf

    ref = begun(desk, Right.KNOW, Right.ACCESS, Right.COPY, Right.DELETE, letters=Letters.BOTH)
    rendering.render(desk, ref, form=Form.PDF, out=tmp_path / "letter.pdf")
    count = len(pypdf.PdfReader(tmp_path / "letter.pdf").pages)
    assert count > 3
    assert f"共{count}页" in words(made(desk, ref, Paper.EMS))


def test_what_is_missing_on_the_waybill_is_a_blank_and_told(desk: Desk) -> None:
    ref = begun(desk)
    told = said(made(desk, ref, Paper.EMS).notices)
    assert "pirights handler edit H1 --address" in told
    assert "pirights handler edit H1 --phone" in told
    directory.edit_handler(desk, 1, {"address": "杭州市样例大道1号", "phone": "0571-88000000"})
    whole = made(desk, ref, Paper.EMS)
    assert whole.notices == ()
    assert "0571-88000000" in words(whole)
    directory.edit_person(desk, 1, {"address": ""})
    assert "blank for the sender's" in said(made(desk, ref, Paper.EMS).notices)


def test_the_sheet_is_in_the_language_of_the_letter_unless_told(desk: Desk) -> None:
    ref = begun(desk, letters=Letters.EN)
    assert made(desk, ref, Paper.EMS).document.title == "Posting Sheet"
    assert made(desk, ref, Paper.EMS, letters=Letters.ZH).document.title == "邮寄信息单"
    assert made(desk, ref, Paper.POA, agent=someone(desk).id).document.title == "授权委托书"


# --- the checklist


def test_a_checklist_goes_beside_a_letter_that_asks_for_deletion_only(desk: Desk) -> None:
    ref = begun(desk, Right.ACCESS)
    with pytest.raises(NotNextStep, match="does not ask for deletion"):
        made(desk, ref, Paper.DELETION_CHECKLIST)
    scan(desk, park(desk, "另一样例有限公司"))
    other = case(desk, Right.ACCESS, Right.COPY, Right.DELETE, handler=2).case.ref
    one = made(desk, other, Paper.DELETION_CHECKLIST)
    assert "在此之前，请勿删除" in words(one)
    assert "copies first" in said(one.notices)


def test_of_a_case_the_last_letter_that_asks_for_deletion_has_the_checklist(desk: Desk) -> None:
    ref = begun(desk, Right.DELETE)
    sent(desk, ref)
    escalating.keep(desk, escalating.preview(desk, ref, FollowUp.PRESERVE))
    assert made(desk, ref, Paper.DELETION_CHECKLIST).letter.number == 1
    with pytest.raises(NotNextStep, match="/2 does not ask for deletion"):
        made(desk, f"{ref}/2", Paper.DELETION_CHECKLIST)


def test_a_letter_that_asks_again_has_a_checklist_while_deletion_is_open(desk: Desk) -> None:
    ref = begun(desk, Right.DELETE)
    sent(desk, ref)
    arrived(desk, ref)
    [first] = desk.letters(desk.case(ref))
    for number, kind in enumerate((FollowUp.INCOMPLETE, FollowUp.REMINDER, FollowUp.IDENTITY), 2):
        with desk.vault.change(now=desk.now) as change:
            change.add(replace(first, id=0, number=number, kind=kind.value, items=()))
    with pytest.raises(NotNextStep):
        made(desk, f"{ref}/2", Paper.DELETION_CHECKLIST)
    number = next(item.number for item in first.items if item.right is Right.DELETE)
    scoring.score(desk, ref, {number: Score.REFUSED})
    assert made(desk, f"{ref}/2", Paper.DELETION_CHECKLIST).document.blocks
    assert made(desk, f"{ref}/3", Paper.DELETION_CHECKLIST).document.blocks
    with pytest.raises(NotNextStep):
        made(desk, f"{ref}/4", Paper.DELETION_CHECKLIST)


# --- of all papers


def test_a_paper_is_no_mail(desk: Desk, tmp_path: Path) -> None:
    one = made(desk, begun(desk), Paper.EMS)
    with pytest.raises(BadInput, match="no mail of its own") as caught:
        enclosures.write(one, form=Form.EML, out=tmp_path / "ems.eml")
    assert "attach" in str(caught.value.hint)
    assert not (tmp_path / "ems.eml").exists()


def test_a_detail_of_another_paper_is_refused(desk: Desk) -> None:
    ref = begun(desk)
    for details, option in (
        ({"agent": 2}, "--agent"),
        ({"until": date(2027, 1, 1)}, "--until"),
        ({"powers": ("和解",)}, "--power"),
        ({"errand": Errand.COURT}, "--for"),
    ):
        with pytest.raises(BadInput, match=f"{option} belongs to another paper: --paper"):
            made(desk, ref, Paper.EMS, **details)


@pytest.mark.parametrize("paper", [Paper.POA, Paper.EMS, Paper.DELETION_CHECKLIST])
def test_a_character_without_a_glyph_is_named(desk: Desk, paper: Paper) -> None:
    ref = begun(desk, Right.DELETE)
    agent = someone(desk).id if paper is Paper.POA else 0
    directory.edit_handler(desk, 1, {"address": "大道😀1号"})
    with pytest.raises(MissingGlyph, match=r"H1\.address"):
        made(desk, ref, paper, agent=agent)


def test_an_agent_or_a_power_without_a_glyph_is_named(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(MissingGlyph, match="power"):
        made(desk, ref, Paper.POA, agent=someone(desk).id, powers=("和解😀",))
    with pytest.raises(MissingGlyph, match=r"P\d\.name"):
        made(desk, ref, Paper.POA, agent=someone(desk, "周😀").id)


# --- the box for a stamp


def boxes(desk: Desk, ref: str, **how: Any) -> int:  # noqa: ANN401 (of the rendering)
    _, text = rendering.text_of(desk, ref, **how)
    return text.count("签收单位（盖章）")


def test_the_box_is_added_where_it_is_asked_or_the_letter_was_handed_over(desk: Desk) -> None:
    ref = begun(desk)
    assert boxes(desk, ref) == 0
    assert boxes(desk, ref, receipt=True) == 1
    dispatching.sent(desk, ref, channel=Channel.HAND, on=None)
    assert boxes(desk, ref) == 1
    assert not any(isinstance(b, ReceiptBox) for b in desk.letter(ref)[1].document.blocks)


def test_a_letter_that_was_posted_has_none(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    assert boxes(desk, ref) == 0


def test_the_box_names_the_pages_of_the_copy_that_is_stamped(desk: Desk, tmp_path: Path) -> None:
    import pypdf

    ref = begun(desk, Right.KNOW, Right.ACCESS, letters=Letters.BOTH)
    out = tmp_path / "letter.pdf"
    rendering.render(desk, ref, form=Form.PDF, out=out, receipt=True)
    pages = pypdf.PdfReader(out).pages
    last = "".join(pages[-1].extract_text().split())
    assert f"共{len(pages)}页" in last
    assert "签名：" in last  # the signature stands on the same page as the box


def test_a_mail_has_no_box(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    out = tmp_path / "letter.eml"
    with pytest.raises(BadInput, match="no box for a stamp"):
        rendering.render(desk, ref, form=Form.EML, out=out, receipt=True)
    assert not out.exists()
    dispatching.sent(desk, ref, channel=Channel.HAND, on=None)
    rendering.render(desk, ref, form=Form.EML, out=out)
    assert out.exists()
