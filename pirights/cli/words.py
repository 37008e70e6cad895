"""The words for people of what the domain calls `scenic-area` or `needs_me`."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from pirights.cli.language import N_
from pirights.domain.adjustment import AdjustmentKind
from pirights.domain.assessment import Following
from pirights.domain.case import Outcome, Stage
from pirights.domain.channel_proof import Word
from pirights.domain.cost import CostClass, CostKind
from pirights.domain.dispatch import Channel, Delivery
from pirights.domain.document import Letters
from pirights.domain.encounter import Answer, Circumstance, Role, ScanMode
from pirights.domain.handler import TimeUnit, Venue
from pirights.domain.law import Confidence, Rank, Read, State
from pirights.domain.period import Force, Matter
from pirights.domain.person import Capacity, Kinship, Ward
from pirights.domain.reply import PartClock, ReplyKind
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
    Circumstance: {
        Circumstance.AGAINST_AGREEMENT: N_("against what was agreed"),
        Circumstance.BUNDLED_CONSENT: N_("consent bundled with other things"),
        Circumstance.COERCED_CONSENT: N_("consent under pressure"),
        Circumstance.CUSTOMER: N_("there as a customer"),
        Circumstance.DATA_GONE: N_("the information is gone"),
        Circumstance.EMPLOYEE: N_("works there"),
        Circumstance.FAMILY_USE: N_("a household's own device"),
        Circumstance.GROUND_ENDED: N_("the ground they named has ended"),
        Circumstance.GUARDIAN_CONSENT: N_("a guardian consented"),
        Circumstance.LEAK: N_("signs of a leak"),
        Circumstance.MANY_FACES: N_("100,000 faces or more"),
        Circumstance.OFF_DEVICE: N_("left the device"),
        Circumstance.OTHER_USE: N_("used for something else"),
        Circumstance.PRIVATE_SPACE: N_("in a private space"),
        Circumstance.PUBLIC_SECURITY_SYSTEM: N_("public security video"),
        Circumstance.PURPOSE_ENDED: N_("the purpose has ended"),
        Circumstance.RESIDENT: N_("owner or property user there"),
        Circumstance.SHARED: N_("given to others"),
        Circumstance.STANDARD_TERMS: N_("standard terms without limit"),
        Circumstance.UNDER_14: N_("under 14"),
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
    Rank: {
        Rank.LAW: N_("law"),
        Rank.ADMINISTRATIVE_REGULATION: N_("administrative regulation"),
        Rank.JUDICIAL_INTERPRETATION: N_("judicial interpretation"),
        Rank.DEPARTMENT_RULE: N_("department rule"),
        Rank.STANDARD: N_("recommended national standard"),
        Rank.NORMATIVE_DOCUMENT: N_("normative document"),
        Rank.JUDICIAL_POLICY: N_("judicial policy"),
    },
    Read: {
        Read.FULL: N_("text read in full"),
        Read.PARTIAL: N_("only extracts read"),
        Read.UNVERIFIED: N_("text not seen, to be verified"),
    },
    Confidence: {
        Confidence.READ: N_("read in the text"),
        Confidence.SECONDARY: N_("at second hand"),
        Confidence.UNVERIFIED: N_("not verified"),
    },
    State: {
        State.NOT_YET: N_("not yet in force"),
        State.IN_FORCE: N_("in force"),
        State.NO_LONGER: N_("no longer in force"),
    },
    Matter: {
        Matter.REQUEST: N_("answer to a request"),
        Matter.SECTOR: N_("rule of a sector"),
        Matter.OWN_STEP: N_("your own step"),
        Matter.LIMITATION: N_("limitation of claims"),
        Matter.EVIDENCE: N_("keeping of evidence"),
        Matter.AUTHORITY: N_("time of an authority"),
        Matter.FILING: N_("filing with an authority"),
        Matter.COURT: N_("time before a court"),
    },
    AdjustmentKind: {
        AdjustmentKind.PROMISE: N_("promise"),
        AdjustmentKind.EXTENSION: N_("extension"),
        AdjustmentKind.PAUSE: N_("pause"),
        AdjustmentKind.RESTART: N_("restart"),
        AdjustmentKind.PERIOD: N_("another period"),
    },
    CostKind: {
        CostKind.TRAVEL: N_("travel"),
        CostKind.NOTARY: N_("notarisation"),
        CostKind.EVIDENCE: N_("investigation and evidence"),
        CostKind.POSTAGE: N_("postage"),
        CostKind.OTHER: N_("another cost of stopping the wrong"),
        CostKind.LAWYER: N_("lawyer's fee"),
        CostKind.REFUND: N_("refund that is due"),
        CostKind.CONTRACT_LOSS: N_("other loss under the contract"),
    },
    CostClass: {
        CostClass.EXPENSE: N_("reasonable expenses"),
        CostClass.LAWYER: N_("lawyer's fee, in the court's discretion"),
        CostClass.CONTRACT: N_("loss under the contract"),
    },
    Following: {
        Following.REQUEST: N_("request letter"),
        Following.PRESERVE: N_("letter to preserve evidence"),
        Following.BREACH: N_("inquiry about a leak"),
        Following.REGULATOR: N_("complaint to a regulator"),
        Following.CONSUMER: N_("consumer complaint"),
        Following.POLICE: N_("report to the police"),
        Following.PROCURATORATE: N_("lead for the procuratorate"),
        Following.COURT: N_("suit"),
        Following.STATE_ORGAN: N_("the way of state organs"),
        Following.TALK: N_("talk to the household first"),
    },
    TimeUnit: {
        TimeUnit.DAY: N_("days"),
        TimeUnit.WORKING_DAY: N_("working days"),
        TimeUnit.MONTH: N_("months"),
        TimeUnit.YEAR: N_("years"),
    },
    Capacity: {
        Capacity.SELF: N_("for oneself"),
        Capacity.GUARDIAN: N_("through a guardian"),
        Capacity.RELATIVE: N_("deceased, through a close relative"),
        Capacity.AGENT: N_("through an agent"),
    },
    Ward: {
        Ward.MINOR: N_("a minor"),
        Ward.ADULT: N_("an adult without full capacity"),
    },
    Kinship: {
        Kinship.FATHER: N_("father"),
        Kinship.MOTHER: N_("mother"),
        Kinship.SPOUSE: N_("husband or wife"),
        Kinship.SON: N_("son"),
        Kinship.DAUGHTER: N_("daughter"),
        Kinship.BROTHER: N_("brother"),
        Kinship.SISTER: N_("sister"),
        Kinship.GRANDFATHER: N_("father's father"),
        Kinship.GRANDMOTHER: N_("father's mother"),
        Kinship.MATERNAL_GRANDFATHER: N_("mother's father"),
        Kinship.MATERNAL_GRANDMOTHER: N_("mother's mother"),
        Kinship.GRANDCHILD: N_("a son's child"),
        Kinship.MATERNAL_GRANDCHILD: N_("a daughter's child"),
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
    Letters: {
        Letters.ZH: N_("Chinese"),
        Letters.EN: N_("English"),
        Letters.BOTH: N_("Chinese and English"),
    },
    Delivery: {
        Delivery.UNKNOWN: N_("unknown"),
        Delivery.SENDING: N_("sending, its end not known"),
        Delivery.SENT: N_("sent"),
        Delivery.RECEIVED: N_("received"),
        Delivery.READ: N_("read"),
        Delivery.DEFERRED: N_("deferred"),
        Delivery.BOUNCED: N_("bounced"),
        Delivery.EXPIRED: N_("returned, not collected"),
        Delivery.FAILED: N_("failed"),
    },
    Word: {
        Word.RULE: N_("a rule, as cited"),
        Word.REPORTED: N_("reported practice"),
        Word.PRACTICE: N_("practice; no rule says so"),
    },
    PartClock: {
        PartClock.TALK: N_("the talk itself"),
        PartClock.CAMERA: N_("the picture's own notes"),
        PartClock.NAME: N_("the file's name"),
        PartClock.SAID: N_("what you said"),
        PartClock.FILE: N_("the file's last change"),
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
        Right.AUTOMATED: N_("refuse decisions made by automation alone"),
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
