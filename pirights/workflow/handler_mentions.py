"""The handlers of an encounter as one cell names them: `H1`, or names, each with its role."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pirights.domain.encounter import Role
from pirights.domain.text import LINE_LIMIT, one_line
from pirights.errors import BadInput, message
from pirights.workflow.encounter_words import ROLES

_LABEL: Final = re.compile(r"[Hh]([1-9][0-9]{0,8})")
_LABELLED: Final = re.compile(r"[Hh]([1-9][0-9]{0,8})=(.*\S.*)", re.DOTALL)
_PIECE: Final = re.compile(r"\\(.)|([;；])|([:：])|([^\\;；:：]+)|(\\)", re.DOTALL)
_TO_ESCAPE: Final = re.compile(r"[\\;；:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerMention:
    """A handler as a sheet names it.

    Attributes:
        number: The number after the H, or None where only a name is given.
        name: The name, or empty where only a label is given.
    """

    number: int | None = None
    name: str = ""
    role: Role = Role.OPERATOR


def mentions(cell: str) -> tuple[HandlerMention, ...]:
    r"""Read the handlers: `H1`, a name or `H3=name`, each with a `:role` or not, `;` between.

    A backslash makes the next character an ordinary one, as in `甲\;乙`.

    Raises:
        BadInput: A role that does not exist, or a name too long.
    """
    return _few_mentions(cell) if len(cell) <= LINE_LIMIT else _mentions(cell)


@lru_cache(maxsize=4096)
def _few_mentions(cell: str) -> tuple[HandlerMention, ...]:
    """As `mentions`: the same few handlers fill a column."""
    return _mentions(cell)


def _mentions(cell: str) -> tuple[HandlerMention, ...]:
    found: list[HandlerMention] = []
    part: list[str] = []
    colon: int | None = None
    literal = False
    for piece in _PIECE.finditer(cell):
        escaped, semicolon, role_mark, plain, stray = piece.groups()
        if semicolon:
            found += _mention(part, colon, literal=literal)
            part, colon, literal = [], None, False
            continue
        literal = literal or (escaped is not None and not "".join(part).strip())
        if role_mark:
            colon = len(part)
        part.append(escaped or role_mark or plain or stray)
    found += _mention(part, colon, literal=literal)
    return tuple(found)


def written(handlers: Iterable[tuple[int, Role]], names: Mapping[int, str]) -> str:
    """Write handlers so that `mentions` reads them back: by name where one is known.

    Before a name that two of them bear stands the label, as in `H3=某公司`.
    """
    known = list(names.values())
    parts = []
    for number, role in handlers:
        name = names.get(number, "")
        shown = _TO_ESCAPE.sub(r"\\\g<0>", name)
        if known.count(name) > 1:
            shown = f"H{number}={shown}"
        elif not name:
            shown = f"H{number}"
        elif _LABEL.fullmatch(name) or _LABELLED.fullmatch(name):
            shown = f"\\{shown}"
        parts.append(shown if role is Role.OPERATOR else f"{shown}:{role.value}")
    return ";".join(parts)


def _mention(part: list[str], colon: int | None, *, literal: bool) -> list[HandlerMention]:
    whole = "".join(part).strip(" \t\n\r\u3000")
    if not whole:
        return []
    role = Role.OPERATOR
    if colon is not None:
        before, after = "".join(part[:colon]).strip(" \t\u3000"), "".join(part[colon + 1 :]).strip()
        known = ROLES.get(after.casefold())
        if known is not None:
            whole, role = before, known
        elif _LABEL.fullmatch(before):
            raise BadInput(
                message(
                    "{value} is not a role; these are: {allowed}.",
                    value=after[:LINE_LIMIT],
                    allowed=", ".join(Role),
                ),
            )
    label = None if literal else _LABEL.fullmatch(whole)
    if label:
        return [HandlerMention(number=int(label[1]), role=role)]
    labelled = None if literal else _LABELLED.fullmatch(whole)
    if labelled:
        name = one_line(labelled[2], field="handler")
        return [HandlerMention(number=int(labelled[1]), name=name, role=role)]
    return [HandlerMention(name=one_line(whole, field="handler"), role=role)]
