"""What the templates of the papers for authorities may name; read with `vocabulary`."""

from collections.abc import Callable, Mapping
from typing import Final

from pirights.domain.document import Language
from pirights.domain.escalation import FollowUp
from pirights.letters.declared_parties import parties
from pirights.letters.shapes import FLAG, NUMBER, TEXT, Many, Record, Shape, texts

_POINTS: Final = Many(Record({"number": NUMBER, **texts("text", "facts", "basis")}))
_CHECKS: Final = Many(Record({"number": NUMBER, **texts("text", "basis")}))
_DEMANDS: Final = Many(Record({"number": NUMBER, "later": FLAG, **texts("text", "items", "basis")}))


def _shared(language: Language) -> dict[str, Shape]:
    """What `to_authority.shared` hands over."""
    return {
        **parties(),
        **texts("label", f"by_{language}", f"on_{language}", "office", "grounds", "given"),
        **dict.fromkeys(("facts", "steps", "exhibits"), Many(TEXT)),
        "unmet": Many(Record(texts("numbers", "result"))),
    }


def _regulator(language: Language) -> dict[str, Shape]:
    """What `regulator.values` hands over."""
    return {
        **_shared(language),
        "superior": FLAG,
        "unsatisfied": FLAG,
        "channel": TEXT,
        "demands": _DEMANDS,
        "points": _POINTS,
        "checks": _CHECKS,
    }


def _consumer(language: Language) -> dict[str, Shape]:
    """What `consumer.values` hands over."""
    return {
        **_shared(language),
        "department": FLAG,
        "customers": TEXT,
        "clues": Many(TEXT),
        "demands": _DEMANDS,
        "points": _POINTS,
    }


def _police(language: Language) -> dict[str, Shape]:
    """What `police.values` hands over."""
    return {**_shared(language), "points": _POINTS, "reportable": FLAG}


def _procuratorate(language: Language) -> dict[str, Shape]:
    """What `procuratorate.values` hands over."""
    return {
        **_shared(language),
        **texts("affected", "public"),
        "many": FLAG,
        "points": _POINTS,
        "checks": _CHECKS,
    }


KINDS: Final[Mapping[str, Callable[[Language], dict[str, Shape]]]] = {
    FollowUp.REGULATOR: _regulator,
    FollowUp.CONSUMER: _consumer,
    FollowUp.POLICE: _police,
    FollowUp.PROCURATORATE: _procuratorate,
}
