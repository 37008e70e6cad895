"""Writing down scans of one's face, and finding them again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pirights.domain import entry
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.encounter import Circumstance, Encounter
from pirights.domain.handler import Handler
from pirights.domain.text import one_line, several_lines
from pirights.errors import BadInput, Message, message
from pirights.vault.media_type import media_type
from pirights.workflow import (
    encounter_list,
    encounter_sheet,
    encounter_writing,
    put_right,
    put_right_encounters,
    reweighing,
)
from pirights.workflow.delimited import SIZE_LIMIT
from pirights.workflow.desk import Desk
from pirights.workflow.encounter_sheet import Row
from pirights.workflow.named_file import octets_of
from pirights.workflow.named_handlers import NamedHandlers
from pirights.workflow.papers import write_whole
from pirights.workflow.put_right import Difference
from pirights.workflow.reweighing import Shift
from pirights.workflow.sheet_faults import Fault, SheetFaults

if TYPE_CHECKING:
    from pirights.evidence.photo import PhotoFacts

_BATCH = 1000
"""Rows between two signs of progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a photo says of itself: a claim of the camera's, for the user to confirm.

    Attributes:
        taken: The camera's clock, as `2026-11-20 18:05`.
        zone: That clock's distance from UTC, such as `+08:00`; empty where it recorded none.
        position: Latitude and longitude in degrees, as recorded.
        datum: What the position refers to, such as `WGS-84`; empty where it recorded none.
        flags: What is doubtful: zone unknown, datum unknown, a date in the future…
    """

    file: str
    taken: str | None
    zone: str
    position: tuple[float, float] | None
    datum: str
    flags: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An encounter as it stands, with the files just taken in and what they say."""

    encounter: Encounter
    attachments: tuple[Attachment, ...]
    suggestions: tuple[Suggestion, ...] = ()
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """An encounter that was corrected, and everything computed from it that is otherwise now.

    Attributes:
        difference: Its own fields, and what is computed of the cases about it; None if nothing
            was changed.
        shifts: The findings that are weighed otherwise.
        notices: What else is to be told.
    """

    encounter: Encounter
    difference: Difference | None = None
    shifts: tuple[Shift, ...] = ()
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a sheet.

    Attributes:
        faults: The first of them, as many as are listed.
        failed: Rows that were not taken in, all of them.
        unlisted: Those of them without a fault in the list.
    """

    added: tuple[int, ...]
    new_handlers: tuple[Handler, ...]
    faults: tuple[Fault, ...]
    failed: int
    unlisted: int


def add(desk: Desk, encounter: Encounter, files: Sequence[Path] = ()) -> Logged:
    """Write down an encounter; its number is given here.

    Raises:
        BadInput: A field or a file that cannot be taken.
        NotFound: An unknown handler.
    """
    checked = _checked(desk, encounter)
    with desk.vault.change(now=desk.now) as change:
        added = change.add(checked)
        kept = tuple(
            change.attach(path, owner=added.label, purpose=Purpose.ENCOUNTER) for path in files
        )
    return _logged(desk, added, kept)


def edit(desk: Desk, number: int, changes: Mapping[str, object], *, because: str = "") -> Corrected:
    """Correct an encounter; what it said before stays with it and in the journal.

    Raises:
        BadInput: A field or a reason that cannot be taken.
        NotFound: An unknown encounter or handler.
    """
    before = encounter_list.standing(desk, number)
    after = _checked(desk, replace(before, **changes))  # type: ignore[arg-type]  # the cli names the fields
    if after == before:
        return Corrected(encounter=before)
    act = put_right_encounters.correct(desk, before, after, because=because)
    difference = put_right.done(desk, act)
    notices = difference.notices
    if act.refs and not because.strip():
        notices = (
            *notices,
            message("No reason is kept with this change; --because TEXT keeps one."),
        )
    return Corrected(
        encounter=desk.vault.get(Encounter, number),
        difference=difference,
        shifts=reweighing.shifts(desk, before, after),
        notices=notices,
    )


def attach(desk: Desk, number: int, files: Sequence[Path]) -> Logged:
    """Keep files with an encounter, byte for byte.

    Raises:
        BadInput: A file that cannot be taken.
        NotFound: An unknown encounter.
    """
    encounter = encounter_list.standing(desk, number)
    with desk.vault.change(now=desk.now) as change:
        kept = tuple(
            change.attach(path, owner=encounter.label, purpose=Purpose.ENCOUNTER) for path in files
        )
    return _logged(desk, encounter, kept)


def show(desk: Desk, number: int) -> tuple[Encounter, tuple[Handler, ...], tuple[Attachment, ...]]:
    """One encounter, its handlers and its files.

    Raises:
        NotFound: An unknown encounter.
    """
    encounter = desk.vault.get(Encounter, number)
    handlers = tuple(desk.vault.get(Handler, actor.handler) for actor in encounter.handlers)
    return encounter, handlers, tuple(desk.vault.attachments(encounter.label))


def import_sheet(
    desk: Desk, path: Path, *, progress: Callable[[int], None] = lambda _: None
) -> Imported:
    """Take in a sheet of encounters: the good rows in one transaction, the faulty ones reported.

    A handler named in words is found by its exact name, and made if there is none.

    Raises:
        BadInput: The file cannot be read as a sheet.
    """
    data = octets_of(path, limit=SIZE_LIMIT)
    handlers = NamedHandlers(desk)
    added: list[int] = []
    faults = SheetFaults()
    with desk.vault.change(now=desk.now) as change:
        for one in encounter_sheet.entries(data, zone=desk.zone, now=desk.now):
            if isinstance(one, Fault):
                faults.note(one)
                continue
            unknown = handlers.unknown(one.draft.handlers)
            if unknown is not None:
                faults.note(_unknown_handler(one, unknown))
                continue
            actors = handlers.actors(one.draft.handlers, change)
            added.append(change.add(one.draft.encounter(actors)).id)
            if len(added) % _BATCH == 0:
                progress(len(added))
    return Imported(
        added=tuple(added),
        new_handlers=tuple(handlers.made),
        faults=tuple(faults.listed),
        failed=faults.rows,
        unlisted=faults.unlisted,
    )


def export_sheet(desk: Desk, path: Path) -> int:
    """Write all encounters to a sheet that `import_sheet` takes without loss, oldest first.

    Returns:
        How many.

    Raises:
        BadInput: The file cannot be written.
    """
    names = {handler.id: handler.name for handler in desk.vault.find_all(Handler)}
    found = desk.vault.find_all(Encounter, newest_first=False)
    encounters = [one for one in found if one.counts]
    write_whole(path, encounter_writing.write(encounters, names))
    return len(encounters)


def suggestion(path: Path, *, now: datetime) -> Suggestion:
    """Read what a photo says of its time and place.

    Raises:
        BadInput: The file cannot be read.
    """
    from pirights.evidence import photo

    data = octets_of(path, limit=SIZE_LIMIT)
    facts = photo.facts(data, media_type(data, path.name), now=now, name=path.name)
    return _suggested(path.name, facts)


def _logged(desk: Desk, encounter: Encounter, kept: Sequence[Attachment]) -> Logged:
    return Logged(
        encounter=encounter,
        attachments=tuple(kept),
        suggestions=tuple(_suggestions(desk, kept)),
    )


def _suggestions(desk: Desk, kept: Iterable[Attachment]) -> Iterator[Suggestion]:
    from pirights.evidence import photo

    for file in kept:
        if file.media_type.startswith("image/"):
            facts = photo.facts(
                b"".join(desk.vault.chunks(file)), file.media_type, now=desk.now, name=file.name
            )
            found = _suggested(file.name, facts)
            if found.taken or found.position or found.flags:
                yield found


def _suggested(name: str, facts: "PhotoFacts") -> Suggestion:
    return Suggestion(
        file=name,
        taken=f"{facts.taken:%Y-%m-%d %H:%M}" if facts.taken else None,
        zone=facts.offset or "",
        position=facts.position,
        datum=facts.datum or "",
        flags=facts.flags,
    )


def _checked(desk: Desk, encounter: Encounter) -> Encounter:
    for actor in encounter.handlers:
        desk.vault.get(Handler, actor.handler)
    place = one_line(encounter.place, field="place")
    if not place:
        raise BadInput(
            message("The place is empty."), hint=message("Say where it happened, with --place.")
        )
    return replace(
        encounter,
        at=entry.plausible_moment(encounter.at, desk.now, field="at").replace(second=0),
        zone=entry.zone_name(encounter.zone),
        place=place,
        purpose=one_line(encounter.purpose, field="purpose"),
        exemption=one_line(encounter.exemption, field="exemption"),
        note=several_lines(encounter.note, field="note"),
        minor=encounter.minor or Circumstance.UNDER_14 in encounter.circumstances,
    )


def _unknown_handler(row: Row, number: int) -> Fault:
    return Fault(
        row=row.row,
        line=row.line,
        column="handler",
        problem=message("There is no handler {label}.", label=f"H{number}"),
    )
