"""What was taken in, file by file or mail by mail: with which case it is, and why."""

from collections.abc import Sequence
from typing import Any

from pirights.cli import views
from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.errors import Message, message


def show(
    here: Call,
    kind: str,
    done: Sequence[Any],
    *said: Message,
    after: Sequence[Table | Message] = (),
    **more: object,
) -> None:
    """Show replies that were just taken in.

    Args:
        here: The call of the program.
        kind: Of the result.
        done: What was taken in (`workflow.intake.Taken`).
        said: Sentences before the list.
        after: What stands after it.
        more: Further keys of the data.
    """
    for one in done:
        for notice in one.notices:
            here.screen.warn(notice)
    here.screen.result(
        kind,
        {
            **more,
            "files": [
                {
                    **views.reply(one.reply),
                    "file": one.file,
                    "matched_by": one.matched_by,
                    "already": one.already,
                    "attachments": [views.attachment(file) for file in one.attachments],
                }
                for one in done
            ],
        },
        *said,
        *(_blocks(done) if done else ()),
        *after,
    )


def _blocks(done: Sequence[Any]) -> list[Table | Message]:
    table = Table(
        (N_("File"), N_("Message"), N_("Date"), N_("It seems to say"), N_("Matched")),
        [(one.file, one.reply.label, one.reply.on, one.reply.kind, one.matched_by) for one in done],
    )
    reasons = [
        message("Why: {reasons}", reasons=one.reply.reasons) for one in done if one.reply.reasons
    ]
    waiting = [
        message(
            "{label} waits in the inbox: `pirights inbox assign {label} REF`.",
            label=one.reply.label,
        )
        for one in done
        if not one.reply.ref and not one.already
    ]
    suggestion = message(
        "What a reply seems to say is a suggestion from its words: read it yourself."
    )
    return [table, *reasons, suggestion, *waiting]
