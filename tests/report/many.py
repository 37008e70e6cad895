"""A vault with many cases, made without composing each letter anew."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pirights.domain import reference
from pirights.domain.case import Case
from pirights.domain.dispatch import Channel, Dispatch, Letter
from pirights.domain.encounter import Actor
from pirights.domain.handler import Handler, Venue
from pirights.domain.request import Right, Score
from pirights.workflow.desk import Desk
from tests.workflow import office

SENT: date = date(2026, 10, 1)


def furnish(desk: Desk, cases: int, *, clients: int, handlers: int) -> None:
    """Put cases into a vault: copies of one, of other people against other handlers."""
    ref = office.begun(desk, Right.ACCESS, Right.COPY)
    case, scan = desk.case(ref), desk.encounters(desk.case(ref))[0]
    letter = desk.letters(case)[0]
    chosen = random.Random(7)  # noqa: S311 (nothing secret)
    venues = list(Venue)
    with desk.vault.change(now=desk.now) as change:
        people = [
            change.add(replace(office.OWNER, id=0, name=f"客户{number}"))
            for number in range(clients)
        ]
        others = [
            change.add(Handler(id=0, name=f"样例第{number}有限公司", venue=venues[number % 18]))
            for number in range(handlers)
        ]
        for number in range(cases):
            handler = others[number % handlers]
            seen = change.add(
                replace(
                    scan,
                    id=0,
                    at=datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=number % 260),
                    handlers=(Actor(handler=handler.id),),
                    venue=handler.venue or Venue.OTHER,
                )
            )
            name = reference.make(2026, chosen.choice)
            change.add(
                replace(
                    case,
                    id=0,
                    ref=name,
                    person=people[number % clients].id,
                    handler=handler.id,
                    encounters=(seen.id,),
                )
            )
            change.add(_letter(letter, name, handler, chosen))


def _letter(letter: Letter, ref: str, handler: Handler, chosen: random.Random) -> Letter:
    return replace(
        letter,
        id=0,
        ref=ref,
        handler_name=handler.name,
        items=tuple(replace(item, score=chosen.choice(list(Score))) for item in letter.items),
        dispatch=Dispatch(channel=Channel.EMS, on=SENT),
        arrived_on=SENT,
    )


def count(desk: Desk) -> int:
    """How many cases there are."""
    return desk.vault.count(Case)
