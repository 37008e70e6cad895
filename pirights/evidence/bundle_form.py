"""The few files of a bundle that have one form only: a change in them shows in themselves."""

import re
from datetime import date
from typing import Final

from pirights.errors import message
from pirights.evidence import bag, names, readers
from pirights.evidence.findings import Notebook
from pirights.evidence.lists import Lists

_DECLARED: Final = re.compile(
    r"BagIt-Version: 1\.0\nTag-File-Character-Encoding: (?i:utf-(?:8|16|32))\n"
)
_LAID_OUT: Final = re.compile(
    r"data/exhibits/E[0-9]{3,6}/"
    r"((original(-[0-9]{2,3})?|rendition-[0-9]{2,3})(\.[a-z0-9]{1,16})?|exhibit\.json)"
    r"|data/letters/[0-9]{2,6}-[a-z0-9-]{1,50}\.txt|data/replies/[0-9]{2,6}\.txt"
    r"|data/custody/.*"  # of these the proofs tell
)
"""What lies under `data/` beside the files that every bundle has."""

_LABELS: Final = re.compile(
    rf"BagIt-Profile-Identifier: {re.escape(bag.PROFILE)}\n"
    r"External-Identifier: PR-[0-9]{4}-[0-9A-Z]{7}-[0-9A-Z]\n"
    r"Bagging-Date: [0-9]{4}-[0-9]{2}-[0-9]{2}\n"
    r"Payload-Oxum: (0|[1-9][0-9]*)\.[1-9][0-9]*\n"
)
_ENCODINGS: Final = frozenset({"utf-8", "utf-16", "utf-32"})


def check(reader: readers.Reader, said: Lists, notes: Notebook) -> None:
    """Hold labels, encoding and the folders of exhibits to the one form that pirights writes."""
    if not _DECLARED.fullmatch(_text(reader, "bagit.txt", "utf-8")):
        notes.fault(
            "bagit.txt", message("It is not written as pirights writes it: it was changed.")
        )
    if said.said.encoding not in _ENCODINGS:
        notes.fault("bagit.txt", message("The lists of a bundle are written in Unicode."))
    if not _LABELS.fullmatch(_text(reader, "bag-info.txt", said.said.encoding)):
        notes.fault(
            "bag-info.txt", message("It is not written as pirights writes it: it was changed.")
        )
    elif not all(map(_is_day, said.marks("Bagging-Date"))):
        notes.fault("bag-info.txt", message("Its Bagging-Date is no day of the calendar."))
    for name in reader.sizes:
        known = name in names.PAYLOAD_FILES or _LAID_OUT.fullmatch(name)
        if name.startswith("data/") and not known:
            notes.fault(name, message("No file of a bundle has such a name."))


def _is_day(told: str) -> bool:
    try:
        return bool(date.fromisoformat(told))
    except ValueError:
        return False


def _text(reader: readers.Reader, name: str, encoding: str) -> str:
    """Read a text with its line ends, all of one kind, as LF; nothing where it cannot be read."""
    try:
        data = readers.read(reader, name, limit=4096) if name in reader.sizes else None
        text = (data or b"").decode(encoding)
    except (readers.Unreadable, UnicodeError):
        return ""
    ends = set(re.findall(r"\r\n|\r|\n", text))
    return text.replace(ends.pop(), "\n") if len(ends) == 1 else ""
