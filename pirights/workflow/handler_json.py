"""Handlers as JSON, for programs: the form that `docs/handler-directory.md` describes.

It is the form of `pirights handler list --json`, so that its output can be taken in too.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pirights import canonical_json, plain
from pirights.domain.handler import RELATIONS, Handler
from pirights.errors import BadInput, Message, message
from pirights.workflow.excel_sheet import Cell
from pirights.workflow.handler_sheet import COLUMNS, ROW_LIMIT, Listed, joined, read
from pirights.workflow.sheet_faults import Fault

SIZE_LIMIT: Final = 64 * 2**20
"""Octets of a JSON file."""

KIND: Final = "HandlerDirectory"
_KINDS: Final = (KIND, "HandlerList")
_PASSED_OVER: Final = ("email_bounced", "policy_sha256", "policy_seen")
"""What only this vault's own mail and captures can say; it is neither written nor taken in."""

_UNITS: Final = {"day": "", "working-day": "wd"}


def is_json(data: bytes) -> bool:
    """Say whether a file is meant as JSON."""
    return data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def record(one: Handler) -> dict[str, Any]:
    """Write one handler; other handlers are named by their labels."""
    found = {**plain.to_plain(one), "id": one.label}
    for name in RELATIONS:
        number = getattr(one, name)
        found[name] = f"H{number}" if number is not None else None
    return found


def write(handlers: Iterable[Handler]) -> bytes:
    """Write the directory, one field on a line, in UTF-8."""
    whole = {
        "pirights": 1,
        "kind": KIND,
        "data": {"handlers": [_ordered(record(one)) for one in handlers]},
    }
    return f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode()


def entries(data: bytes, *, name: str) -> Iterator[Listed | Fault]:
    """Read a directory: each record, or all its faults; `row` counts the records from 1.

    Raises:
        BadInput: It is not JSON of this form, or too large.
    """
    if len(data) > SIZE_LIMIT:
        raise BadInput(
            message("{file} is larger than {limit} MiB.", file=name, limit=SIZE_LIMIT // 2**20),
            hint=message("Cut it into several files."),
        )
    try:
        whole = canonical_json.parse(data.decode("utf-8-sig"))
    except ValueError as wrong:
        raise _no_directory(name) from wrong
    if isinstance(whole, dict) and whole.get("kind") in _KINDS:
        whole = whole.get("data")
    if isinstance(whole, dict):
        whole = whole.get("handlers")
    if not isinstance(whole, list):
        raise _no_directory(name)
    labelled = any(isinstance(one, dict) and one.get("id") for one in whole)
    for row, one in enumerate(whole, start=1):
        if row > ROW_LIMIT:
            problem = message("More than {limit} rows; the rest was not read.", limit=ROW_LIMIT)
            yield Fault(row=row, line=0, column="", problem=problem)
            return
        if not isinstance(one, dict):
            problem = message("It is no record of a handler.")
            yield Fault(row=row, line=0, column="", problem=problem)
            continue
        cells = _cells(one)
        if labelled:
            cells.setdefault("id", "")
        yield from read(row, 0, cells, guarded=False)


def _ordered(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in COLUMNS}


def _cells(one: Mapping[str, Any]) -> dict[str, Cell]:
    return {
        name[:80]: _cell(name, value) if name in COLUMNS else message("There is no such field.")
        for name, value in one.items()
        if name not in _PASSED_OVER
    }


def _cell(name: str, value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if name == "aliases" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return joined(value)
    if name == "policy_days" and isinstance(value, dict) and set(value) == {"amount", "unit"}:
        amount, unit = value["amount"], value["unit"]
        if type(amount) is int and isinstance(unit, str) and unit in _UNITS:
            return f"{amount}{_UNITS[unit]}"
    return _wrong_type()


def _wrong_type() -> Message:
    return message("The value is not of the type that this field has.")


def _no_directory(name: str) -> BadInput:
    return BadInput(
        message("{file} is no directory of handlers in JSON.", file=name),
        hint=message("Its form is described in docs/handler-directory.md."),
    )
