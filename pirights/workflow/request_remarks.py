"""What the user should know of a request before it is sent."""

from collections.abc import Sequence
from typing import Final

from pirights.domain.encounter import Circumstance, Encounter, Role
from pirights.domain.handler import Handler, Venue
from pirights.errors import Message, message
from pirights.workflow.interlock import OpenCase

_STATE: Final = frozenset({Venue.POLICE, Venue.GOVERNMENT})
_NOT_DECIDING: Final = frozenset({Role.VENDOR, Role.ENTRUSTED})


def beside(
    handler: Handler, encounters: Sequence[Encounter], open_cases: Sequence[OpenCase]
) -> list[Message]:
    """Say what stands beside the letter: another case, and what its scans tell."""
    notices = [
        message("A case with the same handler is open: {ref}.", ref=case.ref) for case in open_cases
    ]
    notices += stale(handler)
    for encounter in encounters:
        if encounter.handlers and handler.id not in {a.handler for a in encounter.handlers}:
            notices.append(
                message(
                    "Encounter {encounter} does not name this handler.", encounter=encounter.label
                )
            )
        if any(
            actor.handler == handler.id and actor.role in _NOT_DECIDING
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
                    "there. {way} Ask a lawyer before you send this letter.",
                    encounter=encounter.label,
                    way=_other_way(encounter.venue),
                )
            )
    return notices


def stale(handler: Handler) -> list[Message]:
    """Say that the handler's e-mail address is out of use, and how another is recorded."""
    if handler.email_bounced is None or not handler.email:
        return []
    return [
        message(
            "A mail to {address} came back on {day}: the address of {name} is out of use. Find "
            "another and record it with `pirights handler edit {label} --email ADDRESS`, or send "
            "the letter in another way.",
            address=handler.email,
            day=handler.email_bounced,
            name=handler.name,
            label=handler.label,
        )
    ]


def _other_way(venue: Venue) -> Message:
    """Say which paper fits a state organ instead, and how it is written."""
    if venue is Venue.POLICE:
        return message(
            "Where it fails its duties, the paper is one to the organ above it (68(1)): `pirights "
            "escalate REF --as regulator --to superior-organ --office TEXT`. A breach of the rules "
            "on public video by the police or their staff may also be reported (25(2))."
        )
    return message(
        "For what it holds as a record, ask for open government information at its own desk; where "
        "it fails its duties, the paper is one to the organ above it (68(1)): `pirights escalate "
        "REF --as regulator --to superior-organ --office TEXT`."
    )
