"""A vault of one client alone, made from the vault of many."""

import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pirights import plain, settings
from pirights.domain.attachment import Purpose
from pirights.domain.case import Case
from pirights.domain.checkpoint import Checkpoint
from pirights.domain.encounter import Encounter
from pirights.domain.person import Person
from pirights.domain.reply import Reply, ReplyAmendment
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.vault import store
from pirights.vault.change import Change
from pirights.vault.shelves import Record
from pirights.workflow import checkpoints, client_records, former_log_writing, naming
from pirights.workflow.client_records import Client
from pirights.workflow.desk import Desk

_SPARE: Final = 2**22
"""Octets that a vault takes beside its files, with some to spare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What would go into the new vault.

    Attributes:
        records: All of them but the files, in the order in which they can be kept.
        notices: What the user should know before it is handed on.
    """

    client: Client
    records: tuple[Record, ...]
    counts: Mapping[str, int]
    notices: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A new vault. The recovery code is shown once and kept nowhere.

    Attributes:
        checkpoint: Of the old vault's journal at that moment; the new one begins with it.
    """

    folder: Path
    vault: str
    recovery_code: str
    planned: Planned
    checkpoint: Checkpoint
    syncing_service: str | None


def plan(desk: Desk, number: int, out: Path) -> Planned:
    """Gather what would go along, and look whether it can be written.

    Raises:
        BadInput: The folder holds something else, or its disk is too full.
        NotFound: An unknown person.
        NotNextStep: There is a vault already.
    """
    client = client_records.of(desk, number)
    _refuse_taken(out)
    _refuse_without_room(out, client)
    records = (*_people(client), *_alone(client))
    return Planned(
        client=client,
        records=records,
        counts=client_records.counts((*records, *client.files)),
        notices=tuple(_notices(desk, client, records)),
    )


def export(
    desk: Desk,
    planned: Planned,
    out: Path,
    *,
    passphrase: str,
    progress: Callable[[int], None] = lambda _: None,
) -> Exported:
    """Make the vault: whole, or not at all; the old one notes that it was made.

    Raises:
        BadInput: The passphrase or the folder cannot be taken, or the disk is full.
        NotNextStep: There is a vault already.
        VaultDamaged: A file is no longer what was taken in.
    """
    client, made = planned.client, checkpoints.of_now(desk)
    whence = {"size": made.size, "root": made.root.hex()}

    def furnish(change: Change) -> None:
        change.note(
            "vault.taken-from",
            client.person.label,
            {"vault": desk.vault.id, "at": plain.moment(desk.now), **whence},
        )
        for done, record in enumerate(planned.records, start=1):
            change.take_over(record)
            progress(done)
        for done, file in enumerate(client.files, start=len(planned.records) + 1):
            change.take_over_file(file, desk.vault.chunks(file))
            progress(done)
        for case in client.cases:
            name = former_log_writing.name(desk.vault.id)
            octets = former_log_writing.octets(desk, case.ref)
            change.attach_octets(name, octets, owner=case.ref, purpose=Purpose.FORMER_LOG)

    was_there = out.exists()
    _make(out)
    try:
        vault, code = store.create(
            out,
            passphrase=passphrase,
            use_keyring=False,
            zone=desk.zone,
            now=desk.now,
            furnish=furnish,
        )
    except BaseException:
        if not was_there and out.is_dir() and not any(out.iterdir()):
            out.rmdir()
        raise
    vault.close()
    try:
        with desk.vault.change(now=desk.now) as change:
            change.note("vault.exported", client.person.label, {"vault": vault.id, **whence})
    except BaseException:
        for name in ("vault.json", "vault.db"):  # its keys first: without them it is no vault
            (out / name).unlink()
        raise
    return Exported(
        folder=out,
        vault=vault.id,
        recovery_code=code,
        planned=planned,
        checkpoint=made,
        syncing_service=settings.syncing_service(out),
    )


def _people(client: Client) -> list[Person]:
    """The person whole; of the one who acts only what stands in letters anyway."""
    actor = [] if client.actor is None else [replace(client.actor, id_number="", interest="")]
    return sorted([client.person, *actor], key=lambda one: one.id)


def _alone(client: Client) -> tuple[Record, ...]:
    papers = (
        _without_others(one, client.refs) if isinstance(one, Reply) else one
        for one in client.papers
    )
    return (*client.handlers, *client.encounters, *client.cases, *papers)


def _without_others(reply: Reply, refs: Collection[str]) -> Reply:
    """Leave out of a message that was moved here from which case of somebody else it came."""
    ground = reply.ground
    if ground is not None and naming.has_other_refs(plain.to_plain(ground), refs):
        ground = None
    return replace(
        reply,
        ground=ground,
        amendments=tuple(_amended(one, reply, refs) for one in reply.amendments),
    )


def _amended(one: ReplyAmendment, reply: Reply, refs: Collection[str]) -> ReplyAmendment:
    if naming.has_other_refs(plain.to_plain(one), refs):
        return replace(one, was=f"I{reply.id}", because="")
    return one


def _notices(desk: Desk, client: Client, records: Collection[Record]) -> list[Message]:
    told: list[Message] = []
    if client.actor is not None:
        told.append(
            message(
                "{actor} acts for the person and goes along with name and address, without the "
                "number of the identity card.",
                actor=client.actor.label,
            )
        )
    if client.shared:
        told.append(
            message(
                "Scans that a case of somebody else is about too go along: {encounters}.",
                encounters=[f"E{number}" for number in sorted(client.shared)],
            )
        )
    persons = [one for one in (client.person, client.actor) if one is not None]
    named = naming.of_others(desk, (*records, *client.files), but=persons, refs=client.refs)
    if named:
        told.append(
            message(
                "Somebody else of this vault, or their case, seems to be named in these; look at "
                "them before you hand the new vault on: {records}.",
                records=named,
            )
        )
    loose = desk.vault.count(Encounter) - len(_in_cases(desk))
    if loose:
        told.append(message("Scans that are in no case stay here: {count}.", count=loose))
    waiting = desk.vault.count(Reply, ref="")
    if waiting:
        told.append(
            message(
                "Messages in the inbox, which are in no case, stay here: {count}.", count=waiting
            )
        )
    return told


def _in_cases(desk: Desk) -> set[int]:
    return {number for case in desk.vault.each(Case) for number in case.encounters}


def _refuse_taken(out: Path) -> None:
    try:
        if (out / "vault.json").exists():
            raise NotNextStep(
                message("There is a vault in {folder} already.", folder=out),
                hint=message("Choose another folder with --out."),
            )
        if out.is_symlink() or (out.exists() and not out.is_dir()):
            raise BadInput(
                message("{folder} is not a folder.", folder=out),
                hint=message("Choose another folder with --out."),
            )
        stranger = out.is_dir() and next(
            (one for one in out.iterdir() if not one.name.startswith("vault.")), None
        )
    except (OSError, ValueError) as refused:
        raise BadInput(
            message("{folder} cannot be looked at.", folder=out),
            hint=message("Choose another folder with --out."),
        ) from refused
    if stranger:
        raise BadInput(
            message("{folder} is not empty: it holds {name}.", folder=out, name=stranger.name),
            hint=message("Choose another folder with --out."),
        )


def _make(out: Path) -> None:
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as refused:
        raise BadInput(
            message("{file} cannot be written: {problem}.", file=out, problem=refused.strerror),
            hint=message("Choose another folder with --out."),
        ) from refused


def _refuse_without_room(out: Path, client: Client) -> None:
    """While the new vault is made, its files lie on the disk twice."""
    place = next(one for one in (out.absolute(), *out.absolute().parents) if one.is_dir())
    needed = 2 * client.octets + _SPARE
    if shutil.disk_usage(place).free < needed:
        raise BadInput(
            message(
                "There is not room for the new vault: {needed} octets are needed.", needed=needed
            ),
            hint=message("Choose another folder with --out."),
        )
