"""Check a bag: is everything there, unchanged, and nothing else?

A bag that names our rules, or any bag under `strict`, is held to them: every doubt is a fault.
Any other bag is accepted or refused as RFC 8493 says, and by its declared version as the older
drafts (0.93 to 0.97) say; what we would refuse in our own is a warning then.

Nothing of the bag is trusted on the way: no link is followed, no device opened, no name leads out,
a zip file is read by streaming and never unpacked, and memory does not grow with the files.
"""

import hashlib
import re
import stat
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pirights.errors import BadInput, NotFound, message
from pirights.evidence import bag_rules, bundle_rules, custody, lists, readers, stamp_rules
from pirights.evidence.findings import Covered, Finding, Notebook, Stamp, Verdict
from pirights.evidence.folder_reader import FolderReader
from pirights.evidence.zip_reader import ZipReader

__all__ = ["Finding", "Verdict", "check", "opened"]

_ROOT_LIST: Final = bag_rules.ROOT_LIST

_SM3_LIST: Final = "sm3sums.txt"

_CLOCKS_APART: Final = timedelta(minutes=10)
"""How far the clock here may lag behind an authority's before it is said."""


def check(  # noqa: PLR0913 (each is another thing to know)
    path: Path,
    *,
    strict: bool = False,
    expected_root: str | None = None,
    catalogue_text: Callable[[bytes], str] | None = None,
    roots: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Verdict:
    """Check a bag, a folder or a zip file.

    Args:
        path: The bag's own folder, or the zip file that holds it.
        strict: Hold any bag to the rules of ours, and compute its SM3 sums too.
        expected_root: The 64 hex digits that were kept elsewhere, to compare with the bag's root.
        catalogue_text: Turns the bytes of the catalogue's PDF into text, to compare it with the
            rows; without it the PDF is only checked as a file.
        roots: Root certificates, PEM, that time stamps are checked with; none from inside the bag.
        now: To tell that an authority's certificate has expired since; it changes no judgement.

    Raises:
        NotFound: There is nothing at the path.
        BadInput: It is neither folder nor zip file, or the expected root is not 64 hex digits.
    """
    expected = _root(expected_root)
    reader = opened(path)
    try:
        return _checked(
            reader,
            strict=strict,
            expected=expected,
            catalogue_text=catalogue_text,
            roots=roots,
            now=now,
        )
    finally:
        reader.close()


def _checked(  # noqa: PLR0913 (each is another thing to know)
    reader: readers.Reader,
    *,
    strict: bool,
    expected: str | None,
    catalogue_text: Callable[[bytes], str] | None,
    roots: Sequence[bytes],
    now: datetime | None,
) -> Verdict:
    notes = Notebook()
    covered: tuple[Covered, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    for remark in reader.remarks:
        (notes.fault if remark.fault else notes.doubt)(remark.file, remark.meaning)
    if not reader.sizes and notes.faults():
        return _verdict(reader, notes, ours=False, root=None)
    said = lists.read_lists(reader, notes)
    ours = any(value.startswith(bundle_rules.PROFILES) for value in said.marks(bundle_rules.LABEL))
    notes.held = ours or strict
    bag_rules.check_names(reader, notes)
    bag_rules.check_completeness(reader, said, notes)
    bag_rules.check_tag_files(reader, said, notes, ours=ours)
    bag_rules.check_oxum(reader, said, notes)
    bag_rules.check_fetch(said, notes)
    bag_rules.check_sums(reader, said, notes)
    root = _root_of(reader, notes)
    if expected is not None and root != expected:
        notes.fault(
            _ROOT_LIST,
            message(
                "The root is not the one that was kept elsewhere: this is not the same bundle."
            ),
        )
    if ours:
        stamps = stamp_rules.check(reader, notes, roots=roots, now=now)
        bundle_rules.check(reader, said, notes, catalogue_text=catalogue_text)
        proved = any(stamp.status == "valid" for stamp in stamps)
        cases = said.marks("External-Identifier")
        covered = custody.check(reader, notes, roots, cases=cases, proved=proved)
        _note_times_to_come(notes, stamps, covered, now)
    elif {_SM3_LIST, "VERIFY.zh.txt"} <= reader.sizes.keys():
        notes.warning(
            "bag-info.txt",
            message("The bag looks like a pirights bundle, but does not say that it is one."),
        )
    sm3: bool | None = strict if _SM3_LIST in reader.sizes else None
    if sm3:
        bundle_rules.check_sm3(reader, said, notes)
    return _verdict(reader, notes, ours=ours, root=root, custody=covered, stamps=stamps, sm3=sm3)


def _note_times_to_come(
    notes: Notebook, stamps: Sequence[Stamp], covered: Sequence[Covered], now: datetime | None
) -> None:
    """Name the time stamps of a time that this computer's clock has not reached."""
    times = {stamp.file: stamp.time for stamp in stamps if stamp.status != "wrong"}
    times |= {f"{one.file}.tsr": one.time for one in covered}
    for name, time in times.items():
        if now is not None and time is not None and time > now + _CLOCKS_APART:
            notes.warning(
                name,
                message(
                    "The clock of this computer lies before the time of the time stamp, {time}: "
                    "set the clock right and check again; if it is right, the authority's is not.",
                    time=f"{time:%Y-%m-%d %H:%M:%S} UTC",
                ),
            )


def _verdict(  # noqa: PLR0913 (each is another thing to know)
    reader: readers.Reader,
    notes: Notebook,
    *,
    ours: bool,
    root: str | None,
    custody: tuple[Covered, ...] = (),
    stamps: tuple[Stamp, ...] = (),
    sm3: bool | None = None,
) -> Verdict:
    faults = notes.faults()
    return Verdict(
        verdict="invalid" if faults else "valid",
        ours=ours,
        findings=faults,
        warnings=notes.warnings(),
        root_sha256=root,
        files=sum(name.startswith("data/") for name in reader.sizes),
        custody=custody,
        stamps=stamps,
        sm3_compared=sm3,
    )


def opened(path: Path) -> readers.Reader:
    """Open a bag to be read; the caller closes it.

    Raises:
        NotFound: There is nothing at the path.
        BadInput: It is neither folder nor zip file, or cannot be read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return FolderReader(path)
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                is_zip = file.read(2) == b"PK" or path.suffix.lower() == ".zip"
            if is_zip:
                return ZipReader(path)
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise NotFound(
            message("There is nothing at {path}.", path=path),
            hint=message("Give the folder or the .zip file that 'bundle build' made."),
        ) from problem
    except OSError as problem:
        raise BadInput(
            message(
                "{path} cannot be read: {reason}.", path=path, reason=problem.strerror or problem
            ),
            hint=message("Check that the file is there and that you may read it."),
        ) from problem
    raise BadInput(
        message("{path} is neither a folder nor a zip file.", path=path),
        hint=message("Give the folder or the .zip file that 'bundle build' made."),
    )


def _root(given: str | None) -> str | None:
    if given is None:
        return None
    root = re.sub(r"\s", "", given).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", root):
        raise BadInput(
            message("The expected root is not 64 hex digits."),
            hint=message("Copy it from the root sheet: digits 0-9 and letters a-f."),
        )
    return root


def _root_of(reader: readers.Reader, notes: Notebook) -> str | None:
    if _ROOT_LIST not in reader.sizes:
        return None
    root = hashlib.sha256()
    try:
        for piece in reader.pieces(_ROOT_LIST):
            root.update(piece)
    except readers.Unreadable as problem:
        notes.fault(_ROOT_LIST, problem.meaning)
        return None
    return root.hexdigest()
