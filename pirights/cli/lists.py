"""Long lists: fifty rows at a time for people, all of them for programs."""

from typing import Annotated, Final

import typer

from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.errors import Message, message

Limit = Annotated[
    int | None,
    typer.Option(metavar="N", min=0, max=1_000_000_000, help=N_("Show at most so many.")),
]
Every = Annotated[bool, typer.Option("--all", help=N_("Show all."))]

PAGE: Final = 50


def page(call: Call, *, limit: int | None, every: bool) -> int | None:
    """Say how many rows to show: as asked, else all for programs and fifty for people."""
    if limit is not None:
        return limit
    return None if every or call.screen.as_json else PAGE


def more(total: int, shown: int) -> tuple[Message, ...]:
    """Say how many rows are left, if any are."""
    left = total - shown
    return (message("{count} more: --all shows them.", count=left),) if left > 0 else ()
