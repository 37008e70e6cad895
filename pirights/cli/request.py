"""`pirights request`: write the first letter of a case, and put it on paper."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pirights.cli import ask
from pirights.cli.desk import opened
from pirights.cli.frame import Call, call, group
from pirights.cli.language import N_
from pirights.cli.replacing import confirm_replacing
from pirights.cli.show import Facts, Words
from pirights.domain import entry
from pirights.domain.document import Form, Letters
from pirights.domain.request import Right
from pirights.errors import BadInput, Message, WrongUsage, message

if TYPE_CHECKING:
    from pirights.workflow.rendering import Rendered

app = group(N_("Write formal requests."))

_DEFAULT_RIGHTS: Final = (Right.KNOW, Right.ACCESS, Right.COPY)


@app.command(help=N_("Write a letter and open its case."))
def new(
    ctx: typer.Context,
    *,
    handler: Annotated[str | None, typer.Option(metavar="H1", help=N_("Who is asked."))] = None,
    person: Annotated[str, typer.Option(metavar="P1", help=N_("Who asks."))] = "P1",
    encounter: Annotated[
        list[str] | None,
        typer.Option(
            metavar="E1", help=N_("The scans it is about; all with that handler if left out.")
        ),
    ] = None,
    right: Annotated[
        list[Right] | None, typer.Option(help=N_("What is asked; more than one if you like."))
    ] = None,
    letters: Annotated[Letters, typer.Option(help=N_("The language of the letter."))] = Letters.ZH,
    identify_by: Annotated[
        list[str] | None,
        typer.Option(
            metavar='"年卡号 1234"', help=N_("By what they can find you without your face.")
        ),
    ] = None,
    delete_now: Annotated[
        bool,
        typer.Option(
            "--delete-now", help=N_("Ask for deletion at once, although it destroys evidence.")
        ),
    ] = False,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("The letter's date; today if left out."))
    ] = None,
) -> None:
    from pirights.workflow import rendering, requests
    from pirights.workflow.wish import Wish

    here = call(ctx)
    asking = handler is None or not right
    if handler is None:
        handler = ask.line(here, message("Who is asked (H1, H2, …)"), option="--handler")
    if not right:
        right = _rights(
            ask.line(
                here,
                message("What is asked ({rights})", rights=", ".join(one.value for one in Right)),
                option="--right",
                default=" ".join(_DEFAULT_RIGHTS),
            )
        )
    wish = Wish(
        handler=entry.record_number(handler, "H"),
        person=entry.record_number(person, "P"),
        encounters=tuple(entry.record_number(one, "E") for one in encounter or ()),
        rights=tuple(dict.fromkeys(right)),
        letters=letters,
        identify_by=tuple(identify_by or ()),
        delete_now=delete_now,
        on=entry.day(date, field="--date") if date is not None else None,
    )
    with opened(here) as desk:
        written = requests.preview(desk, wish)
        if asking:
            here.screen.text(Words(rendering.words_of(written.letter.document)))
            ask.confirm(here, message("Keep this letter and open its case?"))
        done = requests.keep(desk, written)
    for notice in done.notices:
        here.screen.notice(notice)
    if asking:
        here.screen.notice(message("The same as a command: {command}", command=_command(wish)))
    here.screen.result(
        "RequestNew",
        {
            "ref": done.case.ref,
            "message": done.letter.label,
            "date": done.letter.on,
            "letters": done.letter.letters,
            "two_step": any(item.after_receipt for item in done.letter.items),
            "items": [
                {
                    "number": item.number,
                    "id": item.id,
                    "right": item.right,
                    "zh": item.zh,
                    "en": item.en,
                    "cites": item.cites,
                    "after_receipt": item.after_receipt,
                }
                for item in done.letter.items
            ],
        },
        message(
            "Case {ref} is open, with a letter of {count} items.",
            ref=done.case.ref,
            count=len(done.letter.items),
        ),
        Facts(
            [
                (N_("To"), done.handler.name),
                (N_("Requester"), done.person.name),
                (N_("Date"), done.letter.on),
            ]
        ),
        message(
            "pirights is not a lawyer: read the letter before you sign it, and ask one where "
            "much is at stake."
        ),
        message("Next: `pirights request render {ref} --out letter.pdf`.", ref=done.case.ref),
    )


@app.command(help=N_("Put a letter on paper."))
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
) -> None:
    from pirights.workflow import rendering

    here = call(ctx)
    if text or preview:
        _refuse_both(text, preview, out, form)
        with opened(here) as desk:
            if preview:
                _show_previewed(here, rendering.preview(desk, ref, here.environment))
                return
            letter, shown = rendering.text_of(desk, ref)
        here.screen.result(
            "RequestRender",
            {"ref": letter.ref, "message": letter.label, "text": shown},
            Words(shown),
        )
        return
    if out is None:
        raise WrongUsage(
            message("Say where to write it: --out FILE."),
            hint=message("Or see it here with --text, or in a viewer with --open."),
        )
    chosen = form or _form(out)
    confirm_replacing(here, out)
    with opened(here) as desk:
        done = rendering.render(desk, ref, form=chosen, out=out)
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


def _refuse_both(text: bool, preview: bool, out: Path | None, form: Form | None) -> None:
    if preview and (text or out is not None or form not in {None, Form.PDF}):
        raise WrongUsage(
            message("--open shows a PDF that it makes for itself."),
            hint=message("Leave out --text, --out and --format."),
        )


def _show_previewed(here: Call, done: "Rendered") -> None:
    here.screen.result(
        "RequestRender",
        {
            "ref": done.letter.ref,
            "message": done.letter.label,
            "out": done.path,
            "format": Form.PDF,
            "opened": done.shown,
        },
        message("The system's viewer shows the letter, {file}.", file=done.path)
        if done.shown
        else message(
            "There is no viewer here, or no display. The letter is in {file}.", file=done.path
        ),
        message("Only you can read it there; delete it when you have seen it."),
    )


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


def _form(out: Path) -> Form:
    ending = out.suffix.casefold().removeprefix(".")
    if ending not in set(Form):
        raise WrongUsage(
            message("The name {file} does not say which form is wanted.", file=out.name),
            hint=message(
                "Say it with --format: {forms}.", forms=", ".join(one.value for one in Form)
            ),
        )
    return Form(ending)


def _rights(typed: str) -> list[Right]:
    words = typed.replace(",", " ").replace("，", " ").replace("、", " ").split()
    for word in words:
        if word not in set(Right):
            raise BadInput(message("There is no right {right}.", right=word))
    return [Right(word) for word in words]


def _command(wish: object) -> str:
    from pirights.workflow.wish import Wish

    if not isinstance(wish, Wish):
        raise TypeError(type(wish).__name__)
    words = ["pirights", "request", "new", "--handler", f"H{wish.handler}"]
    if wish.person != 1:
        words += ["--person", f"P{wish.person}"]
    for number in wish.encounters:
        words += ["--encounter", f"E{number}"]
    for right in wish.rights:
        words += ["--right", right.value]
    words += ["--letters", wish.letters.value]
    for clue in wish.identify_by:
        words += ["--identify-by", clue]
    if wish.delete_now:
        words.append("--delete-now")
    if wish.on is not None:
        words += ["--date", wish.on.isoformat()]
    return shlex.join(words)
