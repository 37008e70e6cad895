"""What `case show` tells of a case: for programs, and on a screen of eighty columns."""

from collections.abc import Sequence
from typing import Any

from pirights.cli import case_cost, views
from pirights.cli.case_extras import minutes_of
from pirights.cli.language import N_
from pirights.cli.show import Block, Facts, Table
from pirights.domain.history import Entry, Happening
from pirights.domain.next_step import NextStep
from pirights.domain.reply import Reply
from pirights.domain.request import tally
from pirights.errors import Message, message
from pirights.workflow.cases import Shown, Standing

_OWNERS = {Happening.ENCOUNTER: "encounter", Happening.COST: "cost"}


def data(done: Shown, history: Sequence[Entry]) -> dict[str, Any]:
    """What programs read."""
    one = done.standing
    return {
        **views.case(one),
        "encounters": [each.label for each in done.encounters],
        "rights": one.case.rights,
        "their_refs": one.case.their_refs,
        "answered": _answered(one),
        "next": views.next_step(done.next),
        "messages": views.messages(one),
        "items": views.items(one),
        "deadlines": [views.deadline(each) for each in one.deadlines],
        "timeline": [_entry(each) for each in history],
        "costs": [case_cost.view(each) for each in done.costs],
        "cost_sums": case_cost.view_sums(done.costs),
        "minutes": minutes_of(one.case),
        "notes": [{"on": each.on, "text": each.text} for each in done.notes],
        "email_bounced": one.handler.email_bounced,
        "attachments": [views.attachment(each) for each in done.attachments],
    }


def blocks(done: Shown, history: Sequence[Entry], *, chinese: bool) -> list[Block]:
    """What people read."""
    one = done.standing
    found: list[Block] = [
        Facts(
            [
                (N_("Case"), one.case.ref),
                (N_("Their number"), one.case.their_refs),
                (N_("Handler"), one.handler.name),
                (N_("Person"), one.person.name),
                (N_("Stage"), one.stage),
                (N_("Outcome"), one.case.outcome),
                (N_("Delivery"), one.delivery),
                (N_("Encounters"), [each.label for each in done.encounters]),
                (N_("Answered"), _told_answered(one)),
                (N_("Minutes spent"), minutes_of(one.case) or None),
                (N_("Closed on"), one.case.closed_on),
                (N_("Reason"), one.case.closed_because),
            ]
        ),
        *_next(done.next),
        Table(
            (N_("Message"), N_("Date"), N_("What"), N_("State")),
            [(each.label, each.on, each.document.title, each.delivery) for each in one.letters]
            + [(each.label, each.on, _came(each), views.kind(each)) for each in one.replies],
            wraps=True,
        ),
        Table(
            (N_("No."), N_("Asked"), N_("Answered")),
            [
                (item.number, item.zh if chinese else item.en, item.score)
                for each in one.letters
                for item in each.items
            ],
            wraps=True,
        ),
        *views.courtesy(one.letters),
    ]
    if one.deadlines:
        found.append(
            Table(
                (N_("Due on"), N_("What"), N_("On whose word")),
                [(each.on, each.what, each.force) for each in one.deadlines],
                wraps=True,
            )
        )
    return [
        *found,
        *views.provisional(one.deadlines),
        *views.stale_address(one.handler),
        Table(
            (N_("Date"), N_("Record"), N_("What happened")),
            [(each.on, _short(each, one.case.ref), _said(each)) for each in history],
            wraps=True,
        ),
        *case_cost.listed(done.costs),
    ]


def _next(one: NextStep | None) -> list[Block]:
    """The next step; its command stands in a line of its own, to be copied."""
    if one is None:
        return []
    return [
        Facts([(N_("Next step"), one.what), (N_("Reason"), one.why), (N_("Command"), one.command)])
    ]


def _answered(one: Standing) -> dict[str, int]:
    counts = tally(item for each in one.letters[:1] for item in each.items)
    return {"all": sum(counts.values()), **{score.value: count for score, count in counts.items()}}


def _told_answered(one: Standing) -> Message | None:
    counts = _answered(one)
    if not counts["all"]:
        return None
    return message(
        "{given} of {all} given; {partial} in part, {refused} refused, {silent} without a word, "
        "{open} not marked",
        **counts,
    )


def _entry(one: Entry) -> dict[str, Any]:
    label = {_OWNERS.get(one.what, "message"): one.label} if one.label else {}
    source = {"source": one.source} if one.source else {}
    return {"on": one.on, "what": one.what, **label, **source, "meaning": one.said}


def _short(one: Entry, ref: str) -> str:
    """The label without the case's own reference: /2."""
    return (one.label or one.source).removeprefix(ref)


def _said(one: Entry) -> Message:
    if one.source:
        return message("{said} Said in {label}.", said=one.said, label=one.source)
    return one.said


def _came(one: Reply) -> Message:
    if one.answers:
        return message(
            "Answer of {body} to {label}", body=one.answerer, label=f"{one.ref}/{one.answers}"
        )
    return message("Reply")
