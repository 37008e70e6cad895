"""Binding the exhibits of a case: the pages that bundle, catalogue and complaint all name."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from pirights.domain import bundle
from pirights.domain.bundle import Exhibit
from pirights.domain.bundle_frame import BundleFacts
from pirights.domain.document import Letters
from pirights.domain.words import Words
from pirights.errors import Message, message
from pirights.workflow import exhibits, withholding
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk
from pirights.workflow.piece import Piece, Rendition
from pirights.workflow.spool import Spool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundled:
    """The exhibits of a case with their pages in the bound copy.

    Attributes:
        pieces: Where each exhibit's octets come from, in the same order.
        pages: Of the bound copy.
        notices: Which exhibits it does not show whole, and why.
        renditions: The pictures that it shows in the originals' places, by the file's path.
    """

    pieces: tuple[Piece, ...]
    exhibits: tuple[Exhibit, ...]
    pages: int
    notices: tuple[Message, ...]
    renditions: Mapping[str, Rendition] = field(default_factory=dict)


def paged(desk: Desk, shown: Shown) -> Bundled:
    """Count the pages of the exhibits as the bundle of this moment would have them.

    The bound copy is made and thrown away, for only so the pages are known; it touches no disk.
    """
    with Path(os.devnull).open("wb") as nowhere:
        return bound(desk, shown, exhibits.gathered(desk, shown), nowhere)


def bound(  # noqa: PLR0913, PLR0917 (each is needed once)
    desk: Desk,
    shown: Shown,
    pieces: Sequence[Piece],
    sink: BinaryIO,
    progress: Callable[[int], None] = lambda _: None,
    spool: Spool | None = None,
) -> Bundled:
    """Write the bound copy of the exhibits.

    Args:
        desk: Vault and moment.
        shown: The case.
        pieces: Its exhibits, numbered.
        sink: Written from its present place on.
        progress: Told the number of each exhibit as it is opened.
        spool: Where the pictures that it shows are kept; None where only the pages are counted.
    """
    from pirights.render.exhibits import ExhibitSource, bind
    from pirights.render.printable import printable
    from pirights.render.raster import DEFAULT_LIMITS, PageImage

    files = [file for piece in pieces for file in piece.files]
    renditions = {file.exhibit.path: file.rendition for file in files if file.rendition is not None}

    def source(piece: Piece) -> ExhibitSource:
        exhibit, rendition = printable(piece.exhibit), piece.rendition

        def content() -> Iterator[bytes]:
            progress(exhibit.number)
            return piece.content() if rendition is None else rendition.content()

        def keep(page: PageImage) -> None:
            if spool is not None and rendition is None:
                renditions[exhibit.path] = withholding.rendered(
                    page.jpeg,
                    source=exhibit.sha256,
                    longest=DEFAULT_LIMITS.longest_side,
                    spool=spool,
                )

        if rendition is not None:
            exhibit = replace(exhibit, media_type="image/jpeg")
        return ExhibitSource(
            exhibit=exhibit,
            content=content,
            text=piece.text,
            keep=keep,
            heading=piece.heading,
            timed=spool is not None,  # without it the pages are only counted
        )

    made = bind(
        [source(file) for file in files],
        sink,
        reference=shown.standing.case.ref,
        on=desk.today,
        zone=desk.zone,
        letters=exhibits.letters_of(shown),
    )
    return Bundled(
        pieces=tuple(pieces),
        exhibits=tuple(
            bundle.joined(
                [
                    replace(told, media_type=file.exhibit.media_type)
                    for file, told in zip(piece.files, one.files, strict=True)
                ]
            )
            for piece, one in zip(pieces, made.exhibits, strict=True)
        ),
        renditions=renditions,
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

    handler, person = shown.standing.handler, shown.standing.person
    return BundleFacts(
        name=showable(name),
        reference=shown.standing.case.ref,
        person=showable(person.name),
        person_en=showable(person.name_en),
        handler=Words(zh=showable(handler.name), en=showable(handler.name_en or handler.name)),
        on=on or desk.today,
        exhibits=len(bundled.exhibits),
        pages=bundled.pages,
        letters=letters or exhibits.letters_of(shown),
        zone=desk.zone,
        in_court=exhibits.in_court(shown),
    )
