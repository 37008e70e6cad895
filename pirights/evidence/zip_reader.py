"""A bag that is a zip file: checked as a container, then streamed, never unpacked to disk."""

import re
import stat
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from pirights.errors import Message, message
from pirights.evidence import paths
from pirights.evidence.readers import PIECE, Remark, Unreadable
from pirights.evidence.zip_directory import (
    ENCRYPTED,
    DamagedZip,
    Directory,
    ZipEntry,
    read_directory,
)

_STORED: Final = 0
_DEFLATED: Final = 8

_OUR_HOSTS: Final = frozenset({0, 3})
"""Windows and Unix: the systems whose mark a bundle that was packed anew may bear."""

_NEWEST: Final = 63
"""The newest version of the zip format, 6.3, times ten; ordinary programs refuse a newer one."""

_MOST_RATIO: Final = 200
"""Times that data may grow when unpacked. Text reaches 20; only what is made to explode, 1,000."""

_FREE_OF_RATIO: Final = 1024 * 1024
"""Octets up to which a file may unpack from nothing."""

_MOST_OCTETS: Final = 256 * 1024**3
"""Octets of all files unpacked; reading them takes minutes, not days."""


class ZipReader:
    """A bag that is a zip file."""

    def __init__(self, path: Path) -> None:
        self.sizes: dict[str, int] = {}
        self._entries: dict[str, ZipEntry] = {}
        self._folders: set[str] = set()
        self._remarks: list[Remark] = []
        self._name = path.name
        self._file = path.open("rb")
        try:
            self._open(read_directory(self._file))
        except DamagedZip as problem:
            self._remarks.append(Remark(path.name, problem.meaning))
        except BaseException:
            self._file.close()
            raise

    @property
    def empty_folders(self) -> tuple[str, ...]:
        """Folders in which nothing is."""
        names = sorted([*self.sizes, *self._folders])

        def is_empty(folder: str) -> bool:
            after = bisect_left(names, f"{folder}/")
            return after == len(names) or not names[after].startswith(f"{folder}/")

        return tuple(filter(is_empty, sorted(self._folders)))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is wrong with the zip as a container."""
        return tuple(self._remarks)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a file piece by piece, bounded by the size it declares.

        Raises:
            Unreadable: It is damaged, or unpacks to another size.
        """
        entry = self._entries[name]
        sum_so_far = size = 0
        try:
            for piece in self._inflated(entry) if entry.method else self._packed(entry):
                size += len(piece)
                if size > entry.size:
                    raise Unreadable(message("It unpacks to more than the zip file declares."))
                sum_so_far = zlib.crc32(piece, sum_so_far)
                yield piece
        except zlib.error as problem:
            raise Unreadable(message("Its packed data is damaged.")) from problem
        except OSError as problem:
            raise Unreadable(
                message("It cannot be read: {reason}.", reason=problem.strerror or problem)
            ) from problem
        if size != entry.size or sum_so_far != entry.crc:
            raise Unreadable(message("Its packed data is damaged."))

    def close(self) -> None:
        """Close the zip file."""
        self._file.close()

    def _packed(self, entry: ZipEntry) -> Iterator[bytes]:
        at = entry.start
        while at < entry.end:
            self._file.seek(at)
            piece = self._file.read(min(PIECE, entry.end - at))
            if not piece:
                return
            at += len(piece)
            yield piece

    def _inflated(self, entry: ZipEntry) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for packed in self._packed(entry):
            rest = packed
            while rest and not inflater.eof:
                yield inflater.decompress(rest, PIECE)
                rest = inflater.unconsumed_tail
        while not inflater.eof and (piece := inflater.decompress(b"", PIECE)):
            yield piece
        if not inflater.eof or inflater.unused_data:
            raise Unreadable(message("Its packed data is damaged."))

    def _open(self, directory: Directory) -> None:
        self._look_for_hidden_bytes(directory)
        sound = [entry for entry in directory.entries if self._is_sound(entry)]
        top = self._top(sound)
        for entry in sound:
            inside = entry.name.removeprefix(top)
            if not entry.name.startswith(top):
                self._doubt(
                    entry.name, message("It lies outside the bag's folder in the zip file.")
                )
            elif not inside:
                continue
            elif inside.endswith("/"):
                self._folders.add(inside.rstrip("/"))
            elif inside in self._entries:
                self._fault(inside, message("The zip file holds two files of this name."))
            else:
                self._entries[inside] = entry
                self.sizes[inside] = entry.size
        above = {name[: slash.start()] for name in self.sizes for slash in re.finditer("/", name)}
        for name in (self._folders | above) & self.sizes.keys():
            self._fault(name, message("The zip file holds a file and a folder of this name."))
        self._look_for_bombs()
        self._remarks = [
            replace(remark, file=remark.file.removeprefix(top)) for remark in self._remarks
        ]

    def _top(self, entries: list[ZipEntry]) -> str:
        """Give the folder in the zip that holds the bag, with a slash at its end."""
        declared = [entry.name for entry in entries if entry.name.rpartition("/")[2] == "bagit.txt"]
        shallow = {name.removesuffix("bagit.txt") for name in declared if name.count("/") <= 1}
        if "" in shallow:
            self._doubt(
                self._name, message("The zip file has no folder of its own around the bag.")
            )
            return ""
        if len(shallow) > 1:
            self._fault(self._name, message("The zip file holds more than one bag."))
        elif not shallow and declared:
            self._fault(declared[0], message("The bag is not in the zip file's top folder."))
        elif not shallow:
            tops = {entry.name.partition("/")[0] + "/" for entry in entries if "/" in entry.name}
            return min(tops) if len(tops) == 1 else ""
        return min(shallow) if shallow else ""

    def _is_sound(self, entry: ZipEntry) -> bool:
        """Note what makes an entry unfit to be read at all."""
        problem = _unfit(entry)
        if problem is not None:
            self._fault(entry.name, problem)
        elif entry.host not in _OUR_HOSTS:
            self._doubt(
                entry.name, message("It was packed on a system that pirights does not know.")
            )
        elif entry.loaded:
            self._doubt(
                entry.name,
                message("In the zip file it carries a comment or fields that pirights never adds."),
            )
        return problem is None

    def _look_for_hidden_bytes(self, directory: Directory) -> None:
        hidden = message("The zip file holds bytes that belong to none of its files.")
        if directory.before or directory.after or directory.loaded:
            self._doubt(self._name, hidden)
        at, slack, previous = directory.before, 0, self._name
        for entry in sorted(directory.entries, key=lambda entry: (entry.offset, entry.end)):
            if entry.offset < at:
                self._fault(
                    entry.name,
                    message("In the zip file it shares bytes with {other}.", other=previous),
                )
            elif entry.offset > at + slack:
                self._doubt(self._name, hidden)
            if entry.end >= at:
                at, slack, previous = entry.end, entry.slack, entry.name
        if at > directory.start:
            self._fault(
                previous, message("In the zip file it shares bytes with {other}.", other=self._name)
            )
        elif at + slack < directory.start:
            self._doubt(self._name, hidden)

    def _look_for_bombs(self) -> None:
        bombs = [
            name
            for name, entry in self._entries.items()
            if entry.size > _FREE_OF_RATIO and entry.size > entry.packed * _MOST_RATIO
        ]
        for name in bombs:
            self._fault(name, message("It declares to unpack to far more than it holds: not read."))
            del self._entries[name], self.sizes[name]
        if sum(self.sizes.values()) > _MOST_OCTETS:
            self._fault(
                self._name, message("Its files declare to unpack to far too much: not read.")
            )
            self.sizes.clear()
            self._entries.clear()

    def _fault(self, file: str, meaning: Message) -> None:
        self._remarks.append(Remark(file, meaning))

    def _doubt(self, file: str, meaning: Message) -> None:
        self._remarks.append(Remark(file, meaning, fault=False))


def _unfit(entry: ZipEntry) -> Message | None:
    if (problem := _unfit_name(entry)) is not None:
        return problem
    kind = stat.S_IFMT(entry.mode)
    is_folder = entry.name.endswith("/")
    if kind == stat.S_IFLNK:
        return message("It is a link: what it leads to can change at any time.")
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR} or (kind == stat.S_IFDIR) > is_folder:
        return message("It is no regular file but a pipe, a socket or a device.")
    if entry.needed > _NEWEST:
        return message("It asks for a version of the zip format that no program reads.")
    if entry.flags & ENCRYPTED:
        return message("It is encrypted: nobody without the password can check it.")
    if entry.method not in {_STORED, _DEFLATED}:
        return message("It is packed in a way that this program does not read.")
    if not entry.agrees or (entry.method == _STORED and entry.packed != entry.size):
        return message("The zip file tells two different things about it.")
    if is_folder and entry.size:
        return message("The zip file calls it a folder, yet it holds data.")
    return None


def _unfit_name(entry: ZipEntry) -> Message | None:
    if len(entry.name) > paths.LONGEST or entry.name.count("/") > paths.DEEPEST:
        return message("Its name is too long, or lies in too many folders.")
    if (problem := paths.escape(entry.name)) is not None:
        return problem
    if "\\" in entry.name:
        return message("Its name has a backslash, which Windows takes for a folder.")
    if not paths.tidy(entry.name) or "" in entry.name.removesuffix("/").split("/"):
        return message("Its name has an empty part.")
    if entry.renamed:
        return message("The zip file tells a second name for it, which some programs prefer.")
    return None
