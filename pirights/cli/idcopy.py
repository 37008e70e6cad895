"""`pirights idcopy`: a copy of an identity document that is of no use to anybody else."""

from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

import typer

from pirights.cli import ask
from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.replacing import confirm_replacing
from pirights.cli.show import Facts, Table
from pirights.domain import entry, id_copy
from pirights.domain.id_copy import Part, Side
from pirights.errors import message
from pirights.workflow.id_copies import DPI, LEAST_DPI, MOST_DPI, Made, Order

_PARTS: Final = MappingProxyType(
    {
        Part.NUMBER: message("the number, but for its first and last digits"),
        Part.ADDRESS: message("the address"),
        Part.AUTHORITY: message("the issuing authority, which names the district"),
        Part.REGION: message("a region that you named"),
    }
)


def idcopy(
    ctx: typer.Context,
    image: Annotated[
        Path,
        typer.Argument(metavar="IMAGE", readable=False, help=N_("The picture of the document.")),
    ],
    *,
    purpose: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="TEXT",
            help=N_(
                "What the copy is for; written across it. Beside --handler it may be left out."
            ),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.pdf|FILE.png",
            help=N_("The file to write; a new id-copy.pdf if left out."),
        ),
    ] = None,
    handler: Annotated[
        str | None,
        typer.Option(metavar="H1", help=N_("For whom; the name is written across the copy.")),
    ] = None,
    mask: Annotated[
        list[str] | None,
        typer.Option(
            metavar="X,Y,W,H",
            help=N_("A region to mask, in pixels of the upright picture."),
        ),
    ] = None,
    card: Annotated[
        Side | None,
        typer.Option(
            help=N_(
                "Mask number and address of a resident identity card: front is the side with the "
                "portrait, back the one with the emblem. The picture must be cut to the card's "
                "edges. The zones are proportions of a usual card: check them by eye."
            )
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The day on the copy; today if left out."))
    ] = None,
    grey: Annotated[bool, typer.Option("--grey", help=N_("Without colours."))] = False,
    dpi: Annotated[
        int,
        typer.Option(
            min=LEAST_DPI,
            max=MOST_DPI,
            help=N_("Dots per inch on paper, 96 to 300; fewer show less."),
        ),
    ] = DPI,
    keep: Annotated[
        str | None,
        typer.Option(
            metavar="P1",
            help=N_("Keep the original in the vault, with this person; else it is only read."),
        ),
    ] = None,
) -> None:
    from pirights.workflow import id_copies

    here = call(ctx)
    if purpose is None and handler is not None:
        purpose = ""  # its name says for whom, and that it is for checking
    elif purpose is None:
        purpose = ask.line(here, message("What the copy is for"), option="--for")
    order = Order(
        image=image,
        purpose=purpose,
        out=out,
        handler=entry.record_number(handler, "H") if handler is not None else None,
        on=entry.day(date, field="--date") if date is not None else None,
        masks=tuple(id_copy.region(one) for one in mask or ()),
        card=card,
        grey=grey,
        dpi=dpi,
        keep=entry.record_number(keep, "P") if keep is not None else None,
    )
    if out is not None:
        confirm_replacing(here, out)
    with opened(here) as desk:
        made = id_copies.make(desk, order)
    for notice in made.notices:
        here.screen.warn(notice)
    here.screen.result(
        "IdCopy",
        {
            "out": made.path,
            "text": made.text,
            "date": made.on,
            "handler": f"H{order.handler}" if order.handler is not None else None,
            "masked": [
                {
                    "what": part,
                    "x": region.left,
                    "y": region.top,
                    "width": region.width,
                    "height": region.height,
                }
                for part, region in made.masked
            ],
            "original": {"width": made.original[0], "height": made.original[1]},
            "width": made.width,
            "height": made.height,
            "dpi": dpi,
            "grey": grey,
            "kept": f"A{made.kept.id}" if made.kept else None,
        },
        message("The copy is in {file}.", file=made.path),
        Facts(
            [
                (N_("Written across it"), made.text),
                (N_("Size in pixels"), f"{made.width} × {made.height}"),
                (N_("The original is kept with"), made.kept.owner if made.kept else None),
            ]
        ),
        *_masked(made),
        message(
            "Look at it before you hand it over: is all of it masked that they do not need, and "
            "can the text be read?"
        ),
    )


def _masked(made: Made) -> list[Table]:
    if not made.masked:
        return []
    rows = [
        (_PARTS[part], f"{one.left},{one.top},{one.width},{one.height}")
        for part, one in made.masked
    ]
    return [Table((N_("Masked"), N_("Left, top, width, height")), rows)]
