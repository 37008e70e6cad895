"""The notice to preserve video and records: it may go at once, before the request has arrived."""

from collections.abc import Sequence

from pirights import rule_data
from pirights.domain import video_retention
from pirights.domain.document import Document
from pirights.domain.encounter import Encounter
from pirights.domain.escalation import FollowUp
from pirights.domain.request import Right
from pirights.errors import Message, message
from pirights.letters import preserve
from pirights.letters.preserve import Kept, PreserveBrief
from pirights.workflow import letter_days, next_letter
from pirights.workflow.desk import Desk
from pirights.workflow.next_letter import Setting


def written(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write the notice about every scan of the case.

    Raises:
        BadInput: It is dated before a scan.
        MissingGlyph: A character that the fonts lack.
        NotNextStep: Another such notice is written and not sent yet.
    """
    next_letter.refuse_waiting(setting, FollowUp.PRESERVE)
    found, desk = setting.found, setting.desk
    scans = tuple(_kept(desk, one) for one in scanned(setting))
    holds = Right.DELETE in found.case.rights
    brief = PreserveBrief(
        label=setting.label,
        person=found.person,
        handler=found.handler,
        first=setting.request,
        scans=scans,
        letters=setting.letters,
        on=setting.on,
        by=setting.by,
        zone=desk.zone,
        actor=found.actor,
        identify_by=found.case.identify_by,
        holds_deletion=holds,
    )
    document = preserve.written(brief, desk.laws)
    check_scans(setting, [one.encounter for one in scans])
    notices = [_told(one, setting) for one in scans if one.camera]
    if holds:
        notices.append(
            message(
                "The request of this case asks for deletion; this letter asks to hold it until you "
                "confirm."
            )
        )
    return document, notices


def scanned(setting: Setting) -> tuple[Encounter, ...]:
    """The scans of the case; none may come after the letter's date.

    Raises:
        BadInput: One does.
    """
    encounters = tuple(setting.found.papers.encounters)
    letter_days.refuse_later(encounters, setting.on)
    return encounters


def check_scans(setting: Setting, encounters: Sequence[Encounter], signs: str = "") -> None:
    """Refuse what the fonts cannot print, in the scans too.

    Raises:
        MissingGlyph: Such a character stands in the letter.
    """
    next_letter.check_glyphs(
        setting,
        {
            **{f"{one.label}.place": one.place for one in encounters},
            "identify-by": " ".join(setting.found.case.identify_by),
            "sign": signs,
        },
    )


def _kept(desk: Desk, encounter: Encounter) -> Kept:
    profile = rule_data.venues()[encounter.venue]
    return Kept(
        encounter=encounter,
        camera=bool(profile.video_rule),
        until=video_retention.kept_until(encounter, profile, desk.laws),
        outside=video_retention.is_outside(encounter, profile, desk.laws),
    )


def _told(one: Kept, setting: Setting) -> Message:
    label = one.encounter.label
    if one.until is None:
        return message(
            "{encounter}: no period is known for which its video must be kept; send this letter "
            "at once.",
            encounter=label,
        )
    if one.until < setting.on:
        return message(
            "{encounter}: its public security video had to be kept until {day} only; it may be "
            "gone.",
            encounter=label,
            day=one.until,
        )
    return message(
        "{encounter}: its public security video must be kept until {day} at least; this letter "
        "should arrive before.",
        encounter=label,
        day=one.until,
    )
