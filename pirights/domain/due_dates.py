"""What is due for one letter: the handler's answer, or a step of one's own that we suggest."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from pirights.domain import counting
from pirights.domain import deadline_reasons as reasons
from pirights.domain.answer_deadline import answer_due
from pirights.domain.deadline import Clock, Deadline
from pirights.domain.period import PeriodRule
from pirights.errors import BadInput, Message, message


def due_dates(clock: Clock, rules: Mapping[str, PeriodRule]) -> tuple[Deadline, ...]:
    """Say what is due for one letter, earliest first.

    Raises:
        BadInput: A promised period is not between one day and ten years.
    """
    found: list[Deadline] = []
    if clock.asked_back_on is not None:
        found.append(_own_step("asked-back", rules["asked-back"], clock.asked_back_on))
    if not clock.answered:
        if clock.arrived_on is not None:
            found.append(answer_due(clock, rules))
        elif clock.sent_on is not None:
            way = (clock.sent_on, rules)
            found.append(
                returned_due(*way, label=clock.label)
                if clock.came_back
                else arrival_due(*way, ticket=clock.ticket, label=clock.label)
            )
        else:
            found.append(send_due(clock.letter_on, rules, label=clock.label))
    return tuple(sorted(found, key=lambda due: due.on))


def send_due(letter_on: date, rules: Mapping[str, PeriodRule], *, label: str = "") -> Deadline:
    """Say by when a letter that lies ready should be sent; our suggestion."""
    named = message("Send letter {label}.", label=label)
    return _own_step("send", rules["send"], letter_on, named if label else None)


def arrival_due(
    sent_on: date, rules: Mapping[str, PeriodRule], *, ticket: str = "", label: str = ""
) -> Deadline:
    """Say by when to look whether a letter arrived; our suggestion.

    Args:
        sent_on: The day on which it left.
        rules: The periods.
        ticket: The number that a form or an app gave it; empty if none.
        label: Its name within its case, /2, where it has to be told from others.
    """
    what = None
    if ticket:
        what = message(
            "Ask after ticket {number}: see whether the letter arrived, and keep the proof.",
            number=ticket,
        )
    elif label:
        what = message("Check whether letter {label} arrived, and keep the proof.", label=label)
    return _own_step("arrival", rules["arrival"], sent_on, what)


def returned_due(sent_on: date, rules: Mapping[str, PeriodRule], *, label: str = "") -> Deadline:
    """Say by when a letter that came back should be on its way again; our suggestion."""
    what = message("The letter came back: send it to another address or in another way.")
    if label:
        what = message(
            "Letter {label} came back: send it to another address or in another way.", label=label
        )
    return _own_step("send", rules["arrival"], sent_on, what)


def reply_due(label: str, letter_on: date, rules: Mapping[str, PeriodRule]) -> Deadline:
    """Say by when a reply was asked for in a letter from which no other period runs."""
    what = message(
        "A reply to {label} was asked for by this day; see whether it came.", label=label
    )
    due = _own_step("reply-asked", rules[reasons.FOLLOW_UP], letter_on, what)
    on = counting.next_working_day(due.on)
    if on == due.on:
        return due
    return replace(due, on=on, steps=(*due.steps, *counting.shift_steps(due.on, on)))


_WHAT: Final = {
    "send": message("Send the letter."),
    "arrival": message("Check whether the letter arrived, and keep the proof."),
    "asked-back": message("The handler asked for something: reply, or say why not."),
}


def _own_step(kind: str, rule: PeriodRule, start: date, what: Message | None = None) -> Deadline:
    if rule.period is None:
        raise BadInput(message("The period {id} has no number of days.", id=rule.id))
    last = counting.last_day(start, rule.period)
    return Deadline(
        id=kind,
        what=what or _WHAT[kind],
        on=last,
        force=rule.force,
        basis=f"pirights:{rule.id}",
        start=start,
        steps=(
            reasons.start_step(rule.start, start),
            message("We suggest {amount} days; no rule sets them.", amount=rule.period.amount),
            *counting.counting_steps(start, last, rule.period),
            message("The last day is {day}.", day=last),
        ),
    )
