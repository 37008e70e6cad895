"""The complaint from a real vault: its exhibits are the bundle's, and its doubts are said."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pirights.domain import plaintiff
from pirights.domain.attachment import Purpose
from pirights.domain.bundle import Exhibit
from pirights.domain.bundle_papers import Columns
from pirights.domain.case import Outcome, Stage
from pirights.domain.cost import CostKind
from pirights.domain.dispatch import Channel
from pirights.domain.document import Document, Form, Item, Letters, Table
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Venue
from pirights.domain.paper import Paper
from pirights.domain.person import Capacity, Kinship, Person
from pirights.domain.request import Right, Score
from pirights.errors import BadInput, MissingGlyph, NotNextStep
from pirights.render.raster import text_of_pdf
from pirights.workflow import (
    bundles,
    cases,
    costing,
    directory,
    dispatching,
    enclosures,
    escalating,
    exhibit_notes,
    exhibits,
    put_right_replies,
    rendering,
    scoring,
    suing,
)
from pirights.workflow.desk import Desk
from pirights.workflow.enclosure_details import EnclosureDetails
from pirights.workflow.escalating import FollowedUp
from pirights.workflow.letter_details import Details
from tests.workflow.office import answer, arrived, begun, case, days_later, park, said, scan, sent


def sued(desk: Desk, ref: str, letters: Letters | None = None, **details: object) -> FollowedUp:
    told = Details(**details)  # type: ignore[arg-type]  # the tests name the fields
    done = escalating.preview(desk, ref, FollowUp.COURT, letters=letters, details=told)
    return escalating.keep(desk, done)


def refused(desk: Desk, folder: Path, *rights: Right) -> str:
    """A request that was sent, arrived with a proof, and was refused."""
    ref = begun(desk, *rights)
    sent(desk, ref)
    proof = folder / "签收.txt"
    proof.write_text("已签收", encoding="utf-8")
    dispatching.received(desk, ref, on=date(2026, 11, 22), proofs=[proof])
    answer(desk, ref, folder, "经核查，我司无法向您提供上述信息，您的请求不予支持。")
    scores = dict.fromkeys(
        (item.number for item in desk.letters(desk.case(ref))[0].items), Score.REFUSED
    )
    scoring.score(desk, ref, scores)
    return ref


def text(document: Document) -> str:
    return rendering.words_of(document).replace("\n", "").replace(" ", "")


def claims(done: FollowedUp) -> list[Item]:
    return [block for block in done.letter.document.blocks if isinstance(block, Item)]


def listed(document: Document) -> list[tuple[str, ...]]:
    """The rows of the tables of a paper."""
    return [row for block in document.blocks if isinstance(block, Table) for row in block.rows]


def named(exhibit: Exhibit) -> tuple[str, str, str]:
    return str(exhibit.number), exhibit.title.zh, exhibit.pages


def test_the_complaint_the_catalogue_and_the_bundle_name_the_same_exhibits(
    desk: Desk, tmp_path: Path
) -> None:
    ref = refused(desk, tmp_path, Right.ACCESS, Right.COPY, Right.DELETE)
    photo = tmp_path / "车票.txt"
    photo.write_text("出租车\n" * 200, encoding="utf-8")
    costing.add(desk, ref, kind=CostKind.TRAVEL, amount=Decimal("12.50"), proofs=[photo])
    back = tmp_path / "返程.txt"
    back.write_text("出租车\n" * 90, encoding="utf-8")
    costing.add(desk, ref, kind=CostKind.TRAVEL, amount=Decimal(13), proofs=[back])
    exhibit_notes.describe(desk, ref, "车票.txt", words={}, more=["返程.txt"])
    done = sued(desk, ref)
    catalogue = enclosures.made(desk, done.letter.label, Paper.CATALOGUE, EnclosureDetails())
    built = bundles.build(desk, ref, out=tmp_path / "bag")
    shown = [named(one) for one in built.exhibits]
    assert [title for _, title, _ in shown if title.endswith("（共2份文件）")]
    assert [(row[0], row[2], row[4]) for row in listed(done.letter.document)] == shown
    assert [(row[0], row[1], row[4]) for row in listed(catalogue.document)] == shown
    printed = text_of_pdf((built.path / "data/01-catalogue.pdf").read_bytes())
    ours = text_of_pdf(rendering.paper(catalogue.document, Form.PDF))
    sums = r"本目录各行与数据文件\S+相同，该文件的SHA-256为：[0-9a-f\s]{64,72}"
    bare, counted = re.subn(sums, "", printed)
    assert counted == 2
    assert "".join(ours.split()) == "".join(bare.split())
    pages = {number: page for number, _, page in shown}
    cited = re.findall(r"证据(\d+)（第([\d-]+)页）", text(done.letter.document))
    assert len(cited) > 8
    assert all(pages[number] == page for number, page in cited)


def test_the_complaint_and_the_list_of_evidence_name_the_same_sources(
    desk: Desk, tmp_path: Path
) -> None:
    ref = refused(desk, tmp_path, Right.ACCESS)
    fare, lens = tmp_path / "车费.txt", tmp_path / "登记.txt"
    for path in (fare, lens):
        path.write_text("甲", encoding="utf-8")
    costing.add(desk, ref, kind=CostKind.TRAVEL, amount=Decimal("12.50"), proofs=[fare])
    costing.add(desk, ref, kind=CostKind.NOTARY, amount=Decimal(600), proofs=[lens])
    done = sued(desk, ref)
    catalogue = enclosures.made(desk, done.letter.label, Paper.CATALOGUE, EnclosureDetails())
    sources = [row[3] for row in listed(done.letter.document)]
    assert [row[2] for row in listed(catalogue.document)] == sources
    assert {"原告制作或者保存", "承运人或者出行平台开具，由原告留存"} < set(sources)
    assert "公证机构开具，由原告留存" in sources
    built = bundles.build(desk, ref, out=tmp_path / "bag")
    assert [one.source.zh for one in built.exhibits] == sources
    printed = text_of_pdf((built.path / "data/01-catalogue.pdf").read_bytes())
    assert "请求人" not in printed


def test_a_receipt_kept_from_a_scan_was_issued_by_another(desk: Desk, tmp_path: Path) -> None:
    receipt, photo = tmp_path / "门票发票.txt", tmp_path / "闸机.txt"
    for path in (receipt, photo):
        path.write_text("甲", encoding="utf-8")
    scan(desk, park(desk), files=(receipt, photo))
    ref = case(desk).case.ref
    found = exhibits.gathered(desk, cases.show(desk, ref))
    sources = {one.exhibit.original_name: one.exhibit.source.zh for one in found}
    assert sources["门票发票.txt"] == "票据开具方开具，由请求人留存"
    assert sources["闸机.txt"] == "请求人制作或者保存"


def test_a_complaint_once_kept_is_no_exhibit_and_shifts_none(desk: Desk, tmp_path: Path) -> None:
    ref = refused(desk, tmp_path)
    before = [one.exhibit for one in exhibits.gathered(desk, cases.show(desk, ref))]
    first = sued(desk, ref)
    dispatching.sent(
        desk, first.letter.label, channel=Channel.WEBFORM, on=None, proofs=[tmp_path / "签收.txt"]
    )
    after = [one.exhibit for one in exhibits.gathered(desk, cases.show(desk, ref))]
    assert after == [plaintiff.exhibit(one) for one in before]
    second = sued(desk, ref)
    assert listed(second.letter.document) == listed(first.letter.document)
    assert "An earlier complaint is kept" in said(second.notices)
    assert "An earlier complaint" not in said(first.notices)


def test_once_it_is_filed_the_case_is_in_court(desk: Desk, tmp_path: Path) -> None:
    ref = refused(desk, tmp_path)
    done = sued(desk, ref, office="杭州市余杭区人民法院")
    assert done.letter.handler_name == "杭州市余杭区人民法院"
    assert (done.letter.kind, done.by) == ("court", None)
    assert cases.standing(desk, desk.case(ref)).stage is Stage.ANSWERED
    dispatching.sent(desk, done.letter.label, channel=Channel.HAND, on=None)
    assert cases.standing(desk, desk.case(ref)).stage is Stage.LITIGATION


def test_without_a_request_that_can_be_proved_the_reason_is_said_loudly(
    desk: Desk,
) -> None:
    ref = begun(desk)
    assert "No prior request can be proved: letter" in said(sued(desk, ref).notices)
    assert "has not been sent" in str(sued(desk, ref).notices[0])
    sent(desk, ref)
    told = said(sued(desk, ref).notices)
    assert "arrived is not recorded" in told
    arrived(desk, ref)
    told = said(sued(desk, ref).notices)
    assert "No prior request" not in told
    assert "no proof of it is kept" in told
    assert "a suit may come too soon" in told
    late = days_later(desk, 400)
    assert "too soon" not in said(sued(late, ref).notices)


def test_with_proof_and_refusal_nothing_of_it_is_said(desk: Desk, tmp_path: Path) -> None:
    told = said(sued(desk, refused(desk, tmp_path)).notices)
    for doubt in ("No prior request", "no proof of it is kept", "too soon", "not marked yet"):
        assert doubt not in told
    assert "no money is claimed" in told


def test_an_answer_is_marked_whole_before_a_suit_is_written(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk, Right.ACCESS, Right.COPY)
    sent(desk, ref)
    arrived(desk, ref)
    answer(desk, ref, tmp_path, "附件为您的部分个人信息，其余部分无法提供。")
    with pytest.raises(NotNextStep, match="Nobody has confirmed yet"):
        sued(desk, ref)
    items = desk.letters(desk.case(ref))[0].items
    marks = {one.number: Score.GIVEN for one in items if one.right is not None}
    scoring.score(desk, ref, {**marks, 1: Score.OPEN})
    with pytest.raises(NotNextStep, match="not marked by it yet"):
        sued(desk, ref)
    scoring.score(desk, ref, marks)
    done = sued(desk, ref)
    assert "asks for none of it" in said(done.notices)
    assert [one.text for one in claims(done)] == ["判令本案诉讼费用由被告负担。"]


def test_a_refusal_of_the_whole_is_one_of_every_item(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk, Right.ACCESS, Right.DELETE)
    sent(desk, ref)
    arrived(desk, ref)
    taken = answer(desk, ref, tmp_path, "经核查，我司无法向您提供上述信息，您的请求不予支持。")
    with pytest.raises(NotNextStep, match="Nobody has confirmed yet"):
        sued(desk, ref)
    put_right_replies.confirm(desk, taken.reply.label)
    texts = [one.text for one in claims(sued(desk, ref))]
    assert any("查阅" in one for one in texts)
    assert any("删除" in one for one in texts)


def test_costs_are_claimed_to_the_fen_and_their_gaps_are_said(desk: Desk, tmp_path: Path) -> None:
    ref = refused(desk, tmp_path)
    for kind, amount in (
        (CostKind.TRAVEL, "0.10"),
        (CostKind.POSTAGE, "0.20"),
        (CostKind.LAWYER, "3000.00"),
        (CostKind.REFUND, "1360.00"),
    ):
        costing.add(desk, ref, kind=kind, amount=Decimal(amount))
    costing.add(desk, ref, kind=CostKind.NOTARY, amount=Decimal("99.99"))
    costing.void(desk, ref, "C5", because="误记")
    done = sued(desk, ref)
    whole = text(done.letter.document)
    assert "合理开支人民币0.30元" in whole
    assert "律师费用人民币3000.00元" in whole
    assert "人民币1360.00元" in whole
    assert "99.99" not in whole
    assert "No proof is kept of these costs: ['C1', 'C2', 'C3', 'C4']" in said(done.notices)


@pytest.mark.parametrize(
    ("scanned", "last"),
    [
        (date(2024, 2, 29), "2027-02-28"),
        (date(2024, 2, 28), "2027-02-28"),
        (date(2024, 3, 1), "2027-03-01"),
        (date(2025, 2, 28), "2028-02-28"),
    ],
)
def test_the_limitation_is_counted_around_leap_days_and_said(
    desk: Desk, scanned: date, last: str
) -> None:
    at = datetime(scanned.year, scanned.month, scanned.day, 2, 0, tzinfo=UTC)
    scan(desk, park(desk), at=at)
    ref = case(desk).case.ref
    assert f"is to be brought by {last}" in said(sued(desk, ref).notices)
    limitation = suing.weighed(desk, ref, on=desk.today).limitation
    assert limitation is not None
    assert limitation.on.isoformat() == last
    over = days_later(desk, 900)
    assert f"ended on {last}" in said(sued(over, ref).notices)


def test_the_courts_are_hints_with_their_grade_and_their_day(desk: Desk) -> None:
    ref = begun(desk)
    now = suing.weighed(desk, ref, on=date(2026, 11, 23)).jurisdiction
    assert [(one.id, one.confidence.value) for one in now] == [
        ("basic-court", "V"),
        ("internet-courts", "S"),
    ]
    assert [one.zh for one in suing.weighed(desk, ref, on=desk.today).causes] == [
        "个人信息保护纠纷"
    ]
    costing.add(desk, ref, kind=CostKind.REFUND, amount=Decimal("1360.00"))
    assert [one.zh for one in suing.weighed(desk, ref, on=desk.today).causes] == [
        *("个人信息保护纠纷", "服务合同纠纷"),
    ]
    then = suing.weighed(desk, ref, on=date(2025, 10, 31)).jurisdiction
    assert [one.id for one in then] == ["basic-court"]


@pytest.mark.parametrize("kinship", [Kinship.SON, Kinship.SISTER])
def test_a_relative_sues_in_their_own_name_and_others_than_the_nearest_are_warned(
    desk: Desk, kinship: Kinship
) -> None:
    person = directory.add_person(
        desk, Person(id=0, name="林逝者", capacity=Capacity.RELATIVE, kinship=kinship)
    )
    scan(desk, park(desk))
    ref = case(desk, Right.ACCESS, person=person.id).case.ref
    done = sued(desk, ref)
    assert "原告：林知远" in text(done.letter.document)
    assert ("only where there is no spouse or child" in said(done.notices)) is (
        kinship is Kinship.SISTER
    )


def test_an_agent_is_told_who_may_act_in_court(desk: Desk) -> None:
    person = directory.add_person(desk, Person(id=0, name="陈样例", capacity=Capacity.AGENT))
    scan(desk, park(desk))
    done = sued(desk, case(desk, person=person.id).case.ref)
    assert "Civil Procedure Law 61" in said(done.notices)
    assert "委托诉讼代理人：林知远" in text(done.letter.document)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"particulars": "男\U0001f600"}, "particulars"),
        ({"legal_representative": "张\U0001f600"}, "legal-representative"),
        ({"office": "\U0001f600法院"}, "office"),
        ({"claims": ("道歉\U0001f600",)}, "claim"),
    ],
)
def test_a_character_without_a_glyph_is_named_with_its_field(
    desk: Desk, details: dict[str, Any], field: str
) -> None:
    with pytest.raises(MissingGlyph, match=field):
        sued(desk, begun(desk), None, **details)


def test_a_note_without_a_glyph_is_named_and_a_file_name_is_made_printable(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    odd = tmp_path / "车票\U0001f600.txt"
    odd.write_text("12.50", encoding="utf-8")
    costing.add(desk, ref, kind=CostKind.TRAVEL, amount=Decimal("12.50"), proofs=[odd])
    done = sued(desk, ref)
    rendering.paper(done.letter.document, Form.PDF)
    costing.add(desk, ref, kind=CostKind.TRAVEL, amount=Decimal("1.00"), note="\U0001f600")
    with pytest.raises(MissingGlyph, match=r"C2\.note"):
        sued(desk, ref)


def test_details_of_a_court_belong_to_no_other_letter_and_are_bounded(desk: Desk) -> None:
    ref = begun(desk)
    for details in (
        Details(particulars="男"),
        Details(claims=("道歉",)),
        Details(legal_representative="张样例"),
    ):
        with pytest.raises(BadInput, match=r"another letter.*court"):
            escalating.preview(desk, ref, FollowUp.BREACH, details=replace(details, signs=("x",)))
    with pytest.raises(BadInput, match="--to belongs to another letter"):
        sued(desk, ref, to="basic-court")
    with pytest.raises(BadInput, match="more than 20 times"):
        sued(desk, ref, claims=("道歉",) * 21)
    with pytest.raises(BadInput, match="particulars"):
        sued(desk, ref, particulars="x" * 501)


def test_long_texts_keep_inside_the_page(desk: Desk) -> None:
    handler = park(desk, "杭州样例" * 15, address="样例大道" * 75)
    scan(desk, handler, place="样例乐园东门" * 30)
    ref = case(desk, handler=handler.id).case.ref
    done = sued(
        desk,
        ref,
        Letters.BOTH,
        particulars="职员" * 200,
        claims=tuple("判令被告赔礼道歉" * 20 for _ in range(20)),
    )
    data = rendering.paper(done.letter.document, Form.PDF)
    assert data == rendering.paper(done.letter.document, Form.PDF)
    assert text_of_pdf(data).count("判令被告赔礼道歉") > 100


def test_a_complaint_is_not_dated_before_a_scan(desk: Desk) -> None:
    with pytest.raises(BadInput, match="before encounter E1"):
        escalating.preview(desk, begun(desk), FollowUp.COURT, on=date(2026, 11, 19))


def test_the_catalogue_can_have_copies_and_leave_the_originals_out(
    desk: Desk, tmp_path: Path
) -> None:
    ref = refused(desk, tmp_path)
    usual, wide, short = (
        enclosures.made(desk, ref, Paper.CATALOGUE, details).document
        for details in (
            EnclosureDetails(),
            EnclosureDetails(copies=2),
            EnclosureDetails(copies=2, without_originals=True),
        )
    )
    assert {len(row) for row in listed(usual)} == {6}
    assert {row[5] for row in listed(wide)} == {"2"}
    assert [(*row[:5], row[6]) for row in listed(wide)] == listed(usual)
    assert [row[:6] for row in listed(wide)] == listed(short)
    heads = [block.head for block in short.blocks if isinstance(block, Table)]
    assert {head[-1] for head in heads} == {"份数"}
    assert Columns() == Columns(copies=0, originals=True)
    with pytest.raises(BadInput, match="--copies belongs to another paper"):
        enclosures.made(desk, ref, Paper.EMS, EnclosureDetails(copies=2))


def test_the_rows_of_a_cost_proof_are_filed_under_its_own_purpose(
    desk: Desk, tmp_path: Path
) -> None:
    ref = refused(desk, tmp_path)
    costing.add(
        desk,
        ref,
        kind=CostKind.TRAVEL,
        amount=Decimal("1.00"),
        proofs=[tmp_path / "签收.txt"],
    )
    assert [one.purpose for one in desk.vault.attachments("C1")] == [Purpose.COST_PROOF]


def test_a_closed_case_is_not_sued_over(desk: Desk) -> None:
    ref = begun(desk)
    cases.close(desk, ref, outcome=Outcome.FULL)
    with pytest.raises(NotNextStep, match="closed"):
        sued(desk, ref)


def test_of_several_complaints_only_the_last_waits_and_none_once_one_is_filed(
    desk: Desk, tmp_path: Path
) -> None:
    ref = refused(desk, tmp_path)
    first, second = sued(desk, ref).letter, sued(desk, ref).letter
    due = [one.letter for one in cases.standing(desk, desk.case(ref)).deadlines if one.id == "send"]
    assert due == [second.number]
    dispatching.sent(desk, first.label, channel=Channel.HAND, on=None)
    standing = cases.standing(desk, desk.case(ref))
    assert [one for one in standing.deadlines if one.id == "send"] == []
    assert standing.stage is Stage.LITIGATION


def test_at_a_state_organ_the_way_is_not_decided(desk: Desk) -> None:
    scan(desk, park(desk, "样例街道办事处", venue=Venue.GOVERNMENT), venue=Venue.GOVERNMENT)
    told = said(sued(desk, case(desk).case.ref).notices)
    assert "At a state organ (['E1'])" in told


def test_the_facts_of_a_contract_are_a_blank_and_told_only_where_its_loss_is_claimed(
    desk: Desk,
) -> None:
    ref = begun(desk)
    before = sued(desk, ref)
    assert "被告违约的情况" not in text(before.letter.document)
    assert "loss of contract" not in said(before.notices)
    costing.add(desk, ref, kind=CostKind.REFUND, amount=Decimal("1360.00"))
    after = sued(desk, ref)
    assert "被告违约的情况：________________（据实填写" in text(after.letter.document)
    assert "loss of contract" in said(after.notices)
