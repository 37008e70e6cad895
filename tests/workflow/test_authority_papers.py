"""Papers for authorities: to whom, when, and what of the case they leave alone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from pirights import rule_data
from pirights.domain.bundle import Group
from pirights.domain.case import Stage
from pirights.domain.dispatch import Channel
from pirights.domain.document import Form, Letters
from pirights.domain.encounter import Answer, Circumstance, Encounter, ScanMode
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Venue
from pirights.domain.person import Capacity, Kinship, Person
from pirights.domain.request import Right, Score
from pirights.errors import BadInput, MissingGlyph, NotFound, NotNextStep
from pirights.workflow import (
    cases,
    directory,
    dispatching,
    encounters,
    escalating,
    exhibits,
    form_fields,
    put_right_replies,
    rendering,
    requests,
    scoring,
)
from pirights.workflow.desk import Desk
from pirights.workflow.escalating import FollowedUp
from pirights.workflow.letter_details import Details
from pirights.workflow.wish import Wish
from tests.letters.briefs import strings
from tests.workflow.office import (
    TODAY,
    answer,
    arrived,
    begun,
    case,
    days_later,
    park,
    said,
    scan,
    sent,
)

OPEN = (FollowUp.REGULATOR, FollowUp.CONSUMER, FollowUp.PROCURATORATE)
REFUSAL = "经核查，我司无法向您提供上述信息，您的请求不予支持。"


def served(desk: Desk, *rights: Right) -> str:
    ref = begun(desk, *(rights or (Right.ACCESS, Right.COPY)))
    sent(desk, ref)
    arrived(desk, ref)
    return ref


def written(desk: Desk, ref: str, kind: FollowUp, **details: Any) -> FollowedUp:  # noqa: ANN401 (fields of a record)
    more = {name: details.pop(name) for name in ("on", "letters") if name in details}
    return escalating.preview(desk, ref, kind, details=Details(**details), **more)


def text(told: FollowedUp) -> str:
    return "\n".join(strings(told.letter.document))


def edited(desk: Desk, number: int = 1, **facts: Any) -> None:  # noqa: ANN401 (fields of a record)
    old = desk.vault.get(Encounter, number)
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(old, **facts), kind="encounter.edited")


@pytest.mark.parametrize("kind", [FollowUp.REGULATOR, FollowUp.CONSUMER])
def test_while_the_request_is_a_draft_there_is_nothing_to_complain_of(
    desk: Desk, kind: FollowUp
) -> None:
    with pytest.raises(NotNextStep, match="has not been sent yet") as caught:
        written(desk, begun(desk), kind)
    assert "pirights sent" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (FollowUp.REGULATOR, "local-cac"),
        (FollowUp.CONSUMER, "market-12315"),
        (FollowUp.PROCURATORATE, "procuratorate"),
    ],
)
def test_the_most_fitting_body_is_chosen_and_its_limits_are_told(
    desk: Desk, kind: FollowUp, body: str
) -> None:
    told = written(desk, served(desk), kind)
    assert told.body is not None
    assert told.body.id == body
    assert told.by is None
    assert told.letter.handler_name == told.body.name.zh
    assert str(told.body.limits) in said(told.notices)
    assert told.body.name.zh in text(told)


def test_before_the_day_for_an_answer_it_is_written_with_a_remark(desk: Desk) -> None:
    ref = served(desk)
    assert "has not passed on 2026-11-23" in said(written(desk, ref, FollowUp.REGULATOR).notices)
    later = days_later(desk, 60)
    told = written(later, ref, FollowUp.REGULATOR)
    assert "has not passed" not in said(told.notices)
    assert "现已届满" in text(told)


def test_without_a_recorded_arrival_the_remark_says_how_to_record_it(desk: Desk) -> None:
    ref = begun(desk)
    sent(desk, ref)
    told = written(desk, ref, FollowUp.REGULATOR)
    assert f"pirights received {ref}/1" in said(told.notices)
    assert "到达" not in text(told)


def test_the_office_is_named_instead_of_the_body(desk: Desk) -> None:
    told = written(desk, served(desk), FollowUp.REGULATOR, office="杭州市互联网信息办公室")
    assert told.letter.handler_name == "杭州市互联网信息办公室"
    assert "杭州市互联网信息办公室" in text(told)
    assert "地方网信部门" not in text(told)
    assert "--office" not in said(told.notices)


def test_an_unknown_body_and_one_that_takes_another_paper_are_refused(desk: Desk) -> None:
    ref = served(desk)
    with pytest.raises(NotFound, match="no body nobody") as missing:
        written(desk, ref, FollowUp.REGULATOR, to="nobody")
    assert "law list authorities" in str(missing.value.hint)
    for to, right in (("market-12315", "consumer"), ("public-security", "police")):
        with pytest.raises(BadInput, match="takes another paper") as caught:
            written(desk, ref, FollowUp.REGULATOR, to=to)
        assert f"--as {right}" in str(caught.value.hint)
    with pytest.raises(BadInput, match="only for state organs"):
        written(desk, ref, FollowUp.REGULATOR, to="superior-organ")


def test_where_the_handler_is_of_no_kind_the_scans_say_what_place_it_is(desk: Desk) -> None:
    scan(desk, park(desk, venue=None), venue=Venue.TELECOM)
    ref = case(desk).case.ref
    sent(desk, ref)
    told = written(desk, ref, FollowUp.REGULATOR)
    assert told.body is not None
    assert told.body.id == "miit-12381"
    assert "第六十五条第一款" in text(told)


def test_a_body_that_takes_papers_from_a_later_day_is_refused_before_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = dict(rule_data.authorities())
    known["local-cac"] = replace(known["local-cac"], since=date(2026, 11, 24))
    monkeypatch.setattr(rule_data, "authorities", lambda: known)
    ref = served(desk)
    with pytest.raises(BadInput, match="from 2026-11-24 only"):
        written(desk, ref, FollowUp.REGULATOR, to="local-cac")
    assert written(days_later(desk, 1), ref, FollowUp.REGULATOR, to="local-cac")


def test_a_body_that_is_not_usual_there_is_written_to_with_a_remark(desk: Desk) -> None:
    told = written(desk, served(desk), FollowUp.REGULATOR, to="PBOC-branch")
    assert told.body is not None
    assert told.body.id == "pboc-branch"
    assert "usually turns to" in said(told.notices)


@pytest.mark.parametrize("venue", [Venue.GOVERNMENT, Venue.POLICE])
def test_of_a_state_organ_the_organ_above_it_is_written_to(desk: Desk, venue: Venue) -> None:
    handler = park(desk, "样例市公安局样例分局", venue=venue)
    scan(desk, handler, venue=venue)
    opened = case(desk)
    assert "--as regulator --to superior-organ" in said(opened.notices)
    sent(desk, opened.case.ref)
    told = written(desk, opened.case.ref, FollowUp.REGULATOR)
    assert told.body is not None
    assert told.body.id == "superior-organ"
    assert told.letter.handler_name == "样例市公安局样例分局的上级机关"
    assert "第六十八条第一款" in text(told)
    with pytest.raises(NotNextStep, match="no business operator"):
        written(desk, opened.case.ref, FollowUp.CONSUMER)


def test_an_answer_must_be_marked_before_it_can_be_complained_of(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    answer(desk, ref, tmp_path, REFUSAL)
    scoring.score(desk, ref, {1: Score.REFUSED}, cites="第十八条")
    with pytest.raises(NotNextStep, match=r"not marked by it yet: .*'2'"):
        written(desk, ref, FollowUp.REGULATOR)
    given(desk, ref, but=1)
    told = written(desk, ref, FollowUp.REGULATOR)
    assert "拒绝，所称依据为“第十八条”" in text(told)


def given(desk: Desk, ref: str, *, but: int) -> None:
    """Mark all items but one as given."""
    items = desk.letters(desk.case(ref))[0].items
    scoring.score(desk, ref, {one.number: Score.GIVEN for one in items if one.number != but})


def test_an_answer_marked_as_half_given_is_never_told_as_a_refusal(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    answer(desk, ref, tmp_path, REFUSAL)
    scoring.score(desk, ref, {1: Score.SILENT})
    given(desk, ref, but=1)
    for kind in (FollowUp.REGULATOR, FollowUp.COURT):
        told = text(written(desk, ref, kind))
        assert "的部分答复。" in told
        assert "拒绝请求的答复" not in told


def test_a_complaint_waits_for_a_persons_word_and_a_report_says_only_that_a_message_came(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    taken = answer(desk, ref, tmp_path, "为核实您的身份，请提供身份证照片。")
    for kind in (FollowUp.REGULATOR, FollowUp.COURT):
        with pytest.raises(NotNextStep, match="Nobody has confirmed yet") as caught:
            written(desk, ref, kind)
        assert f"pirights reply confirm {ref}/2" in str(caught.value.hint)
    told = text(written(desk, ref, FollowUp.PROCURATORATE))
    assert "要求核验身份" not in told
    assert "的来函。" in told
    put_right_replies.confirm(desk, taken.reply.label)
    assert "要求核验身份" in text(written(desk, ref, FollowUp.REGULATOR))


@pytest.mark.parametrize("kind", [FollowUp.REGULATOR, FollowUp.CONSUMER])
def test_where_everything_was_given_only_a_demand_of_ones_own_makes_a_complaint(
    desk: Desk, tmp_path: Path, kind: FollowUp
) -> None:
    ref = served(desk)
    answer(desk, ref, tmp_path, "随函附上您的全部个人信息，请查收附件。")
    first = cases.standing(desk, desk.case(ref)).letters[0]
    scoring.score(desk, ref, {item.number: Score.GIVEN for item in first.items})
    with pytest.raises(NotNextStep, match="nothing to ask") as caught:
        written(desk, ref, kind)
    assert "--demand" in str(caught.value.hint)
    told = written(desk, ref, kind, demands=("请督促其设置提示标识",))
    assert "请督促其设置提示标识" in text(told)
    assert "未获满足。" not in text(told)


def test_a_consumers_complaint_needs_a_consumer_relationship(desk: Desk) -> None:
    handler = park(desk, "样例物业服务有限公司", venue=Venue.RESIDENTIAL)
    scan(desk, handler, venue=Venue.RESIDENTIAL)
    ref = case(desk).case.ref
    sent(desk, ref)
    with pytest.raises(NotNextStep, match="needs a purchase or a service") as caught:
        written(desk, ref, FollowUp.CONSUMER)
    assert "--circumstance customer" in str(caught.value.hint)
    edited(desk, circumstances=(Circumstance.CUSTOMER,))
    assert "系为购买商品或者接受服务而到场" in text(written(desk, ref, FollowUp.CONSUMER))


def test_a_customer_that_the_log_does_not_name_is_not_made_one(desk: Desk) -> None:
    ref = served(desk)
    told = written(desk, ref, FollowUp.CONSUMER)
    assert "而到场" not in text(told)
    assert "--circumstance customer" in said(told.notices)
    assert "Order 121" in said(told.notices)
    assert "27(2)" in said(told.notices)
    edited(desk, ruled_out=(Circumstance.CUSTOMER,))
    with pytest.raises(NotNextStep):
        written(desk, ref, FollowUp.CONSUMER)


def test_a_consumers_complaint_is_not_dated_before_the_regulations(desk: Desk) -> None:
    scan(desk, park(desk), at=datetime(2024, 5, 1, 10, 5, tzinfo=UTC))
    ref = case(desk, on=date(2024, 5, 2)).case.ref
    sent(desk, ref, on=date(2024, 5, 2))
    with pytest.raises(BadInput, match="not in force"):
        written(desk, ref, FollowUp.CONSUMER, on=date(2024, 6, 30))
    assert written(desk, ref, FollowUp.CONSUMER, on=date(2024, 7, 1))


def test_a_relative_of_a_deceased_reports_and_brings_no_consumers_complaint(desk: Desk) -> None:
    late = directory.add_person(
        desk,
        Person(
            id=0,
            name="林建国",
            capacity=Capacity.RELATIVE,
            kinship=Kinship.SON,
            representative=1,
            interest="查明逝者办理年卡的情况",
        ),
    )
    number = late.person.id if hasattr(late, "person") else late.id
    scan(desk, park(desk))
    ref = requests.new(
        desk, Wish(handler=1, person=number, rights=(Right.ACCESS,), on=date(2026, 11, 21))
    ).case.ref
    sent(desk, ref)
    with pytest.raises(NotNextStep, match="the consumer's own"):
        written(desk, ref, FollowUp.CONSUMER)
    told = text(written(desk, ref, FollowUp.REGULATOR))
    assert "对逝者进行了人脸验证" in told
    assert "投诉人：林知远" in told


def test_an_ordinary_dispute_is_not_for_the_police(desk: Desk) -> None:
    ref = served(desk)
    with pytest.raises(NotNextStep, match="ordinary dispute") as caught:
        written(desk, ref, FollowUp.POLICE)
    hint = str(caught.value.hint)
    for option in ("private-space", "public-security-system", "other-use", "--as regulator"):
        assert option in hint


@pytest.mark.parametrize(
    ("facts", "article"),
    [
        ({"circumstances": (Circumstance.PRIVATE_SPACE,)}, "第八条第一款"),
        (
            {"circumstances": (Circumstance.PUBLIC_SECURITY_SYSTEM,), "notice": Answer.NO},
            "第十三条",
        ),
        ({"mode": ScanMode.COVERT, "circumstances": (Circumstance.OTHER_USE,)}, "第七条第三款"),
        (
            {
                "mode": ScanMode.IDENTIFICATION,
                "purpose": "会员营销",
                "venue": Venue.SHOP,
                "public_place": Answer.YES,
            },
            "第九条第一款",
        ),
        (
            {"circumstances": (Circumstance.FAMILY_USE,), "public_place": Answer.YES},
            "第七条第三款",
        ),
    ],
)
def test_the_police_are_told_of_what_they_take_even_before_the_request_has_left(
    desk: Desk, facts: dict[str, Any], article: str
) -> None:
    ref = begun(desk)
    edited(desk, **facts)
    told = written(desk, ref, FollowUp.POLICE)
    assert article in text(told)
    assert "110" in said(told.notices)
    assert told.letter.handler_name == "公安机关"
    edited(desk, at=datetime(2025, 3, 31, 10, 5, tzinfo=UTC), **facts)
    with pytest.raises(NotNextStep):
        written(desk, ref, FollowUp.POLICE)


def test_the_police_are_not_told_of_the_police(desk: Desk) -> None:
    scan(desk, park(desk, venue=Venue.POLICE), circumstances=(Circumstance.PRIVATE_SPACE,))
    with pytest.raises(NotNextStep, match="the police itself") as caught:
        written(desk, case(desk).case.ref, FollowUp.POLICE)
    assert "--as regulator" in str(caught.value.hint)


def test_a_private_device_in_no_public_place_is_not_for_the_police(desk: Desk) -> None:
    ref = begun(desk)
    edited(desk, circumstances=(Circumstance.FAMILY_USE,), public_place=Answer.NO)
    with pytest.raises(NotNextStep):
        written(desk, ref, FollowUp.POLICE)


def test_scans_that_do_not_fit_are_left_out_of_the_report_to_the_police(desk: Desk) -> None:
    handler = park(desk)
    scan(desk, handler, place="更衣室", circumstances=(Circumstance.PRIVATE_SPACE,))
    scan(desk, handler, place="东门闸机")
    told = written(desk, case(desk).case.ref, FollowUp.POLICE)
    assert "在更衣室" in text(told)
    assert "在东门闸机" not in text(told)
    assert "E2" in said(told.notices)


def test_a_lead_needs_many_and_says_how_that_is_known(desk: Desk) -> None:
    handler = park(desk, venue=Venue.WORKPLACE)
    scan(desk, handler, venue=Venue.WORKPLACE)
    ref = case(desk).case.ref
    with pytest.raises(NotNextStep, match="more than one") as caught:
        written(desk, ref, FollowUp.PROCURATORATE)
    assert "--affected" in str(caught.value.hint)
    told = written(desk, ref, FollowUp.PROCURATORATE, affected="全厂约八百名员工，据公告栏")
    assert "全厂约八百名员工，据公告栏" in text(told)
    assert "尚未就上列事实" in text(told)
    edited(desk, circumstances=(Circumstance.MANY_FACES,))
    assert "达到10万人" in text(written(desk, ref, FollowUp.PROCURATORATE))


def test_a_paper_of_the_same_kind_that_lies_ready_comes_first(desk: Desk) -> None:
    ref = served(desk)
    escalating.keep(desk, written(desk, ref, FollowUp.REGULATOR))
    with pytest.raises(NotNextStep, match="written and not sent yet"):
        written(desk, ref, FollowUp.REGULATOR)
    assert written(desk, ref, FollowUp.CONSUMER)
    assert written(days_later(desk, 60), ref, FollowUp.REMINDER), "the handler is another matter"


def test_it_turns_the_stage_and_leaves_clock_and_reminder_alone(desk: Desk) -> None:
    ref = served(desk)
    before = cases.standing(desk, desk.case(ref))
    kept = escalating.keep(desk, written(desk, ref, FollowUp.REGULATOR))
    drafted = cases.standing(desk, desk.case(ref))
    assert drafted.stage is before.stage
    dispatching.sent(desk, kept.letter.label, channel=Channel.WEBFORM, on=TODAY)
    dispatching.received(desk, kept.letter.label, on=TODAY)
    after = cases.standing(desk, desk.case(ref))
    assert after.stage is Stage.ESCALATED_REGULATOR
    due = [(one.id, one.on) for one in before.deadlines]
    assert [(one.id, one.on) for one in after.deadlines] == due
    assert written(days_later(desk, 60), ref, FollowUp.REMINDER)


def test_it_and_its_proofs_are_exhibits_of_the_complaint(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    kept = escalating.keep(desk, written(desk, ref, FollowUp.REGULATOR))
    proof = tmp_path / "回执.txt"
    proof.write_text("受理编号 1", encoding="utf-8")
    dispatching.sent(desk, kept.letter.label, channel=Channel.WEBFORM, on=TODAY, proofs=(proof,))
    found = {
        piece.owner: piece.exhibit.group for piece in exhibits.gathered(desk, cases.show(desk, ref))
    }
    assert found[kept.letter.label] is Group.COMPLAINT
    assert found[f"{ref}/1"] is Group.REQUEST
    groups = [
        piece.exhibit.group
        for piece in exhibits.gathered(desk, cases.show(desk, ref))
        if piece.owner == kept.letter.label
    ]
    assert groups == [Group.COMPLAINT, Group.COMPLAINT]


def test_the_evidence_listed_is_what_the_bundle_holds_but_for_drafts(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    sign = tmp_path / "闸机\U0001f984标识.txt"
    sign.write_text("现场照片", encoding="utf-8")
    encounters.attach(desk, 1, [sign])
    escalating.keep(desk, written(desk, ref, FollowUp.CONSUMER))
    told = text(written(desk, ref, FollowUp.REGULATOR))
    assert "人脸识别经过记录" in told
    assert "个人信息权益行使请求书（2026-11-21）" in told
    assert "消费者投诉书（" not in told
    assert "[U+1F984]" in told, "a file's own name stops no letter"


def test_a_draft_mail_of_it_is_addressed_to_nobody(desk: Desk, tmp_path: Path) -> None:
    scan(desk, park(desk, email="privacy@park.example"))
    ref = case(desk).case.ref
    sent(desk, ref)
    kept = escalating.keep(desk, written(desk, ref, FollowUp.REGULATOR))
    out = tmp_path / "投诉.eml"
    done = rendering.render(desk, kept.letter.label, form=Form.EML, out=out)
    assert "not to the handler" in said(done.notices)
    mail = message_from_bytes(out.read_bytes(), policy=default)
    assert "privacy@park.example" not in str(mail["To"] or "")
    assert "privacy@park.example" not in out.read_text(encoding="utf-8").partition("\n\n")[0]


@pytest.mark.parametrize("kind", OPEN)
def test_it_is_written_in_each_language(desk: Desk, kind: FollowUp) -> None:
    ref = served(desk)
    for letters in Letters:
        assert written(desk, ref, kind, letters=letters).letter.letters is letters


@pytest.mark.parametrize(
    ("field", "details"),
    [
        ("office", {"office": "某某办公室\U0001f984"}),
        ("demand", {"demands": ("请处理\U0001f984",)}),
    ],
)
def test_a_character_without_a_glyph_is_named_with_its_field(
    desk: Desk, field: str, details: dict[str, Any]
) -> None:
    with pytest.raises(MissingGlyph, match=field):
        written(desk, served(desk), FollowUp.REGULATOR, **details)


def test_a_place_without_a_glyph_is_named_too(desk: Desk) -> None:
    ref = served(desk)
    edited(desk, place="东门\U0001f984")
    with pytest.raises(MissingGlyph, match=r"E1\.place"):
        written(desk, ref, FollowUp.REGULATOR)


def test_options_belong_to_their_kinds(desk: Desk) -> None:
    ref = served(desk)
    with pytest.raises(BadInput, match="--demand belongs"):
        written(desk, ref, FollowUp.POLICE, demands=("x",))
    with pytest.raises(BadInput, match="--affected belongs"):
        written(desk, ref, FollowUp.REGULATOR, affected="x")
    with pytest.raises(BadInput, match="--office belongs"):
        written(desk, ref, FollowUp.REMINDER, office="x")


def test_a_paper_is_not_dated_before_a_scan_or_the_request(desk: Desk) -> None:
    ref = served(desk)
    with pytest.raises(BadInput):
        written(desk, ref, FollowUp.REGULATOR, on=date(2026, 11, 20))
    with pytest.raises(BadInput, match="before encounter"):
        written(desk, ref, FollowUp.PROCURATORATE, on=date(2026, 11, 19))


def test_a_lead_is_not_dated_before_the_law_on_public_interest_suits(desk: Desk) -> None:
    scan(desk, park(desk), at=datetime(2021, 9, 1, 10, 5, tzinfo=UTC))
    ref = case(desk).case.ref
    with pytest.raises(BadInput, match="article 70"):
        written(desk, ref, FollowUp.PROCURATORATE, on=date(2021, 10, 31))


def test_only_complaints_have_texts_for_web_forms(desk: Desk) -> None:
    ref = served(desk, Right.ACCESS, Right.COPY, Right.DELETE)
    with pytest.raises(BadInput, match="made to be sent whole"):
        form_fields.of_letter(desk, ref)
    kept = escalating.keep(desk, written(desk, ref, FollowUp.REGULATOR))
    found = form_fields.of_letter(desk, kept.letter.label)
    names = {one.name for one in found.fields if not one.limit}
    assert {"投诉人", "被投诉人", "投诉请求", "事实", "证据清单", "请核查的事项"} <= names
    assert {one.part for one in found.fields} == {"第一部分 投诉", "第二部分 举报"}
    report = [one.text for one in found.fields if one.part == "第二部分 举报"]
    assert not any("请督促" in one for one in report)
    assert all(one.limit == 0 or one.characters <= one.limit for one in found.fields)


def test_of_a_paper_in_two_languages_the_texts_speak_of_one(desk: Desk) -> None:
    ref = served(desk, Right.ACCESS)
    both = escalating.preview(desk, ref, FollowUp.REGULATOR, letters=Letters.BOTH)
    assert "以中文、英文书写" in text(both)
    kept = escalating.keep(desk, both)
    found = form_fields.of_letter(desk, kept.letter.label)
    assert not [one for one in found.fields if "英文" in one.text]


def test_the_paper_says_by_what_way_it_is_handed_in(desk: Desk) -> None:
    ref = served(desk, Right.ACCESS)
    local = text(written(desk, ref, FollowUp.REGULATOR))
    assert "地方网信部门（受理机关全称：____________________）" in local
    assert "该机关公布的投诉、举报渠道：____" in local
    centre = text(written(desk, ref, FollowUp.REGULATOR, to="cac-reporting-centre"))
    assert "举报热线12377；网站 www.12377.cn" in centre
    assert "受理机关全称" not in centre


def test_fifty_scans_make_one_paper_and_short_texts(desk: Desk) -> None:
    handler = park(desk)
    for minute in range(50):
        scan(desk, handler, at=datetime(2026, 11, 20, 10, minute, tzinfo=UTC))
    ref = case(desk).case.ref
    sent(desk, ref)
    kept = escalating.keep(desk, written(desk, ref, FollowUp.REGULATOR))
    assert "第1至50项事实" in text(kept)
    found = form_fields.of_letter(desk, kept.letter.label)
    cut = [one for one in found.fields if one.limit and one.name.startswith("事实")]
    assert [one.limit for one in cut] == [1000, 500, 1000, 500][: len(cut)]
    assert all(one.text.endswith("。（其余见所附材料。）") for one in cut)


def test_a_paper_to_an_authority_is_chinese_too_where_the_request_was_english(desk: Desk) -> None:
    ref = begun(desk, letters=Letters.EN)
    sent(desk, ref)
    arrived(desk, ref)
    late = days_later(desk, 60)
    for kind in (*OPEN, FollowUp.COURT):
        told = written(late, ref, kind)
        assert told.letter.letters is Letters.BOTH, kind
        assert not told.letter.handler_name.isascii(), kind
    assert written(late, ref, FollowUp.REMINDER).letter.letters is Letters.EN
    own = written(late, ref, FollowUp.REGULATOR, letters=Letters.EN)
    assert own.letter.letters is Letters.EN, "whoever says so has it so"
