"""`pirights reply` and `pirights inbox`: what came back."""

import unicodedata
from pathlib import Path
from typing import Annotated

import typer

from pirights.cli import views
from pirights.cli.desk import opened
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.show import Facts, Table, Words
from pirights.domain import entry, reference
from pirights.domain.reply import Reply
from pirights.domain.request import Score
from pirights.errors import BadInput, WrongUsage, message

app = group(N_("Keep what came back."))
inbox = group(N_("Sort replies whose case is not known."))


@app.command(help=N_("Take in replies: mails, texts, PDFs, pictures."))
def add(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="[REF] FILE…", help=N_("The case, if you know it, and the files.")),
    ],
    *,
    at: Annotated[
        str | None,
        typer.Option(metavar="DATE", help=N_("The day it came in; as the mail says if left out.")),
    ] = None,
) -> None:
    from pirights.workflow import replies

    here = call(ctx)
    ref = words[0] if reference.looks_like(words[0]) else None
    files = [Path(word) for word in (words[1:] if ref else words)]
    if not files:
        raise WrongUsage(message("Name at least one file."))
    on = entry.day(at, field="--at") if at is not None else None
    with opened(here) as desk:
        done = replies.add(desk, ref, files, on=on)
    for one in done:
        for notice in one.notices:
            here.screen.warn(notice)
    here.screen.result(
        "ReplyAdd",
        {
            "files": [
                {
                    **views.reply(one.reply),
                    "file": one.file,
                    "matched_by": one.matched_by,
                    "attachments": [views.attachment(file) for file in one.attachments],
                }
                for one in done
            ]
        },
        Table(
            (N_("File"), N_("Message"), N_("Date"), N_("It seems to say"), N_("Matched")),
            [
                (one.file, one.reply.label, one.reply.on, one.reply.kind, one.matched_by)
                for one in done
            ],
        ),
        *(
            message("Why: {reasons}", reasons=one.reply.reasons)
            for one in done
            if one.reply.reasons
        ),
        message("What a reply seems to say is a suggestion from its words: read it yourself."),
        *(
            message(
                "{label} waits in the inbox: `pirights inbox assign {label} REF`.",
                label=one.reply.label,
            )
            for one in done
            if not one.reply.ref
        ),
    )


@app.command(help=N_("Mark, item by item, how a reply met what was asked."))
def score(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
    *,
    item: Annotated[
        list[str],
        typer.Option(metavar="N=HOW", help=N_("Such as 3=given, partial, refused or silent.")),
    ],
    cites: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("The provision they name for refusing."))
    ] = "",
) -> None:
    from pirights.workflow import scoring

    here = call(ctx)
    marks = dict(_mark(one) for one in item)
    with opened(here) as desk:
        letter = scoring.score(desk, ref, marks, cites=cites)
    counts = {mark: sum(one.score is mark for one in letter.items) for mark in Score}
    here.screen.result(
        "ReplyScore",
        {
            "ref": letter.ref,
            "message": letter.label,
            "items": [
                {"number": one.number, "score": one.score, "refused_under": one.refused_under}
                for one in letter.items
            ],
            "counts": {mark.value: count for mark, count in counts.items()},
        },
        message(
            "Answered: {given} of {all} items.",
            given=counts[Score.GIVEN],
            all=len(letter.items),
        ),
        Table(
            (N_("No."), N_("Answered"), N_("Named for refusing")),
            [(one.number, one.score, one.refused_under) for one in letter.items],
        ),
    )


def _mark(text: str) -> tuple[int, Score]:
    number, _, how = unicodedata.normalize("NFKC", text).partition("=")
    if not number.strip().isdecimal() or how.strip() not in set(Score):
        raise BadInput(
            message("{text} is not an item with its mark.", text=text),
            hint=message("Write it as 3=refused; the marks are {marks}.", marks=", ".join(Score)),
        )
    return int(number), Score(how.strip())


@app.command(help=N_("Show the replies of a case, or one of them."))
def show(
    ctx: typer.Context,
    label: Annotated[
        str,
        typer.Argument(
            metavar="REF[/2]|I3", help=N_("A case, one of its messages, or one of the inbox.")
        ),
    ],
) -> None:
    from pirights.workflow import replies

    here = call(ctx)
    with opened(here) as desk:
        found = replies.show(desk, label)
    blocks: list[Facts | Words | Table] = []
    for one, files in found:
        blocks.append(
            Facts(
                [
                    (N_("Message"), one.label),
                    (N_("Date"), one.on),
                    (N_("From"), one.sender),
                    (N_("Subject"), one.subject),
                    (N_("It seems to say"), one.kind),
                    (N_("Why"), one.reasons),
                ]
            )
        )
        if one.text:
            blocks.append(Words(one.text))
        blocks.append(
            Table(
                (N_("File"), N_("Size in bytes"), "SHA-256"),
                [(file.name, file.size, file.sha256[:16] + "…") for file in files],
            )
        )
    here.screen.result(
        "ReplyShow",
        {
            "replies": [
                {
                    **views.reply(one),
                    "text": one.text,
                    "attachments": [views.attachment(file) for file in files],
                }
                for one, files in found
            ]
        },
        *blocks,
    )


@inbox.command("list", help=N_("List the replies whose case is not known."))
def list_(ctx: typer.Context) -> None:
    from pirights.workflow import replies

    here = call(ctx)
    with opened(here) as desk:
        found = replies.inbox(desk)
    here.screen.result(
        "InboxList",
        {"messages": [views.reply(one) for one in found]},
        _table(found) if found else message("The inbox is empty."),
    )


@inbox.command(help=N_("Put a reply with its case."))
def assign(
    ctx: typer.Context,
    label: Annotated[str, typer.Argument(metavar="I3", help=N_("The reply."))],
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
) -> None:
    from pirights.workflow import replies

    here = call(ctx)
    with opened(here) as desk:
        one = replies.assign(desk, entry.record_number(label, "I"), ref)
    here.screen.result(
        "InboxAssign",
        views.reply(one),
        message("The reply is now {label}.", label=one.label),
    )


def _table(found: list[Reply]) -> Table:
    return Table(
        (N_("Message"), N_("Date"), N_("From"), N_("Subject"), N_("It seems to say")),
        [(one.label, one.on, one.sender, one.subject, one.kind) for one in found],
    )
