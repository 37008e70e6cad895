"""The person: the one whose information it is; and in whose right somebody else acts for them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Capacity(StrEnum):
    """In whose right the person acts."""

    SELF = "self"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    AGENT = "agent"


class Ward(StrEnum):
    """Whom a guardian acts for (Civil Code 27 and 28)."""

    MINOR = "minor"
    ADULT = "adult"


class Kinship(StrEnum):
    """What the one who acts is to the person: the close relatives of Civil Code 1045(2)."""

    FATHER = "father"
    MOTHER = "mother"
    SPOUSE = "spouse"
    SON = "son"
    DAUGHTER = "daughter"
    BROTHER = "brother"
    SISTER = "sister"
    GRANDFATHER = "grandfather"
    GRANDMOTHER = "grandmother"
    MATERNAL_GRANDFATHER = "maternal-grandfather"
    MATERNAL_GRANDMOTHER = "maternal-grandmother"
    GRANDCHILD = "grandchild"
    MATERNAL_GRANDCHILD = "maternal-grandchild"


PARENTS: Final = frozenset({Kinship.FATHER, Kinship.MOTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone whose face was scanned; `P1` is the owner of the vault.

    Attributes:
        id: The number after the P.
        id_number: The resident identity card number; shown masked.
        capacity: In whose right letters for this person are written.
        representative: Number of the person who acts where the capacity is not self; 0 for the
            owner of the vault, P1.
        kinship: What that one is to the person; None if it was not said.
        ward: Whom a guardian acts for.
        interest: A close relative's own lawful, legitimate interest (PIPL 49), in their words.
    """

    id: int
    name: str = ""
    name_en: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    id_number: str = ""
    capacity: Capacity = Capacity.SELF
    representative: int = 0
    kinship: Kinship | None = None
    ward: Ward = Ward.MINOR
    interest: str = ""

    @property
    def label(self) -> str:
        """The name people type: P1."""
        return f"P{self.id}"

    @property
    def is_minor_ward(self) -> bool:
        """A guardian acts for a minor: the person was one at every scan before today too."""
        return self.capacity is Capacity.GUARDIAN and self.ward is Ward.MINOR


def masked(id_number: str) -> str:
    """Show the first and the last character of a number, and stars between."""
    if len(id_number) <= 2:  # noqa: PLR2004 (nothing is left to hide)
        return id_number
    return id_number[0] + "*" * (len(id_number) - 2) + id_number[-1]
