"""Showing less of a picture in a bundle: without its location, or with parts of it masked.

Whoever hands a bundle on becomes a discloser of what is in it. A copy takes the original's place,
and the original stays sealed in the vault; its sum is told, so that it can be shown later to be
the very file.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pirights.domain.bundle import Alteration, Exhibit, Withheld
from pirights.domain.mask import Mask
from pirights.domain.words import Words
from pirights.errors import BadInput, Message, NotFound, message
from pirights.workflow.piece import MADE_HERE, Piece, Rendition, joined, rendition_path
from pirights.workflow.spool import Spool

LONGEST: Final = 4096
"""Pixels of the longer side of a copy that stands for an original."""

_NAMED: Final = 10
"""Exhibits of which a notice still tells the names of the files beside the numbers."""

_PLAIN: Final = frozenset({"text/plain", "text/csv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be shown of the pictures.

    Attributes:
        strip_location: Put a copy without any notes in the place of each picture that has some.
        masks: What to hide.
        with_originals: Put the originals into the bundle all the same, beside the copies.
    """

    strip_location: bool = False
    masks: tuple[Mask, ...] = ()
    with_originals: bool = False


EVERYTHING: Final = Wanted()
"""Originals as they are."""


def shown_less(
    pieces: Sequence[Piece], wanted: Wanted, spool: Spool
) -> tuple[tuple[Piece, ...], tuple[Message, ...]]:
    """Put copies into the places of pictures, and say what could not be looked into.

    The same picture kept twice is treated the same wherever it stands.

    Raises:
        BadInput: What is to be masked is no picture, or no copy of a picture can be made.
        NotFound: No such exhibit.
    """
    from pirights.render.exhibit_pages import PICTURES

    by_sum: dict[str, list[Mask]] = {}
    for mask in wanted.masks:
        exhibit = _found(pieces, mask)
        if exhibit.media_type not in PICTURES:
            raise BadInput(
                message(
                    "Exhibit {number} ({name}) is no picture; nothing of it can be masked.",
                    number=exhibit.folder,
                    name=exhibit.original_name,
                )
            )
        by_sum.setdefault(exhibit.sha256, []).append(mask)
    done: list[Piece] = []
    unseen: list[Exhibit] = []
    for piece in pieces:
        files: list[Piece] = []
        whys: list[tuple[Alteration, ...]] = []
        for file in piece.files:
            exhibit = file.exhibit
            masks = by_sum.get(exhibit.sha256, [])
            if exhibit.media_type not in PICTURES:
                unseen += [exhibit] if _may_tell_a_place(file) else []
            why = _why(file, masks, strip=wanted.strip_location and exhibit.media_type in PICTURES)
            whys.append(why)
            files.append(_altered(file, masks, why, wanted, spool) if why else file)
        held = _held(piece.exhibit.held, whys, beside=wanted.with_originals)
        files[0] = replace(files[0], exhibit=replace(files[0].exhibit, held=held))
        done.append(joined(files))
    return tuple(done), _notices(unseen) if wanted.strip_location else ()


def _found(pieces: Iterable[Piece], mask: Mask) -> Exhibit:
    found = next((one for one in pieces if one.exhibit.number == mask.exhibit), None)
    if found is None or not 1 <= mask.file <= len(found.files):
        place = f"/{mask.file}" if found is not None else ""
        raise NotFound(
            message("The case has no exhibit {number}.", number=f"E{mask.exhibit:03d}{place}"),
            hint=message("Run `pirights bundle exhibit REF` to see them."),
        )
    return found.files[mask.file - 1].exhibit


def _may_tell_a_place(piece: Piece) -> bool:
    return piece.role not in MADE_HERE and piece.exhibit.media_type not in _PLAIN


def _notices(unseen: Sequence[Exhibit]) -> tuple[Message, ...]:
    if not unseen:
        return ()
    return (
        message(
            "Only pictures are stripped of their location. Look for yourself whether these tell a "
            "place: {exhibits}.",
            exhibits=", ".join(
                f"{one.folder} {one.original_name}" if len(unseen) <= _NAMED else one.folder
                for one in unseen
            ),
        ),
    )


def _why(piece: Piece, masks: Sequence[Mask], *, strip: bool) -> tuple[Alteration, ...]:
    from pirights.evidence import picture_notes

    why = [Alteration.MASKED] if masks else []
    if strip and picture_notes.are_in(piece.content()):
        why.insert(0, Alteration.LOCATION_REMOVED)
    return tuple(why)


def _altered(
    piece: Piece, masks: Sequence[Mask], why: tuple[Alteration, ...], wanted: Wanted, spool: Spool
) -> Piece:
    exhibit = piece.exhibit
    rendition = _copy(piece, masks, spool)
    if wanted.with_originals:
        return replace(piece, rendition=rendition)
    return replace(
        piece,
        rendition=rendition,
        exhibit=replace(
            exhibit,
            path=rendition_path(exhibit),
            media_type="image/jpeg",
            size=rendition.size,
            sha256=rendition.sha256,
            withheld=Withheld(
                sha256=exhibit.sha256, size=exhibit.size, media_type=exhibit.media_type, why=why
            ),
        ),
    )


def _copy(piece: Piece, masks: Sequence[Mask], spool: Spool) -> Rendition:
    from pirights.render.raster import DEFAULT_LIMITS, Kind, PageImage, pictures_of

    boxes = [mask.box for mask in masks]
    made = pictures_of(
        piece.content(),
        kind=Kind.PICTURE,
        limits=replace(DEFAULT_LIMITS, longest_side=LONGEST),
        orders={"masks": boxes},
    )
    page = made.pages[0] if made.pages else made.refused
    if made.refused is not None or not isinstance(page, PageImage):
        refused = made.refused or page
        raise BadInput(
            message(
                "No copy of exhibit {number} ({name}) can be made: {reason}",
                number=piece.exhibit.folder,
                name=piece.exhibit.original_name,
                reason=getattr(refused, "words", ""),
            ),
            hint=message("Take the file out of the case, or build the bundle without this option."),
        )
    return rendered(
        page.jpeg,
        source=piece.exhibit.sha256,
        longest=LONGEST,
        more=tuple(f"mask:{','.join(f'{side:g}' for side in box)}" for box in boxes),
        spool=spool,
    )


def rendered(
    jpeg: bytes, *, source: str, longest: int, spool: Spool, more: tuple[str, ...] = ()
) -> Rendition:
    """Keep a picture that was made from an original, and say how it was made.

    Args:
        jpeg: Its octets.
        source: The SHA-256 of the original.
        longest: Pixels that its longer side has at most.
        spool: Where it is kept.
        more: What was done to it besides.
    """
    return Rendition(
        content=spool.keep(jpeg),
        sha256=hashlib.sha256(jpeg).hexdigest(),
        size=len(jpeg),
        source_sha256=source,
        done=("upright", "srgb", f"longest-side:{longest}", "no-notes", *more, "jpeg"),
    )


def _held(held: Words, whys: Sequence[Sequence[Alteration]], *, beside: bool) -> Words:
    """Say in the column of originals what lies in the bundle, by what was done to each file."""
    why = [one for one in Alteration if any(one in each for each in whys)]
    if not why:
        return held
    zh = "、".join(one.words.zh for one in why)
    en = ", ".join(one.words.en for one in why)
    if beside:
        return Words(zh=f"另附副本（{zh}）；{held.zh}", en=f"With a copy ({en}). {held.en}")
    places = [str(place) for place, each in enumerate(whys, start=1) if each]
    if len(places) < len(whys):
        these = Words(zh=f"第{'、'.join(places)}份文件", en=f"File {', '.join(places)}")
        return Words(
            zh=f"{these.zh}为副本（{zh}），其原件未入包；{held.zh}",
            en=f"{these.en}: copy ({en}); its original is not in the bundle. {held.en}",
        )
    return Words(
        zh=f"副本（{zh}），原件未入包；{held.zh}",
        en=f"Copy ({en}); the original is not in the bundle. {held.en}",
    )
