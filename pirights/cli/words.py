"""The words for people of what the domain calls `scenic-area` or `needs_me`."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from pirights.cli.language import N_
from pirights.domain.case import Outcome, Stage
from pirights.domain.deadline import Force
from pirights.domain.dispatch import Channel, Delivery
from pirights.domain.encounter import Answer, Role, ScanMode
from pirights.domain.handler import DayUnit, Venue
from pirights.domain.person import Capacity
from pirights.domain.reply import ReplyKind
from pirights.domain.request import Right, Score

WORDS: Final[Mapping[type[Enum], Mapping[str, str]]] = {
    ScanMode: {
        ScanMode.VERIFICATION: N_("verification (1:1)"),
        ScanMode.IDENTIFICATION: N_("identification (1:N)"),
        ScanMode.ENROLMENT: N_("enrolment of a face"),
        ScanMode.TEMPERATURE: N_("temperature check"),
        ScanMode.COVERT: N_("covert, without saying so"),
        ScanMode.UNKNOWN: N_("unknown"),
    },
    Answer: {
        Answer.YES: N_("yes"),
        Answer.NO: N_("no"),
        Answer.UNKNOWN: N_("unknown"),
    },
    Role: {
        Role.OPERATOR: N_("operator"),
        Role.PROPERTY_MANAGER: N_("property manager"),
        Role.VENDOR: N_("vendor of the device"),
        Role.ENTRUSTED: N_("entrusted party"),
    },
    Venue: {
        Venue.RESIDENTIAL: N_("residential estate"),
        Venue.SCENIC_AREA: N_("scenic area"),
        Venue.SCHOOL: N_("school"),
        Venue.WORKPLACE: N_("workplace"),
        Venue.SHOP: N_("shop"),
        Venue.MALL: N_("shopping mall"),
        Venue.HOTEL: N_("hotel"),
        Venue.GYM: N_("gym"),
        Venue.HOSPITAL: N_("hospital"),
        Venue.PHARMACY: N_("pharmacy"),
        Venue.TRANSPORT: N_("station or transport"),
        Venue.TELECOM: N_("telecom operator"),
        Venue.BANK: N_("bank"),
        Venue.GOVERNMENT: N_("government office"),
        Venue.POLICE: N_("police"),
        Venue.APP: N_("app"),
        Venue.SALES_OFFICE: N_("property sales office"),
        Venue.OTHER: N_("other place"),
    },
    Force: {
        Force.STATUTORY: N_("statutory"),
        Force.PROMISE: N_("the handler's own promise"),
        Force.STANDARD: N_("a recommended standard"),
        Force.SUGGESTION: N_("our suggestion"),
    },
    DayUnit: {
        DayUnit.DAY: N_("days"),
        DayUnit.WORKING_DAY: N_("working days"),
    },
    Capacity: {
        Capacity.SELF: N_("for oneself"),
        Capacity.GUARDIAN: N_("guardian of a minor"),
        Capacity.RELATIVE: N_("close relative of a deceased person"),
        Capacity.AGENT: N_("agent"),
    },
    Channel: {
        Channel.EMS: N_("EMS (China Post)"),
        Channel.EMAIL: N_("e-mail"),
        Channel.WEBFORM: N_("web form"),
        Channel.APP: N_("app"),
        Channel.HAND: N_("by hand"),
        Channel.PHONE: N_("telephone"),
        Channel.WECHAT: N_("WeChat"),
    },
    Delivery: {
        Delivery.UNKNOWN: N_("unknown"),
        Delivery.SENDING: N_("being sent"),
        Delivery.SENT: N_("sent"),
        Delivery.RECEIVED: N_("received"),
        Delivery.READ: N_("read"),
        Delivery.DEFERRED: N_("deferred"),
        Delivery.BOUNCED: N_("bounced"),
        Delivery.EXPIRED: N_("returned, not collected"),
        Delivery.FAILED: N_("failed"),
    },
    ReplyKind: {
        ReplyKind.ACKNOWLEDGEMENT: N_("acknowledgement of receipt"),
        ReplyKind.FORM_REQUIRED: N_("asks for its own form"),
        ReplyKind.IDENTITY_REQUIRED: N_("asks for proof of identity"),
        ReplyKind.MORE_INFORMATION: N_("asks for more information"),
        ReplyKind.EXTENDED: N_("takes more time"),
        ReplyKind.TRANSFERRED: N_("passed on to someone else"),
        ReplyKind.GIVEN: N_("gives what was asked"),
        ReplyKind.PARTIAL: N_("gives a part"),
        ReplyKind.NO_DATA: N_("says it holds nothing"),
        ReplyKind.REFUSED: N_("refuses"),
        ReplyKind.EXEMPT: N_("claims an exemption"),
        ReplyKind.BOUNCED: N_("came back undelivered"),
        ReplyKind.AUTO_REPLY: N_("automatic answer"),
        ReplyKind.UNKNOWN: N_("not clear"),
    },
    Stage: {
        Stage.DRAFT: N_("draft"),
        Stage.SENT: N_("sent"),
        Stage.ACKNOWLEDGED: N_("acknowledged"),
        Stage.NEEDS_ME: N_("needs me"),
        Stage.OVERDUE: N_("overdue"),
        Stage.ANSWERED: N_("answered"),
        Stage.ESCALATED_REGULATOR: N_("with the regulator"),
        Stage.LITIGATION: N_("in court"),
        Stage.CLOSED: N_("closed"),
    },
    Outcome: {
        Outcome.NONE: N_("none yet"),
        Outcome.FULL: N_("full"),
        Outcome.PARTIAL: N_("partial"),
        Outcome.REFUSED: N_("refused"),
        Outcome.NO_DATA: N_("no data held"),
        Outcome.WITHDRAWN: N_("withdrawn"),
    },
    Right: {
        Right.KNOW: N_("know how it is handled"),
        Right.ACCESS: N_("access"),
        Right.COPY: N_("copy"),
        Right.TRANSFER: N_("transfer"),
        Right.CORRECT: N_("correct and supplement"),
        Right.DELETE: N_("delete"),
        Right.WITHDRAW: N_("withdraw consent"),
        Right.EXPLAIN: N_("explain the rules"),
        Right.AUTOMATED: N_("refuse automated decisions"),
        Right.REFUSE: N_("refuse or restrict handling"),
        Right.ALTERNATIVE: N_("another way than the face"),
    },
    Score: {
        Score.OPEN: N_("open"),
        Score.GIVEN: N_("given"),
        Score.PARTIAL: N_("partial"),
        Score.REFUSED: N_("refused"),
        Score.SILENT: N_("silent"),
    },
}
"""By kind first: members of two kinds that are spelt alike are equal, as strings are."""


def word(value: Enum) -> str | None:
    """Return the English word for a member of a known kind; the key of the catalogues."""
    return WORDS.get(type(value), {}).get(value.value)
