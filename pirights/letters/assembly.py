"""A paper from the templates of a kind: filled in one language or in both, and put together."""

from collections.abc import Callable
from datetime import date

from pirights.domain.document import Document, Language, Letters
from pirights.letters import fill, template
from pirights.letters.bilingual import interleaved
from pirights.letters.template import Template


def assembled(  # noqa: PLR0913 (what a paper bears)
    kind: str,
    values: Callable[[Template], dict[str, object]],
    *,
    reference: str,
    letters: Letters,
    on: date,
    zone: str,
) -> Document:
    """Fill the templates of a kind and make one paper of them.

    Args:
        kind: The template's id.
        values: Makes what a template may name, in the template's language.
        reference: What the paper is called in its footer.
        letters: The language, or both.
        on: The paper's date.
        zone: The IANA zone in which that is a day.
    """
    sources = {language: template.load(kind, language) for language in Language}
    blocks = {
        language: fill.blocks(source.body, values(source), language)
        for language, source in sources.items()
        if language in letters.languages
    }
    first = letters.languages[0]
    return Document(
        title=sources[first].title,
        letters=letters,
        reference=reference,
        on=on,
        zone=zone,
        blocks=interleaved(blocks[Language.ZH], blocks[Language.EN])
        if letters is Letters.BOTH
        else blocks[first],
        template=sources[first].mark,
    )
