"""`pirights capture`: a page of the web, kept as evidence."""

from pathlib import Path
from typing import Annotated, Final

import typer

from pirights import clock
from pirights.cli import put_right, views
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call
from pirights.cli.language import N_
from pirights.cli.progress import shown
from pirights.cli.show import Block, Facts, Table
from pirights.domain import entry
from pirights.domain.document import Letters
from pirights.errors import WrongUsage, message
from pirights.workflow.capturing import Kept, Order

_WORTH: Final = message(
    "You made this yourself: the other side can contest it. `pirights stamp` has a third party "
    "confirm when it was kept; a notary or a neutral third-party platform is worth more. Page one "
    "of the sheet says why."
)


def capture(
    ctx: typer.Context,
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL|A12", help=N_("The address of the page; with --void a file of it.")
        ),
    ],
    *,
    handler: Annotated[
        str | None,
        typer.Option(
            metavar="H1",
            help=N_("Whose page it is; it goes into the bundles of all cases with this handler."),
        ),
    ] = None,
    case: Annotated[
        str | None, typer.Option(metavar="REF", help=N_("For the bundle of this case only."))
    ] = None,
    encounter: Annotated[
        str | None, typer.Option(metavar="E1", help=N_("To be kept with this scan."))
    ] = None,
    policy_days: Annotated[
        str | None,
        typer.Option(
            metavar="N[wd]",
            help=N_(
                "Days for an answer that this page promises; wd for working days. Recorded with "
                "the handler."
            ),
        ),
    ] = None,
    note: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Your own words about the page."))
    ] = "",
    letters: Annotated[
        Letters, typer.Option(help=N_("The languages of the sheet that lies on it."))
    ] = Letters.BOTH,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=N_("Write copies of the files into this folder too.")),
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help=N_("Let the page stand in a network that is not public.")
        ),
    ] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help=N_("Make no PDF and no picture of it."))
    ] = False,
    void: put_right.Void = False,
    because: put_right.Because = "",
) -> None:
    from pirights.workflow import capturing

    here = call(ctx)
    if put_right.alone(void=void, correct=False, because=because):
        if any((handler, case, encounter, policy_days, note, out)):
            raise WrongUsage(message("--void goes with its reason only: --because TEXT."))
        _void(here, entry.record_number(url, "A"), because)
        return
    if sum(one is not None for one in (handler, case, encounter)) != 1:
        raise WrongUsage(
            message("Say whose page it is: one of --handler, --case and --encounter."),
            hint=message("As in `pirights capture URL --handler H1`."),
        )
    if policy_days is not None and handler is None:
        raise WrongUsage(
            message("A promise is recorded with a handler."),
            hint=message("Give --handler with --policy-days."),
        )
    order = Order(
        url=url,
        handler=entry.record_number(handler, "H") if handler is not None else None,
        encounter=entry.record_number(encounter, "E") if encounter is not None else None,
        case=case,
        policy_days=entry.period(policy_days) if policy_days is not None else None,
        private=allow_private,
        pictures=not no_browser,
        note=note,
        letters=letters,
        out=out,
    )
    with opened(here) as desk, shown(here, N_("Files of the page")) as progress:
        kept = capturing.capture(desk, order, clock=clock.now, progress=progress)
    for notice in kept.notices:
        here.screen.warn(notice)
    here.screen.result("Capture", _data(kept, out), *_told(kept, out))


def _void(here: Call, number: int, because: str) -> None:
    from pirights.workflow import put_right_captures

    with opened(here) as desk:
        act = put_right_captures.void(desk, number, because=put_right.reason(here, because))
        put_right.carry_out(here, desk, act, "CaptureVoid")


def _data(kept: Kept, out: Path | None) -> dict[str, object]:
    page = kept.page
    return {
        "owner": kept.owner,
        "url": page.page.url,
        "status": page.page.status,
        "redirects": [one.url for one in page.hops[:-1]],
        "parts": len(page.parts),
        "lost": [{"url": one.url, "reason": one.reason} for one in page.lost],
        "sha256": kept.warc.sha256,
        "files": [views.attachment(one) for one in kept.files],
        "handler": views.handler(kept.promise) if kept.promise is not None else None,
        "out": out,
    }


def _told(kept: Kept, out: Path | None) -> list[Block]:
    page, promise = kept.page, kept.promise
    period = promise.policy_days if promise is not None else None
    return [
        message("The page is kept with {owner}.", owner=kept.owner),
        Facts(
            [
                (N_("Address reached"), page.page.url),
                (N_("Server"), page.page.address),
                (N_("Parts kept"), len(page.parts)),
                (N_("Archive (WARC), SHA-256"), kept.warc.sha256),
                (
                    N_("Promised time"),
                    period and message("{amount} {unit}", amount=period.amount, unit=period.unit),
                ),
                (N_("Copies are in"), out),
            ]
        ),
        Table(
            (N_("Id"), N_("File"), N_("Octets")),
            [(f"A{one.id}", one.name, one.size) for one in kept.files],
        ),
        _WORTH,
    ]
