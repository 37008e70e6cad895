"""`pirights request render`: a letter on paper, and the papers that go beside it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pirights.cli import file_form, form_fields
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call
from pirights.cli.language import N_
from pirights.cli.replacing import confirm_replacing
from pirights.cli.show import Words
from pirights.domain import entry
from pirights.domain.document import Form, Letters
from pirights.domain.paper import Errand, Paper
from pirights.errors import Message, WrongUsage, message

if TYPE_CHECKING:
    from pirights.domain.dispatch import Letter
    from pirights.workflow.enclosure_details import EnclosureDetails


def render(
    ctx: typer.Context,
    ref: Annotated[
        str, typer.Argument(metavar="REF", help=N_("The case, or REF/2 for its second message."))
    ],
    *,
    form: Annotated[
        Form | None,
        typer.Option("--format", help=N_("The form; as the file's name ends if left out.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=N_("The file to write. An existing file is replaced.")),
    ] = None,
    text: Annotated[bool, typer.Option("--text", help=N_("Show it here instead."))] = False,
    preview: Annotated[
        bool, typer.Option("--open", help=N_("Show the PDF in the system's viewer instead."))
    ] = False,
    fields: Annotated[
        bool,
        typer.Option(
            "--fields", help=N_("Not the complaint, but its texts to paste into a web form.")
        ),
    ] = False,
    receipt: Annotated[
        bool,
        typer.Option(
            "--receipt", help=N_("With a box for the stamp of the one it is handed over to.")
        ),
    ] = False,
    paper: Annotated[
        Paper | None,
        typer.Option(help=N_("Not the letter, but a paper that goes beside it.")),
    ] = None,
    letters: Annotated[Letters | None, typer.Option(help=N_("For a paper: its language."))] = None,
    agent: Annotated[
        str | None,
        typer.Option(metavar="P3", help=N_("For poa: who acts, if the case does not say.")),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DATE", help=N_("For poa: its last day; twelve months if left out.")),
    ] = None,
    power: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help=N_("For poa: a power beyond the usual ones; may be repeated."),
        ),
    ] = None,
    errand: Annotated[
        Errand | None,
        typer.Option("--for", help=N_("For poa: letters to the handler, or an action in court.")),
    ] = None,
    copies: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, max=99, help=N_("For catalogue: how many of each are handed in.")
        ),
    ] = 0,
    without_originals: Annotated[
        bool,
        typer.Option(
            "--without-originals", help=N_("For catalogue: without the column on originals.")
        ),
    ] = False,
) -> None:
    from pirights.workflow import rendering

    here = call(ctx)
    if fields:
        others = preview or receipt or paper is not None
        form_fields.show(here, ref, out=out, form=form, others=others)
        return
    if text or preview:
        _refuse_both(text, preview, out, form)
    elif out is None:
        raise WrongUsage(
            message("Say where to write it: --out FILE."),
            hint=message("Or see it here with --text, or in a viewer with --open."),
        )
    if paper is not None:
        if receipt:
            raise WrongUsage(
                message("The box for a stamp stands on the letter, not on a paper beside it."),
                hint=message("Leave --receipt out, or --paper."),
            )
        details = replace(
            _details(letters, agent, until, power, errand),
            copies=copies,
            without_originals=without_originals,
        )
        _enclosed(here, ref, paper, details, Way(form=form, out=out, text=text))
        return
    _refuse_lost(letters=letters, agent=agent, until=until, power=power, errand=errand)
    _refuse_lost(copies=copies, **{"without-originals": without_originals})
    if preview:
        with opened(here) as desk:
            seen = rendering.preview(desk, ref, here.environment, receipt=receipt)
        _show_previewed(here, seen.letter, seen.path, shown=seen.shown)
        return
    if out is None:
        with opened(here) as desk:
            letter, shown = rendering.text_of(desk, ref, receipt=receipt)
        here.screen.result(
            "RequestRender",
            {"ref": letter.ref, "message": letter.label, "text": shown},
            Words(shown),
        )
        return
    chosen = file_form.of(out, form)
    confirm_replacing(here, out)
    with opened(here) as desk:
        done = rendering.render(desk, ref, form=chosen, out=out, receipt=receipt)
    for notice in done.notices:
        here.screen.notice(notice)
    here.screen.result(
        "RequestRender",
        {
            "ref": done.letter.ref,
            "message": done.letter.label,
            "out": done.path,
            "format": chosen,
        },
        message("The letter is in {file}.", file=done.path),
        _next_step(done.letter.shortest, chosen),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a paper goes: into a file, onto the terminal, or else into a viewer."""

    form: Form | None
    out: Path | None
    text: bool


def _details(
    letters: Letters | None,
    agent: str | None,
    until: str | None,
    power: list[str] | None,
    errand: Errand | None,
) -> "EnclosureDetails":
    from pirights.workflow.enclosure_details import EnclosureDetails

    return EnclosureDetails(
        letters=letters,
        agent=entry.record_number(agent, "P") if agent is not None else 0,
        until=entry.day(until, field="--until") if until is not None else None,
        powers=tuple(power or ()),
        errand=errand,
    )


def _refuse_lost(**given: object) -> None:
    """Refuse options that would be passed over."""
    for name, value in given.items():
        if value:
            option = "--for" if name == "errand" else f"--{name}"
            raise WrongUsage(
                message("{option} belongs to a paper beside the letter.", option=option),
                hint=message("Name the paper with --paper, such as --paper poa."),
            )


def _enclosed(here: Call, ref: str, paper: Paper, details: "EnclosureDetails", way: Way) -> None:
    from pirights.workflow import enclosures, rendering

    chosen = None
    if way.out is not None and not way.text:
        chosen = file_form.of(way.out, way.form)
        confirm_replacing(here, way.out)
    with opened(here) as desk:
        made = enclosures.made(desk, ref, paper, details)
    told: dict[str, object] = {
        "ref": made.letter.ref,
        "message": made.letter.label,
        "paper": paper,
    }
    for notice in made.notices:
        here.screen.notice(notice)
    if way.text:
        shown = rendering.words_of(made.document)
        here.screen.result("RequestRender", {**told, "text": shown}, Words(shown))
    elif way.out is None or chosen is None:
        path, opened_it = rendering.show(made.document, here.environment)
        _show_previewed(here, made.letter, path, shown=opened_it, paper=paper)
    else:
        enclosures.write(made, form=chosen, out=way.out)
        here.screen.result(
            "RequestRender",
            {**told, "out": way.out, "format": chosen},
            message("The paper is in {file}.", file=way.out),
            message(
                "It goes beside letter {label}, and is no message of the case.",
                label=made.letter.label,
            ),
        )


def _refuse_both(text: bool, preview: bool, out: Path | None, form: Form | None) -> None:
    if preview and (text or out is not None or form not in {None, Form.PDF}):
        raise WrongUsage(
            message("--open shows a PDF that it makes for itself."),
            hint=message("Leave out --text, --out and --format."),
        )


def _show_previewed(
    here: Call, letter: "Letter", path: Path, *, shown: bool, paper: Paper | None = None
) -> None:
    here.screen.result(
        "RequestRender",
        {
            "ref": letter.ref,
            "message": letter.label,
            **({"paper": paper} if paper else {}),
            "out": path,
            "format": Form.PDF,
            "opened": shown,
        },
        _seen(path, shown=shown, paper=paper),
        message("Only you can read it there; delete it when you have seen it."),
    )


def _seen(path: Path, *, shown: bool, paper: Paper | None) -> Message:
    if paper is not None:
        if shown:
            return message("The system's viewer shows the paper, {file}.", file=path)
        return message("There is no viewer here, or no display. The paper is in {file}.", file=path)
    if shown:
        return message("The system's viewer shows the letter, {file}.", file=path)
    return message("There is no viewer here, or no display. The letter is in {file}.", file=path)


def _next_step(ref: str, form: Form) -> Message:
    match form:
        case Form.EML:
            return message(
                "Open it with your mail program, check it, send it, then: "
                "`pirights sent {ref} --channel email --at DATE`.",
                ref=ref,
            )
        case Form.DOCX:
            return message(
                "The vault does not learn what you change in that file; it keeps the letter as it "
                "was written."
            )
        case _:
            return message(
                "Sign it, send it, then: `pirights sent {ref} --channel ems --at DATE`.", ref=ref
            )
