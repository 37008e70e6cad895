"""Who acts for a person, and what can be asked in that capacity."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pirights.domain.encounter import Encounter
from pirights.domain.person import Capacity, Person
from pirights.domain.request import Right
from pirights.errors import BadInput, Message, NotFound, NotNextStep, message
from pirights.letters.capacity import rule_of
from pirights.workflow.desk import Desk
from pirights.workflow.wish import Wish

OWNER: Final = 1
"""The vault's owner, who acts for others unless somebody else was named."""

_IN_SO_MANY_WORDS: Final = frozenset({Right.ACCESS, Right.COPY, Right.CORRECT, Right.DELETE})
"""What PIPL 49 names."""


def number(person: Person) -> int:
    """The number of the one who acts for a person; 0 where the person acts alone."""
    return 0 if person.capacity is Capacity.SELF else person.representative or OWNER


def actor(desk: Desk, person: Person) -> Person | None:
    """Find who acts for a person; None where the person acts alone, or nobody else is known."""
    if person.capacity is Capacity.SELF:
        return None
    if number(person) == person.id:
        return None
    try:
        return desk.vault.get(Person, number(person))
    except NotFound:
        return None


def refuse_unknown(person: Person, found: Person | None) -> None:
    """Refuse to write for a person who does not act alone, where it is not known who does.

    Raises:
        BadInput: Nobody is known who acts, or that one has no name.
    """
    if person.capacity is Capacity.SELF:
        return
    if found is None:
        raise BadInput(
            message(
                "{person} does not act alone ({capacity}), and it is not known who acts.",
                person=person.label,
                capacity=person.capacity,
            ),
            hint=message(
                "Enter that one as a person too, then: `pirights person edit {person} "
                "--represented-by P2`.",
                person=person.label,
            ),
        )
    if not found.name:
        raise BadInput(
            message("The person {person} has no name yet.", person=found.label),
            hint=message("Give it: `pirights person edit {person} --name …`.", person=found.label),
        )


def writer(desk: Desk, person: Person) -> Person:
    """Find from whose address a letter goes: who acts, or the person where only they have one.

    A close relative writes in their own name, with or without an address.
    """
    found = actor(desk, person)
    if found is None or (
        person.email and not found.email and person.capacity is not Capacity.RELATIVE
    ):
        return person
    return found


def within_capacity(
    person: Person, found: Person | None, wish: Wish
) -> tuple[Wish, Sequence[Message]]:
    """Keep of a wish what can be asked in the person's capacity.

    Args:
        person: Whose information it is.
        found: Who acts for them, if that is somebody else.
        wish: What is asked.

    Raises:
        BadInput: As `refuse_unknown`.
        NotNextStep: Nothing that is asked can be asked in that capacity.
    """
    refuse_unknown(person, found)
    allowed = rule_of(person).rights
    kept = tuple(right for right in wish.rights if right in allowed)
    left = [right for right in wish.rights if right not in allowed]
    if not left:
        return wish, ()
    if not kept:
        raise NotNextStep(
            message(
                "A close relative of a deceased can ask for access, copies, correction and "
                "deletion (PIPL 49); this letter asks for something else alone: {rights}.",
                rights=left,
            )
        )
    said = message(
        "A close relative of a deceased can ask for access, copies, correction and deletion "
        "(PIPL 49); left out: {rights}.",
        rights=left,
    )
    return replace(wish, rights=kept), (said,)


def reminders(
    person: Person, encounters: Sequence[Encounter], rights: Sequence[Right], ref: str
) -> list[Message]:
    """Say what goes with a request in this capacity, and what it rests on."""
    match person.capacity:
        case Capacity.SELF:
            return []
        case Capacity.GUARDIAN:
            return [
                message(
                    "Enclose proof of guardianship, with what does not matter masked; the guardian "
                    "signs."
                ),
                *(_of_a_minor if person.is_minor_ward else _of_an_adult)(encounters),
                *_kinship(person),
            ]
        case Capacity.AGENT:
            return [
                message(
                    "Enclose a power of attorney, signed by the person: `pirights request render "
                    "{ref} --paper poa --out poa.pdf`.",
                    ref=ref,
                )
            ]
        case Capacity.RELATIVE:
            return [
                message(
                    "Enclose proof of death and of kinship, with what does not matter masked. The "
                    "letter says that to your knowledge the deceased made no other arrangement: "
                    "send it only if that is so."
                ),
                *_named(rights),
                *_interest(person),
                *_kinship(person),
            ]


def _of_a_minor(encounters: Sequence[Encounter]) -> list[Message]:
    told = [
        message(
            "A minor of eight or more may also ask alone: article 34 of the Regulations on the "
            "Protection of Minors in Cyberspace names the minor and the guardian (whether it "
            "reaches a gate that works wholly offline is doubtful). Then the person is entered as "
            "one who acts alone (capacity: self)."
        )
    ]
    if not any(encounter.minor for encounter in encounters):
        told.append(
            message(
                "No encounter of this letter is marked as that of a minor. Mark it, so that the "
                "facts say so: `pirights log edit {encounter} --minor`, then write the letter "
                "again.",
                encounter=encounters[0].label,
            )
        )
    return told


def _of_an_adult(encounters: Sequence[Encounter]) -> list[Message]:
    marked = [encounter.label for encounter in encounters if encounter.minor]
    if not marked:
        return []
    return [
        message(
            "The person is entered as a grown-up, and the letter says that they were under 18 at "
            "{encounters}. Send it only if that was so; else mend it: `pirights log edit "
            "{encounter} --adult`, then write the letter again.",
            encounters=marked,
            encounter=marked[0],
        )
    ]


def _named(rights: Sequence[Right]) -> list[Message]:
    beyond = [right for right in rights if right not in _IN_SO_MANY_WORDS]
    if not beyond:
        return []
    return [
        message(
            "Article 49 names access, copying, correction and deletion, and adds “and the like” "
            "(等): {rights} rests on those words alone.",
            rights=beyond,
        )
    ]


def _interest(person: Person) -> list[Message]:
    if person.interest:
        return []
    return [
        message(
            "The letter names no lawful interest of your own, on which article 49 rests. Write it "
            "down with `pirights person edit {person} --interest TEXT`, then write the letter "
            "again.",
            person=person.label,
        )
    ]


def _kinship(person: Person) -> list[Message]:
    if person.kinship is not None:
        return []
    return [
        message(
            "The letter does not say how the one who acts is related to the person. If they are: "
            "`pirights person edit {person} --kinship mother`, or what it is.",
            person=person.label,
        )
    ]
