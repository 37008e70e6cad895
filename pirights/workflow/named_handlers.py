"""Which handlers a sheet means: those of the vault, and those it names for the first time."""

from pirights.domain.encounter import Actor
from pirights.domain.handler import Handler
from pirights.vault.change import Change
from pirights.workflow.desk import Desk
from pirights.workflow.handler_mentions import HandlerMention


class NamedHandlers:
    """The handlers of the vault, by label and by name.

    Attributes:
        made: Those that the sheet named first, in order.
    """

    def __init__(self, desk: Desk) -> None:
        found = desk.vault.find_all(Handler)
        self._names = {handler.id: handler.name for handler in found}
        self._numbers = {handler.name: handler.id for handler in found}
        self._twins: dict[tuple[int, str], int] = {}
        self.made: list[Handler] = []

    def unknown(self, mentions: tuple[HandlerMention, ...]) -> int | None:
        """Return the first number that no handler has and no name stands beside."""
        for mention in mentions:
            if not mention.name and mention.number not in self._names:
                return mention.number
        return None

    def actors(self, mentions: tuple[HandlerMention, ...], change: Change) -> tuple[Actor, ...]:
        """Say who was there; a handler that is only named is made, once."""
        return tuple(
            Actor(handler=self._number(mention, change), role=mention.role) for mention in mentions
        )

    def _number(self, mention: HandlerMention, change: Change) -> int:
        number, name = mention.number, mention.name
        if number is None:
            if name not in self._numbers:
                self._numbers[name] = self._make(name, change)
            return self._numbers[name]
        if not name or self._names.get(number) == name:
            return number
        if (number, name) not in self._twins:
            self._twins[number, name] = self._make(name, change)
        return self._twins[number, name]

    def _make(self, name: str, change: Change) -> int:
        handler = change.add(Handler(id=0, name=name))
        self.made.append(handler)
        return handler.id
