"""What to do next about what a reply seems to say: confirm it, or write down the time it names."""

from pirights.domain import reply_time
from pirights.domain.case import Stage, is_marked
from pirights.domain.next_step import Act, NextStep, Position
from pirights.domain.reply import ANSWERS, DEMANDS, Reply, ReplyKind
from pirights.domain.reply_time import ToldTime
from pirights.errors import Message, message


def confirming(at: Position, last: Reply) -> NextStep | None:
    """A step that would rest on words alone: a person is to read them first.

    Marks on the items are a person's word on the answers that were there, so that none is asked
    for beside them.
    """
    marked = is_marked(last, at.letters[0])
    rests = last.kind in DEMANDS or (last.kind in ANSWERS and not marked)
    if last.is_confirmed or not rests:
        return None
    if last.kind is ReplyKind.UNKNOWN:
        return _unclear(at, last)
    return NextStep(
        act=Act.CONFIRM,
        what=message(
            "Read {label}, and confirm what it seems to say: {kind}.",
            label=last.label,
            kind=last.kind,
        ),
        why=message(
            "That is a suggestion from its words, and what comes next hangs on it; if it is "
            "wrong: `pirights reply correct {label} --kind KIND --because TEXT`.",
            label=last.label,
        ),
        command=f"pirights reply confirm {last.label}",
    )


def _unclear(at: Position, last: Reply) -> NextStep:
    return NextStep(
        act=Act.CONFIRM,
        what=message("Read {label}, and say what it is.", label=last.label),
        why=message(
            "Its words do not tell, and what comes next hangs on it; if it answers the request, "
            "mark the items by it: `pirights reply score {ref} --item {first}=given`.",
            ref=at.ref,
            first=at.items[0].number if at.items else 1,
        ),
        command=f"pirights reply correct {last.label} --kind KIND --because TEXT",
    )


def told_time(at: Position) -> NextStep | None:
    """The handler takes more time, or says by when it will answer, and that is not written down."""
    last = at.came[-1] if at.came else None
    if last is None or last.kind not in {ReplyKind.EXTENDED, ReplyKind.ACKNOWLEDGEMENT}:
        return None
    if any(one.source == last.label or one.on >= last.on for one in at.noted):
        return None
    told = reply_time.told_time(last.text, last.on)
    more = last.kind is ReplyKind.EXTENDED
    if told is None:
        return _of_no_day(at, last) if more and at.stage is not Stage.OVERDUE else None
    if _is_needless(at, told, more=more):
        return None
    act = "extend" if more else "promise"
    return NextStep(
        act=Act.NOTE_TIME,
        what=message("If {label} says so, write down the time they take.", label=last.label)
        if more
        else message("If {label} says so, write down what they promise.", label=last.label),
        why=_why(told, last),
        command=f"pirights case {act} {at.ref} {told.typed} {_where(last)}",
    )


def _is_needless(at: Position, told: ToldTime, *, more: bool) -> bool:
    """The day runs already, or is over; or the handler's own rules promise the same."""
    over = at.stage is Stage.OVERDUE
    if told.until is None:
        return not more and (over or told.period == at.policy)
    runs = at.answer_on is not None and (
        told.until <= at.answer_on if more else told.until == at.answer_on
    )
    return runs or (over and (not more or told.until < at.today))


def _of_no_day(at: Position, last: Reply) -> NextStep:
    return NextStep(
        act=Act.NOTE_TIME,
        what=message("Ask until when, and write down the day once they name it."),
        why=message(
            "On {day} they wrote that they take more time; no day was found in {label}.",
            day=last.on,
            label=last.label,
        ),
        command=f"pirights case extend {at.ref} --until DATE {_where(last)}",
    )


def _why(told: ToldTime, last: Reply) -> Message:
    if told.period is None:
        return message(
            "{label} seems to name {day} for the answer; that counts only once you write it down.",
            label=last.label,
            day=told.until,
        )
    return message(
        "{label} seems to name {amount} {unit} for the answer; they count only once you write "
        "them down.",
        label=last.label,
        amount=told.period.amount,
        unit=told.period.unit,
    )


def _where(last: Reply) -> str:
    return f"--at {last.on} --source {last.label}"
