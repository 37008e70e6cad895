"""Which handlers are there already, by code and by name, while a file is taken in."""

from pirights.domain.handler import Handler
from pirights.domain.handler_name import normalised
from pirights.workflow.desk import Desk


class KnownHandlers:
    """The handlers of the vault, and those of the file as they come."""

    def __init__(self, desk: Desk) -> None:
        self._codes: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._by_code: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        self._new: set[int] = set()
        for one in desk.vault.find_all(Handler, newest_first=False):
            self.note(one.id, one)

    def note(self, number: int, one: Handler, *, is_new: bool = False) -> None:
        """Take note of a handler as it now is."""
        self._codes[number] = one.uscc
        self._names[number] = one.name
        coded = self._by_code.setdefault(one.uscc, []) if one.uscc else []
        named = self._by_name.setdefault(normalised(one.name), [])
        for found in (coded, named):
            if number not in found:
                found.append(number)
        if is_new:
            self._new.add(number)

    def like(self, one: Handler) -> list[int]:
        """Find those that are the same: by its code, else by its name if no code contradicts."""
        if one.uscc and one.uscc in self._by_code:
            return list(self._by_code[one.uscc])
        return [
            number
            for number in self._by_name.get(normalised(one.name), ())
            if not (one.uscc and self._codes[number])
        ]

    def named(self, name: str, *, but: int) -> int | None:
        """Find the only other one with a code or a name; None where there is none, or several."""
        by_code = self._by_code.get(name.strip().upper(), [])
        found = by_code or self._by_name.get(normalised(name), [])
        found = [number for number in found if number != but]
        if len(found) > 1:  # spelling tells apart those that are called alike
            found = [number for number in found if self._names[number] == name.strip()]
        return found[0] if len(found) == 1 else None

    def has(self, number: int) -> bool:
        """Say whether there is a handler with this number."""
        return number in self._codes

    def is_of_this_file(self, number: int) -> bool:
        """Say whether a handler came with the file that is taken in."""
        return number in self._new
