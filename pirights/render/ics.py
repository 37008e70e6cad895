"""A calendar file (iCalendar, RFC 5545): all-day entries in, octets out, and read back.

What is read back is only a file that this module wrote, and only as facts to compare with: no
text of it is ever written again. Any other file is refused, so that nobody's own calendar is
replaced.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from icalendar import Event

PRODID: Final = "-//pirights//due dates//EN"
"""Who wrote the file (RFC 5545, 3.7.3); the same in every version, for it is compared."""

SIZE_LIMIT: Final = 64 * 2**20
"""Octets of an earlier file: some seventy thousand entries."""

_ROW: Final = 75
"""Octets of a folded line, its end apart (RFC 5545, 3.1)."""

_ROWS: Final = 200
"""Folded lines of one property; our longest text, of 2,000 characters, takes 120."""

HIGHEST: Final = 2**31 - 1
"""The largest INTEGER (RFC 5545, 3.3.8)."""

_UID: Final = re.compile(r"[A-Za-z0-9.-]{1,120}@pirights\.invalid")
_DAY: Final = re.compile(r"\d{8}", re.ASCII)
_STAMP: Final = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_WHOLE_NUMBER: Final = re.compile(r"\d{1,10}", re.ASCII)
_ESCAPED: Final = re.compile(r"\\([\\;,nN])")
_MAY_STAND_IN: Final[Mapping[str, Collection[str]]] = {
    "VCALENDAR": ("PRODID", "VERSION"),
    "VALARM": ("ACTION", "DESCRIPTION", "TRIGGER"),
}
_OF_AN_EVENT: Final = frozenset(
    {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS"),
        *("SUMMARY", "DESCRIPTION", "TRANSP", "CLASS"),
    }
)


class Status(StrEnum):
    """Whether an entry still stands (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: a whole day.

    Attributes:
        uid: Stable from one file to the next; ends in `@pirights.invalid`.
        sequence: Goes up with every change, never down.
        stamp: When it was last changed; aware, UTC, whole seconds.
    """

    uid: str
    on: date
    sequence: int
    stamp: datetime
    status: Status
    summary: str
    description: str


def written(entries: Iterable[Entry]) -> bytes:
    """Write a calendar: CR LF, folded at 75 octets, an alarm a day before what still stands."""
    from icalendar import Calendar

    whole = Calendar()
    whole.add("prodid", PRODID)
    whole.add("version", "2.0")
    text = _text_type()
    for entry in entries:
        whole.add_component(_event(entry, text))
    return bytes(whole.to_ical(sorted=False))


def read(data: bytes) -> tuple[Entry, ...]:
    """Read a calendar that `written` wrote.

    Raises:
        ValueError: It is another file, larger than `SIZE_LIMIT`, or was changed since.
    """
    if len(data) > SIZE_LIMIT or not _is_folded(data):
        raise _not_ours()
    found: list[Entry] = []
    open_parts: list[str] = []
    facts: dict[str, str] = {}
    signed = False
    for name, value in _lines(data):
        part = open_parts[-1] if open_parts else ""
        if name == "BEGIN":
            _check_nesting(part, value)
            facts = {} if value == "VEVENT" else facts
            open_parts.append(value)
        elif name == "END":
            if value != part:
                raise _not_ours()
            open_parts.pop()
            if part == "VEVENT":
                found.append(_entry(facts))
        elif part == "VEVENT" and name not in facts:
            facts[name] = value
        elif name not in _MAY_STAND_IN.get(part, ()) or (name == "PRODID" and value != PRODID):
            raise _not_ours()
        signed = signed or name == "PRODID"
    if open_parts or not signed or len({entry.uid for entry in found}) != len(found):
        raise _not_ours()
    return tuple(found)


def _event(entry: Entry, text: Callable[[str], Any]) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp)
    event.add("dtstart", entry.on)
    if entry.on < date.max:
        event.add("dtend", entry.on + timedelta(days=1))
    event.add("sequence", entry.sequence)
    event.add("status", entry.status.value)
    event.add("summary", text(entry.summary))
    if entry.description:
        event.add("description", text(entry.description))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if entry.status is Status.CONFIRMED:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", text(entry.summary))
        alarm.add("trigger", timedelta(days=-1))
        event.add_component(alarm)
    return event


def _text_type() -> Callable[[str], Any]:
    from icalendar.prop import vText

    class Text(vText):  # type: ignore[misc, unused-ignore]  # the library's own is untyped here
        r"""A text that escapes `\N` as two characters; the library takes it for a line break."""

        def to_ical(self) -> bytes:
            return _escaped(str(self)).encode()

    return Text


def _escaped(text: str) -> str:
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _is_folded(data: bytes) -> bool:
    """Say whether lines are as short as we write them, so that none takes long to take apart."""
    folds = 0
    for row in data.split(b"\r\n"):
        folds = folds + 1 if row.startswith(b" ") else 0
        if len(row) > _ROW or folds > _ROWS:
            return False
    return True


def _lines(data: bytes) -> Iterator[tuple[str, str]]:
    from icalendar.parser import Contentlines

    try:
        for line in Contentlines.from_ical(data.decode()):  # type: ignore[no-untyped-call]
            if line:
                name, parameters, value = line.raw_parts()
                if name.upper() == "DTSTART" and dict(parameters) != {"VALUE": "DATE"}:
                    raise _not_ours()
                yield name.upper(), value
    except ValueError as wrong:  # UnicodeDecodeError too
        raise _not_ours() from wrong


def _check_nesting(outer: str, inner: str) -> None:
    if (outer, inner) not in {("", "VCALENDAR"), ("VCALENDAR", "VEVENT"), ("VEVENT", "VALARM")}:
        raise _not_ours()


def _entry(facts: Mapping[str, str]) -> Entry:
    uid, on, sequence = (facts.get(name, "") for name in ("UID", "DTSTART", "SEQUENCE"))
    stamp, status = facts.get("DTSTAMP", ""), facts.get("STATUS", "")
    if (
        set(facts) - _OF_AN_EVENT
        or not _UID.fullmatch(uid)
        or not _DAY.fullmatch(on)
        or not _WHOLE_NUMBER.fullmatch(sequence)
        or int(sequence) >= HIGHEST
        or not _STAMP.fullmatch(stamp)
        or status not in set(Status)
    ):
        raise _not_ours()
    try:
        return Entry(
            uid=uid,
            on=date.fromisoformat(on),
            sequence=int(sequence),
            stamp=datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC),
            status=Status(status),
            summary=_unescaped(facts.get("SUMMARY", "")),
            description=_unescaped(facts.get("DESCRIPTION", "")),
        )
    except ValueError as wrong:  # no such day
        raise _not_ours() from wrong


def _not_ours() -> ValueError:
    return ValueError("not a calendar of ours, or changed since")
