"""A chat that is taken in again: the message that is kept of it is read anew, and stays one."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.reply import Reply
from pirights.errors import Message, NotNextStep, message
from pirights.workflow import doubles, put_right_replies
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Incoming, Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is kept of the same files.

    Attributes:
        reply: The same message; None if this one is to be taken.
        notices: Tells of the messages that are these files too, and are others.
    """

    reply: Reply | None
    notices: tuple[Message, ...] = ()


def kept(
    desk: Desk,
    files: Sequence[Path],
    *,
    case: Case | None,
    paper: Letter | None,
    on: date | None,
) -> Before:
    """Find the message that these files are already.

    Args:
        desk: Vault and moment.
        files: In their order.
        case: The case it is for; None for the inbox.
        paper: The paper to an authority that it answers, if a person named it.
        on: The day on which it came, if only the person tells it: on another day it is another
            message. None if the files tell it.

    Raises:
        NotNextStep: They are kept in another order.
    """
    found = list(doubles.of_files(desk, files))
    for reply, is_in_order in found:
        here = reply.ref == (case.ref if case is not None else "")
        if not here or on not in {None, reply.on}:
            continue
        if paper is not None and paper.number != reply.answers:
            continue
        if not is_in_order:
            raise NotNextStep(
                message(
                    "These files are kept already as {label}, in another order.", label=reply.label
                ),
                hint=message(
                    "To keep them in this one: `pirights reply void {label} --because TEXT`, then "
                    "the same command.",
                    label=reply.label,
                ),
            )
        return Before(reply=reply)
    if not found:
        return Before(reply=None)
    labels = ", ".join(reply.label for reply, _ in found)
    same = message("The same is kept as {labels} too.", labels=labels)
    return Before(reply=None, notices=(same,))


def read(desk: Desk, before: Reply, one: Incoming, *, on: date) -> Taken:
    """Read a message anew; what a person said or corrected of it stays.

    Args:
        desk: Vault and moment.
        before: As it is kept.
        one: As it is read now.
        on: The day on which it came.
    """
    after = replace(before, text=one.text, parts=one.parts, channel=one.channel)
    if one.confirmed:
        after = replace(after, kind=one.kind, reasons=(), confirmed_on=desk.today)
    elif not before.is_confirmed and not before.amendments:
        after = replace(after, kind=one.kind, reasons=one.reasons)
    if not before.amendments:
        after = replace(after, on=on, at=one.at)
    notices = list(one.notices)
    if after == before:
        notices.append(
            message(
                "{file} is kept already as {label}; nothing was added.",
                file=one.name,
                label=before.label,
            )
        )
    else:
        with desk.vault.change(now=desk.now) as change:
            said = put_right_replies.settle(desk, change, before, after, kind="reply.read-anew")
        notices += [*_told(before), *said]
    return Taken(
        file=one.name,
        reply=after,
        matched_by=after.ground.message if after.ground else message("You named the case."),
        attachments=tuple(desk.vault.attachments(f"I{before.id}")),
        notices=tuple(notices),
        already=True,
    )


def _told(before: Reply) -> list[Message]:
    """Say that it was read anew, and how that is undone."""
    label = before.label
    anew = message("{label} is of the same files: it was read anew, and stays one.", label=label)
    if not before.parts:
        undo = message(
            "To undo that: `pirights reply void {label} --because TEXT`, then take the file in as "
            "before.",
            label=label,
        )
        return [anew, undo]
    speakers = [who.name for part in before.parts for who in part.speakers if who.mine]
    if not speakers:
        return [anew, message("To undo that: the same command without --me.")]
    names = " ".join(f"--me {shlex.quote(name)}" for name in dict.fromkeys(speakers))
    return [anew, message("To undo that: the same command with {names}.", names=names)]
