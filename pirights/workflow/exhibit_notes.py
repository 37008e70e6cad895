"""The owner's words on the exhibits of a case: title, purpose, group, who keeps the original."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pirights.domain.bundle import Exhibit, Group
from pirights.domain.exhibit_note import ExhibitNote
from pirights.domain.text import one_line
from pirights.errors import BadInput, NotFound, message
from pirights.workflow import cases, exhibits, joining
from pirights.workflow.desk import Desk
from pirights.workflow.piece import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The exhibits that a bundle of this moment would have.

    Attributes:
        own: The numbers of those on which the owner has words of their own.
    """

    ref: str
    exhibits: tuple[Exhibit, ...]
    own: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An exhibit before and after a change; with another group it may have another number."""

    ref: str
    before: Exhibit
    after: Exhibit


def listed(desk: Desk, ref: str, which: str | None = None) -> Listed:
    """List the exhibits of a case, or only one of them.

    Args:
        desk: The vault.
        ref: The case.
        which: Its number as in `E003`, or the name of its file; None for all.

    Raises:
        BadInput: Several exhibits have that name.
        NotFound: No such case, or no such exhibit in it.
    """
    shown = cases.show(desk, ref)
    pieces = exhibits.gathered(desk, shown)
    keys = {note.key for note in shown.standing.case.exhibit_notes}
    found = pieces if which is None else (_found(pieces, which),)
    return Listed(
        ref=shown.standing.case.ref,
        exhibits=tuple(one.exhibit for one in found),
        own=frozenset(one.exhibit.number for one in found if one.key in keys),
    )


def describe(  # noqa: PLR0913 (each is needed once)
    desk: Desk,
    ref: str,
    which: str,
    *,
    words: Mapping[str, str],
    group: Group | None = None,
    reset: bool = False,
    more: Sequence[str] = (),
) -> Described:
    """Say something else of an exhibit than its kind suggests.

    Args:
        desk: The vault.
        ref: The case.
        which: As in `listed`.
        words: By the fields of `ExhibitNote`; an empty text takes the suggested one again.
        group: Where it stands in the catalogue; None leaves it.
        reset: Forget first whatever was said before, and what was joined.
        more: Exhibits whose files follow as further files of this one.

    Raises:
        BadInput: A text is too long or holds control characters; several have that name; what is
            to be joined cannot be.
        NotFound: No such case, or no such exhibit in it.
    """
    shown = cases.show(desk, ref)
    case = shown.standing.case
    pieces = exhibits.gathered(desk, shown)
    piece = _found(pieces, which)
    others = [_found(pieces, other) for other in more]
    kept = {note.key: note for note in case.exhibit_notes}
    before = (
        ExhibitNote(key=piece.key) if reset else kept.get(piece.key, ExhibitNote(key=piece.key))
    )
    told: dict[str, Any] = {name: one_line(text, field=name) for name, text in words.items()}
    note = replace(before, **told, group=group or before.group)
    if others:
        note = joining.with_more(note, piece, others)
    for other in others:  # what it was joined with is named in the new note
        if other.key in kept:
            kept[other.key] = replace(kept[other.key], joins=())
    kept[piece.key] = note
    notes = tuple(one for one in kept.values() if one != ExhibitNote(key=one.key))
    if notes != case.exhibit_notes:
        with desk.vault.change(now=desk.now) as change:
            change.replace(replace(case, exhibit_notes=notes), kind="case.exhibit")
    after = exhibits.gathered(desk, cases.show(desk, ref))
    return Described(
        ref=case.ref,
        before=piece.exhibit,
        after=next(one.exhibit for one in after if one.key == piece.key),
    )


def _names(piece: Piece) -> frozenset[str]:
    return frozenset(one.exhibit.original_name for one in piece.files)


def _found(pieces: tuple[Piece, ...], which: str) -> Piece:
    number = re.fullmatch(r"E?0*([0-9]{1,6})", which.strip(), re.IGNORECASE)
    found = [
        one
        for one in pieces
        if (one.exhibit.number == int(number[1]) if number else which in _names(one))
    ]
    if not found:
        raise NotFound(
            message("The case has no exhibit {number}.", number=which),
            hint=message("Run `pirights bundle exhibit REF` to see them."),
        )
    if len(found) > 1:
        raise BadInput(
            message(
                "Several exhibits are files of that name: {exhibits}.",
                exhibits=", ".join(one.exhibit.folder for one in found),
            ),
            hint=message("Name the exhibit by its number, such as {number}.", number="E003"),
        )
    return found[0]
