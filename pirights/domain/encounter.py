"""The encounter (刷脸记录): one scan of a face, written down by the one who was scanned."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from pirights.domain.handler import Venue


class ScanMode(StrEnum):
    """What the device did with the face, as far as the person could tell."""

    VERIFICATION = "verification"
    IDENTIFICATION = "identification"
    ENROLMENT = "enrolment"
    TEMPERATURE = "temperature"
    COVERT = "covert"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Circumstance(StrEnum):
    """What else is known of a scan, or known not to be so (情节)."""

    AGAINST_AGREEMENT = "against-agreement"
    BUNDLED_CONSENT = "bundled-consent"
    COERCED_CONSENT = "coerced-consent"
    CUSTOMER = "customer"
    DATA_GONE = "data-gone"
    EMPLOYEE = "employee"
    FAMILY_USE = "family-use"
    GROUND_ENDED = "ground-ended"
    GUARDIAN_CONSENT = "guardian-consent"
    LEAK = "leak"
    MANY_FACES = "many-faces"
    OFF_DEVICE = "off-device"
    OTHER_USE = "other-use"
    PRIVATE_SPACE = "private-space"
    PUBLIC_SECURITY_SYSTEM = "public-security-system"
    PURPOSE_ENDED = "purpose-ended"
    RESIDENT = "resident"
    SHARED = "shared"
    STANDARD_TERMS = "standard-terms"
    UNDER_14 = "under-14"


class Role(StrEnum):
    """What a handler is at an encounter."""

    OPERATOR = "operator"
    PROPERTY_MANAGER = "property-manager"
    VENDOR = "vendor"
    ENTRUSTED = "entrusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A handler and what it was there."""

    handler: int
    role: Role = Role.OPERATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """What a field said before it was corrected, in plain words; empty where it said nothing."""

    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterAmendment:
    """How an encounter stood before it was corrected.

    Attributes:
        on: The day it was corrected.
        because: Why; empty where no reason was given.
        was: The fields that were changed.
    """

    on: date
    because: str
    was: tuple[Was, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One scan of a face.

    Attributes:
        id: The number after the E.
        at: When it happened, aware, in UTC, to the minute.
        zone: IANA name of the zone in which the person saw the clock.
        about: The time is only approximate.
        notice: Was there a sign or other notice?
        consent: Was consent asked and given?
        separate_consent: Was separate consent asked and given (PIPL 29)?
        alternative: Was a way without a face offered?
        refused: Service was refused without the scan.
        exemption: The ground the handler named for needing no consent.
        minor: The person scanned was under 18.
        circumstances: What else is known to be so.
        ruled_out: What is known not to be so.
        voided_on: The day it was voided; None while it counts.
        voided_because: Why.
        amendments: How it stood before it was corrected, oldest first.
    """

    id: int
    at: datetime
    place: str
    venue: Venue
    zone: str = "Asia/Shanghai"
    about: bool = False
    handlers: tuple[Actor, ...] = ()
    mode: ScanMode = ScanMode.UNKNOWN
    notice: Answer = Answer.UNKNOWN
    consent: Answer = Answer.UNKNOWN
    separate_consent: Answer = Answer.UNKNOWN
    alternative: Answer = Answer.UNKNOWN
    refused: bool = False
    purpose: str = ""
    exemption: str = ""
    minor: bool = False
    public_place: Answer = Answer.UNKNOWN
    note: str = ""
    circumstances: tuple[Circumstance, ...] = ()
    ruled_out: tuple[Circumstance, ...] = ()
    voided_on: date | None = None
    voided_because: str = ""
    amendments: tuple[EncounterAmendment, ...] = ()

    @property
    def counts(self) -> bool:
        """It has not been voided."""
        return self.voided_on is None

    @property
    def label(self) -> str:
        """The name people type: E1."""
        return f"E{self.id}"

    @property
    def local(self) -> datetime:
        """The moment on the clock of its zone."""
        return self.at.astimezone(ZoneInfo(self.zone))

    @property
    def may_be_stored(self) -> bool:
        """What was taken may still be stored: nobody says that it is gone."""
        return Circumstance.DATA_GONE not in self.circumstances

    @property
    def day(self) -> date:
        """The legal day of the fact, in its zone: what picks the law."""
        return self.local.date()
