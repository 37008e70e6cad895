"""The only room that reads the law's TOML files: one instrument each, with its provisions."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from pirights import resources, toml_rows
from pirights.domain.handler import Venue
from pirights.domain.law import KEY, Confidence, Instrument, Laws, Provision, Rank, Read
from pirights.errors import FoldersMissing, message
from pirights.toml_rows import Row

_INSTRUMENT: Final = frozenset(
    (
        *("id", "title_zh", "title_en", "issuer_zh", "issuer_en", "number", "kind", "adopted"),
        *("effective", "until", "superseded_by", "follows", "edition_zh", "source", "checked"),
        *("confidence", "note_zh", "note_en", "renumbers", "provision"),
    )
)
_PROVISION: Final = frozenset(
    (
        *("key", "zh", "en", "terms", "read", "confidence", "source", "checked"),
        *("limits_zh", "limits_en", "venues", "minor", "until"),
    )
)


@cache
def laws() -> Laws:
    """Read every instrument of `templates/law/`, once in a process.

    Raises:
        BadInput: A file is malformed; the message names the file, the line and the field.
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
    tops: dict[str, Row] = {}
    for path in sorted(place.glob("*.toml")):
        top = toml_rows.read(path)
        top.only(_INSTRUMENT)
        instrument = _instrument(top)
        if instrument.id in instruments:
            raise top.fault("id", message("another file claims {id} too", id=instrument.id))
        if instrument.id != path.stem:
            raise top.fault("id", message("it is not the file's name"))
        instruments[instrument.id] = instrument
        tops[instrument.id] = top
        provisions |= _provisions(top, instrument.id)
    renumbered: dict[str, str] = {}
    for name, top in tops.items():
        renumbered |= _renumbered(top, name, instruments, provisions)
        _check_successor(top, instruments[name], instruments)
    if not instruments:
        raise FoldersMissing(
            message("There is no law in {folder}.", folder=str(place)),
            hint=message("Install it again from the wheel or from a whole checkout."),
        )
    return Laws(instruments=instruments, provisions=provisions, renumbered=renumbered)


def _check_successor(top: Row, old: Instrument, known: Mapping[str, Instrument]) -> None:
    if old.superseded_by and old.superseded_by not in known:
        raise top.fault("superseded_by", message("there is no {word}", word=old.superseded_by))


def _instrument(top: Row) -> Instrument:
    until = top.day_or_none("until")
    if until is not None and until <= top.day("effective"):
        raise top.fault("until", message("it ends before it begins"))
    return Instrument(
        id=top.text("id"),
        title=top.words("title"),
        issuer=top.words("issuer"),
        number=top.text_or_none("number"),
        rank=top.one_of("kind", Rank),
        adopted=top.day_or_none("adopted"),
        effective=top.day("effective"),
        until=until,
        superseded_by=top.text_or_none("superseded_by"),
        governs_requests=_follows(top),
        source=top.text("source"),
        checked=top.day("checked"),
        confidence=top.one_of("confidence", Confidence),
        note=top.words_or_none("note"),
        edition_zh=top.text_or_none("edition_zh"),
    )


def _follows(top: Row) -> bool:
    if top.text_or_none("follows") not in {"", "request"}:
        raise top.fault("follows", message("there is no {word}", word=str(top.data["follows"])))
    return "follows" in top.data


def _provisions(top: Row, instrument: str) -> dict[str, Provision]:
    found: dict[str, Provision] = {}
    for row in top.rows("provision"):
        row.only(_PROVISION)
        provision = _provision(row)
        if provision.instrument != instrument:
            raise row.fault("key", message("it belongs to another instrument"))
        if provision.key in found:
            raise row.fault("key", message("another row claims {id} too", id=provision.key))
        found[provision.key] = provision
    return found


def _provision(row: Row) -> Provision:
    if not KEY.fullmatch(row.text("key")):
        raise row.fault("key", message("it is no key, such as pipl:47(1).3"))
    return Provision(
        key=row.text("key"),
        summary=row.words(""),
        terms=row.texts("terms"),
        read=row.one_of("read", Read),
        confidence=row.one_of("confidence", Confidence),
        source=row.text("source"),
        checked=row.day("checked"),
        limits=row.words_or_none("limits"),
        venues=row.some_of("venues", Venue),
        minors_only=row.flag("minor"),
        until=row.day_or_none("until"),
    )


def _parts(article: str, provisions: Mapping[str, Provision]) -> Iterator[str]:
    """Find an article's own rows: itself, its paragraphs and items."""
    return (
        key
        for key in provisions
        if key == article or key.startswith((f"{article}(", f"{article}."))
    )


def _renumbered(
    top: Row,
    new: str,
    instruments: Mapping[str, Instrument],
    provisions: Mapping[str, Provision],
) -> dict[str, str]:
    """Pair the provisions of a renumbered text with what they were before.

    An old article may have become one paragraph of the new one: `"40" = "42(1)"`.
    """
    if "renumbers" not in top.data:
        return {}
    table = top.below("renumbers", frozenset({"instrument", "articles"}))
    old_law, articles = table.text("instrument"), table.data["articles"]
    if old_law not in instruments:
        raise table.fault("instrument", message("there is no {word}", word=old_law))
    if not isinstance(articles, dict) or not all(
        isinstance(one, str) and KEY.fullmatch(f"{new}:{one}") for one in articles.values()
    ):
        raise table.fault("articles", message("a list of texts is missing"))
    found: dict[str, str] = {}
    for old_article, new_article in articles.items():
        young = f"{new}:{new_article}"
        pairs = {
            key: f"{old_law}:{old_article}{key.removeprefix(young)}"
            for key in _parts(young, provisions)
        }
        if not pairs and any(_parts(f"{old_law}:{old_article}", provisions)):
            raise table.fault("articles", message("there is no {word}", word=young))
        found |= pairs
    return {key: old for key, old in found.items() if old in provisions}
