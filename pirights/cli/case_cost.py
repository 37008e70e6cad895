"""`pirights case cost`: what a case has cost, by the footing on which it is claimed."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from pirights.cli import views
from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts, Table
from pirights.domain import cost as costs
from pirights.domain import entry
from pirights.domain.cost import Cost, CostKind
from pirights.errors import WrongUsage, message


def cost(  # (one command: enter a cost, or void one)
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
    *,
    kind: Annotated[CostKind | None, typer.Option(help=N_("What was paid, or lost."))] = None,
    amount: Annotated[
        str | None, typer.Option(metavar="YUAN", help=N_("How much, in yuan: 12.50."))
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The day it was paid; today if left out."))
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help=N_("What for, in your words."))] = "",
    proof: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            readable=False,
            help=N_("The invoice or receipt; kept byte for byte, and an exhibit of the bundle."),
        ),
    ] = None,
    void: Annotated[
        str | None,
        typer.Option(metavar="C3", help=N_("Take a cost that was entered wrongly out again.")),
    ] = None,
    because: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Why it is voided, in your words."))
    ] = "",
) -> None:
    from pirights.workflow import costing

    here = call(ctx)
    if void is not None:
        if kind is not None or amount is not None or proof or note or at is not None:
            raise WrongUsage(message("Voiding a cost goes with its reason only: --because TEXT."))
        with opened(here) as desk:
            done = costing.void(desk, ref, void, because=because)
        said = message("Cost {label} no longer counts; it stays in the journal.", label=void)
    elif kind is None or amount is None:
        raise WrongUsage(
            message("Say what was paid and how much: --kind KIND --amount 12.50."),
            hint=message("To take one out again: --void C3 --because TEXT."),
        )
    elif because:
        raise WrongUsage(message("--because goes with --void."))
    else:
        yuan = costs.yuan(amount, field="--amount")
        on = entry.day(at, field="--at") if at is not None else None
        with opened(here) as desk:
            done = costing.add(
                desk, ref, kind=kind, amount=yuan, on=on, note=note, proofs=proof or ()
            )
        said = message("Cost {label} is written down.", label=done.cost.label)
    for notice in done.notices:
        here.screen.notice(notice)
    one = done.cost
    here.screen.result(
        "CaseCost",
        {
            **view(one),
            "ref": one.ref,
            "proofs": [views.attachment(each) for each in done.proofs],
            "sums": view_sums(done.costs),
        },
        said,
        Facts(
            [
                (N_("Case"), one.ref),
                (N_("Kind"), one.kind),
                (N_("Claimed as"), one.kind.claimed_as),
                (N_("Yuan"), str(one.amount)),
                (N_("Date"), one.on),
                (N_("Note"), one.note),
                (N_("Proofs kept"), [each.name for each in done.proofs]),
                (N_("Reason"), one.voided_because),
            ]
        ),
        summed(done.costs),
    )


def view(one: Cost) -> dict[str, Any]:
    """What programs read of a cost; the amount is text, so that nobody makes a float of it."""
    return {
        "id": one.label,
        "kind": one.kind,
        "class": one.kind.claimed_as,
        "amount": str(one.amount),
        "on": one.on,
        "note": one.note,
        "voided_on": one.voided_on,
        "voided_because": one.voided_because,
    }


def view_sums(found: Sequence[Cost]) -> dict[str, str]:
    """The sums of what counts, each footing apart."""
    return {kind.value: str(amount) for kind, amount in costs.sums(found).items()}


def summed(found: Sequence[Cost]) -> Table:
    """The sums as a table."""
    rows: list[tuple[object, object]] = [
        (kind, _written(amount)) for kind, amount in costs.sums(found).items()
    ]
    return Table((N_("Claimed as"), N_("Yuan")), rows)


def listed(found: Sequence[Cost]) -> list[Table]:
    """The costs of a case and their sums, for the screen; nothing where there is none."""
    if not found:
        return []
    rows = [
        (
            one.label,
            one.on,
            one.kind,
            _written(one.amount),
            one.note if one.counts else message("voided: {why}", why=one.voided_because),
        )
        for one in found
    ]
    head = (N_("Cost"), N_("Date"), N_("Kind"), N_("Yuan"), N_("Note"))
    return [Table(head, rows), summed(found)]


def _written(amount: Decimal) -> str:
    return f"{amount:,}"
