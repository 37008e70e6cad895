"""The calendar of what is due: it follows what changes, and never counts down."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pirights.domain.case import Outcome
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Period
from pirights.errors import BadInput, Message
from pirights.render import ics
from pirights.render.ics import Entry, Status
from pirights.workflow import adjusting, cases, directory, due_calendar, escalating
from pirights.workflow.desk import Desk
from tests.workflow.office import arrived, begun, days_later, sent


def entries(file: Path) -> dict[str, Entry]:
    found = ics.read(file.read_bytes())
    return {entry.uid.split("@")[0].split("-", 4)[-1]: entry for entry in found}


def write(desk: Desk, file: Path, *, within: int | None = None, detail: bool = False) -> None:
    due_calendar.write(desk, file, str, within=within, detail=detail)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "due.ics"


def test_a_day_keeps_its_name_and_its_number_goes_up_when_the_day_moves(
    desk: Desk, file: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    write(desk, file)
    (before,) = entries(file).values()
    assert before.uid == f"{ref}-1-answer@pirights.invalid"
    assert before.sequence == desk.vault.journal_length()
    assert before.stamp == desk.now
    assert before.on == date(2026, 12, 22)
    adjusting.promise(desk, ref, on=desk.today, period=Period(amount=10), because="电话")
    write(days_later(desk, 1), file)
    (after,) = entries(file).values()
    assert (after.uid, after.on) == (before.uid, date(2026, 12, 3))
    assert after.sequence > before.sequence
    assert after.stamp == desk.now + timedelta(days=1)


def test_the_same_vault_and_file_give_the_same_octets_on_a_later_day_too(
    desk: Desk, file: Path
) -> None:
    ref = begun(desk)
    sent(desk, ref)
    write(desk, file)
    before = file.read_bytes()
    write(days_later(desk, 2), file)
    assert file.read_bytes() == before
    cases.note(desk, ref, "x")
    write(desk, file)
    assert file.read_bytes() == before


def test_what_is_done_is_called_off_once_and_what_comes_back_stands_again(
    desk: Desk, file: Path
) -> None:
    ref = begun(desk)
    write(desk, file, detail=True)
    (first,) = entries(file).values()
    assert first.uid == f"{ref}-1-send@pirights.invalid"
    sent(desk, ref)
    write(desk, file)
    found = entries(file)
    assert set(found) == {"1-send", "1-arrival"}
    gone = found["1-send"]
    assert (gone.status, gone.on) == (Status.CANCELLED, first.on)
    assert gone.sequence > first.sequence
    assert gone.summary == f"{ref}: no longer due"
    assert gone.description == ""
    write(desk, file)
    assert entries(file) == found
    cases.close(desk, ref, outcome=Outcome.FULL)
    write(desk, file)
    assert {one.status for one in entries(file).values()} == {Status.CANCELLED}
    closed = entries(file)["1-arrival"]
    cases.reopen(desk, ref)
    write(desk, file)
    again = entries(file)["1-arrival"]
    assert again.status is Status.CONFIRMED
    assert again.sequence > closed.sequence


def test_a_lost_file_does_not_let_the_numbers_fall_back(desk: Desk, file: Path) -> None:
    ref = begun(desk)
    write(desk, file)
    sent(desk, ref)
    write(desk, file)
    before = entries(file)
    file.unlink()
    cases.note(desk, ref, "x")
    write(desk, file)
    assert entries(file)["1-arrival"].sequence >= before["1-arrival"].sequence


def test_a_number_that_is_ahead_stays_ahead(desk: Desk, file: Path) -> None:
    ref = begun(desk)
    write(desk, file)
    (first,) = entries(file).values()
    file.write_bytes(ics.written([replace(first, sequence=5000, summary="altered")]))
    write(desk, file)
    assert entries(file)["1-send"].sequence == 5001
    assert entries(file)["1-send"].summary == f"{ref}: to be sent"


def test_a_narrower_window_calls_nothing_off_that_still_runs(desk: Desk, file: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    write(desk, file)
    before = file.read_bytes()
    made = due_calendar.write(desk, file, str, within=3, detail=False)
    assert file.read_bytes() == before
    assert (made.items, made.running, made.cancelled) == ((), 1, 0)


def test_a_pause_takes_the_day_out_and_a_restart_brings_it_back(desk: Desk, file: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    write(desk, file)
    adjusting.pause(desk, ref, on=desk.today, because="电话")
    write(desk, file)
    assert entries(file)["1-answer"].status is Status.CANCELLED
    later = days_later(desk, 5)
    adjusting.restart(later, ref, on=later.today, because="信")
    write(later, file)
    found = entries(file)
    assert set(found) == {"1-answer"}
    assert found["1-answer"].status is Status.CONFIRMED


def test_by_default_no_name_is_told_and_the_force_of_a_day_is(desk: Desk, file: Path) -> None:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    write(desk, file)
    text = file.read_text(encoding="utf-8").replace("\r\n ", "")
    assert "乐园" not in text
    assert "闸机" not in text
    assert "林知远" not in text
    assert entries(file)["1-answer"].summary == f"{ref}: day for the answer"
    assert "On whose word: standard." in entries(file)["1-answer"].description
    before = entries(file)["1-answer"].sequence
    write(desk, file, detail=True)
    told = entries(file)["1-answer"]
    assert told.summary == f"{ref}: day for the answer, 杭州样例野趣乐园有限公司 (standard)"
    assert "Handler: 杭州样例野趣乐园有限公司." in told.description
    assert told.sequence > before


@pytest.mark.parametrize(
    "name", ["甲,乙;丙\\丁有限公司", "C:\\New 有限公司", "😀" * 250, "样例" * 250, 'X":A']
)
def test_a_hostile_name_changes_nothing_from_one_export_to_the_next(
    desk: Desk, file: Path, name: str
) -> None:
    begun(desk)
    directory.edit_handler(desk, 1, {"name": name})
    write(desk, file, detail=True)
    before = file.read_bytes()
    write(days_later(desk, 1), file, detail=True)
    assert file.read_bytes() == before
    assert name in entries(file)["1-send"].summary


def test_an_empty_calendar_is_not_written(desk: Desk, file: Path) -> None:
    made = due_calendar.write(desk, file, str, within=None, detail=False)
    assert (made.octets, made.running) == (b"", 0)
    assert not file.exists()


def test_somebody_elses_calendar_is_never_replaced(desk: Desk, file: Path, tmp_path: Path) -> None:
    begun(desk)
    theirs = b"BEGIN:VCALENDAR\r\nPRODID:-//Else//EN\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
    file.write_bytes(theirs)
    with pytest.raises(BadInput, match=r"due\.ics is not a calendar"):
        write(desk, file)
    assert file.read_bytes() == theirs
    with pytest.raises(BadInput, match="is not a file"):
        write(desk, tmp_path)


def test_a_day_long_over_leaves_the_file(desk: Desk, file: Path) -> None:
    ref = begun(desk)
    write(desk, file)
    cases.close(desk, ref, outcome=Outcome.FULL)
    write(desk, file)
    assert len(entries(file)) == 1
    made = due_calendar.write(days_later(desk, 400), file, str, within=None, detail=False)
    assert (made.running, made.cancelled) == (0, 0)


def test_two_letters_that_lie_ready_are_two_days(desk: Desk, file: Path) -> None:
    ref = begun(desk)
    escalating.keep(desk, escalating.preview(desk, ref, FollowUp.PRESERVE))
    write(desk, file)
    assert set(entries(file)) == {"1-send", "2-send"}


def test_sentences_are_said_in_the_language_that_is_asked_for(desk: Desk, file: Path) -> None:
    begun(desk)

    def loud(what: Message) -> str:
        return str(what).upper()

    due_calendar.write(desk, file, loud, within=None, detail=False)
    assert entries(file)["1-send"].summary.endswith("TO BE SENT")
