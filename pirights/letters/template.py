"""A letter's template: TOML front matter with its items, and a Markdown body.

The body is filled by `letters.fill`. Items stand in the front matter, so that they can be
compared between languages and picked by right and by the date of the fact.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pirights import resources
from pirights.domain.document import Language
from pirights.domain.request import Right
from pirights.errors import BadInput, NotFound, message

_FENCE: Final = "+++\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateItem:
    """One thing that a letter can ask.

    Attributes:
        right: None for a courtesy question.
        cites: Candidate provisions; the date of the fact decides which are printed.
        asked_with: For a courtesy question, the rights beside which it is asked.
    """

    id: str
    right: Right | None
    text: str
    cites: tuple[str, ...]
    asked_with: tuple[Right, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One kind of letter in one language.

    Attributes:
        sections: The heading over the items of each right, and over the courtesy questions.
        earlier_law: What may be cited for facts before the present law.
        body: Markdown with Jinja tags.
    """

    kind: str
    language: Language
    title: str
    sections: Mapping[str, str]
    earlier_law: tuple[str, ...]
    items: tuple[TemplateItem, ...]
    body: str


@cache
def load(kind: str, language: Language) -> Template:
    """Read a template that pirights ships.

    Raises:
        NotFound: There is no such kind in that language.
        BadInput: It is malformed.
    """
    path = resources.folder("templates") / "letters" / kind / f"{language}.md"
    if not path.is_file():
        raise NotFound(
            message(
                "There is no letter of the kind {kind} in the language {language}.",
                kind=kind,
                language=language,
            )
        )
    return parse(path, kind=kind, language=language)


def parse(path: Path, *, kind: str, language: Language) -> Template:
    """Read a template file.

    Raises:
        BadInput: Its front matter or its items are malformed.
    """
    text = path.read_text(encoding="utf-8")
    try:
        if not text.startswith(_FENCE):
            raise ValueError("+++")  # noqa: TRY301 (told as one error below)
        front, fence, body = text.removeprefix(_FENCE).partition("\n" + _FENCE)
        if not fence:
            raise ValueError("+++")  # noqa: TRY301 (as above)
        data = tomllib.loads(front)
        return Template(
            kind=kind,
            language=language,
            title=str(data["title"]),
            sections={str(name): str(title) for name, title in data.get("sections", {}).items()},
            earlier_law=tuple(data.get("earlier_law", ())),
            items=tuple(
                TemplateItem(
                    id=str(row["id"]),
                    right=Right(row["right"]) if row["right"] else None,
                    text=str(row["text"]),
                    cites=tuple(row.get("cites", ())),
                    asked_with=tuple(Right(right) for right in row.get("for", ())),
                )
                for row in data.get("item", ())
            ),
            body=body,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadInput(
            message(
                "The template {file} is malformed: {problem}.",
                file=f"{kind}/{path.name}",
                problem=wrong,
            )
        ) from wrong
