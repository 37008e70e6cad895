"""To which case a reply belongs."""

from dataclasses import dataclass

from pirights.domain.reference import make
from pirights.domain.reply_matching import match

OURS = make(2026, "7K3M9QX")
OTHER = make(2026, "0123456")
FOREIGN = make(2026, "ZZZZZZZ")
KNOWN = frozenset({OURS, OTHER})
SENT = {f"<{OURS}.1@pirights.invalid>": OURS, f"<{OTHER}.1@pirights.invalid>": OTHER}


@dataclass(frozen=True)
class Mail:
    """As much of a mail as the matching asks for."""

    subject: str = ""
    text: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


def found(mail: Mail) -> str | None:
    ref, reason = match(mail, KNOWN, SENT)
    assert str(reason)
    return ref


def test_the_mail_it_answers_decides_before_all_else() -> None:
    mail = Mail(in_reply_to=f"<{OURS}.1@pirights.invalid>", subject=OTHER, text=OTHER)
    assert found(mail) == OURS


def test_the_latest_of_the_conversation_decides() -> None:
    ids = tuple(SENT)
    assert found(Mail(references=("<x@y>", *ids))) == OTHER
    assert found(Mail(references=(*reversed(ids), "<x@y>"))) == OURS


def test_a_reference_in_the_subject_decides_before_the_text() -> None:
    assert found(Mail(subject=f"Re: {OURS.lower()}", text=OTHER)) == OURS


def test_the_writers_own_words_go_before_what_he_quotes() -> None:
    assert found(Mail(text=f"关于 {OURS}：\n> {OTHER}\n")) == OURS
    assert found(Mail(text=f"您好\n> 编号 {OTHER}\n")) == OTHER


def test_two_cases_in_one_place_are_not_guessed_between() -> None:
    ref, reason = match(Mail(subject=f"{OURS} {OTHER}"), KNOWN, SENT)
    assert ref is None
    assert "several cases" in str(reason)


def test_a_reference_that_the_vault_does_not_know_is_never_obeyed() -> None:
    ref, reason = match(Mail(subject=f"Re: {FOREIGN}"), KNOWN, SENT)
    assert ref is None
    assert f"{FOREIGN}, which this vault does not know" in str(reason)
    assert match(Mail(in_reply_to="<a@b>"), KNOWN, {"<a@b>": FOREIGN})[0] is None


def test_a_mail_of_no_case_matches_none() -> None:
    assert found(Mail(subject="Hello", text="world")) is None
