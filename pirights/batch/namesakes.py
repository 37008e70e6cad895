"""Names that several people have, and whether anything tells whether they are one."""

from typing import Final

from pirights.batch.marks import name_mark
from pirights.domain.person import Person

_TOLD: Final = ("id_number", "phone", "email")
"""What two of the same name are compared by."""


class Namesakes:
    """Remembers of each name by what those who have it are known.

    That is an octet: a bit for each set of particulars that one of them has.
    """

    def __init__(self) -> None:
        self._seen: Final[dict[int, int]] = {}

    def take(self, one: Person) -> bool:
        """Note one who is nobody known; say whether a namesake before them may be the same person.

        They may be where the two have no particular in common that could differ.
        """
        name = name_mark(one.name)
        told = sum(1 << place for place, field in enumerate(_TOLD) if getattr(one, field))
        seen = self._seen.get(name, 0)
        self._seen[name] = seen | 1 << told
        return any(seen >> other & 1 and not other & told for other in range(1 << len(_TOLD)))
