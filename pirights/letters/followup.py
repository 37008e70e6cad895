"""The letters that follow a request: what the case holds, and the Document that is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights.domain.citation import cite_all
from pirights.domain.dispatch import Channel, Letter
from pirights.domain.document import Document, Language, Letters
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler
from pirights.domain.law import Laws
from pirights.domain.period import Force, PeriodRule
from pirights.domain.person import Person
from pirights.domain.request import AskedItem, Right, Score, tally
from pirights.domain.words import Words
from pirights.letters import promise, sector, template, wording
from pirights.letters.assembly import assembled, common
from pirights.letters.template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpBrief:
    """Everything such a letter is written from.

    Attributes:
        label: The new message's own name, such as PR-2026-7K3M9QX-C/3.
        first: The request it follows; sent, and arrived.
        on: The letter's date.
        by: The day by which a reply is asked for, inclusive; our suggestion.
        zone: The IANA zone in which those are days.
        acknowledged_on: The day an acknowledgement came in, if that is all that came.
        due_on: The day that has passed without an answer.
        due_force: On whose word that day stood.
        due_rule: The sector's own rule by which it was reckoned, if it was.
        promised_on: The day of the message in which the handler named it, or took more time.
        published: It is reckoned by the promise of the handler's published rules.
        replied_on: The day of the reply that refused or was incomplete.
        items: The items that are taken up, with their scores.
        proved: A file that proves the arrival is kept.
    """

    kind: FollowUp
    label: str
    person: Person
    handler: Handler
    first: Letter
    letters: Letters
    on: date
    by: date
    zone: str
    actor: Person | None = None
    acknowledged_on: date | None = None
    due_on: date | None = None
    due_force: Force | None = None
    due_rule: PeriodRule | None = None
    promised_on: date | None = None
    published: bool = False
    replied_on: date | None = None
    items: tuple[AskedItem, ...] = ()
    proved: bool = False


def written(brief: FollowUpBrief, laws: Laws) -> Document:
    """Write the letter, in one language or both."""
    return assembled(brief.kind.value, brief, lambda source: values(brief, source, laws))


def values(brief: FollowUpBrief, source: Template, laws: Laws) -> dict[str, object]:
    """What a follow-up's template may name, in the language of the template."""
    language = source.language
    asked = {item.right for item in brief.first.items}

    def day(on: date | None) -> str:
        return "" if on is None else wording.day(on, language)

    return {
        **common(brief, source, laws),
        "first": request_facts(brief.first, language),
        f"acknowledged_{language}": day(brief.acknowledged_on),
        f"due_{language}": day(brief.due_on),
        "due_force": brief.due_force,
        "due_rule": sector.told(brief.due_rule, [one for one in asked if one]),
        f"promised_{language}": day(brief.promised_on),
        "promise": promise.published(brief.handler, brief.on, language)
        if brief.published
        else None,
        f"replied_{language}": day(brief.replied_on),
        "proved": brief.proved,
        "asks_access": bool({Right.ACCESS, Right.COPY} & asked),
        "asks_correction": Right.CORRECT in asked,
        "counts": _counts(brief.first.items),
        "items": _items(brief.items, laws, language),
        "last_numeral": "四、" if language is Language.ZH else "4. ",
    }


def _counts(items: Sequence[AskedItem]) -> Mapping[str, int]:
    """How many items have each mark, and how many are apart: they add up to all of them.

    `counted` is the sum of the four marks; open are only items of a later step.
    """
    marks = tally(items)
    return {
        **{score.value: number for score, number in marks.items()},
        "counted": sum(marks.values()) - marks[Score.OPEN],
        "courtesy": len(items) - sum(marks.values()),
    }


def request_facts(letter: Letter, language: Language) -> Mapping[str, object]:
    """What a letter may say of the request before it: its name, its way and its arrival."""
    sent, arrived = letter.dispatch, letter.arrived_on
    request = template.load("request", language)
    return {
        "label": letter.label,
        "count": len(letter.items),
        "tracking": sent.tracking if sent else "",
        f"title_{language}": request.title,
        f"on_{language}": wording.day(letter.on, language),
        f"sent_{language}": wording.day(sent.on, language) if sent else "",
        f"channel_{language}": CHANNELS[sent.channel].in_(language) if sent else "",
        f"arrived_{language}": wording.day(arrived, language) if arrived else "",
    }


def _items(
    items: Sequence[AskedItem], laws: Laws, language: Language
) -> list[Mapping[str, object]]:
    return [
        {
            "number": item.number,
            f"text_{language}": _without_stop(item.zh if language is Language.ZH else item.en),
            "basis": cite_all(laws, item.cites, language),
            "score": item.score,
            "refused_under": item.refused_under,
        }
        for item in items
    ]


def _without_stop(text: str) -> str:
    """An item's text, to be followed by what became of it."""
    return text.rstrip("。.")


CHANNELS: Final[Mapping[Channel, Words]] = {
    Channel.EMS: Words(zh="邮政特快专递（EMS）", en="EMS of China Post"),
    Channel.EMAIL: Words(zh="电子邮件", en="e-mail"),
    Channel.WEBFORM: Words(zh="网页表单", en="web form"),
    Channel.APP: Words(zh="应用程序内提交", en="the app's own form"),
    Channel.HAND: Words(zh="当面递交", en="delivery by hand"),
    Channel.PHONE: Words(zh="电话", en="telephone"),
    Channel.WECHAT: Words(zh="微信", en="WeChat"),
}
