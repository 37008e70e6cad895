"""Their numbers for a case, the time spent on it, and its history from the vault."""

from datetime import date
from pathlib import Path

import pytest

from pirights.errors import BadInput, NotFound
from pirights.workflow import case_extras, case_history, cases, dispatching
from pirights.workflow.desk import Desk
from tests.workflow import office


def test_their_numbers_are_kept_once_and_can_be_taken_out(desk: Desk) -> None:
    ref = office.begun(desk)
    case_extras.add_ref(desk, ref, " TS-1 ")
    case_extras.add_ref(desk, ref, "受理〔2026〕2号")
    assert desk.case(ref).their_refs == ("TS-1", "受理〔2026〕2号")
    for wrong in ("TS-1", "  ", "a\u0000b"):
        with pytest.raises(BadInput):
            case_extras.add_ref(desk, ref, wrong)
    with pytest.raises(NotFound):
        case_extras.remove_ref(desk, ref, "TS-2")
    case_extras.remove_ref(desk, ref, "TS-1")
    assert desk.case(ref).their_refs == ("受理〔2026〕2号",)


def test_time_is_entered_in_minutes_and_not_in_advance(desk: Desk) -> None:
    ref = office.begun(desk)
    case_extras.spend(desk, ref, 90, on=None, note="写函")
    case_extras.spend(desk, ref, 5, on=date(2026, 11, 22))
    assert [one.minutes for one in desk.case(ref).time_spent] == [90, 5]
    for minutes, on in ((0, None), (10_081, None), (5, date(2026, 11, 24))):
        with pytest.raises(BadInput):
            case_extras.spend(desk, ref, minutes, on=on)


def test_the_history_counts_the_files_that_prove_a_way(desk: Desk, tmp_path: Path) -> None:
    ref = office.begun(desk)
    office.sent(desk, ref)
    proof = tmp_path / "signer.png"
    proof.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    dispatching.received(desk, ref, on=date(2026, 11, 22), proofs=[proof])
    told = {one.what.value: one for one in case_history.of(desk, cases.show(desk, ref))}
    assert list(told) == ["encounter", "letter", "sent", "arrived"]
    assert told["arrived"].said.values["proof"].values == {"count": 1}  # type: ignore[attr-defined]
    assert "no proof" in str(told["sent"].said.values["proof"])
