"""What every letter after the first is written in: the case as it stands, a day, a language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pirights.domain.dispatch import Letter
from pirights.domain.document import Letters
from pirights.domain.escalation import TO_AUTHORITY, FollowUp
from pirights.errors import BadInput, NotNextStep, message
from pirights.workflow import glyphs
from pirights.workflow.cases import Standing
from pirights.workflow.desk import Desk
from pirights.workflow.letter_details import Details


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A letter that is about to be written.

    Attributes:
        found: The case and all that is known of it; open.
        on: The letter's date.
        by: The day by which a reply is asked for, inclusive; our suggestion.
        label: The letter's own name, such as PR-2026-7K3M9QX-C/3.
        details: What the user told beyond the case.
    """

    desk: Desk
    found: Standing
    kind: FollowUp
    on: date
    by: date
    label: str
    letters: Letters
    details: Details = field(default_factory=Details)

    @property
    def request(self) -> Letter:
        """The first letter of the case."""
        return self.found.letters[0]


def refuse_unsent(setting: Setting) -> None:
    """Refuse while the request has not been sent, or another letter lies ready.

    Raises:
        NotNextStep: So it is.
    """
    first = setting.request
    if first.dispatch is None:
        raise NotNextStep(
            message("Letter {label} has not been sent yet.", label=first.label),
            hint=message(
                "Record that first: `pirights sent {ref} --channel ems`.", ref=first.label
            ),
        )
    refuse_waiting(setting, *(set(FollowUp) - TO_AUTHORITY))


def refuse_waiting(setting: Setting, *kinds: FollowUp) -> None:
    """Refuse while a letter of one of these kinds is written and not sent.

    Raises:
        NotNextStep: So it is.
    """
    waiting = [
        one for one in setting.found.letters if one.dispatch is None and one.kind in set(kinds)
    ]
    if waiting:
        raise NotNextStep(
            message("Letter {label} is written and not sent yet.", label=waiting[-1].label),
            hint=message(
                "Record that first: `pirights sent {ref} --channel ems`; or take the letter back: "
                "`pirights sent {ref} --void --because TEXT`.",
                ref=waiting[-1].label,
            ),
        )


def refuse_before(setting: Setting, day: date) -> None:
    """Refuse a letter that is dated before the request.

    Raises:
        BadInput: So it is.
    """
    if setting.on < day:
        raise BadInput(
            message(
                "The letter is dated {day}, before the request, {date}.", day=setting.on, date=day
            ),
            hint=message("Give a later day with --date."),
        )


def check_glyphs(setting: Setting, more: Mapping[str, str]) -> None:
    """Refuse what the fonts cannot print.

    Raises:
        MissingGlyph: Such a character stands in the person, the handler or in what is added.
    """
    found = setting.found
    glyphs.check({**glyphs.parties(found.person, found.actor, found.handler), **more})
