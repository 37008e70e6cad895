"""All letters of a run in one file to print: on both sides, each begins on a sheet of its own."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pirights.batch.index import IndexRow
from pirights.domain.batch_row import MadeFile
from pirights.domain.document import Language
from pirights.errors import Message, message
from pirights.workflow.papers import growing

if TYPE_CHECKING:
    from pirights.render.own_pdf import OwnPdf

NAME: Final = "print.pdf"
_TITLE: Final = {Language.ZH: "待打印的文书", Language.EN: "Letters to print"}
_NAMED: Final = 20
"""Files left out that are named, each with its reason; more are counted."""


@dataclass(slots=True, kw_only=True)
class _LeftOut:
    """What is not in the file, named in bounded room."""

    named: list[Message] = field(default_factory=list)
    count: int = 0

    def note(self, said: Message) -> None:
        self.count += 1
        if self.count <= _NAMED:
            self.named.append(said)

    @property
    def told(self) -> tuple[Message, ...]:
        more = self.count - len(self.named)
        if not more:
            return tuple(self.named)
        return (*self.named, message("More files that are not in print.pdf: {count}.", count=more))


def write(
    out: Path,
    rows: Callable[[], Iterable[IndexRow]],
    *,
    on: date,
    zone: str,
    progress: Callable[[int], None] = lambda _: None,
) -> tuple[Message, ...]:
    """Join the PDFs of all letters, each with what goes with it; return what was left out, and why.

    A file that is missing or is not what was made any more is left out; with a letter, what goes
    with it. Every paper has an even number of pages, the last one blank if need be. Where there is
    nothing to print, there is no such file, and none remains from before.

    Args:
        out: The folder of the run.
        rows: Gives the rows, in the order of the sheet.
        on: The day of the run, for the file's metadata.
        zone: In which `on` is a day.
        progress: Told the number of letters so far.

    Raises:
        BadInput: The folder cannot be written to.
    """
    from pirights.render.joined import FURTHEST, JoinedPapers
    from pirights.render.own_pdf import NotOurs

    left_out = _LeftOut()
    letters = _letters(out, rows(), left_out)
    first = next(letters, None)
    if first is None:
        with suppress(OSError):
            (out / NAME).unlink()
        return left_out.told
    said = first[0].letters
    title = _TITLE[said.languages[0]]
    with growing(out / NAME) as file:
        joined = JoinedPapers(file, title=title, letters=said, on=on, zone=zone)
        for count, (row, papers) in enumerate(chain([first], letters), 1):
            if joined.length > FURTHEST:
                left_out.note(message("print.pdf is full; it ends before {ref}.", ref=row.ref))
                break
            try:
                joined.add(papers[0], bookmark=f"{row.key} · {row.ref}")
                for paper in papers[1:]:
                    joined.add(paper)
            except NotOurs:
                left_out.note(_unjoined(row.files[0]))
            progress(count)
        joined.close()
    return left_out.told


def _letters(
    out: Path, rows: Iterable[IndexRow], left_out: _LeftOut
) -> Iterator[tuple[IndexRow, list["OwnPdf"]]]:
    """Give each letter that is there, and behind it what goes with it."""
    for row in rows:
        pdfs = [made for made in row.files if made.path.endswith(".pdf")]
        own = [made for made in pdfs if not made.enclosure]
        found = [_read(out, made, left_out) for made in own]
        if found and all(found):
            found += [_read(out, made, left_out) for made in pdfs if made.enclosure]
            yield row, [paper for paper in found if paper]


def _read(out: Path, made: MadeFile, left_out: _LeftOut) -> "OwnPdf | None":
    """Read a file, if it is still the one that was made."""
    from pirights.render.own_pdf import NotOurs, OwnPdf

    path = out / made.path
    try:
        if not path.is_file():
            left_out.note(message("{file} is missing; it is not in print.pdf.", file=made.path))
            return None
        with path.open("rb") as file:
            data = file.read(made.size + 1)
    except OSError as wrong:
        left_out.note(
            message(
                "{file} cannot be read ({problem}); it is not in print.pdf.",
                file=made.path,
                problem=wrong.strerror,
            )
        )
        return None
    if sha256(data).hexdigest() == made.sha256:
        try:
            return OwnPdf(data)
        except NotOurs:
            left_out.note(_unjoined(made))
            return None
    left_out.note(
        message("{file} was changed since it was made; it is not in print.pdf.", file=made.path)
    )
    return None


def _unjoined(made: MadeFile) -> Message:
    return message("{file} cannot be joined; it is not in print.pdf.", file=made.path)
