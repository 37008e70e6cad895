"""`pirights case`: where each case stands."""

from typing import Annotated, Any

import typer

from pirights.cli import (
    ask,
    case_clock,
    case_cost,
    case_extras,
    case_view,
    choose,
    views,
)
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call, group
from pirights.cli.language import N_, Language
from pirights.cli.lists import Every, Limit, more, page
from pirights.cli.show import Facts, Table
from pirights.domain import entry
from pirights.domain.case import Outcome
from pirights.errors import message

app = group(N_("See where cases stand; close and reopen them."))

Ref = Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))]


@app.command("list", help=N_("List the cases, newest first."))
def list_(
    ctx: typer.Context,
    *,
    person: Annotated[
        str | None, typer.Option(metavar="P7", help=N_("Only the cases of this person."))
    ] = None,
    handler: Annotated[
        str | None, typer.Option(metavar="H3", help=N_("Only the cases against this handler."))
    ] = None,
    limit: Limit = None,
    every: Every = False,
) -> None:
    from pirights.workflow import cases

    here = call(ctx)
    with opened(here) as desk:
        found, total = cases.every(
            desk,
            limit=page(here, limit=limit, every=every),
            person=entry.record_number(person, "P") if person is not None else None,
            handler=entry.record_number(handler, "H") if handler is not None else None,
        )
    here.screen.result(
        "CaseList",
        {"cases": [views.case(one) for one in found], "total": total},
        Table(
            (N_("Case"), N_("Handler"), N_("Stage"), N_("Outcome"), N_("Delivery")),
            [
                (one.case.ref, one.handler.name, one.stage, one.case.outcome, one.delivery)
                for one in found
            ],
        )
        if found
        else message("No cases."),
        *more(total, len(found)),
    )


@app.command(help=N_("Show one case whole."))
def show(ctx: typer.Context, ref: Ref) -> None:
    from pirights.workflow import case_history, cases

    here = call(ctx)
    with opened(here) as desk:
        done = cases.show(desk, ref)
        history = case_history.of(desk, done)
    chinese = here.screen.voice.language is Language.ZH
    here.screen.result(
        "CaseShow",
        case_view.data(done, history),
        *case_view.blocks(done, history, chinese=chinese),
    )


@app.command(help=N_("Close a case with what came of it."))
def close(
    ctx: typer.Context,
    ref: Ref,
    *,
    outcome: Annotated[Outcome | None, typer.Option(help=N_("What came of it."))] = None,
    because: Annotated[str, typer.Option(metavar="TEXT", help=N_("Why, in your words."))] = "",
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The day; today if left out."))
    ] = None,
) -> None:
    from pirights.workflow import cases

    here = call(ctx)
    with opened(here) as desk:
        if outcome is None and ask.is_terminal() and not here.yes:
            outcome = _outcome(here, cases.show(desk, ref))
        case = cases.close(
            desk,
            ref,
            outcome=outcome or Outcome.NONE,
            because=because,
            on=entry.day(at, field="--at") if at else None,
        )
        one = cases.standing(desk, case)
    _show(
        here,
        "CaseClose",
        one,
        message(
            "Case {ref} is closed. `pirights case reopen {ref}` takes it up again.", ref=case.ref
        ),
    )


def _outcome(here: Call, found: Any) -> Outcome:  # noqa: ANN401 (a case as it is shown)
    """Ask what came of a case; what is still to be done in it is said before."""
    for line in views.told_next(found.next):
        here.screen.notice(line)
    return choose.one_of(
        here, message("What came of it"), tuple(Outcome), option="--outcome", default=Outcome.NONE
    )


@app.command(help=N_("Take up a closed case again."))
def reopen(ctx: typer.Context, ref: Ref) -> None:
    from pirights.workflow import cases

    here = call(ctx)
    with opened(here) as desk:
        case = cases.reopen(desk, ref)
        one = cases.standing(desk, case)
    _show(here, "CaseReopen", one, message("Case {ref} is open again.", ref=case.ref))


@app.command(help=N_("Write a remark on a case."))
def note(
    ctx: typer.Context,
    ref: Ref,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=N_("The remark."))],
) -> None:
    from pirights.workflow import cases

    here = call(ctx)
    with opened(here) as desk:
        done = cases.note(desk, ref, text)
    here.screen.result(
        "CaseNote",
        {"ref": done.ref, "on": done.on, "text": done.text},
        message("The remark is kept with case {ref}.", ref=done.ref),
    )


def _show(here: Any, kind: str, one: Any, said: Any) -> None:  # noqa: ANN401
    here.screen.result(
        kind,
        views.case(one),
        said,
        Facts([(N_("Stage"), one.stage), (N_("Outcome"), one.case.outcome)]),
    )


app.command(help=N_("Write down what was paid or lost, or void it."))(case_cost.cost)
app.command(help=N_("Keep their own number for a case, or see what is kept."))(case_extras.refs)
app.command(help=N_("Write down time spent on a case."))(case_extras.time)
app.command(help=N_("Record a promise in this case: by when they will answer."))(case_clock.promise)
app.command(help=N_("Record that the handler took more time."))(case_clock.extend)
app.command(help=N_("Stop the clock from a day on, with the reason."))(case_clock.pause)
app.command(help=N_("Set a paused clock going again."))(case_clock.restart)
app.command("period", help=N_("Say that the period of a sector rules this case."))(
    case_clock.choose_period
)
