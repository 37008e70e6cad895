"""One result, two renderings: text for people, one JSON object for programs."""

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import PurePath
from typing import BinaryIO, Final, TypeAlias

from pirights.cli.language import N_, Language, Voice
from pirights.cli.layout import cells, columns, folded, pad, sentences, wrap
from pirights.domain.text import visible
from pirights.domain.words import Words as BothLanguages
from pirights.errors import Message, PirightsError, message

ENVELOPE: Final = 1
"""The version of the JSON envelope; raised when a promised key changes its meaning."""

_TO_ESCAPE: Final = "[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
"""What `json` leaves as it is (it escapes C0 itself): DEL, C1, separators, bidi, surrogates."""

_INDENT: Final = 4
"""Cells by which a value stands in below its label."""

_STYLES: Final = {"bold": "1", "red": "1;31", "yellow": "33", "dim": "2"}
"""SGR parameters of ECMA-48."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. Headings are marked with `N_`; cells are values of any kind.

    Attributes:
        wraps: On a narrow screen a long cell goes on in the next line, and is not cut.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels (marked with `N_`) and their values, one a line; empty values are left out."""

    pairs: Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Words:
    """Foreign text of several lines, set in; shown, never obeyed."""

    text: str


Block: TypeAlias = Message | Table | Facts | Words


class Screen:
    """Where results and notices go, and how they look there."""

    def __init__(self, out: BinaryIO | None, err: BinaryIO | None) -> None:
        self.voice = Voice(Language.EN)
        self.as_json = False
        self.plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        self._out = out
        self._err = err

    def result(self, kind: str, data: Mapping[str, object], *blocks: Block) -> None:
        """Write a command's result, whole, at its end."""
        if self.as_json:
            self._write(self._envelope(kind, data))
        else:
            self.text(*blocks)

    def text(self, *blocks: Block) -> None:
        """Write blocks for people, also under `--json` (the answer to `--help`)."""
        lines = [line for block in blocks for line in self._lines(block)]
        if lines:
            self._write("\n".join(lines) + "\n")

    def raw(self, text: str, *, to_stderr: bool = False) -> None:
        """Write a finished text, such as a help page."""
        (self._tell if to_stderr else self._write)(text)

    def notice(self, what: Message, *, hint: Message | None = None) -> None:
        """Say something beside the result, on stderr."""
        self._aside("Notice", what, hint=hint)

    def warn(self, what: Message, *, hint: Message | None = None) -> None:
        """Say something that the user should look at, on stderr; it stops nothing."""
        self._aside("Warning", what, hint=hint)

    def command(self, command: str) -> None:
        """Say the command that does the same, in one line, however long: it is for copying."""
        said = message("The same as a command: {command}", command=command)
        if self.as_json:
            self.notice(said)
        else:
            self._tell(self.voice.say(said) + "\n")

    def error(self, error: PirightsError) -> None:
        """Say why the act stopped, and what to do next, on stderr."""
        known = {"code": error.exit_code, "name": error.name}
        self._aside("Error", error.message, hint=error.hint, **{**error.details, **known})

    def style(self, text: str, style: str, *, to_stderr: bool = False) -> str:
        """Colour a text where that is wanted and the stream is a terminal."""
        if self.plain or not _is_terminal(self._err if to_stderr else self._out):
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"

    @property
    def width(self) -> int | None:
        """Cells in a line of the terminal; None where the result goes to a file or a pipe."""
        return shutil.get_terminal_size().columns if _is_terminal(self._out) else None

    def _aside(self, kind: str, what: Message, *, hint: Message | None, **more: object) -> None:
        if self.as_json:
            data = {
                **more,
                "message": self.voice.say(what),
                "hint": self.voice.say(hint) if hint else None,
            }
            self._tell(self._envelope(kind, data))
            return
        label = self.voice.text({"Error": N_("Error:"), "Warning": N_("Warning:")}.get(kind, ""))
        colour = "red" if kind == "Error" else "yellow"
        room = shutil.get_terminal_size().columns if _is_terminal(self._err) else None
        said = sentences([label, self.voice.say(what)])
        lines = wrap(said, room) if room else said.split("\n")
        if label:
            lines[0] = self.style(label, colour, to_stderr=True) + lines[0].removeprefix(label)
        if hint:
            told = self.voice.say(hint)
            lines += ["  " + line for line in (wrap(told, room - 2) if room else [told])]
        self._tell("\n".join(lines) + "\n")

    def _envelope(self, kind: str, data: Mapping[str, object]) -> str:
        import json

        whole = {"pirights": ENVELOPE, "kind": kind, "data": self._plain(data)}
        text = json.dumps(whole, ensure_ascii=False, separators=(", ", ": "))
        return re.sub(_TO_ESCAPE, lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"

    def _plain(self, value: object) -> object:
        """Turn a value into what JSON knows. Sentences are said in the user's language."""
        if isinstance(value, Message):
            return self.voice.say(value)
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, BothLanguages):
            return self.voice.value(value)
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, PurePath):
            return str(value)
        if isinstance(value, Mapping):
            return {str(key): self._plain(one) for key, one in value.items()}
        if isinstance(value, Iterable):
            return [self._plain(one) for one in value]
        raise TypeError(type(value).__name__)

    def _lines(self, block: Block) -> list[str]:
        match block:
            case Message():
                return self._wrapped(self.voice.say(block))
            case Words(text):
                shown = visible(text, keep="\n\t")
                lines = wrap(shown, self.width - 2) if self.width else shown.split("\n")
                return ["  " + line for line in lines]
            case Facts(pairs):
                return self._facts(pairs)
            case Table(head, rows, wraps):
                return self._table(head, rows, wraps=wraps)

    def _wrapped(self, text: str) -> list[str]:
        return wrap(text, self.width) if self.width else text.split("\n")

    def _facts(self, pairs: Sequence[tuple[str, object]]) -> list[str]:
        shown = [(self.voice.text(label), self._cell(value)) for label, value in pairs]
        shown = [(label, value) for label, value in shown if value]
        column = max((cells(label) for label, _ in shown), default=0)
        if self.width and column > self.width // 2:
            return self._stacked(shown, self.width)
        lines = []
        for label, value in shown:
            room = max(20, self.width - column - 2) if self.width else None
            if room and self.width and _needs_own_line(value, room, self.width - _INDENT):
                lines += [self.style(label, "dim"), " " * _INDENT + value]
                continue
            first, *rest = wrap(value, room) if room else [value]
            lines.append(self.style(pad(label, column), "dim") + "  " + first)
            lines.extend(" " * (column + 2) + line for line in rest)
        return lines

    def _stacked(self, shown: Sequence[tuple[str, str]], width: int) -> list[str]:
        """Set each value below its label, where the labels take more than half of the screen."""
        lines = []
        for label, value in shown:
            lines.append(self.style(label, "dim"))
            lines.extend(" " * _INDENT + line for line in wrap(value, max(20, width - _INDENT)))
        return lines

    def _table(
        self, head: Sequence[str], rows: Sequence[Sequence[object]], *, wraps: bool
    ) -> list[str]:
        text = [[self._cell(cell) for cell in row] for row in rows]
        headings = [self.voice.text(label) for label in head]
        first, *others = (folded if wraps else columns)([headings, *text], width=self.width)
        return [
            self.style("  ".join(first).rstrip(), "bold"),
            *("  ".join(row).rstrip() for row in others),
        ]

    def _cell(self, value: object) -> str:
        if isinstance(value, (list, tuple)):
            return self.voice.text(N_(", ")).join(self.voice.value(one) for one in value)
        return self.voice.value(value)

    def _tell(self, text: str) -> None:
        """Write to stderr. If nobody can read it, the act goes on all the same."""
        try:
            _written(self._err, text)
        except OSError:
            _silence(self._err)

    def _write(self, text: str) -> None:
        """Write to stdout. A reader who has seen enough (`| head`) is no error.

        Raises:
            OSError: The text could not be kept, as on a full disk.
        """
        try:
            _written(self._out, text)
        except BrokenPipeError:
            _silence(self._out)
        except OSError:
            _silence(self._out)
            raise


def _needs_own_line(value: str, beside: int, below: int) -> bool:
    """Say whether a sum or a path fits whole below its label only, where it can be copied."""
    return beside < len(value) <= below and re.fullmatch(r"[!-~]+", value) is not None


def _written(stream: BinaryIO | None, text: str) -> None:
    if stream is not None:
        stream.write(text.encode("utf-8", "backslashreplace"))
        stream.flush()


def _silence(stream: BinaryIO | None) -> None:
    """Point a broken stream at nothing, or the interpreter stumbles over it at its end."""
    if stream is not None:
        with contextlib.suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _is_terminal(stream: BinaryIO | None) -> bool:
    return stream is not None and stream.isatty()


def standard_streams() -> tuple[BinaryIO | None, BinaryIO | None]:
    """Return stdout and stderr as streams of bytes, None for one that is closed."""
    return (
        sys.stdout.buffer if sys.stdout is not None else None,
        sys.stderr.buffer if sys.stderr is not None else None,
    )
