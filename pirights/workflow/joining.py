"""Several files as one exhibit: the parts of a chat, or what the owner joined."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from pirights.domain.bundle import Exhibit
from pirights.domain.exhibit_note import ExhibitNote
from pirights.domain.words import Words
from pirights.errors import BadInput, message
from pirights.workflow.piece import MADE_HERE, Piece, joined

MOST_FILES: Final = 500
"""Of one exhibit; a talk has no more parts either."""


def together(files: Sequence[Piece], title: Words) -> Piece:
    """Make one exhibit of files, which keep their own names at the heads of their pages."""
    first, *further = (replace(one, heading=one.heading or one.exhibit.title) for one in files)
    return joined([replace(first, exhibit=replace(first.exhibit, title=title)), *further])


def as_told(pieces: Sequence[Piece], notes: Mapping[str, ExhibitNote]) -> list[Piece]:
    """Join what the owner joined; what is no longer in the case is left out."""
    by_key = {one.key: one for one in pieces}
    for key, note in notes.items():
        taken = [by_key.pop(other) for other in note.joins if key in by_key and other in by_key]
        if taken:
            head = by_key[key]
            files = [file for one in (head, *taken) for file in one.files]
            by_key[key] = together(files, head.exhibit.title)
    return [by_key[one.key] for one in pieces if one.key in by_key]


def with_more(note: ExhibitNote, piece: Piece, others: Iterable[Piece]) -> ExhibitNote:
    """Note that other exhibits follow one as further files of it.

    Raises:
        BadInput: One of them is a paper that is made for the bundle, or stands there twice; the
            files are too many.
    """
    found = [piece, *others]
    for one in found:
        if one.role in MADE_HERE:
            raise BadInput(
                message(
                    "Exhibit {number} is written by pirights and stays an exhibit of its own.",
                    number=one.exhibit.folder,
                ),
                hint=message("Only files that you kept can be joined."),
            )
    keys = [file.key for one in found for file in one.files]
    if len(set(keys)) < len(keys):
        raise BadInput(message("An exhibit cannot be joined to itself, or twice."))
    if len(keys) > MOST_FILES:
        raise BadInput(message("An exhibit has at most {most} files.", most=MOST_FILES))
    more = keys[len(piece.files) :]
    return replace(note, joins=(*note.joins, *more))


def placed(piece: Piece, numbered: Exhibit, called: Callable[[Exhibit], Exhibit]) -> Piece:
    """Give an exhibit's files their number and their places in the bag, and say how many they are.

    Args:
        piece: The exhibit.
        numbered: As it stands in the catalogue.
        called: Calls the person what the catalogue calls them.
    """
    files = piece.files
    several = len(files) > 1
    done: list[Piece] = []
    for place, file in enumerate(files, start=1):
        told = (
            numbered
            if place == 1
            else replace(file.exhibit, number=numbered.number, group=numbered.group)
        )
        name = f"original-{place:02d}" if several else "original"
        suffix = PurePath(told.path).suffix
        exhibit = replace(told, path=f"exhibits/{numbered.folder}/{name}{suffix}", further=())
        done.append(replace(file, exhibit=called(exhibit)))
    if several:
        first, sources = done[0], list(dict.fromkeys(one.exhibit.source for one in done))
        title = first.exhibit.title
        exhibit = replace(
            first.exhibit,
            title=Words(
                zh=f"{title.zh}（共{len(done)}份文件）", en=f"{title.en} ({len(done)} files)"
            ),
            source=Words(
                zh="；".join(one.zh for one in sources), en="; ".join(one.en for one in sources)
            ),
        )
        done[0] = replace(first, exhibit=exhibit)
    return joined(done)
