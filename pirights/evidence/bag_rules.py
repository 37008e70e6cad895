"""What every bag must be: complete and unchanged (RFC 8493 section 3, and the older drafts)."""

import re
from itertools import chain
from typing import Final

from pirights.errors import message
from pirights.evidence import lists, names, paths, readers, sums
from pirights.evidence.findings import Notebook
from pirights.evidence.lists import Lists

ROOT_LIST: Final = "tagmanifest-sha256.txt"
"""The list that stands for the whole bag."""

_USUAL: Final = re.compile(r"(bagit|bag-info|package-info|fetch|manifest-[a-z0-9]+)\.txt")
"""Files beside `data/` that a bag may have without a list of them."""


def check_names(reader: readers.Reader, notes: Notebook) -> None:
    """Look for names that some system could not hold side by side, and for empty folders."""
    for name, other in paths.clashes(reader.sizes):
        notes.doubt(
            name,
            message("Its name differs from {other} only by case or Unicode form.", other=other),
        )
    for name in reader.sizes:
        if "\\" in name:
            notes.doubt(
                name, message("Its name has a backslash, which Windows takes for a folder.")
            )
        if name.rpartition("/")[2] in {".DS_Store", "Thumbs.db", "desktop.ini"}:
            notes.warning(name, message("An operating system left it there, not a person."))
    for name in reader.empty_folders:
        if name != "data":
            notes.doubt(name, message("It is an empty folder: no list can vouch for it."))


def check_completeness(reader: readers.Reader, said: Lists, notes: Notebook) -> None:
    """Compare what is listed with what is there, both ways (RFC 8493 section 3)."""
    if "data" not in reader.empty_folders and not any(
        name.startswith("data/") for name in reader.sizes
    ):
        notes.fault("data", message("The folder is missing: this is no bag."))
    if not said.payload:
        _note_no_list(reader, notes)
        return
    for list_name, listed in chain(said.payload.items(), said.tags.items()):
        for name in listed.keys() - reader.sizes.keys():
            notes.fault(name, message("{list} names it, but it is not there.", list=list_name))
            if list_name in said.tags:
                notes.fault(list_name, message("It names {name}, which is not there.", name=name))
    if all(lists.algorithm(name) not in sums.STRONG for name in said.payload):
        notes.doubt(
            min(said.payload),
            message("Its sums are weak: two different files can be made to have the same one."),
        )
    in_any = set[str]().union(*said.payload.values())
    in_each = set(in_any).intersection(*said.payload.values())
    required = in_each if said.said.version >= (1, 0) else in_any
    for name in reader.sizes:
        if name.startswith("data/") and name not in required:
            if name in in_any:
                notes.fault(name, message("It is not in every list of the files under data/."))
            else:
                notes.fault(name, message("It is there, but no list names it: it was added."))


def _note_no_list(reader: readers.Reader, notes: Notebook) -> None:
    there = [name for name in reader.sizes if lists.of_payload(name)]
    for name in there:
        notes.fault(
            name,
            message(
                "It lists the files under data/ with a kind of sum that this program does not "
                "know, and no other list does: whether they were altered cannot be judged."
            ),
        )
    if not there:
        notes.fault("manifest-sha256.txt", message("There is no list of the files under data/."))


def check_tag_files(reader: readers.Reader, said: Lists, notes: Notebook, *, ours: bool) -> None:
    """Compare the files beside `data/` with the lists of them (sections 2.2.1 and 2.2.4)."""
    if not said.tags:
        notes.doubt(ROOT_LIST, message("There is no list of the files beside data/."))
    for list_name, listed in said.tags.items():
        for manifest in said.payload.keys() - listed.keys():
            force = notes.fault if said.said.version >= (1, 0) else notes.doubt
            force(manifest, message("{list} does not name it.", list=list_name))
        for other in said.tags.keys() & listed.keys():
            force = notes.fault if said.said.version >= (1, 0) else notes.doubt
            force(other, message("{list} must not name it.", list=list_name))
    named = set[str]().union(*said.tags.values())
    for name in reader.sizes:
        if name.startswith("data/") or name in named or name in said.tags:
            continue
        if not said.tags and _USUAL.fullmatch(name):
            continue
        if ours and names.LATER_FILES.fullmatch(name):
            if reader.sizes[name] > names.LARGEST_LATER:
                notes.fault(name, message("It is too large for a time stamp or a certificate."))
        else:
            notes.doubt(name, message("It is there, but no list names it: it was added."))


def check_oxum(reader: readers.Reader, said: Lists, notes: Notebook) -> None:
    """Compare the count of octets and files in `bag-info.txt` with what is there."""
    info = "package-info.txt" if said.said.version <= (0, 95) else "bag-info.txt"
    told = said.values("Payload-Oxum")
    if len(told) > 1:
        force = notes.fault if said.said.version >= (1, 0) else notes.doubt
        force(info, message("Payload-Oxum stands there more than once."))
    payload = [size for name, size in reader.sizes.items() if name.startswith("data/")]
    for oxum in told[:1]:
        if not re.fullmatch(r"[0-9]{1,18}\.[0-9]{1,18}", oxum):
            notes.fault(info, message("Payload-Oxum is not a count of octets and files."))
        elif tuple(map(int, oxum.split("."))) != (sum(payload), len(payload)):
            notes.fault(
                info,
                message(
                    "Payload-Oxum is {told}, but there are {octets} octets in {files} files.",
                    told=oxum,
                    octets=sum(payload),
                    files=len(payload),
                ),
            )


def check_fetch(said: Lists, notes: Notebook) -> None:
    """Look at `fetch.txt` without fetching anything (section 2.2.3)."""
    if said.to_fetch is None:
        return
    notes.doubt("fetch.txt", message("It names files to be fetched from a network."))
    for name in said.to_fetch:
        if (problem := paths.escape(name)) is not None:
            notes.fault("fetch.txt", problem)
        elif any(paths.tidy(name) not in listed for listed in said.payload.values()):
            force = notes.fault if said.said.version >= (1, 0) else notes.doubt
            force(
                "fetch.txt",
                message(
                    "The name {name} is not in every list of the files under data/.", name=name
                ),
            )


def check_sums(reader: readers.Reader, said: Lists, notes: Notebook) -> None:
    """Read every listed file once and compare all its sums."""
    wanted: dict[str, list[tuple[str, str]]] = {}
    for list_name, listed in chain(said.payload.items(), said.tags.items()):
        for name, digest in listed.items():
            wanted.setdefault(name, []).append((list_name, digest))
    for name in sorted(wanted.keys() & reader.sizes.keys()):
        making = {kind: sums.new(kind) for kind in {lists.algorithm(of) for of, _ in wanted[name]}}
        try:
            for piece in reader.pieces(name):
                for one in making.values():
                    one.update(piece)
        except readers.Unreadable as problem:
            notes.fault(name, problem.meaning)
            continue
        for list_name, digest in wanted[name]:
            if making[lists.algorithm(list_name)].hexdigest() == digest:
                continue
            notes.fault(name, message("Its sum is not the one in {list}: changed.", list=list_name))
            if list_name in said.tags:
                notes.fault(
                    list_name,
                    message("It and {name} disagree: one of the two was changed.", name=name),
                )
