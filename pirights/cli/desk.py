"""Opening the vault for a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from pirights import clock
from pirights.cli import ask
from pirights.cli.frame import Call
from pirights.workflow import vault_care
from pirights.workflow.desk import Desk


@contextmanager
def opened(call: Call) -> Iterator[Desk]:
    """Open the vault with whatever secret is at hand, and close it afterwards.

    Raises:
        NotFound: There is no vault.
        VaultDamaged: Its files are broken or were altered.
        VaultLocked: No secret opens it.
        VaultTooNew: A later pirights wrote it.
    """
    desk = vault_care.desk(
        call.vault_folder,
        given=lambda: ask.given_passphrase(call),
        prompt=lambda: ask.typed_passphrase(call),
        now=clock.now(),
    )
    with desk.vault:
        yield desk
