"""Stamping a finished bundle again, before the sums and certificates of its last stamp grow old.

Needs no vault: whoever keeps a bundle may keep it alive. What is in the bundle stays as it is, to
the byte; one file is added.
"""

import contextlib
import os
import secrets
import shlex
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pirights.errors import BadInput, EvidenceAltered, message
from pirights.evidence import bag_output, bag_rules, stamp_rules, verify
from pirights.workflow import time_stamping
from pirights.workflow.papers import write_whole
from pirights.workflow.time_stamping import Authority, Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Restamped:
    """A bundle with one more time stamp.

    Attributes:
        file: The time stamp's path in the bundle.
    """

    path: Path
    file: str
    stamp: Stamp


def restamp(path: Path, asked: Authority, *, now: datetime) -> Restamped:
    """Add a time stamp to a bundle, over its root and all time stamps before.

    Raises:
        BadInput: It is no bundle of ours, is full of time stamps, or cannot be written.
        EvidenceAltered: It is not what its lists say.
        NetworkRefused: The authority gave no time stamp worth keeping, or one that is hours off,
            which is kept beside the bundle; the bundle is as before.
        NotFound: There is nothing at the path.
    """
    path = path.absolute()
    # Without roots: time stamps of other authorities than this one shall stay, too.
    verdict = verify.check(path)
    if not verdict.valid:
        raise EvidenceAltered(
            message("{path} is not a valid bundle, so it is not stamped.", path=path),
            hint=message(
                "See what is wrong with `{command}`.",
                command=shlex.join(["pirights", "bundle", "verify", str(path)]),
            ),
        )
    if not verdict.ours:
        raise BadInput(
            message("{path} is a bag of another program, so it is not stamped.", path=path)
        )
    reader = verify.opened(path)
    try:
        chain = stamp_rules.Chain(reader)
        for name in stamp_rules.present(reader):
            chain.add(b"".join(map(bytes, reader.pieces(name))))
    finally:
        reader.close()
    if chain.number > stamp_rules.MOST:
        raise BadInput(
            message("{path} holds {most} time stamps already.", path=path, most=stamp_rules.MOST)
        )
    stamp = time_stamping.obtain(bytes.fromhex(chain.digests["sha256"]), asked, now=now)
    if stamp.far:
        kept = time_stamping.aside(path, stamp)
        write_whole(kept, stamp.token)
        raise time_stamping.too_far(stamp, kept, path, asked)
    files = stamp_rules.files(chain.number, stamp.token)
    (_into_folder if path.is_dir() else _into_zip)(path, files)
    return Restamped(path=path, file=chain.name, stamp=stamp)


def _into_folder(bundle: Path, files: Mapping[str, bytes]) -> None:
    """Move the files in, finished, one by one; the time stamp first: it is good without the others.

    They are written beside the bundle, so that whatever stops this leaves nothing in it that does
    not belong there: neither part of a file nor an empty folder.
    """
    for name, data in files.items():
        target = bundle / name
        growing = Path(tempfile.mkdtemp(prefix=f".{bundle.name[:100]}.", dir=bundle.parent))
        try:
            made = growing / target.name
            write_whole(made, data)
            if target.parent.exists():
                made.rename(target)
            else:
                growing.chmod(stat.S_IMODE(bundle.stat().st_mode))
                growing.rename(target.parent)
        except OSError as wrong:
            raise _not_written(target, wrong) from wrong
        finally:
            shutil.rmtree(growing, ignore_errors=True)


def _into_zip(bundle: Path, files: Mapping[str, bytes]) -> None:
    """Add the files to a copy beside the zip, then let the copy take its place."""
    growing = bundle.with_name(f".{bundle.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        shutil.copyfile(bundle, growing)
        with growing.open("r+b") as file:
            with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as archive:
                for name, data in files.items():
                    archive.writestr(_entry(archive, name), data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(bundle, growing)
        growing.replace(bundle)
    except OSError as wrong:
        raise _not_written(bundle, wrong) from wrong
    finally:
        with contextlib.suppress(OSError):
            growing.unlink()


def _entry(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Name the file as the others are named, in the folder in which the root list lies."""
    lists = [one for one in archive.namelist() if one.rpartition("/")[2] == bag_rules.ROOT_LIST]
    top = min(lists, key=len).removesuffix(bag_rules.ROOT_LIST)
    return bag_output.zip_entry(f"{top}{name}")


def _not_written(path: Path, wrong: OSError) -> BadInput:
    return BadInput(
        message("{file} cannot be written: {problem}.", file=path, problem=wrong.strerror),
        hint=message("Choose a folder that exists and that you may write to."),
    )
