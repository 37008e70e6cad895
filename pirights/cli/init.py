"""`pirights init`: make a vault and one's own profile."""

from typing import Annotated

import typer

from pirights import clock
from pirights.cli import ask
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.place import warn_if_copied
from pirights.cli.show import Facts
from pirights.domain.person import Person
from pirights.errors import VaultLocked, message


def init(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Option(help=N_("Your name, as the handler knows it."))] = "",
    name_en: Annotated[str, typer.Option(help=N_("Your name in English letters."))] = "",
    phone: Annotated[str, typer.Option(help=N_("Your telephone number."))] = "",
    email: Annotated[str, typer.Option(help=N_("Your e-mail address, for replies."))] = "",
    address: Annotated[str, typer.Option(help=N_("Your postal address, for replies."))] = "",
    id_number: Annotated[
        str,
        typer.Option(
            help=N_(
                "Your identity card number; optional, never in a letter, masked in a power of "
                "attorney."
            )
        ),
    ] = "",
    no_keyring: Annotated[
        bool, typer.Option("--no-keyring", help=N_("Do not use the system's keyring."))
    ] = False,
) -> None:
    from pirights.workflow import vault_care

    here = call(ctx)
    vault_care.refuse_existing(here.vault_folder)
    if not name and ask.is_terminal():
        name = ask.line(here, message("Your name, as the handler knows it"), option="--name")
        email = email or ask.line(
            here, message("Your e-mail address, for replies (or nothing)"), option="--email"
        )
        address = address or ask.line(
            here, message("Your postal address, for replies (or nothing)"), option="--address"
        )
    passphrase = ask.new_passphrase(here)
    if passphrase is None:
        raise VaultLocked(
            message("There is no terminal to ask for a passphrase, and none was given."),
            hint=message(
                "Put it into a file and name that in {file}, or use --passphrase-fd.",
                file=ask.PASSPHRASE_FILE,
            ),
        )
    owner = Person(
        id=0,
        name=name,
        name_en=name_en,
        phone=phone,
        email=email,
        address=address,
        id_number=id_number,
    )
    made = vault_care.make(
        here.vault_folder,
        passphrase=passphrase,
        use_keyring=not no_keyring,
        owner=owner,
        now=clock.now(),
    )
    warn_if_copied(here, made.syncing_service)
    here.screen.result(
        "Init",
        {
            "vault": made.folder,
            "recovery_code": made.recovery_code,
            "person": made.person.label,
            "slots": made.slots,
        },
        message("The vault is made."),
        Facts(
            [
                (N_("Vault"), made.folder),
                (N_("Recovery code"), made.recovery_code),
            ]
        ),
        message(
            "Write the recovery code on paper and keep it apart from this computer. It is shown "
            "only now; whoever has it can open the vault."
        ),
        message("Next: write down a scan with `pirights log add`."),
    )
