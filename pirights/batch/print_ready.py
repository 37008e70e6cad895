"""All letters of a run in one file to print: on both sides, each begins on a sheet of its own."""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from pirights.batch.index import IndexRow
from pirights.domain.batch_row import MadeFile
from pirights.domain.document import Language, Letters
from pirights.errors import Message, message
from pirights.workflow.papers import growing

if TYPE_CHECKING:
    from pirights.render.joined import JoinedPapers
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


class PrintReady:
    """The file as it grows: letter by letter, in the order of the sheet; `close` comes last.

    A file that is missing or is not what was made any more is left out; with a letter, what goes
    with it. Every paper has an even number of pages, the last one blank if need be. Only when it
    is closed does it take the place of an earlier one; where an error comes first, that one stays.
    """

    def __init__(self, out: Path, *, on: date, zone: str) -> None:
        """Touch nothing yet.

        Args:
            out: The folder of the run.
            on: The day of the run, for the file's metadata.
            zone: In which `on` is a day.
        """
        self._out: Final = out
        self._on: Final = on
        self._zone: Final = zone
        self._left_out: Final = _LeftOut()
        self._stack: Final = ExitStack()
        self._joined: JoinedPapers | None = None
        self._is_full = False

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop what was not closed."""
        self._stack.__exit__(kind, error, trace)

    def add(self, row: IndexRow, octets: Sequence[bytes] = ()) -> None:
        """Add a letter with what goes with it, behind those before it.

        Args:
            row: The letter.
            octets: Of its files, in their order, if they are at hand; else they are read.

        Raises:
            BadInput: The folder cannot be written to.
        """
        from pirights.render.joined import FURTHEST
        from pirights.render.own_pdf import NotOurs

        if self._is_full:
            return
        papers = self._papers(row, octets)
        if not papers:
            return
        joined = self._joined = self._joined or self._begun(row.letters)
        if joined.length > FURTHEST:
            self._is_full = True
            self._left_out.note(message("print.pdf is full; it ends before {ref}.", ref=row.ref))
            return
        try:
            joined.add(papers[0], bookmark=f"{row.key} · {row.ref}")
            for paper in papers[1:]:
                joined.add(paper)
        except NotOurs:
            self._left_out.note(_unjoined(row.files[0]))

    def close(self) -> tuple[Message, ...]:
        """Finish the file; return what was left out, and why.

        Where there is nothing to print, there is no such file, and none remains from before.

        Raises:
            BadInput: The folder cannot be written to.
        """
        if self._joined is None:
            with suppress(OSError):
                (self._out / NAME).unlink()
        else:
            self._joined.close()
        self._stack.close()
        return self._left_out.told

    def _begun(self, said: Letters) -> "JoinedPapers":
        from pirights.render.joined import JoinedPapers

        file = self._stack.enter_context(growing(self._out / NAME))
        title = _TITLE[said.languages[0]]
        return JoinedPapers(file, title=title, letters=said, on=self._on, zone=self._zone)

    def _papers(self, row: IndexRow, octets: Sequence[bytes]) -> list["OwnPdf"]:
        """Give a letter, if all of it is there, and behind it what goes with it."""
        pdfs = [
            (made, data)
            for made, data in zip_longest(row.files, octets)
            if made.path.endswith(".pdf")
        ]
        own = [self._paper(made, data) for made, data in pdfs if not made.enclosure]
        if not own or not all(own):
            return []
        beside = [self._paper(made, data) for made, data in pdfs if made.enclosure]
        return [paper for paper in (*own, *beside) if paper]

    def _paper(self, made: MadeFile, data: bytes | None) -> "OwnPdf | None":
        from pirights.render.own_pdf import NotOurs, OwnPdf

        try:
            octets = data or _read(self._out, made)
            return OwnPdf(octets)
        except NotOurs:
            self._left_out.note(_unjoined(made))
        except _NotThere as wrong:
            self._left_out.note(wrong.said)
        return None


class _NotThere(Exception):
    """A file that is not, or no longer, what was made."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.text)
        self.said: Final = said


def _read(out: Path, made: MadeFile) -> bytes:
    """Read a file.

    Raises:
        _NotThere: It is missing, not to be read, or not the one that was made.
    """
    path = out / made.path
    try:
        if not path.is_file():
            raise _NotThere(message("{file} is missing; it is not in print.pdf.", file=made.path))
        with path.open("rb") as file:
            data = file.read(made.size + 1)
    except OSError as wrong:
        raise _NotThere(
            message(
                "{file} cannot be read ({problem}); it is not in print.pdf.",
                file=made.path,
                problem=wrong.strerror,
            )
        ) from wrong
    if sha256(data).hexdigest() != made.sha256:
        raise _NotThere(
            message("{file} was changed since it was made; it is not in print.pdf.", file=made.path)
        )
    return data


def _unjoined(made: MadeFile) -> Message:
    return message("{file} cannot be joined; it is not in print.pdf.", file=made.path)
