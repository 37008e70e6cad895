"""`pirights vault`: look after the encrypted vault."""

from pathlib import Path
from typing import Annotated

import typer

from pirights.cli import ask, vault_client
from pirights.cli.desk import opened
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.place import warn_if_copied
from pirights.cli.show import Facts
from pirights.errors import Message, VaultDamaged, message

app = group(N_("Look after the encrypted vault."))


@app.command(help=N_("Say what the vault holds."))
def status(ctx: typer.Context) -> None:
    from pirights.workflow import vault_care

    here = call(ctx)
    with opened(here) as desk:
        found = vault_care.status(desk)
    warn_if_copied(here, found.syncing_service)
    here.screen.result(
        "VaultStatus",
        {
            "vault": found.folder,
            "format": found.format,
            "zone": found.zone,
            "encounters": found.encounters,
            "cases": found.cases,
            "bytes": found.bytes,
            "slots": found.slots,
        },
        Facts(
            [
                (N_("Vault"), found.folder),
                (N_("Format"), found.format),
                (N_("Zone"), found.zone),
                (N_("Encounters"), found.encounters),
                (N_("Cases"), found.cases),
                (N_("Size in bytes"), found.bytes),
                (N_("Opened by"), found.slots),
            ]
        ),
    )


@app.command(help=N_("Check the vault: files, digests, journal."))
def check(
    ctx: typer.Context,
    *,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            readable=False,
            help=N_("A checkpoint of the log that was kept elsewhere; shows an older copy."),
        ),
    ] = None,
) -> None:
    from pirights.workflow import vault_care

    here = call(ctx)
    notices: list[Message] = []
    try:
        with opened(here) as desk:
            findings = vault_care.check(desk, checkpoint or ())
            notices = vault_care.of_former(desk, checkpoint or ())
    except VaultDamaged as damage:  # too far gone to be opened: that is what was asked
        findings = [damage.message]
    advice = message("Bring the vault back from a backup, and keep the damaged one.")
    here.screen.result(
        "VaultCheck",
        {
            "clean": not findings,
            "findings": findings,
            **({"notices": notices} if notices else {}),
        },
        *notices,
        *([*findings, advice] if findings else [message("The vault is clean.")]),
    )
    if findings:
        raise typer.Exit(21)


@app.command(help=N_("Change the passphrase."))
def passphrase(
    ctx: typer.Context,
    *,
    new_passphrase_fd: Annotated[
        int | None,
        typer.Option(
            metavar="N", help=N_("Read the new passphrase from this open file descriptor.")
        ),
    ] = None,
) -> None:
    from pirights.workflow import vault_care

    here = call(ctx)
    with opened(here) as desk:
        chosen = ask.changed_passphrase(here, descriptor=new_passphrase_fd)
        vault_care.new_passphrase(desk, chosen)
        slots = desk.vault.slots
    here.screen.result(
        "VaultPassphrase",
        {"changed": True, "slots": slots},
        message(
            "The passphrase is changed; the old one opens nothing now. The recovery code stays."
        ),
    )


app.command("export", help=N_("Make a vault of one client alone, with a passphrase of its own."))(
    vault_client.export
)
app.command(help=N_("Erase what the vault holds of one client; the journal keeps its digests."))(
    vault_client.erase
)
