"""Writing a request from values: no vault, no clock. The same values make the same letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.encounter import Circumstance, Encounter
from pirights.domain.handler import Handler
from pirights.domain.law import Laws
from pirights.domain.period import PeriodRule
from pirights.domain.person import Capacity, Person
from pirights.domain.request import AskedItem
from pirights.domain.text import one_line
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.letters import compose
from pirights.workflow import (
    acting,
    articles_to_check,
    glyphs,
    interlock,
    letter_days,
    particulars,
    request_remarks,
)
from pirights.workflow.interlock import OpenCase
from pirights.workflow.wish import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A new case with its first letter, and what the user should know.

    Attributes:
        actor: Who acts for the person; None where the person acts alone.
    """

    case: Case
    letter: Letter
    person: Person
    handler: Handler
    notices: tuple[Message, ...]
    actor: Person | None = None

    @property
    def requester(self) -> Person:
        """Who asks: the person, or the close relative of one who has died."""
        if self.person.capacity is Capacity.RELATIVE and self.actor is not None:
            return self.actor
        return self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Everything that a request is written from.

    Attributes:
        wish: What is asked; the numbers in it are not looked at.
        actor: Who acts for the person, if that is somebody else.
        encounters: At least one, oldest first.
        open_cases: Those of the same person with the same handler, newest first.
        on: The letter's date.
        zone: The IANA zone in which that is a day.
    """

    wish: Wish
    person: Person
    handler: Handler
    encounters: tuple[Encounter, ...]
    ref: str
    on: date
    zone: str
    actor: Person | None = None
    open_cases: tuple[OpenCase, ...] = ()


def written(asking: Asking, laws: Laws) -> Opened:
    """Write the letter.

    Raises:
        BadInput: A date before the law or before a scan, no right, nobody who asks.
        NotNextStep: Deletion alone, while a copy is open; a household's own device; or nothing of
            the law can be cited for any of it.
        MissingGlyph: A character that the fonts lack.
    """
    person, actor, handler = asking.person, asking.actor, asking.handler
    encounters, on = asking.encounters, asking.on
    _refuse_before_the_law(on, laws)
    letter_days.refuse_later(encounters, on)
    _refuse_households(encounters)
    if not asking.wish.rights:
        raise BadInput(
            message("The letter asks for nothing."),
            hint=message("Name at least one right: `--right access`."),
        )
    if not person.name:
        raise BadInput(
            message("The person {person} has no name yet.", person=person.label),
            hint=message("Give it: `pirights person edit {person} --name …`.", person=person.label),
        )
    wish, capacity_notices = acting.within_capacity(person, actor, asking.wish)
    identify_by = tuple(one_line(clue, field="identify-by") for clue in wish.identify_by)
    told = particulars.checked(wish)
    two_step, notices = interlock.order(wish, asking.open_cases)
    brief = compose.Brief(
        ref=asking.ref,
        person=person,
        handler=handler,
        encounters=encounters,
        rights=wish.rights,
        letters=wish.letters,
        on=on,
        zone=asking.zone,
        identify_by=identify_by,
        two_step=two_step,
        actor=actor,
        particulars=told,
    )
    glyphs.check(
        {
            **glyphs.parties(person, actor, handler),
            **glyphs.scans(encounters),
            **particulars.printed(told),
            f"{handler.label}.policy_url": handler.policy_url,
            "identify-by": " ".join(identify_by),
        }
    )
    asked, document = compose.request(brief, laws)
    if all(item.right is None for item in asked):
        raise _nothing_applies(encounters)
    return Opened(
        case=Case(
            id=0,
            ref=asking.ref,
            person=person.id,
            handler=handler.id,
            encounters=tuple(encounter.id for encounter in encounters),
            rights=wish.rights,
            letters=wish.letters,
            opened_on=on,
            identify_by=identify_by,
            delete_now=wish.delete_now,
        ),
        letter=Letter(
            id=0,
            ref=asking.ref,
            number=1,
            kind="request",
            on=on,
            letters=wish.letters,
            handler_name=handler.name,
            items=asked,
            document=document,
        ),
        person=person,
        actor=actor,
        handler=handler,
        notices=(
            *capacity_notices,
            *acting.reminders(person, encounters, wish.rights, asking.ref),
            *notices,
            *request_remarks.beside(handler, encounters, asking.open_cases),
            *articles_to_check.told(laws, _cited(asked, compose.sector_rule(brief))),
        ),
    )


def _cited(asked: Sequence[AskedItem], sector: PeriodRule | None) -> list[str]:
    """Name what a request rests on, the sector's own rule among it."""
    return [*(key for item in asked for key in item.cites), *([sector.basis] if sector else [])]


def _refuse_before_the_law(on: date, laws: Laws) -> None:
    present = laws.instruments["pipl"]
    if not present.in_force(on):
        raise BadInput(
            message(
                "The letter rests on a law that applies from {effective}; it cannot be dated "
                "{date}.",
                effective=present.effective,
                date=on,
            ),
            hint=message("Leave out --date for today's date."),
        )


def _refuse_households(encounters: Sequence[Encounter]) -> None:
    for encounter in encounters:
        if Circumstance.FAMILY_USE in encounter.circumstances:
            raise NotNextStep(
                message(
                    "{encounter} is written down as a household's own matter: the Personal "
                    "Information Protection Law does not apply to it (72(1)), and no request can "
                    "rest on it.",
                    encounter=encounter.label,
                ),
                hint=message(
                    "If that is wrong: `pirights log edit {encounter} --circumstance "
                    "family-use=no`. Otherwise name the others with --encounter.",
                    encounter=encounter.label,
                ),
            )


def _nothing_applies(encounters: Sequence[Encounter]) -> NotNextStep:
    gone = next(
        (one for one in encounters if Circumstance.DATA_GONE in one.circumstances), encounters[0]
    )
    return NotNextStep(
        message(
            "None of the articles that this letter cites for these rights applies: they came into "
            "force after that day, and the log says that nothing is stored today."
        ),
        hint=message(
            "If it may still be stored: `pirights log edit {encounter} --circumstance "
            "data-gone=no`.",
            encounter=gone.label,
        ),
    )
