"""Case and template make a letter: the items it asks, and the Document that is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from pirights.domain.basis import STATE_ORGANS, binds_state_organs
from pirights.domain.citation import cite_all
from pirights.domain.document import (
    Document,
    Language,
    Letters,
)
from pirights.domain.encounter import Answer, Circumstance, Encounter
from pirights.domain.handler import Handler
from pirights.domain.law import Laws
from pirights.domain.period import PeriodRule
from pirights.domain.person import Person
from pirights.domain.request import AskedItem, Particulars, Right
from pirights.letters import by_date, fill, items, promise, sector, template, wording
from pirights.letters.bilingual import addressee, interleaved
from pirights.letters.capacity import or_guardian, own_side
from pirights.letters.template import Template
from pirights.letters.today import ACCEPTANCE, ACCEPTED

_FOR_MINORS: Final = "minors-online-2023"
"""The regulation under which a refusal is given in writing (its Art. 34(1) item 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything a request is written from.

    Attributes:
        on: The letter's date.
        zone: The IANA zone in which that is a day.
        identify_by: Clues the user gave, such as 年卡号 1234.
        two_step: Copy first, delete after its receipt.
        actor: Who acts for the person, if that is somebody else.
        particulars: What was told for the items of some rights.
    """

    ref: str
    person: Person
    handler: Handler
    encounters: tuple[Encounter, ...]
    rights: tuple[Right, ...]
    letters: Letters
    on: date
    zone: str
    identify_by: tuple[str, ...] = ()
    two_step: bool = False
    actor: Person | None = None
    particulars: Particulars = field(default_factory=Particulars)


def request(brief: Brief, laws: Laws) -> tuple[tuple[AskedItem, ...], Document]:
    """Write the first letter of a case.

    Returns:
        The items asked, numbered, and the paper. A bilingual paper has each Chinese block
        followed by its English; boxes and signature are merged line by line.
    """
    zh = template.load("request", Language.ZH)
    en = template.load("request", Language.EN)
    asked = items.chosen(
        zh,
        en,
        rights=brief.rights,
        laws=laws,
        facts=[encounter.day for encounter in brief.encounters] or [brief.on],
        asked=brief.on,
        venues=frozenset(encounter.venue for encounter in brief.encounters),
        two_step=brief.two_step,
        stored=any(encounter.may_be_stored for encounter in brief.encounters),
        minor=any(encounter.minor for encounter in brief.encounters),
        person=brief.person,
        particulars=brief.particulars,
        state_organ=_state_organ(brief),
    )
    written = {
        language: fill.blocks(source.body, _values(brief, source, asked, laws), language)
        for language, source in ((Language.ZH, zh), (Language.EN, en))
        if language in brief.letters.languages
    }
    first = brief.letters.languages[0]
    document = Document(
        title=(zh if first is Language.ZH else en).title,
        letters=brief.letters,
        reference=brief.ref,
        on=brief.on,
        zone=brief.zone,
        blocks=interleaved(written[Language.ZH], written[Language.EN])
        if brief.letters is Letters.BOTH
        else written[first],
        template=zh.mark,
    )
    return asked, document


def _values(
    brief: Brief, source: Template, asked: Sequence[AskedItem], laws: Laws
) -> dict[str, object]:
    language = source.language
    present = laws.instruments["pipl"]
    scanned = [encounter for encounter in brief.encounters if not encounter.refused]
    return {
        "title": source.title,
        "handler": brief.handler,
        "person": brief.person,
        "ref": brief.ref,
        "both": brief.letters is Letters.BOTH,
        "two_step": brief.two_step,
        "rights": {right.value: right in brief.rights for right in Right},
        "no_separate_consent": any(
            Answer.NO in {encounter.consent, encounter.separate_consent}
            for encounter in scanned
            if present.in_force(encounter.day)
        ),
        "no_consent_then": any(
            encounter.consent is Answer.NO
            for encounter in scanned
            if not present.in_force(encounter.day)
        ),
        "or_guardian": all(or_guardian(brief.person, encounter) for encounter in scanned),
        "purpose_ended": any(
            Circumstance.PURPOSE_ENDED in encounter.circumstances for encounter in scanned
        ),
        "prompt_acceptance": bool(
            ACCEPTED & set(brief.rights)
            and laws.citable(
                (ACCEPTANCE,),
                facts=[encounter.day for encounter in brief.encounters],
                asked=brief.on,
                venues=frozenset(),
            )
        ),
        "written_refusal": any(
            laws.instrument(key).id == _FOR_MINORS for item in asked for key in item.cites
        ),
        "state_organ": _state_organ(brief),
        "scans": [_scan(encounter, brief.person) for encounter in brief.encounters],
        "earlier": by_date.earlier(brief, _earlier_law(brief, source), laws),
        "later": by_date.later(
            brief, [key for item in asked for key in item.cites], laws, language
        ),
        f"clues_{language}": wording.clues(
            brief.person, brief.encounters, brief.identify_by, language
        ),
        "sections": _sections(source, asked, laws),
        "promise": promise.published(brief.handler, brief.on, language),
        "sector": sector.told(sector_rule(brief), brief.rights),
        "addressee": addressee(brief.handler, brief.letters, language),
        f"on_{language}": wording.day(brief.on, language),
        "cite": lambda *keys: cite_all(laws, keys, language),
        **own_side(brief.person, brief.actor, laws, language),
    }


def sector_rule(brief: Brief) -> PeriodRule | None:
    """The sector's own rule that the letter names; None where the handler's promise goes before."""
    if brief.handler.policy_days is not None:
        return None
    venues = {encounter.venue for encounter in brief.encounters}
    return sector.rule_for(brief.person, venues, brief.rights)


def _earlier_law(brief: Brief, source: Template) -> Template:
    """Leave out of the law of the day what is about equals, where a state organ is asked."""
    if not _state_organ(brief):
        return source
    return replace(source, earlier_law=tuple(filter(binds_state_organs, source.earlier_law)))


def _state_organ(brief: Brief) -> bool:
    """Say whether a scan happened at the police or at a government office."""
    return any(encounter.venue in STATE_ORGANS for encounter in brief.encounters)


def _scan(encounter: Encounter, person: Person) -> Mapping[str, object]:
    return {
        "time_zh": wording.moment(encounter, Language.ZH),
        "time_en": wording.moment(encounter, Language.EN),
        "about": encounter.about,
        "place": encounter.place,
        "mode": encounter.mode,
        "notice": encounter.notice,
        "consent": encounter.consent,
        "separate_consent": encounter.separate_consent,
        "or_guardian": or_guardian(person, encounter),
        "alternative": encounter.alternative,
        "refused": encounter.refused,
        "purpose": encounter.purpose,
        "exemption": encounter.exemption,
        "minor": encounter.minor,
    }


def _sections(
    source: Template, asked: Sequence[AskedItem], laws: Laws
) -> list[Mapping[str, object]]:
    names = dict.fromkeys(item.right.value if item.right else "courtesy" for item in asked)
    return [
        {
            "right": name,
            "title": source.sections[name],
            "numeral": wording.section_numeral(number, source.language),
            "after_receipt": any(item.after_receipt for item in asked if item.right == name),
            "items": [
                {
                    "number": item.number,
                    "text": item.zh if source.language is Language.ZH else item.en,
                    "basis": cite_all(laws, item.cites, source.language),
                }
                for item in asked
                if (item.right.value if item.right else "courtesy") == name
            ],
        }
        for number, name in enumerate(names, start=1)
    ]
