"""Who is asked: of several parties at one scan, whom to address and what to ask the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from pirights.domain.encounter import Encounter, Role
from pirights.domain.handler import Handler
from pirights.domain.venue_profile import VenueProfile
from pirights.errors import Message, message


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A party at a scan and what it is to be asked.

    Attributes:
        handler: None for a party that is usual at such a place and not named in the log.
        address: The request goes to it; else it is asked only what is said.
        cites: Provisions that this rests on, of those in force on the day of the scan.
        present: What has come into force since, for a request made now about what is still held.
        bodies: Ids of the authorities to turn to about it, the most fitting first.
    """

    handler: Handler | None
    role: Role
    address: bool
    ask: Message
    cites: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


def addressees(
    encounter: Encounter, handlers: Mapping[int, Handler], profile: VenueProfile
) -> tuple[Addressee, ...]:
    """Say whom to address, in the order in which the log names them; else who is usual there.

    The request goes to who decides purpose and means (PIPL 73 item 1); of several who decide
    together, to any of them (20(1)). A party that handles on instruction (21, 59) is asked only
    for whom it acts and what it holds.
    """
    deciding = [one for one in encounter.handlers if one.role in _DECIDING]
    found = [
        _party(handlers.get(actor.handler), actor.role, together=len(deciding) > 1)
        for actor in encounter.handlers
    ]
    if not deciding:
        usual = next((one for one in profile.actors if one.role in _DECIDING), None)
        if usual is not None:
            found.append(
                Addressee(
                    handler=None,
                    role=usual.role,
                    address=True,
                    ask=message(
                        "The log names nobody who decides. At such a place it is usually: {name}. "
                        "Find its registered name and add it with `pirights handler add`.",
                        name=usual.name,
                    ),
                    cites=("pipl:73.1",),
                )
            )
    return tuple(found)


_DECIDING = frozenset({Role.OPERATOR, Role.PROPERTY_MANAGER})


def _party(handler: Handler | None, role: Role, *, together: bool) -> Addressee:
    if role in _DECIDING:
        if together:
            said = message(
                "Address the request to it; several who decide together may each be asked. Ask "
                "it who else decides, and under which arrangement."
            )
            cites: tuple[str, ...] = ("pipl:73.1", "pipl:20(1)")
        elif role is Role.PROPERTY_MANAGER:
            said = message(
                "Address the request to it: it runs the gate. Ask it for whom it acts, if it says "
                "that the owners or a supplier decide."
            )
            cites = ("pipl:73.1", "spc-frt-2021:10(1)")
        else:
            said = message(
                "It usually decides purpose and means: address the request to it. If it denies "
                "that, ask who does."
            )
            cites = ("pipl:73.1",)
        return Addressee(handler=handler, role=role, address=True, ask=said, cites=cites)
    if role is Role.VENDOR:
        said = message(
            "Ask it for whom it acts, whether it holds images, templates or logs of its own, and "
            "whether it uses them for training; if it decides about that itself, it is a handler "
            "for it and the request goes to it as well."
        )
        return Addressee(
            handler=handler,
            role=role,
            address=False,
            ask=said,
            cites=("pipl:73.1", "pipl:21(2)", "pipl:59"),
        )
    return Addressee(
        handler=handler,
        role=role,
        address=False,
        ask=message(
            "Ask it for whom it acts and what it holds; it handles as agreed, assists the handler, "
            "and must return or delete what it has once the contract has ended."
        ),
        cites=("pipl:21(2)", "pipl:59"),
    )
