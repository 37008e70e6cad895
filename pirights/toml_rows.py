"""Rows of a TOML file that pirights ships: read field by field, each fault named with its line."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import tomli

from pirights.domain.words import Words
from pirights.errors import BadInput, Message, message

_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One table of a file.

    Attributes:
        table: The name of its heading, empty for the top of the file.
        place: How many tables of that name stand before it.
    """

    data: Mapping[str, object]
    path: Path
    table: str = ""
    place: int = 0

    def fault(self, field: str, problem: Message) -> BadInput:
        """Say what is wrong with a field, naming file and line."""
        return malformed(self.path, self._line(field), field, problem)

    def only(self, known: AbstractSet[str]) -> None:
        """Refuse a field that nobody reads: a misspelt one would be lost in silence.

        Raises:
            BadInput: There is one.
        """
        for name in self.data:
            if name not in known:
                raise self.fault(name, message("no such field"))

    def text(self, field: str) -> str:
        """Read a text that must be there and not empty.

        Raises:
            BadInput: It is not.
        """
        value = self.data.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(field, message("a text is missing"))
        return value

    def text_or_none(self, field: str) -> str:
        """Read a text that may be missing or empty."""
        return self.text(field) if self.data.get(field, "") != "" else ""

    def words(self, stem: str) -> Words:
        """Read a text in both languages, `<stem>_zh` and `<stem>_en`; `zh` and `en` without stem.

        Raises:
            BadInput: One of the two is missing.
        """
        zh, en = (f"{stem}_{language}" if stem else language for language in ("zh", "en"))
        return Words(zh=self.text(zh), en=self.text(en))

    def words_or_none(self, stem: str) -> Words | None:
        """Read a text in both languages, or in neither.

        Raises:
            BadInput: It is there in one language only.
        """
        if f"{stem}_zh" in self.data or f"{stem}_en" in self.data:
            return self.words(stem)
        return None

    def day(self, field: str) -> date:
        """Read a date.

        Raises:
            BadInput: It is missing, or is something else, a moment too.
        """
        value = self.data.get(field)
        if type(value) is not date:
            raise self.fault(field, message("a date is missing, such as 2026-11-20"))
        return value

    def day_or_none(self, field: str) -> date | None:
        """Read a date that may be missing."""
        return self.day(field) if field in self.data else None

    def one_of(self, field: str, known: type[_Word], default: _Word | None = None) -> _Word:
        """Read one of a few words.

        Raises:
            BadInput: Another word, or none.
        """
        value = self.data.get(field, default)
        if not isinstance(value, str) or value not in set(known):
            raise self.fault(
                field, message("one of these is missing: {words}", words=", ".join(known))
            )
        return known(value)

    def flag(self, field: str) -> bool:
        """Read yes or no; a missing one is no.

        Raises:
            BadInput: Something else.
        """
        value = self.data.get(field, False)
        if not isinstance(value, bool):
            raise self.fault(field, message("true or false is missing"))
        return value

    def number(self, field: str) -> int:
        """Read a whole number from 1.

        Raises:
            BadInput: Something else, or none.
        """
        value = self.data.get(field)
        if type(value) is not int or value < 1:
            raise self.fault(field, message("a number is missing"))
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """Read a list of texts; a missing one is empty.

        Raises:
            BadInput: Something else.
        """
        value = self.data.get(field, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self.fault(field, message("a list of texts is missing"))
        return tuple(value)

    def some_texts(self, field: str) -> tuple[str, ...]:
        """Read a list of texts that must not be empty.

        Raises:
            BadInput: Something else, or none.
        """
        found = self.texts(field)
        if not found:
            raise self.fault(field, message("a list of texts is missing"))
        return found

    def some_of(self, field: str, known: type[_Word]) -> tuple[_Word, ...]:
        """Read a list of known words; a missing one is empty.

        Raises:
            BadInput: Another word among them.
        """
        found = self.texts(field)
        for one in found:
            if one not in set(known):
                raise self.fault(field, message("there is no {word}", word=one))
        return tuple(known(one) for one in found)

    def keys_of(self, field: str, known: Container[str]) -> None:
        """Hold a list of texts to what is known.

        Raises:
            BadInput: One of them is not.
        """
        for one in self.texts(field):
            if one not in known:
                raise self.fault(field, message("there is no {word}", word=one))

    def under(self, field: str) -> "Row":
        """Read a single table below the top of the file.

        Raises:
            BadInput: Something else, or none.
        """
        value = self.data.get(field)
        if not isinstance(value, dict):
            raise self.fault(field, message("a table is missing"))
        return Row(data=value, path=self.path, table=field)

    def below(self, field: str, known: AbstractSet[str]) -> "Row":
        """As `under`, for a table that has just these fields.

        Raises:
            BadInput: As `under`, or other fields.
        """
        found = self.under(field)
        if set(found.data) != known:
            wrong = ", ".join(sorted(set(found.data) ^ known))
            raise self.fault(field, message("these are missing, or too many: {words}", words=wrong))
        return found

    def rows(self, field: str, table: str | None = None) -> Iterator["Row"]:
        """Read a list of tables below this one.

        Raises:
            BadInput: Something else, or none.
        """
        value = self.data.get(field)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fault(field, message("a list of tables is missing"))
        for place, data in enumerate(value):
            yield Row(
                data=data,
                path=self.path,
                table=field if table is None else table,
                place=place if table is None else self.place,
            )

    def _line(self, field: str) -> int:
        """The line of a field, or of its table's heading where the field is not there."""
        lines = self.path.read_text(encoding="utf-8").split("\n")
        start = _heading(lines, self.table, self.place) if self.table else 0
        value = re.compile(rf"\s*{re.escape(field)}\s*=")
        heading = re.compile(rf"\s*\[+\s*{re.escape(field)}\s*\]")
        inside = True
        for number, line in enumerate(lines[start:], start=start):
            if number > start and line.lstrip().startswith("["):
                inside = False
            if (inside and value.match(line)) or (not self.table and heading.match(line)):
                return number + 1
        return start + 1


def _heading(lines: Sequence[str], table: str, place: int) -> int:
    """The index of the heading of a table, the first being 0."""
    heading = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]")
    found = [number for number, line in enumerate(lines) if heading.match(line)]
    return found[place] if place < len(found) else 0


def read(path: Path) -> Row:
    """Read a file.

    Raises:
        BadInput: It is not TOML, or not UTF-8; the message names the file and the line.
    """
    try:
        return Row(data=tomli.loads(path.read_text(encoding="utf-8")), path=path)
    except tomli.TOMLDecodeError as wrong:
        found = re.search(r"at line (\d+)", str(wrong))
        line = int(found[1]) if found else path.read_text(encoding="utf-8").count("\n") + 1
        raise malformed(path, line, "", message("{reason}", reason=str(wrong))) from wrong
    except OSError as wrong:
        raise malformed(path, 1, "", message("it cannot be read")) from wrong
    except UnicodeDecodeError as wrong:
        line = path.read_bytes()[: wrong.start].count(b"\n") + 1
        raise malformed(path, line, "", message("this is not UTF-8")) from wrong


def malformed(path: Path, line: int, field: str, problem: Message) -> BadInput:
    """Say that a file cannot be taken, and where."""
    if field:
        return BadInput(
            message(
                "{file}, line {line}, {field}: {problem}.",
                file=path.name,
                line=line,
                field=field,
                problem=problem,
            ),
            hint=message("Correct the file, or install pirights again."),
        )
    return BadInput(
        message("{file}, line {line}: {problem}.", file=path.name, line=line, problem=problem),
        hint=message("Correct the file, or install pirights again."),
    )
