"""Writing the first letter of a case."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pirights.domain import reference
from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.encounter import Circumstance, Encounter, Role
from pirights.domain.handler import Handler, Venue
from pirights.domain.law import Read
from pirights.domain.person import Capacity, Person
from pirights.domain.request import AskedItem
from pirights.domain.text import one_line
from pirights.errors import BadInput, Message, NotFound, NotNextStep, message
from pirights.letters import compose
from pirights.workflow import interlock
from pirights.workflow.desk import Desk
from pirights.workflow.wish import Wish

_STATE: Final = frozenset({Venue.POLICE, Venue.GOVERNMENT})
_NOT_DECIDING: Final = frozenset({Role.VENDOR, Role.ENTRUSTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A new case with its first letter, and what the user should know."""

    case: Case
    letter: Letter
    person: Person
    handler: Handler
    notices: tuple[Message, ...]


def preview(desk: Desk, wish: Wish) -> Opened:
    """Write the letter without keeping it.

    Raises:
        BadInput: A date in the future, no right, or nothing to write about.
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
    while True:
        ref = reference.make(year, secrets.choice)
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
    if person.capacity is not Capacity.SELF:
        raise NotFound(
            message(
                "This letter is written for oneself. {person} acts as {capacity}: such a letter "
                "is not offered yet.",
                person=person.label,
                capacity=person.capacity,
            )
        )
    identify_by = tuple(one_line(clue, field="identify-by") for clue in wish.identify_by)
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
    )
    _check_glyphs(brief)
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
        handler=handler,
        notices=(*notices, *_beside(desk, wish, encounters, on), *_to_check(desk, asked)),
    )


def _encounters(desk: Desk, wish: Wish) -> tuple[Encounter, ...]:
    if wish.encounters:
        found = [desk.vault.get(Encounter, number) for number in dict.fromkeys(wish.encounters)]
    else:
        found = [
            encounter
            for encounter in desk.vault.find_all(Encounter)
            if any(actor.handler == wish.handler for actor in encounter.handlers)
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


def _beside(desk: Desk, wish: Wish, encounters: Sequence[Encounter], on: date) -> list[Message]:
    notices = [
        message("A case with the same handler is open: {ref}.", ref=case.ref)
        for case in interlock.open_cases(desk, wish)
    ]
    for encounter in encounters:
        if encounter.day > on:
            notices.append(
                message(
                    "The letter is dated {date}, before encounter {encounter} happened.",
                    date=on,
                    encounter=encounter.label,
                )
            )
        if encounter.handlers and wish.handler not in {a.handler for a in encounter.handlers}:
            notices.append(
                message(
                    "Encounter {encounter} does not name this handler.", encounter=encounter.label
                )
            )
        if any(
            actor.handler == wish.handler and actor.role in _NOT_DECIDING
            for actor in encounter.handlers
        ):
            notices.append(
                message(
                    "{encounter} names this party as vendor or entrusted party: the request "
                    "belongs to the handler that decides purpose and means.",
                    encounter=encounter.label,
                )
            )
        if Circumstance.PUBLIC_SECURITY_SYSTEM in encounter.circumstances:
            notices.append(
                message(
                    "{encounter} names a public security video system. Of its images article 21 of "
                    "the regulations on public security video speaks of viewing only, not of "
                    "copying, to protect life, health or property and if the managing unit agrees; "
                    "how far article 45 of the Personal Information Protection Law reaches there "
                    "is an open question.",
                    encounter=encounter.label,
                )
            )
        if encounter.venue in _STATE:
            notices.append(
                message(
                    "{encounter} happened at a state organ. Articles 33 to 37 of the Personal "
                    "Information Protection Law and the rules on government information apply "
                    "there; this letter is made for companies. Ask a lawyer before you send it.",
                    encounter=encounter.label,
                )
            )
    return notices


def _to_check(desk: Desk, asked: Sequence[AskedItem]) -> list[Message]:
    """Name the cited articles whose text was not read in full."""
    read: dict[Read, list[str]] = {}
    for key in dict.fromkeys(key for item in asked for key in item.cites):
        read.setdefault(desk.laws.provision(key).read, []).append(key)
    return [
        message("Check before you send it, {grade}: {articles}.", grade=grade, articles=read[grade])
        for grade in (Read.PARTIAL, Read.UNVERIFIED)
        if grade in read
    ]


def _check_glyphs(brief: compose.Brief) -> None:
    from pirights.render import fonts

    person, handler = brief.person, brief.handler
    fields = {
        "person.name": person.name,
        "person.name_en": person.name_en,
        "person.phone": person.phone,
        "person.email": person.email,
        "person.address": person.address,
        "handler.name": handler.name,
        "handler.name_en": handler.name_en,
        "handler.address": handler.address,
        "handler.email": handler.email,
        "handler.policy_url": handler.policy_url,
        "identify-by": " ".join(brief.identify_by),
    }
    for encounter in brief.encounters:
        fields[f"{encounter.label}.place"] = encounter.place
        fields[f"{encounter.label}.purpose"] = encounter.purpose
        fields[f"{encounter.label}.exemption"] = encounter.exemption
    fonts.check(fields)
