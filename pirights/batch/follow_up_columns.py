"""The columns of the sheet of what is due, and which others somebody added to it."""

from collections.abc import Iterator, Sequence
from typing import Final

from pirights.batch import columns
from pirights.batch.columns import FOLLOW_UP, FOLLOW_UP_HEADINGS, PASSED_OVER, plain_heading
from pirights.batch.headings import named
from pirights.errors import Message, message

HEADINGS: Final = {
    **{column.name: column.zh for column in FOLLOW_UP},
    "person": "个人",
    "handler": "处理者",
    "what": "事项",
    "due": "期限",
    "force": "依据",
    "stage": "阶段",
    "command": "命令",
}
"""The English headings, in their order, and the Chinese ones in the row below."""

READ: Final = frozenset(column.name for column in FOLLOW_UP)
"""What a run reads of it; all else is for the eye."""

_KNOWN: Final = frozenset(
    (
        *FOLLOW_UP_HEADINGS,
        *(plain_heading(one) for both in HEADINGS.items() for one in both),
        *(one for one, name in columns.HEADINGS.items() if name == PASSED_OVER),
    )
)


def unread(headings: Sequence[str]) -> Iterator[Message]:
    """Name the columns that the program did not write and does not read."""
    found = [one for one in headings if one.strip() and plain_heading(one) not in _KNOWN]
    if found:
        yield message(
            "Columns that are not read: {headings}. What a letter needs beyond its kind is told to "
            "`pirights escalate`.",
            headings=named(found),
        )
