"""`custody/proofs.json`: that the rows shown are in the journal's tree, and that it only grew.

The names of its fields and the form of its hashes (base64) are those of RFC 6962 section 4. Every
proof ends at `checkpoint.txt`; earlier checkpoints, each with a time stamp, are
`checkpoint-001.txt` and so on, and are proved to have grown into it.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pirights import canonical_json

FOLDER: Final = "custody"
FINAL: Final = "checkpoint.txt"

_HASH: Final = 32
"""Octets of a hash."""

_LONGEST: Final = 64
"""Hashes of the longest proof: one or two for each level of the largest tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """Where a row lies.

    Attributes:
        index: From 0, so one less than the row's own number.
        path: The audit path, lowest hash first.
    """

    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """That an earlier checkpoint's tree is the beginning of the last one's.

    Attributes:
        file: The earlier checkpoint's, such as `checkpoint-001.txt`.
        size: Its number of rows.
        path: The consistency proof.
    """

    file: str
    size: int
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """All proofs of one bundle.

    Attributes:
        size: Rows in the tree of `checkpoint.txt`, where every proof ends.
        rows: One for each row shown, in order.
        growths: One for each earlier checkpoint, in order of size.
    """

    size: int
    rows: tuple[Inclusion, ...]
    growths: tuple[Growth, ...]


def earlier(place: int) -> str:
    """Name the file of an earlier checkpoint, counted from 1."""
    return f"checkpoint-{place:03d}.txt"


def written(proofs: Proofs) -> bytes:
    """Write them as canonical JSON on one line."""
    told = {
        "tree": {"file": FINAL, "tree_size": proofs.size},
        "inclusion": [
            {"leaf_index": row.index, "audit_path": _encoded(row.path)} for row in proofs.rows
        ],
        "consistency": [
            {
                "file": growth.file,
                "first": growth.size,
                "second": proofs.size,
                "consistency": _encoded(growth.path),
            }
            for growth in proofs.growths
        ],
    }
    return canonical_json.canonical(told) + b"\n"


def read(data: bytes) -> Proofs:
    """Read proofs; whether they prove anything is another question.

    Raises:
        ValueError: They are not written as `written` does it.
    """
    told = canonical_json.parse(data.decode())
    tree, inclusion, consistency = _fields(told, "tree", "inclusion", "consistency")
    file, size = _fields(tree, "file", "tree_size")
    if file != FINAL:
        raise ValueError("another tree")
    proofs = Proofs(
        size=_number(size),
        rows=tuple(_inclusion(one) for one in _list(inclusion)),
        growths=tuple(
            _growth(one, place, _number(size)) for place, one in enumerate(_list(consistency), 1)
        ),
    )
    if written(proofs) != data:
        raise ValueError("not in its one form")
    return proofs


def _inclusion(told: object) -> Inclusion:
    index, path = _fields(told, "leaf_index", "audit_path")
    return Inclusion(index=_number(index), path=_path(path))


def _growth(told: object, place: int, whole: int) -> Growth:
    file, first, second, path = _fields(told, "file", "first", "second", "consistency")
    if file != earlier(place) or _number(second) != whole:
        raise ValueError("another checkpoint")
    return Growth(file=file, size=_number(first), path=_path(path))


def _fields(told: object, *names: str) -> list[Any]:
    if not isinstance(told, Mapping) or told.keys() != set(names):
        raise ValueError("other fields")
    return [told[name] for name in names]


def _number(told: object) -> int:
    if type(told) is not int:
        raise ValueError("not a whole number")
    return told


def _list(told: object) -> Sequence[object]:
    if not isinstance(told, list):
        raise ValueError("not a list")  # noqa: TRY004 (wrong data, not a wrong call)
    return told


def _path(told: object) -> tuple[bytes, ...]:
    hashes = tuple(base64.b64decode(_text(one), validate=True) for one in _list(told))
    if len(hashes) > _LONGEST or any(len(one) != _HASH for one in hashes):
        raise ValueError("not a path of hashes")
    return hashes


def _text(told: object) -> str:
    if not isinstance(told, str):
        raise ValueError("not a text")  # noqa: TRY004 (the same)
    return told


def _encoded(path: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(one).decode() for one in path]
