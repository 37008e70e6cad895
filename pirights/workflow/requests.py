"""Writing the first letter of a case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pirights.domain import reference
from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.encounter import Circumstance, Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Capacity, Person
from pirights.domain.text import one_line
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.letters import compose
from pirights.workflow import (
    acting,
    encounter_list,
    glyphs,
    interlock,
    letter_days,
    particulars,
    request_remarks,
)
from pirights.workflow.desk import Desk
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


def preview(desk: Desk, wish: Wish) -> Opened:
    """Write the letter without keeping it.

    Raises:
        BadInput: A date in the future or before a scan, no right, or nothing to write about.
        NotFound: An unknown handler, person or encounter.
        NotNextStep: Deletion alone, while a copy is open; a household's own device; or nothing of
            the law can be cited for any of it.
        MissingGlyph: A character that the fonts lack.
    """
    return _written(desk, wish, ref=_new_ref(desk, wish))


def new(desk: Desk, wish: Wish) -> Opened:
    """Write the letter and open its case. Raises as `preview`."""
    return keep(desk, preview(desk, wish))


def keep(desk: Desk, written: Opened) -> Opened:
    """Open the case of a letter that was written with `preview`."""
    with desk.vault.change(now=desk.now) as change:
        case = change.add(written.case)
        letter = change.add(written.letter)
        if case.delete_now:
            change.note("case.deletion-insisted", case.ref, {"reason": "--delete-now"})
    return replace(written, case=case, letter=letter)


def _new_ref(desk: Desk, wish: Wish) -> str:
    year = (wish.on or desk.today).year

    def choose(alphabet: str) -> str:
        return alphabet[desk.vault.draw(1)[0] % len(alphabet)]  # evenly: 256 is 8 times 32

    while True:
        ref = reference.make(year, choose)
        if not desk.vault.find_all(Case, ref=ref):
            return ref


def _written(desk: Desk, wish: Wish, *, ref: str) -> Opened:
    handler = desk.vault.get(Handler, wish.handler)
    person = desk.vault.get(Person, wish.person)
    on = desk.past_day(wish.on, field="date")
    present = desk.laws.instruments["pipl"]
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
    encounters = _encounters(desk, wish)
    letter_days.refuse_later(encounters, on)
    _refuse_households(encounters)
    if not wish.rights:
        raise BadInput(
            message("The letter asks for nothing."),
            hint=message("Name at least one right: `--right access`."),
        )
    if not person.name:
        raise BadInput(
            message("The person {person} has no name yet.", person=person.label),
            hint=message("Give it: `pirights person edit {person} --name …`.", person=person.label),
        )
    actor, wish, capacity_notices = acting.for_request(desk, person, wish)
    identify_by = tuple(one_line(clue, field="identify-by") for clue in wish.identify_by)
    told = particulars.checked(wish)
    two_step, notices = interlock.order(desk, wish)
    brief = compose.Brief(
        ref=ref,
        person=person,
        handler=handler,
        encounters=encounters,
        rights=wish.rights,
        letters=wish.letters,
        on=on,
        zone=desk.zone,
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
    asked, document = compose.request(brief, desk.laws)
    if all(item.right is None for item in asked):
        raise _nothing_applies(encounters)
    return Opened(
        case=Case(
            id=0,
            ref=ref,
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
            ref=ref,
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
            *acting.reminders(person, encounters, wish.rights, ref),
            *notices,
            *request_remarks.beside(desk, wish, encounters),
            *request_remarks.to_check(desk, asked, compose.sector_rule(brief)),
        ),
    )


def _encounters(desk: Desk, wish: Wish) -> tuple[Encounter, ...]:
    if wish.encounters:
        found = [encounter_list.standing(desk, number) for number in dict.fromkeys(wish.encounters)]
    else:
        found = [
            encounter
            for encounter in desk.vault.find_all(Encounter)
            if encounter.counts
            and any(actor.handler == wish.handler for actor in encounter.handlers)
        ]
    if not found:
        raise BadInput(
            message("No encounter with H{handler} is in the log.", handler=wish.handler),
            hint=message(
                "Name one with `--encounter E1`, or write it down with `pirights log add`."
            ),
        )
    return tuple(sorted(found, key=lambda encounter: (encounter.at, encounter.id)))


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
