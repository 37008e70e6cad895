"""What to do next about what a reply seems to say."""

from dataclasses import replace
from datetime import date

import pytest

from pirights.domain.adjustment import Adjustment, AdjustmentKind
from pirights.domain.case import Stage
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Period, TimeUnit
from pirights.domain.next_step import Act
from pirights.domain.reply import Reply, ReplyAmendment, ReplyKind
from pirights.domain.request import Score
from tests.domain.test_next_step import REF, letter, runs, scored, step

CAME = date(2026, 10, 20)
RESTING = [
    *(ReplyKind.IDENTITY_REQUIRED, ReplyKind.FORM_REQUIRED, ReplyKind.MORE_INFORMATION),
    *(ReplyKind.GIVEN, ReplyKind.PARTIAL, ReplyKind.NO_DATA, ReplyKind.REFUSED, ReplyKind.EXEMPT),
]


def suggested(kind: ReplyKind, text: str = "") -> Reply:
    return Reply(id=2, ref=REF, number=2, on=CAME, kind=kind, text=text)


@pytest.mark.parametrize("kind", RESTING)
def test_what_hangs_on_a_suggestion_is_confirmed_first(kind: ReplyKind) -> None:
    asked = step(letter(), suggested(kind), stage=Stage.ANSWERED)
    assert asked.act is Act.CONFIRM
    assert asked.command == f"pirights reply confirm {REF}/2"
    assert f"reply correct {REF}/2 --kind KIND" in str(asked.why)
    assert asked.is_for_me
    sure = replace(suggested(kind), confirmed_on=CAME)
    assert step(letter(), sure, stage=Stage.ANSWERED).act is not Act.CONFIRM


@pytest.mark.parametrize("kind", [ReplyKind.ACKNOWLEDGEMENT, ReplyKind.TRANSFERRED])
def test_what_nothing_hangs_on_needs_no_word(kind: ReplyKind) -> None:
    assert step(letter(), suggested(kind)).act is not Act.CONFIRM


def test_what_is_not_clear_is_read_first_unless_the_items_were_marked_by_it() -> None:
    demand = replace(suggested(ReplyKind.IDENTITY_REQUIRED), confirmed_on=CAME)
    picture = replace(suggested(ReplyKind.UNKNOWN), number=3)
    asked = step(letter(), demand, picture, stage=Stage.NEEDS_ME)
    assert asked.act is Act.CONFIRM
    assert asked.command == f"pirights reply correct {REF}/3 --kind KIND --because TEXT"
    assert f"pirights reply score {REF} --item 1=given" in str(asked.why)
    assert "given" not in str(asked.what)
    marked = letter(items=scored(Score.REFUSED, Score.OPEN), scored_with=3)
    assert step(marked, demand, picture, stage=Stage.ANSWERED).act is Act.SCORE
    past = ReplyAmendment(on=CAME, because="x", kind=picture.kind, came_on=CAME, was=f"{REF}/3")
    thanks = replace(picture, kind=ReplyKind.ACKNOWLEDGEMENT, amendments=(past,))
    assert step(letter(), demand, thanks, stage=Stage.NEEDS_ME).act is Act.PROVE_IDENTITY


def test_marks_of_the_items_are_a_persons_word_on_an_answer_and_not_on_a_demand() -> None:
    request = letter(items=scored(Score.REFUSED, Score.OPEN))
    answered = step(request, suggested(ReplyKind.REFUSED), stage=Stage.ANSWERED)
    assert answered.act is Act.SCORE
    demanded = step(request, suggested(ReplyKind.IDENTITY_REQUIRED), stage=Stage.NEEDS_ME)
    assert demanded.act is Act.CONFIRM


def test_marks_are_no_word_on_an_answer_that_came_after_them() -> None:
    items = scored(Score.REFUSED, Score.SILENT)
    second = letter(3, FollowUp.INCOMPLETE)
    later = replace(suggested(ReplyKind.REFUSED), number=4)
    asked = step(letter(items=items, scored_with=2), second, later, stage=Stage.ANSWERED)
    assert (asked.act, asked.command) == (Act.CONFIRM, f"pirights reply confirm {REF}/4")
    sure = replace(later, confirmed_on=CAME)
    anew = step(letter(items=items, scored_with=2), second, sure, stage=Stage.ANSWERED)
    assert anew.act is Act.SCORE
    assert "after the items were marked" in str(anew.why)
    for number in (4, 5, 0):  # 0: marked before that was kept
        request = letter(items=items, scored_with=number)
        assert step(request, second, later, stage=Stage.ANSWERED).act is Act.COMPLAIN


def test_a_kind_that_was_corrected_is_a_persons_word() -> None:
    past = ReplyAmendment(on=CAME, because="x", kind=ReplyKind.GIVEN, came_on=CAME, was=f"{REF}/2")
    one = replace(suggested(ReplyKind.REFUSED), amendments=(past,))
    assert one.is_confirmed
    assert not replace(one, kind=ReplyKind.GIVEN).is_confirmed  # only its day was corrected


@pytest.mark.parametrize(
    ("kind", "text", "command"),
    [
        (ReplyKind.EXTENDED, "我们将于2026年12月15日前答复。", "extend {} --until 2026-12-15"),
        (ReplyKind.EXTENDED, "预计再延长15个工作日。", "extend {} 15wd"),
        (ReplyKind.EXTENDED, "还需要一些时间。", "extend {} --until DATE"),
        (ReplyKind.ACKNOWLEDGEMENT, "预计15个工作日内答复。", "promise {} 15wd"),
        (
            ReplyKind.ACKNOWLEDGEMENT,
            "We will reply by 15 December.",
            "promise {} --until 2026-12-15",
        ),
    ],
)
def test_a_time_that_a_reply_names_is_proposed_with_its_source(
    kind: ReplyKind, text: str, command: str
) -> None:
    found = step(letter(), suggested(kind, text), stage=Stage.ACKNOWLEDGED)
    assert found.act is Act.NOTE_TIME
    where = f"--at 2026-10-20 --source {REF}/2"
    assert found.command == f"pirights case {command.format(REF)} {where}"
    assert f"{REF}/2" in str(found.why)


def test_a_time_that_is_written_down_or_runs_already_is_not_asked_for_again() -> None:
    one = suggested(ReplyKind.EXTENDED, "我们将于2026年12月15日前答复。")
    noted = Adjustment(
        id=1, ref=REF, kind=AdjustmentKind.EXTENSION, on=CAME, source=one.label, until=CAME
    )
    assert step(letter(), one, noted=[noted]).act is Act.WAIT
    earlier = replace(noted, on=date(2026, 10, 1), source="")
    assert step(letter(), one, noted=[earlier]).act is Act.NOTE_TIME
    day = date(2026, 12, 15)
    assert step(letter(), one, deadlines=[runs("answer", day)]).act is Act.WAIT


def test_what_the_handlers_own_rules_promise_already_is_not_asked_for() -> None:
    one = suggested(ReplyKind.ACKNOWLEDGEMENT, "预计15个工作日内答复。")
    policy = Period(amount=15, unit=TimeUnit.WORKING_DAY)
    assert step(letter(), one, policy=policy).act is Act.WAIT


def test_an_acknowledgement_without_a_time_is_waited_on_and_its_arrival_comes_first() -> None:
    one = suggested(ReplyKind.ACKNOWLEDGEMENT, "已收到。")
    assert step(letter(), one).act is Act.WAIT
    dated = replace(one, text="我们将于2026年12月15日前答复。")
    assert step(letter(arrived_on=None), dated).act is Act.PROVE_ARRIVAL


def test_when_the_time_is_over_a_reminder_goes_before_an_old_promise() -> None:
    late = suggested(ReplyKind.EXTENDED, "我们将于2026年11月20日前答复。")
    assert step(letter(), late, stage=Stage.OVERDUE).act is Act.REMIND
    further = suggested(ReplyKind.EXTENDED, "我们将于2026年12月15日前答复。")
    assert step(letter(), further, stage=Stage.OVERDUE).act is Act.NOTE_TIME
    promised = suggested(ReplyKind.ACKNOWLEDGEMENT, "预计15个工作日内答复。")
    assert step(letter(), promised, stage=Stage.OVERDUE).act is Act.REMIND
