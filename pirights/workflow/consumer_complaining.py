"""The consumer's complaint: only where there is a consumer relationship, and something to ask."""

from collections.abc import Sequence

from pirights import assessment_data
from pirights.domain.document import Document
from pirights.domain.encounter import Circumstance
from pirights.domain.law import State
from pirights.domain.person import Capacity
from pirights.errors import BadInput, Message, NotNextStep, message
from pirights.letters import consumer
from pirights.workflow import addressing, authority_paper
from pirights.workflow.next_letter import Setting

_COMPLAINTS = "cpl-implementation-2024:46(1)"
_RULE = "consumer"
"""The rule of the assessment that knows where one usually is a consumer."""


def written(setting: Setting) -> tuple[Document, Sequence[Message]]:
    """Write the complaint.

    Raises:
        BadInput: The body does not take such a paper, or the date does not fit.
        MissingGlyph: A character that the fonts lack.
        NotFound: Nobody goes by the id of the body.
        NotNextStep: There is no consumer relationship as far as the log says; there is nothing to
            ask; or the request has not left.
    """
    _refuse_early(setting)
    _refuse_others(setting)
    authority_paper.refuse_draft(setting)
    authority_paper.refuse_unscored(setting)
    body = addressing.body(setting)
    brief = authority_paper.brief(setting, body)
    authority_paper.refuse_contented(brief)
    authority_paper.check_glyphs(setting, brief)
    document = consumer.written(brief, setting.desk.laws)
    notices = [*authority_paper.beside(setting, brief), *addressing.told(setting, body)]
    if not consumer.customers(brief):
        notices.append(
            message(
                "The log does not say that you were there as a customer. If you were: `pirights "
                "log edit {encounter} --circumstance customer`, and write the paper again; keep a "
                "ticket, an order or a receipt with the case.",
                encounter=setting.found.papers.encounters[0].label,
            )
        )
    notices += [
        message(
            "The rules on complaints to the market regulator were replaced on 2026-04-15 (Order "
            "121), and their text was not seen: the paper cites neither them nor those before."
        ),
        message(
            "Ask only for what settles your own dispute, and never for more in return for "
            "silence: complaints must not serve improper gain (CPL regulations, article 27(2))."
        ),
        *authority_paper.closing(setting, brief),
    ]
    return document, notices


def _refuse_early(setting: Setting) -> None:
    if setting.desk.laws.state(_COMPLAINTS, setting.on) is not State.IN_FORCE:
        raise BadInput(
            message(
                "On {day} the regulations on such complaints (CPL regulations, article 46) were "
                "not in force.",
                day=setting.on,
            ),
            hint=message("Give a later day with --date."),
        )


def _refuse_others(setting: Setting) -> None:
    scans = setting.found.papers.encounters
    if setting.found.person.capacity is Capacity.RELATIVE:
        raise NotNextStep(
            message("A consumer's complaint is the consumer's own; a relative cannot bring it."),
            hint=message("Write to the regulator: `--as regulator`."),
        )
    if addressing.state_organ(setting):
        raise NotNextStep(
            message("A state organ is no business operator: there is no consumer relationship."),
            hint=message("Write to the organ above it: `--as regulator`."),
        )
    if any(Circumstance.CUSTOMER in one.circumstances for one in scans):
        return
    usual = next(one for one in assessment_data.rules().rules if one.id == _RULE).asked_at
    ruled_out = all(Circumstance.CUSTOMER in one.ruled_out for one in scans)
    if ruled_out or not set(addressing.venues(setting)) & set(usual):
        raise NotNextStep(
            message(
                "A consumer's complaint needs a purchase or a service between you and the "
                "handler; at such a place that does not go without saying, and the log does not "
                "say so."
            ),
            hint=message(
                "If there was one: `pirights log edit {encounter} --circumstance customer`. "
                "Otherwise write to the regulator: `--as regulator`.",
                encounter=scans[0].label if scans else "E1",
            ),
        )
