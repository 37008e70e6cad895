"""What programs read of an assessment."""

from collections.abc import Sequence
from typing import Any

from pirights.domain.addressee import Addressee
from pirights.domain.assessment import Assessment, Finding, Question, Step, by_rule
from pirights.errors import Message
from pirights.workflow.assessing import Weighed

View = dict[str, Any]


def overview(found: Sequence[Assessment], total: int) -> View:
    """Several scans, each with the rules that hold and those that are open."""
    return {
        "assessments": [
            {
                "id": one.encounter.label,
                "rules": [each.rule.id for each in one.findings if not each.open],
                "open": [each.rule.id for each in one.findings if each.open],
            }
            for one in found
        ],
        "rules": {rule.id: count for rule, count in by_rule(found)},
        "total": total,
    }


def weighed(one: Weighed, *, because: Message | None) -> View:
    """One scan; `because` says why the law of later days is named, where it is."""
    done = one.assessment
    return {
        "id": done.encounter.label,
        "on": done.encounter.day,
        "findings": [finding(each) for each in done.findings],
        "questions": [question(each) for each in done.questions],
        "next": [step(each) for each in done.steps],
        "addressees": [addressee(each) for each in one.addressees],
        "authorities": [each.id for each in one.bodies],
        "ask_for": one.profile.kinds,
        "identify_by": one.profile.identifiers,
        "video_until": one.video_until,
        "present_because": because,
    }


def finding(one: Finding) -> View:
    """A rule that holds or is open, with its law of then and of now."""
    return {
        "rule": one.rule.id,
        "open": one.open,
        "says": one.rule.says,
        "provisions": one.provisions,
        "present": one.present,
        "counter": one.rule.counter,
        "missing": [question(each) for each in one.missing],
        "next": [step(each) for each in one.rule.next],
    }


def question(one: Question) -> View:
    """What would tell more, and the option that writes it down."""
    return {"id": one.id, "question": one.words, "option": one.option or None}


def step(one: Step) -> View:
    """A document that follows."""
    return {"document": one.document, "rights": one.rights}


def addressee(one: Addressee) -> View:
    """A party at the scan, and what it is asked."""
    return {
        "handler": one.handler.label if one.handler else None,
        "name": one.handler.name if one.handler else None,
        "role": one.role,
        "address": one.address,
        "ask": one.ask,
        "cites": one.cites,
        "present": one.present,
        "authorities": one.bodies,
    }
