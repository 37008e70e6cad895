"""Seal files into a bag (BagIt 1.0, RFC 8493) that ordinary tools can check years later.

The bag is streamed in pieces of 1 MiB: each file is read once, summed under SHA-256 and SM3 while
it is written. It grows beside its target under another name and takes the target's name only when
everything is on the disk: there is never half a bag. Its bytes depend on nothing but what goes in.
"""

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pirights.errors import BadInput, message
from pirights.evidence import bag_output, names, verify_texts

PROFILE: Final = "https://pirights.invalid/profiles/bundle-1.json"
"""The mark in `bag-info.txt` of a bag that follows the rules of this program's bundles."""

VERIFIER: Final = Path(__file__).with_name("verify_alone.py")
"""The check of a bundle for people without this program: one file, carried in every bundle."""

PIECE: Final = 1024 * 1024
"""Octets read at a time."""

_DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

Source = Path | bytes | Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file to go into a bag.

    Attributes:
        name: Its place under `data/`, such as `exhibits/E001/original.jpg`.
        source: Where its bytes come from.
    """

    name: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A finished bag.

    Attributes:
        path: The folder or the zip file.
        root_sha256: SHA-256 of `tagmanifest-sha256.txt`, which stands for the whole bag.
        files: Number of files under `data/`.
        bytes: Octets under `data/`.
    """

    path: Path
    root_sha256: str
    files: int
    bytes: int


def write(
    target: Path,
    payload: Sequence[Entry],
    *,
    reference: str,
    bagged_on: date,
    attest: Callable[[bytes], Mapping[str, bytes]] = lambda _: {},
) -> Sealed:
    """Seal the files into a new bag: a folder, or a zip file where the target's name ends so.

    Args:
        target: What shall not exist yet. In a zip, the top folder has its name without `.zip`.
        payload: The files under `data/`, in any order.
        reference: The case's reference, as External-Identifier.
        bagged_on: The legal day of sealing, as Bagging-Date.
        attest: Is shown the bytes of `tagmanifest-sha256.txt` when all else is written, and gives
            what attests them, by name: a time stamp. Such files stand in no list.

    Raises:
        BadInput: The target exists or cannot be written, the disk is full, a file cannot be read.
        ValueError: A name or reference that the program should not have made.
    """
    names.check_plain(entry.name for entry in payload)
    labels = {
        "BagIt-Profile-Identifier": PROFILE,
        "External-Identifier": reference,
        "Bagging-Date": bagged_on.isoformat(),
    }
    with bag_output.opened(target) as output:
        sealed = [
            output.add(f"data/{entry.name}", _pieces(entry.source), size=_size(entry.source))
            for entry in sorted(payload, key=lambda entry: entry.name)
        ]
        octets = sum(file.size for file in sealed)
        labels["Payload-Oxum"] = f"{octets}.{len(sealed)}"
        tag_files = {
            "bag-info.txt": _labelled(labels),
            "bagit.txt": _DECLARATION,
            "manifest-sha256.txt": _listed((file.sha256.result(), file.name) for file in sealed),
            "sm3sums.txt": _listed((file.sm3.result(), file.name) for file in sealed),
            **how_to_check(),
        }
        tags = [
            output.add(name, iter([text]), size=len(text))
            for name, text in sorted(tag_files.items())
        ]
        tag_manifest = _listed((file.sha256.result(), file.name) for file in tags)
        root = output.add("tagmanifest-sha256.txt", iter([tag_manifest]), size=len(tag_manifest))
        for name, data in sorted(attest(tag_manifest).items()):
            output.add(name, iter([data]), size=len(data))
    return Sealed(path=target, root_sha256=root.sha256.result(), files=len(sealed), bytes=octets)


def how_to_check() -> dict[str, bytes]:
    """Give the files of every bundle that tell others how to check it, or do so."""
    return {
        "VERIFY.txt": verify_texts.ENGLISH.encode(),
        "VERIFY.zh.txt": verify_texts.CHINESE.encode(),
        "tools/verify.py": VERIFIER.read_bytes(),
    }


def _listed(lines: Iterator[tuple[str, str]]) -> bytes:
    ordered = sorted(lines, key=lambda line: line[1])
    return "".join(f"{digest}  {name}\n" for digest, name in ordered).encode()


def _labelled(labels: Mapping[str, str]) -> bytes:
    for value in labels.values():
        if not value.isprintable():
            raise ValueError(f"not one line for bag-info.txt: {value!r}")
    return "".join(f"{label}: {value}\n" for label, value in labels.items()).encode()


def _size(source: Source) -> int | None:
    """Give the octets to expect, None where only the stream's end tells."""
    if isinstance(source, bytes):
        return len(source)
    if isinstance(source, Path):
        try:
            return source.stat().st_size
        except OSError:
            return None
    return None


def _pieces(source: Source) -> Iterator[bytes]:
    if isinstance(source, bytes):
        view = memoryview(source)
        return (bytes(view[start : start + PIECE]) for start in range(0, len(view), PIECE))
    if isinstance(source, Path):
        return _pieces_of_file(source)
    return source()


def _pieces_of_file(path: Path) -> Iterator[bytes]:
    # Without O_NONBLOCK a named pipe in the file's place would hang the program.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb", buffering=0) as file:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise BadInput(
                    message("{path} is not a regular file.", path=path),
                    hint=message("Give a file, not a folder or a device."),
                )
            while piece := file.read(PIECE):
                yield piece
    except OSError as problem:
        raise BadInput(
            message(
                "{path} cannot be read: {reason}.", path=path, reason=problem.strerror or problem
            ),
            hint=message("Check that the file is there and that you may read it."),
        ) from problem
