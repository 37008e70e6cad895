"""The report to the police: cameras in forbidden places, unentitled installers, missing signs."""

from collections.abc import Iterator, Sequence

from pirights import rule_data
from pirights.domain.document import Document
from pirights.domain.encounter import Answer, Circumstance, Encounter, ScanMode
from pirights.domain.facts import YES
from pirights.domain.handler import Venue
from pirights.domain.law import State
from pirights.errors import Message, NotNextStep, message
from pirights.letters import police
from pirights.workflow import addressing, authority_paper, next_letter
from pirights.workflow.next_letter import Setting

_PICKS_OUT = frozenset({ScanMode.IDENTIFICATION, ScanMode.COVERT})
_REPORTS = "public-video-2025:24(2)"


def written(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write the report; no request need come first.

    Raises:
        BadInput: The date does not fit.
        MissingGlyph: A character that the fonts lack.
        NotNextStep: Nothing that the case holds is for the police, the handler is the police, or
            another such report is written and not sent yet.
    """
    next_letter.refuse_waiting(setting, setting.kind)
    if Venue.POLICE in addressing.venues(setting):
        raise NotNextStep(
            message("The handler is the police itself: what concerns it goes to the organ above."),
            hint=message("Write to the organ above it: `--as regulator`."),
        )
    body = addressing.body(setting)
    fitting = {one.id: frozenset(_for_police(setting, one)) for one in _scans(setting)}
    fitting = {number: rules for number, rules in fitting.items() if rules}
    if not fitting:
        raise _nothing(setting)
    brief = authority_paper.brief(setting, body, holding=fitting)
    authority_paper.check_glyphs(setting, brief)
    document = police.written(brief, setting.desk.laws)
    notices = [
        message(
            "If it is urgent, call 110 now; the paper comes after. Do not touch, cover or take "
            "down the device, and pass on nothing that it holds."
        ),
        *addressing.told(setting, body),
        *authority_paper.closing(setting, brief),
    ]
    left = [one.label for one in _scans(setting) if one.id not in fitting]
    if left:
        notices.append(
            message(
                "Not for the police, and left out of this paper: {encounters}.", encounters=left
            )
        )
    return document, notices


def _scans(setting: Setting) -> Sequence[Encounter]:
    return setting.found.papers.encounters


def _for_police(setting: Setting, encounter: Encounter) -> Iterator[str]:
    """Name what of a scan the police take; only from the day on which those rules applied."""
    if setting.desk.laws.state(_REPORTS, encounter.day) is not State.IN_FORCE:
        return
    if Circumstance.PRIVATE_SPACE in encounter.circumstances:
        yield police.PRIVATE
    facts = authority_paper.facts(setting, encounter)
    own = Circumstance.FAMILY_USE in encounter.circumstances
    beyond = encounter.mode in _PICKS_OUT and facts["use"] == "beyond"
    if facts["public"] == YES and (own or beyond):
        listed = rule_data.venues()[encounter.venue].thirty_days
        yield police.INSTALLER_LISTED if listed else police.INSTALLER_OTHER
    if (
        Circumstance.PUBLIC_SECURITY_SYSTEM in encounter.circumstances
        and encounter.notice is Answer.NO
    ):
        yield police.SIGN


def _nothing(setting: Setting) -> NotNextStep:
    scans = _scans(setting)
    return NotNextStep(
        message(
            "Nothing in this case is for the police: an ordinary dispute over access, copies or "
            "deletion is not. They take cameras in private spaces, cameras in public places put "
            "up by those not entitled to or not for public security, and public security video "
            "without a sign; from 2025-04-01."
        ),
        hint=message(
            "If it is so here, write it down: `pirights log edit {encounter} --circumstance "
            "private-space`; or `--public-place yes --mode covert --circumstance other-use`; or "
            "`--circumstance public-security-system --notice no`. Otherwise: `--as regulator`.",
            encounter=scans[0].label if scans else "E1",
        ),
    )
