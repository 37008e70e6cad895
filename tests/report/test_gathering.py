"""The figures are those of the vault, and of nothing else."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pirights.domain.case import Outcome, Stage
from pirights.domain.handler import Venue
from pirights.domain.person import Person
from pirights.domain.request import Right, Score, counted
from pirights.errors import NotFound
from pirights.report import gathering
from pirights.report.figures import Answering, Figures
from pirights.workflow import (
    cases,
    directory,
    put_right,
    put_right_encounters,
    put_right_replies,
    scoring,
)
from pirights.workflow.desk import Desk
from tests.report import many
from tests.workflow import office

PARTIAL = "您好，现提供您的个人信息副本，其余部分暂不提供。"
RECEIVED = "您好，我司已收到您的请求，将尽快处理。"


def opened(desk: Desk, name: str, *rights: Right, person: int = 1) -> str:
    """A case about an app, against a handler of its own."""
    handler = office.park(desk, name, venue=Venue.APP)
    seen = office.scan(desk, handler, venue=Venue.APP)
    told = {"handler": handler.id, "person": person, "encounters": (seen.id,)}
    return office.case(desk, *(rights or (Right.ACCESS,)), **told).case.ref


def client(desk: Desk, name: str) -> int:
    return directory.add_person(desk, Person(id=0, name=name)).id


def under_way(desk: Desk, name: str, *, person: int = 1) -> str:
    ref = opened(desk, name, person=person)
    office.sent(desk, ref)
    office.arrived(desk, ref)
    return ref


def answering(figures: Figures, name: str) -> Answering:
    (found,) = [one for one in figures.answering if one.name == name]
    return found


def test_an_empty_vault_has_figures_of_nothing(desk: Desk) -> None:
    found = gathering.gather(desk)
    assert (found.case_count, found.client_count, found.due_count) == (0, 0, 0)
    assert (found.rights, found.scans, found.only) == ([], {}, None)


def test_cases_are_counted_by_stage_and_by_outcome(desk: Desk) -> None:
    opened(desk, "样例一有限公司")
    under_way(desk, "样例二有限公司")
    cases.close(desk, opened(desk, "样例三有限公司"), outcome=Outcome.PARTIAL)
    found = gathering.gather(desk)
    assert found.stages == {Stage.DRAFT: 1, Stage.SENT: 1, Stage.CLOSED: 1}
    assert found.outcomes == {Outcome.NONE: 2, Outcome.PARTIAL: 1}
    assert found.case_count == 3


def test_the_matrix_counts_marks_by_client_and_right_and_leaves_courtesy_out(desk: Desk) -> None:
    other = client(desk, "沈一诺")
    ref = opened(desk, "样例一有限公司", Right.ACCESS, Right.COPY)
    opened(desk, "样例二有限公司", Right.EXPLAIN, person=other)
    items = desk.letters(desk.case(ref))[0].items
    asked = [item for item in counted(items) if item.right is Right.ACCESS]
    assert len(counted(items)) < len(items)  # there is a courtesy question to leave out
    scoring.score(desk, ref, {asked[0].number: Score.REFUSED})
    found = gathering.gather(desk)
    first, second = found.clients
    assert (first.number, first.name, first.cases) == (1, "林知远", 1)
    assert first.marks[Right.ACCESS][Score.REFUSED] == 1
    assert sum(first.marks[Right.ACCESS].values()) == len(asked)
    assert set(second.marks) == {Right.EXPLAIN}
    assert found.rights == [Right.ACCESS, Right.COPY, Right.EXPLAIN]
    total = sum(count for marks in found.total.values() for count in marks.values())
    assert total == sum(
        len(counted(desk.letters(desk.case(one.ref))[0].items)) for one in found.cases
    )


def test_what_is_due_is_what_due_says(desk: Desk) -> None:
    under_way(desk, "样例一有限公司")
    opened(desk, "样例二有限公司")
    later = office.days_later(desk, 60)
    found = gathering.gather(later)
    said = cases.due(later)
    assert [(one.on, one.ref, one.force, one.passed) for one in found.due] == [
        (one.deadline.on, one.ref, one.deadline.force, one.is_due) for one in said
    ]
    assert found.passed_count == 2


def test_days_are_counted_from_sending_to_the_first_answer(desk: Desk, tmp_path: Path) -> None:
    ref = under_way(desk, "样例一有限公司")  # sent on 21 November
    office.answer(office.days_later(desk, 3), ref, tmp_path, RECEIVED, "a.txt")
    taken = office.answer(office.days_later(desk, 10), ref, tmp_path, PARTIAL, "b.txt")
    found = answering(gathering.gather(office.days_later(desk, 40)), "样例一有限公司")
    assert (found.sent, found.days, found.read, found.waiting) == (1, (12,), 0, ())
    put_right_replies.confirm(desk, taken.reply.label)
    found = answering(gathering.gather(office.days_later(desk, 40)), "样例一有限公司")
    assert (found.middle, found.read) == (12, 1)


def test_a_receipt_alone_is_no_answer_and_a_closed_case_waits_for_none(
    desk: Desk, tmp_path: Path
) -> None:
    ref = under_way(desk, "样例一有限公司")
    office.answer(desk, ref, tmp_path, RECEIVED)
    later = office.days_later(desk, 10)
    found = answering(gathering.gather(later), "样例一有限公司")
    assert (found.days, found.middle, found.waiting) == ((), None, (12,))
    cases.close(later, ref, outcome=Outcome.WITHDRAWN)
    assert answering(gathering.gather(later), "样例一有限公司").waiting == ()


def test_a_request_that_did_not_leave_counts_for_nothing(desk: Desk) -> None:
    opened(desk, "样例一有限公司")
    assert gathering.gather(desk).answering == []


@pytest.mark.parametrize(("days", "middle"), [((3,), 3), ((1, 2, 9), 2), ((1, 2), 1.5), ((), None)])
def test_the_median_of_an_even_number_of_answers_lies_between_two(
    days: tuple[int, ...], middle: float | None
) -> None:
    one = Answering(number=1, name="甲", sent=4, days=days, read=0, waiting=())
    assert one.middle == middle


def test_scans_are_counted_by_place_and_month_where_they_happened(desk: Desk) -> None:
    for at in (datetime(2026, 9, 30, 15, 59, tzinfo=UTC), datetime(2026, 9, 30, 16, tzinfo=UTC)):
        office.scan(desk, venue=Venue.SHOP, at=at)  # the second is October in Shanghai
    gone = office.scan(desk, venue=Venue.BANK)
    put_right.done(desk, put_right_encounters.void(desk, gone.id, because="记错了"))
    found = gathering.gather(desk)
    assert found.scans == {Venue.SHOP: {date(2026, 9, 1): 1, date(2026, 10, 1): 1}}


def test_one_client_s_figures_hold_nothing_of_another_s(desk: Desk) -> None:
    other = client(desk, "沈一诺")
    under_way(desk, "样例一有限公司", person=other)
    before = gathering.gather(desk, person=other)
    under_way(desk, "样例二有限公司")
    office.scan(desk, venue=Venue.BANK)
    assert gathering.gather(desk, person=other) == before
    assert (before.case_count, before.client_count) == (1, 1)
    assert set(before.scans) == {Venue.APP}
    assert before.only is not None
    assert before.only.name == "沈一诺"


def test_a_person_who_is_not_there_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound):
        gathering.gather(desk, person=9)


def test_lists_are_bounded_and_say_how_long_they_would_be(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    many.furnish(desk, 120, clients=40, handlers=12)
    for name, bound in (("CLIENTS", 10), ("DUE", 5), ("HANDLERS", 4), ("CASES", 20)):
        monkeypatch.setattr(gathering, name, bound)
    done: list[int] = []
    found = gathering.gather(desk, progress=done.append)
    assert (len(found.clients), found.client_count) == (10, 41)
    assert (len(found.due), found.due_count) == (5, len(cases.due(desk)))
    assert (len(found.answering), found.answering_count) == (4, 12)
    assert (len(found.cases), found.case_count) == (20, 121)
    assert sum(found.stages.values()) == 121
    assert [one.on for one in found.due] == [one.deadline.on for one in cases.due(desk)[:5]]
    assert done == [100]
    shown = {one.number for one in found.clients}
    monkeypatch.setattr(gathering, "CLIENTS", 1_000)
    left_out = [one for one in gathering.gather(desk).clients if one.number not in shown]
    assert max(one.unmet for one in left_out) <= min(one.unmet for one in found.clients)
