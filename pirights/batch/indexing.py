"""What the index, the labels and the print-out say of each letter of a run.

Gathered while the letters are made, when all of it is at hand, and laid aside in a file without a
name until the run is over: a long sheet takes no memory.
"""

import pickle
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from pirights import rule_data
from pirights.batch import run_folder
from pirights.batch.index import IndexRow
from pirights.batch.keeping import InVault
from pirights.batch.step import Kept
from pirights.domain.batch_row import BatchRow
from pirights.domain.dispatch import Letter
from pirights.domain.document import Language
from pirights.domain.due_dates import send_due
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.person import Capacity, Person
from pirights.domain.reply import Reply
from pirights.letters import beside, ems
from pirights.letters.capacity import called, own_side
from pirights.letters.ems import PostingBrief
from pirights.workflow import acting, cases
from pirights.workflow.desk import Desk

_NO_DAY: Final = frozenset({"limitation", "paused"})
"""What runs in a case and is no day by which something of this letter is due."""


class Gathered:
    """The index of a run as it grows; its rows can be gone through several times."""

    def __init__(self, out: Path) -> None:
        """Make the file, in the folder of the run, which has the room.

        Raises:
            BadInput: The folder is read-only or full.
        """
        try:
            self._file: Final[IO[bytes]] = tempfile.TemporaryFile(dir=out)  # noqa: SIM115 (closed by `with`)
        except OSError as wrong:
            raise run_folder.unwritable(out, wrong) from wrong
        self.count = 0

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let it go."""
        self._file.close()

    def add(self, row: IndexRow) -> None:
        """Lay a row aside, behind those before it."""
        pickle.dump(row, self._file, pickle.HIGHEST_PROTOCOL)
        self.count += 1

    def rows(self) -> Iterator[IndexRow]:
        """Give the rows anew, in their order; one pass at a time."""
        self._file.seek(0)
        for _ in range(self.count):
            yield pickle.load(self._file)  # noqa: S301 (our own file, which has no name)


def of(desk: Desk, there: InVault, *, is_new: bool) -> IndexRow:
    """Say of a letter what its lines in index and labels say.

    Args:
        desk: Vault and moment.
        there: The row that was made.
        is_new: It was made just now.
    """
    row, kept = there.row, there.kept
    letter, person, handler = kept.letter, kept.person, kept.handler
    sender = _sender(person, kept.actor)
    authority = beside.to_authority(letter)
    requester = own_side(person, kept.actor, desk.laws, Language.ZH)["requester"]
    enclosed = requester["enclosures"] if isinstance(requester, dict) else ()
    return IndexRow(
        key=row.key,
        ref=letter.shortest,
        person=person.name,
        handler=handler.name,
        rights=tuple(right.value for right in kept.rights),
        files=row.files,
        due=due(desk, kept, is_new=is_new),
        channel=row.channel,
        recipient=letter.handler_name,
        address="" if authority else handler.address,
        phone="" if authority else handler.phone,
        contents=ems.contents(_posting(desk, kept)),
        sender=called(sender, Language.ZH),
        sender_phone=sender.phone,
        sender_address=sender.address,
        is_sent_by_another=sender is not (kept.actor or person),
        enclosed=tuple(str(one) for one in enclosed),
        letters=letter.letters,
    )


def _sender(person: Person, actor: Person | None) -> Person:
    """Choose who stands on the waybill, with all their particulars.

    It is who acts, if they have an address, or else the client; the deceased send nothing.
    """
    if actor is None or actor.address or not person.address:
        return actor or person
    return actor if person.capacity is Capacity.RELATIVE else person


def from_vault(desk: Desk, row: BatchRow) -> InVault | None:
    """Find again what an earlier call made of a row.

    Returns:
        None where the letter is no longer in the vault.
    """
    letters = desk.vault.find_all(Letter, ref=row.ref, number=row.number)
    if not letters:
        return None
    case = desk.case(row.ref)
    person = desk.vault.get(Person, case.person)
    kept = Kept(
        letter=letters[0],
        person=person,
        handler=desk.vault.get(Handler, case.handler),
        rights=case.rights,
        actor=acting.actor(desk, person),
    )
    return InVault(row, kept)


def due(desk: Desk, kept: Kept, *, is_new: bool) -> date | None:
    """The day that `pirights due` shows first for a letter; None where nothing of it runs any more.

    For a letter that lies here it is the day by which we suggest to send it, for one that left the
    day to see whether it arrived, for one that arrived the day of the answer.

    Args:
        desk: Vault and moment.
        kept: The letter with its case.
        is_new: It was written just now: nothing can have happened to it, and nothing is looked up.
    """
    letter = kept.letter
    if is_new:
        return _to_be_sent(letter.on)
    case = desk.case(letter.ref)
    if case.closed_on is not None:
        return None
    lies_here = letter.dispatch is None and letter.kind != FollowUp.COURT
    if lies_here and not desk.vault.count(Reply, ref=letter.ref):
        return _to_be_sent(letter.on)  # what `standing` would say, without a look at all the rest
    running = cases.standing(desk, case).deadlines
    days = (one.on for one in running if one.letter == letter.number and one.id not in _NO_DAY)
    return next(days, None)


@cache
def _to_be_sent(on: date) -> date:
    """The day by which we suggest to send a letter of this date."""
    return send_due(on, rule_data.periods()).on


def _posting(desk: Desk, kept: Kept) -> PostingBrief:
    return PostingBrief(
        letter=kept.letter,
        person=kept.person,
        handler=kept.handler,
        actor=kept.actor,
        letters=kept.letter.letters,
        zone=desk.zone,
        pages=0,
    )
