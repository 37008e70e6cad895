"""A chat: a series of screenshots, or an exported talk, as one message with its parts."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pirights import reply_phrases
from pirights.domain import reply_reading
from pirights.domain.dispatch import Channel
from pirights.domain.person import Person
from pirights.domain.reply import Part, PartClock, ReplyKind
from pirights.errors import BadInput, Message, message
from pirights.mail.charset import decoded
from pirights.mail.parse import TEXT_LIMIT
from pirights.mail.plain_text import words_of
from pirights.vault.attachments import shown_name
from pirights.vault.media_type import media_type
from pirights.workflow import answering, intake
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Incoming, Taken
from pirights.workflow.known import Known

_TEXTS: Final = frozenset({".txt", ".md"})
_PAGES: Final = frozenset({".html", ".htm"})
_SHEETS: Final = frozenset({".csv"})
_MOST_PARTS: Final = 500

_STAMP: Final = re.compile(
    r"(?<!\d)(20\d\d)[-_.年]?(\d\d)[-_.月]?(\d\d)(?:日|[-_.T ]| at )?"
    r"(\d\d)[-_.:時时]?(\d\d)(?:[-_.:分]?(\d\d))?"
)
"""A day and a time in a file's name: Screenshot_20261120_180533, 微信图片_20261120180533."""

_SAVED: Final = re.compile(r"(?:mmexport|wx_camera_)(\d{13})(?!\d)")
"""The milliseconds since 1970 in the name of a picture that WeChat saved."""

_TIMES: Final = frozenset({"time", "date", "datetime", "strtime", "createtime", "时间", "日期"})
_SENDERS: Final = frozenset(
    {"sender", "from", "nickname", "talker", "name", "发送人", "发送者", "发言人", "昵称"}
)
_MINE: Final = frozenset({"issender", "is_sender", "isself", "是否本人"})
_WORDS: Final = frozenset(
    {"content", "strcontent", "message", "msg", "text", "内容", "消息", "消息内容", "聊天内容"}
)
"""What the columns of an exported talk are called, in lower case and without spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of a talk; `mine` is None where the sheet does not tell whose it is."""

    time: str
    sender: str
    words: str
    mine: bool | None


def add(  # noqa: PLR0913 (what a chat consists of)
    desk: Desk,
    ref: str | None,
    files: Sequence[Path],
    *,
    channel: Channel,
    at: datetime,
    by_name: bool = False,
) -> Taken:
    """Take in screenshots and exports of one talk as one message, in their order.

    Args:
        desk: Vault and moment.
        ref: The case, or the paper to an authority that it answers; None for the inbox.
        files: Its parts.
        channel: The way it came.
        at: When it came, aware.
        by_name: Order the files by their names, numbers in them by size.

    Raises:
        BadInput: A file that cannot be taken, or a moment in the future.
        NotFound: No such case.
    """
    if not files or len(files) > _MOST_PARTS:
        raise BadInput(message("A talk has 1 to {most} parts.", most=_MOST_PARTS))
    case, paper = answering.meant(desk, ref) if ref is not None else (None, None)
    on = desk.past_day(desk.day_of(at), field="at")
    ordered = sorted(files, key=_by_number) if by_name else list(files)
    person = desk.vault.get(Person, case.person if case is not None else 1)
    texts: list[str] = []
    theirs: list[str] = []
    notices: list[Message] = []
    for path in ordered:
        text, told, said = _read(path, person)
        texts += [text] if text else []
        theirs += [told] if told else []
        notices += said
    if len(texts) < len(ordered):
        notices.append(
            message("Pictures are not read here: read the talk yourself, and say what it is.")
        )
    reading = reply_reading.read("", "\n".join(theirs), {}, reply_phrases.phrases())
    one = Incoming(
        name=shown_name(ordered[0]),
        source=ordered[0],
        text="\n\n".join(texts)[:TEXT_LIMIT],
        kind=reading.kind if theirs else ReplyKind.UNKNOWN,
        reasons=reading.reasons if theirs else (),
        notices=tuple(notices),
        more=tuple(ordered[1:]),
        parts=tuple(_part(desk, path) for path in ordered),
        channel=channel,
        at=at,
    )
    known = Known.of(desk)
    with desk.vault.change(now=desk.now) as change:
        return intake.keep(desk, change, known, one, case=case, on=on, paper=paper)


def _read(path: Path, person: Person) -> tuple[str, str, list[Message]]:
    """The words of a part, those of them that are surely the other side's, and remarks."""
    ending = path.suffix.casefold()
    name = shown_name(path)
    octets = intake.octets(path)
    if not octets:
        raise BadInput(message("{file} is empty.", file=name))
    if ending not in _TEXTS | _PAGES | _SHEETS:
        return "", "", []
    text = decoded(octets, limit=4 * TEXT_LIMIT)[:TEXT_LIMIT]
    if ending in _PAGES:
        text = words_of(text)
    unknown = message(
        "{file} does not say who says what: read it, and say what it is with `pirights reply "
        "correct`.",
        file=name,
    )
    if ending not in _SHEETS:
        return text, "", [unknown]
    lines = list(_lines(text, person))
    if not lines:
        return text, "", [unknown]
    told = "\n".join(" ".join(filter(None, (x.time, x.sender))) + "\n" + x.words for x in lines)
    theirs = "\n".join(one.words for one in lines if one.mine is False)
    return told, theirs, [] if all(one.mine is not None for one in lines) else [unknown]


def _lines(text: str, person: Person) -> Iterator[_Line]:
    rows = iter(csv.reader(text.lstrip("\ufeff").splitlines(keepends=True)))
    try:
        heads = ["".join(cell.casefold().split()) for cell in next(rows, [])]
        words = _column(heads, _WORDS)
        if words is None:
            return
        time, sender, mine = (_column(heads, one) for one in (_TIMES, _SENDERS, _MINE))
        for row in rows:
            said = _cell(row, words)
            if not said:
                continue
            yield _Line(
                time=_cell(row, time),
                sender=_cell(row, sender),
                words=said,
                mine=_is_mine(_cell(row, mine), _cell(row, sender), person),
            )
    except csv.Error as wrong:
        raise BadInput(
            message("The sheet of the talk cannot be read: {problem}.", problem=wrong)
        ) from wrong


def _is_mine(mark: str, sender: str, person: Person) -> bool | None:
    if mark in {"0", "1"}:
        return mark == "1"
    own = {person.name, person.name_en, "我", "me"} - {""}
    if sender.casefold() in {one.casefold() for one in own}:
        return True
    return None


def _column(heads: Sequence[str], names: frozenset[str]) -> int | None:
    return next((place for place, head in enumerate(heads) if head in names), None)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _part(desk: Desk, path: Path) -> Part:
    name = shown_name(path)
    zone = ZoneInfo(desk.zone)
    camera = _camera(desk, path)
    if camera is not None:
        return Part(name=name, taken=_clock(camera), by=PartClock.CAMERA)
    named = _named(path.name, zone)
    if named is not None:
        return Part(name=name, taken=_clock(named), by=PartClock.NAME)
    changed = datetime.fromtimestamp(path.stat().st_mtime, zone)
    return Part(name=name, taken=_clock(changed), by=PartClock.FILE)


def _camera(desk: Desk, path: Path) -> datetime | None:
    from pirights.evidence import photo

    octets = intake.octets(path)
    kind = media_type(octets, path.name)
    if not kind.startswith("image/"):
        return None
    return photo.facts(octets, kind, now=desk.now, name=path.name).taken


def _named(name: str, zone: ZoneInfo) -> datetime | None:
    saved = _SAVED.search(name)
    if saved is not None:
        return datetime.fromtimestamp(int(saved[1]) / 1000, zone)
    found = _STAMP.search(name)
    if found is None:
        return None
    try:
        return datetime(*(int(one or 0) for one in found.groups()), tzinfo=zone)  # type: ignore[arg-type, misc]  # six numbers
    except ValueError:
        return None


def _clock(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _by_number(path: Path) -> tuple[list[tuple[int, str]], str]:
    """Order names as people do: 2 before 10."""
    pieces = re.split(r"(\d+)", path.name.casefold())
    return [(int(one), "") if one.isdecimal() else (-1, one) for one in pieces], path.name
