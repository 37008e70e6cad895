"""`pirights vault export` and `erase`: what a vault holds of one client alone."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pirights.cli import ask
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call
from pirights.cli.language import N_
from pirights.cli.place import warn_if_copied
from pirights.cli.progress import shown
from pirights.cli.show import Facts
from pirights.domain import entry
from pirights.errors import Cancelled, Message, message

if TYPE_CHECKING:
    from pirights.workflow.client_erasure import Planned

_NOUNS: Final[Mapping[str, str]] = {
    "person": N_("People"),
    "handler": N_("Handlers"),
    "encounter": N_("Encounters"),
    "case": N_("Cases"),
    "letter": N_("Letters"),
    "reply": N_("Replies"),
    "note": N_("Remarks"),
    "adjustment": N_("Changes of the clock"),
    "told": N_("Days told"),
    "cost": N_("Costs"),
    "batch_row": N_("Rows of sheets"),
    "attachment": N_("Files"),
}

_MOST_DAYS: Final = 10
"""Running days that are told one by one."""

Who = Annotated[str, typer.Option("--person", metavar="P7", help=N_("The client."))]


def export(
    ctx: typer.Context,
    *,
    person: Who,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help=N_("The new vault's folder; new, or empty."))
    ],
    new_passphrase_fd: Annotated[
        int | None,
        typer.Option(
            metavar="N", help=N_("Read the new vault's passphrase from this open file descriptor.")
        ),
    ] = None,
) -> None:
    """Make a vault of one client alone."""
    from pirights.workflow import client_export

    here, number = call(ctx), entry.record_number(person, "P")
    with opened(here) as desk:
        planned = client_export.plan(desk, number, out)
        label = planned.client.person.label
        _preview(
            here,
            message(
                "Into the new vault of {label}, {name}, alone go:",
                label=label,
                name=planned.client.person.name,
            ),
            planned.counts,
            planned.client.octets,
        )
        for notice in planned.notices:
            here.screen.warn(notice)
        passphrase = ask.changed_passphrase(here, descriptor=new_passphrase_fd)
        with shown(here, N_("Records")) as progress:
            done = client_export.export(
                desk, planned, out, passphrase=passphrase, progress=progress
            )
    warn_if_copied(here, done.syncing_service)
    here.screen.result(
        "VaultExport",
        {
            "person": label,
            "vault": done.folder,
            "id": done.vault,
            "recovery_code": done.recovery_code,
            "cases": [case.ref for case in planned.client.cases],
            "counts": planned.counts,
            "bytes": planned.client.octets,
            "checkpoint": {"size": done.checkpoint.size, "root": done.checkpoint.root.hex()},
            "notices": planned.notices,
        },
        message(
            "The vault of {label} alone is made; numbers and references are the same.", label=label
        ),
        Facts(
            [
                (N_("Vault"), done.folder),
                (N_("Recovery code"), done.recovery_code),
                *_counted(planned.counts, planned.client.octets),
            ]
        ),
        message(
            "Write the recovery code on paper and keep it apart from the vault. It is shown only "
            "now; whoever has it can open the new vault."
        ),
        message(
            "Its log begins today, with the size and root of this one; the rows that tell when "
            "things were first written down are kept with each case, and go into its bundles."
        ),
        message("Open it: `pirights case list --vault {folder}`.", folder=done.folder),
    )


def erase(
    ctx: typer.Context,
    *,
    person: Who,
    because: Annotated[
        str,
        typer.Option(metavar="TEXT", help=N_("Why, in your words and without a name; it is kept.")),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only show what would be erased."))
    ] = False,
) -> None:
    """Erase what the vault holds of one client."""
    from pirights.workflow import client_erasure

    here, number = call(ctx), entry.record_number(person, "P")
    with opened(here) as desk:
        planned = client_erasure.plan(desk, number)
        label = planned.client.person.label
        if dry_run:
            _show_plan(here, planned)
            return
        if not here.yes:
            for line in _told(planned):
                here.screen.notice(line)
            _confirm(here, label)
            here.screen.notice(
                message("Erasing; the vault's file is written anew, which may take a while.")
            )
        done = client_erasure.erase(desk, number, because=because)
    if not done.swept:
        here.screen.warn(
            message("The vault's file could not be written anew; the next opening sees to it.")
        )
    here.screen.result(
        "VaultErase",
        {**_view(done.planned), "erased": True, "payloads": done.payloads, "swept": done.swept},
        message("What the vault held of {label} is erased.", label=label),
        Facts(
            [
                *_counted(done.planned.counts, done.planned.octets),
                (N_("Journal rows emptied"), done.payloads),
            ]
        ),
        message(
            "The journal keeps that there were rows: their numbers, times, kinds and digests, with "
            "labels such as {label}; and one more that says what was erased, when and why.",
            label=label,
        ),
        *_left(done.planned),
    )


def _show_plan(here: Call, planned: "Planned") -> None:
    here.screen.result(
        "VaultErase",
        {**_view(planned), "erased": False},
        _lead(planned),
        Facts(_counted(planned.counts, planned.octets)),
        *_warnings(planned),
        message("Nothing was erased."),
    )


def _view(planned: "Planned") -> dict[str, object]:
    return {
        "person": planned.client.person.label,
        "cases": [case.ref for case in planned.client.cases],
        "counts": planned.counts,
        "bytes": planned.octets,
        "open": planned.open,
        "running": [{"ref": one.ref, "what": one.what, "on": one.on} for one in planned.running],
        "staying": planned.staying,
        "named": planned.named,
        "in_no_case": planned.loose,
        "bundles": planned.bundles,
        "exported": planned.exported,
        "run_files": planned.run_files,
    }


def _told(planned: "Planned") -> Iterator[Message]:
    yield _lead(planned)
    yield from _lines(planned.counts, planned.octets)
    yield from _warnings(planned)


def _lead(planned: "Planned") -> Message:
    person = planned.client.person
    return message("Of {label}, {name}, would be erased:", label=person.label, name=person.name)


def _warnings(planned: "Planned") -> Iterator[Message]:
    """What is lost, what stays, and what is out of reach."""
    label = planned.client.person.label
    if planned.open:
        yield message("Cases that are still open: {cases}.", cases=planned.open)
    for one in planned.running[:_MOST_DAYS]:
        yield message("{ref}, {on}: {what}", ref=one.ref, on=one.on, what=one.what)
    if len(planned.running) > _MOST_DAYS:
        yield message("And {count} days more.", count=len(planned.running) - _MOST_DAYS)
    yield from _left(planned)
    if not planned.exported:
        yield message(
            "No vault of this client alone was made yet. To keep one: `pirights vault export "
            "--person {label} --out DIR`.",
            label=label,
        )
    yield message("This cannot be undone.")


def _left(planned: "Planned") -> Iterator[Message]:
    if planned.staying:
        yield message("Others need these, so they stay: {records}.", records=planned.staying)
    if planned.named:
        yield message(
            "These stay and seem to name the person; look at them: {records}.",
            records=planned.named,
        )
    if planned.loose:
        yield message(
            "Scans and messages that are in no case stay, for they are nobody's: {count}.",
            count=planned.loose,
        )
    if planned.bundles:
        yield message("Bundles that were built of the cases: {count}.", count=planned.bundles)
    if planned.run_files:
        yield message(
            "Files of runs stay where they were written: {count} in {folders} of the folder of the "
            "run (`batch run --out`), with their lines in index, labels and print.pdf. Delete them "
            "there.",
            count=len(planned.run_files),
            folders=sorted({f"{path.partition('/')[0]}/" for path in planned.run_files}),
        )
    yield message(
        "Not touched: papers, sheets and bundles that were written to the disk or given out, "
        "vaults that were exported, and backups of this one."
    )


def _confirm(here: Call, label: str) -> None:
    typed = ask.line(
        here, message("To erase it for good, type {label}", label=label), option="--yes"
    )
    if typed.strip().casefold() != label.casefold():
        raise Cancelled(message("Cancelled; nothing was changed."))


def _preview(here: Call, lead: Message, counts: Mapping[str, int], octets: int) -> None:
    """Say what it is about, where a person is there to read it."""
    if ask.is_terminal():
        for line in (lead, *_lines(counts, octets)):
            here.screen.notice(line)


def _lines(counts: Mapping[str, int], octets: int) -> Iterable[Message]:
    return (
        message("  {what}: {count}", what=Message(what), count=count)
        for what, count in _counted(counts, octets)
    )


def _counted(counts: Mapping[str, int], octets: int) -> list[tuple[str, object]]:
    size = [(N_("Size of the files in bytes"), octets)] if octets else []
    return [*((_NOUNS[noun], count) for noun, count in counts.items()), *size]
