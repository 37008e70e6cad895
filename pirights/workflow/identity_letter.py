"""Answering a demand for proof of identity, from what the handler holds already."""

from collections.abc import Sequence
from typing import Final

from pirights.domain.case import is_marked
from pirights.domain.document import Document
from pirights.domain.escalation import FollowUp
from pirights.domain.reply import FINAL, Reply, ReplyKind
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.letters import identity
from pirights.letters.identity import IdentityBrief
from pirights.workflow import next_letter, unread_replies
from pirights.workflow.next_letter import Setting

_ASKED: Final = frozenset({ReplyKind.IDENTITY_REQUIRED, ReplyKind.FORM_REQUIRED})


def written(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write the letter.

    Raises:
        BadInput: It is dated before the demand.
        MissingGlyph: A character that the fonts lack.
        NotNextStep: Nobody asked for proof of identity, or that was answered, or an answer came;
            or it is a suggestion only that the handler asked.
    """
    next_letter.refuse_unsent(setting)
    found = setting.found
    asked = _asked(setting)
    if setting.on < asked.on:
        raise BadInput(
            message(
                "The letter is dated {day}, before what it answers, {date}.",
                day=setting.on,
                date=asked.on,
            )
        )
    offers = setting.details.offers or found.case.identify_by
    brief = IdentityBrief(
        label=setting.label,
        person=found.person,
        handler=found.handler,
        first=setting.request,
        encounters=found.papers.encounters,
        offers=offers,
        letters=setting.letters,
        asked_on=asked.on,
        form=asked.kind is ReplyKind.FORM_REQUIRED,
        on=setting.on,
        by=setting.by,
        zone=setting.desk.zone,
        actor=found.actor,
    )
    tracking = setting.request.dispatch.tracking if setting.request.dispatch else ""
    next_letter.check_glyphs(setting, {"offer": " ".join(offers), "tracking": tracking})
    notices = []
    if not offers:
        notices.append(
            message(
                "No number that the handler gave you is offered as proof. If you have one, such as "
                "a member or order number, write the letter with it: `pirights escalate {ref} --as "
                "identity --offer TEXT`.",
                ref=setting.request.ref,
            )
        )
    return identity.written(brief, setting.desk.laws), notices


def _asked(setting: Setting) -> Reply:
    """The last demand of the handler's, if it still waits for an answer."""
    found = setting.found
    asked = next((one for one in reversed(found.answers) if one.kind in _ASKED), None)
    if asked is None:
        raise NotNextStep(
            message(
                "No reply in case {ref} asks for proof of identity or for a form.",
                ref=found.case.ref,
            ),
            hint=message("Take it in with `pirights reply add {ref} FILE`.", ref=found.case.ref),
        )
    answered = [
        one for one in found.letters if one.kind == FollowUp.IDENTITY and one.number > asked.number
    ]
    if answered:
        raise NotNextStep(
            message(
                "What the handler asked on {day} was answered with {label}.",
                day=asked.on,
                label=answered[-1].label,
            ),
            hint=message(
                "If it asks again, take that in first: `pirights reply add {ref} FILE`.",
                ref=found.case.ref,
            ),
        )
    later = [one for one in found.answers if one.number > asked.number and _is_answer(one, setting)]
    unread_replies.refuse_unread(setting, (asked, *later))
    if later:
        raise NotNextStep(
            message("An answer came on {day}: {kind}.", day=later[-1].on, kind=later[-1].kind),
            hint=message(
                "If it is incomplete: `pirights escalate {ref} --as incomplete`.",
                ref=found.case.ref,
            ),
        )
    return asked


def _is_answer(reply: Reply, setting: Setting) -> bool:
    """What is not clear is an answer only where the items were marked by it."""
    if reply.kind is ReplyKind.UNKNOWN:
        return is_marked(reply, setting.request)
    return reply.kind in FINAL
