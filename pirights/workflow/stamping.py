"""Having a third party confirm what the journal holds: `pirights stamp`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pirights import plain, settings
from pirights.domain.checkpoint import Checkpoint
from pirights.errors import BadInput, Message, NetworkRefused, message
from pirights.workflow import cases, checkpoints, exhibits, time_stamping
from pirights.workflow.desk import Desk
from pirights.workflow.papers import write_whole
from pirights.workflow.time_stamping import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A checkpoint with a third party's time.

    Attributes:
        time: The third party's; aware, UTC.
        signer: The third party, by its own name.
        trusted: A root certificate that the user trusts vouches for it.
        warnings: What is doubtful about it.
        ref: The case asked about; empty for none.
        rows: The numbers of the case's rows that it covers.
        files: Where text and time stamp were written to beside the vault.
    """

    checkpoint: Checkpoint
    time: datetime
    signer: str
    trusted: bool
    warnings: tuple[Message, ...]
    ref: str = ""
    rows: tuple[int, ...] = ()
    files: tuple[Path, ...] = ()


def stamp(
    desk: Desk,
    ref: str | None = None,
    *,
    url: str | None = None,
    roots: Sequence[Path] = (),
    out: Path | None = None,
) -> Stamped:
    """Make the checkpoint of now, have it stamped, and keep both in the vault.

    Args:
        desk: Vault and moment.
        ref: A case, to tell which of its rows are covered.
        url: The time-stamp authority's address; that of the settings if None.
        roots: Files of the root certificates that the user trusts; those of the settings if none.
        out: Where to put a copy of the checkpoint; its time stamp lies beside it as `.tsr`.

    Raises:
        BadInput: The address, a root or `out` cannot be taken.
        NetworkRefused: No third party confirms a time. Where one was asked, the journal says so,
            and nothing is kept in the vault. An answer that is hours off lies as a file where the
            copy was to lie, or in the current folder, with the checkpoint that it is of.
        NotFound: No such case.
    """
    rows = _rows(desk, ref)
    files = _free(out)
    if not (url or settings.time_stamps().url):
        raise NetworkRefused(
            message("No third party confirms a time for the journal: none was named."),
            hint=message(
                "Name a time-stamp authority with --tsa, or as tsa in {file}.",
                file=settings.stamp_file(),
            ),
        )
    authority = time_stamping.authority(url, roots)
    made = checkpoints.of_now(desk)
    try:
        got = time_stamping.obtain(hashlib.sha256(made.text()).digest(), authority, now=desk.now)
    except NetworkRefused as refused:
        with desk.vault.change(now=desk.now) as change:
            change.note(
                "checkpoint.refused",
                "",
                {"size": made.size, "root": made.root.hex(), "reason": str(refused.message)},
            )
        raise NetworkRefused(
            message(
                "No third party confirms a time for the journal up to row {row}: {reason}",
                row=made.size,
                reason=refused.message,
            ),
            hint=refused.hint,
        ) from refused
    if got.far:
        words = [*([ref] if ref else []), *(["--out", str(out)] if out else [])]
        raise _not_taken(desk, made, got, out, time_stamping.once_more(authority, "stamp", *words))
    _keep(desk, made, got)
    for path, data in zip(files, (made.text(), got.token), strict=False):
        write_whole(path, data)
    return Stamped(
        checkpoint=made,
        time=got.time,
        signer=got.signer,
        trusted=got.trusted,
        warnings=got.warnings,
        ref=desk.case(ref).ref if ref else "",
        rows=rows,
        files=files,
    )


def _not_taken(
    desk: Desk, made: Checkpoint, got: Stamp, out: Path | None, hint: Message
) -> NetworkRefused:
    """Keep a checkpoint and its answer outside the vault, and make the error that says why."""
    beside = (out or Path(f"checkpoint-{made.size}.txt")).absolute()
    answer = time_stamping.aside(beside, got)
    text = answer.with_suffix(".txt")
    with desk.vault.change(now=desk.now) as change:
        change.note(
            "checkpoint.refused",
            "",
            {
                "size": made.size,
                "root": made.root.hex(),
                "reason": "the clocks disagree",
                "time": plain.moment(got.time),
                "own_time": plain.moment(got.asked_at),
                "signer": got.signer,
                "trusted": got.trusted,
                "token_sha256": hashlib.sha256(got.token).hexdigest(),
                "kept": answer.name,
            },
        )
    for path, data in ((text, made.text()), (answer, got.token)):
        write_whole(path, data)
    return NetworkRefused(
        message(
            "The time stamp is not taken, because the clocks disagree: the authority's says "
            "{theirs}, this computer's {ours}. The authority's answer is kept in {file}.",
            theirs=time_stamping.told(got.time),
            ours=time_stamping.told(got.asked_at),
            file=answer,
        ),
        hint=hint,
        details={"stamped": False, "not_taken": str(answer), "checkpoint": str(text)},
    )


def _keep(desk: Desk, made: Checkpoint, got: Stamp) -> None:
    with desk.vault.change(now=desk.now) as change:
        checkpoints.keep(change, made, got.token)
        change.note(
            "checkpoint.stamped",
            "",
            {
                "size": made.size,
                "root": made.root.hex(),
                "time": plain.moment(got.time),
                "signer": got.signer,
                "trusted": got.trusted,
            },
        )


def _rows(desk: Desk, ref: str | None) -> tuple[int, ...]:
    if ref is None:
        return ()
    return tuple(row.seq for row in exhibits.custody(desk, cases.show(desk, ref)))


def _free(out: Path | None) -> tuple[Path, ...]:
    if out is None:
        return ()
    files = (out, out.with_name(f"{out.name}{checkpoints.SUFFIX}"))
    if not out.absolute().parent.is_dir():
        raise BadInput(
            message("There is no folder {folder}.", folder=out.absolute().parent),
            hint=message("Choose a folder that exists and has room, with --out."),
        )
    for path in files:
        if path.exists() or path.is_symlink():
            raise BadInput(
                message("{file} exists already.", file=path),
                hint=message("Choose another name; a checkpoint is never overwritten."),
            )
    return files
