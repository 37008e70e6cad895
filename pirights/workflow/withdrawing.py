"""Withdrawing a consent: refused where the facts say that there never was one."""

from collections.abc import Sequence

from pirights.domain.case import Case
from pirights.domain.document import Document
from pirights.domain.encounter import Answer, Encounter
from pirights.domain.escalation import FollowUp
from pirights.domain.person import Capacity
from pirights.domain.request import Right, Score
from pirights.errors import Message, NotNextStep, message
from pirights.letters import withdrawal
from pirights.letters.withdrawal import WithdrawalBrief
from pirights.workflow import next_letter
from pirights.workflow.next_letter import Setting


def written(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write the notice.

    Raises:
        BadInput: It is dated before the request.
        MissingGlyph: A character that the fonts lack.
        NotNextStep: The facts say that no consent was given, or such a notice lies ready; or the
            one who could withdraw it is dead.
    """
    _refuse_relatives(setting)
    next_letter.refuse_waiting(setting, FollowUp.WITHDRAWAL)
    next_letter.refuse_before(setting, setting.request.on)
    found = setting.found
    agreed = _agreed(setting)
    held = _held(setting)
    brief = WithdrawalBrief(
        label=setting.label,
        person=found.person,
        handler=found.handler,
        first=setting.request,
        encounters=agreed,
        identify_by=found.case.identify_by,
        held=held,
        letters=setting.letters,
        on=setting.on,
        by=setting.by,
        zone=setting.desk.zone,
        actor=found.actor,
    )
    next_letter.check_glyphs(
        setting,
        {
            "identify-by": " ".join(found.case.identify_by),
            **{f"{one.label}.place": one.place for one in agreed},
        },
    )
    return withdrawal.written(brief, setting.desk.laws), _notices(setting, held=held)


def _refuse_relatives(setting: Setting) -> None:
    found = setting.found
    if found.person.capacity is Capacity.RELATIVE:
        raise NotNextStep(
            message(
                "Article 15 lets the one who gave a consent withdraw it; article 49 names access, "
                "copying, correction and deletion as what a close relative of a deceased can ask."
            ),
            hint=message(
                "Ask for deletion: `pirights request new --handler {handler} --person {person} "
                "--right delete`.",
                handler=found.handler.label,
                person=found.person.label,
            ),
        )


def _agreed(setting: Setting) -> list[Encounter]:
    """The encounters that leave room for a consent."""
    encounters = setting.found.papers.encounters
    agreed = [one for one in encounters if not _never(one)]
    if not agreed:
        raise NotNextStep(
            message(
                "There is nothing to withdraw: in {encounters} no consent was given.",
                encounters=[one.label for one in encounters],
            ),
            hint=message(
                "Refuse the handling instead: `pirights request new --handler {handler} --right "
                "refuse`. If consent was given: `pirights log edit {encounter} --consent yes`.",
                handler=setting.found.handler.label,
                encounter=encounters[0].label,
            ),
        )
    return agreed


def _never(encounter: Encounter) -> bool:
    """Say whether the facts rule out a consent: none was given, or the scan was not accepted."""
    if Answer.YES in {encounter.consent, encounter.separate_consent}:
        return False
    return encounter.consent is Answer.NO or encounter.refused


def _held(setting: Setting) -> bool:
    """Say whether this handler owes a copy that was asked, or was asked to preserve."""
    case, desk = setting.found.case, setting.desk
    return any(
        letter.kind == FollowUp.PRESERVE
        or any(item.right is Right.COPY and item.score is not Score.GIVEN for item in letter.items)
        for other in desk.vault.find_all(Case, handler=case.handler, person=case.person)
        if other.closed_on is None
        for letter in desk.letters(other)
    )


def _notices(setting: Setting, *, held: bool) -> list[Message]:
    notices = []
    before = [one for one in setting.found.letters if one.kind == FollowUp.WITHDRAWAL]
    if before:
        notices.append(
            message(
                "Consent was withdrawn with {label} already, dated {day}.",
                label=before[-1].label,
                day=before[-1].on,
            )
        )
    if held:
        notices.append(
            message(
                "A copy or a preservation is still open with this handler. After a withdrawal it "
                "is to delete (47(1) item 3), so the notice asks to keep that until you agree."
            )
        )
    else:
        notices.append(
            message(
                "After a withdrawal the handler is to delete (47(1) item 3), and what is deleted "
                "cannot be proved later. If you may need it, ask for a copy first (right: copy)."
            )
        )
    return notices
