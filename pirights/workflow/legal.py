"""Asking the law: what may be cited on a date, and by when an answer may be expected.

The first needs no vault.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from pirights import law_data, rule_data
from pirights.domain import basis, calendar, limitation
from pirights.domain.authority import Authority
from pirights.domain.basis import Basis
from pirights.domain.case import Case
from pirights.domain.deadline import Deadline
from pirights.domain.handler import Handler, Venue
from pirights.domain.law import Instrument, Laws, Provision
from pirights.domain.limitation import CODE_FROM
from pirights.domain.period import PeriodRule
from pirights.domain.request import Right
from pirights.domain.venue_profile import VenueProfile
from pirights.errors import Message, NotFound, NotNextStep, message
from pirights.workflow import reckoning
from pirights.workflow.desk import Desk

Known: TypeAlias = Instrument | Provision | VenueProfile | Authority | PeriodRule
"""Something of the law that has a name of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """When an answer is due in a case, and why.

    Attributes:
        deadline: What is due next; None where nothing is awaited.
        others: What else runs, the limitation of claims among it.
        remarks: What is to be known beside it.
    """

    case: Case
    deadline: Deadline | None
    others: tuple[Deadline, ...]
    remarks: tuple[Message, ...]


def cite(  # noqa: PLR0913 (what the law hangs on)
    right: Right,
    *,
    on: date,
    today: date,
    venue: Venue | None = None,
    still_stored: bool = False,
    minor: bool = False,
) -> Basis:
    """Say what may be cited for a right on a day, what may not, and why; raises as `basis`."""
    return basis.basis(
        rule_data.rights()[right],
        law_data.laws(),
        on=on,
        today=today,
        venue=venue,
        still_stored=still_stored,
        minor=minor,
    )


def laws() -> Laws:
    """All instruments and provisions.

    Raises:
        BadInput: A file of the law is malformed.
    """
    return law_data.laws()


def profiles() -> Mapping[Venue, VenueProfile]:
    """What is usual at each kind of place."""
    return rule_data.venues()


def authorities() -> Mapping[str, Authority]:
    """Where one can turn to."""
    return rule_data.authorities()


def periods() -> Mapping[str, PeriodRule]:
    """Every period with its source."""
    return rule_data.periods()


def find(name: str) -> Known:
    """Find what goes by a name, capitals or not: an instrument, provision, place, body or period.

    Raises:
        NotFound: Nothing does.
    """
    known = law_data.laws()
    places = {venue.value: profile for venue, profile in rule_data.venues().items()}
    shelves: Sequence[Mapping[str, Known]] = (
        known.instruments,
        known.provisions,
        places,
        rule_data.authorities(),
        rule_data.periods(),
    )
    name = name.casefold()
    for shelf in shelves:
        if name in shelf:
            return shelf[name]
    held = [one for one in known.provisions if one.startswith((f"{name}(", f"{name}."))]
    if held:
        raise NotFound(
            message("{name} is held by its paragraphs and items.", name=name),
            hint=message("Show one of {names}.", names=", ".join(held)),
        )
    from difflib import get_close_matches

    near = get_close_matches(name, [one for shelf in shelves for one in shelf], n=5)
    raise NotFound(
        message("Nothing in the law data goes by {name}.", name=name),
        hint=message("Did you mean {names}?", names=", ".join(near))
        if near
        else message("See what there is with `pirights law list`."),
    )


def parts(thing: Instrument | Provision) -> list[Provision]:
    """The provisions of an instrument, or the paragraphs and items of an article."""
    of = (f"{thing.id}:",) if isinstance(thing, Instrument) else (f"{thing.key}(", f"{thing.key}.")
    return [one for key, one in law_data.laws().provisions.items() if key.startswith(of)]


def explain(desk: Desk, ref: str, *, provisional: bool = False) -> Explained:
    """Explain by when an answer may be expected, and on whose word.

    A provisional day that is shown is kept in the journal, so that a later notice's difference
    can be told.

    Args:
        desk: Vault and moment.
        ref: The case.
        provisional: Count working days in a year without holiday notice by weekends
            and the holidays of fixed date.

    Raises:
        BadInput: Working days run into a year without notice, and `provisional` was not asked.
        NotFound: No such case.
        NotNextStep: The case is closed.
    """
    case = desk.case(ref)
    if case.closed_on is not None:
        raise NotNextStep(
            message("Case {ref} is closed already.", ref=case.ref),
            hint=message("Open it again with `pirights case reopen {ref}`.", ref=case.ref),
        )
    letters = desk.letters(case)
    replies = sorted(desk.replies(case), key=lambda reply: reply.on)
    of = reckoning.papers(desk, case, desk.vault.get(Handler, case.handler), letters, replies)
    proof = reckoning.proof_of_arrival(desk, reckoning.running(of)) if letters else ()
    found = reckoning.deadlines(of, proof)
    due = _next(found)
    if due is not None and due.guessed_year is not None and not provisional:
        refused = calendar.no_notice(due.guessed_year)
        raise type(refused)(
            refused.message,
            hint=message("--provisional counts by weekends and fixed holidays; the day may move."),
        )
    if due is not None and due.provisional:
        with desk.vault.change(now=desk.now) as change:
            reckoning.note_told(change, of)
    return Explained(
        case=case,
        deadline=due,
        others=tuple(limitation.told(one, desk.today) for one in found if one is not due),
        remarks=(*_remarks(of, due), *_run_out(found, desk.today)),
    )


def _next(found: Sequence[Deadline]) -> Deadline | None:
    order = ("answer", "paused", "arrival", "send", "asked-back")
    ranked = [one for one in found if one.id in order]
    return min(ranked, key=lambda one: order.index(one.id), default=None)


def _run_out(found: Sequence[Deadline], today: date) -> list[Message]:
    return [
        message(
            "Counted cautiously, the limitation of a claim for damages ended on {day}, before "
            "today: the other side may plead it. Whether it has really run out, ask a lawyer.",
            day=one.on,
        )
        for one in found
        if limitation.has_passed(one, today)
    ]


def _remarks(of: reckoning.Papers, due: Deadline | None) -> list[Message]:
    said = []
    if due is None:
        said.append(message("An answer has come; nothing is awaited in this case."))
    first = reckoning.first_fact(of)
    if first is not None and first < CODE_FROM:
        said.append(
            message(
                "The first scan was on {day}, before the Civil Code: what limits a claim for "
                "damages from it is not in the law data. Ask a lawyer.",
                day=first,
            )
        )
    return said
