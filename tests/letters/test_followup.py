"""The letters that follow a request: what they say of the case, the same in both languages."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from pirights import law_data, rule_data
from pirights.domain.dispatch import Channel, Dispatch, Letter
from pirights.domain.document import Block, Document, Item, Language, Letters
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Period, TimeUnit
from pirights.domain.period import Force
from pirights.domain.request import Right, Score
from pirights.letters import compose, followup, template
from pirights.letters.followup import FollowUpBrief
from pirights.letters.wordlists import FOREIGN
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters.briefs import HANDLER, PERSON, REF, brief, strings
from tests.letters.test_fill import HOSTILE

LAWS: Final = law_data.laws()
CLASSIC: Final = (FollowUp.REMINDER, FollowUp.INCOMPLETE, FollowUp.REASONS)
"""Those that are composed from the scores and the clock of the request."""

SCORES: Final = (Score.GIVEN, Score.PARTIAL, Score.REFUSED, Score.SILENT, Score.REFUSED)


def first() -> Letter:
    """A request of access, copy and correction; sent, arrived, and scored."""
    told = brief(rights=(Right.ACCESS, Right.COPY, Right.CORRECT))
    asked, document = compose.request(told, LAWS)
    marked = tuple(
        replace(item, score=SCORES[number % 5], refused_under="《某办法》第三条" * (number == 2))
        for number, item in enumerate(asked)
    )
    return Letter(
        id=1,
        ref=REF,
        number=1,
        kind="request",
        on=date(2026, 9, 12),
        letters=Letters.ZH,
        handler_name=HANDLER.name,
        items=marked,
        document=document,
        dispatch=Dispatch(channel=Channel.EMS, on=date(2026, 9, 13), tracking="1098765432199"),
        arrived_on=date(2026, 9, 16),
    )


def told(kind: FollowUp, letters: Letters = Letters.ZH, **more: object) -> FollowUpBrief:
    request = first()
    asked = [one for one in request.items if one.right is not None]
    wanted = {
        FollowUp.REMINDER: (),
        FollowUp.REASONS: tuple(
            one for one in asked if one.score is Score.REFUSED and not one.refused_under
        ),
        FollowUp.INCOMPLETE: tuple(one for one in asked if one.score is not Score.GIVEN),
    }
    made = FollowUpBrief(
        kind=kind,
        label=f"{REF}/3",
        person=PERSON,
        handler=HANDLER,
        first=request,
        letters=letters,
        on=date(2026, 11, 20),
        by=date(2026, 12, 7),
        zone="Asia/Shanghai",
        due_on=date(2026, 10, 13) if kind is FollowUp.REMINDER else None,
        due_force=Force.PROMISE if kind is FollowUp.REMINDER else None,
        replied_on=None if kind is FollowUp.REMINDER else date(2026, 10, 9),
        items=wanted[kind],
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def text(paper: Document) -> str:
    return "\n".join(strings(paper))


def shape(paper: Document) -> list[tuple[type[Block], int]]:
    return [(type(block), block.number if isinstance(block, Item) else 0) for block in paper.blocks]


@pytest.mark.parametrize("kind", CLASSIC)
@pytest.mark.parametrize("letters", Letters)
def test_the_letter_reads_as_the_golden_one(
    kind: FollowUp, letters: Letters, golden: Golden
) -> None:
    paper = followup.written(told(kind, letters), LAWS)
    golden(f"letters/followup-{kind}.{letters}.txt", to_text(paper))


@pytest.mark.parametrize("kind", CLASSIC)
def test_both_languages_have_the_same_blocks(kind: FollowUp) -> None:
    zh, en = (followup.written(told(kind, one), LAWS) for one in (Letters.ZH, Letters.EN))
    assert shape(zh) == shape(en)
    assert zh.title == template.load(kind, Language.ZH).title


@pytest.mark.parametrize("kind", CLASSIC)
@pytest.mark.parametrize("letters", Letters)
def test_no_letter_claims_a_statutory_day_threatens_or_speaks_european_law(
    kind: FollowUp, letters: Letters
) -> None:
    said = text(followup.written(told(kind, letters), LAWS))
    assert not FOREIGN.search(said)
    assert "不是法定期限" in said or "not a statutory period" in said
    for word in ("否则后果自负", "曝光", "媒体", "犯罪", "严惩", "press", "crime", "or else"):
        assert word not in said


def test_the_reminder_says_when_the_request_left_arrived_and_was_promised_an_answer() -> None:
    said = text(followup.written(told(FollowUp.REMINDER), LAWS))
    for part in ("2026年9月13日", "单号 1098765432199", "2026年9月16日到达", "截至本函之日"):
        assert part in said
    assert "贵方承诺的答复日期为2026年10月13日" in said
    assert "第四十五条第二款" in said
    assert "第四十六条第二款" in said


def test_without_a_promise_the_day_is_what_the_request_suggested() -> None:
    made = told(FollowUp.REMINDER, due_force=Force.STANDARD)
    said = text(followup.written(made, LAWS))
    assert "原请求书参照推荐性国家标准 GB/T 35273-2020 建议的答复日期为2026年10月13日" in said


def test_the_day_of_a_sectors_rule_is_named_with_its_article_and_what_stands_behind_it() -> None:
    rules = rule_data.periods()
    credit = told(FollowUp.REMINDER, due_force=Force.STATUTORY, due_rule=rules["credit-objection"])
    said = text(followup.written(credit, LAWS))
    assert "20日内核查、处理，并书面答复结果（《征信业管理条例》第二十五条第二款）" in said
    assert "该期限由行政法规规定，已于2026年10月13日届满" in said
    app = told(FollowUp.REMINDER, due_force=Force.STANDARD, due_rule=rules["app-handling"])
    said = text(followup.written(app, LAWS))
    assert "《App违法违规收集使用个人信息行为认定方法》第六部分" in said
    assert "四部门的执法认定标准，该日数不是法定期限" in said


def test_a_published_promise_is_cited_with_its_page_its_day_and_the_captures_sum() -> None:
    theirs = replace(
        HANDLER,
        policy_days=Period(amount=15, unit=TimeUnit.WORKING_DAY),
        policy_url="https://park.example/privacy",
        policy_sha256="4b7d" * 16,
        policy_seen=date(2026, 9, 10),
    )
    made = told(FollowUp.REMINDER, handler=theirs, published=True)
    zh = text(followup.written(made, LAWS))
    assert (
        "（https://park.example/privacy，本人于2026年9月10日查看），该期限已于2026年10月13日" in zh
    )
    assert theirs.policy_sha256 in zh
    en = text(followup.written(replace(made, letters=Letters.EN), LAWS))
    assert "(https://park.example/privacy, seen by me on 10 September 2026)" in en
    assert theirs.policy_sha256 in en


def test_a_promise_in_the_case_is_named_by_the_day_on_which_it_was_given() -> None:
    made = told(FollowUp.REMINDER, promised_on=date(2026, 9, 20))
    said = text(followup.written(made, LAWS))
    assert "贵方于2026年9月20日告知的答复期限，已于2026年10月13日届满" in said


def test_an_acknowledgement_is_not_called_silence() -> None:
    made = told(FollowUp.REMINDER, acknowledged_on=date(2026, 9, 20))
    said = text(followup.written(made, LAWS))
    assert "贵方于2026年9月20日表示已收到" in said
    assert "未收到贵方" not in said


def test_only_what_was_refused_without_a_provision_is_asked_for_its_reasons() -> None:
    paper = followup.written(told(FollowUp.REASONS), LAWS)
    numbers = [block.number for block in paper.blocks if isinstance(block, Item)]
    refused = [one.number for one in first().items if one.score is Score.REFUSED and one.right]
    assert 3 in refused
    assert numbers == [number for number in refused if number != 3]


def test_what_was_given_is_not_asked_again_and_the_count_is_told() -> None:
    paper = followup.written(told(FollowUp.INCOMPLETE), LAWS)
    items = {block.number: block.text for block in paper.blocks if isinstance(block, Item)}
    given = {one.number for one in first().items if one.score is Score.GIVEN}
    assert not given & set(items)
    assert "贵方所引依据：《某办法》第三条" in items[3]
    assert "列明10项请求（含一并询问的事项1项，不计入以下统计）" in text(paper)
    assert "9项请求中，已满足2项，部分满足2项，拒绝3项，未作答复2项" in text(paper)


def test_the_counts_add_up_and_what_waits_for_the_copy_is_named_apart() -> None:
    request = first()
    items = tuple(
        replace(
            one,
            after_receipt=one.number in {1, 2},
            score=Score.OPEN if one.number in {1, 2} else one.score,
        )
        for one in request.items
    )
    made = told(FollowUp.INCOMPLETE, first=replace(request, items=items))
    zh = text(followup.written(made, LAWS))
    assert "7项请求中，已满足1项，部分满足1项，拒绝3项，未作答复2项。另有2项须待" in zh
    en = text(followup.written(replace(made, letters=Letters.EN), LAWS))
    assert (
        "of 7 items 1 is met, 1 is met in part, 3 are refused and 2 are not answered. 2 more are "
        "to be done only after I have received the copy, and are not counted here." in en
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_is_never_markup(hostile: str) -> None:
    request = first()
    items = tuple(replace(one, refused_under=hostile) for one in request.items)
    made = replace(
        told(FollowUp.INCOMPLETE),
        first=replace(request, items=items),
        items=tuple(one for one in items if one.score is Score.REFUSED),
        person=replace(PERSON, name=hostile),
    )
    paper = followup.written(made, LAWS)
    plain = followup.written(told(FollowUp.INCOMPLETE), LAWS)
    assert {type(block) for block in paper.blocks} == {type(block) for block in plain.blocks}
    assert hostile.strip() in text(paper)
