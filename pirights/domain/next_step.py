"""What to do next in a case (下一步): the act, its reason, and the command that does it.

A pure function of the case and a day. It names one step; what may be done besides stands in the
commands' own help.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pirights.domain.case import Stage, asking, since, waiting
from pirights.domain.dispatch import Letter
from pirights.domain.escalation import TO_AUTHORITY, FollowUp
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import AskedItem, Score
from pirights.errors import Message, message


class Act(StrEnum):
    """What can be the next thing to do."""

    SEND = "send"
    PRESERVE = "preserve"
    PROVE_ARRIVAL = "prove-arrival"
    PROVE_IDENTITY = "prove-identity"
    TELL_MORE = "tell-more"
    SCORE = "score"
    ASK_REASONS = "ask-reasons"
    ASK_GAPS = "ask-gaps"
    REMIND = "remind"
    DELETE = "delete"
    COMPLAIN = "complain"
    CLOSE = "close"
    WAIT = "wait"
    WAIT_AUTHORITY = "wait-authority"
    WAIT_COURT = "wait-court"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The next thing to do.

    Attributes:
        what: The act, for people.
        why: The reason, from what the case holds.
        command: What to type; words in capitals are to be filled in.
        on: The day by which, or until which, inclusive; None for now.
    """

    act: Act
    what: Message
    why: Message
    command: str
    on: date | None = None

    @property
    def is_for_me(self) -> bool:
        """Whether the person has to do something, and not only to wait."""
        return self.act not in {Act.WAIT, Act.WAIT_AUTHORITY, Act.WAIT_COURT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What the next step is judged by.

    Attributes:
        letters: The case's outgoing messages, in order.
        replies: Its incoming messages, in order.
        answer_on: The day by which an answer may be expected, inclusive; None if nothing runs.
        video_until: The earliest day, not yet past, until which video of a scan must be kept;
            None where no such day is known.
        today: The day of asking, in the vault's zone.
    """

    ref: str
    stage: Stage
    letters: Sequence[Letter]
    replies: Sequence[Reply]
    answer_on: date | None
    video_until: date | None
    today: date

    @property
    def asked(self) -> Letter:
        """The letter to which an answer is awaited."""
        return asking(self.letters)

    @property
    def came(self) -> list[Reply]:
        """The answers to it, in order; what a machine sent back is none."""
        return [one for one in since(self.letters, self.replies) if one.kind not in _NO_ANSWER]

    @property
    def items(self) -> tuple[AskedItem, ...]:
        """The items of the request, with their scores."""
        return tuple(item for item in self.letters[0].items if item.right is not None)

    def wrote(self, kind: FollowUp, *, after: int = 0) -> bool:
        """Whether a letter of a kind was written, after the message of a number."""
        return any(one.kind == kind and one.number > after for one in self.letters)


_BEYOND: Final = frozenset({Stage.ESCALATED_REGULATOR, Stage.LITIGATION})
_NO_ANSWER: Final = frozenset({ReplyKind.AUTO_REPLY, ReplyKind.BOUNCED})
_IDENTITY: Final = frozenset({ReplyKind.IDENTITY_REQUIRED, ReplyKind.FORM_REQUIRED})
_ANSWERS: Final = frozenset(
    {
        *(ReplyKind.GIVEN, ReplyKind.PARTIAL, ReplyKind.NO_DATA),
        *(ReplyKind.REFUSED, ReplyKind.EXEMPT, ReplyKind.UNKNOWN),
    }
)


def next_step(at: Position) -> NextStep | None:
    """Say what to do next; None in a closed case, or in one without a letter."""
    if at.stage is Stage.CLOSED or not at.letters:
        return None
    return next(step for rule in _RULES if (step := rule(at)) is not None)


def _unsent(at: Position) -> NextStep | None:
    unsent = next(iter(waiting(at.letters)), None)
    if unsent is None:
        return None
    return NextStep(
        act=Act.SEND,
        what=message("Sign and send letter {label}.", label=unsent.label),
        why=message("It was written on {day} and is not recorded as sent.", day=unsent.on),
        command=f"pirights sent {unsent.shortest} --channel CHANNEL --at DATE",
    )


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


def _court(at: Position) -> NextStep | None:
    if at.stage is not Stage.LITIGATION:
        return None
    return NextStep(
        act=Act.WAIT_COURT,
        what=message("Wait for the court, and keep what it sends."),
        why=message("The civil complaint is on its way or filed."),
        command=f"pirights case note {at.ref} TEXT",
    )


def _authority(at: Position) -> NextStep | None:
    if at.stage is not Stage.ESCALATED_REGULATOR:
        return None
    last = [one for one in at.letters if one.kind in TO_AUTHORITY and one.dispatch][-1]
    return NextStep(
        act=Act.WAIT_AUTHORITY,
        what=message("Wait for the authority; a suit remains open to you."),
        why=message("The paper {label} went to an authority.", label=last.label),
        command=f"pirights escalate {at.ref} --as court",
    )


def _answered(at: Position) -> NextStep | None:
    if not at.came:
        return None
    last = at.came[-1]
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
    return _scored(at, last) if last.kind in _ANSWERS else None


def _scored(at: Position, last: Reply) -> NextStep:
    """Go by the marks of the items, once an answer has come."""
    left = [item for item in at.items if item.score is Score.OPEN and not item.after_receipt]
    if left:
        return NextStep(
            act=Act.SCORE,
            what=message("Mark each item: given, partial, refused or silent."),
            why=message(
                "An answer came on {day}; {count} of {all} items are not marked.",
                day=last.on,
                count=len(left),
                all=len(at.items),
            ),
            command=f"pirights reply score {at.ref} --item {left[0].number}=given",
        )
    unmet = [
        item for item in at.items if item.score in {Score.PARTIAL, Score.REFUSED, Score.SILENT}
    ]
    if not unmet:
        return _all_given(at)
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


def _arrival(at: Position) -> NextStep | None:
    letter = at.asked
    if letter.arrived_on is not None or letter.dispatch is None or at.came:
        return None
    return NextStep(
        act=Act.PROVE_ARRIVAL,
        what=message("Record the arrival of letter {label}, with its proof.", label=letter.label),
        why=message(
            "It left on {day}; there is no proof of arrival yet, and the time for an answer runs "
            "from it.",
            day=letter.dispatch.on,
        ),
        command=f"pirights received {letter.shortest} --at DATE --proof FILE",
    )


def _overdue(at: Position) -> NextStep | None:
    if at.stage is not Stage.OVERDUE or at.answer_on is None:
        return None
    why = message("No answer came by {day}.", day=at.answer_on)
    if at.wrote(FollowUp.REMINDER):
        return _complain(at, why)
    return NextStep(
        act=Act.REMIND,
        what=message("Remind the handler."),
        why=why,
        command=f"pirights escalate {at.ref} --as reminder",
    )


def _wait(at: Position) -> NextStep | None:
    return NextStep(
        act=Act.WAIT,
        what=message("Wait for the answer."),
        why=message("It may be expected by {day}.", day=at.answer_on)
        if at.answer_on is not None
        else message("The letter has arrived, and no day for an answer runs."),
        command=f"pirights reply add {at.ref} FILE",
        on=at.answer_on,
    )


_RULES: Final[Sequence[Callable[[Position], NextStep | None]]] = (
    *(_unsent, _video, _court, _authority, _answered, _arrival, _overdue, _wait),
)
"""In the order in which they speak; the last always does."""
