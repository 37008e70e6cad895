"""What every paper for an authority is written from, read out of the case as it stands."""

from collections.abc import Collection, Mapping, Sequence

from pirights.domain import told_reply
from pirights.domain.authority import Authority
from pirights.domain.bundle import Group
from pirights.domain.encounter import Encounter
from pirights.domain.facts import YES, facts_of
from pirights.domain.period import Force
from pirights.domain.reply import ANSWERS
from pirights.domain.words import Words
from pirights.errors import Message, NotNextStep, message
from pirights.letters import template, to_check
from pirights.letters.to_authority import AuthorityBrief
from pirights.workflow import (
    articles_to_check,
    assessing,
    cases,
    exhibits,
    next_letter,
    preserving,
    reckoning,
    unread_replies,
)
from pirights.workflow.next_letter import Setting


def brief(
    setting: Setting,
    body: Authority,
    *,
    holding: Mapping[int, Collection[str]] | None = None,
) -> AuthorityBrief:
    """Read out of the case what such a paper says.

    Args:
        setting: The paper that is about to be written.
        body: To whom it goes.
        holding: By number of the encounter, what the paper says of it; encounters that are not
            named are left out. None for all, with what holds for each in the assessment.

    Raises:
        BadInput: The paper is dated before a scan.
    """
    found, desk = setting.found, setting.desk
    scans = preserving.scanned(setting)
    if holding is None:
        weigh = assessing.assessor(desk)
        holding = {
            one.id: [finding.rule.id for finding in weigh.assess(one).findings if not finding.open]
            for one in scans
        }
    told = tuple(one for one in scans if one.id in holding)
    first = setting.request if setting.request.dispatch is not None else None
    due = next((one for one in found.deadlines if one.id == "answer"), None)
    passed = due if due is not None and due.on < setting.on else None
    if passed is not None and passed.force is Force.SUGGESTION:
        own = reckoning.request_due(found.papers)
        passed = own if own is not None and own.on < setting.on else passed
    return AuthorityBrief(
        kind=setting.kind,
        label=setting.label,
        person=found.person,
        handler=found.handler,
        encounters=told,
        first=first,
        sent=tuple(one for one in found.letters if one.dispatch is not None),
        replies=told_reply.told(found.replies, setting.request),
        answered=is_answered(setting),
        holding=tuple(frozenset(holding[one.id]) for one in told),
        exhibits=_exhibits(setting),
        proved=_proved(setting),
        body=body,
        letters=setting.letters,
        on=setting.on,
        by=setting.by,
        zone=desk.zone,
        actor=found.actor,
        office=setting.details.office,
        due_on=passed.on if passed else None,
        due_force=passed.force if passed else None,
        demands=setting.details.demands,
        affected=setting.details.affected,
        public=tuple(number for number, one in enumerate(told, start=1) if is_public(setting, one)),
        identify_by=found.case.identify_by,
    )


def is_answered(setting: Setting) -> bool:
    """Say whether an answer to the request came that ends the waiting."""
    first = setting.request
    left = first.dispatch.on if first.dispatch else first.on
    return any(one.kind in ANSWERS and one.on >= left for one in setting.found.answers)


def is_public(setting: Setting, encounter: Encounter) -> bool:
    """Say whether people in general may enter the place, as the log or its kind says."""
    return facts(setting, encounter)["public"] == YES


def facts(setting: Setting, encounter: Encounter) -> Mapping[str, str]:
    """What is known of a scan, in the words that rules are matched against."""
    weigh = assessing.assessor(setting.desk)
    return facts_of(encounter, weigh.usual, weigh.telling)


def refuse_draft(setting: Setting) -> None:
    """Refuse while the request has not been sent, or another paper of this kind lies ready.

    Raises:
        NotNextStep: So it is.
    """
    first = setting.request
    if first.dispatch is None:
        raise NotNextStep(
            message(
                "Letter {label} has not been sent yet; this paper tells what became of it.",
                label=first.label,
            ),
            hint=message(
                "Send the request first and record it: `pirights sent {ref} --channel ems`.",
                ref=first.label,
            ),
        )
    next_letter.refuse_waiting(setting, setting.kind)
    next_letter.refuse_before(setting, first.dispatch.on)


def refuse_unscored(setting: Setting) -> None:
    """Refuse while nobody has said what came in, or which items an answer gave.

    Raises:
        NotNextStep: So it is.
    """
    if is_answered(setting):
        unread_replies.refuse_unmarked(setting)
    unread_replies.refuse_unread(setting, setting.found.answers)


def refuse_contented(written: AuthorityBrief) -> None:
    """Refuse where everything was given and nothing else is asked.

    Raises:
        NotNextStep: So it is.
    """
    if not written.unmet and not written.demands:
        raise NotNextStep(
            message("Every item of the request is marked as given: there is nothing to ask."),
            hint=message("Say what you ask with --demand TEXT."),
        )


def beside(setting: Setting, written: AuthorityBrief) -> list[Message]:
    """Say what is to be known of a paper that comes before the answer."""
    notices: list[Message] = []
    first = written.first
    if first is not None and not written.answered and written.due_on is None:
        due = next((one for one in setting.found.deadlines if one.id == "answer"), None)
        if first.arrived_on is None:
            notices.append(
                message(
                    "That letter {label} arrived is not recorded yet. Anyone may complain at any "
                    "time (PIPL, article 65), but the paper says more once it is: `pirights "
                    "received {label} --at DATE`.",
                    label=first.label,
                )
            )
        elif due is not None:
            notices.append(
                message(
                    "The day for an answer, {due}, has not passed on {day}. Anyone may complain "
                    "at any time (PIPL, article 65); this paper usually comes after refusal or "
                    "silence.",
                    due=due.on,
                    day=setting.on,
                )
            )
    return notices


def closing(setting: Setting, written: AuthorityBrief) -> list[Message]:
    """Say what is to be seen to before the paper leaves."""
    notices = list(_to_check(setting, written))
    notices.append(
        message(
            "Before you hand over the evidence, cover the faces of others and the names of staff "
            "in it. The paper names you and how to reach you, never the number of your identity "
            "card."
        )
    )
    return notices


def check_glyphs(setting: Setting, written: AuthorityBrief) -> None:
    """Refuse what the fonts cannot print, and name the field.

    Raises:
        MissingGlyph: Such a character stands in the paper.
    """
    fields = {
        "office": written.office,
        "demand": " ".join(written.demands),
        "affected": written.affected,
        "identify-by": " ".join(written.identify_by),
        f"{written.handler.label}.phone": written.handler.phone,
    }
    for one in written.encounters:
        fields[f"{one.label}.place"] = one.place
        fields[f"{one.label}.purpose"] = one.purpose
        fields[f"{one.label}.exemption"] = one.exemption
    for letter in written.sent:
        fields[f"{letter.label}.tracking"] = letter.dispatch.tracking if letter.dispatch else ""
        fields[f"{letter.label}.to"] = letter.handler_name
        fields[f"{letter.label}.cites"] = " ".join(item.refused_under for item in letter.items)
    next_letter.check_glyphs(setting, fields)


def _exhibits(setting: Setting) -> tuple[Words, ...]:
    """Name what the bundle of the case holds, but for letters that have not left."""
    from pirights.render.printable import printable

    shown = cases.show(setting.desk, setting.found.case.ref)
    drafts = {one.label for one in setting.found.letters if one.dispatch is None}
    return tuple(
        printable(piece.exhibit).title
        for piece in exhibits.gathered(setting.desk, shown)
        if piece.owner not in drafts and piece.exhibit.group is not Group.LAW
    )


def _proved(setting: Setting) -> frozenset[str]:
    return frozenset(
        one.label for one in setting.found.letters if reckoning.arrival_proofs(setting.desk, one)
    )


def _to_check(setting: Setting, written: AuthorityBrief) -> Sequence[Message]:
    """Name the cited articles whose text was not read in full."""
    laws = setting.desk.laws
    source = template.load(setting.kind.value, setting.letters.languages[0])
    return articles_to_check.told(laws, to_check.cited(written, source, laws))
