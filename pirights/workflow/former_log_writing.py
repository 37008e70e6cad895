"""Writing out a case's rows of the log, for the vault that it goes to."""

import io
import zipfile
from typing import Final

from pirights.workflow import cases, custody_papers
from pirights.workflow.desk import Desk

_MADE: Final = (1980, 1, 1, 0, 0, 0)
"""The one time of every file in it, so that the same rows give the same octets."""

_SHOWN: Final = 8
"""Hex digits of a vault's id that name its log."""


def name(vault: str) -> str:
    """Name the file after the vault that the log is of."""
    return f"log-of-vault-{vault[:_SHOWN]}.zip"


def octets(desk: Desk, ref: str) -> bytes:
    """Pack the rows of a case with their proofs and checkpoints.

    Raises:
        NotFound: No such case.
        VaultDamaged: A checkpoint in the vault is not one of its journal.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for entry in custody_papers.of(desk, cases.show(desk, ref)).entries:
            if not isinstance(entry.source, bytes):
                raise TypeError(entry.name)  # the files of a log are small and made in memory
            made = zipfile.ZipInfo(entry.name, _MADE)
            archive.writestr(made, entry.source, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
