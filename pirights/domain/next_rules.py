"""Which step is the next: a pure function of a case and a day.

It names one step; what may be done besides stands in the commands' own help.
"""

from collections.abc import Callable, Sequence
from typing import Final

from pirights.domain import next_beyond, next_reading, next_sending
from pirights.domain.case import Stage
from pirights.domain.escalation import ASKED_AGAIN, FollowUp
from pirights.domain.next_step import Act, NextStep, Position
from pirights.domain.reply import ANSWERS, Reply, ReplyKind
from pirights.domain.request import Score
from pirights.errors import Message, message

_BEYOND: Final = frozenset({Stage.ESCALATED_REGULATOR, Stage.LITIGATION})
_IDENTITY: Final = frozenset({ReplyKind.IDENTITY_REQUIRED, ReplyKind.FORM_REQUIRED})


def next_step(at: Position) -> NextStep | None:
    """Say what to do next; None in a closed case, or in one without a letter."""
    if at.stage is Stage.CLOSED or not at.letters:
        return None
    step = next(step for rule in _RULES if (step := rule(at)) is not None)
    return next_beyond.claiming(at, step)


def _video(at: Position) -> NextStep | None:
    if at.video_until is None or at.wrote(FollowUp.PRESERVE) or at.stage in _BEYOND:
        return None
    return NextStep(
        act=Act.PRESERVE,
        what=message("Ask the handler to preserve video and records."),
        why=message("The video must be kept until {day} only.", day=at.video_until),
        command=f"pirights escalate {at.ref} --as preserve",
        on=at.video_until,
    )


def _answered(at: Position) -> NextStep | None:
    if not at.came:
        return None
    last = at.came[-1]
    unsure = next_reading.confirming(at, last)
    if unsure is not None:
        return unsure
    if last.kind in _IDENTITY and not at.wrote(FollowUp.IDENTITY, after=last.number):
        return NextStep(
            act=Act.PROVE_IDENTITY,
            what=message("Answer about identity: what they hold suffices, no new face."),
            why=message("On {day} they asked for proof of identity or for a form.", day=last.on),
            command=f"pirights escalate {at.ref} --as identity",
        )
    if last.kind is ReplyKind.MORE_INFORMATION:
        return NextStep(
            act=Act.TELL_MORE,
            what=message("Tell the handler what it still needs, or why it needs nothing more."),
            why=message("On {day} they asked for more information.", day=last.on),
            command=f"pirights reply show {last.label}",
        )
    return _scored(at, last) if last.kind in ANSWERS else None


def _scored(at: Position, last: Reply) -> NextStep:
    """Go by the marks of the items, once an answer has come."""
    nothing = last.kind is ReplyKind.NO_DATA
    left = [item for item in at.items if item.score is Score.OPEN and not item.after_receipt]
    if left:
        return NextStep(
            act=Act.SCORE,
            what=message(
                "If you doubt that they hold nothing, mark the items as silent or refused; if not, "
                "as given."
            )
            if nothing
            else message("Mark each item: given, partial, refused or silent."),
            why=message(
                "An answer came on {day}; {count} of {all} items are not marked.",
                day=last.on,
                count=len(left),
                all=len(at.items),
            ),
            command=f"pirights reply score {at.ref} --item {left[0].number}=given",
        )
    if 0 < at.letters[0].scored_with < last.number:
        return NextStep(
            act=Act.SCORE,
            what=message("Mark the items anew that {label} answers.", label=last.label),
            why=message("It came on {day}, after the items were marked.", day=last.on),
            command=f"pirights reply score {at.ref} --item {at.letters[0].items[0].number}=given",
        )
    unmet = [
        item for item in at.items if item.score in {Score.PARTIAL, Score.REFUSED, Score.SILENT}
    ]
    if not unmet:
        return _all_given(at)
    if at.answer_on is not None and at.today <= at.answer_on:  # more of it was promised
        return _wait(at)
    if nothing:
        return _complain(
            at,
            message(
                "On {day} they said that they hold nothing, and you doubt it; an authority can "
                "look into it.",
                day=last.on,
            ),
        )
    silent = [item for item in unmet if item.score is Score.REFUSED and not item.refused_under]
    if len(silent) == len(unmet) and not at.wrote(FollowUp.REASONS):
        return NextStep(
            act=Act.ASK_REASONS,
            what=message("Ask for the reasons of the refusal."),
            why=message("{count} items were refused and no reason was given.", count=len(silent)),
            command=f"pirights escalate {at.ref} --as reasons",
        )
    if not at.wrote(FollowUp.INCOMPLETE) and not at.wrote(FollowUp.REASONS):
        return NextStep(
            act=Act.ASK_GAPS,
            what=message("Ask again for what is missing."),
            why=message(
                "{count} of {all} items are refused, unanswered or answered in part.",
                count=len(unmet),
                all=len(at.items),
            ),
            command=f"pirights escalate {at.ref} --as incomplete",
        )
    return _complain(
        at, message("{count} items are still not met after a second letter.", count=len(unmet))
    )


def _all_given(at: Position) -> NextStep:
    if any(item.after_receipt and item.score is Score.OPEN for item in at.items):
        return NextStep(
            act=Act.DELETE,
            what=message("Look at the copies; if they are whole, ask for the deletion."),
            why=message("The first step of the request is met; deletion waits for your word."),
            command="pirights request new --handler H --right delete",
        )
    return NextStep(
        act=Act.CLOSE,
        what=message("Close the case."),
        why=message("Every item is marked as given."),
        command=f"pirights case close {at.ref} --outcome full",
    )


def _complain(at: Position, why: Message) -> NextStep:
    return NextStep(
        act=Act.COMPLAIN,
        what=message("Complain and report to the authority in charge."),
        why=why,
        command=f"pirights escalate {at.ref} --as regulator",
    )


def _overdue(at: Position) -> NextStep | None:
    if at.stage is not Stage.OVERDUE or at.answer_on is None:
        return None
    why = message("No answer came by {day}.", day=at.answer_on)
    if any(at.wrote(kind) for kind in ASKED_AGAIN):
        return _complain(at, why)
    return NextStep(
        act=Act.REMIND,
        what=message("Remind the handler."),
        why=why,
        command=f"pirights escalate {at.ref} --as reminder",
    )


def _wait(at: Position) -> NextStep:
    paused = at.runs("paused")
    if paused is not None and at.paused_because:
        return NextStep(
            act=Act.WAIT,
            what=message("Wait; set the clock going again when the reason for the pause is gone."),
            why=message(
                "The clock is paused since {day}: {because}.", day=paused, because=at.paused_because
            ),
            command=f"pirights case restart {at.ref}",
        )
    if at.answer_on is None:
        why = message("The letter has arrived, and no day for an answer runs.")
    elif at.more_time:
        why = message("The handler took more time, until {day}.", day=at.answer_on)
    else:
        why = message("It may be expected by {day}.", day=at.answer_on)
    return NextStep(
        act=Act.WAIT,
        what=message("Wait for the answer."),
        why=why,
        command=f"pirights reply add {at.ref} FILE",
        on=at.answer_on,
    )


_RULES: Final[Sequence[Callable[[Position], NextStep | None]]] = (
    *(next_sending.unsent, _video, next_beyond.court, next_beyond.authority, _answered),
    *(next_sending.came_back, next_sending.arrival, next_reading.told_time, _overdue, _wait),
)
"""In the order in which they speak; the last always does."""
