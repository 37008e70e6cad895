"""`pirights template`: the templates of letters, and own copies of them."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pirights import clock
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.show import Facts, Table, Words
from pirights.domain import document
from pirights.domain.text import visible
from pirights.errors import BadInput, message
from pirights.settings import DEFAULT_ZONE

app = group(N_("See, copy and check the templates of letters."))

KindName = Annotated[
    str, typer.Argument(metavar="KIND", help=N_("The kind of letter, such as request."))
]


class LetterLanguage(StrEnum):
    """A language of a template."""

    ZH = "zh"
    EN = "en"


@app.command("list", help=N_("List the kinds of letters."))
def list_(ctx: typer.Context) -> None:
    from pirights.workflow import templates

    found = templates.kinds()
    call(ctx).screen.result(
        "TemplateList",
        {
            "templates": [
                {
                    "kind": one.name,
                    "title": one.title,
                    "languages": one.languages,
                    "changed": one.changed,
                    "name": one.mark or one.name,
                    "folder": one.folder,
                }
                for one in found
            ]
        },
        Table(
            (N_("Kind"), N_("Title"), N_("Changed"), N_("Folder")),
            [(one.name, one.title, one.changed, one.folder) for one in found],
        ),
    )


@app.command(help=N_("Show the file that a letter is made from."))
def show(
    ctx: typer.Context,
    kind: KindName,
    *,
    language: Annotated[
        LetterLanguage, typer.Option(help=N_("The language of the letter."))
    ] = LetterLanguage.ZH,
) -> None:
    from pirights.workflow import templates

    screen = call(ctx).screen
    path, text = templates.text_of(kind, document.Language(language))
    if screen.as_json:
        data = {"kind": kind, "language": language, "file": path, "text": text}
        screen.result("Template", data)
    else:
        screen.raw(visible(text, keep="\n\t"))


@app.command(help=N_("Look through templates: of all kinds, or of those that are named."))
def lint(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="KIND|FILE", help=N_("Kinds of letters, or files of templates.")),
    ] = None,
) -> None:
    from pirights.workflow import templates

    screen = call(ctx).screen
    found = templates.problems(names or [], today=_today())
    if not found:
        screen.result("TemplateLint", {"problems": []}, message("Nothing is wrong."))
        return
    if not screen.as_json:
        for one in found:
            said = message(
                "{file}, line {line}: {problem}",
                file=f"{one.template}/{one.language.value}.md",
                line=one.line,
                problem=one.problem,
            )
            screen.raw(screen.voice.say(said) + "\n", to_stderr=True)
    raise BadInput(
        message("Problems in the templates: {count}.", count=len(found)),
        hint=message("Correct the files, and run the command again."),
        details={
            "problems": [
                {
                    "template": one.template,
                    "language": one.language,
                    "line": one.line,
                    "problem": one.problem,
                }
                for one in found
            ]
        },
    )


@app.command(help=N_("Copy a template to where you can change it."))
def eject(
    ctx: typer.Context,
    kind: KindName,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help=N_("Another folder than the one that letters are made from.")
        ),
    ] = None,
) -> None:
    from pirights.workflow import templates

    here = call(ctx)
    done = templates.eject(kind, out=out, replace=here.yes)
    lost = [one for one in done.files if one.difference]
    here.screen.result(
        "TemplateEject",
        {
            "kind": done.kind,
            "folder": done.folder,
            "in_use": done.in_use,
            "files": [
                {"file": one.file, "state": one.state, "difference": one.difference}
                for one in done.files
            ],
        },
        *(
            part
            for one in lost
            for part in (
                message("{file} was replaced; it differed so:", file=one.file),
                Words(one.difference),
            )
        ),
        Facts([(N_("Folder"), done.folder)]),
        message("Letters of this kind are made from these files now.")
        if done.in_use
        else message("Letters of this kind are not made from these files: they are copies."),
        message("After a change: `pirights template lint {kind}`.", kind=kind),
    )


def _today() -> date:
    from zoneinfo import ZoneInfo

    return clock.now().astimezone(ZoneInfo(DEFAULT_ZONE)).date()
