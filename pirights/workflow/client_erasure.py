"""Erasing what a vault holds of one client, because the client asks for it.

Only this vault is changed. What left it (bundles, papers, vaults, backups) is in other hands.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pirights.domain.attachment import Attachment
from pirights.domain.batch_row import BatchRow
from pirights.domain.case import Case, Stage
from pirights.domain.encounter import Encounter
from pirights.domain.handler import RELATIONS, Handler
from pirights.domain.person import Capacity, Person
from pirights.domain.reply import Reply
from pirights.domain.text import several_lines
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.vault.erasing import Erasure
from pirights.vault.shelves import Record
from pirights.workflow import acting, cases, client_records, naming
from pirights.workflow.client_records import Client
from pirights.workflow.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A day that runs in a case that is open."""

    ref: str
    what: Message
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What would be erased, and what would stay.

    Attributes:
        records: Everything that goes, files among it.
        octets: What the files hold.
        open: The references of the cases that are not closed.
        running: The days that run in them, earliest first.
        staying: Labels of scans and handlers of this client that others need.
        named: Labels of what stays and names the person all the same.
        loose: Scans and messages that are in no case, and so are nobody's.
        bundles: How many were built of the cases.
        exported: A vault of this client alone was made.
        run_files: What runs wrote, by their names inside the runs' folders, which no vault knows.
    """

    client: Client
    records: tuple[Record, ...]
    counts: Mapping[str, int]
    octets: int
    open: tuple[str, ...]
    running: tuple[Running, ...]
    staying: tuple[str, ...]
    named: tuple[str, ...]
    loose: int
    bundles: int
    exported: bool
    run_files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was done.

    Attributes:
        payloads: Rows of the journal that say nothing any more.
        swept: No octet is left between the pages of the file; else the next opening sees to it.
    """

    planned: Planned
    payloads: int
    swept: bool


def plan(desk: Desk, number: int) -> Planned:
    """Look at what would be erased.

    Raises:
        NotFound: An unknown person.
        NotNextStep: The vault's owner; one who acts for others; a case that is before a court.
    """
    client = client_records.of(desk, number)
    _refuse_owner(client.person)
    _refuse_acting(desk, client.person)
    standings = [cases.standing(desk, case) for case in client.cases if case.closed_on is None]
    _refuse_in_court(standings)
    scans = [one for one in client.encounters if one.id not in client.shared]
    handlers = _handlers(desk, client, scans)
    kept: list[Record] = [client.person, *client.cases, *scans, *client.papers, *handlers]
    files = [
        file
        for owner in sorted(client_records.labels(kept))
        for file in desk.vault.find_all(Attachment, newest_first=False, owner=owner)
    ]
    records: tuple[Record, ...] = (*kept, *files)
    return Planned(
        client=client,
        records=records,
        counts=client_records.counts(records),
        octets=sum(file.size for file in files),
        open=tuple(one.case.ref for one in standings),
        running=tuple(sorted(_running(standings), key=lambda one: one.on)),
        staying=tuple(_staying(client, handlers)),
        named=naming.in_vault(desk, naming.words_of(client.person), but=records),
        loose=desk.vault.count(Reply, ref="") + _loose_scans(desk),
        bundles=sum(desk.vault.count_rows(kind="bundle.built", subject=ref) for ref in client.refs),
        exported=desk.vault.count_rows(kind="vault.exported", subject=client.person.label) > 0,
        run_files=tuple(
            file.path for one in records if isinstance(one, BatchRow) for file in one.files
        ),
    )


def erase(desk: Desk, number: int, *, because: str = "") -> Erased:
    """Erase it: all of it, or nothing.

    Args:
        desk: Vault and moment.
        number: Of the person.
        because: Why; it is kept.

    Raises:
        BadInput: The reason names the person, or the disk has not the room.
        NotFound: An unknown person.
        NotNextStep: As `plan`.
    """
    planned = plan(desk, number)
    words = (*naming.words_of(planned.client.person), *sorted(planned.client.refs))
    why = several_lines(because, field="because")
    if any(word in why for word in words):
        raise BadInput(
            message("The reason names the person, and would be all that is left of them."),
            hint=message("Say it without a name or a number: --because TEXT."),
        )
    payloads = desk.vault.erase(
        Erasure(
            person=planned.client.person.label,
            records=planned.records,
            labels=client_records.labels(planned.records),
            words=words,
            because=why,
        ),
        now=desk.now,
    )
    return Erased(planned=planned, payloads=payloads, swept=not desk.vault.is_unswept)


def _refuse_owner(person: Person) -> None:
    if person.id == acting.OWNER:
        raise NotNextStep(
            message("P1 is the owner of the vault and cannot be taken out of it."),
            hint=message(
                "To be rid of everything, delete the vault's folder and every copy of it; "
                "`pirights vault status` says where it lies."
            ),
        )


def _refuse_acting(desk: Desk, person: Person) -> None:
    others = [
        one.label
        for one in desk.vault.each(Person)
        if one.id != person.id
        and one.capacity is not Capacity.SELF
        and acting.number(one) == person.id
    ]
    if others:
        raise NotNextStep(
            message("{person} acts for others: {others}.", person=person.label, others=others),
            hint=message(
                "Name another first: `pirights person edit {person} --represented-by P1`.",
                person=others[0],
            ),
        )


def _refuse_in_court(standings: Collection[cases.Standing]) -> None:
    for one in standings:
        if one.stage is Stage.LITIGATION:
            raise NotNextStep(
                message(
                    "Case {ref} is before a court: what is erased now cannot be brought there.",
                    ref=one.case.ref,
                ),
                hint=message(
                    "If it has ended: `pirights case close {ref} --outcome OUTCOME`.",
                    ref=one.case.ref,
                ),
            )


def _running(standings: Collection[cases.Standing]) -> Iterator[Running]:
    for one in standings:
        for due in one.deadlines:
            yield Running(ref=one.case.ref, what=due.what, on=due.on)


def _handlers(desk: Desk, client: Client, scans: Collection[Encounter]) -> list[Handler]:
    """Those that nobody else met, asked, or belongs to."""
    asked = [case.handler for case in client.cases]
    met = [number for scan in scans for number in {actor.handler for actor in scan.handlers}]
    going = {
        number
        for number in {*asked, *met}
        if desk.vault.count(Case, handler=number) == asked.count(number)
        and desk.vault.count(Encounter, handler=number) == met.count(number)
    }
    related = [
        (one.id, getattr(one, name)) for one in desk.vault.each(Handler) for name in RELATIONS
    ]
    while needed := {to for one, to in related if to in going and one not in going}:
        going -= needed
    return [one for one in client.handlers if one.id in going]


def _staying(client: Client, handlers: Collection[Handler]) -> Iterator[str]:
    yield from (f"E{number}" for number in sorted(client.shared))
    yield from (one.label for one in client.handlers if one not in handlers)


def _loose_scans(desk: Desk) -> int:
    in_cases = {number for case in desk.vault.each(Case) for number in case.encounters}
    return desk.vault.count(Encounter) - len(in_cases)
