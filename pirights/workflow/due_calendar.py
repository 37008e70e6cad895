"""What is due as a calendar file that can be written again and again, and follows what changes.

The earlier file remembers what was told, and the journal's length from where numbers go on, so
that a lost file does not let them fall back.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from pirights.domain import limitation
from pirights.errors import BadInput, Message, message
from pirights.render import ics
from pirights.render.ics import Entry, Status
from pirights.workflow import cases
from pirights.workflow.cases import DueItem
from pirights.workflow.desk import Desk
from pirights.workflow.named_file import octets_of
from pirights.workflow.papers import write_whole

KEPT: Final = timedelta(days=366)
"""How long after its day a cancelled entry is still in the file."""

Say = Callable[[Message], str]

_CASE_OF: Final = re.compile(r"(PR-\d{4}-[0-9A-Z]{7}-[0-9A-Z])-\d+-[a-z0-9.-]+@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar of what is due.

    Attributes:
        today: The legal day on which it was made.
        items: What is due, as `due` shows it.
        octets: The file; empty where there is no entry, for a calendar has at least one.
        running: Entries that stand.
        cancelled: Entries that an earlier file held and that are no longer due.
    """

    today: date
    items: tuple[DueItem, ...]
    octets: bytes
    running: int
    cancelled: int


def write(desk: Desk, file: Path, say: Say, *, within: int | None, detail: bool) -> Calendar:
    """Write the calendar over its earlier state, or anew.

    Args:
        desk: Vault and moment.
        file: A calendar that this function wrote before, or nothing.
        say: Says a sentence in the user's language.
        within: As for `cases.due`; what the file held before is kept all the same.
        detail: Name the handler, and say what is due in full.

    Raises:
        BadInput: Something else stands there, or the file cannot be written.
    """
    found = make(desk, say, within=within, detail=detail, earlier=_earlier(file))
    if found.octets:
        write_whole(file, found.octets)
    return found


def make(
    desk: Desk,
    say: Say,
    *,
    within: int | None,
    detail: bool,
    earlier: Sequence[Entry] = (),
) -> Calendar:
    """Make the calendar; the same vault, earlier file and moment give the same octets."""
    everything = cases.running(desk)
    shown = cases.chosen(desk, everything, within=within)
    before = {entry.uid: entry for entry in earlier}
    told = {id(item) for item in shown if not limitation.has_passed(item.deadline, desk.today)}
    standing = [
        _entry(desk, uid, item, say, detail=detail)
        for uid, item in _named(everything)
        if id(item) in told or uid in before
    ]
    uids = {entry.uid for entry in standing}
    gone = [
        _cancelled(desk, entry, say)
        for entry in earlier
        if entry.uid not in uids and desk.today - entry.on <= KEPT
    ]
    floor = desk.vault.journal_length()
    entries = [
        _followed(entry, before.get(entry.uid), floor)
        for entry in sorted([*standing, *gone], key=lambda one: (one.on, one.uid))
    ]
    return Calendar(
        today=desk.today,
        items=tuple(shown),
        octets=ics.written(entries) if entries else b"",
        running=len(standing),
        cancelled=len(gone),
    )


def _named(items: Iterable[DueItem]) -> Iterable[tuple[str, DueItem]]:
    """Give each day its stable name; a pause is no day to keep."""
    seen: Counter[str] = Counter()
    for item in items:
        due = item.deadline
        if due.id == "paused":
            continue
        name = f"{item.ref}-{due.letter}-{due.id}"
        seen[name] += 1
        more = f".{seen[name]}" if seen[name] > 1 else ""
        yield f"{name}{more}@pirights.invalid", item


def _entry(desk: Desk, uid: str, item: DueItem, say: Say, *, detail: bool) -> Entry:
    due = item.deadline
    heading = _neutral(item)
    lines = [message("On whose word: {force}.", force=due.force)]
    if due.provisional:
        lines.append(message("Provisional: the next holiday notice may move the day."))
    if detail:
        heading = message(
            "{summary}, {handler} ({force})",
            summary=heading,
            handler=item.handler,
            force=due.force,
        )
        lines = [due.what, message("Handler: {handler}.", handler=item.handler), *lines]
    return Entry(
        uid=uid,
        on=due.on,
        sequence=0,
        stamp=desk.now.replace(microsecond=0),
        status=Status.CONFIRMED,
        summary=say(heading),
        description="\n".join(map(say, lines)),
    )


def _cancelled(desk: Desk, entry: Entry, say: Say) -> Entry:
    """Call an entry off. Of the earlier file only name, day and number are taken over."""
    case = _CASE_OF.match(entry.uid)
    return replace(
        entry,
        stamp=desk.now.replace(microsecond=0),
        status=Status.CANCELLED,
        summary=say(message("{ref}: no longer due", ref=case[1] if case else "PR")),
        description="",
    )


def _followed(entry: Entry, before: Entry | None, floor: int) -> Entry:
    """Count on from the earlier state: the same where nothing changed, else higher."""
    if before is None:
        return replace(entry, sequence=floor)
    same = replace(entry, sequence=before.sequence, stamp=before.stamp)
    if same == before and before.stamp <= entry.stamp:
        return before
    return replace(entry, sequence=max(before.sequence + 1, floor))


_NEUTRAL: Final[Mapping[str, Callable[[str], Message]]] = {
    "send": lambda ref: message("{ref}: to be sent", ref=ref),
    "arrival": lambda ref: message("{ref}: see whether it arrived", ref=ref),
    "answer": lambda ref: message("{ref}: day for the answer", ref=ref),
    "asked-back": lambda ref: message("{ref}: something was asked", ref=ref),
    "reply-asked": lambda ref: message("{ref}: day for the reply", ref=ref),
    "authority": lambda ref: message("{ref}: time of an authority", ref=ref),
    "limitation": lambda ref: message("{ref}: limitation", ref=ref),
}
"""What a calendar says that others may see: no name, no place."""


def _neutral(item: DueItem) -> Message:
    known = _NEUTRAL.get(item.deadline.id)
    return known(item.ref) if known else message("{ref}: a day to keep", ref=item.ref)


def _earlier(file: Path) -> tuple[Entry, ...]:
    try:
        return ics.read(octets_of(file, limit=ics.SIZE_LIMIT)) if file.exists() else ()
    except ValueError as wrong:
        raise BadInput(
            message(
                "{file} is not a calendar as pirights writes it, or was changed since; it is not "
                "replaced.",
                file=file,
            ),
            hint=message("Name another file with --ics, or move this one away."),
        ) from wrong
