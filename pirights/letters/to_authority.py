"""A paper for an authority: what the case holds, told to a third party.

The log's facts are told as they stand there; what they may mean in law is put as something to be
checked, with the articles of the day of the fact.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights.domain.authority import Authority, Level
from pirights.domain.citation import cite_all
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Language, Letters
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.law import Laws, State
from pirights.domain.period import Force
from pirights.domain.person import Person
from pirights.domain.reply import Reply
from pirights.domain.request import AskedItem, Score
from pirights.domain.words import Words
from pirights.letters import account, assembly, wording
from pirights.letters.template import Template

_RESPONDENT: Final = Words(zh="被投诉人", en="the respondent")
_HANDLER: Final = Words(zh="该处理者", en="the handler")
THEY: Final = {
    FollowUp.REGULATOR: _HANDLER,
    FollowUp.CONSUMER: _RESPONDENT,
    FollowUp.POLICE: Words(zh="所涉单位或者个人", en="the party concerned"),
    FollowUp.PROCURATORATE: _HANDLER,
}
"""How each paper calls the handler."""
SUPERIOR: Final = "superior-organ"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityBrief:
    """Everything such a paper is written from.

    Attributes:
        label: The new message's own name, such as PR-2026-7K3M9QX-C/4.
        encounters: The facts, in order.
        first: The request of the case; None while it has not been sent.
        sent: Every letter of the case that left, the request among them.
        replies: What came in, in order.
        answered: An answer came that ends the waiting.
        due_on: The day for an answer, where it has passed without one.
        due_force: On whose word that day stood.
        holding: For each of the encounters, the ids of what holds for it in the assessment.
        exhibits: Titles of what the bundle of the case holds, in its order.
        proved: Labels of the letters whose arrival a kept file proves.
        body: Who is written to.
        office: Its full name at its place, or empty.
        demands: What the person wants beyond what follows from the case.
        affected: How many others are affected, and how that is known; or empty.
        public: Numbers of the encounters that took place where people in general may enter.
        on: The paper's date.
        by: Of no meaning here: an authority is set no day.
        zone: The IANA zone in which those are days.
        identify_by: Clues the user gave, such as 年卡号 1234.
    """

    kind: FollowUp
    label: str
    person: Person
    handler: Handler
    encounters: tuple[Encounter, ...]
    first: Letter | None
    sent: tuple[Letter, ...]
    replies: tuple[Reply, ...]
    answered: bool
    holding: tuple[frozenset[str], ...]
    exhibits: tuple[Words, ...]
    proved: frozenset[str]
    body: Authority
    letters: Letters
    on: date
    by: date
    zone: str
    actor: Person | None = None
    office: str = ""
    due_on: date | None = None
    due_force: Force | None = None
    demands: tuple[str, ...] = ()
    affected: str = ""
    public: tuple[int, ...] = ()
    identify_by: tuple[str, ...] = ()

    @property
    def to_superior(self) -> bool:
        """It goes to the organ above a state organ."""
        return self.body.id == SUPERIOR

    @property
    def addressee(self) -> Words:
        """To whom the paper goes."""
        return addressee(self.body, self.office, self.handler)

    @property
    def unmet(self) -> tuple[AskedItem, ...]:
        """The items of the request that were not given: all of them where no answer came."""
        asked = [item for item in (self.first.items if self.first else ()) if item.right]
        if not self.answered:
            return tuple(asked)
        return tuple(item for item in asked if item.score in _UNMET)


def addressee(body: Authority, office: str, handler: Handler) -> Words:
    """Name whom a paper goes to: the office that was named, else the body."""
    if office:
        return Words.same(office)
    if body.id == SUPERIOR:
        english = handler.name_en or handler.name
        return Words(zh=f"{handler.name}的上级机关", en=f"The organ superior to {english}")
    return body.name


def _office(brief: AuthorityBrief) -> Words:
    """Name whom the paper goes to; where there is one in each place, leave room for its name."""
    named = brief.addressee
    if brief.office or brief.to_superior or brief.body.level is not Level.LOCAL:
        return named
    blank = "_" * 20
    return Words(
        zh=f"{named.zh}（受理机关全称：{blank}）",
        en=f"{named.en}; full name of the office: {blank}",
    )


def written(brief: AuthorityBrief, values: Callable[[Template], dict[str, object]]) -> Document:
    """Write the paper, in one language or both."""
    return assembly.assembled(brief.kind.value, brief, values)


def shared(brief: AuthorityBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What the template of every such paper may name, in the template's language.

    Args:
        brief: What it is written from.
        source: The template.
        laws: The law data.
    """
    language = source.language
    basis = tuple(key for key in brief.body.basis if laws.state(key, brief.on) is State.IN_FORCE)
    unmet = brief.unmet
    steps = account.steps(
        brief.sent, brief.replies, brief.person, THEY[brief.kind], language, proved=brief.proved
    )
    if brief.first is not None and not brief.answered:
        steps.append(
            account.silence(
                brief.person,
                THEY[brief.kind],
                language,
                on=brief.on,
                due_on=brief.due_on,
                force=brief.due_force,
            )
        )
    return {
        **assembly.common(brief, source, laws),
        "office": _office(brief).in_(language),
        "grounds": cite_all(laws, basis, language),
        "facts": [
            account.scan(one, brief.person, THEY[brief.kind], language) for one in brief.encounters
        ],
        "steps": steps,
        "given": wording.spans(_scored(brief, {Score.GIVEN}), language),
        "unmet": _results(unmet, language) if brief.answered else [],
        "exhibits": [one.in_(language) for one in brief.exhibits],
    }


_UNMET: Final = frozenset({Score.PARTIAL, Score.REFUSED, Score.SILENT})


def _scored(brief: AuthorityBrief, scores: Collection[Score]) -> list[int]:
    asked = brief.first.items if brief.first else ()
    return [item.number for item in asked if item.score in scores]


def _results(unmet: Sequence[AskedItem], language: Language) -> list[Mapping[str, object]]:
    """What became of the items, those of one result together."""
    found: dict[str, list[int]] = {}
    for item in unmet:
        found.setdefault(_result(item, language), []).append(item.number)
    return [
        {"numbers": wording.spans(numbers, language), "result": result}
        for result, numbers in found.items()
    ]


def _result(item: AskedItem, language: Language) -> str:
    if item.score is Score.REFUSED and item.refused_under:
        said = _REFUSED_UNDER.in_(language)
        return said.replace("{cites}", item.refused_under)
    return _RESULTS[item.score].in_(language)


_REFUSED_UNDER: Final = Words(zh="拒绝，所称依据为“{cites}”", en="refused, naming “{cites}”")
_RESULTS: Final = {
    Score.REFUSED: Words(zh="拒绝，未说明所依据的规定", en="refused, without naming a provision"),
    Score.PARTIAL: Words(zh="仅答复了一部分", en="answered in part only"),
    Score.SILENT: Words(zh="未作答复", en="not answered"),
}
