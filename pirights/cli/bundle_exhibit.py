"""`pirights bundle exhibit`: what the catalogue says of each exhibit, and saying it otherwise."""

from typing import Annotated

import typer

from pirights.cli.desk import opened
from pirights.cli.frame import call
from pirights.cli.language import N_
from pirights.cli.show import Facts, Table
from pirights.domain.bundle import Exhibit, Group
from pirights.errors import Message, WrongUsage, message


def exhibit(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The case."))],
    which: Annotated[
        str | None,
        typer.Argument(
            metavar="[E003|FILE]", help=N_("The exhibit, by its number or its file's name.")
        ),
    ] = None,
    *,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("What it is called in the catalogue."))
    ] = None,
    purpose: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("What it proves (purpose of proof)."))
    ] = None,
    held: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("Who keeps the original, and where."))
    ] = None,
    group: Annotated[
        Group | None, typer.Option(help=N_("The group of the catalogue in which it stands."))
    ] = None,
    title_en: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("The title in English."))
    ] = None,
    purpose_en: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("The purpose in English."))
    ] = None,
    held_en: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("Who keeps the original, in English."))
    ] = None,
    more: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="E004",
            help=N_("Another exhibit whose files follow in this one, such as a card's back."),
        ),
    ] = None,
    reset: Annotated[
        bool,
        typer.Option(
            "--reset", help=N_("Take back the words that were suggested, and part what was joined.")
        ),
    ] = False,
) -> None:
    from pirights.workflow import exhibit_notes

    here = call(ctx)
    said = {
        "title": title,
        "purpose": purpose,
        "held": held,
        "title_en": title_en,
        "purpose_en": purpose_en,
        "held_en": held_en,
    }
    words = {name: text for name, text in said.items() if text is not None}
    changes = bool(words) or group is not None or reset or bool(more)
    if which is None and changes:
        raise WrongUsage(
            message("Say which exhibit, by its number or its file's name."),
            hint=message("Run `pirights bundle exhibit REF` to see them."),
        )
    with opened(here) as desk:
        if which is None or not changes:
            found = exhibit_notes.listed(desk, ref, which)
            here.screen.result(
                "BundleExhibits",
                {
                    "ref": found.ref,
                    "exhibits": [
                        {**_view(one), "own_words": one.number in found.own}
                        for one in found.exhibits
                    ],
                },
                *(
                    [_whole(found.exhibits[0])]
                    if which is not None
                    else [_table(found.exhibits), _how(found.ref)]
                    if found.exhibits
                    else [message("The case holds no exhibits yet.")]
                ),
            )
            return
        done = exhibit_notes.describe(
            desk, ref, which, words=words, group=group, reset=reset, more=more or ()
        )
    here.screen.result(
        "BundleExhibit",
        {"ref": done.ref, "before": _view(done.before), "after": _view(done.after)},
        message("The catalogue says it so from now on."),
        Table(
            (N_("What"), N_("Before the change"), N_("After the change")),
            [
                (label, was, now)
                for (label, was), (_, now) in zip(
                    _pairs(done.before), _pairs(done.after), strict=True
                )
                if was != now
            ],
            wraps=True,
        )
        if done.before != done.after
        else message("That is what it said already."),
    )


def _how(ref: str) -> Message:
    return message(
        "To say it otherwise: `pirights bundle exhibit {ref} E001 --purpose TEXT`. The numbers are "
        "those of a bundle built now.",
        ref=ref,
    )


def _table(exhibits: tuple[Exhibit, ...]) -> Table:
    return Table(
        (N_("Exhibit"), N_("Group"), N_("Title"), N_("Purpose of proof")),
        [(one.folder, one.group.heading, one.title, one.purpose) for one in exhibits],
        wraps=True,
    )


def _whole(one: Exhibit) -> Facts:
    files = [
        fact
        for file in one.files
        for fact in ((N_("File"), file.original_name), ("SHA-256", file.sha256))
    ]
    return Facts([*_pairs(one), *files])


def _pairs(one: Exhibit) -> list[tuple[str, object]]:
    return [
        (N_("Exhibit"), one.folder),
        (N_("Group"), one.group.heading),
        (N_("Title"), one.title),
        (N_("Purpose of proof"), one.purpose),
        (N_("Original"), one.held),
    ]


def _view(one: Exhibit) -> dict[str, object]:
    return {
        "exhibit": one.folder,
        "group": one.group,
        "title": one.title,
        "purpose": one.purpose,
        "held": one.held,
        "source": one.source,
        "original_name": one.original_name,
        "sha256": one.sha256,
        "files": [
            {"original_name": file.original_name, "sha256": file.sha256} for file in one.files
        ],
    }
