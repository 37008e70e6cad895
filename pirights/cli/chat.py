"""`pirights reply add --as-one`: a chat as one message with its parts."""

from collections.abc import Sequence
from pathlib import Path

from pirights.cli import checklist, taken, views
from pirights.cli.desk import opened
from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain import entry
from pirights.domain.dispatch import Channel
from pirights.domain.reply import Reply
from pirights.errors import WrongUsage, message


def take(  # (the options of one command)
    here: Call,
    ref: str | None,
    files: Sequence[Path],
    *,
    at: str | None,
    channel: Channel | None,
    by_name: bool,
) -> None:
    """Take in the parts, show them, and how such a talk is recorded."""
    from pirights.workflow import chats

    if at is None or channel is None:
        raise WrongUsage(
            message("A message in parts needs its way and its time."),
            hint=message('For example: --channel wechat --at "2026-11-20 18:05".'),
        )
    with opened(here) as desk:
        moment = entry.moment(at, desk.zone, field="--at")
        done = chats.add(desk, ref, files, channel=channel, at=moment, by_name=by_name)
    taken.show(
        here,
        "ReplyAdd",
        [done],
        already=0,
        left_out=0,
        after=[parts(done.reply), *checklist.recording(channel)],
        parts=views.parts(done.reply),
    )


def parts(one: Reply) -> Table:
    """The parts of a message, each with its time and by what that is known."""
    return Table(
        (N_("No."), N_("File"), N_("Time"), N_("Known by")),
        [(number, each.name, each.taken, each.by) for number, each in enumerate(one.parts, 1)],
    )
