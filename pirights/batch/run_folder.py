"""The folder of a run: whose it is, that nobody else is at work in it, and what it holds.

`run.json` names the run and the vault that knows it. A folder belongs to one run of one vault;
what is not that is refused, and nothing in it is touched.
"""

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pirights.batch import closed_folder
from pirights.domain.document import Form
from pirights.errors import BadInput, NotNextStep, message
from pirights.vault.folder import DATABASE, KEY_FILE
from pirights.workflow.papers import write_whole

NAME: Final = "run.json"
_KIND: Final = "BatchRun"
_LIMIT: Final = 65_536
"""Octets of `run.json`."""

_RUN: Final = re.compile(r"[0-9a-f]{16}")
_UNFINISHED: Final = ".part"
"""How the name ends under which a file is written before it is whole."""

_OF_SYSTEMS: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
"""What file managers put unasked into a folder that somebody looks at; in small letters."""

ANOTHER: Final = message("Choose a folder that exists and has room, with --out.")
"""What to do where a run cannot begin; for one that was begun, see `room`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFolder:
    """A folder with the run that it belongs to.

    Attributes:
        run: The run's own name, 16 hex digits.
        forms: In which each letter is written.
        is_new: Nothing was made in it yet by an earlier call.
    """

    path: Path
    run: str
    forms: tuple[Form, ...]
    is_new: bool


def found(out: Path, *, vault: str, resume: bool) -> RunFolder | None:
    """Look at the folder without touching it; None where a run may begin in it.

    Args:
        out: The folder; it may be missing.
        vault: The id of the vault.
        resume: A run that is found there is to go on.

    Raises:
        BadInput: It is no folder, cannot be looked at, holds something else than a run, or
            something in it leads elsewhere; or a new one would lie in a vault or another run.
        NotNextStep: It holds a run that is not to go on, or that another vault made.
    """
    try:
        if not out.exists():
            closed_folder.refuse_link(out)  # one that leads nowhere
        names = sorted(one.name for one in out.iterdir()) if out.exists() else []
    except OSError as wrong:
        raise unwritable(out, wrong) from wrong
    names = [name for name in names if not _counts_as_nothing(name)]
    if not names:
        _refuse_within(out)
        return None
    if NAME not in names:
        raise BadInput(
            message("{folder} holds {name}, which no run made.", folder=out, name=names[0]),
            hint=message("Name a new or empty folder, with --out."),
        )
    try:
        closed_folder.refuse_traps(out)
    except OSError as wrong:
        raise unwritable(out, wrong) from wrong
    kept = _read(out / NAME)
    if kept.get("vault") != vault:
        raise NotNextStep(
            message("{folder} holds a run that another vault made.", folder=out),
            hint=message("Open that vault with --vault, or name another folder with --out."),
        )
    run, forms = kept.get("run"), kept.get("forms")
    if not isinstance(run, str) or not _RUN.fullmatch(run) or not isinstance(forms, list):
        raise _no_run(out / NAME)
    try:
        known = tuple(Form(form) for form in forms)
    except ValueError as wrong:
        raise _no_run(out / NAME) from wrong
    if not resume:
        raise NotNextStep(
            message("{folder} holds a run already.", folder=out),
            hint=message("Go on with it: add --resume. Or name another folder with --out."),
        )
    return RunFolder(path=out, run=run, forms=known or (Form.PDF,), is_new=False)


def _refuse_within(out: Path) -> None:
    """Refuse to begin within a vault or another run, wherever links lead.

    Raises:
        BadInput: A folder above holds one. What cannot be read is taken for neither.
    """
    for place in Path(os.path.realpath(out)).parents:
        if _holds_vault(place):
            said = message("{folder} lies in {place}, which is a vault.", folder=out, place=place)
        elif _holds_run(place):
            said = message(
                "{folder} lies in {place}, the folder of another run.", folder=out, place=place
            )
        else:
            continue
        raise BadInput(
            said, hint=message("Name a folder outside {place}, with --out.", place=place)
        )


def _holds_vault(place: Path) -> bool:
    try:
        return all((place / name).is_file() for name in (KEY_FILE, DATABASE))
    except OSError:
        return False


def _holds_run(place: Path) -> bool:
    try:
        return bool(_read(place / NAME))
    except BadInput:
        return False


def _counts_as_nothing(name: str) -> bool:
    is_unfinished = name.startswith(".") and name.endswith(_UNFINISHED)
    return is_unfinished or name.casefold() in _OF_SYSTEMS


@contextlib.contextmanager
def entered(  # noqa: PLR0913 (each is needed once)
    out: Path, *, vault: str, resume: bool, run: str, sheet: str, forms: tuple[Form, ...]
) -> Iterator[RunFolder]:
    """Begin a run in a folder, or go on with the one in it, alone.

    What is made until it is left is for the owner alone.

    Args:
        out: The folder; made where it is missing, for its owner alone.
        vault: As for `found`.
        resume: As for `found`.
        run: The name that a new run gets.
        sheet: What the rows come from, for people who look into `run.json`.
        forms: What the letters of a new run are rendered as; those of an old one stay.

    Raises:
        BadInput: As `found`, or it cannot be made or written to.
        NotNextStep: As `found`, or another run is at work in it.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.mkdir(mode=0o700, exist_ok=True)
    except OSError as wrong:
        raise unwritable(out, wrong) from wrong
    with _alone(out), closed_folder.private():
        kept = found(out, vault=vault, resume=resume)
        if kept is None:
            about = {
                "kind": _KIND,
                "pirights": 1,
                "run": run,
                "vault": vault,
                "sheet": sheet,
                "forms": [form.value for form in forms],
            }
            text = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
            write_whole(out / NAME, text.encode("utf-8", "backslashreplace"))
            kept = RunFolder(path=out, run=run, forms=forms, is_new=True)
        elif forms and set(forms) != set(kept.forms):
            raise NotNextStep(
                message(
                    "The letters of this run are made as {forms}.",
                    forms=[form.value for form in kept.forms],
                ),
                hint=message("Leave out --format, or begin a run in another folder."),
            )
        _sweep(out)
        yield kept


def _sweep(out: Path) -> None:
    """Remove what a killed run left half-written."""
    with contextlib.suppress(OSError):
        for place in [out, *closed_folder.client_folders(out)]:
            for left in place.glob(f".*{_UNFINISHED}"):
                left.unlink()


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Refuse to work beside another run in one folder. The lock goes with the process.

    Where the system or the file system has no locks, there is none.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    place = os.open(out, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as wrong:
            raise NotNextStep(
                message("Another run is at work in {folder}.", folder=out),
                hint=message("Wait for its end, or name another folder with --out."),
            ) from wrong
        except OSError:
            pass
        yield
    finally:
        os.close(place)


def _read(path: Path) -> dict[str, object]:
    try:
        if not path.is_file() or path.stat().st_size > _LIMIT:
            raise _no_run(path)
        kept = json.loads(path.read_bytes())
    except OSError as wrong:
        raise unwritable(path, wrong) from wrong
    except (ValueError, RecursionError) as wrong:
        raise _no_run(path) from wrong
    if not isinstance(kept, dict) or kept.get("kind") != _KIND:
        raise _no_run(path)
    return kept


def _no_run(path: Path) -> BadInput:
    return BadInput(
        message("{file} does not describe a run.", file=path),
        hint=message("Name a new or empty folder, with --out."),
    )


def unwritable(path: Path, wrong: OSError) -> BadInput:
    """A folder or a file in it that cannot be looked at or written."""
    return BadInput(
        message("{file} cannot be written: {problem}.", file=path, problem=wrong.strerror),
        hint=ANOTHER,
    )


def is_run(out: Path) -> bool:
    """Say whether a run was begun in a folder."""
    try:
        return (out / NAME).is_file()
    except OSError:
        return False
