"""What to do next: one step for every position, with its reason and its command."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.case import Stage
from pirights.domain.deadline import Deadline
from pirights.domain.dispatch import Channel, Delivery, Dispatch, Letter, Sending
from pirights.domain.document import Document, Letters
from pirights.domain.escalation import FollowUp
from pirights.domain.next_rules import next_step
from pirights.domain.next_step import Act, NextStep, Position
from pirights.domain.period import Force
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import AskedItem, Right, Score
from pirights.errors import message

REF = "PR-2026-7K3M9QX-C"
TODAY = date(2026, 11, 25)
SENT = Dispatch(channel=Channel.EMS, on=date(2026, 10, 1))
ARRIVED = date(2026, 10, 3)
PAPER = Document(title="", letters=Letters.ZH, reference=REF, on=TODAY, blocks=())


def item(number: int, score: Score = Score.OPEN, **more: object) -> AskedItem:
    asked = AskedItem(number=number, id="copy.image", right=Right.COPY, zh="", en="", score=score)
    return replace(asked, **more)  # type: ignore[arg-type]


def letter(
    number: int = 1,
    kind: str = "request",
    items: Sequence[AskedItem] = (),
    **more: object,
) -> Letter:
    one = Letter(
        id=number,
        ref=REF,
        number=number,
        kind=kind,
        on=date(2026, 10, 1),
        letters=Letters.ZH,
        handler_name="",
        items=tuple(items) or (item(1), item(2)),
        document=PAPER,
        dispatch=SENT,
        arrived_on=ARRIVED,
    )
    return replace(one, **more)  # type: ignore[arg-type]


def reply(number: int, kind: ReplyKind) -> Reply:
    day = date(2026, 10, 20)
    return Reply(id=number, ref=REF, number=number, on=day, kind=kind, confirmed_on=day)


def runs(what: str, on: date, number: int = 0) -> Deadline:
    return Deadline(
        id=what,
        what=message(""),
        on=on,
        force=Force.SUGGESTION,
        basis="",
        start=on,
        steps=(),
        letter=number,
    )


def step(*messages: Letter | Reply, stage: Stage = Stage.SENT, **more: object) -> NextStep:
    at = Position(
        ref=REF,
        stage=stage,
        letters=[one for one in messages if isinstance(one, Letter)],
        replies=[one for one in messages if isinstance(one, Reply)],
        deadlines=[runs("answer", date(2026, 11, 2))],
        video_until=None,
        today=TODAY,
    )
    found = next_step(replace(at, **more))  # type: ignore[arg-type]
    assert found is not None
    return found


def scored(*scores: Score) -> list[AskedItem]:
    return [item(number, score) for number, score in enumerate(scores, start=1)]


def test_a_letter_that_was_written_is_sent_first() -> None:
    found = step(letter(), letter(2, "reminder", dispatch=None), stage=Stage.OVERDUE)
    assert (found.act, found.command) == (
        Act.SEND,
        f"pirights sent {REF}/2 --channel CHANNEL --at DATE",
    )


def test_video_that_is_soon_cleared_goes_before_waiting() -> None:
    day = date(2026, 12, 1)
    found = step(letter(), video_until=day)
    assert (found.act, found.on) == (Act.PRESERVE, day)
    asked = step(letter(), letter(2, "preserve"), video_until=day)
    assert asked.act is Act.WAIT
    assert step(letter(), video_until=day, stage=Stage.LITIGATION).act is Act.WAIT_COURT


def test_without_proof_of_arrival_that_is_what_is_missing() -> None:
    found = step(letter(arrived_on=None))
    assert found.act is Act.PROVE_ARRIVAL
    assert "no proof of arrival yet" in str(found.why)


def test_silence_is_followed_by_a_reminder_and_then_by_a_complaint() -> None:
    assert step(letter(), stage=Stage.OVERDUE).act is Act.REMIND
    for kind in ("reminder", "incomplete", "reasons"):
        again = step(letter(), letter(2, kind), stage=Stage.OVERDUE)
        assert (again.act, again.command) == (
            Act.COMPLAIN,
            f"pirights escalate {REF} --as regulator",
        )


@pytest.mark.parametrize("kind", [ReplyKind.IDENTITY_REQUIRED, ReplyKind.FORM_REQUIRED])
def test_a_demand_for_identity_is_answered_once(kind: ReplyKind) -> None:
    assert step(letter(), reply(2, kind), stage=Stage.NEEDS_ME).act is Act.PROVE_IDENTITY
    answered = step(letter(), reply(2, kind), letter(3, "identity"), stage=Stage.SENT)
    assert answered.act is Act.WAIT
    assert step(letter(), reply(2, ReplyKind.MORE_INFORMATION)).act is Act.TELL_MORE


@pytest.mark.parametrize(
    ("scores", "act"),
    [
        ((Score.OPEN, Score.GIVEN), Act.SCORE),
        ((Score.GIVEN, Score.GIVEN), Act.CLOSE),
        ((Score.REFUSED, Score.GIVEN), Act.ASK_REASONS),
        ((Score.REFUSED, Score.SILENT), Act.ASK_GAPS),
        ((Score.PARTIAL, Score.GIVEN), Act.ASK_GAPS),
        ((Score.SILENT, Score.SILENT), Act.ASK_GAPS),
    ],
)
def test_an_answer_is_gone_through_item_by_item(scores: tuple[Score, ...], act: Act) -> None:
    found = step(letter(items=scored(*scores)), reply(2, ReplyKind.PARTIAL), stage=Stage.ANSWERED)
    assert found.act is act


def test_a_refusal_with_its_article_is_asked_for_again_not_for_reasons() -> None:
    refused = item(1, Score.REFUSED, refused_under="第四十七条")
    found = step(letter(items=[refused]), reply(2, ReplyKind.REFUSED), stage=Stage.ANSWERED)
    assert found.act is Act.ASK_GAPS


def test_what_is_still_missing_after_a_second_letter_goes_to_the_authority() -> None:
    found = step(
        letter(items=scored(Score.SILENT)),
        reply(2, ReplyKind.PARTIAL),
        letter(3, "incomplete"),
        reply(4, ReplyKind.PARTIAL),
        stage=Stage.ANSWERED,
    )
    assert found.act is Act.COMPLAIN


def test_deletion_of_a_two_step_letter_waits_for_the_copies() -> None:
    items = [item(1, Score.GIVEN), item(2, right=Right.DELETE, after_receipt=True)]
    found = step(letter(items=items), reply(2, ReplyKind.GIVEN), stage=Stage.ANSWERED)
    assert found.act is Act.DELETE
    assert "--right delete" in found.command


def test_a_bounce_is_no_answer() -> None:
    found = step(letter(arrived_on=None), reply(2, ReplyKind.BOUNCED))
    assert found.act is Act.PROVE_ARRIVAL


def test_before_authority_and_court_one_waits() -> None:
    complaint = letter(2, FollowUp.REGULATOR.value)
    found = step(letter(), complaint, stage=Stage.ESCALATED_REGULATOR)
    assert (found.act, found.is_for_me) == (Act.WAIT_AUTHORITY, False)
    assert step(letter(), stage=Stage.LITIGATION).act is Act.WAIT_COURT


def attempted(state: Delivery) -> Letter:
    attempt = Sending(
        at=datetime(2026, 11, 20, tzinfo=UTC),
        to="dpo@park.example",
        server="",
        state=state,
        said="the server closed",
    )
    return letter(dispatch=None, arrived_on=None, sendings=(attempt,))


@pytest.mark.parametrize(
    ("state", "act", "said"),
    [
        (Delivery.SENDING, Act.FIND_OUT, "how that ended is not known"),
        (Delivery.FAILED, Act.SEND_AGAIN, "not sent to dpo@park.example: the server closed"),
        (Delivery.DEFERRED, Act.SEND, "put it off"),
    ],
)
def test_a_mail_that_may_not_have_left_is_looked_after(
    state: Delivery, act: Act, said: str
) -> None:
    found = step(attempted(state), stage=Stage.DRAFT)
    assert found.act is act
    assert said in str(found.why).replace("{to}", "dpo@park.example")
    assert found.command.startswith(f"pirights sent {REF} ")


def test_a_letter_that_came_back_goes_elsewhere_and_first_the_address_is_changed() -> None:
    back = letter(arrived_on=None, reported=Delivery.BOUNCED)
    stale = step(back, reply(2, ReplyKind.BOUNCED), handler="H1", address_stale=True)
    assert (stale.act, stale.command) == (
        Act.SEND_AGAIN,
        "pirights handler edit H1 --email ADDRESS",
    )
    other = step(back, reply(2, ReplyKind.BOUNCED), handler="H1")
    assert other.command == f"pirights sent {REF} --channel CHANNEL --at DATE"
    held = step(letter(arrived_on=None, reported=Delivery.DEFERRED))
    assert held.act is Act.PROVE_ARRIVAL
    assert "held up" in str(held.why)


def test_of_a_form_or_an_app_the_ticket_number_is_named_or_asked_for() -> None:
    way = Dispatch(channel=Channel.WEBFORM, on=date(2026, 11, 20), tracking="T-7")
    numbered = step(letter(arrived_on=None, dispatch=way))
    assert numbered.act is Act.PROVE_ARRIVAL
    assert "ticket number T-7" in str(numbered.why)
    bare = step(letter(arrived_on=None, dispatch=replace(way, tracking="")))
    assert f"pirights sent {REF}/1 --correct --tracking NO" in str(bare.why)


def test_more_time_and_a_pause_are_named_while_one_waits() -> None:
    later = [runs("answer", date(2026, 12, 20))]
    more = step(letter(), deadlines=later, more_time=True)
    assert (more.act, more.on) == (Act.WAIT, date(2026, 12, 20))
    assert "took more time" in str(more.why)
    still = step(letter(), deadlines=[runs("paused", TODAY)], paused_because="停业装修")
    assert (still.act, still.command) == (Act.WAIT, f"pirights case restart {REF}")
    assert still.why.values["because"] == "停业装修"


@pytest.mark.parametrize(
    ("ends", "claims"),
    [
        (date(2026, 11, 24), False),  # past: nothing that a letter could still interrupt
        (TODAY, True),
        (date(2027, 5, 24), True),  # 180 days, by hand: 5 + 31 + 31 + 28 + 31 + 30 + 24
        (date(2027, 5, 25), False),
    ],
)
def test_a_limitation_that_ends_within_180_days_goes_before_waiting(
    ends: date, *, claims: bool
) -> None:
    found = step(letter(), deadlines=[runs("limitation", ends)])
    assert (found.act is Act.CLAIM) is claims
    unsent = step(letter(dispatch=None, arrived_on=None), deadlines=[runs("limitation", ends)])
    assert unsent.act is Act.SEND


def consumer(arrived_on: date | None = ARRIVED) -> Letter:
    return letter(2, FollowUp.CONSUMER.value, body="market-12315", arrived_on=arrived_on)


def test_the_authority_has_its_time_and_then_comes_the_court() -> None:
    there = Stage.ESCALATED_REGULATOR
    unknown = step(letter(), consumer(arrived_on=None), stage=there)
    assert (unknown.act, unknown.command) == (
        Act.PROVE_ARRIVAL,
        f"pirights received {REF}/2 --at DATE --proof FILE",
    )
    day = date(2026, 11, 30)
    waits = step(letter(), consumer(), stage=there, deadlines=[runs("authority", day, 2)])
    assert (waits.act, waits.on) == (Act.WAIT_AUTHORITY, day)
    past = date(2026, 11, 24)
    over = step(letter(), consumer(), stage=there, deadlines=[runs("authority", past, 2)])
    assert (over.act, over.command) == (Act.SUE, f"pirights escalate {REF} --as court")
    told = replace(reply(3, ReplyKind.REFUSED), answers=2)
    decided = step(letter(), consumer(), told, stage=there)
    assert (decided.act, decided.command) == (Act.SUE, f"pirights reply show {REF}/3")


def test_a_regulator_is_given_no_number_of_days() -> None:
    found = step(
        letter(), letter(2, "regulator", body="local-cac"), stage=Stage.ESCALATED_REGULATOR
    )
    assert (found.act, found.on) == (Act.WAIT_AUTHORITY, None)
    assert "no number of days (PIPL 65)" in str(found.why)


def test_who_doubts_that_nothing_is_held_turns_to_the_authority() -> None:
    asks = step(letter(), reply(2, ReplyKind.NO_DATA), stage=Stage.ANSWERED)
    assert asks.act is Act.SCORE
    assert "doubt" in str(asks.what)
    doubted = letter(items=scored(Score.SILENT, Score.SILENT))
    found = step(doubted, reply(2, ReplyKind.NO_DATA), stage=Stage.ANSWERED)
    assert (found.act, found.command) == (Act.COMPLAIN, f"pirights escalate {REF} --as regulator")
    believed = letter(items=scored(Score.GIVEN, Score.GIVEN))
    assert step(believed, reply(2, ReplyKind.NO_DATA), stage=Stage.ANSWERED).act is Act.CLOSE


KINDS = ["request", *FollowUp]


@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.booleans(), st.booleans())
        | st.sampled_from(ReplyKind),
        max_size=6,
    ),
    st.sampled_from(Stage),
    st.lists(st.sampled_from(Score), min_size=1, max_size=3),
    st.booleans(),
    st.lists(
        st.tuples(
            st.sampled_from(["answer", "paused", "authority", "limitation"]),
            st.dates(date(2026, 1, 1), date(2029, 1, 1)),
        ),
        max_size=3,
    ),
)
def test_every_open_case_has_a_next_step_that_is_a_command(
    parts: list[tuple[str, bool, bool] | ReplyKind],
    stage: Stage,
    scores: list[Score],
    soon: bool,
    days: list[tuple[str, date]],
) -> None:
    messages: list[Letter | Reply] = [letter(items=scored(*scores))]
    for number, part in enumerate(parts, start=2):
        if isinstance(part, ReplyKind):
            messages.append(reply(number, part))
        else:
            kind, sent, arrived = part
            messages.append(
                letter(
                    number,
                    kind,
                    dispatch=SENT if sent else None,
                    arrived_on=ARRIVED if sent and arrived else None,
                )
            )
    if stage is Stage.ESCALATED_REGULATOR:
        messages.append(letter(9, FollowUp.REGULATOR.value))
    at = Position(
        ref=REF,
        stage=stage,
        letters=[one for one in messages if isinstance(one, Letter)],
        replies=[one for one in messages if isinstance(one, Reply)],
        deadlines=[runs(kind, day) for kind, day in days],
        video_until=TODAY if soon else None,
        today=TODAY,
    )
    found = next_step(at)
    if stage is Stage.CLOSED:
        assert found is None
    else:
        assert found is not None
        assert found.command.startswith("pirights ")
        assert found.what
        assert found.why


def test_a_case_without_a_letter_has_no_step() -> None:
    at = Position(
        ref=REF,
        stage=Stage.DRAFT,
        letters=(),
        replies=(),
        deadlines=(),
        video_until=None,
        today=TODAY,
    )
    assert next_step(at) is None


@pytest.mark.parametrize("kind", [ReplyKind.REFUSED, ReplyKind.IDENTITY_REQUIRED])
def test_an_acknowledgement_takes_no_refusal_and_no_demand_back(kind: ReplyKind) -> None:
    alone = step(letter(), reply(2, kind), stage=Stage.ANSWERED)
    after = step(
        letter(), reply(2, kind), reply(3, ReplyKind.ACKNOWLEDGEMENT), stage=Stage.ANSWERED
    )
    assert after == alone
    assert after.is_for_me


def test_an_acknowledgement_shows_an_arrival_whose_day_is_still_to_be_recorded() -> None:
    found = step(
        letter(arrived_on=None), reply(2, ReplyKind.ACKNOWLEDGEMENT), stage=Stage.ACKNOWLEDGED
    )
    assert found.act is Act.PROVE_ARRIVAL


def test_where_more_was_promised_after_an_answer_one_waits_for_it() -> None:
    partly = (letter(items=scored(Score.PARTIAL)), reply(2, ReplyKind.PARTIAL))
    promised = date(2026, 12, 20)
    found = step(*partly, stage=Stage.ANSWERED, deadlines=[runs("answer", promised)])
    assert (found.act, found.on) == (Act.WAIT, promised)
    assert step(*partly, stage=Stage.ANSWERED, deadlines=[]).act is Act.ASK_GAPS
    late = step(*partly, stage=Stage.ANSWERED, deadlines=[runs("answer", date(2026, 11, 20))])
    assert late.act is Act.ASK_GAPS
