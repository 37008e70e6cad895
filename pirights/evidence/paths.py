"""Names in somebody else's list: which of them would lead out of the bag."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from pirights.errors import Message, message

LONGEST: Final = 4096
"""Characters or octets of a path; Linux takes no longer one."""

DEEPEST: Final = 64
"""Folders on the way to a file in a zip."""

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_WINDOWS_VARIABLE: Final = re.compile(r"%[^%/\\]+%[/\\]")


def escape(name: str) -> Message | None:
    """Say how a name leads out of the bag, None where it does not.

    RFC 8493 section 5.1: a reader must not touch what lies outside, on whatever system it runs.
    """
    if name.startswith(("//", "\\\\")):
        return message("The name {name} leads to another computer (network path).", name=name)
    if name.startswith(("/", "\\")):
        return message("The name {name} is absolute: it leads out of the bag.", name=name)
    if _DRIVE.match(name) or _WINDOWS_VARIABLE.match(name):
        return message("The name {name} leads to a Windows drive.", name=name)
    if name.startswith("~"):
        return message("The name {name} leads to somebody's home folder.", name=name)
    if ".." in re.split(r"[/\\]", name):
        return message("The name {name} climbs out of its folder (..).", name=name)
    if "\0" in name:
        return message("The name {name} holds a NUL character.", name=name)
    return None


def tidy(name: str) -> str:
    """Drop what adds nothing to a path: `./` and doubled slashes."""
    return "/".join(part for part in name.split("/") if part not in {"", "."})


def alike(name: str) -> str:
    """Give what names have in common that some systems cannot tell apart: case and normal form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def clashes(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Find names, or folders on the way to them, that differ only by case or normal form.

    Put in order by what they have in common, such names stand side by side.
    """
    before: list[str] = []
    for name in sorted(names, key=lambda name: alike(name).replace("/", "\0")):
        parts = name.split("/")
        for depth, (part, other) in enumerate(zip(parts, before, strict=False), start=1):
            if part != other:
                if alike(part) == alike(other):
                    yield name, "/".join(before[:depth])
                break
        before = parts
