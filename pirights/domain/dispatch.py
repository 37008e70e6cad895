"""How a letter left, and whether it arrived (送达)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pirights.domain.document import Document, Letters
from pirights.domain.request import AskedItem


class Channel(StrEnum):
    """The way by which a letter left."""

    EMS = "ems"
    EMAIL = "email"
    WEBFORM = "webform"
    APP = "app"
    HAND = "hand"
    PHONE = "phone"
    WECHAT = "wechat"


class Delivery(StrEnum):
    """What is known of a letter's way. Apart from the case's stage and outcome."""

    UNKNOWN = "unknown"
    SENDING = "sending"
    SENT = "sent"
    RECEIVED = "received"
    READ = "read"
    DEFERRED = "deferred"
    BOUNCED = "bounced"
    EXPIRED = "expired"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """How and when a letter left.

    Attributes:
        on: The legal day of leaving, in the vault's zone.
        tracking: The carrier's number, or the ticket number of a form or an app, if any.
    """

    channel: Channel
    on: date
    tracking: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One attempt to send a letter as a mail through the user's own account.

    Attributes:
        at: Aware, UTC; when it began.
        to: The address of the envelope.
        server: Host and port.
        state: `sending` until the end is known, and for good where it never became known.
        said: The server's last word, or what went wrong; foreign text.
        message_id: The id of the mail; empty where it was kept before each sending had its own.
        mail_sha256: Of the octets that went to the server, in lower-case hex; empty likewise.
    """

    at: datetime
    to: str
    server: str
    state: Delivery = Delivery.SENDING
    said: str = ""
    message_id: str = ""
    mail_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAmendment:
    """How the way of a letter was recorded before it was put right.

    Attributes:
        on: The day it was put right.
        because: Why.
        dispatch: As recorded until then.
        arrived_on: As recorded until then.
        files: Numbers of the attachments that prove nothing any more.
    """

    on: date
    because: str
    dispatch: Dispatch | None = None
    arrived_on: date | None = None
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An outgoing message: `<ref>/<number>`, with its text frozen as it was written.

    Attributes:
        id: The row's own number in the vault.
        kind: The template's id, such as `request`.
        on: The date printed on it.
        handler_name: To whom it was addressed, frozen.
        document: What every rendering is made from.
        dispatch: None until it was sent.
        arrived_on: The day it reached the handler, once that is proved.
        message_id: The id it has as a mail, with angle brackets; empty until it is made one.
        mailed_to: The address that this id is for; empty where none was known.
        earlier_ids: The ids it had as a mail to other addresses, or that came back, oldest first.
        sendings: The attempts to send it as a mail, oldest first.
        reported: What a mail system told of its way after it was sent: bounced or deferred.
        body: Of a paper for an authority: the body's id (`templates/rules/authorities.toml`).
        amendments: How its way was recorded before that was put right, oldest first.
        voided_on: The day on which it was taken back before it was sent; None while it counts.
        voided_because: Why.
        scored_with: The highest number of a reply that was there when its items were last marked;
            0 for none, or where that was not kept yet.
    """

    id: int
    ref: str
    number: int
    kind: str
    on: date
    letters: Letters
    handler_name: str
    items: tuple[AskedItem, ...]
    document: Document
    dispatch: Dispatch | None = None
    arrived_on: date | None = None
    message_id: str = ""
    sendings: tuple[Sending, ...] = ()
    reported: Delivery | None = None
    body: str = ""
    amendments: tuple[LetterAmendment, ...] = ()
    voided_on: date | None = None
    voided_because: str = ""
    mailed_to: str = ""
    earlier_ids: tuple[str, ...] = ()
    scored_with: int = 0

    @property
    def counts(self) -> bool:
        """It has not been taken back."""
        return self.voided_on is None

    @property
    def void_files(self) -> frozenset[int]:
        """Numbers of the files that were kept as proof of what was voided."""
        return frozenset(number for one in self.amendments for number in one.files)

    @property
    def label(self) -> str:
        """The name people type: PR-2026-7K3M9QX-C/1."""
        return f"{self.ref}/{self.number}"

    @property
    def shortest(self) -> str:
        """The shortest name that may be typed for it: the case's, of its first letter."""
        return self.ref if self.number == 1 else self.label

    @property
    def delivery(self) -> Delivery:
        """What is known of its way."""
        if self.arrived_on is not None:
            return Delivery.RECEIVED
        if self.reported is not None:
            return self.reported
        if self.dispatch is not None:
            return Delivery.SENT
        return self.sendings[-1].state if self.sendings else Delivery.UNKNOWN

    @property
    def may_leave(self) -> bool:
        """Whether it can be sent: it was not yet, or it came back."""
        return self.dispatch is None or self.delivery is Delivery.BOUNCED

    @property
    def came_back(self) -> bool:
        """Whether it came back undelivered, or was given up on the way."""
        return self.delivery in {Delivery.BOUNCED, Delivery.EXPIRED}

    @property
    def mail_ids(self) -> tuple[str, ...]:
        """All ids that it ever had as a mail, the present one first."""
        return tuple(one for one in (self.message_id, *reversed(self.earlier_ids)) if one)

    def id_of(self, sending: Sending) -> str:
        """The id of the mail of one attempt."""
        return sending.message_id or next(iter(self.earlier_ids), self.message_id)

    def has_id_for(self, to: str) -> bool:
        """Whether its id may stand on a mail to an address.

        The id names one mail (RFC 5322, 3.6.4): not one to another address too, nor a second one
        after the first came back.
        """
        if not self.message_id:
            return False
        known = self.mailed_to or next((one.to for one in reversed(self.sendings)), "")
        if to and known and to.casefold() != known.casefold():
            return False
        came_back = self.dispatch is not None and self.delivery is Delivery.BOUNCED
        return not came_back or all(
            one.state is not Delivery.SENT or self.id_of(one) != self.message_id
            for one in self.sendings
        )
