"""What proves that a letter left, and that it arrived, by each way; and how a chat is recorded.

Little of this stands in a rule: each line says on whose word it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pirights.domain.dispatch import Channel, Dispatch
from pirights.errors import Message, message


class Word(StrEnum):
    """On whose word a line stands."""

    RULE = "rule"
    REPORTED = "reported"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One thing that proves something, or one step of recording it."""

    what: Message
    word: Word = Word.PRACTICE


CHATS: Final = frozenset({Channel.WECHAT, Channel.APP})
"""Ways that leave nothing but what a screen shows."""

TICKETS: Final = frozenset({Channel.WEBFORM, Channel.APP})
"""Ways that give a ticket number where a carrier would give one of its own."""


def number_called(channel: Channel | None) -> Message:
    """Name the number that a way gives to what is sent."""
    return message("Ticket number") if channel in TICKETS else message("Tracking number")


def ticket_of(way: Dispatch) -> str:
    """The ticket number; empty where there is none, or the way gives none."""
    return way.tracking if way.channel in TICKETS else ""


_PATH: Final = Proof(
    what=message(
        "A screen recording of the whole path with the clock in view: electronic data are judged "
        "by whether they are whole and reliably kept (Supreme People's Court, Evidence Provisions "
        "14 and 93)."
    ),
    word=Word.RULE,
)
_SEEN: Final = Proof(
    what=message("The other side's answer to it, or the mark that it was read; a tick is weak.")
)

SENDING: Final[Mapping[Channel, Sequence[Proof]]] = {
    Channel.EMS: (
        Proof(
            what=message(
                "The sender's copy of the waybill with its number, and the letter's full title as "
                "the contents (内件品名)."
            ),
            word=Word.REPORTED,
        ),
        Proof(what=message("A copy of what went into the envelope."), word=Word.REPORTED),
    ),
    Channel.EMAIL: (
        Proof(
            what=message("The mail as sent (.eml) with its Message-ID and its full headers."),
            word=Word.REPORTED,
        ),
    ),
    Channel.WEBFORM: (
        _PATH,
        Proof(what=message("The ticket number that the form gave, on a screenshot.")),
    ),
    Channel.APP: (
        _PATH,
        Proof(what=message("The ticket number, and the export of the talk if the app has one.")),
    ),
    Channel.HAND: (
        Proof(what=message("A second copy with their stamp or signature and the date.")),
    ),
    Channel.PHONE: (
        Proof(
            what=message(
                "The number called, the time, the length and the name of who answered, written "
                "down at once, with the call list of the telephone; a letter proves far more."
            )
        ),
    ),
    Channel.WECHAT: (
        _PATH,
        Proof(what=message("The screenshots of the talk in order, without a gap.")),
    ),
}

ARRIVAL: Final[Mapping[Channel, Sequence[Proof]]] = {
    Channel.EMS: (
        Proof(
            what=message("The tracking page with the day and the name of who signed."),
            word=Word.REPORTED,
        ),
        Proof(
            what=message("A letter that was refused and came back: keep it unopened."),
            word=Word.REPORTED,
        ),
    ),
    Channel.EMAIL: (
        Proof(
            what=message(
                "That it entered the mailbox which the handler named for it (Civil Code 137(2)): "
                "the server's report on the delivery, or an answer that quotes it."
            ),
            word=Word.RULE,
        ),
    ),
    Channel.WEBFORM: (Proof(what=message("The page or the mail that confirms the ticket.")),),
    Channel.APP: (_SEEN,),
    Channel.HAND: (Proof(what=message("The same stamped or signed copy.")),),
    Channel.PHONE: (
        Proof(what=message("What they wrote afterwards: a text message, a mail, a ticket.")),
    ),
    Channel.WECHAT: (_SEEN,),
}

CHAT_STEPS: Final[Sequence[Proof]] = (
    _PATH,
    Proof(what=message("Begin on the home screen, with date, time and network in view.")),
    Proof(what=message("Open your own account page: number, nickname and the bound telephone.")),
    Proof(
        what=message(
            "Open the other side's profile, and its company verification where it has one."
        )
    ),
    Proof(what=message("Scroll from the first message to the last without a gap or a cut.")),
    Proof(what=message("Open each picture, file and voice message, so that it is seen whole.")),
    Proof(
        what=message(
            "Export the talk too, where the app can; screenshots alone are easily disputed."
        )
    ),
    Proof(
        what=message(
            "Keep the telephone and the talk on it: it is the original carrier. Delete nothing, "
            "and carry the talk over when you change the telephone."
        )
    ),
)
"""How to record a talk in an app so that it counts, in the order of doing."""
