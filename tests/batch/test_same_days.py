"""Of a case with several letters under way every screen names the same days."""

from pathlib import Path

from pirights.batch import indexing
from pirights.batch.step import Kept
from pirights.domain.dispatch import Channel
from pirights.domain.encounter import Answer
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.workflow import acting, cases, dispatching, escalating
from pirights.workflow.desk import Desk
from tests.batch.test_follow_up import exported
from tests.workflow import office

RUNNING = {1: "answer", 2: "reply-asked", 3: "reply-asked", 4: "arrival", 5: "send"}
"""By the number of a letter, what of it is due."""


def several(desk: Desk) -> str:
    """A request that arrived, and beside it two letters that did, one under way, one unsent."""
    handler = office.park(desk)
    office.scan(desk, handler, consent=Answer.YES)
    ref = office.case(desk).case.ref
    office.sent(desk, ref)
    office.arrived(desk, ref)
    for kind in (FollowUp.PRESERVE, FollowUp.WITHDRAWAL, FollowUp.WITHDRAWAL):
        done = escalating.keep(desk, escalating.preview(desk, ref, kind))
        dispatching.sent(desk, done.letter.label, channel=Channel.EMS, on=None)
        if done.letter.number <= 3:
            dispatching.received(desk, done.letter.label, on=None)
    escalating.keep(desk, escalating.preview(desk, ref, FollowUp.PRESERVE))
    return ref


def test_each_letter_has_one_day_on_all_screens(desk: Desk, tmp_path: Path) -> None:
    ref = several(desk)
    deadlines = cases.show(desk, ref).standing.deadlines
    told = {one.letter: (one.id, one.on) for one in deadlines if one.id != "limitation"}
    assert {number: what for number, (what, _) in told.items()} == RUNNING
    due = cases.due(desk)
    assert {one.deadline.letter: (one.deadline.id, one.deadline.on) for one in due} == told
    days = sorted(on.isoformat() for _, on in told.values())
    assert [row[5] for row in exported(desk, tmp_path / "due.csv")[2:]] == days
    case = desk.case(ref)
    person = desk.vault.get(Person, case.person)
    handler = desk.vault.get(Handler, case.handler)
    for letter in desk.letters(case):
        kept = Kept(
            letter=letter,
            person=person,
            handler=handler,
            rights=case.rights,
            actor=acting.actor(desk, person),
        )
        assert indexing.due(desk, kept, is_new=False) == told[letter.number][1]
