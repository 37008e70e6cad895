"""Filling a template with made-up values, as much and as little of everything as there can be."""

from collections.abc import Iterator
from typing import Final

from pirights.domain.document import Block, Language
from pirights.errors import BadInput, Message, message
from pirights.letters import fill, shapes, vocabulary
from pirights.letters.bilingual import shape
from pirights.letters.page import Page

_FILE: Final = "<template>"


def attempt(kind: str, zh: Page, en: Page) -> Iterator[tuple[Language, int, Message]]:
    """Fill both languages and compare what comes out.

    Only where nothing was found by reading: what is wrong there would only be told again.
    """
    for full in (True, False):
        made: dict[Language, list[tuple[type[Block], int]]] = {}
        for one in (zh, en):
            given = vocabulary.of(kind, one.language)
            if given is None:
                return
            values = {name: shapes.sample(part, full=full) for name, part in given.fields.items()}
            try:
                made[one.language] = [
                    shape(block) for block in fill.blocks(one.body, values, one.language)
                ]
            except BadInput as wrong:
                yield one.language, one.offset + _line(wrong), wrong.message
        if len(made) == len(Language) and made[Language.ZH] != made[Language.EN]:
            yield (
                Language.EN,
                en.offset + 1,
                message("The two languages of this letter do not have the same parts."),
            )
            return


def _line(wrong: BadInput) -> int:
    """Find the line of the body at which the filling stopped."""
    trace = wrong.__cause__.__traceback__ if wrong.__cause__ else None
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
