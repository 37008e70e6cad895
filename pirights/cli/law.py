"""`pirights law`: what applied when, what may be cited, by when an answer may be expected."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from pirights import clock
from pirights.cli import law_views
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call, group
from pirights.cli.language import N_
from pirights.cli.show import Block, Facts, Table
from pirights.domain import entry
from pirights.domain.citation import cite
from pirights.domain.document import Language
from pirights.domain.handler import Venue
from pirights.domain.law import Instrument, Provision
from pirights.domain.request import Right
from pirights.errors import BadInput, NotFound, WrongUsage, message
from pirights.settings import DEFAULT_ZONE

app = group(N_("Ask the law: what applied when, and on whose word a date stands."))


class Shelf(StrEnum):
    """What can be listed."""

    LAWS = "laws"
    VENUES = "venues"
    AUTHORITIES = "authorities"
    PERIODS = "periods"


@app.command("list", help=N_("List laws, kinds of places, authorities or periods."))
def list_(
    ctx: typer.Context,
    what: Annotated[Shelf, typer.Argument(help=N_("What to list."))] = Shelf.LAWS,
    *,
    on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help=N_("As it stood on that day; today if left out.")),
    ] = None,
) -> None:
    from pirights.workflow import legal

    here = call(ctx)
    if on is not None and what is not Shelf.LAWS:
        raise WrongUsage(message("--on goes with laws only."))
    day = entry.day(on, field="--on") if on is not None else _today()
    match what:
        case Shelf.LAWS:
            found = sorted(
                legal.laws().instruments.values(), key=lambda law: (law.effective, law.id)
            )
            data = {
                "on": day,
                "instruments": [law_views.instrument(law, legal.laws(), day) for law in found],
            }
            table = Table(
                (N_("Law"), N_("Title"), N_("Kind"), N_("In force from"), N_("Up to"), N_("State")),
                [
                    (
                        law.id,
                        law.title,
                        law.rank,
                        law.effective,
                        law_views.last_day(law),
                        law.state(day),
                    )
                    for law in found
                ],
            )
        case Shelf.VENUES:
            profiles = list(legal.profiles().values())
            data = {"venues": [law_views.profile(one) for one in profiles]}
            table = Table(
                (N_("Kind of place"), N_("Name"), N_("Who usually decides"), N_("Public place")),
                [
                    (one.venue.value, one.venue, one.actors[0].name, one.public_place)
                    for one in profiles
                ],
            )
        case Shelf.AUTHORITIES:
            bodies = list(legal.authorities().values())
            data = {"authorities": [law_views.body(one) for one in bodies]}
            table = Table(
                (N_("Body"), N_("Name"), N_("How to reach it"), N_("Confidence")),
                [(one.id, one.name, one.channel, one.confidence) for one in bodies],
            )
        case Shelf.PERIODS:
            rules = list(legal.periods().values())
            data = {"periods": [law_views.period(one) for one in rules]}
            table = Table(
                (N_("Period"), N_("For what"), N_("How long"), N_("On whose word")),
                [(one.id, one.what, law_views.length(one), one.force) for one in rules],
            )
    here.screen.result(
        "LawList", data, table, message("More of each: `pirights law show {name}`.", name="…")
    )


@app.command(help=N_("Show a law, an article, a kind of place, an authority or a period."))
def show(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=N_("Such as pipl, pipl:47(1) or scenic-area."))
    ],
) -> None:
    from pirights.workflow import legal

    here = call(ctx)
    thing = legal.find(name.strip())
    known = legal.laws()
    data, facts = law_views.shown(thing, known, _language(here), _today())
    blocks: list[Any] = [Facts(facts)]
    if isinstance(thing, Instrument | Provision):
        rows = legal.parts(thing)
        data["provisions"] = [law_views.provision(one, known, _language(here)) for one in rows]
        if rows:
            blocks.append(
                Table(
                    (N_("Article"), N_("What it gives"), N_("How it was read")),
                    [(one.key, one.summary, one.read) for one in rows],
                )
            )
        elif isinstance(thing, Instrument):
            blocks.append(message("No article of it may be cited: its text was not found."))
    here.screen.result("LawShow", data, *blocks)


@app.command(help=N_("Say what may be cited for a right on a date, what may not, and why."))
def basis(
    ctx: typer.Context,
    *,
    right: Annotated[str, typer.Option(metavar="RIGHT", help=N_("The right that is asked."))],
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The day of the scan; today if left out."))
    ] = None,
    venue: Annotated[
        str | None, typer.Option(metavar="KIND", help=N_("What kind of place."))
    ] = None,
    still_stored: Annotated[
        bool,
        typer.Option(
            "--still-stored", help=N_("It is still stored, or goes on: name present law as well.")
        ),
    ] = False,
    minor: Annotated[
        bool, typer.Option("--minor", help=N_("The person scanned was under 18."))
    ] = False,
) -> None:
    from pirights.workflow import legal

    here = call(ctx)
    today = _today()
    place = _venue(venue) if venue is not None else None
    found = legal.cite(
        _right(right),
        on=entry.plausible_day(entry.day(on, field="--on"), today, field="--on")
        if on is not None
        else today,
        today=today,
        venue=place,
        still_stored=still_stored,
        minor=minor,
    )
    known, language = legal.laws(), _language(here)
    remarks = (*law_views.route(place), *law_views.older(found.on))
    apart: list[Block] = [
        message("May not be cited, and why:"),
        Facts([(one.provision.key, one.reason) for one in found.not_applicable]),
    ]
    here.screen.result(
        "LawBasis",
        {
            "right": found.right,
            "on": found.on,
            "venue": place,
            "still_stored": still_stored,
            "minor": minor,
            "provisions": [
                {**law_views.provision(one.provision, known, language), **law_views.why(one)}
                for one in found.citable
            ],
            "not_applicable": [
                {"key": one.provision.key, **law_views.why(one)} for one in found.not_applicable
            ],
            "remarks": remarks,
        },
        message("May be cited: {right}, {day}.", right=found.right, day=found.on)
        if found.citable
        else message("Nothing may be cited: {right}, {day}.", right=found.right, day=found.on),
        Facts(
            [
                (one.provision.key, law_views.cited(one, cite(known, one.provision.key, language)))
                for one in found.citable
            ]
        ),
        *(apart if found.not_applicable else []),
        *remarks,
    )


@app.command(help=N_("Explain by when an answer may be expected, and on whose word."))
def deadline(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
    *,
    provisional: Annotated[
        bool,
        typer.Option(
            "--provisional",
            help=N_("In a year without holiday notice, count by weekends and fixed holidays."),
        ),
    ] = False,
) -> None:
    from pirights.cli import views
    from pirights.workflow import legal

    here = call(ctx)
    with opened(here) as desk:
        told = legal.explain(desk, ref, provisional=provisional)
    due = told.deadline
    shown_ = [due, *told.others] if due is not None else told.others
    reasoned: list[Block] = [block for one in shown_ for block in law_views.reasoned(one)]
    runs = due is not None and due.id != "paused"
    here.screen.result(
        "LawDeadline",
        {
            "ref": told.case.ref,
            "what": due.id if due else None,
            "due": due.on if due is not None and runs else None,
            "force": due.force if due else None,
            "basis": due.basis if due else None,
            "start": due.start if due else None,
            "provisional": bool(due and due.provisional),
            "was": due.was if due else None,
            "steps": due.steps if due else told.remarks,
            "remarks": told.remarks,
            "others": [views.deadline(one) for one in told.others],
        },
        *reasoned,
        *told.remarks,
    )


def _today() -> Any:  # noqa: ANN401 (a date)
    from zoneinfo import ZoneInfo

    return clock.now().astimezone(ZoneInfo(DEFAULT_ZONE)).date()


def _language(here: Call) -> Language:
    return Language(here.screen.voice.language.value)


def _right(typed: str) -> Right:
    name = typed.strip().casefold()
    if name not in set(Right):
        raise NotFound(
            message("There is no right {right}.", right=typed),
            hint=message("Rights: {rights}.", rights=", ".join(one.value for one in Right)),
        )
    return Right(name)


def _venue(typed: str) -> Venue:
    name = typed.strip().casefold()
    if name not in set(Venue):
        raise BadInput(
            message("There is no kind of place {venue}.", venue=typed),
            hint=message("Kinds: {kinds}.", kinds=", ".join(one.value for one in Venue)),
        )
    return Venue(name)
