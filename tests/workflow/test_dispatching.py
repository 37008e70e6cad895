"""That a letter left, and that it arrived: what is kept, what is only remarked, what is refused."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from pirights.domain.attachment import Purpose
from pirights.domain.dispatch import Channel, Delivery, Letter
from pirights.domain.period import Force
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.workflow import case_history, cases, dispatching
from pirights.workflow.desk import Desk
from tests.workflow.office import TODAY, begun, case, days_later, kinds, said

LETTER_DAY = date(2026, 11, 21)


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    path = tmp_path / "EMS回执.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n of the carrier")
    return path


def test_sending_keeps_channel_day_number_and_proof(desk: Desk, slip: Path) -> None:
    ref = begun(desk)
    told = dispatching.sent(
        desk, ref, channel=Channel.EMS, on=LETTER_DAY, tracking=" 1098765432199 ", proofs=[slip]
    )
    letter = desk.vault.get(Letter, told.letter.id)
    assert letter == told.letter
    assert letter.dispatch is not None
    assert (letter.dispatch.channel, letter.dispatch.on, letter.dispatch.tracking) == (
        Channel.EMS,
        LETTER_DAY,
        "1098765432199",
    )
    assert letter.delivery is Delivery.SENT
    (proof,) = desk.vault.attachments(letter.label)
    assert (proof.name, proof.purpose) == ("EMS回执.png", Purpose.SENT_PROOF)
    assert proof.sha256 == sha256(slip.read_bytes()).hexdigest()
    assert told.notices == ()
    assert kinds(desk)[-2:] == ["letter.sent", "attachment.added"]


@pytest.mark.parametrize("channel", [Channel.WEBFORM, Channel.APP])
def test_a_form_or_an_app_is_asked_for_its_ticket_number_and_a_screen_recording(
    desk: Desk, slip: Path, channel: Channel
) -> None:
    ref = begun(desk)
    told = said(dispatching.sent(desk, ref, channel=channel, on=None, proofs=[slip]).notices)
    assert f"pirights sent {ref}/1 --correct --tracking NO" in told
    assert "No screen recording is among the proofs" in told


def test_with_ticket_number_and_screen_recording_nothing_is_missing(
    desk: Desk, tmp_path: Path
) -> None:
    film = tmp_path / "录屏.mp4"
    film.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(40))
    told = dispatching.sent(
        desk, begun(desk), channel=Channel.WEBFORM, on=None, tracking="T-1", proofs=[film]
    )
    assert told.notices == ()
    without = dispatching.sent(desk, case(desk).case.ref, channel=Channel.APP, on=None)
    assert "A screen recording of the whole path" in said(without.notices)


def test_the_ticket_number_stands_in_the_steps_and_days_that_follow(desk: Desk) -> None:
    ref = begun(desk)
    dispatching.sent(desk, ref, channel=Channel.WEBFORM, on=LETTER_DAY, tracking="T-2026-7")
    shown = cases.show(desk, ref)
    assert any("ticket number T-2026-7" in str(one.said) for one in case_history.of(desk, shown))
    found = cases.standing(desk, desk.case(ref))
    (asked,) = [one for one in found.deadlines if one.id == "arrival"]
    assert "Ask after ticket T-2026-7" in str(asked.what)


def test_without_a_day_it_was_sent_today(desk: Desk) -> None:
    told = dispatching.sent(desk, begun(desk), channel=Channel.HAND, on=None)
    assert told.letter.dispatch is not None
    assert told.letter.dispatch.on == TODAY


def test_sending_without_proof_is_remarked(desk: Desk) -> None:
    told = dispatching.sent(desk, begun(desk), channel=Channel.EMS, on=None)
    assert "No proof of sending" in said(told.notices)


def test_nothing_leaves_before_the_day_that_is_printed_on_it(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="before the letter's own date, 2026-11-21") as caught:
        dispatching.sent(desk, ref, channel=Channel.EMS, on=date(2026, 11, 20))
    assert "--date 2026-11-20" in str(caught.value.hint)
    assert desk.letter(ref)[1].dispatch is None
    dispatching.sent(desk, ref, channel=Channel.EMS, on=LETTER_DAY)


def test_a_letter_is_sent_only_once(desk: Desk) -> None:
    ref = begun(desk)
    dispatching.sent(desk, ref, channel=Channel.EMS, on=LETTER_DAY)
    with pytest.raises(NotNextStep, match=f"{ref}/1 was sent on 2026-11-21 already") as caught:
        dispatching.sent(desk, ref, channel=Channel.EMAIL, on=None)
    assert f"pirights received {ref}" in str(caught.value.hint)
    assert desk.letter(ref)[1].dispatch is not None
    assert kinds(desk).count("letter.sent") == 1


def test_arrival_sets_the_letter_to_received(desk: Desk, slip: Path) -> None:
    ref = begun(desk)
    dispatching.sent(desk, ref, channel=Channel.EMS, on=LETTER_DAY)
    told = dispatching.received(desk, ref, on=date(2026, 11, 22), proofs=[slip])
    letter = desk.letter(ref)[1]
    assert letter == told.letter
    assert letter.arrived_on == date(2026, 11, 22)
    assert letter.delivery is Delivery.RECEIVED
    assert [file.purpose for file in told.proofs] == [Purpose.ARRIVAL_PROOF]
    assert told.notices == ()


def test_what_was_not_sent_cannot_have_arrived(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(NotNextStep, match="has not been sent yet") as caught:
        dispatching.received(desk, ref, on=None)
    assert f"pirights sent {ref}" in str(caught.value.hint)


def test_a_letter_arrives_only_once(desk: Desk) -> None:
    ref = begun(desk)
    dispatching.sent(desk, ref, channel=Channel.EMS, on=LETTER_DAY)
    dispatching.received(desk, ref, on=date(2026, 11, 22))
    with pytest.raises(NotNextStep, match="arrived on 2026-11-22 already"):
        dispatching.received(desk, ref, on=None)


def test_nothing_arrives_before_it_was_sent(desk: Desk) -> None:
    ref = begun(desk)
    dispatching.sent(desk, ref, channel=Channel.EMS, on=date(2026, 11, 22))
    with pytest.raises(BadInput, match="before it was sent, 2026-11-22") as caught:
        dispatching.received(desk, ref, on=date(2026, 11, 21))
    assert f"pirights sent {ref} --correct --at DATE" in str(caught.value.hint)
    assert desk.letter(ref)[1].arrived_on is None
    dispatching.received(desk, ref, on=date(2026, 11, 22))


def test_nothing_happened_tomorrow(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="2026-11-24 for --at is in the future") as caught:
        dispatching.sent(desk, ref, channel=Channel.EMS, on=date(2026, 11, 24))
    assert "Today is 2026-11-23 in Asia/Shanghai" in str(caught.value.hint)
    dispatching.sent(desk, ref, channel=Channel.EMS, on=TODAY)
    with pytest.raises(BadInput, match="in the future"):
        dispatching.received(desk, ref, on=date(2026, 11, 24))
    assert desk.letter(ref)[1].arrived_on is None


@pytest.mark.parametrize("name", ["missing.png", "empty.png", ""])
def test_a_proof_that_cannot_be_taken_undoes_the_whole_act(
    desk: Desk, tmp_path: Path, slip: Path, name: str
) -> None:
    (tmp_path / "empty.png").write_bytes(b"")
    ref = begun(desk)
    before = kinds(desk)
    with pytest.raises(BadInput):
        dispatching.sent(
            desk, ref, channel=Channel.EMS, on=LETTER_DAY, proofs=[slip, tmp_path / name]
        )
    assert desk.letter(ref)[1].dispatch is None
    assert desk.vault.attachments() == []
    assert kinds(desk) == before
    assert desk.vault.check() == []


def test_a_tracking_number_with_a_control_character_is_refused(desk: Desk) -> None:
    ref = begun(desk)
    with pytest.raises(BadInput, match="tracking"):
        dispatching.sent(desk, ref, channel=Channel.EMS, on=None, tracking="1\x1b[2J")


def test_an_unknown_case_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        dispatching.sent(desk, "PR-2026-7K3M9QX-C", channel=Channel.EMS, on=None)


def test_with_its_arrival_it_is_said_by_when_an_answer_is_due_and_on_whose_word(
    desk: Desk,
) -> None:
    ref = begun(desk)
    assert dispatching.sent(desk, ref, channel=Channel.EMS, on=LETTER_DAY).due is None
    due = dispatching.received(desk, ref, on=date(2026, 11, 22)).due
    assert due is not None
    assert (due.on, due.force, due.provisional) == (date(2026, 12, 22), Force.STANDARD, False)
    assert "told.added" not in kinds(desk)


def test_a_day_into_a_year_without_notice_is_kept_as_it_was_told(desk: Desk) -> None:
    ref = begun(desk)
    later = days_later(desk, 28)  # 21 December 2026; thirty days lead into January
    dispatching.sent(later, ref, channel=Channel.EMS, on=date(2026, 12, 18))
    due = dispatching.received(later, ref, on=date(2026, 12, 20)).due
    assert due is not None
    assert due.provisional
    assert kinds(desk).count("told.added") == 1
