"""A letter in each of its forms, and the mail whose id is drawn once."""

import email
import stat
from dataclasses import replace
from email.message import Message
from email.policy import default
from pathlib import Path

import pytest

from pirights.domain.dispatch import Letter
from pirights.domain.document import Form, Language, Letters, ReceiptBox
from pirights.domain.reply import Reply
from pirights.errors import BadInput
from pirights.workflow import directory, dispatching, rendering, replies, viewer
from pirights.workflow.desk import Desk
from tests.workflow.office import begun, kinds, said, sent


def drafted(desk: Desk, ref: str, folder: Path, name: str = "letter.eml") -> Message:
    done = rendering.render(desk, ref, form=Form.EML, out=folder / name)
    return email.message_from_bytes(done.path.read_bytes())


def followed_up(desk: Desk, ref: str) -> str:
    """Give the case a second letter; its label."""
    [first] = desk.letters(desk.case(ref))
    with desk.vault.change(now=desk.now) as change:
        return change.add(replace(first, id=0, number=2, message_id="")).label


def test_the_id_is_drawn_once_and_kept_with_the_letter_and_in_the_journal(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    first = drafted(desk, ref, tmp_path, "one.eml")
    again = drafted(desk, ref, tmp_path, "two.eml")
    assert (tmp_path / "one.eml").read_bytes() == (tmp_path / "two.eml").read_bytes()
    _, letter = desk.letter(ref)
    assert letter.message_id == first["Message-ID"] == again["Message-ID"]
    assert letter.message_id.startswith(f"<{ref}.1.")
    assert letter.message_id.endswith("@pirights.invalid>")
    assert kinds(desk).count("letter.drafted") == 1
    assert desk.vault.check() == []


def test_other_forms_draw_no_id(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk, letters=Letters.BOTH)
    before = kinds(desk)
    for form in (Form.PDF, Form.DOCX, Form.TXT, Form.HTML):
        rendering.render(desk, ref, form=form, out=tmp_path / f"letter.{form}")
    assert kinds(desk) == before
    assert desk.letter(ref)[1].message_id == ""


def test_a_follow_up_answers_the_letters_before_it_that_were_mails(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    label = followed_up(desk, ref)
    assert drafted(desk, label, tmp_path)["In-Reply-To"] is None
    first = drafted(desk, f"{ref}/1", tmp_path)
    assert first["In-Reply-To"] is None
    second = drafted(desk, label, tmp_path)
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
    assert second["Message-ID"] != first["Message-ID"]


def test_a_mail_to_an_authority_answers_none_to_the_handler_nor_the_other_way(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    first = drafted(desk, ref, tmp_path)["Message-ID"]
    [request] = desk.letters(desk.case(ref))
    kinds = ("regulator", "court", "reminder", "regulator")
    with desk.vault.change(now=desk.now) as change:
        for number, kind in enumerate(kinds, start=2):
            change.add(replace(request, id=0, number=number, kind=kind, message_id=""))
    mails = [drafted(desk, f"{ref}/{number}", tmp_path) for number in range(2, 6)]
    assert [mail["References"] for mail in mails] == [None, None, first, mails[0]["Message-ID"]]
    assert [mail["To"] for mail in mails[:2]] == [None, None]


def test_a_case_with_mails_of_others_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    drafted(desk, ref, tmp_path)
    other = begun(desk)
    assert drafted(desk, other, tmp_path)["References"] is None


def test_sending_keeps_the_id(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    drawn = drafted(desk, ref, tmp_path)["Message-ID"]
    sent(desk, ref)
    dispatching.received(desk, ref, on=None)
    assert desk.letter(ref)[1].message_id == drawn


def test_the_mail_goes_from_the_person_to_the_handler_at_noon_of_its_day(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    directory.edit_handler(desk, 1, {"email": "privacy@park.example"})
    mail = drafted(desk, ref, tmp_path)
    assert "<privacy@park.example>" in mail["To"]
    assert "<lin@mail.example>" in mail["From"]
    assert mail["Date"] == "Sat, 21 Nov 2026 12:00:00 +0800"


def test_what_lacks_is_told(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    done = rendering.render(desk, ref, form=Form.EML, out=tmp_path / "one.eml")
    assert said(done.notices).startswith("H1 has no e-mail address")
    directory.edit_handler(desk, 1, {"email": "privacy@park.example"})
    done = rendering.render(desk, ref, form=Form.EML, out=tmp_path / "two.eml")
    assert done.notices == ()
    directory.edit_person(desk, 1, {"email": ""})
    done = rendering.render(desk, ref, form=Form.EML, out=tmp_path / "three.eml")
    assert said(done.notices).startswith("P1 has no e-mail address")
    assert email.message_from_bytes(done.path.read_bytes())["From"] is None


def test_an_address_that_is_none_stops_the_mail_and_draws_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    directory.edit_handler(desk, 1, {"email": "见网站, a@b.example"})
    before = kinds(desk)
    with pytest.raises(BadInput, match="is not one e-mail address"):
        drafted(desk, ref, tmp_path)
    assert kinds(desk) == before
    assert not list(tmp_path.glob("*.eml"))


def test_the_words_of_the_mail_are_the_letters_without_the_box_for_a_stamp(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    _, letter = desk.letter(ref)
    box = ReceiptBox(lines=("签收栏",), language=Language.ZH)
    boxed = replace(letter.document, blocks=(*letter.document.blocks, box))
    with desk.vault.change(now=desk.now) as change:
        change.replace(replace(letter, document=boxed), kind="letter.changed")
    drafted(desk, ref, tmp_path)
    mail = email.message_from_bytes((tmp_path / "letter.eml").read_bytes(), policy=default)
    body = mail.get_body()
    assert body is not None
    words, whole = str(body.get_content()), rendering.text_of(desk, ref)[1]
    assert "签收栏" in whole
    assert "签收栏" not in words
    assert words.splitlines()[:5] == whole.splitlines()[:5]
    rendering.render(desk, ref, form=Form.PDF, out=tmp_path / "letter.pdf")
    [paper] = mail.iter_attachments()
    assert paper.get_content() == (tmp_path / "letter.pdf").read_bytes()


def answered(desk: Desk, folder: Path, *headers: str) -> Reply:
    lines = ["From: 客服 <privacy@park.example>", "Subject: Re", *headers, "", "已收到。", ""]
    path = folder / "answer.eml"
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    return replies.add(desk, None, [path], on=None)[0].reply


def test_a_reply_to_the_mail_is_put_with_its_case_without_a_word(
    desk: Desk, tmp_path: Path
) -> None:
    ref = begun(desk)
    drawn = drafted(desk, ref, tmp_path)["Message-ID"]
    assert answered(desk, tmp_path, f"In-Reply-To: {drawn}").ref == ref
    assert answered(desk, tmp_path, f"References: <x@y.example> {drawn}").ref == ref


def test_an_id_that_was_never_drawn_puts_a_reply_nowhere(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    drafted(desk, ref, tmp_path)
    forged = f"<{ref}.1.0000000000000000@pirights.invalid>"
    assert answered(desk, tmp_path, f"In-Reply-To: {forged}").ref == ""


def test_an_id_drawn_meanwhile_is_the_letters(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program draws an id after this one has looked."""
    ref = begun(desk)
    theirs = f"<{ref}.1.aaaaaaaaaaaaaaaa@pirights.invalid>"
    look = Desk.letters

    def looked(self: Desk, case: object) -> object:
        found = look(self, case)  # type: ignore[arg-type]
        if not self.vault.find_all(Letter, ref=ref)[0].message_id:
            with self.vault.change(now=self.now) as change:
                change.replace(replace(found[0], message_id=theirs), kind="letter.drafted")
        return found

    monkeypatch.setattr(Desk, "letters", looked)
    assert drafted(desk, ref, tmp_path)["Message-ID"] == theirs
    assert kinds(desk).count("letter.drafted") == 1


# --- showing it


def opener(folder: Path, script: str) -> dict[str, str]:
    """Put a program in the place of the system's opener."""
    tool = folder / "bin" / "xdg-open"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    tool.chmod(0o755)
    return {"PATH": f"{tool.parent}:/usr/bin:/bin", "DISPLAY": ":9"}


def test_a_preview_lies_where_only_its_owner_may_look(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ref = begun(desk)
    done = rendering.preview(desk, ref, {})
    assert not done.shown
    assert done.path.parent.parent == tmp_path
    assert stat.S_IMODE(done.path.parent.stat().st_mode) == 0o700
    rendering.render(desk, ref, form=Form.PDF, out=tmp_path / "letter.pdf")
    assert done.path.read_bytes() == (tmp_path / "letter.pdf").read_bytes()
    assert rendering.preview(desk, ref, {}).path != done.path


def test_the_systems_program_gets_the_file_and_nothing_of_the_vault(tmp_path: Path) -> None:
    told = tmp_path / "told"
    surroundings = opener(tmp_path, f'echo "$1" > "{told}"; env >> "{told}"')
    surroundings["PIRIGHTS_VAULT"] = "/elsewhere"
    assert viewer.show(tmp_path / "a b.pdf", surroundings)
    lines = told.read_text(encoding="utf-8").splitlines()
    assert lines[0] == str(tmp_path / "a b.pdf")
    assert "DISPLAY=:9" in lines
    assert not [line for line in lines if "PIRIGHTS" in line]


@pytest.mark.parametrize("script", ["exit 3", "exit 4"])
def test_an_opener_that_finds_no_program_is_no_viewer(script: str, tmp_path: Path) -> None:
    assert not viewer.show(tmp_path / "a.pdf", opener(tmp_path, script))


def test_an_opener_that_goes_on_running_is_showing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewer, "_PATIENCE", 0.2)
    assert viewer.show(tmp_path / "a.pdf", opener(tmp_path, "exec sleep 2"))


def test_without_display_or_opener_there_is_nothing_to_show_it_with(tmp_path: Path) -> None:
    told = tmp_path / "told"
    surroundings = opener(tmp_path, f'echo > "{told}"')
    assert not viewer.show(tmp_path / "a.pdf", {"PATH": surroundings["PATH"]})
    assert not viewer.show(tmp_path / "a.pdf", {"PATH": str(tmp_path), "DISPLAY": ":9"})
    assert not told.exists()
    (tmp_path / "bin" / "xdg-open").write_bytes(b"\x7fELF no program")
    assert not viewer.show(tmp_path / "a.pdf", surroundings)
