"""Taking in an mbox file: mail by mail, each kept by itself, so that a second run goes on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from pirights.domain import reference
from pirights.errors import BadInput, Cancelled, Message, message
from pirights.mail import mbox
from pirights.mail.parse import SIZE_LIMIT
from pirights.vault.attachments import shown_name
from pirights.workflow import doubles, intake
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Incoming, Taken
from pirights.workflow.known import Known, is_ours

_ENDINGS: Final = frozenset({".mbox", ".mbx", ""})
_FIRST: Final = 4_096


@dataclass(slots=True, kw_only=True)
class Emptied:
    """What came of a file.

    Attributes:
        taken: Without their texts.
        already: Mails that were here before.
        strangers: Mails that concern no case.
        left: What was not taken for another reason.
    """

    taken: list[Taken] = field(default_factory=list)
    already: int = 0
    strangers: int = 0
    left: list[Message] = field(default_factory=list)


def is_mbox(path: Path) -> bool:
    """Say whether a file holds many mails."""
    if path.suffix.casefold() not in _ENDINGS:
        return False
    try:
        with path.open("rb") as file:
            return mbox.looks_like_mbox(file.read(_FIRST)) or path.suffix != ""
    except OSError:
        return False


def add(
    desk: Desk,
    ref: str | None,
    path: Path,
    *,
    on: date | None,
    tell: Callable[[int], None],
) -> Emptied:
    """Take in the mails of an mbox that concern a case; all of them if the case is named.

    Args:
        desk: Vault and moment.
        ref: The case; None to find each mail's own.
        path: The file.
        on: The day they came in; None for each mail's own date.
        tell: Is told how many mails were looked at.

    Raises:
        BadInput: The file cannot be read, or the disk is full.
        Cancelled: The user stopped it.
        NotFound: No such case.
    """
    case = desk.case(ref) if ref is not None else None
    day = desk.past_day(on, field="at") if on is not None else None
    known = Known.of(desk)
    done, name = Emptied(), shown_name(path)
    try:
        with path.open("rb") as file:
            for piece in mbox.mails(file):
                tell(piece.number)
                if piece.is_cut:
                    done.left.append(_too_large(name, piece.number))
                    continue
                one = intake.from_mail(f"{path.stem[:40]}-{piece.number:05d}.eml", piece.octets)
                if one.mail is not None and is_ours(desk, one.mail.message_id):
                    done.already += 1
                elif case is None and not _concerns(known, one):
                    done.strangers += 1
                elif doubles.is_here(desk, known, one, piece.octets):
                    done.already += 1
                else:
                    with desk.vault.change(now=desk.now) as change:
                        taken = intake.keep(
                            desk, change, known, one, case=case, on=day, vouched=False
                        )
                    done.taken.append(taken.without_text)
    except OSError as wrong:
        raise BadInput(
            message("{file} cannot be read: {problem}.", file=name, problem=wrong.strerror)
        ) from wrong
    except KeyboardInterrupt:
        raise Cancelled(
            message("Stopped; {count} mails were taken and stay.", count=len(done.taken)),
            hint=message("The same command goes on where it stopped."),
        ) from None
    return done


def _concerns(known: Known, one: Incoming) -> bool:
    if one.mail is None:
        return True  # nobody could read it: a person decides
    return doubles.concerns(known, one.mail) or bool(reference.find_in(one.text))


def _too_large(name: str, number: int) -> Message:
    return message(
        "Mail {number} of {file} was not taken: it has more than {limit} MiB.",
        number=number,
        file=name,
        limit=SIZE_LIMIT // 2**20,
    )
