"""What a bundle would lack, looked for in a real vault."""

from datetime import date
from pathlib import Path

import pytest

from pirights.domain.attachment import Purpose
from pirights.domain.bundle import Group
from pirights.domain.cost import CostKind, yuan
from pirights.domain.dispatch import Channel
from pirights.domain.escalation import FollowUp
from pirights.domain.request import Right, Score
from pirights.errors import NotFound
from pirights.workflow import (
    costing,
    dispatching,
    encounters,
    escalating,
    gaps,
    replies,
    scoring,
)
from pirights.workflow.desk import Desk
from pirights.workflow.letter_details import Details
from tests.workflow.office import answer, arrived, begun, case, days_later, kinds, park, scan, sent

SENT_ON, ARRIVED_ON = date(2026, 11, 21), date(2026, 11, 22)


def paper(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"paper")
    return path


def lacking(desk: Desk, ref: str) -> dict[Group, list[str]]:
    """The commands of the gaps, by their group."""
    found: dict[Group, list[str]] = {}
    for gap in gaps.look(desk, ref).gaps:
        found.setdefault(gap.group, []).append(gap.command)
    return found


def proved(desk: Desk, folder: Path) -> str:
    """A case whose letter left and arrived with proofs."""
    ref = begun(desk)
    proof = [paper(folder, "sent.png")]
    dispatching.sent(desk, ref, channel=Channel.EMS, on=SENT_ON, proofs=proof)
    dispatching.received(desk, ref, on=ARRIVED_ON, proofs=[paper(folder, "arrived.png")])
    return ref


def test_a_draft_lacks_all_but_its_own_record_which_is_no_proof(desk: Desk) -> None:
    ref = begun(desk)
    looked = gaps.look(desk, ref)
    assert (looked.ref, looked.exhibits, looked.held) == (ref, 1, (Group.SCANS,))
    assert set(lacking(desk, ref)) == {
        *(Group.IDENTITY, Group.RELATIONSHIP, Group.DEMAND, Group.RULES, Group.SCANS),
        *(Group.REFUSAL, Group.REQUEST, Group.LOSS, Group.INTEGRITY),
    }


def test_looking_changes_nothing(desk: Desk) -> None:
    ref = begun(desk)
    before = kinds(desk)
    assert gaps.look(desk, ref) == gaps.look(desk, ref)
    assert kinds(desk) == before
    with pytest.raises(NotFound):
        gaps.look(desk, "PR-2026-7K3M9QX-C")


def test_each_file_fills_the_gap_of_its_own_kind(desk: Desk, tmp_path: Path) -> None:
    names = {
        "年卡收据.jpg": Group.RELATIONSHIP,
        "闸机.jpg": Group.DEMAND,
        "隐私政策.txt": Group.RULES,
        "拒绝刷脸的聊天.txt": Group.REFUSAL,
    }
    handler = park(desk)
    for number, (name, group) in enumerate(names.items(), start=1):
        told = scan(desk, handler, files=(paper(tmp_path, name),))
        ref = case(desk, Right.COPY, encounters=(told.id,)).case.ref
        missing = set(lacking(desk, ref))
        assert group not in missing
        assert set(names.values()) - {group} <= missing
        assert told.id == number


def test_a_kept_identity_paper_counts_although_no_bundle_holds_it(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    with desk.vault.change(now=desk.now) as change:
        change.attach(paper(tmp_path, "card.png"), owner="P1", purpose=Purpose.IDENTITY)
    looked = gaps.look(desk, ref)
    assert Group.IDENTITY not in lacking(desk, ref)
    assert Group.IDENTITY not in looked.held


def test_when_a_scan_was_written_down_is_the_first_row_not_the_last(desk: Desk) -> None:
    scan(desk, park(desk), at=desk.now)
    ref = case(desk, on=desk.today).case.ref
    assert Group.SCANS not in lacking(desk, ref)
    late = days_later(desk, 9)
    encounters.edit(late, 1, {"note": "later"})
    assert Group.SCANS not in lacking(late, ref)
    scan(late, at=desk.now)
    ref = case(late, Right.COPY, encounters=(2,), on=late.today).case.ref
    (gap,) = [one for one in gaps.look(late, ref).gaps if one.group is Group.SCANS]
    assert gap.what.values == {"label": "E2", "days": 9}


def test_what_proves_the_sending_does_not_prove_the_arrival(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    assert lacking(desk, ref)[Group.REQUEST] == [
        f"pirights sent {ref} --channel CHANNEL --at DATE --proof FILE"
    ]
    proof = [paper(tmp_path, "sent.png")]
    dispatching.sent(desk, ref, channel=Channel.EMS, on=SENT_ON, proofs=proof)
    assert lacking(desk, ref)[Group.REQUEST] == [f"pirights received {ref} --at DATE --proof FILE"]
    arrived(desk, ref)
    (command,) = lacking(desk, ref)[Group.REQUEST]
    assert command == f"pirights received {ref} --correct --because TEXT --proof FILE"


def test_without_a_complaint_it_is_said_that_none_is_needed_and_the_command_makes_one(
    desk: Desk, tmp_path: Path
) -> None:
    ref = proved(desk, tmp_path)
    assert Group.COMPLAINT not in lacking(desk, ref)
    command = f"pirights escalate {ref} --as regulator"
    late = days_later(desk, 60)
    assert lacking(late, ref)[Group.COMPLAINT] == [command]
    told = escalating.preview(late, ref, FollowUp.REGULATOR, details=Details())
    escalating.keep(late, told)
    answer(desk, ref, tmp_path, "不予支持。")
    letter = desk.letters(desk.case(ref))[0]
    scoring.score(desk, ref, {item.number: Score.REFUSED for item in letter.items})
    assert lacking(desk, ref)[Group.COMPLAINT] == [command]


def test_silence_is_a_gap_until_the_time_for_an_answer_is_over(desk: Desk, tmp_path: Path) -> None:
    ref = proved(desk, tmp_path)
    assert Group.REPLY in lacking(desk, ref)
    late = [gap for gap in gaps.look(days_later(desk, 60), ref).gaps if gap.group is Group.REPLY]
    assert [gap.hint for gap in late] == [True]
    answer(desk, ref, tmp_path, "我们已收到您的请求，将于十五日内答复。")
    assert Group.REPLY not in lacking(desk, ref)


def test_a_complaint_lacks_the_answer_to_itself(desk: Desk, tmp_path: Path) -> None:
    ref = proved(desk, tmp_path)
    answer(desk, ref, tmp_path, "不予支持。")
    letter = desk.letters(desk.case(ref))[0]
    scoring.score(desk, ref, {item.number: Score.REFUSED for item in letter.items})
    labels = []
    for kind in (FollowUp.REGULATOR, FollowUp.PROCURATORATE):
        told = escalating.preview(desk, ref, kind, details=Details())
        labels.append(escalating.keep(desk, told).letter.label)
        proof = [paper(tmp_path, "p.png")]
        dispatching.sent(desk, labels[-1], channel=Channel.EMS, on=desk.today, proofs=proof)
    arrivals = [f"pirights received {label} --at DATE --proof FILE" for label in labels]
    answers = [f"pirights reply add {label} FILE" for label in labels]
    assert lacking(desk, ref)[Group.COMPLAINT] == [*arrivals, *answers]
    assert Group.REQUEST not in lacking(desk, ref)
    replies.add(desk, labels[1], [paper(tmp_path, "受理.txt")], on=None)
    assert lacking(desk, ref)[Group.COMPLAINT] == [*arrivals, answers[0]]


def test_the_complaint_to_the_court_is_no_gap_of_its_own_suit(desk: Desk, tmp_path: Path) -> None:
    ref = proved(desk, tmp_path)
    answer(desk, ref, tmp_path, "不予支持。")
    letter = desk.letters(desk.case(ref))[0]
    scoring.score(desk, ref, {item.number: Score.REFUSED for item in letter.items})
    before = gaps.look(desk, ref).gaps
    told = escalating.preview(desk, ref, FollowUp.COURT, details=Details())
    suit = escalating.keep(desk, told).letter.label
    dispatching.sent(desk, suit, channel=Channel.HAND, on=desk.today, proofs=[])
    assert gaps.look(desk, ref).gaps == before


def test_only_costs_that_count_are_asked_for_their_receipts(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    told = {"kind": CostKind.POSTAGE, "amount": yuan("12.50", field="--amount"), "on": desk.today}
    costing.add(desk, ref, **told, proofs=[paper(tmp_path, "收据.png")])  # type: ignore[arg-type]
    assert Group.LOSS not in lacking(desk, ref)
    costing.add(desk, ref, **told)  # type: ignore[arg-type]
    assert lacking(desk, ref)[Group.LOSS] == [f"pirights case cost {ref} --void C2 --because TEXT"]
    costing.void(desk, ref, "C2", because="误记")
    assert Group.LOSS not in lacking(desk, ref)


def test_files_of_another_case_fill_no_gap(desk: Desk, tmp_path: Path) -> None:
    first = scan(desk, park(desk), files=(paper(tmp_path, "闸机.jpg"),))
    other = scan(desk, park(desk, "另一家公司"))
    ref = case(desk, handler=2, encounters=(other.id,)).case.ref
    ours = case(desk, encounters=(first.id,)).case.ref
    sent(desk, ours)
    assert Group.DEMAND in lacking(desk, ref)
    assert Group.DEMAND not in lacking(desk, ours)
    assert len(lacking(desk, ref)[Group.REQUEST]) == 1
