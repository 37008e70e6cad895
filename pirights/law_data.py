"""The only room that reads the law's TOML files."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from pirights import resources
from pirights.domain.handler import Venue
from pirights.domain.law import Instrument, Laws, Provision, Rank, Read
from pirights.errors import BadInput, message


@cache
def laws() -> Laws:
    """Read every instrument of `templates/law/`, once in a process.

    Raises:
        BadInput: A file is malformed; the message names the file and what is wrong.
        FoldersMissing: There is no `templates/` folder.
    """
    return load(resources.folder("templates") / "law")


def load(place: Path) -> Laws:
    """Read a folder of instruments, one TOML file each, named by its id.

    Raises:
        BadInput: A file is malformed, or two of them claim one id or key.
    """
    instruments: dict[str, Instrument] = {}
    provisions: dict[str, Provision] = {}
    for path in sorted(place.glob("*.toml")):
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            instrument = _instrument(data)
            if instrument.id in instruments or instrument.id != path.stem:
                raise ValueError(instrument.id)  # noqa: TRY301 (told as one error below)
            instruments[instrument.id] = instrument
            for row in data["provision"]:
                provision = _provision(row)
                if provision.key in provisions or not provision.key.startswith(instrument.id + ":"):
                    raise ValueError(provision.key)  # noqa: TRY301 (as above)
                provisions[provision.key] = provision
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadInput(
                message(
                    "The law file {file} is malformed: {problem}.", file=path.name, problem=wrong
                )
            ) from wrong
    return Laws(instruments=instruments, provisions=provisions)


def _instrument(data: Mapping[str, object]) -> Instrument:
    return Instrument(
        id=_text(data, "id"),
        title_zh=_text(data, "title_zh"),
        title_en=_text(data, "title_en"),
        rank=Rank(_text(data, "kind")),
        effective=_day(data, "effective"),
        until=_day(data, "until") if "until" in data else None,
        governs_requests=data.get("follows") == "request",
        source=_text(data, "source"),
        checked=_day(data, "checked"),
        confidence=_text(data, "confidence"),
        note=_text(data, "note") if "note" in data else "",
        edition_zh=_text(data, "edition_zh") if "edition_zh" in data else "",
    )


def _provision(row: Mapping[str, object]) -> Provision:
    venues = row.get("venues", [])
    if not isinstance(venues, list):
        raise TypeError("venues")
    return Provision(
        key=_text(row, "key"),
        zh=_text(row, "zh"),
        en=_text(row, "en"),
        read=Read(_text(row, "read")),
        source=_text(row, "source"),
        checked=_day(row, "checked"),
        limits_zh=_text(row, "limits_zh") if "limits_zh" in row else "",
        limits_en=_text(row, "limits_en") if "limits_en" in row else "",
        venues=tuple(Venue(venue) for venue in venues),
    )


def _text(data: Mapping[str, object], name: str) -> str:
    value = data[name]
    if not isinstance(value, str) or not value:
        raise TypeError(name)
    return value


def _day(data: Mapping[str, object], name: str) -> date:
    value = data[name]
    if type(value) is not date:
        raise TypeError(name)
    return value
