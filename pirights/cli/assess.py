"""`pirights log assess`: what the facts of a scan may mean in law, and what may follow."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Final

import typer

from pirights.cli import assess_views, views
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call
from pirights.cli.language import N_
from pirights.cli.lists import Every, Limit, more, page
from pirights.cli.show import Block, Facts, Table
from pirights.domain import entry
from pirights.domain.addressee import Addressee
from pirights.domain.assessment import Assessment, Finding, by_rule
from pirights.domain.basis import COVERED_FROM
from pirights.domain.citation import cite_all
from pirights.domain.document import Language
from pirights.domain.law import Laws, Read
from pirights.errors import Message, message
from pirights.workflow.assessing import Weighed


def assess(
    ctx: typer.Context,
    id: Annotated[  # noqa: A002 (the argument's name)
        str | None, typer.Argument(metavar="[E1]", help=N_("The encounter; all if left out."))
    ] = None,
    *,
    limit: Limit = None,
    every: Every = False,
) -> None:
    from pirights.workflow import assessing

    here = call(ctx)
    if id is not None:
        with opened(here) as desk:
            weighed = assessing.assess(desk, entry.record_number(id, "E"))
            laws = desk.laws
        _show(here, weighed, laws)
        return
    with opened(here) as desk:
        found, total = assessing.assess_all(desk, limit=page(here, limit=limit, every=every))
    here.screen.result(
        "LogAssessAll",
        assess_views.overview(found, total),
        *_overview(found),
        *(
            [message("The rules are counted over the encounters shown.")]
            if total > len(found)
            else ()
        ),
        *more(total, len(found)),
    )


def _overview(found: Sequence[Assessment]) -> list[Block]:
    if not found:
        return [message("No encounters.")]
    return [
        Table(
            (N_("Id"), N_("Time"), N_("Place"), N_("Suggested"), N_("Open"), N_("Rules")),
            [
                (
                    one.encounter.label,
                    views.clock_of(one.encounter.local),
                    one.encounter.place,
                    str(sum(not each.open for each in one.findings)),
                    str(sum(each.open for each in one.findings)),
                    [each.rule.id for each in one.findings if not each.open],
                )
                for one in found
            ],
        ),
        Table(
            (N_("Rule"), N_("Encounters"), N_("What the facts suggest")),
            [(rule.id, str(count), rule.says) for rule, count in by_rule(found)],
        ),
    ]


def _show(here: Call, weighed: Weighed, laws: Laws) -> None:
    done = weighed.assessment
    language = Language(here.screen.voice.language.value)
    holding = [one for one in done.findings if not one.open]
    opened_ = [one for one in done.findings if one.open]
    label = done.encounter.label
    here.screen.result(
        "LogAssess",
        assess_views.weighed(weighed, because=_because(done)),
        message("{label}, {day}: what the facts suggest.", label=label, day=done.encounter.day)
        if holding
        else message(
            "{label}, {day}: the facts suggest nothing yet.", label=label, day=done.encounter.day
        ),
        *_told(holding, laws, language),
        *_too_old(done),
        *([message("Open, until more is known:")] if opened_ else []),
        *_told(opened_, laws, language),
        *filter(None, [_because(done)]),
        *_limits(done, laws),
        *_asked(done, label),
        *_who(weighed.addressees),
        *_around(weighed),
        *_commands(done, weighed),
        message(
            "These are questions of law put to your own notes, no verdict. pirights is not a "
            "lawyer."
        ),
    )


LATER: Final = message(
    "What came into force after that day is named only for what is still stored today: storing is "
    "handling too (Personal Information Protection Law 4(2)). It is not for the scan itself."
)


def _because(done: Assessment) -> Message | None:
    """Say why the law of later days is named, where it is."""
    return LATER if any(one.present for one in done.findings) else None


def _too_old(done: Assessment) -> list[Block]:
    if done.encounter.day >= COVERED_FROM:
        return []
    return [
        message(
            "What applied before {first} is not held whole in the law data: only what is stored "
            "to this day is weighed.",
            first=COVERED_FROM,
        )
    ]


def _told(findings: Iterable[Finding], laws: Laws, language: Language) -> list[Block]:
    blocks: list[Block] = []
    for number, one in enumerate(findings, start=1):
        blocks += [
            message("{number}. If so: {says}", number=number, says=one.rule.says)
            if one.open
            else message("{number}. {says}", number=number, says=one.rule.says),
            Facts(
                [
                    (N_("   In force then"), cite_all(laws, one.provisions, language)),
                    (N_("   In force now"), cite_all(laws, one.present, language)),
                    (N_("   Take care"), _sentences(_care(one, laws))),
                    (N_("   They will say"), one.rule.counter),
                    (N_("   Not known yet"), _sentences(_unknown(one))),
                ]
            ),
        ]
    return blocks


def _care(one: Finding, laws: Laws) -> list[Message]:
    return [
        message("{key}: {grade}.", key=key, grade=laws.provision(key).read)
        for key in (*one.provisions, *one.present)
        if laws.provision(key).read is not Read.FULL
    ]


def _limits(done: Assessment, laws: Laws) -> list[Block]:
    """What must be said beside the articles that were named, once each."""
    keys = dict.fromkeys(key for one in done.findings for key in (*one.provisions, *one.present))
    limited = [(key, laws.provision(key).limits) for key in keys if laws.provision(key).limits]
    if not limited:
        return []
    return [message("Limits of the articles named:"), Facts(limited)]


def _unknown(one: Finding) -> list[Message]:
    return [message("{question}", question=each.words) for each in one.missing]


def _sentences(said: Sequence[Message]) -> Message | None:
    return message("{sentences}", sentences=list(said)) if said else None


def _asked(done: Assessment, label: str) -> list[Block]:
    options = [
        question
        for question in (*(each for one in done.findings for each in one.missing), *done.questions)
        if question.option
    ]
    if not options:
        return []
    return [
        message("If you know more, write it down with `pirights log edit {label} …`:", label=label),
        Facts([(question.option, question.words) for question in dict.fromkeys(options)]),
    ]


def _who(parties: Sequence[Addressee]) -> list[Block]:
    if not parties:
        return []
    return [
        message("Who is asked:"),
        *(
            message(
                "{name} ({role}): {ask}",
                name=one.handler.name if one.handler else message("not named in the log"),
                role=one.role,
                ask=one.ask,
            )
            for one in parties
        ),
    ]


def _around(weighed: Weighed) -> list[Block]:
    blocks: list[Block] = [
        Facts(
            [
                (N_("What to ask for"), weighed.profile.kinds if weighed.addressees else ()),
                (
                    N_("Found without a face by"),
                    weighed.profile.identifiers if weighed.addressees else (),
                ),
                (N_("Where to turn"), [one.name for one in weighed.bodies]),
            ]
        )
    ]
    if weighed.video_until is not None:
        blocks.append(
            message(
                "If it belongs to a public security video system of a place named in article 7, "
                "its images must be kept until {day} at least (other laws or administrative "
                "regulations may differ; templates and match logs not included); ask for "
                "preservation at once.",
                day=weighed.video_until,
            )
        )
    return blocks


def _commands(done: Assessment, weighed: Weighed) -> list[Block]:
    blocks: list[Block] = []
    for step in done.steps:
        if step.rights:
            handler = next(
                (one.handler for one in weighed.addressees if one.address and one.handler), None
            )
            rights = " ".join(f"--right {right}" for right in step.rights)
            blocks.append(
                message(
                    "Next: `pirights request new --handler {handler} --encounter {label} "
                    "{rights}`.",
                    handler=handler.label if handler else "H…",
                    label=done.encounter.label,
                    rights=rights,
                )
            )
    others = [step.document for step in done.steps if not step.rights]
    if others:
        blocks.append(message("May follow: {documents}.", documents=tuple(others)))
    return blocks
