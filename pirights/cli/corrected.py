"""What `pirights log edit` changed: the entry itself, its weighing, and the cases about it."""

from collections.abc import Iterator
from enum import Enum

from pirights.cli import assess_views, put_right, views
from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain.encounter import Answer, Circumstance, Encounter, Was
from pirights.errors import Message, message
from pirights.workflow.encounters import Corrected
from pirights.workflow.reweighing import Shift


def show(here: Call, done: Corrected) -> None:
    """Show it, before and after."""
    for notice in done.notices:
        here.screen.warn(notice)
    changed = done.difference
    here.screen.result(
        "LogEdit",
        {
            **views.encounter(done.encounter),
            "attachments": [],
            "suggestions": [],
            **(put_right.view(changed) if changed else {"changed": [], "before": [], "after": []}),
            "weighed": [
                {
                    "rule": one.finding.rule.id,
                    "was": assess_views.finding(one.was) if one.was else None,
                    "now": assess_views.finding(one.now) if one.now else None,
                }
                for one in done.shifts
            ],
        },
        message("Encounter {label} is corrected.", label=done.encounter.label)
        if changed
        else message("Encounter {label} says that already.", label=done.encounter.label),
        *(put_right.tables(changed) if changed else ()),
        *(_told(one) for one in done.shifts),
        *_after(done),
    )


def history(one: Encounter) -> list[Table]:
    """What it said before each correction, oldest first."""
    from pirights.workflow.put_right_encounters import FIELDS

    rows = [
        (amendment.on, FIELDS.get(was.field, was.field), _said(one, was), amendment.because)
        for amendment in one.amendments
        for was in amendment.was
    ]
    heads = (N_("Corrected on"), N_("What"), N_("Before the change"), N_("Why"))
    return [Table(heads, rows)] if rows else []


def _said(one: Encounter, was: Was) -> object:
    """What a field said, in the words of today where they are words of ours."""
    kind = _kind(getattr(one, was.field, None))
    if kind is None or not was.value:
        return was.value or "—"
    try:
        return tuple(kind(part) for part in was.value.split("; "))
    except ValueError:
        return was.value


def _kind(now: object) -> type[Enum] | None:
    """The words that a field has; a yes or no is one too."""
    if isinstance(now, tuple):
        return Circumstance
    if isinstance(now, bool):
        return Answer
    return type(now) if isinstance(now, Enum) else None


def _told(one: Shift) -> Message:
    found = one.finding
    keys = (*found.provisions, *found.present)
    words = {"says": found.rule.says, "provisions": keys}
    if one.now is None:
        return message("No longer a finding: {says} ({provisions})", **words)
    if one.now.open and not (one.was and one.was.open):
        return message("Now open, for something is not known: {says} ({provisions})", **words)
    if one.was is None or one.was.open != one.now.open:
        return message("New finding: {says} ({provisions})", **words)
    return message("Rests on other articles now: {says} ({provisions})", **words)


def _after(done: Corrected) -> Iterator[Message]:
    if done.difference and not done.shifts:
        yield message("What it may mean in law stays as it was.")
    if done.difference:
        yield message("Weigh it anew: `pirights log assess {label}`.", label=done.encounter.label)
