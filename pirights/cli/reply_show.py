"""`pirights reply show` and `reply confirm`: what a reply says, and a person's word on it."""

from typing import Annotated

import typer

from pirights.cli import chat, views
from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Block, Facts, Table, Words
from pirights.domain.reply import Reply, ReplyKind
from pirights.errors import Message, message


def show(
    ctx: typer.Context,
    label: Annotated[
        str,
        typer.Argument(
            metavar="REF[/2]|I3", help=N_("A case, one of its messages, or one of the inbox.")
        ),
    ],
) -> None:
    from pirights.workflow import replies, scoring

    here = call(ctx)
    with opened(here) as desk:
        found = [
            (one, files, replies.hanging(desk, one)) for one, files in replies.show(desk, label)
        ]
        marked = {one.id for one, _ in replies.show(desk, label) if scoring.was_read(desk, one)}
    blocks: list[Block] = []
    for one, files, hanging in found:
        blocks.append(_facts(one, is_marked=one.id in marked))
        if one.text:
            blocks.append(Words(one.text))
        if one.parts:
            blocks += chat.parts(one.parts)
        blocks.append(
            Table(
                (N_("File"), N_("Type"), N_("Size in bytes"), "SHA-256"),
                [(file.name, file.media_type, file.size, file.sha256[:16] + "…") for file in files],
            )
        )
        if hanging:
            blocks.append(
                Table(
                    (N_("Attached to the mail"), N_("Type"), N_("Size in bytes")),
                    [
                        (file.name or message("without a name"), file.media_type, file.size)
                        for file in hanging
                    ],
                    wraps=True,
                )
            )
    here.screen.result(
        "ReplyShow",
        {
            "replies": [
                {
                    **views.reply(one),
                    "text": one.text,
                    "parts": views.parts(one),
                    "attachments": [views.attachment(file) for file in files],
                    "attached": [
                        {"name": file.name, "media_type": file.media_type, "size": file.size}
                        for file in hanging
                    ],
                }
                for one, files, hanging in found
            ]
        },
        *blocks,
    )


def confirm(
    ctx: typer.Context,
    label: Annotated[
        str,
        typer.Argument(metavar="REF/2|I3", help=N_("A message of a case, or one of the inbox.")),
    ],
) -> None:
    from pirights.workflow import put_right_replies

    here = call(ctx)
    with opened(here) as desk:
        done = put_right_replies.confirm(desk, label)
    here.screen.result(
        "ReplyConfirm",
        views.reply(done),
        message("{label} is confirmed: {kind}.", label=done.label, kind=done.kind),
    )


def _facts(one: Reply, *, is_marked: bool) -> Facts:
    return Facts(
        [
            (N_("Message"), one.label),
            (N_("Date"), one.on),
            (N_("From"), one.sender),
            (N_("Subject"), one.subject),
            (N_("It says") if one.is_confirmed else N_("It seems to say"), one.kind),
            (N_("Confirmed"), _confirmed(one, is_marked=is_marked)),
            (N_("Why"), one.reasons),
            (N_("Answer of"), one.answerer or None),
            (N_("Channel"), one.channel),
            (N_("Matched"), one.ground and one.ground.message),
            (N_("Voided"), one.voided_because or None),
        ]
    )


def _confirmed(one: Reply, *, is_marked: bool) -> Message | None:
    if one.is_confirmed:
        day = one.confirmed_on or one.amendments[-1].on
        return message("by you on {day}", day=day)
    if is_marked:
        return message(
            "as an answer, by the marks of the items; papers say what these say: `pirights reply "
            "score {ref}`",
            ref=one.ref,
        )
    if one.kind is ReplyKind.UNKNOWN or not one.counts:
        return None
    return message(
        "not yet: a suggestion from its words. If it is right: `pirights reply confirm {label}`",
        label=one.label,
    )
