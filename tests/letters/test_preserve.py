"""The notice to preserve: what of each scan, until when, and why; equal in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from pirights import law_data
from pirights.domain.dispatch import Channel, Dispatch, Letter
from pirights.domain.document import Document, Item, Language, Letters
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Venue
from pirights.letters import preserve, template, vocabulary
from pirights.letters.preserve import Kept, PreserveBrief
from pirights.letters.wordlists import FOREIGN
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters.briefs import HANDLER, PERSON, REF, brief, scan, strings, written
from tests.letters.test_fill import HOSTILE
from tests.letters.test_vocabulary import misfits

LAWS: Final = law_data.laws()


def request(*, sent: bool = True, day: date = date(2026, 11, 20)) -> Letter:
    asked, document = written(brief(day))
    return Letter(
        id=1,
        ref=REF,
        number=1,
        kind="request",
        on=date(2026, 11, 23),
        letters=Letters.ZH,
        handler_name=HANDLER.name,
        items=asked,
        document=document,
        dispatch=Dispatch(channel=Channel.EMS, on=date(2026, 11, 23)) if sent else None,
    )


def at(hour: int, minute: int, **more: object) -> Encounter:
    made = replace(scan(), at=datetime(2026, 11, 20, hour, minute, tzinfo=UTC))
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def told(letters: Letters = Letters.ZH, **more: object) -> PreserveBrief:
    """Four scans: a park, a shop that refused, an app, and a park whose day has passed."""
    made = PreserveBrief(
        label=f"{REF}/2",
        person=PERSON,
        handler=HANDLER,
        first=request(),
        scans=(
            Kept(encounter=scan(), until=date(2026, 12, 20)),
            Kept(
                encounter=at(15, 55, place="样例商店西门", refused=True, about=True),
                outside=True,
            ),
            Kept(encounter=at(6, 0, place="样例应用", venue=Venue.APP), camera=False),
            Kept(encounter=scan(date(2026, 9, 1)), until=date(2026, 10, 1)),
        ),
        letters=letters,
        on=date(2026, 11, 24),
        by=date(2026, 12, 9),
        zone="Asia/Shanghai",
        identify_by=("年卡号 YX-2026-0317",),
        holds_deletion=True,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def text(one: PreserveBrief) -> str:
    return "\n".join(strings(preserve.written(one, LAWS)))


def items(paper: Document) -> list[Item]:
    return [block for block in paper.blocks if isinstance(block, Item)]


@pytest.mark.parametrize("letters", Letters)
def test_the_letter_reads_as_the_golden_one(letters: Letters, golden: Golden) -> None:
    paper = preserve.written(told(letters), LAWS)
    golden(f"letters/preserve.{letters}.txt", to_text(paper))


@pytest.mark.parametrize("letters", Letters)
def test_it_claims_no_statutory_day_and_does_not_threaten(letters: Letters) -> None:
    said = text(told(letters))
    assert not FOREIGN.search(said)
    assert "不是法定期限" in said or "not a statutory period" in said
    for word in ("否则", "后果自负", "曝光", "犯罪", "press", "crime", "or else"):
        assert word not in said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("full", [True, False])
def test_the_template_gets_what_is_declared_and_nothing_else(
    language: Language, full: bool
) -> None:
    one = told() if full else told(scans=(), first=request(sent=False), identify_by=())
    declared = vocabulary.of("preserve", language)
    assert declared is not None
    source = template.load("preserve", language)
    assert misfits(declared, preserve.values(one, source, LAWS)) == []


def test_each_scan_has_its_place_its_span_and_its_own_day() -> None:
    park, shop, app, old = items(preserve.written(told(), LAWS))[:4]
    assert park.text.startswith("2026年11月20日09时50分至10时20分，样例乐园东门3号闸机：")
    for word in (
        "监控视频",
        "抓拍",
        "特征模板",
        "比对记录",
        "通行记录",
        "至少保存至2026年12月20日",
    ):
        assert word in park.text
    assert park.basis.endswith("第十七条")
    assert shop.text.startswith("2026年11月20日22时55分至2026年11月21日00时55分，样例商店西门：")
    assert "本人未接受人脸识别" in shop.text
    assert "有无最短保存期限，本人未能确定" in shop.text
    assert shop.basis == ""
    assert "视频" not in app.text
    assert "登录和操作记录" in app.text
    assert "该日已过，视频尚存的，请继续保存" in old.text


def test_the_day_itself_is_not_yet_past() -> None:
    one = Kept(encounter=scan(), until=date(2026, 12, 20))
    assert "该日已过" not in text(told(scans=(one,), on=date(2026, 12, 20)))
    assert "该日已过" in text(told(scans=(one,), on=date(2026, 12, 21)))


def test_the_thirty_days_are_not_spoken_of_where_they_are_not_known_to_apply() -> None:
    said = text(told(scans=(Kept(encounter=scan()),)))
    assert "30日" not in said
    assert "公共安全视频图像信息系统" not in said
    assert "第九条第二款" not in said
    assert "取决于贵方自己的设置" in said
    outside = text(told(scans=(Kept(encounter=scan(), outside=True),)))
    assert "第九条第二款" in outside
    assert "30日" not in outside
    assert "三十日" not in outside


def test_where_every_period_is_known_none_is_called_unknown() -> None:
    said = text(told(scans=(Kept(encounter=scan(), until=date(2026, 12, 20)),)))
    assert "取决于贵方自己的设置" not in said
    assert "30日后处理目的已经实现的，应当删除" in said


def test_the_present_law_is_cited_for_what_may_still_be_stored_only() -> None:
    from pirights.domain.encounter import Circumstance

    old = scan(date(2019, 10, 17))
    gone = replace(old, circumstances=(Circumstance.DATA_GONE,))
    assert "第四十五条第一款" in text(told(scans=(Kept(encounter=old),)))
    said = text(told(scans=(Kept(encounter=gone),)))
    assert "个人信息保护法" not in said.replace("个人信息保护法》等", "")


@pytest.mark.parametrize(("on", "cited"), [(date(2023, 12, 31), False), (date(2024, 1, 1), True)])
def test_the_court_is_named_by_the_procedural_law_of_the_letters_day(on: date, cited: bool) -> None:
    one = Kept(encounter=scan(date(2023, 5, 1)))
    assert ("第八十四条第二款" in text(told(scans=(one,), on=on))) is cited


def test_a_request_that_never_left_is_not_spoken_of() -> None:
    said = text(told(first=request(sent=False)))
    assert "原请求书编号" not in said
    assert "本人已于" not in said
    assert f"编号为 {REF}/1" in text(told())


def test_deletion_waits_only_where_it_was_asked() -> None:
    assert "暂缓办理" in text(told())
    assert "暂缓办理" not in text(told(holds_deletion=False))


def test_the_questions_are_marked_as_no_right_and_numbered_on() -> None:
    numbers = [one.number for one in items(preserve.written(told(), LAWS))]
    assert numbers == [1, 2, 3, 4, 5, 6, 7]
    assert all(not one.basis for one in items(preserve.written(told(), LAWS))[4:])
    assert "本人不作为法定权利主张" in text(told())


def test_a_span_elsewhere_is_in_the_clock_of_its_zone() -> None:
    there = at(2, 5, zone="Asia/Tokyo")
    assert preserve.window(there, Language.EN) == "10:50 to 11:20 (Asia/Tokyo) on 20 November 2026"
    assert preserve.window(there, Language.ZH).endswith("（Asia/Tokyo时区）")


def test_two_hundred_scans_are_two_hundred_items() -> None:
    many = tuple(Kept(encounter=scan(number=number)) for number in range(1, 201))
    assert len(items(preserve.written(told(scans=many), LAWS))) == 203


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_is_never_markup(hostile: str) -> None:
    one = replace(scan(), place=hostile)
    made = told(
        scans=(Kept(encounter=one, until=date(2026, 12, 20)),),
        identify_by=(hostile,),
        person=replace(PERSON, name=hostile),
        handler=replace(HANDLER, name=hostile, address=hostile),
    )
    plain = told(scans=(Kept(encounter=scan(), until=date(2026, 12, 20)),))
    paper = preserve.written(made, LAWS)
    assert [type(block) for block in paper.blocks] == [
        type(block) for block in preserve.written(plain, LAWS).blocks
    ]
    assert "\n".join(strings(paper)).count(hostile.strip()) >= 3
