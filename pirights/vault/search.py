"""Finding encounters by words, Chinese or not, however short.

Common Chinese queries have two characters, which an index of whole words or of triples cannot
answer. So the index holds every pair of neighbouring letters (and each run's last letter on
its own, so that single letters are found by prefix), written in hex: the pairs are cut here,
by one rule for text and query, and not by the database's idea of a word. What the index
proposes is then compared with the text itself.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.vault.database import Connection
from pirights.vault.shelves import SHELVES

_MOST_WORDS: Final = 32
"""Words of a query that are looked at."""


def folded(text: str) -> str:
    """Take away what a searcher does not mean: width, case, compatibility forms."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def texts_of(encounter: Encounter, handlers: Sequence[Handler]) -> list[str]:
    """What of an encounter is searched."""
    own = [encounter.place, encounter.purpose, encounter.note, encounter.exemption]
    names = [name for handler in handlers for name in (handler.name, handler.name_en)]
    return [folded(text) for text in (*own, *names) if text]


def pairs_of(texts: Sequence[str]) -> str:
    """What the index holds for folded texts."""
    found = set[str]()
    for text in texts:
        for run in _runs(text):
            found.update(first + second for first, second in pairwise(run))
            found.add(run[-1])
    return " ".join(pair.encode().hex() for pair in found)


def index(connection: Connection, encounter: Encounter, handlers: Sequence[Handler]) -> None:
    """Put an encounter into the index, in the place of what it had there."""
    connection.execute(
        "INSERT OR REPLACE INTO encounter_pairs (rowid, pairs) VALUES (?, ?)",
        (encounter.id, pairs_of(texts_of(encounter, handlers))),
    )


def find(connection: Connection, words: str, *, limit: int | None) -> list[Encounter]:
    """Find the encounters in whose texts every word stands, newest first."""
    terms = folded(words).split()[:_MOST_WORDS]
    found: list[Encounter] = []
    for encounter in _proposed(connection, terms) if terms else ():
        if limit is not None and len(found) >= limit:
            break
        texts = texts_of(encounter, handlers_of(connection, encounter))
        if all(any(term in text for text in texts) for term in terms):
            found.append(encounter)
    return found


def handlers_of(connection: Connection, encounter: Encounter) -> list[Handler]:
    """The handlers of an encounter, as they are now."""
    shelf = SHELVES[Handler]
    return [
        shelf.read(text)
        for actor in encounter.handlers
        for (text,) in connection.execute(
            "SELECT record FROM handler WHERE id = ?", (actor.handler,)
        )
    ]


def _proposed(connection: Connection, terms: Sequence[str]) -> Iterator[Encounter]:
    asked = " AND ".join(sorted({word for term in terms for word in _asked(term)}))
    shelf = SHELVES[Encounter]
    where = "WHERE +id IN (SELECT rowid FROM encounter_pairs WHERE encounter_pairs MATCH ?)"
    rows = connection.execute(
        f"SELECT record FROM encounter {where if asked else ''} ORDER BY at DESC, id DESC",  # noqa: S608 (one of two constants)
        (asked,) if asked else (),
    )
    for (text,) in rows:
        yield shelf.read(text)


def _asked(term: str) -> Iterator[str]:
    for run in _runs(term):
        if len(run) == 1:
            yield f'"{run.encode().hex()}" *'
        for first, second in pairwise(run):
            yield f'"{(first + second).encode().hex()}"'


def _runs(text: str) -> list[str]:
    """Cut a text where something else than letters and digits stands."""
    return "".join(letter if letter.isalnum() else " " for letter in text).split()
