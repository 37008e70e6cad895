"""Who is named where: which records hold a person's name, number, address or reference."""

import json
from collections.abc import Collection, Iterator
from typing import Final

from pirights import canonical_json, plain
from pirights.domain import reference
from pirights.domain.person import Person
from pirights.domain.reply import Reply
from pirights.vault.shelves import SHELVES, Record
from pirights.workflow.desk import Desk

_PARTICULARS: Final = ("name", "name_en", "phone", "email", "address", "id_number")

_SHORTEST: Final = 2
"""Characters of a word that is looked for: the shortest names have two."""

_HEADS: Final = (4, _SHORTEST)
"""Characters by which a word is looked for before it is compared whole, the most first."""


def words_of(person: Person) -> tuple[str, ...]:
    """What names a person, as it stands in a record: escaped as JSON has it."""
    told = (str(getattr(person, name)).strip() for name in _PARTICULARS)
    found = (one for one in told if len(one) >= _SHORTEST)
    return tuple(dict.fromkeys(json.dumps(one, ensure_ascii=False)[1:-1] for one in found))


def in_vault(desk: Desk, words: Collection[str], *, but: Collection[Record]) -> tuple[str, ...]:
    """Label what of a vault holds one of the words, now or in its journal, beside some records."""
    known = {f"{SHELVES[type(one)].noun}/{one.id}" for one in but}
    labels = {label(one) for one in but}
    found = [
        label(one)
        for one in desk.vault.naming(tuple(words))
        if f"{SHELVES[type(one)].noun}/{one.id}" not in known
    ]
    found += [
        subject
        for record, subject in desk.vault.naming_rows(tuple(words))
        if record and record not in known and subject not in labels
    ]
    return tuple(dict.fromkeys(found))


def of_others(
    desk: Desk, records: Collection[Record], *, but: Collection[Person], refs: Collection[str]
) -> tuple[str, ...]:
    """Label those of some records that name another person of the vault, or another's case.

    Args:
        desk: The vault.
        records: What is looked through; of files only their names.
        but: The persons that are meant to be named there.
        refs: The references that are.
    """
    ours = {one.id for one in but}
    words = {
        word
        for person in desk.vault.each(Person)
        if person.id not in ours
        for word in words_of(person)
    }
    words -= {word for one in but for word in words_of(one)}
    found = [
        one for one in records if has_other_refs(plain.to_plain(one), refs) or _names(one, words)
    ]
    return tuple(dict.fromkeys(map(label, found)))


def has_other_refs(value: object, refs: Collection[str]) -> bool:
    """Say whether a value in its plain form tells a reference which is not among `refs`."""
    return bool(set(reference.find_in("\0".join(_texts(value)))) - set(refs))


def label(record: Record) -> str:
    """Name a record for a person, such as E3; a remark or a cost by its case."""
    if isinstance(record, Reply) and not record.ref:
        return f"I{record.id}"
    return SHELVES[type(record)].subject(record)


def _names(record: Record, words: Collection[str]) -> bool:
    """Compare the heads of words first: a clinic has tens of thousands of them."""
    text = canonical_json.canonical(plain.to_plain(record)).decode()
    heads = {text[at : at + length] for length in _HEADS for at in range(len(text))}
    return any(_head(word) in heads and word in text for word in words)


def _head(word: str) -> str:
    return word[: next(length for length in _HEADS if length <= len(word))]


def _texts(value: object) -> Iterator[str]:
    """Give every text in a value: escaped, a reference torn at a line's end would go unseen."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
