"""What proves a sending by each way, and how a chat is recorded."""

from collections.abc import Sequence
from typing import Annotated

import typer

from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain.channel_proof import ARRIVAL, CHAT_STEPS, CHATS, SENDING, Proof
from pirights.domain.dispatch import Channel
from pirights.errors import Message, message


def checklist(
    ctx: typer.Context,
    *,
    channel: Annotated[Channel, typer.Option(help=N_("By which way it leaves or comes in."))],
) -> None:
    """Show what proves a sending and an arrival by one way."""
    here = call(ctx)
    steps = CHAT_STEPS if channel in CHATS else ()
    here.screen.result(
        "ReplyChecklist",
        {
            "channel": channel,
            "sending": _view(SENDING[channel]),
            "arrival": _view(ARRIVAL[channel]),
            "recording": _view(steps),
        },
        message("What proves that it was sent:"),
        _table(SENDING[channel]),
        message("What proves that it arrived:"),
        _table(ARRIVAL[channel]),
        *recording(channel),
    )


def recording(channel: Channel | None) -> list[Message | Table]:
    """How to record a chat so that it counts; nothing for other ways."""
    if channel not in CHATS:
        return []
    return [message("How to record the talk so that it counts:"), _table(CHAT_STEPS)]


def _view(proofs: Sequence[Proof]) -> list[dict[str, object]]:
    return [{"what": one.what, "word": one.word} for one in proofs]


def _table(proofs: Sequence[Proof]) -> Table:
    return Table(
        (N_("No."), N_("What to do or keep"), N_("On whose word")),
        [(number, one.what, one.word) for number, one in enumerate(proofs, start=1)],
        wraps=True,
    )
