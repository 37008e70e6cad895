"""A chat: a series of screenshots, or an exported talk, as one message with its parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pirights import reply_phrases
from pirights.domain import reply_reading
from pirights.domain.case import Case
from pirights.domain.dispatch import Channel, Letter
from pirights.domain.person import Person
from pirights.domain.reply import Part, PartClock, ReplyKind
from pirights.domain.talk import Order, Speaker, speakers
from pirights.errors import BadInput, Message, message
from pirights.mail.parse import TEXT_LIMIT
from pirights.vault.attachments import shown_name
from pirights.workflow import answering, intake, part_clock, reading_anew, talk_file
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Incoming, Taken
from pirights.workflow.known import Known

_MOST_PARTS: Final = 500
_MOST_SPEAKERS: Final = 50
"""Of one part; who speaks less often is not kept by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The parts of a chat as they were read, in their order; nothing is kept yet.

    Attributes:
        files: In their order.
        parts: What is known of each; one with an empty `taken` tells no time itself.
        texts: The words of those that could be read.
        theirs: What is surely the other side's, by the export's own marks or the person's word.
        own: The name among the speakers which is the person's in the vault, or 我; a suggestion.
        latest: The last clock that a part tells itself; empty if none does.
        notices: What a person should know of them.
    """

    case: Case | None
    paper: Letter | None
    files: tuple[Path, ...]
    parts: tuple[Part, ...]
    texts: tuple[str, ...]
    theirs: tuple[str, ...]
    own: str
    latest: str
    notices: tuple[Message, ...] = field(default=())

    @property
    def untold(self) -> tuple[str, ...]:
        """The names of which nobody has said whether they are the person, busiest first."""
        every = (who for part in self.parts for who in part.speakers if who.mine is None)
        return tuple(dict.fromkeys(who.name for who in every))


def read(
    desk: Desk,
    ref: str | None,
    files: Sequence[Path],
    *,
    order: Order = Order.GIVEN,
    me: Sequence[str] = (),
) -> Series:
    """Read screenshots and exports of one talk, in their order.

    Args:
        desk: Vault and moment.
        ref: The case, or the paper to an authority that it answers; None for the inbox.
        files: Its parts.
        order: How they follow each other.
        me: By which names the person speaks in it, as the person says.

    Raises:
        BadInput: A file that cannot be read, one without a time where that orders them, or
            a name by which nobody speaks.
        NotFound: No such case.
    """
    if not files or len(files) > _MOST_PARTS:
        raise BadInput(message("A talk has 1 to {most} parts.", most=_MOST_PARTS))
    case, paper = answering.meant(desk, ref) if ref is not None else (None, None)
    ordered = sorted(files, key=_by_number) if order is Order.NAME else list(files)
    since = _since(desk, case)
    pieces = [_piece(desk, path, me, since) for path in ordered]
    if order is Order.TIME:
        pieces.sort(key=_by_time)
    names = {who.name for one in pieces for who in one.part.speakers}
    _refuse_unknown(me, names)
    texts = tuple(one.text for one in pieces if one.text)
    notices = [notice for one in pieces for notice in one.notices]
    if len(texts) < len(pieces):
        notices.append(
            message("Pictures are not read here: read the talk yourself, and say what it is.")
        )
    if order is not Order.TIME:
        notices += _out_of_order([one.part for one in pieces])
    person = desk.vault.get(Person, case.person if case is not None else 1)
    return Series(
        case=case,
        paper=paper,
        files=tuple(one.path for one in pieces),
        parts=tuple(one.part for one in pieces),
        texts=texts,
        theirs=tuple(one.theirs for one in pieces if one.theirs),
        own=next((one for one in (person.name, person.name_en, "我") if one in names), ""),
        latest=max((one.part.until or one.part.taken for one in pieces), default=""),
        notices=tuple(notices),
    )


def keep(
    desk: Desk,
    series: Series,
    *,
    channel: Channel,
    at: datetime,
    kind: ReplyKind | None = None,
) -> Taken:
    """Keep a series as one message; if its files are one already, that is read anew.

    Args:
        desk: Vault and moment.
        series: As it was read.
        channel: The way it came.
        kind: What it is, as a person says; None for what its words suggest.
        at: When it came, aware. A part that tells no time itself has this one; the last change
            of its file, most often the day of a copy, says nothing.

    Raises:
        BadInput: A file that cannot be taken, or a moment in the future.
        NotNextStep: The same files are kept in another order.
    """
    on = desk.past_day(desk.day_of(at), field="at")
    said = part_clock.written(at.astimezone(ZoneInfo(desk.zone)))
    reading = reply_reading.read("", "\n".join(series.theirs), {}, reply_phrases.phrases())
    first, *others = series.files
    one = Incoming(
        name=shown_name(first),
        source=first,
        text="\n\n".join(series.texts)[:TEXT_LIMIT],
        kind=reading.kind if series.theirs else ReplyKind.UNKNOWN,
        reasons=reading.reasons if series.theirs else (),
        notices=series.notices,
        more=tuple(others),
        parts=tuple(
            part if part.taken else replace(part, taken=said, by=PartClock.SAID)
            for part in series.parts
        ),
        channel=channel,
        at=at,
    )
    one = one.of_kind(kind)
    case, paper = series.case, series.paper
    before = reading_anew.kept(
        desk, series.files, case=case, paper=paper, on=None if series.latest else on
    )
    if before.reply is not None:
        return reading_anew.read(desk, before.reply, one, on=on)
    known = Known.of(desk)
    with desk.vault.change(now=desk.now) as change:
        taken = intake.keep(desk, change, known, one, case=case, on=on, paper=paper)
    return replace(taken, notices=(*taken.notices, *before.notices))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    path: Path
    part: Part
    text: str = ""
    theirs: str = ""
    notices: tuple[Message, ...] = ()


def _piece(desk: Desk, path: Path, me: Sequence[str], since: str) -> _Piece:
    octets = intake.octets(path)
    name = shown_name(path)
    if not octets:
        raise BadInput(message("{file} is empty.", file=name))
    nothing = Part(name=name, taken="", by=PartClock.SAID)
    part = part_clock.of_picture(desk, path, octets) or nothing
    if not talk_file.is_text(path):
        return _Piece(path=path, part=part)
    found = talk_file.read(path, octets, me=me, zone=ZoneInfo(desk.zone))
    clocks = [one.time for one in found.said if talk_file.is_clock(one.time)]
    if clocks:
        part = Part(name=name, taken=min(clocks), by=PartClock.TALK, until=max(clocks))
    theirs = [one.words for one in found.said if one.mine is False and _is_since(one.time, since)]
    return _Piece(
        path=path,
        part=replace(part, speakers=speakers(found.said)[:_MOST_SPEAKERS]),
        text=found.text,
        theirs="\n".join(theirs),
        notices=(*found.notices, *_of_many(name, speakers(found.said))),
    )


def _since(desk: Desk, case: Case | None) -> str:
    """The day on which the first letter left: what was said before it answers nothing."""
    letters = desk.letters(case) if case is not None else ()
    left = letters[0].dispatch if letters else None
    return left.on.isoformat() if left is not None else ""


def _is_since(time: str, since: str) -> bool:
    return not talk_file.is_clock(time) or time[:10] >= since


def _of_many(name: str, who: Sequence[Speaker]) -> list[Message]:
    others = [one.name for one in who if one.mine is False]
    if len(others) <= 1:
        return []
    return [
        message(
            "In {file} {count} others speak: what it seems to say comes from the words of all.",
            file=name,
            count=len(others),
        )
    ]


def _refuse_unknown(me: Sequence[str], names: set[str]) -> None:
    folded = {one.casefold() for one in names}
    for one in me:
        if one.strip().casefold() not in folded:
            raise BadInput(
                message("Nobody speaks as {name} in this talk.", name=one),
                hint=message("Those who speak: {names}.", names=sorted(names)[:12])
                if names
                else message("No file of it says who speaks; leave --me out."),
            )


def _by_number(path: Path) -> tuple[list[tuple[int, str]], str]:
    """Order names as people do: 2 before 10."""
    pieces = re.split(r"(\d+)", path.name.casefold())
    return [(int(one), "") if one.isdecimal() else (-1, one) for one in pieces], path.name


def _by_time(one: _Piece) -> str:
    if not one.part.taken:
        raise BadInput(
            message("{file} does not tell when it was taken.", file=one.part.name),
            hint=message("Name the files in their order, without --by-time."),
        )
    return one.part.taken


def _out_of_order(parts: Sequence[Part]) -> list[Message]:
    timed = [one for one in parts if one.taken]
    for before, after in pairwise(timed):
        if after.taken < before.taken:
            return [
                message(
                    "{file} ({taken}) is older than the part before it. Check the order; "
                    "--by-time orders them by their own times.",
                    file=after.name,
                    taken=after.taken,
                )
            ]
    return []
