"""The only room that reads the phrases by which a reply is told (`templates/replies/`)."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pirights import resources
from pirights.domain.reply import ReplyKind
from pirights.domain.reply_reading import Phrase, pattern_of
from pirights.errors import BadInput, message

_WEIGHTS = range(1, 7)


@cache
def phrases() -> tuple[Phrase, ...]:
    """Read every phrase, once in a process.

    Raises:
        BadInput: A file is malformed; the message names it.
        FoldersMissing: There is no `templates/` folder.
    """
    return load(resources.folder("templates") / "replies")


def load(place: Path) -> tuple[Phrase, ...]:
    """Read a folder of phrases.

    Raises:
        BadInput: As `phrases`.
    """
    found: list[Phrase] = []
    for path in sorted(place.glob("*.toml")):
        try:
            for row in tomllib.loads(path.read_text(encoding="utf-8"))["phrase"]:
                found += _phrases(row)
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadInput(
                message(
                    "The file of reply phrases {file} is malformed: {problem}.",
                    file=path.name,
                    problem=wrong,
                ),
            ) from wrong
    return tuple(found)


def _phrases(row: Mapping[str, object]) -> Iterator[Phrase]:
    unknown = set(row) - {"kind", "weight", "says", "unless", "unless_near"}
    if unknown:
        raise ValueError(sorted(unknown))
    weight = row["weight"]
    if not isinstance(weight, int) or weight not in _WEIGHTS:
        raise ValueError(weight)
    for words in _texts(row["says"]):
        yield Phrase(
            kind=ReplyKind(str(row["kind"])),
            says=words,
            weight=weight,
            unless=_texts(row.get("unless", [])),
            unless_near=_texts(row.get("unless_near", [])),
        )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(value)
    for one in value:
        pattern_of(one)
    return tuple(value)
