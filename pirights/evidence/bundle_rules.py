"""What a bundle of this program must be beyond a valid bag (`bundle-1` profile)."""

import re
from collections.abc import Callable
from typing import Final

from pirights.errors import message
from pirights.evidence import bag, bundle_form, catalogue, names, readers, sums, tagfiles
from pirights.evidence.findings import Notebook
from pirights.evidence.lists import Lists

LABEL: Final = "BagIt-Profile-Identifier"

PROFILES: Final = bag.PROFILE.removesuffix("1.json")
"""How the marks of all versions of our rules begin."""

_PDF: Final = b"%PDF-"

_LISTS: Final = ("manifest-sha256.txt", "tagmanifest-sha256.txt", "sm3sums.txt")


def check(
    reader: readers.Reader,
    said: Lists,
    notes: Notebook,
    *,
    catalogue_text: Callable[[bytes], str] | None,
) -> None:
    """Hold a bag that names our rules to them.

    Args:
        reader: The bag.
        said: What its lists say.
        notes: Where what is wrong is noted.
        catalogue_text: Turns the bytes of the catalogue's PDF into text.
    """
    if said.marks(LABEL) != [bag.PROFILE]:
        notes.fault(
            "bag-info.txt", message("It names rules that this version of pirights does not know.")
        )
    _check_files(reader, notes)
    for list_name, listed in said.tags.items():
        for name in filter(names.LATER_FILES.fullmatch, listed):
            notes.fault(name, message("{list} must not name it.", list=list_name))
    bundle_form.check(reader, said, notes)
    if said.said.version != (1, 0):
        notes.fault("bagit.txt", message("A bundle follows BagIt 1.0."))
    if not said.values("Payload-Oxum"):
        notes.fault("bag-info.txt", message("Payload-Oxum is missing."))
    for name in _LISTS:
        _check_form(reader, name, said, notes)
    sm3 = sm3_sums(reader, said)
    listed = said.payload.get("manifest-sha256.txt", {})
    for name in sorted(sm3.keys() ^ listed.keys()):
        notes.fault(
            "sm3sums.txt",
            message("It and manifest-sha256.txt disagree on whether {name} is there.", name=name),
        )
    catalogue.check(reader, listed, notes, text_of_pdf=catalogue_text)
    _check_own_texts(reader, notes)


def check_sm3(reader: readers.Reader, said: Lists, notes: Notebook) -> None:
    """Compute the SM3 sum of every file that `sm3sums.txt` lists."""
    for name, digest in sm3_sums(reader, said).items():
        if name not in reader.sizes:
            continue
        making = sums.new("sm3")
        try:
            for piece in reader.pieces(name):
                making.update(piece)
        except readers.Unreadable as problem:
            notes.fault(name, problem.meaning)
            continue
        if making.hexdigest() != digest:
            notes.fault(
                name, message("Its sum is not the one in {list}: changed.", list="sm3sums.txt")
            )


def sm3_sums(reader: readers.Reader, said: Lists) -> dict[str, str]:
    """Read `sm3sums.txt`: names and their sums; what is wrong with it is noted elsewhere."""
    split = _lines(reader, "sm3sums.txt", said)
    entries, _ = tagfiles.manifest(split, "sm3", said.said)
    return {name: digest for digest, name in entries}


def _check_files(reader: readers.Reader, notes: Notebook) -> None:
    every = names.TAG_FILES | names.PAYLOAD_FILES
    for name in sorted(every - reader.sizes.keys()):
        notes.fault(name, message("It is missing, and every bundle has it."))
    for name in reader.sizes:
        if name.startswith("data/") and not names.is_plain(name):
            notes.fault(name, message("No file of a bundle has such a name."))
        elif name in every and name.endswith(".pdf"):
            _check_pdf(reader, name, notes)
        elif not name.startswith("data/") and not _belongs(name):
            notes.fault(name, message("No file of a bundle has such a name."))


def _check_own_texts(reader: readers.Reader, notes: Notebook) -> None:
    """See whether what tells and makes the check for others is what this program would write."""
    for name, own in bag.how_to_check().items():
        if name not in reader.sizes:
            continue
        try:
            same = readers.read(reader, name, limit=len(own)) == own
        except readers.Unreadable as problem:
            notes.fault(name, problem.meaning)
            continue
        if not same:
            notes.warning(
                name,
                message(
                    "It is not the one of this version of pirights: the bundle was made by another "
                    "version, or the file was exchanged. Do not rely on what it says."
                ),
            )


def _belongs(name: str) -> bool:
    """Say whether a bundle may have such a file beside `data/`."""
    return name in names.TAG_FILES or bool(names.LATER_FILES.fullmatch(name))


def _check_pdf(reader: readers.Reader, name: str, notes: Notebook) -> None:
    try:
        beginning = bytes(next(iter(reader.pieces(name)), b"")[: len(_PDF)])
    except readers.Unreadable as problem:
        notes.fault(name, problem.meaning)
        return
    if beginning != _PDF:
        notes.fault(name, message("It is not a PDF."))


def _check_form(reader: readers.Reader, name: str, said: Lists, notes: Notebook) -> None:
    """See that a list is written as we write it, to the byte, but for its line ends.

    A list may have been carried through a system that ends lines otherwise; but no list covers
    `tagmanifest-sha256.txt`, so any other change of its bytes must be seen in itself.
    """
    split = _lines(reader, name, said)
    lines = [re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line) for line in split]
    listed = [line[2] for line in lines if line]
    if not split or len(listed) != len(lines) or listed != sorted(set(listed)):
        notes.fault(name, message("It is not written as pirights writes it: it was changed."))
    text = _text(reader, name, said)
    if len(set(re.findall(r"\r\n|\r|\n", text))) > 1 or not text.endswith(("\n", "\r")):
        notes.fault(name, message("Its lines end in different ways: it was changed."))


def _text(reader: readers.Reader, name: str, said: Lists) -> str:
    try:
        data = readers.read(reader, name, limit=tagfiles.LARGEST) if name in reader.sizes else None
        return (data or b"").decode(said.said.encoding)
    except (readers.Unreadable, UnicodeError):
        return ""


def _lines(reader: readers.Reader, name: str, said: Lists) -> list[str]:
    return tagfiles.lines(_text(reader, name, said).encode(), tagfiles.Declaration())[0]
