"""Building the evidence bundle of a case, and checking any bundle."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pirights import canonical_json, plain
from pirights.domain import bundle_papers
from pirights.domain.bundle import Exhibit
from pirights.domain.catalogue import catalogue_csv, catalogue_json, catalogue_rows
from pirights.domain.document import Document
from pirights.errors import BadInput, Message, message
from pirights.evidence import bag, verify
from pirights.evidence.bag import Entry
from pirights.evidence.findings import Verdict
from pirights.workflow import binding, cases, exhibits, timeline
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk
from pirights.workflow.exhibits import Piece
from pirights.workflow.papers import write_whole

_PIECE: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished bundle.

    Attributes:
        root_sha256: What stands for the whole; printed on `root_sheet` for signing.
        stamped: A third party's time exists. None does yet in this version.
    """

    path: Path
    root_sheet: Path
    root_sha256: str
    exhibits: tuple[Exhibit, ...]
    pages: int
    files: int
    notices: tuple[Message, ...]
    stamped: bool = False


def build(
    desk: Desk, ref: str, *, out: Path, progress: Callable[[int], None] = lambda _: None
) -> Built:
    """Seal everything of a case into a folder, or a zip file where `out` ends so.

    Raises:
        BadInput: `out` exists or cannot be written; the disk is full.
        NotFound: No such case.
    """
    out = out.absolute()
    name = out.name.removesuffix(".zip")
    sheet = out.with_name(f"{name}-root.pdf")
    for path in (out, sheet):
        if path.exists() or path.is_symlink():
            raise BadInput(
                message("{file} exists already.", file=path),
                hint=message("Choose another name; a bundle is never overwritten."),
            )
    shown = cases.show(desk, ref)
    pieces = exhibits.gathered(desk, shown)
    case = shown.standing.case
    with _nameless(out.parent) as bound_copy:
        bound = binding.bound(desk, shown, pieces, bound_copy, progress)
        facts = binding.facts(desk, shown, bound, name=name)
        rows = catalogue_rows(bound.exhibits)
        table = catalogue_csv(rows)
        entries = [
            Entry(name="00-cover.pdf", source=_pdf(bundle_papers.cover(facts))),
            Entry(
                name="01-catalogue.pdf",
                source=_pdf(
                    bundle_papers.catalogue(
                        facts, bound.exhibits, shows=hashlib.sha256(table).hexdigest()
                    )
                ),
            ),
            Entry(name="01-catalogue.csv", source=table),
            Entry(name="01-catalogue.json", source=catalogue_json(rows)),
            Entry(name="02-exhibits.pdf", source=lambda: _again(bound_copy)),
            Entry(
                name="03-timeline.pdf",
                source=_pdf(bundle_papers.timeline(facts, timeline.events(shown, pieces))),
            ),
            Entry(name="custody/journal.jsonl", source=_journal(desk, shown)),
            *_texts(shown),
            *_originals(pieces, bound.exhibits),
        ]
        sealed = bag.write(out, entries, reference=case.ref, bagged_on=desk.today)
    write_whole(sheet, _pdf(bundle_papers.root_sheet(facts, sealed.root_sha256)))
    with desk.vault.change(now=desk.now) as change:
        change.note("bundle.built", case.ref, {"name": name, "root_sha256": sealed.root_sha256})
    return Built(
        path=sealed.path,
        root_sheet=sheet,
        root_sha256=sealed.root_sha256,
        exhibits=bound.exhibits,
        pages=bound.pages,
        files=sealed.files,
        notices=bound.notices,
    )


def check(path: Path, *, strict: bool = False, root: str | None = None) -> Verdict:
    """Check a bundle, or any bag. Needs no vault.

    Raises:
        BadInput: It is neither a folder nor a zip file.
        NotFound: There is nothing at the path.
    """
    from pirights.render.raster import text_of_pdf

    return verify.check(path, strict=strict, expected_root=root, catalogue_text=text_of_pdf)


def _pdf(document: Document) -> bytes:
    from pirights.render import pdf

    return pdf.to_bytes(document)


def _nameless(folder: Path) -> BinaryIO:
    """Open a file without a name beside the target: gone with this process, however it ends."""
    try:
        return tempfile.TemporaryFile(dir=folder)
    except OSError as wrong:
        raise BadInput(
            message("{file} cannot be written: {problem}.", file=folder, problem=wrong.strerror),
            hint=message("Choose a folder that exists and has room, with --out."),
        ) from wrong


def _again(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _journal(desk: Desk, shown: Shown) -> bytes:
    rows = exhibits.custody(desk, shown)
    return b"".join(canonical_json.canonical(plain.to_plain(row)) + b"\n" for row in rows)


def _texts(shown: Shown) -> Iterator[Entry]:
    from pirights.render.text import to_text

    for letter in shown.standing.letters:
        yield Entry(
            name=f"letters/{letter.number:02d}-{letter.kind}.txt",
            source=to_text(letter.document).encode(),
        )
    for reply in shown.standing.replies:
        if reply.text:
            yield Entry(name=f"replies/{reply.number:02d}.txt", source=reply.text.encode())


def _originals(pieces: tuple[Piece, ...], bound: tuple[Exhibit, ...]) -> Iterator[Entry]:
    for piece, exhibit in zip(pieces, bound, strict=True):
        yield Entry(name=exhibit.path, source=piece.content)
        pages = f"02-exhibits.pdf#{exhibit.pages}"
        yield Entry(
            name=f"exhibits/{exhibit.folder}/exhibit.json",
            source=exhibits.sheet(exhibit, [pages], _photo(piece)),
        )


def _photo(piece: Piece) -> object:
    if not piece.exhibit.media_type.startswith("image/"):
        return None
    from pirights.evidence import photo

    found = photo.facts(
        b"".join(piece.content()),
        piece.exhibit.media_type,
        now=piece.exhibit.imported_at,
        name=piece.exhibit.original_name,
    )
    return {
        "taken": found.taken.isoformat() if found.taken else None,
        "zone": found.offset or "unknown",
        "position": found.position,
        "datum": found.datum or "unknown",
        "flags": [str(flag) for flag in found.flags],
    }
