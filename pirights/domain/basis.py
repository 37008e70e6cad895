"""What may be cited for a right on a date, what may not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from pirights.domain.handler import Venue
from pirights.domain.law import Confidence, Laws, Provision, State
from pirights.domain.request import Right
from pirights.errors import BadInput, Message, NotFound, message

COVERED_FROM: Final = date(2017, 6, 1)
"""The first day of which the law data say anything: that of the Cybersecurity Law."""

STATE_ORGANS: Final = frozenset({Venue.POLICE, Venue.GOVERNMENT})
"""Places whose handler is a state organ, which PIPL 33 to 37 treat apart."""

_AMONG_EQUALS: Final = ("civil-code-", "spc-frt-")


def binds_state_organs(key: str) -> bool:
    """Whether a provision may be cited to a state organ about what its duties are.

    The Civil Code and the interpretation on civil cases are about parties that are equals.
    """
    return not key.startswith(_AMONG_EQUALS)


class GoesOn(StrEnum):
    """What still happens today when the scan was long ago."""

    STORAGE = "storage"
    PRACTICE = "practice"


class Why(StrEnum):
    """Why a provision may be cited, or why not."""

    THEN = "in-force-that-day"
    NOW = "in-force-now"
    NOT_YET = "not-yet-in-force"
    NO_LONGER = "no-longer-in-force"
    OTHER_PLACE = "other-kind-of-place"
    MINORS_ONLY = "minors-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightRule:
    """The provisions that carry a right, the stronger first, under their present numbers.

    Attributes:
        state_organ: What is to be cited beside them where a state organ handles.
    """

    right: Right
    provisions: tuple[str, ...]
    goes_on: GoesOn
    source: str
    checked: date
    confidence: Confidence
    state_organ: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One provision, weighed for one question."""

    provision: Provision
    why: Why
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What may be cited for a right and what may not, each in the order of its rule."""

    right: Right
    on: date
    citable: tuple[Ground, ...]
    not_applicable: tuple[Ground, ...]


def basis(  # noqa: PLR0913 (what the law hangs on)
    rule: RightRule,
    laws: Laws,
    *,
    on: date,
    today: date,
    venue: Venue | None = None,
    still_stored: bool = False,
    minor: bool = False,
) -> Basis:
    """Weigh every provision of a right for a fact.

    What was in force on the day of the fact may be cited. With `still_stored`, so may what is in
    force today: storing is handling too (PIPL 4(2)), and today's is judged by today's law.

    Args:
        rule: The right's provisions.
        laws: The law data.
        on: The day of the fact.
        today: The day of asking.
        venue: The kind of place; None for any, and then no rule of one kind of place.
        still_stored: What was taken is stored to this day, or the practice goes on.
        minor: The person scanned was under 18.

    Raises:
        BadInput: The day lies in the future.
        NotFound: The day lies before the law data, and nothing goes on today.
    """
    if on > today:
        raise BadInput(
            message("{day} lies in the future: its law is not known.", day=on),
            hint=message("Today is {today}.", today=today),
        )
    if on < COVERED_FROM and not still_stored:
        raise NotFound(
            message(
                "What applied before {first} is not held whole in the law data; of {day} nothing "
                "is said.",
                first=COVERED_FROM,
                day=on,
            ),
            hint=message("With --still-stored the present law is named for the present storage."),
        )
    keys = (*rule.provisions, *(rule.state_organ if venue in STATE_ORGANS else ()))
    grounds = [
        _weighed(
            laws,
            key,
            on=on,
            today=today,
            venue=venue,
            goes_on=rule.goes_on if still_stored else None,
            minor=minor,
        )
        for key in _with_lineage(laws, keys)
    ]
    return Basis(
        right=rule.right,
        on=on,
        citable=tuple(one for one in grounds if one.why in {Why.THEN, Why.NOW}),
        not_applicable=tuple(one for one in grounds if one.why not in {Why.THEN, Why.NOW}),
    )


def _with_lineage(laws: Laws, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        yield from laws.lineage(key)


def _weighed(  # noqa: PLR0913 (as above)
    laws: Laws,
    key: str,
    *,
    on: date,
    today: date,
    venue: Venue | None,
    goes_on: GoesOn | None,
    minor: bool,
) -> Ground:
    provision = laws.provision(key)
    instrument = laws.instrument(key)
    then = laws.state(key, on)
    if provision.minors_only and not minor:
        why, reason = Why.MINORS_ONLY, message("Only where the person scanned was under 18.")
    elif provision.venues and venue not in provision.venues:
        why = Why.OTHER_PLACE
        reason = message("Only in a place of this kind: {venues}.", venues=provision.venues)
    elif then is State.IN_FORCE:
        why = Why.THEN
        reason = message("In force on that day, since {first}.", first=instrument.effective)
    elif then is State.NOT_YET and goes_on and laws.state(key, today) is State.IN_FORCE:
        why, reason = Why.NOW, _present(goes_on, instrument.effective)
    elif then is State.NOT_YET:
        why = Why.NOT_YET
        reason = message("Not yet in force on that day: from {first}.", first=instrument.effective)
    else:
        why, reason = Why.NO_LONGER, _gone(laws, key)
    return Ground(provision=provision, why=why, reason=reason)


def _present(goes_on: GoesOn, first: date) -> Message:
    if goes_on is GoesOn.STORAGE:
        return message(
            "In force since {first}, after that day: it is cited for what is still stored today, "
            "since storing is handling too, and not for the scan itself.",
            first=first,
        )
    return message(
        "In force since {first}, after that day: it is cited for the practice that goes on today, "
        "and not for the scan itself.",
        first=first,
    )


def _gone(laws: Laws, key: str) -> Message:
    instrument = laws.instrument(key)
    last = laws.provision(key).until or instrument.until
    now = next((new for new, old in laws.renumbered.items() if old == key), "")
    if now:
        return message(
            "No longer in force on that day: up to {last}; since then it is {key}.",
            last=last and last - timedelta(days=1),
            key=now,
        )
    return message(
        "No longer in force on that day: up to {last}.", last=last and last - timedelta(days=1)
    )
