"""Where a bag is written to: a folder or a zip file, whole at the end or not there at all."""

import errno
import os
import stat
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Protocol

from pirights.errors import BadInput, message
from pirights.evidence import pouring, unfinished
from pirights.evidence.side_lines import SideLines

_OLDEST_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip file can name; the same for every file, so that the same input gives the
same bytes."""


_SETTLING: Final = 8
"""Files that are brought to the disk at a time, while the next are being written."""


class Output(Protocol):
    """A bag being written."""

    def add(self, name: str, pieces: Iterator[bytes], *, size: int | None) -> pouring.Written:
        """Write one file of the bag; `size` is what to expect, None where nobody knows."""

    def settle(self) -> None:
        """Wait until all is on the disk."""

    def close(self) -> None:
        """Let go of open files."""


@contextmanager
def opened(target: Path) -> Iterator[Output]:
    """Write a bag beside its target; it takes the target's name when the block ends well.

    What killed runs left in the same folder goes away first. A folder may take the place of an
    empty one.

    Raises:
        BadInput: The target exists, or cannot be written.
    """
    _refuse_existing(target)
    is_zip = target.suffix.lower() == ".zip"
    if is_zip:
        _refuse_name(target)
    unfinished.clear_leftovers(target.parent)
    with _writing(target):
        growing, mark = unfinished.begun(target.parent, is_zip=is_zip)
    try:
        lines = SideLines()
        with _writing(target):
            kind = _ZipOutput if is_zip else _FolderOutput
            output: Output = kind(growing, mark, target, lines)
        with unfinished.held(mark):  # else another run might clear it before it has its name
            try:
                yield output
                lines.finish()
                with _writing(target):
                    output.settle()
            finally:
                lines.stop()
                output.close()
            _refuse_existing(target)
            with _writing(target):
                _put(growing, target)
                growing = target  # what goes wrong from here on takes it away again
                _settle_folder(target.parent)
    except BaseException:
        unfinished.remove(growing)
        raise


def _refuse_name(target: Path) -> None:
    top = target.stem
    if top in {".", ".."} or "\\" in top or not top.isprintable():
        raise BadInput(
            message("{name} cannot be the name of a bundle.", name=target.name),
            hint=message("Choose a plain name that ends in .zip."),
        )


class _FolderOutput:
    def __init__(self, folder: Path, mark: int | None, target: Path, lines: SideLines) -> None:
        self._folder = folder
        self._target = target
        self._lines = lines
        self._pool = ThreadPoolExecutor(_SETTLING, thread_name_prefix="settling")
        self._settled: list[Future[None]] = []
        (folder / "data").mkdir(mode=0o755)
        self._folders = {folder, folder / "data"}
        self._mark = mark

    def add(self, name: str, pieces: Iterator[bytes], *, size: int | None) -> pouring.Written:
        del size
        path = self._folder / name
        self._folders.update(parent for parent in path.parents if self._folder in parent.parents)

        def write(coming: Iterator[bytes]) -> str:
            with _writing(self._target):
                path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
                with path.open("xb", buffering=0) as file:
                    made = pouring.written(coming, file.write)
            self._settled.append(self._pool.submit(_settle, path, os.O_RDWR))
            return made

        return pouring.pour(name, pieces, write, self._lines)

    def settle(self) -> None:
        for settled in self._settled:
            settled.result()
        for folder in sorted(self._folders, key=lambda folder: -len(folder.parts)):
            _settle_folder(folder)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        if self._mark is not None:
            os.close(self._mark)


class _ZipOutput:
    def __init__(self, path: Path, mark: int | None, target: Path, lines: SideLines) -> None:
        self._target = target
        self._lines = lines
        self._top = target.stem
        self._file = path.open("r+b") if mark is None else os.fdopen(mark, "r+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED)

    def add(self, name: str, pieces: Iterator[bytes], *, size: int | None) -> pouring.Written:
        entry = zip_entry(f"{self._top}/{name}")
        entry.file_size = size or 0

        def write(coming: Iterator[bytes]) -> str:
            with (
                _writing(self._target),
                self._zip.open(entry, "w", force_zip64=size is None) as stream,
            ):
                return pouring.written(coming, stream.write)

        return pouring.pour(name, pieces, write, self._lines)

    def settle(self) -> None:
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        # After a failure the zip's own end cannot be written either; the file goes away anyway.
        with suppress(OSError, ValueError):
            self._zip.close()
        with suppress(OSError):
            self._file.close()


def zip_entry(name: str) -> zipfile.ZipInfo:
    """Name a file in a bundle's zip: the same whenever and on whatever system it is packed."""
    entry = zipfile.ZipInfo(name, _OLDEST_TIME)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    return entry


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Say in the user's words why the bag could not be written."""
    try:
        yield
    except OSError as problem:
        raise _not_written(target, problem) from problem


def _not_written(target: Path, problem: OSError) -> BadInput:
    if problem.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return BadInput(
            message("There is not enough room on the disk for {path}.", path=target),
            hint=message("Free some room or choose another disk, then build the bundle again."),
        )
    if problem.errno == errno.EFBIG:
        return BadInput(
            message("The disk cannot hold a file as large as {path} needs.", path=target),
            hint=message("Choose another disk, then build the bundle again."),
        )
    return BadInput(
        message(
            "{path} cannot be written: {reason}.", path=target, reason=problem.strerror or problem
        ),
        hint=message("Choose a folder that exists and that you may write to."),
    )


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target) and not gives_way(target):
        raise BadInput(
            message("{path} exists already.", path=target),
            hint=message("A bundle is never overwritten: choose another name, or move it away."),
        )


def gives_way(target: Path) -> bool:
    """Say whether what lies there is an empty folder, and a folder is to take its place."""
    if target.suffix.lower() == ".zip" or target.is_symlink() or not target.is_dir():
        return False
    with suppress(OSError), os.scandir(target) as found:
        return next(found, None) is None
    return False


def _put(growing: Path, target: Path) -> None:
    """Give what is finished its name; what another process put there meanwhile stays."""
    if growing.is_dir():
        if gives_way(target):
            growing.chmod(stat.S_IMODE(target.stat().st_mode))
            if sys.platform == "win32":
                target.rmdir()
        growing.rename(target)  # the system refuses that over a folder with something in it
        return
    try:
        os.link(growing, target)
    except FileExistsError:
        _refuse_existing(target)
    except OSError:  # a disk without a second name for a file
        growing.rename(target)
    else:
        growing.unlink()


def _settle_folder(folder: Path) -> None:
    if os.name == "posix":  # Windows has no way to open a folder, nor the need
        _settle(folder, os.O_RDONLY)


def _settle(path: Path, how: int) -> None:
    descriptor = os.open(path, how)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
