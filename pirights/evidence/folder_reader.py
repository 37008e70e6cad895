"""A bag that is a folder: listed without following links, read without opening devices."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pirights.errors import Message, message
from pirights.evidence.readers import MOST_FILES, PIECE, Remark, Unreadable

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


class FolderReader:
    """A bag that is a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sizes: dict[str, int] = {}
        self._empty: list[str] = []
        self._remarks: list[Remark] = []
        self._list()

    @property
    def empty_folders(self) -> tuple[str, ...]:
        """Folders in which nothing is."""
        return tuple(self._empty)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Links, devices, folders that cannot be listed."""
        return tuple(self._remarks)

    def pieces(self, name: str) -> Iterator[memoryview]:
        """Read a file piece by piece into one buffer.

        Raises:
            Unreadable: The file cannot be opened, or is no regular file any more.
        """
        room = memoryview(bytearray(min(PIECE, max(self.sizes[name], 1) + 1)))
        try:
            with open(os.open(self._folder / name, _FLAGS), "rb", buffering=0) as file:  # noqa: PTH123
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise Unreadable(message("It is no regular file any more."))
                while size := file.readinto(room):
                    yield room[:size]
        except OSError as problem:
            raise Unreadable(_unreadable(problem)) from problem

    def close(self) -> None:
        """Nothing is left open."""

    def _list(self) -> None:
        waiting = [""]
        while waiting:
            prefix = waiting.pop()
            try:
                with os.scandir(self._folder / prefix) as entries:
                    inside = sorted(entries, key=lambda entry: entry.name)
            except OSError as problem:
                self._remarks.append(Remark(prefix or ".", _unreadable(problem)))
                continue
            if not inside and prefix:
                self._empty.append(prefix.removesuffix("/"))
            for entry in inside:
                self._take(entry, f"{prefix}{entry.name}", waiting)
            if len(self.sizes) > MOST_FILES:
                self._remarks.append(
                    Remark(
                        ".",
                        message("There are more than {most} files: not checked.", most=MOST_FILES),
                    ),
                )
                return

    def _take(self, entry: os.DirEntry[str], name: str, waiting: list[str]) -> None:
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as problem:
            self._remarks.append(Remark(name, _unreadable(problem)))
            return
        mode = status.st_mode
        if stat.S_ISLNK(mode) or (hasattr(entry, "is_junction") and entry.is_junction()):
            self._remarks.append(
                Remark(name, message("It is a link: what it leads to can change at any time."))
            )
        elif stat.S_ISDIR(mode):
            waiting.append(f"{name}/")
        elif stat.S_ISREG(mode):
            self.sizes[name] = status.st_size
        else:
            self._remarks.append(
                Remark(name, message("It is no regular file but a pipe, a socket or a device."))
            )


def _unreadable(problem: OSError) -> Message:
    return message("It cannot be read: {reason}.", reason=problem.strerror or problem)
