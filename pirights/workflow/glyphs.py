"""What of a letter the fonts must be able to print: each text under the name of its field."""

from collections.abc import Iterable, Mapping
from typing import Final

from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Person

_PERSON: Final = ("name", "name_en", "phone", "email", "address")
_HANDLER: Final = ("name", "name_en", "address", "email")
_SCAN: Final = ("place", "purpose", "exemption")


def parties(person: Person, actor: Person | None, handler: Handler) -> Mapping[str, str]:
    """The fields of those whom a letter names; who acts for the person is the `actor`."""
    return {
        **_fields("person", person, (*_PERSON, "interest")),
        **(_fields("actor", actor, _PERSON) if actor else {}),
        **_fields("handler", handler, _HANDLER),
    }


def scans(encounters: Iterable[Encounter]) -> Mapping[str, str]:
    """The fields of the scans that a letter tells of."""
    return {
        name: text
        for encounter in encounters
        for name, text in _fields(encounter.label, encounter, _SCAN).items()
    }


def check(fields: Mapping[str, str]) -> None:
    """Refuse what the fonts cannot print.

    Raises:
        MissingGlyph: A character has no glyph; it is named, with its field.
    """
    from pirights.render import fonts

    fonts.check(fields)


def _fields(owner: str, of: object, names: Iterable[str]) -> dict[str, str]:
    return {f"{owner}.{name}": getattr(of, name) for name in names}
