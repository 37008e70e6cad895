"""Draw every kind of letter, page by page, on contact sheets: `make pictures`.

Each kind becomes one picture, `<kind>.png`: the sample letters in each of their languages, each
letter's pages from left to right under its name, at a size at which they can be read. The letters
themselves lie beside it, as PDF.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias, cast

from PIL import Image, ImageDraw

from pirights import law_data
from pirights.domain.document import Document, Language, Letters
from pirights.domain.escalation import FollowUp
from pirights.letters import (
    bilingual,
    breach,
    fill,
    followup,
    preserve,
    shapes,
    template,
    vocabulary,
)
from pirights.letters.compose import Brief
from pirights.render import pdf
from tests.letters import (
    authority_briefs,
    capacities,
    every_kind,
    papers,
    test_breach,
    test_compose,
    test_court,
    test_followup,
    test_identity,
    test_preserve,
    test_withdrawal,
)
from tests.letters.briefs import REF, brief, written

DOTS: Final = 96
"""To the inch; the smallest print of a letter is legible."""

EDGE: Final = 12
"""Between pages, in dots."""

LABEL: Final = 34
"""Height of a letter's caption, in dots."""

DESK, INK = 190, 0
"""Shades of grey."""

WORDS: Final = {Language.ZH: "样例文字", Language.EN: "sample words"}
"""Stand where a made-up letter has a text."""

Compose: TypeAlias = Callable[[Letters], Document]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A contact sheet.

    Attributes:
        picture: Where it lies.
        places: Of each page: the letter's file, its page from 1, and the box it fills.
    """

    picture: Path
    places: tuple[tuple[Path, int, tuple[int, int, int, int]], ...]


def main(words: Sequence[str]) -> None:
    """Draw the kinds named, or all."""
    kinds = template.kinds()
    parser = argparse.ArgumentParser(prog="tests.pictures", description="Draw the letters.")
    parser.add_argument("out", nargs="?", type=Path, default=Path("pirights-pictures"))
    parser.add_argument("--kind", action="append", choices=kinds, help="this kind only")
    told = parser.parse_args(words)
    for kind in told.kind or kinds:
        made = sheet(kind, told.out)
        sys.stdout.write(f"{made.picture}: {len(made.places)} pages\n")


def sheet(kind: str, out: Path) -> Sheet:
    """Write the sample letters of a kind, and the picture of all their pages."""
    folder = out / kind
    folder.mkdir(parents=True, exist_ok=True)
    files: list[tuple[Path, list[Image.Image]]] = []
    for name, compose in cases(kind).items():
        for letters in Letters:
            file = folder / f"{name}.{letters}.pdf"
            pdf.write(compose(letters), file)
            files.append((file, drawn(file)))
    return joined(files, out / f"{kind}.png")


def cases(kind: str) -> Mapping[str, Compose]:
    """Name the sample letters of a kind, for oneself and for somebody else."""
    others = {
        capacity: partial(
            capacities.paper if (kind, capacity) in capacities.WRITTEN else acted, kind, capacity
        )
        for capacity in capacities.PEOPLE
        if (kind, capacity) != (FollowUp.WITHDRAWAL, "relative")
    }
    court = {"court": partial(acted, "poa-court", papers.SELF)} if kind == "poa" else {}
    return {**alone(kind), **court, **others}


def alone(kind: str) -> Mapping[str, Compose]:
    """Name the letters for oneself: those of the tests, or else one of made-up words."""
    if kind == "request":
        made = {name: make() for name, make in test_compose.CASES.items()}
        return {name: partial(asked, told) for name, told in made.items()}
    if kind in FOLLOWING:
        return FOLLOWING[FollowUp(kind)]
    if kind in every_kind.KINDS:
        return {"case": partial(acted, kind, papers.SELF)}
    return {"made-up": partial(made_up, kind)}


def acted(kind: str, capacity: str, letters: Letters) -> Document:
    """Write a paper for oneself or for somebody else."""
    return every_kind.written(kind, every_kind.told(kind, capacity, letters))


def asked(told: Brief, letters: Letters) -> Document:
    """Write a request in other languages."""
    return written(replace(told, letters=letters))[1]


def breach_told(letters: Letters) -> Document:
    """Write the enquiry about a leak."""
    return breach.written(test_breach.told(letters), law_data.laws())


def preserve_told(letters: Letters) -> Document:
    """Write the demand to keep the video."""
    return preserve.written(test_preserve.told(letters), law_data.laws())


def authority_told(kind: FollowUp, letters: Letters) -> Document:
    """Write a paper for an authority."""
    return authority_briefs.paper(authority_briefs.told(kind, letters))


def followed(kind: FollowUp, letters: Letters) -> Document:
    """Write a letter that rests on the scores and the clock of the request."""
    return followup.written(test_followup.told(kind, letters), law_data.laws())


FOLLOWING: Final[Mapping[FollowUp, Mapping[str, Compose]]] = {
    **{kind: {"case": partial(followed, kind)} for kind in test_followup.CLASSIC},
    FollowUp.COURT: {
        "case": lambda letters: test_court.paper(test_court.told(letters)),
        "2019": lambda letters: test_court.paper(test_court.old(letters)),
    },
    FollowUp.IDENTITY: {"case": test_identity.paper},
    FollowUp.WITHDRAWAL: {"case": test_withdrawal.paper},
    FollowUp.PRESERVE: {"case": preserve_told},
    FollowUp.BREACH: {"case": breach_told},
    **{kind: {"case": partial(authority_told, kind)} for kind in authority_briefs.PAPERS},
}
"""The samples of what follows a request."""


def made_up(kind: str, letters: Letters) -> Document:
    """Fill a template with as much of everything as there can be."""
    sources = {language: template.load(kind, language) for language in letters.languages}
    blocks = {}
    for language, source in sources.items():
        given = vocabulary.of(kind, language)
        if given is None:
            raise KeyError(kind)
        values = worded(shapes.sample(given, full=True), WORDS[language])
        blocks[language] = fill.blocks(source.body, cast("dict[str, object]", values), language)
    first = letters.languages[0]
    both = letters is Letters.BOTH
    return Document(
        title=sources[first].title,
        letters=letters,
        reference=REF,
        on=brief().on,
        blocks=bilingual.interleaved(*blocks.values()) if both else blocks[first],
    )


def worded(value: object, words: str) -> object:
    """Put words in the places that a made-up value leaves empty."""
    match value:
        case "□":
            return words
        case dict():
            return {name: worded(one, words) for name, one in value.items()}
        case list():
            return [worded(one, words) for one in value]
        case _ if callable(value):
            return lambda *_: words
        case _:
            return value


def drawn(file: Path) -> list[Image.Image]:
    """Draw the pages of a file, in order."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["pdftoppm", "-gray", "-r", str(DOTS), str(file), f"{folder}/page"], check=True
        )
        pages: list[Image.Image] = []
        for path in sorted(Path(folder).iterdir()):
            with Image.open(path) as page:
                page.load()
                pages.append(page)
    return pages


def joined(files: Sequence[tuple[Path, Sequence[Image.Image]]], picture: Path) -> Sheet:
    """Join the pages of files into one picture, each file's in a row under its name."""
    size = max(wide(pages) for _, pages in files)
    corners: list[tuple[int, int]] = []
    left = top = high = 0
    for _, pages in files:
        if left and left + wide(pages) > size:
            left, top, high = 0, top + high, 0
        corners.append((left, top))
        left += wide(pages)
        high = max(high, LABEL + EDGE + max(page.height for page in pages))
    whole = Image.new("L", (size, top + high), DESK)
    pen = ImageDraw.Draw(whole)
    places: list[tuple[Path, int, tuple[int, int, int, int]]] = []
    for (file, pages), (left, top) in zip(files, corners, strict=True):
        pen.text((left + EDGE, top + 6), file.stem, fill=INK, font_size=20)
        for number, page in enumerate(pages):
            x, y = left + EDGE + number * (page.width + EDGE), top + LABEL
            whole.paste(page, (x, y))
            places.append((file, number + 1, (x, y, x + page.width, y + page.height)))
    whole.save(picture)
    return Sheet(picture, tuple(places))


def wide(pages: Sequence[Image.Image]) -> int:
    """Measure a file's pages side by side, in dots."""
    return 2 * EDGE + sum(page.width + EDGE for page in pages)


if __name__ == "__main__":
    main(sys.argv[1:])
