"""The reply (答复): a message that came in, and what it seems to say."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pirights.domain.dispatch import Channel
from pirights.domain.talk import Speaker
from pirights.errors import Message


class ReplyKind(StrEnum):
    """What a reply seems to be. A suggestion from its words; a human decides."""

    ACKNOWLEDGEMENT = "acknowledgement"
    FORM_REQUIRED = "form-required"
    IDENTITY_REQUIRED = "identity-required"
    MORE_INFORMATION = "more-information"
    EXTENDED = "extended"
    TRANSFERRED = "transferred"
    GIVEN = "given"
    PARTIAL = "partial"
    NO_DATA = "no-data"
    REFUSED = "refused"
    EXEMPT = "exempt"
    BOUNCED = "bounced"
    AUTO_REPLY = "auto-reply"
    UNKNOWN = "unknown"


NO_ANSWER = frozenset({ReplyKind.AUTO_REPLY, ReplyKind.BOUNCED})
"""What a machine wrote, and not the handler."""

DEMANDS = frozenset(
    {ReplyKind.IDENTITY_REQUIRED, ReplyKind.FORM_REQUIRED, ReplyKind.MORE_INFORMATION}
)
REFUSALS = frozenset({ReplyKind.REFUSED, ReplyKind.EXEMPT, ReplyKind.NO_DATA})
FINAL = REFUSALS | {ReplyKind.GIVEN, ReplyKind.PARTIAL}
"""Answers that say how a matter ends."""

ANSWERS = FINAL | {ReplyKind.UNKNOWN}
"""Replies after which no other answer is awaited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What fills a gap of a sentence."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A sentence kept with a record, to be said in the reader's language."""

    text: str
    gaps: tuple[Gap, ...] = ()

    @classmethod
    def of(cls, said: Message) -> "Ground":
        """Keep a sentence."""
        gaps = tuple(Gap(name=name, value=str(value)) for name, value in said.values.items())
        return cls(text=said.text, gaps=gaps)

    @property
    def message(self) -> Message:
        """The sentence, to be shown."""
        return Message(self.text, {gap.name: gap.value for gap in self.gaps})


class PartClock(StrEnum):
    """By what the time of a part is known."""

    TALK = "talk"
    CAMERA = "camera"
    NAME = "name"
    SAID = "said"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a message that came in parts, such as a screenshot of a chat.

    Attributes:
        name: Of the file.
        taken: A clock without zone, `2026-11-20 18:05:33`; what `by` says, and no more. Of an
            exported talk the first.
        by: By what it is known.
        until: The last clock of an exported talk, likewise; else empty.
        speakers: Who speaks in an exported talk, and whether a person said that it is them.
    """

    name: str
    taken: str
    by: PartClock
    until: str = ""
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyAmendment:
    """How a reply stood before it was put right.

    Attributes:
        on: The day it was put right.
        because: Why.
        kind: What it was taken for until then.
        came_on: The day it was said to have come in.
        was: The label it had.
        answers: The number of the letter it was said to answer; 0 for none named.
    """

    on: date
    because: str
    kind: ReplyKind
    came_on: date
    was: str
    answers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An incoming message.

    Attributes:
        id: The row's own number in the vault.
        ref: The case it belongs to, or empty while it waits in the inbox.
        number: Its place among the case's messages (`<ref>/2`), 0 in the inbox.
        on: The day it came in, in the vault's zone.
        reasons: Why it was read so, in words taken from it.
        sender_address: The address alone, in lower case; empty for what is no mail.
        ground: Why it is with its case, or in the inbox.
        by_hand: A person put it with its case: its sender writes for the handler.
        answers: The number of the paper to an authority that it answers; 0 for what the handler
            wrote.
        answerer: The authority, as that paper named it; empty for the handler.
        voided_on: The day it was voided; None while it counts.
        voided_because: Why.
        channel: The way it came, as a person said; None where it shows itself, as in a mail.
        at: The moment it came, aware, in UTC, as a person said.
        parts: Of a message that came in parts: one for each of its files, in their order.
        amendments: How it stood before it was put right, oldest first.
        confirmed_on: The day on which a person said that it is of its kind; None while that is a
            suggestion from its words.
    """

    id: int
    ref: str
    number: int
    on: date
    kind: ReplyKind
    reasons: tuple[str, ...] = ()
    sender: str = ""
    subject: str = ""
    message_id: str = ""
    text: str = ""
    sender_address: str = ""
    ground: Ground | None = None
    by_hand: bool = False
    answers: int = 0
    answerer: str = ""
    voided_on: date | None = None
    voided_because: str = ""
    channel: Channel | None = None
    at: datetime | None = None
    parts: tuple[Part, ...] = ()
    amendments: tuple[ReplyAmendment, ...] = ()
    confirmed_on: date | None = None

    @property
    def is_confirmed(self) -> bool:
        """A person said of what kind it is, when it was taken in, since, or by correcting it."""
        return self.confirmed_on is not None or any(
            one.kind is not self.kind for one in self.amendments
        )

    @property
    def counts(self) -> bool:
        """It has not been voided."""
        return self.voided_on is None

    @property
    def label(self) -> str:
        """The name people type: PR-2026-7K3M9QX-C/2, or I3 while in the inbox."""
        return f"{self.ref}/{self.number}" if self.ref else f"I{self.id}"
