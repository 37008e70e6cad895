"""What of a letter the fonts must be able to print: each text under the name of its field."""

from collections.abc import Iterable, Mapping
from typing import Final

from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.errors import MissingGlyph, message

_PERSON: Final = ("name", "name_en", "phone", "email", "address")
_HANDLER: Final = ("name", "name_en", "address", "email")
_SCAN: Final = ("place", "purpose", "exemption")
_EDITED: Final = {"P": "person", "H": "handler", "E": "log"}
"""The command that corrects what a label names, by the label's letter."""


def parties(person: Person, actor: Person | None, handler: Handler) -> Mapping[str, str]:
    """The fields of those whom a letter names; who acts for the person is the `actor`."""
    return {
        **_fields(person.label, person, (*_PERSON, "interest")),
        **(_fields(actor.label, actor, _PERSON) if actor else {}),
        **_fields(handler.label, handler, _HANDLER),
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
        MissingGlyph: A character has no glyph; it is named, with its field and what corrects that.
    """
    from pirights.render import fonts

    for field, text in fields.items():
        try:
            fonts.check({field: text})
        except MissingGlyph as missing:
            label, dot, name = field.partition(".")
            command = _EDITED.get(label[:1])
            if not dot or command is None or not label[1:].isdigit():
                raise
            raise MissingGlyph(
                missing.message,
                hint=message(
                    "Write it with another character, or describe it, as the identity card's own"
                    " note does: `pirights {command} edit {label} --{option} TEXT`.",
                    command=command,
                    label=label,
                    option=name.replace("_", "-"),
                ),
            ) from None


def _fields(owner: str, of: object, names: Iterable[str]) -> dict[str, str]:
    return {f"{owner}.{name}": getattr(of, name) for name in names}
