"""What all papers of a bundle have in common: their facts, their head and their end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pirights.domain import plaintiff
from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Language,
    Letters,
    Signature,
    Title,
)
from pirights.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFacts:
    """What every paper of a bundle says of it.

    Attributes:
        name: The bundle's own name, without folder or `.zip`.
        person: The person.
        person_en: The name in English; empty where none was given.
        handler: The personal information handler, by its full name.
        on: The day it was made, in `zone`.
        pages: Of the bound copy.
        in_court: The person is plaintiff.
    """

    name: str
    reference: str
    person: str
    handler: Words
    on: date
    exhibits: int
    pages: int
    letters: Letters
    zone: str = "Asia/Shanghai"
    in_court: bool = False
    person_en: str = ""


def paper(
    facts: BundleFacts,
    title: Words,
    body: Callable[[Language], Iterable[Block]],
    *,
    signed: bool = False,
) -> Document:
    """Put a paper together: its title and body in each language, and one place to sign."""
    blocks: list[Block] = []
    for language in facts.letters.languages:
        blocks.append(Title(text=title.in_(language), language=language))
        blocks += body(language)
    if signed:
        blocks.append(_signature(facts))
    return Document(
        title=title.in_(facts.letters.languages[0]),
        letters=facts.letters,
        reference=facts.reference,
        on=facts.on,
        blocks=tuple(blocks),
        zone=facts.zone,
    )


def parties(facts: BundleFacts, language: Language) -> Fields:
    """Name the case, the parties and the day, as at the head of every paper."""
    rows = (
        (Words(zh="案件编号", en="Reference"), Words.same(facts.reference)),
        (
            plaintiff.label(in_court=facts.in_court),
            Words(zh=facts.person, en=facts.person_en or facts.person),
        ),
        (Words(zh="个人信息处理者", en="Handler"), facts.handler),
        (Words(zh="编制日期", en="Date"), Words.same(facts.on.isoformat())),
    )
    return Fields(
        rows=tuple((name.in_(language), value.in_(language)) for name, value in rows),
        language=language,
    )


def amount(facts: BundleFacts, language: Language) -> str:
    """Count exhibits and pages."""
    return Words(
        zh=f"共{facts.exhibits}件，装订本共{facts.pages}页",
        en=f"{facts.exhibits} in all, {facts.pages} bound pages",
    ).in_(language)


def _signature(facts: BundleFacts) -> Signature:
    """One place to sign, once, whatever the languages."""
    name = {Language.ZH: "提交人（签名）", Language.EN: "Submitted by"}
    day = {Language.ZH: "日期", Language.EN: "Date"}
    languages = facts.letters.languages
    colon = "：" if languages[0] is Language.ZH else ": "
    lines = (
        f"{' / '.join(name[language] for language in languages)}{colon}__________",
        f"{' / '.join(day[language] for language in languages)}{colon}__________",
    )
    return Signature(lines=lines, language=languages[0])
