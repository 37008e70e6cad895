"""The options of time stamps, the same wherever they stand, and how a time stamp is told."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from pirights.cli.language import N_
from pirights.errors import Message, message

if TYPE_CHECKING:
    from pirights.workflow.time_stamping import Stamp

Tsa: TypeAlias = Annotated[
    str | None,
    typer.Option("--tsa", metavar="URL", help=N_("Address of the time-stamp authority.")),
]

TsaRoots: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--tsa-root",
        metavar="PEM",
        help=N_("Root certificate you trust for time stamps."),
    ),
]


def moment(time: datetime) -> str:
    """Write a third party's time for people."""
    from pirights.workflow import time_stamping

    return time_stamping.told(time)


def facts(stamp: "Stamp | None") -> list[tuple[str, object]]:
    """Give the lines about a time stamp, where there is one."""
    if stamp is None:
        return []
    label = N_("Third party's time") if stamp.trusted else N_("Time stamp, not checked")
    return [(label, moment(stamp.time)), (N_("Authority"), stamp.signer)]


def how_to_check(stamp: "Stamp | None", path: Path) -> list[Message]:
    """Say how a time stamp that no root vouches for yet can be checked."""
    if stamp is None or stamp.trusted:
        return []
    return [
        message(
            "Get the authority's root certificate from its own site, then check: "
            "`pirights bundle verify {path} --tsa-root root.pem`.",
            path=path,
        )
    ]


def told(stamp: "Stamp | None") -> dict[str, object] | None:
    """Give a time stamp as programs read it."""
    if stamp is None:
        return None
    return {"time": stamp.time, "authority": stamp.signer, "trusted": stamp.trusted}
