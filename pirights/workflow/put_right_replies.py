"""Voiding, correcting and confirming what came in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pirights.domain.attachment import Attachment
from pirights.domain.case import Case, from_handler
from pirights.domain.reply import NO_ANSWER, Ground, Reply, ReplyAmendment, ReplyKind
from pirights.domain.request import Score
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.plain import moment
from pirights.vault.change import Change
from pirights.workflow import aftermath, answering, put_right, replies
from pirights.workflow.desk import Desk
from pirights.workflow.put_right import Act, Own

INBOX = "inbox"
"""What stands for the inbox where a case may be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """What is given anew of a reply; None stays as it is.

    Attributes:
        to: Another case, the paper to an authority that it answers, or the inbox.
    """

    on: date | None = None
    kind: ReplyKind | None = None
    to: str | None = None


def void(desk: Desk, label: str, *, because: str) -> Act:
    """Take a message out of its case; it stays in the journal, with the reason.

    Raises:
        BadInput: No reason.
        NotFound: No such message.
        NotNextStep: It is voided already.
    """
    before = _standing(desk, label)
    why = put_right.reason(because)
    after = replace(before, voided_on=desk.today, voided_because=why)

    def do(change: Change) -> tuple[str, Sequence[Message]]:
        change.replace(after, kind="reply.voided")
        return after.label, _left(desk, change, before) if before.ref else ()

    return Act(refs=(before.ref,) if before.ref else (), do=do)


def correct(desk: Desk, label: str, right: Right, *, because: str) -> Act:
    """Correct the day, the kind or the case of a message.

    Raises:
        BadInput: Nothing to correct, a day in the future, or no reason.
        NotFound: No such message or case.
        NotNextStep: It is voided, or is there already.
    """
    before = _standing(desk, label)
    why = put_right.reason(because)
    if right == Right():
        raise BadInput(
            message("Nothing to correct was given."),
            hint=message("Give --at, --kind or --to."),
        )
    day = before.on if right.on is None else desk.past_day(right.on, field="at")
    read: dict[str, object] = {}
    if right.kind is not None:
        read = {"kind": right.kind, "reasons": (), "confirmed_on": desk.today}
    past = ReplyAmendment(
        on=desk.today,
        because=why,
        kind=before.kind,
        came_on=before.on,
        was=before.label,
        answers=before.answers,
    )
    after = replace(before, on=day, amendments=(*before.amendments, past), **read)  # type: ignore[arg-type]  # three known fields
    if right.to is not None:
        after = _placed(desk, after, right.to)
    refs = tuple(dict.fromkeys(ref for ref in (before.ref, after.ref) if ref))

    def do(change: Change) -> tuple[str, Sequence[Message]]:
        return after.label, settle(desk, change, before, after, kind="reply.corrected")

    own = (
        Own(message("It seems to say"), before.kind, after.kind),
        Own(message("Date"), before.on, after.on),
        Own(message("Message"), before.label, after.label),
        Own(message("Answer of"), before.answerer or None, after.answerer or None),
    )
    return Act(refs=refs, own=own, do=do)


def settle(desk: Desk, change: Change, before: Reply, after: Reply, *, kind: str) -> list[Message]:
    """Keep a message as it is now, undo what it did as it was, and do what it entails now.

    Args:
        desk: Vault and moment.
        change: What it is kept in.
        before: As it was.
        after: The same message as it is now.
        kind: What the journal says of it.
    """
    change.replace(after, kind=kind)
    said: list[Message] = []
    moved = before.ref != after.ref
    if before.ref and moved:
        case = desk.case(before.ref)
        most = max(case.numbered_until, before.number)
        change.replace(replace(case, numbered_until=most), kind="case.message-moved")
    if before.ref and (moved or before.kind is not after.kind):
        said += _left(desk, change, before)
    elif before.ref:
        said += put_right.written_later(desk, before.ref, before.number, before.on)
    if after.ref and (moved or before.kind is not after.kind) and not after.answers:
        mail = replies.mail_of(desk, after)
        said += aftermath.follow(desk, change, desk.case(after.ref), after, mail)
    return said


def confirm(desk: Desk, label: str) -> Reply:
    """Say that a message is what its words suggest: a person has read it.

    Raises:
        BadInput: The label names no one message.
        NotFound: No such message.
        NotNextStep: It is confirmed already, or voided, or nothing is suggested.
    """
    reply = _standing(desk, label)
    words = {"label": reply.label, "kind": reply.kind}
    other = message(
        "Say what it is: `pirights reply correct {label} --kind KIND --because TEXT`.", **words
    )
    if reply.kind is ReplyKind.UNKNOWN:
        raise NotNextStep(
            message("What {label} says was not found in its words.", **words), hint=other
        )
    if reply.is_confirmed:
        raise NotNextStep(message("{label} is confirmed already: {kind}.", **words), hint=other)
    sure = replace(reply, confirmed_on=desk.today)
    with desk.vault.change(now=desk.now) as change:
        change.replace(sure, kind="reply.confirmed")
    return sure


def _standing(desk: Desk, label: str) -> Reply:
    found = [one for one, _ in replies.show(desk, label)]
    if len(found) != 1:
        raise BadInput(
            message("{label} names several messages.", label=label),
            hint=message("Name one of them: {labels}.", labels=", ".join(r.label for r in found)),
        )
    one = found[0]
    if one.voided_on is not None:
        raise NotNextStep(
            message(
                "Message {label} was voided on {day} already.", label=one.label, day=one.voided_on
            ),
            hint=message("Take it in anew with `pirights reply add {ref} FILE`.", ref="REF"),
        )
    return one


def _placed(desk: Desk, reply: Reply, to: str) -> Reply:
    if to.strip().casefold() == INBOX:
        if not reply.ref:
            raise NotNextStep(message("{label} is in the inbox already.", label=reply.label))
        ground = Ground.of(message("You put it back."))
        return replace(
            reply, ref="", number=0, by_hand=False, answers=0, answerer="", ground=ground
        )
    case, paper = answering.meant(desk, to)
    answers, answerer = (paper.number, paper.handler_name) if paper else (0, "")
    if (case.ref, answers) == (reply.ref, reply.answers):
        raise NotNextStep(
            message("{label} is with case {ref} already.", label=reply.label, ref=case.ref)
        )
    return replace(
        reply,
        ref=case.ref,
        number=reply.number if reply.ref == case.ref else desk.next_number(case),
        answers=answers,
        answerer=answerer,
        by_hand=paper is None,
        ground=Ground.of(message("You named the case.")),
    )


def _left(desk: Desk, change: Change, before: Reply) -> list[Message]:
    """Undo what a message did in its case when it came, and tell what stands all the same."""
    case = desk.case(before.ref)
    said = list(aftermath.undo(desk, change, case, before, replies.mail_of(desk, before)))
    said += _marks(desk, change, case)
    if _opened_again(desk, case, desk.vault.attachments(f"I{before.id}")):
        said.append(
            message(
                "This message had opened case {ref} again; it stays open. To close it: `pirights "
                "case close {ref} --outcome …`.",
                ref=case.ref,
            )
        )
    said += put_right.written_later(desk, case.ref, before.number, before.on)
    return said


def _marks(desk: Desk, change: Change, case: Case) -> list[Message]:
    """Take the marks off the items once no answer is left that they could rest on."""
    marked = [
        one for one in desk.letters(case) if any(item.score is not Score.OPEN for item in one.items)
    ]
    if not marked:
        return []
    if any(one.kind not in NO_ANSWER for one in from_handler(desk.replies(case))):
        return [
            message(
                "The marks of the items stand as they are; look at them again: `pirights reply "
                "score {ref} --item N=HOW`.",
                ref=case.ref,
            )
        ]
    for letter in marked:
        items = tuple(replace(one, score=Score.OPEN, refused_under="") for one in letter.items)
        change.replace(replace(letter, items=items), kind="letter.marks-cleared")
    return [message("No answer is left in case {ref}: the marks are taken off.", ref=case.ref)]


def _opened_again(desk: Desk, case: Case, files: Sequence[Attachment]) -> bool:
    if case.closed_on is not None or not files:
        return False
    came = moment(files[0].imported_at)
    return any(
        row.kind == "case.reopened" and row.subject == case.ref and row.at == came
        for row in desk.vault.journal_rows()
    )
