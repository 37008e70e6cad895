"""Taking in an mbox file: mail by mail, each kept by itself, so that a second run goes on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from pirights.domain import reference
from pirights.domain.case import Case
from pirights.errors import BadInput, Cancelled, Message, message
from pirights.mail import mbox
from pirights.mail.mbox import Piece
from pirights.mail.parse import SIZE_LIMIT
from pirights.vault.attachments import shown_name
from pirights.workflow import doubles, intake
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Incoming, Taken
from pirights.workflow.known import Known, is_ours

_ENDINGS: Final = frozenset({".mbox", ".mbx", ""})
_FIRST: Final = 4_096

FEW: Final = 20
"""Mails that concern no case, up to which those of a file go into the inbox unasked."""


@dataclass(slots=True, kw_only=True)
class Emptied:
    """What came of a file.

    Attributes:
        taken: Without their texts.
        already: Mails that were here before.
        strangers: Mails that concern no case and were left.
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


def refuse_other(path: Path) -> None:
    """Make sure that a file holds mails, before anything is taken.

    Raises:
        BadInput: It is empty, no mail begins in it, or it cannot be read.
    """
    name = shown_name(path)
    try:
        with path.open("rb") as file:
            first = file.read(_FIRST).lstrip(b"\r\n")
    except OSError as wrong:
        raise _unreadable(name, wrong) from wrong
    if not first.strip():
        raise BadInput(message("{file} is empty.", file=name))
    if not mbox.holds_mail(first):
        raise BadInput(
            message("{file} is no mailbox: no mail begins where it begins.", file=name),
            hint=message("A single mail is taken in as .eml, a text as .txt."),
        )


def add(  # noqa: PLR0913 (what is wanted of a file)
    desk: Desk,
    ref: str | None,
    path: Path,
    *,
    on: date | None,
    everything: bool = False,
    tell: Callable[[int], None],
) -> Emptied:
    """Take in the mails of an mbox; those that concern no case go into the inbox if they are few.

    Args:
        desk: Vault and moment.
        ref: The case, with which all are put; None to find each mail's own.
        path: The file.
        on: The day they came in; None for each mail's own date.
        everything: Those that concern no case are taken however many they are.
        tell: Is told how many mails were looked at.

    Raises:
        BadInput: The file is no mailbox or cannot be read, or the disk is full.
        Cancelled: The user stopped it.
        NotFound: No such case.
    """
    case = desk.case(ref) if ref is not None else None
    refuse_other(path)
    day = desk.past_day(on, field="at") if on is not None else None
    emptying = _Emptying(desk=desk, known=Known.of(desk), path=path, case=case, on=day)
    done = emptying.done
    try:
        with path.open("rb") as file:
            emptying.run(file, everything=everything, tell=tell)
    except OSError as wrong:
        raise _unreadable(shown_name(path), wrong) from wrong
    except KeyboardInterrupt:
        raise Cancelled(
            message("Stopped; {count} mails were taken and stay.", count=len(done.taken)),
            hint=message("The same command goes on where it stopped."),
        ) from None
    return done


@dataclass(frozen=True, slots=True, kw_only=True)
class _Emptying:
    desk: Desk
    known: Known
    path: Path
    case: Case | None
    on: date | None
    done: Emptied = field(default_factory=Emptied)

    def run(self, file: BinaryIO, *, everything: bool, tell: Callable[[int], None]) -> None:
        """Take what concerns a case; then, if they are few, the others."""
        everything = everything or self.case is not None
        strangers: set[int] = set()
        for piece in mbox.mails(file):
            tell(piece.number)
            if piece.is_cut:
                self.done.left.append(_too_large(shown_name(self.path), piece.number))
            elif not self._is_done(piece, anyhow=everything):
                strangers.add(piece.number)
        if len(strangers) > FEW:
            self.done.strangers = len(strangers)
            return
        file.seek(0)
        for piece in mbox.mails(file) if strangers else ():
            if piece.number in strangers:
                self._is_done(piece, anyhow=True)

    def _is_done(self, piece: Piece, *, anyhow: bool) -> bool:
        """Take a mail, unless it is here or concerns no case; False for the last of these."""
        desk, known = self.desk, self.known
        one = intake.from_mail(f"{self.path.stem[:40]}-{piece.number:05d}.eml", piece.octets)
        ours = one.mail is not None and is_ours(desk, one.mail.message_id)
        if ours or doubles.is_here(desk, known, one, piece.octets):
            self.done.already += 1
            return True
        if not anyhow and not _concerns(known, one):
            return False
        with desk.vault.change(now=desk.now) as change:
            taken = intake.keep(desk, change, known, one, case=self.case, on=self.on, vouched=False)
        self.done.taken.append(taken.without_text)
        return True


def _concerns(known: Known, one: Incoming) -> bool:
    if one.mail is None:
        return True  # nobody could read it: a person decides
    return doubles.concerns(known, one.mail) or bool(reference.find_in(one.text))


def _unreadable(name: str, wrong: OSError) -> BadInput:
    return BadInput(message("{file} cannot be read: {problem}.", file=name, problem=wrong.strerror))


def _too_large(name: str, number: int) -> Message:
    return message(
        "Mail {number} of {file} was not taken: it has more than {limit} MiB.",
        number=number,
        file=name,
        limit=SIZE_LIMIT // 2**20,
    )
