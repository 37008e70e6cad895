"""The files of each exhibit in a bundle: the original or its copy, and the sheet about them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata

from pirights import __version__, plain
from pirights.domain.bundle import Exhibit
from pirights.evidence.bag import Entry
from pirights.vault.attachments import octets_of_name
from pirights.workflow.binding import Bundled
from pirights.workflow.piece import Piece, Rendition, rendition_path


def entries(bundled: Bundled, *, strip_location: bool = False) -> Iterator[Entry]:
    """Give the files of every exhibit, in order.

    Args:
        bundled: The exhibits as they are bound.
        strip_location: Say nothing of where a photo was taken.
    """
    for piece, exhibit in zip(bundled.pieces, bundled.exhibits, strict=True):
        told: list[Mapping[str, object]] = []
        for part, file in zip(piece.files, exhibit.files, strict=True):
            rendition = bundled.renditions.get(file.path)
            if file.withheld is None:
                yield Entry(name=file.path, source=part.content)
            if rendition is not None:
                yield Entry(name=rendition_path(file), source=rendition.content)
            photo = _photo(part, file, strip_location=strip_location)
            of_file = facts(file, rendition, photo, typeset=part.text is not None)
            told.append(of_file | _exact_name(file, part.exhibit.original_name))
        yield Entry(
            name=f"exhibits/{exhibit.folder}/exhibit.json", source=sheet(exhibit.folder, told)
        )


def sheet(folder: str, files: Sequence[Mapping[str, object]]) -> bytes:
    """Write `exhibit.json`: the facts of its file, or under `files` those of several in order."""
    facts = files[0] if len(files) == 1 else {"files": files}
    told = {"exhibit": folder, **facts}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def facts(
    file: Exhibit, rendition: Rendition | None, photo: object, *, typeset: bool = False
) -> dict[str, object]:
    """Tell what a file was when it was taken in, and what was made of it."""
    return {
        "original_name": file.original_name,
        "size": file.size,
        "sha256": file.sha256,
        "media_type": file.media_type,
        "imported_at": plain.moment(file.imported_at),
        "photo": photo,
        "withheld": file.withheld and plain.to_plain(file.withheld),
        "derived": list(_derived(file, rendition, typeset=typeset)),
    }


def _exact_name(file: Exhibit, kept: str) -> dict[str, str]:
    """Give the octets of a name that is not shown as it is, in hex; nothing of any other."""
    octets = octets_of_name(kept)
    return {"original_name_hex": octets.hex()} if octets != file.original_name.encode() else {}


def _derived(
    exhibit: Exhibit, rendition: Rendition | None, *, typeset: bool
) -> Iterator[Mapping[str, object]]:
    tool = {"tool": "pirights", "version": __version__}
    if rendition is not None:
        yield {
            "file": rendition_path(exhibit),
            "sha256": rendition.sha256,
            "size": rendition.size,
            **tool,
            "with": f"Pillow {metadata.version('pillow')}",
            "source_sha256": rendition.source_sha256,
            "done": rendition.done,
        }
    is_pdf = exhibit.media_type == "application/pdf"
    yield {
        "file": "02-exhibits.pdf",
        "pages": exhibit.pages,
        **tool,
        "source_sha256": rendition.sha256 if rendition is not None else exhibit.sha256,
        "done": ["typeset" if typeset else "pages-as-pictures" if is_pdf else "on-pages"],
    }


def _photo(piece: Piece, exhibit: Exhibit, *, strip_location: bool) -> object:
    media_type = exhibit.withheld.media_type if exhibit.withheld else exhibit.media_type
    if not media_type.startswith("image/"):
        return None
    from pirights.evidence import photo

    found = photo.facts(
        b"".join(piece.content()),
        media_type,
        now=exhibit.imported_at,
        name=exhibit.original_name,
    )
    if strip_location:
        found = photo.without_place(found)
    return {
        "taken": found.taken.isoformat() if found.taken else None,
        "zone": found.offset or "unknown",
        "position": found.position,
        "datum": found.datum or "unknown",
        "flags": [str(flag) for flag in found.flags],
    }
