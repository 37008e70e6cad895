"""What the templates of the papers beside a letter may name."""

from collections.abc import Callable, Mapping
from typing import Final

from pirights.domain.document import Language
from pirights.domain.paper import Paper
from pirights.letters import receipt
from pirights.letters.declared_parties import parties
from pirights.letters.shapes import FLAG, NUMBER, TEXT, Many, Record, Shape, texts


def _common(language: Language) -> dict[str, Shape]:
    """What `beside.common` hands over."""
    return {
        **parties(),
        **texts("label", f"on_{language}", "receiver"),
        "letter": Record(texts(f"title_{language}")),
        **dict.fromkeys(("two_step", "authority"), FLAG),
    }


def _poa(language: Language) -> dict[str, Shape]:
    """What `poa.values` hands over."""
    side = texts("name", "id", "phone")
    return {
        **_common(language),
        "principal": Record({**side, "lines": Many(Record(texts("label", "text")))}),
        "agent": Record(side),
        **dict.fromkeys(("minor", "court", "until_chosen"), FLAG),
        "scope": Record(
            dict.fromkeys(("submit", "receive", "copies", "contact", "follow"), NUMBER)
        ),
        "powers": Many(TEXT),
        f"until_{language}": TEXT,
    }


def _ems(language: Language) -> dict[str, Shape]:
    """What `ems.values` hands over."""
    return {
        **_common(language),
        "to": Record(texts("address", "phone")),
        **texts("sender", "shortest", "contents"),
        "enclosures": Many(TEXT),
        "pages": NUMBER,
    }


def _receipt(language: Language) -> dict[str, Shape]:
    """What `receipt.values` hands over."""
    return {
        **_common(language),
        **dict.fromkeys(("pages", "enclosures"), NUMBER),
        "known": FLAG,
    }


KINDS: Final[Mapping[str, Callable[[Language], dict[str, Shape]]]] = {
    Paper.POA: _poa,
    Paper.EMS: _ems,
    Paper.DELETION_CHECKLIST: _common,
    receipt.KIND: _receipt,
}
