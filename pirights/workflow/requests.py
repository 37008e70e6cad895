"""Writing the first letter of a case: out of the vault, and into it."""

from dataclasses import replace

from pirights.domain import reference
from pirights.domain.case import Case
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler
from pirights.domain.person import Person
from pirights.errors import BadInput, message
from pirights.workflow import acting, encounter_list, interlock, request_writing
from pirights.workflow.desk import Desk
from pirights.workflow.request_writing import Asking, Opened
from pirights.workflow.wish import Wish


def preview(desk: Desk, wish: Wish) -> Opened:
    """Write the letter without keeping it.

    Raises:
        BadInput: A date in the future or before a scan, no right, or nothing to write about.
        NotFound: An unknown handler, person or encounter.
        NotNextStep: Deletion alone, while a copy is open; a household's own device; or nothing of
            the law can be cited for any of it.
        MissingGlyph: A character that the fonts lack.
    """
    handler = desk.vault.get(Handler, wish.handler)
    person = desk.vault.get(Person, wish.person)
    on = desk.past_day(wish.on, field="date")
    asking = Asking(
        wish=wish,
        person=person,
        actor=acting.actor(desk, person),
        handler=handler,
        encounters=_encounters(desk, wish),
        open_cases=interlock.open_cases(desk, handler=handler.id, person=person.id),
        ref=new_ref(desk, on.year),
        on=on,
        zone=desk.zone,
    )
    return request_writing.written(asking, desk.laws)


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


def new_ref(desk: Desk, year: int) -> str:
    """Draw a reference number that no case of the vault has."""

    def choose(alphabet: str) -> str:
        return alphabet[desk.vault.draw(1)[0] % len(alphabet)]  # evenly: 256 is 8 times 32

    while True:
        ref = reference.make(year, choose)
        if not desk.vault.count(Case, ref=ref):
            return ref


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
