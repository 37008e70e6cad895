"""`pirights reply` and `pirights inbox`: what came back."""

from pathlib import Path
from typing import Annotated

import typer

from pirights import settings
from pirights.cli import (
    chat,
    checklist,
    mail_secret,
    progress,
    put_right,
    reply_score,
    reply_show,
    taken,
    views,
)
from pirights.cli.desk import opened
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain import entry, reference
from pirights.domain.dispatch import Channel
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.talk import Order
from pirights.domain.text import one_line
from pirights.errors import WrongUsage, message

app = group(N_("Keep what came back."))
inbox = group(N_("Sort replies whose case is not known."))


@app.command(help=N_("Take in replies: mails, mailboxes (mbox), texts, PDFs, pictures."))
def add(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[REF[/4]] FILE…",
            help=N_("The case, or your paper to an authority that it answers, and the files."),
        ),
    ],
    *,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help=N_("The day it came in, of a chat with its time; as the mail says if left out."),
        ),
    ] = None,
    kind: Annotated[
        ReplyKind | None,
        typer.Option(help=N_("What it is, if you have read it; else that is suggested.")),
    ] = None,
    as_one: Annotated[
        bool,
        typer.Option("--as-one", help=N_("The files are parts of one message, in this order.")),
    ] = False,
    by_name: Annotated[
        bool, typer.Option("--by-name", help=N_("With --as-one: in the order of their names."))
    ] = False,
    by_time: Annotated[
        bool, typer.Option("--by-time", help=N_("With --as-one: in the order of their own times."))
    ] = False,
    channel: Annotated[
        Channel | None, typer.Option(help=N_("With --as-one: the way it came, such as wechat."))
    ] = None,
    me: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help=N_("With --as-one: your own name in an exported talk.")),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help=N_("Of a mailbox, the mails that concern no case too, however many.")
        ),
    ] = False,
) -> None:
    from pirights.workflow import mailbox_file, replies

    here = call(ctx)
    ref = words[0] if reference.looks_like(words[0]) else None
    files = [Path(word) for word in (words[1:] if ref else words)]
    if not files:
        raise WrongUsage(message("Name at least one file."))
    if as_one:
        if by_name and by_time:
            raise WrongUsage(message("--by-name and --by-time do not go together."))
        order = Order.NAME if by_name else Order.TIME if by_time else Order.GIVEN
        wish = chat.Wish(
            ref=ref,
            files=files,
            order=order,
            me=tuple(me or ()),
            channel=channel,
            at=at,
            kind=kind,
        )
        chat.take(here, wish)
        return
    if by_name or by_time or channel is not None or me:
        raise WrongUsage(message("--by-name, --by-time, --channel and --me go with --as-one."))
    on = entry.day(at, field="--at") if at is not None else None
    boxes = [file for file in files if mailbox_file.is_mbox(file)]
    if boxes and kind is not None:
        raise WrongUsage(message("--kind goes with single messages, not with a mailbox."))
    if everything and not boxes:
        raise WrongUsage(message("--all goes with a mailbox."))
    for box in boxes:
        mailbox_file.refuse_other(box)
    with opened(here) as desk:
        alone = [file for file in files if file not in boxes]
        done = replies.add(desk, ref, alone, on=on, kind=kind)
        with progress.shown(here, N_("Mails looked at")) as tell:
            emptied = [
                mailbox_file.add(desk, ref, box, on=on, everything=everything, tell=tell)
                for box in boxes
            ]
    for left in (left for each in emptied for left in each.left):
        here.screen.warn(left)
    here_before = sum(each.already for each in emptied)
    strangers = sum(each.strangers for each in emptied)
    if strangers:
        here.screen.notice(
            message("To put those that concern no case into the inbox too: the same with --all.")
        )
    counted = message(
        "Of the mailbox, {new} mails were taken; {known} were here before, {others} concern no "
        "case and were left.",
        new=sum(len(each.taken) for each in emptied),
        known=here_before,
        others=strangers,
    )
    taken.show(
        here,
        "ReplyAdd",
        [*done, *(one for each in emptied for one in each.taken)],
        *([counted] if boxes else ()),
        already=here_before + sum(one.already for one in done),
        left_out=strangers,
    )


app.command(help=N_("Mark, item by item, how a reply met what was asked."))(reply_score.score)
app.command(help=N_("Show what proves a sending, and how a chat is recorded."))(checklist.checklist)
app.command("void", help=N_("Void a message that is none of this case; the journal keeps it."))(
    put_right.reply_void
)
app.command("correct", help=N_("Correct the day, the kind or the case of a message."))(
    put_right.reply_correct
)


app.command(help=N_("Show the replies of a case, or one of them."))(reply_show.show)
app.command(help=N_("Say that you read a message, and that it says what it seems to say."))(
    reply_show.confirm
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
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF[/4]",
            help=N_("The case, or your paper to an authority that it answers."),
        ),
    ],
) -> None:
    from pirights.workflow import replies

    here = call(ctx)
    with opened(here) as desk:
        done = replies.assign(desk, entry.record_number(label, "I"), ref)
    for notice in done.notices:
        here.screen.warn(notice)
    here.screen.result(
        "InboxAssign",
        views.reply(done.reply),
        message("The reply is now {label}.", label=done.reply.label),
    )


@inbox.command(help=N_("Fetch replies from your mailbox, which stays as it is."))
def fetch(
    ctx: typer.Context,
    *,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help=N_("From this day on; else from when the first letter of an open case left."),
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help=N_("All mails, not only those of your handlers or with a reference.")
        ),
    ] = False,
    folder: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help=N_("A folder of the mailbox, such as Junk.")),
    ] = None,
) -> None:
    from pirights.workflow import fetching

    here = call(ctx)
    account = settings.mail_account()
    wish = fetching.FetchWish(
        since=entry.day(since, field="--since") if since is not None else None,
        everything=everything,
        folders=tuple(one_line(one, field="folder") for one in folder or ["INBOX"]),
    )
    with opened(here) as desk:
        fetching.ready(desk, account, wish)
        password = mail_secret.password(here, account)
        with progress.shown(here, N_("Mails looked at")) as tell:
            done = fetching.fetch(desk, account, password, wish, tell=tell)
    for left in done.left:
        here.screen.warn(left)
    taken.show(
        here,
        "InboxFetch",
        done.taken,
        message(
            "Looked at {all} mails since {since}: {new} taken, {known} were here before.",
            all=done.looked_at,
            since=done.since,
            new=len(done.taken),
            known=done.already,
        ),
        since=done.since,
        looked_at=done.looked_at,
        taken=len(done.taken),
        already=done.already,
        left=done.left,
    )


def _table(found: list[Reply]) -> Table:
    return Table(
        (
            *(N_("Message"), N_("Date"), N_("From"), N_("Subject"), N_("It seems to say")),
            N_("Why it waits"),
        ),
        [
            (
                *(one.label, one.on, one.sender, one.subject, one.kind),
                one.ground.message if one.ground else "",
            )
            for one in found
        ],
        wraps=True,
    )
