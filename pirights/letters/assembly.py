"""A paper from the templates of a kind: filled in one language or in both, and put together."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from pirights.domain.citation import cite_all
from pirights.domain.document import Document, Language, Letters
from pirights.domain.handler import Handler
from pirights.domain.law import Laws
from pirights.domain.person import Person
from pirights.letters import fill, template, wording
from pirights.letters.bilingual import addressee, interleaved
from pirights.letters.capacity import own_side
from pirights.letters.template import Template


class Dated(Protocol):
    """What every paper of a case is written from.

    Attributes:
        label: The message's own name, such as PR-2026-7K3M9QX-C/3.
        on: The paper's date.
        zone: The IANA zone in which that is a day.
        actor: Who acts for the person, if that is somebody else.
    """

    @property
    def label(self) -> str: ...  # noqa: D102 (told above)
    @property
    def person(self) -> Person: ...  # noqa: D102
    @property
    def handler(self) -> Handler: ...  # noqa: D102
    @property
    def letters(self) -> Letters: ...  # noqa: D102
    @property
    def on(self) -> date: ...  # noqa: D102
    @property
    def zone(self) -> str: ...  # noqa: D102
    @property
    def actor(self) -> Person | None: ...  # noqa: D102


class Brief(Dated, Protocol):
    """What every letter after the first is written from.

    Attributes:
        by: The day by which a reply is asked for, inclusive; our suggestion.
    """

    @property
    def by(self) -> date: ...  # noqa: D102 (told above)


def common(brief: Brief, source: Template, laws: Laws) -> dict[str, object]:
    """What the template of every such letter may name, in the template's language."""
    language = source.language
    return {**parties(brief, source, laws), f"by_{language}": wording.day(brief.by, language)}


def parties(brief: Dated, source: Template, laws: Laws) -> dict[str, object]:
    """What the template of every paper may name, in the template's language."""
    language = source.language
    return {
        "title": source.title,
        "handler": brief.handler,
        "person": brief.person,
        "addressee": addressee(brief.handler, brief.letters, language),
        "both": brief.letters is Letters.BOTH,
        "label": brief.label,
        f"on_{language}": wording.day(brief.on, language),
        "cite": lambda *keys: cite_all(laws, keys, language),
        **own_side(brief.person, brief.actor, laws, language),
    }


def assembled(kind: str, brief: Dated, values: Callable[[Template], dict[str, object]]) -> Document:
    """Fill the templates of a kind and make one paper of them.

    Args:
        kind: The template's id.
        brief: What the letter is written from.
        values: Makes what a template may name, in the template's language.
    """
    sources = {language: template.load(kind, language) for language in Language}
    blocks = {
        language: fill.blocks(source.body, values(source), language)
        for language, source in sources.items()
        if language in brief.letters.languages
    }
    first = brief.letters.languages[0]
    return Document(
        title=sources[first].title,
        letters=brief.letters,
        reference=brief.label,
        on=brief.on,
        zone=brief.zone,
        blocks=interleaved(blocks[Language.ZH], blocks[Language.EN])
        if brief.letters is Letters.BOTH
        else blocks[first],
        template=sources[first].mark,
    )
