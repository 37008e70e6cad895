"""An exported talk as plain text: who said what, and when.

Each file is read by the one form that most of its lines have, so that words which look like
another form cannot put a sentence into somebody's mouth.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pirights.domain.talk import Said

_DAY: Final = r"(?P<y>20\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
_HALF: Final = r"(?P<half>上午|下午|凌晨|晚上)?"
_TIME: Final = rf"{_HALF}[ ]?(?P<h>\d{{1,2}})[:：](?P<min>\d\d)(?:[:：](?P<s>\d\d))?"
_STAMP: Final = rf"{_DAY}[T,， \t　]{{1,4}}{_TIME}"
_NAME: Final = r"(?P<name>[^\s:：](?:[^:：]{0,58}[^\s:：])?)"
_GAP: Final = r"[ \t　]{1,8}"
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
"""No other: a hidden separator within a sentence begins no line."""

_FORMS: Final = tuple(
    re.compile(one)
    for one in (
        rf"\[?{_STAMP}\]?(?:{_GAP}-?{_GAP}|{_GAP}|)\[?{_NAME}\]?[:：][ \t]*(?P<words>\S.*)",
        rf"{_NAME}[(（]{_STAMP}[)）][:：][ \t]*(?P<words>.*)",
        rf"\[?{_STAMP}\]?{_GAP}{_NAME}[:：]?[ \t]*",
        rf"{_NAME}[:：]?{_GAP}[(（\[]?{_STAMP}[)）\]]?[:：]?[ \t]*",
    )
)
"""`[2026-11-20 18:05] 张三: 正文`, `张三(2026-11-20 18:05:33):正文`, and over the words:
`2026-11-20 18:05:33 张三` or `张三 2026/11/20 18:05`."""

_RULED_DAY: Final = re.compile(rf"[—–\-=_]{{2,40}}[ \t]*{_DAY}[ \t]*[—–\-=_]{{2,40}}")
_UNDER_DAY: Final = re.compile(rf"{_NAME}{_GAP}{_TIME}[ \t]*")
"""`————— 2026-11-20 —————`, then `张三  18:05` over the words: a talk that was sent by mail."""

_STAMPED: Final = re.compile(_STAMP)
_LONGEST: Final = 400
"""Characters of a line of which the beginning is looked at for a name and a time."""

_SAMPLE: Final = 4_000
"""Lines from which the form is told."""


def read(text: str) -> list[Said]:
    """Split a talk by speaker and time, in the order of the file.

    Returns:
        Nothing where the text has none of the known forms. What stands before the first name is
        an utterance of nobody.
    """
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    form = _form(lines[:_SAMPLE])
    heads = _under_days(lines) if form is None else _headed(lines, form)
    found: list[Said] = []
    head: Said | None = None
    body: list[str] = []
    for line, begun in heads:
        if begun is None:
            body.append(line)
            continue
        found += _closed(head, body)
        head, body = begun, [begun.words] if begun.words else []
    return [*found, *_closed(head, body)] if head is not None else []


def clock(text: str) -> str:
    """Write a time of an export as `2026-11-20 18:05:33`; as it stands where it is none."""
    found = _STAMPED.search(text[:_LONGEST])
    return _clock(found) if found is not None else text.strip()


def _form(lines: list[str]) -> re.Pattern[str] | None:
    counts = [sum(_match(form, line) is not None for line in lines) for form in _FORMS]
    most = max(counts)
    return _FORMS[counts.index(most)] if most else None


def _match(form: re.Pattern[str], line: str) -> re.Match[str] | None:
    if "20" not in line[:_LONGEST]:
        return None
    found = form.match(line) if "words" in form.groupindex else form.fullmatch(line[:_LONGEST])
    return found if found is not None and _is_clock(_clock(found)) else None


def _headed(lines: list[str], form: re.Pattern[str]) -> Iterator[tuple[str, Said | None]]:
    for line in lines:
        found = _match(form, line)
        yield (
            line,
            found
            and Said(
                time=_clock(found), sender=found["name"], words=found.groupdict().get("words") or ""
            ),
        )


def _under_days(lines: list[str]) -> Iterator[tuple[str, Said | None]]:
    day: re.Match[str] | None = None
    for line in lines:
        ruled = _RULED_DAY.fullmatch(line.strip()) if len(line) < _LONGEST else None
        if ruled is not None:
            day = ruled
            continue
        found = _UNDER_DAY.fullmatch(line[:_LONGEST]) if day is not None else None
        if found is None or day is None:
            yield line, None
            continue
        yield line, Said(time=_clock(found, day), sender=found["name"], words="")


def _closed(head: Said | None, body: list[str]) -> list[Said]:
    words = "\n".join(body).strip("\n \t　")
    if head is None:
        return [Said(time="", sender="", words=words)] if words else []
    return [Said(time=head.time, sender=head.sender, words=words)]


def _clock(found: re.Match[str], day: re.Match[str] | None = None) -> str:
    year, month, date = (day or found).group("y", "m", "d")
    hour = int(found["h"])
    if found["half"] in {"下午", "晚上"} and hour < 12:  # noqa: PLR2004 (hours of half a day)
        hour += 12
    return f"{year}-{int(month):02}-{int(date):02} {hour:02}:{found['min']}:{found['s'] or '00'}"


def _is_clock(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
