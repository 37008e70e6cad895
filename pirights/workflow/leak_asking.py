"""The enquiry about a leak: what was noticed, brought before the handler that has to tell of it."""

from collections.abc import Sequence
from typing import Final

from pirights.domain.document import Document
from pirights.domain.escalation import FollowUp
from pirights.domain.law import State
from pirights.errors import BadInput, Message, message
from pirights.letters import breach
from pirights.letters.breach import BreachBrief
from pirights.workflow import next_letter, preserving
from pirights.workflow.next_letter import Setting

_DUTY: Final = "pipl:57(1)"
"""The duty to tell of a leak, on which the letter rests."""


def written(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write the enquiry.

    Raises:
        BadInput: No sign was named, or the letter's date lies before a scan or the law.
        MissingGlyph: A character that the fonts lack.
        NotNextStep: Another such letter is written and not sent yet.
    """
    next_letter.refuse_waiting(setting, FollowUp.BREACH)
    if not setting.details.signs:
        raise BadInput(
            message("No sign of a leak was named: this letter says what you noticed."),
            hint=message(
                'For example: --sign "calls on 25 November that name my annual card"; several '
                "with several --sign."
            ),
        )
    found, desk = setting.found, setting.desk
    if desk.laws.state(_DUTY, setting.on) is not State.IN_FORCE:
        raise BadInput(
            message(
                "On {day} the duty to tell a person of a leak (article 57 of the Personal "
                "Information Protection Law) was not in force.",
                day=setting.on,
            ),
            hint=message("Give a later day with --date."),
        )
    encounters = preserving.scanned(setting)
    brief = BreachBrief(
        label=setting.label,
        person=found.person,
        handler=found.handler,
        first=setting.request,
        encounters=encounters,
        signs=setting.details.signs,
        letters=setting.letters,
        on=setting.on,
        by=setting.by,
        zone=desk.zone,
        actor=found.actor,
        identify_by=found.case.identify_by,
    )
    document = breach.written(brief, desk.laws)
    preserving.check_scans(setting, encounters, " ".join(setting.details.signs))
    return document, (
        message(
            "Keep what shows it with the case: screenshots, call lists, messages. A sign does not "
            "yet prove where the information came from, and the letter says so."
        ),
    )
