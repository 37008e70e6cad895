"""The templates of letters: which there are, the user's own copies of them, what is wrong there.

No vault is needed.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from pirights import law_data
from pirights.domain.document import Language
from pirights.domain.words import Words
from pirights.errors import BadInput, NotFound, NotNextStep, message
from pirights.letters import lint, template
from pirights.letters.lint import Problem
from pirights.workflow.papers import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of letter, as it is read now.

    Attributes:
        title: Of what pirights ships.
        changed: It is not what pirights ships.
        mark: What a changed one is called in the footer of its letters.
        folder: Where it is read from.
    """

    name: str
    title: Words
    languages: tuple[Language, ...]
    changed: bool
    mark: str
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What became of one file.

    Attributes:
        difference: Of a file that was replaced: from what it was to what pirights ships.
    """

    file: Path
    state: Literal["written", "same", "replaced"]
    difference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ejected:
    """Copies of a template.

    Attributes:
        in_use: Letters of this kind are read from this folder from now on.
    """

    kind: str
    folder: Path
    files: tuple[Copied, ...]
    in_use: bool


def kinds() -> tuple[Kind, ...]:
    """Every kind of letter.

    Raises:
        FoldersMissing: There is no `templates/` folder.
    """
    return tuple(_kind(name) for name in template.kinds())


def _kind(name: str) -> Kind:
    place = template.folder(name)
    there = tuple(one for one in Language if template.file(place, one).is_file())
    mark = template.mark(name, place)
    return Kind(
        name=name,
        title=Words(
            zh=template.original(name, Language.ZH).title,
            en=template.original(name, Language.EN).title,
        ),
        languages=there,
        changed=bool(mark),
        mark=mark,
        folder=place,
    )


def text_of(kind: str, language: Language) -> tuple[Path, str]:
    """Read the file that letters of a kind are made from.

    Raises:
        BadInput: It cannot be read.
        NotFound: There is no such kind, or not in this language.
    """
    path = template.file(template.folder(kind), language)
    if not path.is_file():
        raise NotFound(
            message(
                "There is no letter of the kind {kind} in the language {language}.",
                kind=kind,
                language=language,
            )
        )
    return path, template.text_of(path)


def eject(kind: str, *, out: Path | None = None, replace: bool = False) -> Ejected:
    """Copy what pirights ships to where the user can change it.

    Args:
        kind: Of letter.
        out: The folder that gets a folder of the kind; None for the one that letters are read
            from.
        replace: Write over a file that was changed.

    Raises:
        BadInput: The folder cannot be written.
        NotFound: There is no such kind.
        NotNextStep: A file was changed, and is not to be replaced.
    """
    template.folder(kind)
    place = (template.own() if out is None else out) / kind
    source = template.shipped() / kind
    languages = [one for one in Language if template.file(source, one).is_file()]
    try:
        planned = [
            _planned(template.file(source, one), template.file(place, one)) for one in languages
        ]
    except OSError as wrong:
        raise _unwritable(place, wrong) from wrong
    changed = [one.file for one in planned if one.state == "replaced"]
    if changed and not replace:
        raise NotNextStep(
            message("{file} was changed and is left as it is.", file=changed[0]),
            hint=message("--yes replaces it, and shows what is lost."),
        )
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise _unwritable(place, wrong) from wrong
    for language, one in zip(languages, planned, strict=True):
        if one.state != "same":
            write_whole(one.file, template.file(source, language).read_bytes())
    return Ejected(
        kind=kind, folder=place, files=tuple(planned), in_use=template.folder(kind) == place
    )


def _unwritable(place: Path, wrong: OSError) -> BadInput:
    return BadInput(
        message("{file} cannot be written: {problem}.", file=place, problem=wrong.strerror),
        hint=message("Choose a folder that exists and has room, with --out."),
    )


def _planned(source: Path, target: Path) -> Copied:
    if not target.exists():
        return Copied(file=target, state="written")
    now, before = template.text_of(target, errors="replace"), template.text_of(source)
    if now == before:
        return Copied(file=target, state="same")
    lines = unified_diff(
        now.splitlines(), before.splitlines(), target.name, source.name, lineterm=""
    )
    return Copied(file=target, state="replaced", difference="\n".join(lines))


def problems(names: Sequence[str], *, today: date) -> tuple[Problem, ...]:
    """Look through templates: of the kinds or files that are named, else of every kind.

    A file is looked at together with its other language beside it; the folder that it lies in
    says which kind of letter it is.

    Raises:
        BadInput: A file cannot be read.
        NotFound: There is no such kind or file.
    """
    places = dict.fromkeys(
        (_place(name) for name in names)
        if names
        else ((kind, template.folder(kind)) for kind in template.kinds())
    )
    laws = law_data.laws()
    return tuple(
        problem
        for kind, place in places
        for problem in lint.check(kind, _texts(place), laws, on=today)
    )


def _place(name: str) -> tuple[str, Path]:
    """Find the kind and folder that a name means: a kind of letter, else a file or a folder."""
    if name in template.kinds():
        return name, template.folder(name)
    path = Path(name)
    if not os.path.exists(path):  # noqa: PTH110 (a name too long is no error here)
        template.folder(name)  # says that there is no such kind
    place = (path if path.is_dir() else path.parent).resolve()
    if place.name not in template.kinds() or (path.is_file() and path.stem not in set(Language)):
        raise BadInput(
            message("{file} is no template of a known kind of letter.", file=name),
            hint=message("It is named zh.md or en.md, in a folder named as its kind: request."),
        )
    return place.name, place


def _texts(place: Path) -> dict[Language, str]:
    files = {language: template.file(place, language) for language in Language}
    return {language: template.text_of(file) for language, file in files.items() if file.is_file()}
