"""The file of an exported talk: decoded, split, and told whose words are whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pirights.domain.talk import Said, told
from pirights.errors import Message, message
from pirights.mail.charset import decoded
from pirights.mail.parse import TEXT_LIMIT
from pirights.mail.plain_text import words_of
from pirights.vault.attachments import shown_name
from pirights.workflow import talk_sheet, talk_text

_TEXTS: Final = frozenset({".txt", ".md"})
_PAGES: Final = frozenset({".html", ".htm"})
_SHEETS: Final = frozenset({".csv"})

_READ_LIMIT: Final = 16 * 2**20
"""Octets that are read: a million short lines, in some seconds."""

_NAMES_SHOWN: Final = 6
_CLOCK_LENGTH: Final = len("2026-11-20 18:05:33")


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFile:
    """What a file says.

    Attributes:
        said: Utterance by utterance, those that are kept; none where the form is not known.
        text: The words to be kept, with who said them when.
        notices: What a person should know.
    """

    said: tuple[Said, ...] = ()
    text: str = ""
    notices: tuple[Message, ...] = ()


def is_text(path: Path) -> bool:
    """Say whether a file is one of the kinds that are read here, by its name."""
    return path.suffix.casefold() in _TEXTS | _PAGES | _SHEETS


def is_clock(time: str) -> bool:
    """Say whether the time of an utterance is a clock, and not only something written."""
    if len(time) != _CLOCK_LENGTH:
        return False
    try:
        datetime.fromisoformat(time)
    except ValueError:
        return False
    return True


def read(path: Path, octets: bytes, *, me: Sequence[str], zone: ZoneInfo) -> TalkFile:
    """Read an export.

    Args:
        path: Whose ending says how.
        octets: All of it.
        me: By which names the person speaks in it.
        zone: In which a moment counted since 1970 is told.
    """
    name, ending = shown_name(path), path.suffix.casefold()
    if len(octets) > _READ_LIMIT:
        said = message(
            "{file} is kept, but it is longer than {limit} MiB and was not read: export a shorter "
            "span of the talk too.",
            file=name,
            limit=_READ_LIMIT // 2**20,
        )
        return TalkFile(notices=(said,))
    marked = octets[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = decoded(octets, "utf-16" if marked else "").removeprefix("\ufeff")
    if ending in _PAGES:
        text = words_of(text[:TEXT_LIMIT])
    broken = 0
    if ending in _SHEETS:
        found, broken = talk_sheet.read(text, zone)
    else:
        found = talk_text.read(text)
    kept, notices = _newest(told(found, me), name)
    if broken:
        notices.append(
            message("Rows of {file} that cannot be read: {count}.", file=name, count=broken)
        )
    return TalkFile(
        said=tuple(kept),
        text="\n\n".join(map(_written, kept)) if kept else text[:TEXT_LIMIT],
        notices=(*notices, *_untold(kept, name)),
    )


def _newest(every: list[Said], name: str) -> tuple[list[Said], list[Message]]:
    """Keep the end of a talk that is too long: what was said last is what answers."""
    room, first = TEXT_LIMIT, len(every)
    while first and room >= (length := len(_written(every[first - 1])) + 2):
        first, room = first - 1, room - length
    if not first:
        return every, []
    return every[first:], [
        message(
            "{file} is long: the last {count} of its {all} messages were read. The file is kept "
            "whole.",
            file=name,
            count=len(every) - first,
            all=len(every),
        )
    ]


def _written(one: Said) -> str:
    return "\n".join(filter(None, (" ".join(filter(None, (one.time, one.sender))), one.words)))


def _untold(kept: Sequence[Said], name: str) -> list[Message]:
    if not any(one.sender or one.mine is not None for one in kept):
        return [
            message(
                "{file} does not say who says what: read it, and say what it is with `pirights "
                "reply correct`.",
                file=name,
            )
        ]
    unknown = list(dict.fromkeys(one.sender for one in kept if one.mine is None and one.sender))
    if not unknown:
        return []
    return [
        message(
            "Which speaker of {file} is you was not said, so nobody's words were read. Those who "
            "speak: {names}. Take it in again with --me NAME, or read it and say what it is with "
            "`pirights reply correct`.",
            file=name,
            names=unknown[:_NAMES_SHOWN],
        )
    ]
