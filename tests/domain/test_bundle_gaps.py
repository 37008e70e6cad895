"""What a bundle lacks, judged from what a case holds."""

from dataclasses import replace
from datetime import date

import pytest

from pirights.domain.bundle import Group
from pirights.domain.bundle_gaps import LATE, Gap, Holdings, Written, gaps
from pirights.domain.dispatch import Channel, Delivery, Dispatch, Letter
from pirights.domain.document import Document, Letters
from pirights.domain.escalation import FollowUp

REF = "PR-2026-7K3M9QX-C"
SENT = date(2026, 11, 20)


def letter(number: int, kind: str = "request") -> Letter:
    return Letter(
        id=number,
        ref=REF,
        number=number,
        kind=kind,
        on=SENT,
        letters=Letters.ZH,
        handler_name="杭州样例野趣乐园有限公司",
        items=(),
        document=Document(title="", letters=Letters.ZH, reference=REF, on=SENT, blocks=()),
        dispatch=Dispatch(channel=Channel.EMS, on=SENT),
    )


WHOLE = Holdings(
    ref=REF,
    person="P1",
    handler="H1",
    groups=frozenset(Group),
    encounters=(Written(label="E1", on=date(2026, 11, 1), written_on=date(2026, 11, 1)),),
    letters=(letter(1),),
    proved=frozenset({f"{REF}/1"}),
    arrived=frozenset({f"{REF}/1"}),
    answered=True,
    unmet=False,
    answer_due=None,
    answered_papers=frozenset(),
    unproved_costs=(),
    costs=1,
    stamped=True,
    today=date(2026, 11, 25),
)
"""A case that lacks nothing."""


def test_a_case_that_has_everything_has_no_gap() -> None:
    assert gaps(WHOLE) == ()


@pytest.mark.parametrize(
    ("less", "group", "command"),
    [
        ({"groups": frozenset(Group) - {Group.IDENTITY}}, Group.IDENTITY, "--keep P1"),
        ({"groups": frozenset(Group) - {Group.RELATIONSHIP}}, Group.RELATIONSHIP, "attach E1"),
        ({"groups": frozenset(Group) - {Group.DEMAND}}, Group.DEMAND, "attach E1"),
        ({"groups": frozenset(Group) - {Group.RULES}}, Group.RULES, "capture URL --handler H1"),
        ({"groups": frozenset(Group) - {Group.REFUSAL}}, Group.REFUSAL, "attach E1"),
        ({"letters": ()}, Group.REQUEST, f"sent {REF}"),
        ({"proved": frozenset[str]()}, Group.REQUEST, f"sent {REF} --correct"),
        ({"arrived": frozenset[str]()}, Group.REQUEST, f"received {REF}"),
        ({"answered": False}, Group.REPLY, "case show"),
        ({"costs": 0}, Group.LOSS, "--kind KIND --amount YUAN"),
        ({"unproved_costs": ("C2",)}, Group.LOSS, "--void C2"),
        ({"stamped": False}, Group.INTEGRITY, f"stamp {REF}"),
    ],
)
def test_each_thing_missing_is_one_gap_with_its_command(
    less: dict[str, object], group: Group, command: str
) -> None:
    (gap,) = gaps(replace(WHOLE, **less))  # type: ignore[arg-type]
    assert gap.group is group
    assert command in gap.command


def test_once_the_time_is_over_silence_is_a_hint_that_tells_what_shows_it() -> None:
    silent = replace(WHOLE, answered=False, answer_due=date(2026, 11, 24))
    reply, complaint = gaps(silent)
    assert (reply.group, complaint.group) == (Group.REPLY, Group.COMPLAINT)
    assert reply.hint
    assert "proof that the request arrived" in str(reply.why)
    (gap,) = gaps(replace(silent, answer_due=silent.today))
    assert gap.group is Group.REPLY
    assert not gap.hint


def test_that_no_complaint_was_made_is_a_hint_once_one_was_refused_or_waited_in_vain() -> None:
    (gap,) = gaps(replace(WHOLE, unmet=True))
    assert (gap.group, gap.hint) == (Group.COMPLAINT, True)
    assert "None need be made before a suit" in str(gap.why)
    assert gap.command == f"pirights escalate {REF} --as regulator"
    both = frozenset({f"{REF}/1", f"{REF}/2"})
    complaint = letter(2, FollowUp.REGULATOR.value)
    told = replace(WHOLE, unmet=True, letters=(letter(1), complaint), proved=both, arrived=both)
    assert gaps(replace(told, answered_papers=frozenset({2}))) == ()


def test_a_scan_written_down_late_is_told_by_its_days() -> None:
    def late(days: int) -> tuple[Gap, ...]:
        one = Written(label="E4", on=date(2026, 11, 1), written_on=date(2026, 11, 1 + days))
        return gaps(replace(WHOLE, encounters=(one,)))

    assert late(LATE - 1) == ()
    (gap,) = late(LATE)
    assert (gap.what.values["label"], gap.what.values["days"]) == ("E4", LATE)


def test_a_complaint_without_the_authoritys_answer_is_a_gap() -> None:
    complaint = letter(2, FollowUp.REGULATOR.value)
    both = frozenset({f"{REF}/1", f"{REF}/2"})
    told = replace(WHOLE, letters=(letter(1), complaint), proved=both, arrived=both)
    (gap,) = gaps(told)
    assert gap.group is Group.COMPLAINT
    assert gap.command == f"pirights reply add {REF}/2 FILE"
    assert gaps(replace(told, answered_papers=frozenset({2}))) == ()
    assert gaps(replace(told, answered_papers=frozenset({1}))) == (gap,)


def test_an_arrival_that_is_told_but_not_proved_is_corrected_not_told_again() -> None:
    told = replace(letter(1), arrived_on=SENT)
    (gap,) = gaps(replace(WHOLE, letters=(told,), arrived=frozenset()))
    assert "--correct" in gap.command
    assert "--at" not in gap.command


def test_a_letter_that_came_back_is_one_gap_and_is_sent_again() -> None:
    back = replace(letter(1), reported=Delivery.BOUNCED)
    (gap,) = gaps(replace(WHOLE, letters=(back,), proved=frozenset(), arrived=frozenset()))
    assert gap.command == f"pirights sent {REF} --channel CHANNEL --at DATE --proof FILE"


def test_gaps_stand_in_the_catalogues_order() -> None:
    found = [gap.group for gap in gaps(replace(WHOLE, groups=frozenset(), letters=(), costs=0))]
    order = list(Group)
    assert found == sorted(found, key=order.index)
