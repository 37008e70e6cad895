"""The lead for public-interest litigation: only where many are affected, as is known or seen."""

from collections.abc import Sequence

from pirights.domain.document import Document
from pirights.domain.law import State
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.letters import procuratorate
from pirights.letters.to_authority import AuthorityBrief
from pirights.workflow import addressing, authority_paper, next_letter
from pirights.workflow.next_letter import Setting

_SUITS = "pipl:70"


def written(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write the lead; no request need come first.

    Raises:
        BadInput: The date does not fit.
        MissingGlyph: A character that the fonts lack.
        NotNextStep: Nothing says that many are affected, or another lead is written and not sent.
    """
    next_letter.refuse_waiting(setting, setting.kind)
    if setting.desk.laws.state(_SUITS, setting.on) is not State.IN_FORCE:
        raise BadInput(
            message(
                "On {day} article 70 of the Personal Information Protection Law was not in force.",
                day=setting.on,
            ),
            hint=message("Give a later day with --date."),
        )
    body = addressing.body(setting)
    brief = authority_paper.brief(setting, body)
    if not (brief.affected or brief.public or procuratorate.many(brief)):
        raise NotNextStep(
            message(
                "A lead for public-interest litigation is about many persons; nothing in the case "
                "says that more than one is affected."
            ),
            hint=message(
                'Say how many, and how you know: --affected "…". Or, if people in general may '
                "enter: `pirights log edit {encounter} --public-place yes`.",
                encounter=brief.encounters[0].label if brief.encounters else "E1",
            ),
        )
    authority_paper.check_glyphs(setting, brief)
    document = procuratorate.written(brief, setting.desk.laws)
    notices = [
        message(
            "It is a lead, not a right to a suit: the procuratorate decides. Your own claims go on "
            "beside it, and their limitation with them."
        ),
        *addressing.told(setting, body),
        *_thin(brief),
        *authority_paper.closing(setting, brief),
    ]
    return document, notices


def _thin(brief: AuthorityBrief) -> list[Message]:
    if brief.affected:
        return []
    return [
        message(
            "The paper says only in general that others are affected. How many, and how you know, "
            "makes it stronger: --affected TEXT."
        )
    ]
