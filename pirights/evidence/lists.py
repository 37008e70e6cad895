"""The lists of a bag: what it says should be in it, with their sums."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pirights.errors import message
from pirights.evidence import paths, readers, sums, tagfiles
from pirights.evidence.findings import Notebook

_MANIFEST: Final = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")


@dataclass(slots=True, kw_only=True)
class Lists:
    """What a bag says of itself.

    Attributes:
        said: Version and encoding, from `bagit.txt`.
        labels: Labels and values of `bag-info.txt`, in order.
        info: The same of `bag-info.txt` under a version that looks elsewhere for them.
        payload: For each list of the files under `data/`: real file name and its sum.
        tags: The same for the files beside `data/`.
        to_fetch: Names in `fetch.txt`, None where there is no such file.
    """

    said: tagfiles.Declaration = tagfiles.Declaration()  # noqa: RUF009
    labels: list[tuple[str, str]] = field(default_factory=list)
    info: list[tuple[str, str]] = field(default_factory=list)
    payload: dict[str, dict[str, str]] = field(default_factory=dict)
    tags: dict[str, dict[str, str]] = field(default_factory=dict)
    to_fetch: list[str] | None = None

    def values(self, label: str) -> list[str]:
        """Give the values of a label in `bag-info.txt`, whatever its case."""
        return [value for name, value in self.labels if name.casefold() == label.casefold()]

    def marks(self, label: str) -> list[str]:
        """Give the values of a label wherever it stands, whatever version the bag declares."""
        pairs = [*self.labels, *self.info]
        return [value for name, value in pairs if name.casefold() == label.casefold()]


def algorithm(list_name: str) -> str:
    """Give the algorithm in a manifest's name."""
    found = _MANIFEST.fullmatch(list_name)
    return found[2] if found else ""


def of_payload(name: str) -> bool:
    """Say whether a file lists those under `data/`, whatever its kind of sum."""
    found = _MANIFEST.fullmatch(name)
    return found is not None and found[1] is None


def read_lists(reader: readers.Reader, notes: Notebook) -> Lists:
    """Read every list of a bag, noting what is wrong with it."""
    lists = Lists()
    data = readers.read_noted(reader, "bagit.txt", notes, limit=tagfiles.LARGEST)
    if data is not None:
        lists.said, problems = tagfiles.declaration(data)
        _note("bagit.txt", problems, notes)
    elif "bagit.txt" not in reader.sizes:
        notes.fault("bagit.txt", message("It is missing: this is no bag."))
    info = "package-info.txt" if lists.said.version <= (0, 95) else "bag-info.txt"
    lists.labels = _labels(reader, info, lists, notes)
    if info != "bag-info.txt":
        lists.info = _labels(reader, "bag-info.txt", lists, notes)
    real = _Real(reader.sizes)
    for name in sorted(reader.sizes):
        if found := _MANIFEST.fullmatch(name):
            target = lists.tags if found[1] else lists.payload
            if sums.known(found[2]):
                target[name] = _manifest(reader, name, lists, notes, real)
            else:
                notes.warning(name, message("This program does not know its kind of sum."))
    if "fetch.txt" in reader.sizes:
        split = _lines(reader, "fetch.txt", lists, notes)
        lists.to_fetch, problems = tagfiles.fetch(split, lists.said)
        _note("fetch.txt", problems, notes)
    return lists


class _Real:
    """The names that files really have: another normal form of a name finds them too."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self._sizes = sizes
        self._by_form: dict[str, str] = {
            unicodedata.normalize("NFC", name): name for name in sizes if not name.isascii()
        }

    def name(self, listed: str) -> str:
        """Give the real name for a listed one; the listed one where there is no such file."""
        if listed in self._sizes:
            return listed
        return self._by_form.get(unicodedata.normalize("NFC", listed), listed)


def _manifest(
    reader: readers.Reader, list_name: str, lists: Lists, notes: Notebook, real: _Real
) -> dict[str, str]:
    split = _lines(reader, list_name, lists, notes)
    entries, problems = tagfiles.manifest(split, algorithm(list_name), lists.said)
    _note(list_name, problems, notes)
    is_payload = list_name.startswith("manifest-")
    listed: dict[str, str] = {}
    for digest, written in entries:
        if (problem := paths.escape(written)) is not None:
            notes.fault(list_name, problem)
            continue
        tidied = paths.tidy(written)
        if tidied != written:
            notes.doubt(
                list_name, message("The name {name} has parts that add nothing.", name=written)
            )
        if tidied.startswith("data/") != is_payload:
            notes.fault(
                list_name, message("The name {name} does not belong in this list.", name=written)
            )
            continue
        name = real.name(tidied)
        if name != tidied:
            notes.doubt(
                name,
                message("{list} writes its name in another Unicode normal form.", list=list_name),
            )
        if name in listed:
            force = notes.doubt
            if lists.said.version >= (1, 0) or listed[name] != digest:
                force = notes.fault
            force(name, message("{list} names it twice.", list=list_name))
        listed[name] = digest
    return listed


def _labels(
    reader: readers.Reader, name: str, lists: Lists, notes: Notebook
) -> list[tuple[str, str]]:
    if name not in reader.sizes:
        return []
    split = _lines(reader, name, lists, notes, limit=tagfiles.LARGEST_INFO)
    pairs, problems = tagfiles.labels(split, lists.said)
    _note(name, problems, notes)
    return pairs


def _lines(
    reader: readers.Reader,
    name: str,
    lists: Lists,
    notes: Notebook,
    *,
    limit: int = tagfiles.LARGEST,
) -> list[str]:
    data = readers.read_noted(reader, name, notes, limit=limit)
    if data is None:
        return []
    split, problems = tagfiles.lines(data, lists.said)
    _note(name, problems, notes)
    return split


def _note(name: str, problems: Sequence[tagfiles.Problem], notes: Notebook) -> None:
    for problem in problems:
        {"fault": notes.fault, "doubt": notes.doubt, "warning": notes.warning}[problem.force](
            name, problem.meaning
        )
