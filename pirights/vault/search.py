"""Finding encounters by words, Chinese or not, however short.

Common Chinese queries have two characters, which an index of whole words or of triples cannot
answer. So the index holds every pair of neighbouring letters, and the last letter of a run on
its own, so that single letters are found by prefix. The pairs are cut here, by one rule for
text and query; the database's `ascii` tokenizer takes them as they are, since it splits only
at ASCII that is neither letter nor digit. What the index proposes is then compared with the
text itself.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import Any, Final

from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.vault.database import Connection
from pirights.vault.shelves import SHELVES

_FIELDS: Final = ("place", "purpose", "note", "exemption")
"""What of an encounter is searched, beside the names of its handlers."""

_MOST_WORDS: Final = 32
"""Words of a query that are looked at."""

_GAP: Final = re.compile(r"[\W_]+")
"""What stands between runs of letters and digits."""


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Take away what a searcher does not mean: width, case, compatibility forms."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def index(connection: Connection, encounter: Encounter, handlers: Sequence[Handler]) -> None:
    """Put an encounter into the index, in the place of what it had there."""
    texts = [getattr(encounter, field) for field in _FIELDS]
    names = [name for handler in handlers for name in (handler.name, handler.name_en)]
    connection.execute(
        "INSERT OR REPLACE INTO encounter_pairs (rowid, pairs) VALUES (?, ?)",
        (encounter.id, pairs_of(folded(text) for text in (*texts, *names))),
    )


def pairs_of(texts: Iterable[str]) -> str:
    """What the index holds for folded texts: the letters at both ends of a run also alone."""
    runs = _GAP.sub(" ", " ".join(texts))
    return " ".join(set(map(add, runs, runs[1:] + " ")))


def find(connection: Connection, words: str, *, limit: int | None) -> list[Encounter]:
    """Find the encounters in whose texts every word stands, newest first."""
    terms = folded(words.encode(errors="ignore").decode()).split()[:_MOST_WORDS]
    names: dict[int, list[str]] = {}
    found: list[Encounter] = []
    for text in _proposed(connection, terms) if terms else ():
        if limit is not None and len(found) >= limit:
            break
        data = json.loads(text)
        texts = [folded(data.get(field, "")) for field in _FIELDS]
        for actor in data["handlers"]:
            number = actor["handler"]
            if number not in names:
                names[number] = list(_names(connection, number))
            texts += names[number]
        if all(any(term in text for text in texts) for term in terms):
            found.append(SHELVES[Encounter].read(text))
    return found


def _names(connection: Connection, handler: int) -> Iterator[str]:
    rows: list[tuple[Any]] = connection.execute(
        "SELECT record FROM handler WHERE id = ?", (handler,)
    ).fetchall()
    for (text,) in rows:
        found = SHELVES[Handler].read(text)
        yield folded(found.name)
        yield folded(found.name_en)


def _proposed(connection: Connection, terms: Sequence[str]) -> Iterator[str]:
    """The records in which the pairs of every term stand, in any order; newest first."""
    asked = " AND ".join(sorted({word for term in terms for word in _asked(term)}))
    where = "WHERE +id IN (SELECT rowid FROM encounter_pairs WHERE encounter_pairs MATCH ?)"
    rows = connection.execute(
        f"SELECT record FROM encounter {where if asked else ''} ORDER BY at DESC, id DESC",  # noqa: S608 (one of two constants)
        (asked,) if asked else (),
    )
    return (text for (text,) in rows)


def _asked(term: str) -> Iterator[str]:
    for run in _GAP.sub(" ", term).split():
        if len(run) == 1:
            yield f'"{run}" *'
        for first, second in pairwise(run):
            yield f'"{first}{second}"'
