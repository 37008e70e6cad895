"""What files in a bundle may be called, so that every system can hold and list them."""

import re
from collections.abc import Iterable
from typing import Final

_SEGMENT: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}|E[0-9]{3,6}")
"""Lower case, but for the label of an exhibit: `E001` is written as everywhere else."""

_DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)],
)
"""Names that Windows gives to devices, with or without an extension."""

TAG_FILES: Final = frozenset(
    {
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "sm3sums.txt",
        "VERIFY.txt",
        "VERIFY.zh.txt",
        "tools/verify.py",
    },
)
"""The files beside `data/` that every bundle has."""

PAYLOAD_FILES: Final = frozenset(
    {
        "data/00-cover.pdf",
        "data/01-catalogue.csv",
        "data/01-catalogue.json",
        "data/01-catalogue.pdf",
        "data/02-exhibits.pdf",
        "data/03-timeline.pdf",
        "data/custody/checkpoint.txt",
        "data/custody/journal.jsonl",
        "data/custody/proofs.json",
    },
)
"""The files under `data/` that every bundle has."""

LARGEST_LATER: Final = 1024 * 1024
"""Octets of a time stamp or a certificate; real ones have a few thousand."""

LATER_FILES: Final = re.compile(
    r"tagmanifest-sha256\.txt\.tsr|timestamps/[0-9]{3}\.tsr|tsa-certs/[a-z0-9][a-z0-9._-]{0,63}\.pem",
)
"""Files that come beside `data/` after the sealing: they attest the root and are not in it."""


def is_plain(name: str) -> bool:
    """Say whether a path has only plain parts: short, lower case, no device, no dot at an end."""
    return all(
        _SEGMENT.fullmatch(segment)
        and not segment.endswith(".")
        and segment.split(".", 1)[0] not in _DEVICES
        for segment in name.split("/")
    )


def check_plain(names: Iterable[str]) -> None:
    """Refuse names that a program should not have made.

    Raises:
        ValueError: A name is not plain, stands twice, or is both a file and a folder.
    """
    seen: set[str] = set()
    folders: set[str] = set()
    for name in names:
        if not is_plain(name):
            raise ValueError(f"not a name for a bundle: {name!r}")
        if name.lower() in seen:
            raise ValueError(f"twice in one bundle: {name!r}")
        seen.add(name.lower())
        parts = name.lower().split("/")
        folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    if seen & folders:
        raise ValueError(f"both file and folder: {min(seen & folders)!r}")


def plain_suffix(name: str) -> str:
    """Give the ending of somebody's file name, such as `.jpg`, if a bundle may have it, or nothing.

    Only short ASCII endings are kept: the original name stands in the catalogue.
    """
    stem, dot, ending = name.lower().rpartition(".")
    return f".{ending}" if stem and dot and re.fullmatch(r"[a-z0-9]{1,16}", ending) else ""
