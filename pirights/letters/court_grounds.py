"""The grounds of a complaint: what the log's facts mean, each under the law of its day."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from pirights.domain.citation import cite_all
from pirights.domain.document import Language
from pirights.domain.encounter import Answer, Circumstance, Encounter
from pirights.domain.law import Laws
from pirights.letters import wording
from pirights.letters.court_brief import CourtBrief

_RULES: Final[Mapping[str, tuple[Callable[[Encounter], bool], tuple[str, ...]]]] = {
    "notice": (
        lambda one: one.notice is Answer.NO,
        (
            *("pipl:17(1)", "pipl:30", "civil-code-personality:1035(1).3", "csl:43(1)"),
            *("spc-frt-2021:2.2", "frt-measures-2025:5"),
        ),
    ),
    "consent": (
        lambda one: not one.refused and one.consent is Answer.NO,
        ("pipl:13(1)", "civil-code-personality:1035(1).1", "csl:43(1)"),
    ),
    "separate": (
        lambda one: not one.refused and one.separate_consent is Answer.NO,
        ("pipl:29", "spc-frt-2021:2.3"),
    ),
    "guardian": (
        lambda one: (
            not one.refused
            and Circumstance.UNDER_14 in one.circumstances
            and Circumstance.GUARDIAN_CONSENT not in one.circumstances
            and (one.consent is Answer.NO or Circumstance.GUARDIAN_CONSENT in one.ruled_out)
        ),
        ("pipl:31(1)", "spc-frt-2021:2.3"),
    ),
    "alternative": (
        lambda one: one.alternative is Answer.NO,
        (
            *("pipl:6(1)", "pipl:16", "civil-code-personality:1035(1)", "csl:43(1)"),
            *("spc-frt-2021:10(1)", "frt-measures-2025:10(1)"),
        ),
    ),
    "agreement": (
        lambda one: Circumstance.AGAINST_AGREEMENT in one.circumstances,
        ("civil-code-personality:1035(1).4", "spc-frt-2021:12", "civil-code-contract:577"),
    ),
    "purpose": (
        lambda one: Circumstance.PURPOSE_ENDED in one.circumstances,
        ("pipl:47(1).1",),
    ),
}
"""When each ground stands, and what may be cited for it: of that, what applied on the day."""

GROUNDS: Final = tuple(_RULES)
"""The names of the grounds, in their order."""

_LEAST: Final = "pipl:6(1)"
"""The provision that asks for the way which affects the person least."""

_BURDEN: Final = ("spc-frt-2021:6(2)", "spc-frt-2021:6(3)")
_FAULT: Final = ("pipl:69(1)",)
_RELATIVE: Final = ("spc-frt-2021:15", "civil-code-personality:994")
_EXERCISED: Final = ("pipl:49", "civil-code-family-1045:1045(2)")
_REFUSED: Final = ("pipl:50(1)", "pipl:50(2)")


def grounds(brief: CourtBrief, laws: Laws, language: Language) -> list[Mapping[str, object]]:
    """Say which facts give which ground, under the law of the day of each."""
    rows: list[Mapping[str, object]] = []
    for name, (holds, keys) in _RULES.items():
        by_law: dict[tuple[str, ...], list[int]] = {}
        for number, one in enumerate(brief.encounters, start=1):
            then = laws.applying(keys, on=one.day, venues=frozenset({one.venue}), minor=one.minor)
            if then and holds(one):
                by_law.setdefault(then, []).append(number)
        for then, numbers in by_law.items():
            rows.append(
                {
                    "id": name,
                    f"numbers_{language}": wording.numbers(numbers, language),
                    "law": cite_all(laws, then, language),
                    "least": _LEAST in then,
                }
            )
    return rows


def liability(brief: CourtBrief, laws: Laws) -> Mapping[str, tuple[str, ...]]:
    """The provisions on burden of proof, standing and refusal; empty where none fits the facts."""
    days = [one.day for one in brief.encounters]
    venues = frozenset(one.venue for one in brief.encounters)

    def of(keys: Sequence[str], facts: Sequence[date], *, stored: bool) -> tuple[str, ...]:
        return laws.citable(keys, facts=facts, asked=brief.on, venues=venues, stored=stored)

    asked = [brief.first.on]
    return {
        "burden": of(_BURDEN, days, stored=brief.stored),
        "fault": of(_FAULT, days, stored=brief.stored) if brief.costs else (),
        "relative": of(_RELATIVE, days, stored=brief.stored),
        "relative_request": of(_EXERCISED, asked, stored=False),
        "refused": of(_REFUSED, asked, stored=False),
    }
