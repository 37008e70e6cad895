"""A letter's template: TOML front matter with its items, and a Markdown body.

The body is filled by `letters.fill`. Items stand in the front matter, so that they can be
compared between languages and picked by right and by the date of the fact.

A kind of letter is read whole from the user's own folder where it has been put there
(`pirights template eject`), else from what pirights ships.
"""

import os
import tomllib
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from pirights import resources, settings
from pirights.domain.document import Language
from pirights.errors import BadInput, NotFound, message
from pirights.letters import template_item
from pirights.letters.template_item import TemplateItem

FIELDS: Final = frozenset({"title", "earlier_law", "sections", "item"})
"""What the front matter may hold."""

FILE_LIMIT: Final = 1_000_000
"""Bytes of a template's file."""

_FENCE: Final = "+++\n"
_SUM: Final = 8
"""Digits of a changed template's sum that stand in the footer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One kind of letter in one language.

    Attributes:
        sections: The heading over the items of each right, and over the courtesy questions.
        earlier_law: What may be cited for facts before the present law.
        body: Markdown with Jinja tags.
        mark: The kind and the beginning of the sum, where it is not what pirights ships.
    """

    kind: str
    language: Language
    title: str
    sections: Mapping[str, str]
    earlier_law: tuple[str, ...]
    items: tuple[TemplateItem, ...]
    body: str
    mark: str = ""


def shipped() -> Path:
    """The folder of the letters that pirights ships: one folder for each kind.

    Raises:
        FoldersMissing: There is no `templates/` folder.
    """
    return resources.folder("templates") / "letters"


def own() -> Path:
    """The folder of the user's own letters; it need not exist."""
    return settings.own_templates(os.environ) / "letters"


@cache
def kinds() -> tuple[str, ...]:
    """Every kind of letter, by name."""
    return tuple(sorted(place.name for place in shipped().iterdir() if place.is_dir()))


def folder(kind: str) -> Path:
    """Where a kind of letter is read from: the user's own folder, if it holds the kind.

    Raises:
        BadInput: The user's own folder may not be looked into.
        NotFound: There is no such kind.
    """
    if kind not in kinds():
        raise NotFound(
            message("There is no letter of the kind {kind}.", kind=kind),
            hint=message("See them all with `pirights template list`."),
        )
    ours = own() / kind
    try:
        there = any(file(ours, one).is_file() for one in Language)
    except OSError as wrong:
        raise _unreadable(ours, wrong) from wrong
    return ours if there else shipped() / kind


def file(place: Path, language: Language) -> Path:
    """The file of one language in the folder of a kind."""
    return place / f"{language}.md"


def text_of(path: Path, *, errors: str = "strict") -> str:
    """Read a template's file, as any editor may have left it; `errors` is that of `bytes.decode`.

    Raises:
        BadInput: It cannot be read, is too long, or is not UTF-8.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
        if len(data) > FILE_LIMIT:
            raise ValueError(f"> {FILE_LIMIT}")  # noqa: TRY301 (told as one error below)
        return data.decode("utf-8-sig", errors).replace("\r\n", "\n")
    except (OSError, ValueError) as wrong:
        raise _unreadable(path, wrong) from wrong


def _unreadable(path: Path, wrong: Exception) -> BadInput:
    problem = wrong.strerror if isinstance(wrong, OSError) else wrong
    return BadInput(
        message("The template {file} cannot be read: {problem}.", file=path, problem=problem)
    )


def mark(kind: str, place: Path) -> str:
    """Name a changed template: its kind and a sum over both languages; empty if unchanged.

    The sum is that of `cat en.md zh.md | sha256sum`.
    """
    now, before = (_both(one) for one in (place, shipped() / kind))
    same = now.replace(b"\r\n", b"\n").replace(BOM_UTF8, b"") == before
    return "" if same else f"{kind}·{sha256(now).hexdigest()[:_SUM]}"


def _both(place: Path) -> bytes:
    files = (file(place, language) for language in sorted(Language))
    return b"".join(path.read_bytes() for path in files if path.is_file())


def original(kind: str, language: Language) -> Template:
    """Read a template that pirights ships, whatever the user has made of it.

    Raises:
        NotFound: There is no such kind, or not in that language.
    """
    path = file(shipped() / kind, language)
    if kind not in kinds() or not path.is_file():
        raise NotFound(
            message(
                "There is no letter of the kind {kind} in the language {language}.",
                kind=kind,
                language=language,
            ),
            hint=message("See them all with `pirights template list`."),
        )
    return _loaded(path, kind, language)


def load(kind: str, language: Language) -> Template:
    """Read a template: the user's own if there is one, else that which pirights ships.

    Raises:
        NotFound: There is no such kind, or not in that language.
        BadInput: It is malformed, or its two languages do not ask the same.
    """
    if kind in kinds():
        place = folder(kind)
        if place != shipped() / kind:
            return _own(place, kind, language)
    return original(kind, language)


@cache
def _loaded(path: Path, kind: str, language: Language) -> Template:
    return parse(path, kind=kind, language=language)


def _own(place: Path, kind: str, language: Language) -> Template:
    """Read a changed template, anew whenever its files have changed."""
    paths = [file(place, one) for one in Language]
    for path in paths:
        if not path.is_file():
            raise NotFound(
                message("Of your own template {kind}, {file} is missing.", kind=kind, file=path),
                hint=message("Put it there, or remove the folder to use what pirights ships."),
            )
    states = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
    return _changed(states, place, kind)[language]


@lru_cache(maxsize=64)
def _changed(
    states: tuple[tuple[Path, int, int], ...], place: Path, kind: str
) -> Mapping[Language, Template]:
    sources = {
        language: parse(path, kind=kind, language=language)
        for language, (path, _, _) in zip(Language, states, strict=True)
    }
    zh, en = (
        [(item.id, item.right, item.cites, item.asked_with) for item in sources[language].items]
        for language in (Language.ZH, Language.EN)
    )
    if zh != en:
        raise BadInput(
            message("The two languages of the letter {kind} do not ask the same.", kind=kind),
            hint=message("`pirights template lint {kind}` finds the place.", kind=kind),
        )
    name = mark(kind, place)
    return {language: replace(source, mark=name) for language, source in sources.items()}


def halves(text: str) -> tuple[str, str]:
    """Part a file into its front matter and its body.

    Raises:
        ValueError: The front matter does not stand between two lines of `+++`.
    """
    front, fence, body = text.removeprefix(_FENCE).partition("\n" + _FENCE)
    if not text.startswith(_FENCE) or not fence:
        raise ValueError("+++")
    return front, body


def parse(path: Path, *, kind: str, language: Language) -> Template:
    """Read a template file.

    Raises:
        BadInput: It cannot be read, or its front matter or its items are malformed.
    """
    text = text_of(path)
    try:
        front, body = halves(text)
        data = tomllib.loads(front)
        template_item.only(data, FIELDS)
        made = Template(
            kind=kind,
            language=language,
            title=str(data["title"]),
            sections={str(name): str(title) for name, title in data.get("sections", {}).items()},
            earlier_law=tuple(data.get("earlier_law", ())),
            items=tuple(template_item.read(row) for row in data.get("item", ())),
            body=body,
        )
        _headed(made)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadInput(
            message(
                "The template {file} is malformed: {problem}.",
                file=f"{kind}/{path.name}",
                problem=wrong,
            ),
            hint=message("`pirights template lint {kind}` finds the place.", kind=kind),
        ) from wrong
    return made


def _headed(made: Template) -> None:
    for item in made.items:
        name = item.right or "courtesy"
        if made.sections and name not in made.sections:
            raise ValueError(f"[sections]: {name}")
