"""What to do next in a case (下一步): the act, its reason, and the command that does it.

The values; which step it is, `next_rules` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pirights.domain.adjustment import Adjustment
from pirights.domain.case import Stage, answers, asking
from pirights.domain.deadline import Deadline
from pirights.domain.dispatch import Letter
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Period
from pirights.domain.reply import Reply
from pirights.domain.request import AskedItem, counted
from pirights.errors import Message


class Act(StrEnum):
    """What can be the next thing to do."""

    SEND = "send"
    FIND_OUT = "find-out"
    SEND_AGAIN = "send-again"
    PRESERVE = "preserve"
    PROVE_ARRIVAL = "prove-arrival"
    CONFIRM = "confirm"
    NOTE_TIME = "note-time"
    PROVE_IDENTITY = "prove-identity"
    TELL_MORE = "tell-more"
    SCORE = "score"
    ASK_REASONS = "ask-reasons"
    ASK_GAPS = "ask-gaps"
    REMIND = "remind"
    DELETE = "delete"
    COMPLAIN = "complain"
    CLAIM = "claim"
    SUE = "sue"
    CLOSE = "close"
    WAIT = "wait"
    WAIT_AUTHORITY = "wait-authority"
    WAIT_COURT = "wait-court"


_LETTERS: Final = {
    Act.PRESERVE: FollowUp.PRESERVE,
    Act.PROVE_IDENTITY: FollowUp.IDENTITY,
    Act.ASK_REASONS: FollowUp.REASONS,
    Act.ASK_GAPS: FollowUp.INCOMPLETE,
    Act.REMIND: FollowUp.REMINDER,
    Act.COMPLAIN: FollowUp.REGULATOR,
}
"""A suit is none of them: what it says is weighed one by one, not taken from the case alone."""


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

    @property
    def letter(self) -> FollowUp | None:
        """The letter that is to be written; None where the step is none."""
        return _LETTERS.get(self.act)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What the next step is judged by.

    Attributes:
        letters: The case's outgoing messages, in order.
        replies: Its incoming messages, in order.
        deadlines: What runs in it, earliest first.
        video_until: The earliest day, not yet past, until which video of a scan must be kept;
            None where no such day is known.
        today: The day of asking, in the vault's zone.
        handler: The handler's label, such as H1.
        address_stale: The handler's e-mail address is one from which a mail came back.
        paused_because: Why the clock stands still, in the user's words; empty if it runs.
        more_time: The handler took more time.
        noted: What was written down of promises and of more time.
        policy: The time for an answer that the handler's published rules promise.
    """

    ref: str
    stage: Stage
    letters: Sequence[Letter]
    replies: Sequence[Reply]
    deadlines: Sequence[Deadline]
    video_until: date | None
    today: date
    handler: str = ""
    address_stale: bool = False
    paused_because: str = ""
    more_time: bool = False
    noted: Sequence[Adjustment] = ()
    policy: Period | None = None

    @property
    def answer_on(self) -> date | None:
        """The day by which an answer may be expected, inclusive; None if nothing runs."""
        return self.runs("answer")

    def runs(self, what: str, letter: int | None = None) -> date | None:
        """The day of a deadline, of the whole case or of one letter; None if it does not run."""
        return next(
            (one.on for one in self.deadlines if one.id == what and letter in {None, one.letter}),
            None,
        )

    @property
    def asked(self) -> Letter:
        """The letter to which an answer is awaited."""
        return asking(self.letters)

    @property
    def came(self) -> list[Reply]:
        """The answers to it, in order."""
        return answers(self.letters, self.replies)

    @property
    def items(self) -> tuple[AskedItem, ...]:
        """The items of the request that are counted, with their scores."""
        return counted(self.letters[0].items)

    def wrote(self, kind: FollowUp, *, after: int = 0) -> bool:
        """Whether a letter of a kind was written, after the message of a number."""
        return any(one.kind == kind and one.number > after for one in self.letters)
