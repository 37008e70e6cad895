"""Where a case stands: from its messages alone, whatever order a user keeps them in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from pirights.domain.case import Case, Stage, stage
from pirights.domain.dispatch import Channel, Delivery, Dispatch, Letter
from pirights.domain.document import Document, Letters
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import Right

TODAY = date(2026, 11, 23)
REF = "PR-2026-7K3M9QX-C"
OPEN = Case(
    id=1,
    ref=REF,
    person=1,
    handler=1,
    encounters=(1,),
    rights=(Right.COPY,),
    letters=Letters.ZH,
    opened_on=TODAY,
)
CLOSED = Case(
    id=1,
    ref=REF,
    person=1,
    handler=1,
    encounters=(1,),
    rights=(Right.COPY,),
    letters=Letters.ZH,
    opened_on=TODAY,
    closed_on=TODAY,
)
PAPER = Document(title="函", letters=Letters.ZH, reference=REF, on=TODAY, blocks=())


def letter(*, sent: bool = True, arrived: bool = False) -> Letter:
    return Letter(
        id=1,
        ref=REF,
        number=1,
        kind="request",
        on=TODAY,
        letters=Letters.ZH,
        handler_name="某公司",
        items=(),
        document=PAPER,
        dispatch=Dispatch(channel=Channel.EMS, on=TODAY) if sent else None,
        arrived_on=TODAY if arrived else None,
    )


def reply(kind: ReplyKind, number: int = 2, ref: str = REF) -> Reply:
    return Reply(id=number, ref=ref, number=number, on=TODAY, kind=kind)


def found(
    *kinds: ReplyKind, letters: Sequence[Letter] = (letter(),), due_on: date | None = None
) -> Stage:
    replies = [reply(kind, number) for number, kind in enumerate(kinds, start=2)]
    return stage(OPEN, letters, replies, due_on=due_on, today=TODAY)


def test_a_case_without_a_letter_that_was_sent_is_a_draft() -> None:
    assert found(letters=()) is Stage.DRAFT
    assert found(letters=(letter(sent=False),)) is Stage.DRAFT
    assert found(letters=(letter(), letter(sent=False))) is Stage.SENT


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ReplyKind.ACKNOWLEDGEMENT, Stage.ACKNOWLEDGED),
        (ReplyKind.EXTENDED, Stage.ACKNOWLEDGED),
        (ReplyKind.TRANSFERRED, Stage.ACKNOWLEDGED),
        (ReplyKind.FORM_REQUIRED, Stage.NEEDS_ME),
        (ReplyKind.IDENTITY_REQUIRED, Stage.NEEDS_ME),
        (ReplyKind.MORE_INFORMATION, Stage.NEEDS_ME),
        (ReplyKind.GIVEN, Stage.ANSWERED),
        (ReplyKind.PARTIAL, Stage.ANSWERED),
        (ReplyKind.NO_DATA, Stage.ANSWERED),
        (ReplyKind.REFUSED, Stage.ANSWERED),
        (ReplyKind.EXEMPT, Stage.ANSWERED),
        (ReplyKind.UNKNOWN, Stage.ANSWERED),
        (ReplyKind.AUTO_REPLY, Stage.SENT),
        (ReplyKind.BOUNCED, Stage.SENT),
    ],
)
def test_the_last_word_of_the_handler_decides(kind: ReplyKind, expected: Stage) -> None:
    assert found(kind) is expected


def test_every_kind_of_reply_leads_somewhere() -> None:
    for kind in ReplyKind:
        assert found(kind) in {Stage.SENT, Stage.ACKNOWLEDGED, Stage.NEEDS_ME, Stage.ANSWERED}


def test_an_automatic_reply_after_a_real_one_changes_nothing() -> None:
    assert found(ReplyKind.IDENTITY_REQUIRED, ReplyKind.AUTO_REPLY) is Stage.NEEDS_ME
    assert found(ReplyKind.REFUSED, ReplyKind.BOUNCED) is Stage.ANSWERED


def test_an_acknowledgement_after_a_real_answer_changes_nothing() -> None:
    assert found(ReplyKind.REFUSED, ReplyKind.ACKNOWLEDGEMENT) is Stage.ANSWERED
    assert found(ReplyKind.IDENTITY_REQUIRED, ReplyKind.ACKNOWLEDGEMENT) is Stage.NEEDS_ME
    assert found(ReplyKind.ACKNOWLEDGEMENT) is Stage.ACKNOWLEDGED


def test_what_is_not_clear_takes_no_demand_back_unless_a_person_said_what_it_is() -> None:
    assert found(ReplyKind.IDENTITY_REQUIRED, ReplyKind.UNKNOWN) is Stage.NEEDS_ME
    assert found(ReplyKind.EXTENDED, ReplyKind.UNKNOWN) is Stage.ACKNOWLEDGED
    demand, picture = reply(ReplyKind.IDENTITY_REQUIRED), reply(ReplyKind.UNKNOWN)
    sure = replace(picture, confirmed_on=TODAY)
    assert stage(OPEN, (letter(),), [demand, sure], due_on=None, today=TODAY) is Stage.ANSWERED


def test_a_later_question_reopens_what_was_answered() -> None:
    assert found(ReplyKind.PARTIAL, ReplyKind.MORE_INFORMATION) is Stage.NEEDS_ME


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 11, 22), Stage.OVERDUE),
        (date(2026, 11, 23), Stage.SENT),
        (date(2026, 11, 24), Stage.SENT),
        (None, Stage.SENT),
    ],
)
def test_a_case_is_overdue_only_after_the_day_on_which_an_answer_was_due(
    due_on: date | None, expected: Stage
) -> None:
    assert found(due_on=due_on) is expected


def test_what_was_asked_back_or_answered_is_not_overdue() -> None:
    past = date(2026, 11, 1)
    assert found(ReplyKind.ACKNOWLEDGEMENT, due_on=past) is Stage.OVERDUE
    assert found(ReplyKind.FORM_REQUIRED, due_on=past) is Stage.NEEDS_ME
    assert found(ReplyKind.GIVEN, due_on=past) is Stage.ANSWERED


def test_a_closed_case_is_closed_whatever_else() -> None:
    told = stage(CLOSED, (letter(),), [reply(ReplyKind.GIVEN)], due_on=TODAY, today=TODAY)
    assert told is Stage.CLOSED


def test_delivery_says_what_is_known_of_the_way() -> None:
    assert letter(sent=False).delivery is Delivery.UNKNOWN
    assert letter().delivery is Delivery.SENT
    assert letter(arrived=True).delivery is Delivery.RECEIVED


def test_labels_are_what_people_type() -> None:
    assert letter().label == f"{REF}/1"
    assert reply(ReplyKind.GIVEN).label == f"{REF}/2"
    assert reply(ReplyKind.GIVEN, 3, ref="").label == "I3"
