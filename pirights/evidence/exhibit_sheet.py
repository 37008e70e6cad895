"""The sheet of an exhibit (`exhibit.json`) against its files and its row of the catalogue."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pirights import canonical_json
from pirights.domain.catalogue import CatalogueRow
from pirights.domain.text import visible
from pirights.errors import Message, message

LARGEST: Final = 1024 * 1024
"""Octets of a sheet that is still read."""

HERE: Final = "-"
"""What stands among the sums of withheld originals for one that is in the bundle."""

_Told = Sequence[Mapping[str, Any]]


def disagreement(
    data: bytes,
    files: Sequence[tuple[str, str | None, int]],
    renditions: Mapping[str, str],
    row: CatalogueRow | None,
) -> Message | None:
    """Say how a sheet differs from what it is about, None where it does not.

    Args:
        data: The sheet.
        files: Of each of the exhibit's files in order: its place, its listed sum, its octets.
        renditions: The pictures in the exhibit's folder that were made from them, and their sums.
        row: The exhibit's row; None where the catalogue has none.
    """
    told = _object(data)
    if told is None:
        return message("It is not JSON.")
    parts = _parts(told)
    if len(parts) != len(files):
        return message("It does not tell of each of the exhibit's files, in order.")
    for part, (name, digest, size) in zip(parts, files, strict=True):
        if (part.get("sha256"), part.get("size")) != (digest, size):
            return message("Its sum or size of {name} is not the real one.", name=name)
    if row is not None and (
        told.get("exhibit") != files[0][0].split("/")[-2]
        or visible(_each(parts, "original_name", " / ")) != row.original_name
        or visible(_each(parts, "media_type", " ")) != row.media_type
    ):
        return message("It tells another exhibit, name or kind of file than the catalogue does.")
    if _renditions(parts) != renditions:
        return message("It does not tell, with their sums, the renditions there are.")
    away = [_withheld(part) for part in parts]
    if row is not None and (
        row.withheld_sha256 != (" ".join(away) if set(away) != {HERE} else "")
        or any(
            (digest == HERE) != (name not in renditions)
            for digest, (name, *_) in zip(away, files, strict=True)
        )
    ):
        return message("It and the catalogue disagree on an original that is not here.")
    return None


def read(data: bytes) -> _Told:
    """Give what a sheet says of each of its files, in order; of one file nothing if it is none."""
    return _parts(_object(data) or {}) or [{}]


def _object(data: bytes) -> Mapping[str, Any] | None:
    try:
        told = canonical_json.parse(data)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _parts(told: Mapping[str, Any]) -> _Told:
    """Take the files of a sheet that tells of several; the sheet itself where it tells of one."""
    found = told.get("files", [told])
    if not isinstance(found, list) or not all(isinstance(part, dict) for part in found):
        return []
    return found


def _each(parts: _Told, key: str, between: str) -> str:
    """Give what is so of each file, as a row of the catalogue has it."""
    return between.join(str(part.get(key)) for part in parts)


def _renditions(parts: _Told) -> dict[str, object] | None:
    """Give the files that a sheet says were made from the exhibit's, and their sums.

    None where it does not say it as pirights does.
    """
    made: dict[str, object] = {}
    for part in parts:
        derived = part.get("derived")
        if not isinstance(derived, list) or not all(isinstance(one, dict) for one in derived):
            return None
        made |= {f"data/{one.get('file')}": one["sha256"] for one in derived if "sha256" in one}
    return made


def _withheld(part: Mapping[str, Any]) -> str:
    """Give the sum of an original that is not in the bundle; a dash where it is."""
    withheld = part.get("withheld")
    found = withheld.get("sha256") if isinstance(withheld, dict) else withheld
    return str(found or HERE)
