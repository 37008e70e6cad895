"""An exported talk as a sheet (CSV): who said what, and when, by the headings of its columns."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from pirights.domain.talk import Said
from pirights.errors import Message
from pirights.workflow import delimited, talk_text

_TIMES: Final = (
    *("strtime", "time", "datetime", "date", "时间", "发送时间", "消息时间", "聊天时间", "日期"),
    *("createtime", "create_time", "timestamp", "时间戳"),
)
_SENDERS: Final = (
    *("nickname", "remark", "sendername", "sender", "from", "speaker", "name", "talker", "user"),
    *("发送人", "发送者", "发言人", "发信人", "昵称", "用户", "姓名"),
)
_MINE: Final = ("issender", "is_sender", "isself", "is_self", "是否本人", "是否自己发送")
_WORDS: Final = (
    *("strcontent", "content", "message", "msg", "text", "body"),
    *("内容", "消息内容", "聊天内容", "消息", "正文"),
)
"""What the columns are called, in lower case and without spaces; the best of each comes first."""

_HEADINGS: Final = frozenset({*_TIMES, *_SENDERS, *_MINE, *_WORDS})
_YES: Final = frozenset({"1", "true", "yes", "是"})
_NO: Final = frozenset({"0", "false", "no", "否"})
_SECONDS: Final = 10
"""Digits of a moment in seconds since 1970; with three more it is in milliseconds."""


def read(text: str, zone: ZoneInfo) -> tuple[list[Said], int]:
    """Split a talk by speaker and time, in the order of the file.

    Args:
        text: Of the sheet.
        zone: In which a moment counted since 1970 is told.

    Returns:
        What was said, nothing where no heading names a column of words; and how many rows could
        not be read.
    """
    text = text.removeprefix("\ufeff")
    delimiter = delimited.delimiter_of(text, lambda cell: _heading(cell) in _HEADINGS)
    columns: tuple[int | None, ...] = ()
    found: list[Said] = []
    broken = 0
    for _, _, row in delimited.records(text, delimiter):
        if isinstance(row, Message):
            broken += 1
            continue
        if not columns:
            heads = [_heading(cell) for cell in row]
            columns = tuple(_column(heads, one) for one in (_TIMES, _SENDERS, _MINE, _WORDS))
            if columns[3] is None:
                return [], broken
            continue
        time, sender, mark, words = (_cell(row, place) for place in columns)
        if words:
            found.append(
                Said(time=_clock(time, zone), sender=sender, words=words, mine=_mine(mark))
            )
    return found, broken


def _heading(cell: str) -> str:
    return "".join(cell.casefold().split())


def _column(heads: Sequence[str], names: Sequence[str]) -> int | None:
    return next((heads.index(name) for name in names if name in heads), None)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _mine(mark: str) -> bool | None:
    said = mark.casefold()
    return True if said in _YES else False if said in _NO else None


def _clock(text: str, zone: ZoneInfo) -> str:
    if text.isdecimal() and text.isascii() and len(text) in {_SECONDS, _SECONDS + 3}:
        moment = datetime.fromtimestamp(int(text[:_SECONDS]), UTC)
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    return talk_text.clock(text)
