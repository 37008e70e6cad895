"""The person: the one whose information it is."""

from dataclasses import dataclass
from enum import StrEnum


class Capacity(StrEnum):
    """In whose right the person acts."""

    SELF = "self"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone whose face was scanned; `P1` is the owner of the vault.

    Attributes:
        id: The number after the P.
        id_number: The resident identity card number; shown masked.
    """

    id: int
    name: str = ""
    name_en: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    id_number: str = ""
    capacity: Capacity = Capacity.SELF

    @property
    def label(self) -> str:
        """The name people type: P1."""
        return f"P{self.id}"


def masked(id_number: str) -> str:
    """Show the first and the last character of a number, and stars between."""
    if len(id_number) <= 2:  # noqa: PLR2004 (nothing is left to hide)
        return id_number
    return id_number[0] + "*" * (len(id_number) - 2) + id_number[-1]
