"""Building the evidence bundle of a case, and checking any bundle."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from pirights.domain import bundle_papers
from pirights.domain.bundle import Exhibit
from pirights.domain.catalogue import catalogue_csv, catalogue_json, catalogue_rows
from pirights.domain.document import Document
from pirights.domain.root_sheet import root_sheet
from pirights.errors import BadInput, Message, message
from pirights.evidence import bag, bag_output, unfinished, verify
from pirights.evidence.bag import Entry
from pirights.evidence.findings import Verdict
from pirights.workflow import (
    binding,
    bundled_exhibits,
    cases,
    custody_papers,
    exhibits,
    time_stamping,
    timeline,
    withholding,
)
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk
from pirights.workflow.papers import write_whole
from pirights.workflow.sealing import Sealing
from pirights.workflow.spool import Spool
from pirights.workflow.time_stamping import Authority, Stamp
from pirights.workflow.withholding import EVERYTHING, Wanted

_PIECE: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished bundle.

    Attributes:
        root_sha256: What stands for the whole; printed on `root_sheet` for signing.
        stamp: The third party's time that was kept with it; None if there is none.
        refusal: Why there is none although one was asked for.
        aside: Where an answer is kept that the bundle does not take; None if there is none.
    """

    path: Path
    root_sheet: Path
    root_sha256: str
    exhibits: tuple[Exhibit, ...]
    pages: int
    files: int
    notices: tuple[Message, ...]
    stamp: Stamp | None = None
    refusal: Message | None = None
    aside: Path | None = None

    @property
    def stamped(self) -> bool:
        """Say whether a third party's time was kept with it."""
        return self.stamp is not None


def build(  # noqa: PLR0913 (what a bundle is made of, and how)
    desk: Desk,
    ref: str,
    *,
    out: Path,
    progress: Callable[[int], None] = lambda _: None,
    tsa: Authority | None = None,
    wanted: Wanted = EVERYTHING,
) -> Built:
    """Seal everything of a case into a folder, or a zip file where `out` ends so.

    Where a time-stamp authority is named, it is asked to stamp the root. Without its answer the
    bundle is made all the same, and a notice says why it has no third party's time.

    Raises:
        BadInput: `out` exists and is no empty folder, or cannot be written; the disk is full; no
            copy can be made of a picture of which less is to be shown.
        NotFound: No such case, or no such exhibit in it.
    """
    out = out.absolute()
    name = out.name.removesuffix(".zip")
    sheet = out.with_name(f"{out.name}-root.pdf")
    empty = bag_output.gives_way(out)
    for path in (sheet,) if empty else (out, sheet):
        if path.exists() or path.is_symlink():
            raise BadInput(
                message("{file} exists already.", file=path),
                hint=message("Choose another name; a bundle is never overwritten."),
            )
    shown = cases.show(desk, ref)
    pieces = exhibits.gathered(desk, shown)
    case = shown.standing.case
    sealing = Sealing(tsa, out, now=desk.now)
    with _nameless(out.parent) as bound_copy, _nameless(out.parent) as aside:
        spool = Spool(aside)
        pieces, unseen = withholding.shown_less(pieces, wanted, spool)
        bound = binding.bound(desk, shown, pieces, bound_copy, progress, spool)
        facts = binding.facts(desk, shown, bound, name=name)
        custody = custody_papers.of(desk, shown, tsa.roots if tsa else time_stamping.trusted(()))
        rows = catalogue_rows(bound.exhibits)
        data = {"01-catalogue.csv": catalogue_csv(rows), "01-catalogue.json": catalogue_json(rows)}
        sums = {name: hashlib.sha256(octets).hexdigest() for name, octets in data.items()}
        entries = [
            Entry(name="00-cover.pdf", source=_pdf(bundle_papers.cover(facts))),
            Entry(
                name="01-catalogue.pdf",
                source=_pdf(bundle_papers.catalogue(facts, bound.exhibits, sums=sums)),
            ),
            *(Entry(name=name, source=octets) for name, octets in data.items()),
            Entry(name="02-exhibits.pdf", source=lambda: _again(bound_copy)),
            Entry(
                name="03-timeline.pdf",
                source=_pdf(
                    bundle_papers.timeline(facts, timeline.events(shown, pieces, custody.written))
                ),
            ),
            *custody.entries,
            *_texts(shown),
            *bundled_exhibits.entries(bound, strip_location=wanted.strip_location),
        ]
        sealed = bag.write(
            out, entries, reference=case.ref, bagged_on=desk.today, attest=sealing.attest
        )
    signing = root_sheet(facts, sealed.root_sha256, third_party_time=sealing.confirmed)
    with ExitStack() as undo:  # bundle, sheet and row in the journal: all of them or none
        if empty:
            undo.callback(out.mkdir)
        undo.callback(unfinished.remove, sealed.path)
        write_whole(sheet, _pdf(signing))
        undo.callback(unfinished.remove, sheet)
        if sealing.aside is not None:
            answer, kept = sealing.aside
            write_whole(kept, answer.token)
            undo.callback(unfinished.remove, kept)
        with desk.vault.change(now=desk.now) as change:
            change.note("bundle.built", case.ref, {"name": name, "root_sha256": sealed.root_sha256})
            sealing.note(change, case.ref)
        undo.pop_all()
    return Built(
        path=sealed.path,
        root_sheet=sheet,
        root_sha256=sealed.root_sha256,
        exhibits=bound.exhibits,
        pages=bound.pages,
        files=sealed.files,
        notices=(*bound.notices, *unseen, *sealing.warnings),
        stamp=sealing.stamp,
        refusal=sealing.refusal.message if sealing.refusal else None,
        aside=sealing.aside[1] if sealing.aside else None,
    )


def check(
    path: Path,
    *,
    strict: bool = False,
    root: str | None = None,
    tsa_roots: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Verdict:
    """Check a bundle, or any bag. Needs no vault, and no network.

    Args:
        path: The folder or zip file.
        strict: Hold any bag to the rules of our own.
        root: The root that was kept elsewhere.
        tsa_roots: Root certificates that the user trusts for time stamps.
        now: To tell that an authority's certificate has expired since.

    Raises:
        BadInput: It is neither a folder nor a zip file.
        NotFound: There is nothing at the path.
    """
    from pirights.render.raster import text_of_pdf

    return verify.check(
        path,
        strict=strict,
        expected_root=root,
        catalogue_text=text_of_pdf,
        roots=tsa_roots,
        now=now,
    )


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
