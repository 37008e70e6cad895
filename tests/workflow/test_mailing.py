"""What is made sure of before a letter leaves as a mail."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pirights.domain.dispatch import Channel, Delivery, Dispatch, Sending
from pirights.domain.document import Form
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.mail_account import MailAccount, Server
from pirights.errors import BadInput, NotNextStep
from pirights.workflow import directory, dispatching, mailing, rendering
from pirights.workflow.desk import Desk
from tests.workflow.office import TODAY, begun, said

PARK = "privacy@park.example"
ACCOUNT = MailAccount(user="lin@mail.example", smtp=Server(host="smtp.mail.example", port=465))


@pytest.fixture
def ref(desk: Desk) -> str:
    found = begun(desk)
    directory.edit_handler(desk, 1, {"email": PARK})
    return found


def test_the_mail_is_the_draft_but_for_its_mark_and_its_date(
    desk: Desk, ref: str, tmp_path: Path
) -> None:
    mail = mailing.prepare(desk, ref, ACCOUNT)
    assert (mail.sender, mail.to, mail.notices) == ("lin@mail.example", PARK, ())
    assert mail.subject.endswith(f"[{ref}]")
    rendering.render(desk, ref, form=Form.EML, out=tmp_path / "a.eml")
    draft = (tmp_path / "a.eml").read_bytes()
    noon, now = b"Date: Sat, 21 Nov 2026 12:00:00 +0800", b"Date: Mon, 23 Nov 2026 12:00:00 +0800"
    assert draft.replace(b"X-Unsent: 1\r\n", b"").replace(noon, now) == mail.data
    assert noon in draft
    assert now in mail.data
    assert mail.data == mailing.prepare(desk, ref, ACCOUNT).data


def test_the_header_gives_the_moment_of_sending_in_the_letters_zone(desk: Desk, ref: str) -> None:
    later = replace(desk, now=datetime(2026, 11, 23, 16, 30, 5, tzinfo=UTC))
    assert b"\r\nDate: Tue, 24 Nov 2026 00:30:05 +0800\r\n" in (
        mailing.prepare(later, ref, ACCOUNT).data
    )


def test_each_address_gets_an_id_of_its_own_which_stays(
    desk: Desk, ref: str, tmp_path: Path
) -> None:
    first = mailing.prepare(desk, ref, ACCOUNT).letter
    assert mailing.prepare(desk, ref, ACCOUNT).letter == first
    directory.edit_handler(desk, 1, {"email": PARK.upper()})
    assert mailing.prepare(desk, ref, ACCOUNT).letter.message_id == first.message_id
    directory.edit_handler(desk, 1, {"email": "other@park.example"})
    second = mailing.prepare(desk, ref, ACCOUNT).letter
    assert second.mail_ids == (second.message_id, first.message_id)
    assert second.message_id != first.message_id
    rendering.render(desk, ref, form=Form.EML, out=tmp_path / "a.eml")
    assert second.message_id.encode() in (tmp_path / "a.eml").read_bytes()
    directory.edit_handler(desk, 1, {"email": PARK})
    assert len(set(mailing.prepare(desk, ref, ACCOUNT).letter.mail_ids)) == 3


def test_a_mail_that_came_back_goes_to_the_same_address_under_another_id(
    desk: Desk, ref: str
) -> None:
    letter = mailing.prepare(desk, ref, ACCOUNT).letter
    attempt = Sending(
        at=desk.now, to=PARK, server="smtp:465", state=Delivery.SENT, message_id=letter.message_id
    )
    left = replace(letter, sendings=(attempt,), dispatch=Dispatch(channel=Channel.EMAIL, on=TODAY))
    assert left.has_id_for(PARK)
    back = replace(left, reported=Delivery.BOUNCED)
    assert not back.has_id_for(PARK)
    with desk.vault.change(now=desk.now) as change:
        change.replace(back, kind="letter.bounced")
    anew = mailing.prepare(desk, ref, ACCOUNT).letter
    assert anew.earlier_ids == (letter.message_id,)
    assert mailing.prepare(desk, ref, ACCOUNT).letter == anew


def test_a_letter_mailed_before_ids_were_kept_apart_keeps_its_own(desk: Desk, ref: str) -> None:
    _, letter = desk.letter(ref)
    attempt = Sending(at=desk.now, to=PARK, server="smtp:465", state=Delivery.FAILED)
    old = replace(letter, message_id="<a@pirights.invalid>", sendings=(attempt,))
    assert old.has_id_for(PARK)
    assert not old.has_id_for("other@park.example")
    after = replace(old, message_id="<b@pirights.invalid>", earlier_ids=(old.message_id,))
    assert after.id_of(attempt) == "<a@pirights.invalid>"


def test_a_letter_to_an_authority_is_not_sent_to_the_handler(desk: Desk, ref: str) -> None:
    _, letter = desk.letter(ref)
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(letter, kind=FollowUp.REGULATOR.value), kind="letter.edited")
    with pytest.raises(BadInput, match="whose address the vault does not know"):
        mailing.prepare(desk, ref, ACCOUNT)


def test_an_account_of_another_address_and_a_stale_address_are_told(desk: Desk, ref: str) -> None:
    handler = desk.vault.get(Handler, 1)
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(handler, email_bounced=date(2026, 11, 22)), kind="handler.bounced")
    told = said(mailing.prepare(desk, ref, replace(ACCOUNT, user="other@mail.example")).notices)
    assert "the server may refuse that" in told
    assert f"A mail to {PARK} came back on 2026-11-22" in told


def test_an_attempt_without_an_end_is_open_until_it_is_recorded(desk: Desk, ref: str) -> None:
    _, letter = desk.letter(ref)
    attempt = Sending(at=datetime(2026, 11, 22, tzinfo=UTC), to=PARK, server="smtp:465")
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(letter, sendings=(attempt,)), kind="letter.sending")
    mail = mailing.prepare(desk, ref, ACCOUNT)
    assert mail.is_open
    assert mail.letter.delivery is Delivery.SENDING
    with pytest.raises(NotNextStep, match="how that ended is not known"):
        mailing.send(desk, mail, "")
    told = dispatching.sent(desk, ref, channel=Channel.EMAIL, on=None)
    assert told.letter.delivery is Delivery.SENT
    with pytest.raises(NotNextStep, match="was sent on 2026-11-23 already"):
        mailing.prepare(desk, ref, ACCOUNT)
