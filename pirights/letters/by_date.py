"""Facts that came before the law: which, what law applied then, and why later law is cited."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from pirights.domain.citation import cite_all, titled
from pirights.domain.document import Language
from pirights.domain.encounter import Encounter
from pirights.domain.law import Laws, State
from pirights.letters import wording
from pirights.letters.template import Template


class Facts(Protocol):
    """What a paper tells of.

    Attributes:
        encounters: In the order in which the paper numbers them.
    """

    @property
    def encounters(self) -> tuple[Encounter, ...]: ...  # noqa: D102 (told above)


def earlier(brief: Facts, source: Template, laws: Laws) -> list[Mapping[str, object]]:
    """Reason about facts that came before the law of requests: which, and by what law.

    Facts that fall under the same laws stand together.
    """
    present = laws.instruments["pipl"]
    venues = frozenset(encounter.venue for encounter in brief.encounters)
    by_law: dict[tuple[tuple[str, ...], bool], list[int]] = {}
    for number, encounter in enumerate(brief.encounters, start=1):
        if not present.in_force(encounter.day):
            then = laws.citable(
                source.earlier_law, facts=[encounter.day], asked=date.min, venues=venues
            )
            by_law.setdefault((then, encounter.may_be_stored), []).append(number)
    return [
        {
            "numbers": wording.numbers(numbers, source.language),
            "law": cite_all(laws, then, source.language),
            "stored": stored,
        }
        for (then, stored), numbers in by_law.items()
    ]


def later(
    brief: Facts, keys: Iterable[str], laws: Laws, language: Language
) -> list[Mapping[str, str]]:
    """Name the laws that are cited although a fact came before them, and which fact.

    The law of requests has its own reasoning. Facts that came before the same laws stand together.
    """
    found = [laws.instrument(key) for key in keys]
    cited = {titled(one, language): one for one in found}  # a code in parts is named once
    by_laws: dict[tuple[str, ...], list[int]] = {}
    for number, encounter in enumerate(brief.encounters, start=1):
        after = tuple(
            name
            for name, one in cited.items()
            if encounter.may_be_stored
            and one.state(encounter.day) is State.NOT_YET
            and not one.governs_requests
        )
        if after:
            by_laws.setdefault(after, []).append(number)
    return [
        {
            "numbers": wording.numbers(numbers, language),
            "laws": wording.effective([cited[one] for one in after], language),
        }
        for after, numbers in by_laws.items()
    ]
