"""The folder into which the demo writes: what a demo made there, and nothing else, is replaced."""

from pathlib import Path
from typing import Final

from pirights.errors import BadInput, message
from pirights.workflow import demo_files
from pirights.workflow.papers import write_whole

MARK: Final = "MADE-BY-PIRIGHTS-DEMO.txt"
_LIST_LIMIT: Final = 2**20
"""Octets of a list that is still read."""

FILES: Final = "files"
BUNDLE: Final = "bundle"
_PAPERS: Final = ("letter.pdf", "letter.txt", "bundle-root.pdf")


def clear(out: Path) -> None:
    """Take away what an earlier demo made in this folder, and nothing else.

    Raises:
        BadInput: Something else stands where the demo would write.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        listed = {name for name in _listed(out) if (out / name).is_file()}
        for name in (FILES, BUNDLE):
            place = out / name
            taken = place.exists() and not (place.is_dir() and (listed or name == FILES))
            if place.is_symlink() or taken:
                raise _not_ours(out, name)
        for name in (*_PAPERS, *(f"{FILES}/{name}" for name in demo_files.NAMES)):
            if (out / name).exists() and name not in listed:
                raise _not_ours(out, name)
        stranger = next(
            (
                path.relative_to(out).as_posix()
                for path in sorted((out / BUNDLE).rglob("*"))
                if not path.is_dir() and path.relative_to(out).as_posix() not in listed
            ),
            None,
        )
        if stranger is not None:
            raise _not_ours(out, stranger)
        for name in listed:
            (out / name).unlink()
        for folder in sorted((out / BUNDLE).rglob("*"), reverse=True):
            folder.rmdir()
        if (out / BUNDLE).is_dir():
            (out / BUNDLE).rmdir()
        (out / FILES).mkdir(exist_ok=True)
    except OSError as wrong:
        raise BadInput(
            message("{file} cannot be written: {problem}.", file=out, problem=wrong.strerror),
            hint=message("Choose a folder that exists and has room, with --out."),
        ) from wrong


def _listed(out: Path) -> list[str]:
    """Read which files an earlier demo says it made; names that lead elsewhere do not count."""
    mark = out / MARK
    if mark.is_symlink() or not mark.is_file() or mark.stat().st_size > _LIST_LIMIT:
        return []
    names = mark.read_text(encoding="utf-8", errors="replace").splitlines()
    return [
        name
        for name in names
        if name and not Path(name).is_absolute() and ".." not in Path(name).parts
    ]


def mark(out: Path) -> None:
    """List what this demo made, so that the next one can take it away."""
    made = [*_PAPERS, *(f"{FILES}/{name}" for name in demo_files.NAMES)]
    made += [
        path.relative_to(out).as_posix() for path in (out / BUNDLE).rglob("*") if path.is_file()
    ]
    write_whole(out / MARK, "".join(f"{name}\n" for name in sorted(made)).encode())


def _not_ours(out: Path, name: str) -> BadInput:
    return BadInput(
        message("{folder} holds {name}, which no demo made.", folder=out, name=name),
        hint=message("Choose another folder with --out."),
    )
