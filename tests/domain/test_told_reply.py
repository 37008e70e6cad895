"""What a paper may say that a reply is: a person's word, or the marks, never a suggestion."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from pirights.domain import told_reply
from pirights.domain.dispatch import Letter
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import Score
from tests.letters.briefs import REF
from tests.letters.test_followup import first

SURE: Final = date(2026, 11, 20)


def came(kind: ReplyKind, number: int = 2, **more: object) -> Reply:
    made = Reply(id=number, ref=REF, number=number, on=date(2026, 11, 1), kind=kind)
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def marked(*scores: Score, until: int = 2) -> Letter:
    request = first()
    items = tuple(
        replace(one, score=scores[number % len(scores)]) for number, one in enumerate(request.items)
    )
    return replace(request, items=items, scored_with=until)


@pytest.mark.parametrize(
    ("scores", "kind"),
    [
        ((Score.GIVEN,), ReplyKind.GIVEN),
        ((Score.GIVEN, Score.SILENT), ReplyKind.PARTIAL),
        ((Score.GIVEN, Score.REFUSED), ReplyKind.PARTIAL),
        ((Score.REFUSED, Score.SILENT), ReplyKind.PARTIAL),
        ((Score.REFUSED,), ReplyKind.REFUSED),
        ((Score.SILENT,), ReplyKind.UNKNOWN),
    ],
)
@pytest.mark.parametrize("suggested", [ReplyKind.REFUSED, ReplyKind.UNKNOWN, ReplyKind.GIVEN])
def test_the_only_answer_is_what_the_marks_say(
    scores: tuple[Score, ...], kind: ReplyKind, suggested: ReplyKind
) -> None:
    (told,) = told_reply.told((came(suggested),), marked(*scores))
    assert told.kind is kind


def test_what_a_person_said_of_a_refusal_stands_unless_the_marks_say_otherwise() -> None:
    reply = came(ReplyKind.NO_DATA, confirmed_on=SURE)
    (told,) = told_reply.told((reply,), marked(Score.SILENT))
    assert told.kind is ReplyKind.NO_DATA
    (told,) = told_reply.told((reply,), marked(Score.GIVEN, Score.SILENT))
    assert told.kind is ReplyKind.PARTIAL


def test_of_several_answers_the_marks_name_none() -> None:
    replies = (came(ReplyKind.REFUSED), came(ReplyKind.GIVEN, 3, confirmed_on=SURE))
    kinds = [one.kind for one in told_reply.told(replies, marked(Score.PARTIAL, until=3))]
    assert kinds == [ReplyKind.UNKNOWN, ReplyKind.GIVEN]


@pytest.mark.parametrize("kind", [ReplyKind.ACKNOWLEDGEMENT, ReplyKind.IDENTITY_REQUIRED])
def test_a_suggestion_is_told_as_a_message_of_no_kind(kind: ReplyKind) -> None:
    (told,) = told_reply.told((came(kind),), marked(Score.OPEN))
    assert told.kind is ReplyKind.UNKNOWN
    (told,) = told_reply.told((came(kind, confirmed_on=SURE),), marked(Score.OPEN))
    assert told.kind is kind


@pytest.mark.parametrize("kind", [ReplyKind.BOUNCED, ReplyKind.AUTO_REPLY])
def test_what_a_machine_sent_is_what_it_is(kind: ReplyKind) -> None:
    (told,) = told_reply.told((came(kind),), marked(Score.OPEN))
    assert told.kind is kind
    assert told_reply.unread((told,), marked(Score.OPEN)) is None


def test_unread_is_what_came_after_the_marks_or_asks_for_something() -> None:
    request = marked(Score.GIVEN)
    assert told_reply.unread((came(ReplyKind.REFUSED),), request) is None
    later = came(ReplyKind.REFUSED, 3)
    assert told_reply.unread((later,), request) is later
    demand = came(ReplyKind.FORM_REQUIRED)
    assert told_reply.unread((demand,), request) is demand
    assert told_reply.unread((replace(demand, confirmed_on=SURE),), request) is None
    assert told_reply.unread((came(ReplyKind.ACKNOWLEDGEMENT),), marked(Score.OPEN)) is None


def test_a_courtesy_question_and_a_later_step_are_not_held_to_be_unmarked() -> None:
    request = marked(Score.OPEN)
    items = tuple(replace(one, after_receipt=one.number == 1) for one in request.items)
    left = told_reply.unmarked(replace(request, items=items))
    assert left == tuple(one.number for one in items if one.right is not None)[1:]
