"""The handler (个人信息处理者): who decides why and how the face is handled (PIPL 73 item 1)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final


class Venue(StrEnum):
    """The kind of place, which decides the rules beside PIPL and the supervising body."""

    RESIDENTIAL = "residential"
    SCENIC_AREA = "scenic-area"
    SCHOOL = "school"
    WORKPLACE = "workplace"
    SHOP = "shop"
    MALL = "mall"
    HOTEL = "hotel"
    GYM = "gym"
    HOSPITAL = "hospital"
    PHARMACY = "pharmacy"
    TRANSPORT = "transport"
    TELECOM = "telecom"
    BANK = "bank"
    GOVERNMENT = "government"
    POLICE = "police"
    APP = "app"
    SALES_OFFICE = "sales-office"
    OTHER = "other"


class TimeUnit(StrEnum):
    """What a period counts."""

    DAY = "day"
    WORKING_DAY = "working-day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A number of days, or of years, as a rule or a policy states it."""

    amount: int
    unit: TimeUnit = TimeUnit.DAY


RELATIONS: Final = ("branch_of", "brand_of", "parent")
"""The fields that hold the number of another handler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """A company or body that handles faces.

    Attributes:
        id: The number after the H.
        name: The full registered name.
        uscc: Unified social credit code, 18 characters (GB 32100-2015), or empty.
        policy_days: The time for an answer that its published rules promise.
        policy_sha256: 64 hex digits of the captured page (its WARC file) that shows them, or empty.
        policy_seen: The legal day on which that page was captured; None where it was not.
        source: Where the contact was found.
        verified: The day on which the contact and the published rules were last checked.
        email_bounced: The day on which a mail to `email` came back; None once that is another.
        aliases: Other names that people know it by, such as a brand.
        branch_of: The number of the handler that this is a branch of.
        brand_of: The number of the registered company behind this brand.
        parent: The number of the company that holds this one.
    """

    id: int
    name: str
    name_en: str = ""
    uscc: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    web: str = ""
    policy_url: str = ""
    policy_days: Period | None = None
    policy_sha256: str = ""
    policy_seen: date | None = None
    venue: Venue | None = None
    source: str = ""
    verified: date | None = None
    email_bounced: date | None = None
    aliases: tuple[str, ...] = ()
    branch_of: int | None = None
    brand_of: int | None = None
    parent: int | None = None

    @property
    def label(self) -> str:
        """The name people type: H1."""
        return f"H{self.id}"

    def without_stale_capture(self, before: "Handler") -> "Handler":
        """Drop the captured page where the promise is no longer the one that it shows."""
        if (self.policy_url, self.policy_days) == (before.policy_url, before.policy_days):
            return self
        return replace(self, policy_sha256="", policy_seen=None)
