"""Binding the exhibits of a case: the pages that bundle, catalogue and complaint all name."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from pirights.domain.bundle import Exhibit
from pirights.domain.bundle_papers import BundleFacts
from pirights.domain.document import Letters
from pirights.domain.words import Words
from pirights.errors import Message, message
from pirights.workflow import exhibits
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk
from pirights.workflow.exhibits import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundled:
    """The exhibits of a case with their pages in the bound copy.

    Attributes:
        pieces: Where each exhibit's octets come from, in the same order.
        pages: Of the bound copy.
        notices: Which exhibits it does not show whole, and why.
    """

    pieces: tuple[Piece, ...]
    exhibits: tuple[Exhibit, ...]
    pages: int
    notices: tuple[Message, ...]


def paged(desk: Desk, shown: Shown) -> Bundled:
    """Count the pages of the exhibits as the bundle of this moment would have them.

    The bound copy is made and thrown away, for only so the pages are known; it touches no disk.
    """
    with Path(os.devnull).open("wb") as nowhere:
        return bound(desk, shown, exhibits.gathered(desk, shown), nowhere)


def bound(
    desk: Desk,
    shown: Shown,
    pieces: Sequence[Piece],
    sink: BinaryIO,
    progress: Callable[[int], None] = lambda _: None,
) -> Bundled:
    """Write the bound copy of the exhibits.

    Args:
        desk: Vault and moment.
        shown: The case.
        pieces: Its exhibits, numbered.
        sink: Written from its present place on.
        progress: Told the number of each exhibit as it is opened.
    """
    from pirights.render.exhibits import ExhibitSource, bind
    from pirights.render.printable import printable

    def counted(piece: Piece) -> Callable[[], Iterator[bytes]]:
        def opened() -> Iterator[bytes]:
            progress(piece.exhibit.number)
            return piece.content()

        return opened

    made = bind(
        [
            ExhibitSource(exhibit=printable(piece.exhibit), content=counted(piece), text=piece.text)
            for piece in pieces
        ],
        sink,
        reference=shown.standing.case.ref,
        on=desk.today,
        zone=desk.zone,
        letters=letters_of(shown),
    )
    return Bundled(
        pieces=tuple(pieces),
        exhibits=made.exhibits,
        pages=made.pages,
        notices=tuple(
            message(
                "Exhibit {number} is not shown whole in the bound copy: {reason}",
                number=number,
                reason=refusal.words,
            )
            for number, refusal in made.refusals
        ),
    )


def letters_of(shown: Shown) -> Letters:
    """The languages of a case's bundle: Chinese always, English where its letters have it."""
    return Letters.ZH if shown.standing.case.letters is Letters.ZH else Letters.BOTH


def facts(  # noqa: PLR0913 (what the papers say of a bundle, named one by one)
    desk: Desk,
    shown: Shown,
    bundled: Bundled,
    *,
    name: str,
    on: date | None = None,
    letters: Letters | None = None,
) -> BundleFacts:
    """Say what the papers around the exhibits say of them.

    Args:
        desk: Vault and moment.
        shown: The case.
        bundled: Its exhibits with their pages.
        name: The bundle's own name; empty where there is none.
        on: The day of the papers; today if None.
        letters: Their languages; those of the bundle if None.
    """
    from pirights.render.printable import showable

    handler = shown.standing.handler
    return BundleFacts(
        name=showable(name),
        reference=shown.standing.case.ref,
        person=showable(shown.standing.person.name),
        handler=Words(zh=showable(handler.name), en=showable(handler.name_en or handler.name)),
        on=on or desk.today,
        exhibits=len(bundled.exhibits),
        pages=bundled.pages,
        letters=letters or letters_of(shown),
        zone=desk.zone,
    )
