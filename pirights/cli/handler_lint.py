"""`pirights handler lint`: what to look at in the directory."""

from typing import Annotated

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain import entry
from pirights.errors import BadInput, message


def lint(
    ctx: typer.Context,
    id: Annotated[  # noqa: A002 (the argument's name)
        str | None, typer.Argument(metavar="H1", help=N_("Only this handler."))
    ] = None,
) -> None:
    from pirights.workflow import handler_lint

    here = call(ctx)
    number = entry.record_number(id, "H") if id is not None else None
    with opened(here) as desk:
        found = handler_lint.problems(desk, number)
    listed = [
        {
            "handler": one.handler,
            "field": one.field,
            "problem": one.problem,
            "certain": one.is_certain,
        }
        for one in found
    ]
    wrong = sum(one.is_certain for one in found)
    rows = [(one.handler, one.field, one.problem) for one in found]
    if not wrong:
        here.screen.result(
            "HandlerLint",
            {"problems": listed},
            message("Nothing is wrong."),
            *([Table((N_("Handler"), N_("Field"), N_("Look at it")), rows)] if rows else []),
        )
        return
    if not here.screen.as_json:
        for handler, field, problem in rows:
            said = message(
                "{handler}, {field}: {problem}", handler=handler, field=field, problem=problem
            )
            here.screen.raw(here.screen.voice.say(said) + "\n", to_stderr=True)
    raise BadInput(
        message("Problems in the directory: {count}.", count=wrong),
        hint=message("Correct them with `pirights handler edit`, and run the command again."),
        details={"problems": listed},
    )
