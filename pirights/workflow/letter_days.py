"""The days of a letter in their order: what it tells of, its own date, sent, arrived."""

from collections.abc import Sequence
from datetime import date

from pirights.domain.dispatch import Letter
from pirights.domain.encounter import Encounter
from pirights.errors import BadInput, message


def refuse_later(encounters: Sequence[Encounter], on: date) -> None:
    """Refuse a letter of a day before a scan that it tells of.

    Raises:
        BadInput: One of the scans came later.
    """
    for one in encounters:
        if one.day > on:
            raise BadInput(
                message(
                    "The letter is dated {date}, before encounter {encounter} happened.",
                    date=on,
                    encounter=one.label,
                ),
                hint=message("Give a later day with --date."),
            )


def refuse_disorder(letter: Letter) -> None:
    """Refuse a letter that left before the day printed on it, or arrived before it left.

    Raises:
        BadInput: So it is.
    """
    sent, arrived = letter.dispatch, letter.arrived_on
    if sent is not None and sent.on < letter.on:
        raise BadInput(
            message(
                "It was sent on {day}, before the letter's own date, {date}.",
                day=sent.on,
                date=letter.on,
            ),
            hint=message(
                "Give the day on which it left with --at. If it did leave before the day that is "
                "printed on it, write it anew, dated with --date {day}.",
                day=sent.on,
            ),
        )
    if sent is not None and arrived is not None and arrived < sent.on:
        raise BadInput(
            message("It arrived on {day}, before it was sent, {date}.", day=arrived, date=sent.on),
            hint=message(
                "Give another day with --at; if the day of sending is wrong: `pirights sent {ref} "
                "--correct --at DATE`.",
                ref=letter.shortest,
            ),
        )
