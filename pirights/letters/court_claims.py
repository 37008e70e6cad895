"""The claims of a complaint (诉讼请求): numbered, each with its articles and its exhibits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pirights.domain import cost
from pirights.domain.bundle import Exhibit, Group
from pirights.domain.citation import cite_all
from pirights.domain.cost import Cost, CostClass
from pirights.domain.document import Language
from pirights.domain.law import Laws
from pirights.domain.request import AskedItem, Right
from pirights.domain.words import Words
from pirights.letters import wording
from pirights.letters.court_brief import CourtBrief
from pirights.letters.items import ORDER
from pirights.letters.template import Template

EXTRA: Final = "extra"
FEE: Final = "fee"

KINDS: Final = (*(right.value for right in ORDER), *(kind.value for kind in CostClass), EXTRA, FEE)
"""What a claim may be, in the order in which claims stand."""

_EXPENSE: Final = (
    *("pipl:69(2)", "spc-frt-2021:8(1)", "spc-frt-2021:8(2)", "civil-code-tort:1182"),
)
_LAWYER: Final = ("spc-frt-2021:8(2)",)
_CONTRACT: Final = ("civil-code-contract:577", "civil-code-contract:582")
_FEE: Final = ("court-fees-2006:29(1)",)

_AFTER_COPIES: Final = frozenset({Right.ACCESS, Right.COPY})
_ABOUT_SCANS: Final = frozenset({Group.DEMAND, Group.RULES, Group.SCANS, Group.REFUSAL})
_ASKED: Final = frozenset({Group.REQUEST, Group.REPLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim.

    Attributes:
        kind: One of `KINDS`.
        items: Of the request, that it repeats.
        cites: Provisions of the day of the fact, or of procedure on the complaint's day.
        exhibits: Numbers of those that support it.
        costs: What a claim for money adds up.
        text: In the user's words, for an extra one.
        after: Numbers of the claims that are to be met first.
    """

    number: int
    kind: str
    cites: tuple[str, ...] = ()
    exhibits: tuple[int, ...] = ()
    items: tuple[AskedItem, ...] = ()
    costs: tuple[Cost, ...] = ()
    text: str = ""
    after: tuple[int, ...] = ()


def claims(brief: CourtBrief, source: Template, laws: Laws) -> tuple[Claim, ...]:
    """Number what is claimed: what was asked in vain, right by right; then the money."""
    found = [_of_right(right, brief, source, laws) for right in ORDER if _items(brief, right)]
    for kind in CostClass:
        paid = brief.paid(kind)
        if paid:
            found.append(
                Claim(
                    number=0,
                    kind=kind.value,
                    cites=money_law(brief, laws, kind),
                    exhibits=_of_costs(brief, kind, paid),
                    costs=paid,
                )
            )
    found += [Claim(number=0, kind=EXTRA, text=text) for text in brief.extra]
    found.append(
        Claim(
            number=0,
            kind=FEE,
            cites=laws.applying(_FEE, on=brief.on, venues=frozenset()),
        )
    )
    numbered = [replace(one, number=number) for number, one in enumerate(found, start=1)]
    copies = tuple(one.number for one in numbered if one.kind in _AFTER_COPIES)
    return tuple(
        replace(one, after=copies) if one.kind == Right.DELETE else one for one in numbered
    )


def money_law(brief: CourtBrief, laws: Laws, kind: CostClass) -> tuple[str, ...]:
    """The provisions of the day of the fact on which money is claimed; empty if none is known.

    The fact is a scan, or what is stored of it still: a request that nobody answered is no
    handling of information, and brings no later law.
    """
    venues = frozenset(one.venue for one in brief.encounters)
    scans = [one.day for one in brief.encounters]
    if kind is CostClass.CONTRACT:  # what is stored is no matter of the contract's price
        return laws.citable(_CONTRACT, facts=scans, asked=brief.on, venues=venues, stored=False)
    stored = brief.stored
    wanted = _LAWYER if kind is CostClass.LAWYER else _EXPENSE
    return laws.citable(wanted, facts=scans, asked=brief.on, venues=venues, stored=stored)


def shown(claim: Claim, brief: CourtBrief, source: Template, laws: Laws) -> Mapping[str, object]:
    """A claim as the template prints it, in the template's language."""
    language = source.language
    texts = {item.id: item.text for item in source.items}
    return {
        "number": claim.number,
        "kind": claim.kind,
        f"text_{language}": wording.sentence(claim.text, language) or texts.get(claim.kind, ""),
        f"parts_{language}": [
            texts.get(item.id) or _quoted(item, language) for item in claim.items
        ],
        "costs": [
            {
                f"name_{language}": one.kind.words.in_(language),
                "amount": str(one.amount),
                f"on_{language}": wording.day(one.on, language),
                "note": one.note,
            }
            for one in claim.costs
        ],
        "amount": str(cost.total(claim.costs)) if claim.costs else "",
        "after": wording.numbers(claim.after, language) if claim.after else "",
        "basis": cite_all(laws, claim.cites, language),
        "proof": named(brief, claim.exhibits, language),
        "asked": wording.spans([one.number for one in claim.items], language),
    }


def named(brief: CourtBrief, numbers: Iterable[int], language: Language) -> str:
    """Name exhibits with their pages: 证据3（第5-6页）、证据4（第7页）."""
    wanted = set(numbers)
    found = [one for one in brief.exhibits if one.number in wanted]
    if language is Language.ZH:
        return "、".join(f"证据{one.number}（第{one.pages}页）" for one in found)
    return ", ".join(
        f"Exhibit\u00a0{one.number} ({'pp.' if '-' in one.pages else 'p.'}\u00a0{one.pages})"
        for one in found
    )


def of_owners(brief: CourtBrief, *owners: str) -> tuple[int, ...]:
    """The exhibits that belong to any of these."""
    return tuple(
        one.number
        for one in brief.exhibits
        if set(owners).intersection(brief.owners.get(one.number, ()))
    )


def _items(brief: CourtBrief, right: Right) -> tuple[AskedItem, ...]:
    return tuple(item for item in brief.claimed if item.right is right)


def _of_right(right: Right, brief: CourtBrief, source: Template, laws: Laws) -> Claim:
    """A claim for what was asked of one right, on the articles that the request rested on."""
    items = _items(brief, right)
    own = next((item.cites for item in source.items if item.id == right), ())
    suing = laws.citable(
        own,
        facts=[brief.first.on],
        asked=brief.on,
        venues=frozenset(one.venue for one in brief.encounters),
        stored=False,
    )
    groups = _ASKED | (_ABOUT_SCANS if right in {Right.DELETE, Right.ALTERNATIVE} else set())
    left = {one.label for one in brief.sent}
    return Claim(
        number=0,
        kind=right.value,
        items=items,
        cites=_by_instrument([*(key for item in items for key in item.cites), *suing]),
        exhibits=tuple(
            one.number
            for one in brief.exhibits
            if one.group in groups
            and (
                one.group is not Group.REQUEST
                or set(left).intersection(brief.owners.get(one.number, ()))
            )
        ),
    )


def _by_instrument(keys: Sequence[str]) -> tuple[str, ...]:
    """Put the provisions of an instrument together, instruments in the order of their first."""
    laws = list(dict.fromkeys(key.partition(":")[0] for key in keys))
    return tuple(sorted(dict.fromkeys(keys), key=lambda key: laws.index(key.partition(":")[0])))


def _of_costs(brief: CourtBrief, kind: CostClass, paid: Sequence[Cost]) -> tuple[int, ...]:
    own = of_owners(brief, *(one.label for one in paid))
    if kind is not CostClass.CONTRACT:
        return own
    contract = [one.number for one in _grouped(brief, Group.RELATIONSHIP)]
    return tuple(sorted({*own, *contract}))


def _grouped(brief: CourtBrief, group: Group) -> list[Exhibit]:
    return [one for one in brief.exhibits if one.group is group]


def _quoted(item: AskedItem, language: Language) -> str:
    """An item that has no wording of its own here: as the request put it."""
    text = item.zh if language is Language.ZH else item.en
    said = _AS_ASKED.in_(language)
    return said.replace("{number}", str(item.number)).replace("{text}", text.rstrip("。."))


_AS_ASKED: Final = Words(
    zh="请求书第{number}项所请求的事项（“{text}”）",
    en="what item {number} of the request asks (“{text}”)",
)
