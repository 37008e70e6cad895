"""The power of attorney beside a letter: who gives it to whom, for how long, and for what."""

from collections.abc import Sequence
from datetime import date, timedelta

from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Letters
from pirights.domain.escalation import TO_AUTHORITY, FollowUp
from pirights.domain.handler import Handler
from pirights.domain.paper import Errand
from pirights.domain.person import Capacity, Person
from pirights.domain.request import Right
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.letters import poa
from pirights.letters.poa import PowerBrief
from pirights.workflow.enclosing import Enclosing, check_glyphs
from pirights.workflow.enclosure_details import EnclosureDetails


def written(making: Enclosing) -> tuple[Document, Sequence[Message]]:
    """Write the power.

    Raises:
        BadInput: It is not known who gives it, or to whom; or it ends before it begins.
        MissingGlyph: A character that the fonts lack.
        NotFound: No such person.
        NotNextStep: Whom it would be given to acts by law already.
    """
    found, letter, details = making.found, making.letter, making.details
    giver, agent = _giver(making), _agent(making)
    if agent.id == giver.id:
        raise BadInput(
            message("{person} cannot give a power to themself.", person=giver.label),
            hint=message("Name somebody else with --agent."),
        )
    if details.until is not None and details.until < letter.on:
        raise BadInput(
            message(
                "The power would end on {until}, before the letter's date, {day}.",
                until=details.until,
                day=letter.on,
            ),
            hint=message("Give a later day with --until."),
        )
    check_glyphs(
        making,
        {
            f"{giver.label}.name": giver.name,
            f"{giver.label}.name_en": giver.name_en,
            f"{agent.label}.name": agent.name,
            f"{agent.label}.name_en": agent.name_en,
            f"{agent.label}.phone": agent.phone,
            "power": " ".join(details.powers),
        },
    )
    brief = power(
        letter=letter,
        first=found.letters[0],
        person=found.person,
        handler=found.handler,
        actor=found.actor,
        agent=agent,
        letters=making.letters,
        zone=making.desk.zone,
        details=details,
    )
    return poa.written(brief, making.desk.laws), _notices(making, giver, agent, court=brief.court)


def power(  # noqa: PLR0913 (each is needed once)
    *,
    letter: Letter,
    first: Letter,
    person: Person,
    handler: Handler,
    actor: Person | None,
    agent: Person,
    letters: Letters,
    zone: str,
    details: EnclosureDetails,
) -> PowerBrief:
    """Say what the power is written from.

    Args:
        letter: Beside which it goes.
        first: The first letter of the case; it may be the same.
        person: Whose information it is.
        handler: Whom the case is against.
        actor: Who acts for the person, if that is somebody else.
        agent: Who is given the power.
        letters: The paper's language.
        zone: Of the letter's day.
        details: What the user told beyond the case.
    """
    court = details.errand is Errand.COURT or letter.kind == FollowUp.COURT
    return PowerBrief(
        letter=letter,
        person=person,
        handler=handler,
        actor=agent if person.capacity is Capacity.AGENT else actor,
        letters=letters,
        zone=zone,
        two_step=not court and any(item.after_receipt for item in first.items),
        agent=agent,
        until=details.until or in_twelve_months(letter.on),
        until_chosen=details.until is not None,
        powers=details.powers,
        court=court,
        copies=letter.kind not in TO_AUTHORITY
        and any(item.right is Right.COPY for item in first.items),
    )


def in_twelve_months(on: date) -> date:
    """The last of twelve months that begin on a day."""
    try:
        return on.replace(year=on.year + 1) - timedelta(days=1)
    except ValueError:  # 29 February: the next year has none
        return on.replace(year=on.year + 1, day=28)


def _giver(making: Enclosing) -> Person:
    """Who gives the power, by name."""
    person, actor = making.found.person, making.found.actor
    if person.capacity in {Capacity.GUARDIAN, Capacity.RELATIVE} and actor is None:
        raise BadInput(
            message(
                "{person} is entered as {capacity}, and it is not known who acts.",
                person=person.label,
                capacity=person.capacity,
            ),
            hint=message(
                "Enter that one as a person too, then: `pirights person edit {person} "
                "--represented-by P2`.",
                person=person.label,
            ),
        )
    return _named(poa.principal(person, actor))


def _agent(making: Enclosing) -> Person:
    """Who is given the power: the one named, or who acts for the person as agent."""
    person, actor = making.found.person, making.found.actor
    number = making.details.agent
    if not number and person.capacity is Capacity.AGENT and actor is not None:
        return _named(actor)
    if not number:
        raise BadInput(
            message("It is not known who is given the power."),
            hint=message("Enter that one with `pirights person add`, then name it: --agent P3."),
        )
    if person.capacity is Capacity.GUARDIAN and actor is not None and number == actor.id:
        raise NotNextStep(
            message(
                "{actor} is the guardian of {person} and acts by law: no power is needed.",
                actor=actor.label,
                person=person.label,
            ),
            hint=message("Show proof of the guardianship, or name another with --agent."),
        )
    return _named(making.desk.vault.get(Person, number))


def _named(person: Person) -> Person:
    if not person.name:
        raise BadInput(
            message("The person {person} has no name yet.", person=person.label),
            hint=message("Give it: `pirights person edit {person} --name …`.", person=person.label),
        )
    return person


def _notices(making: Enclosing, giver: Person, agent: Person, *, court: bool) -> list[Message]:
    letter, told = making.letter, []
    if court:
        told.append(
            message(
                "In court only lawyers and basic-level legal workers, close relatives or staff, "
                "and citizens recommended by the community, unit or a social body may act, two at "
                "most (Civil Procedure Law 61): {agent} must be one of them, and prove it.",
                agent=agent.label,
            )
        )
    elif any(one.kind == FollowUp.COURT for one in making.found.letters):
        told.append(
            message(
                "This power is not one for the court: make that with `pirights request render "
                "{ref} --paper poa --for court --out FILE`.",
                ref=letter.label,
            )
        )
    if making.details.until is None:
        told.append(
            message(
                "It runs for twelve months from the letter's date, or until the matter is "
                "concluded; agree on another day with --until."
            )
        )
    until = making.details.until or in_twelve_months(letter.on)
    if until < making.desk.today:
        told.append(
            message(
                "Its last day, {until}, has passed: give a later one with --until, or make it "
                "for a newer letter.",
                until=until,
            )
        )
    blank = [one.label for one in (giver, agent) if not one.id_number]
    if blank:
        told.append(
            message(
                "No identity number is kept of {persons}: the paper has a blank, to be filled in "
                "by hand, masked.",
                persons=blank,
            )
        )
    asks = letter.kind == FollowUp.WITHDRAWAL or any(
        item.right in {Right.DELETE, Right.WITHDRAW} for item in letter.items
    )
    if asks and not court:
        told.append(
            message(
                "The letter withdraws consent or asks for deletion: the principal should sign it "
                "too, for the agent may hand it in, but may not decide either."
            )
        )
    told.append(message("Both sign it by hand; read it together before."))
    return told
