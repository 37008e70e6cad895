"""`pirights request`: write the first letter of a case, and put it on paper."""

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from pirights.cli import ask, render_letter, request_questions
from pirights.cli.desk import opened
from pirights.cli.frame import call, group
from pirights.cli.language import N_
from pirights.cli.request_questions import Answers
from pirights.cli.show import Facts, Words
from pirights.domain import entry
from pirights.domain.dispatch import Letter
from pirights.domain.document import Letters
from pirights.domain.request import Particulars, Right
from pirights.errors import Message, WrongUsage, message

if TYPE_CHECKING:
    from pirights.workflow.request_writing import Opened

app = group(N_("Write formal requests."))


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
    correction: Annotated[
        list[str] | None,
        typer.Option(
            metavar='"WRONG => RIGHT"',
            help=N_("For correct: what is wrong and what is right; may be repeated."),
        ),
    ] = None,
    receiver: Annotated[
        str,
        typer.Option(
            metavar="NAME", help=N_("For transfer: the handler that shall receive the information.")
        ),
    ] = "",
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
    answers = Answers(
        handler=handler,
        right=right or (),
        identify_by=identify_by or (),
        correction=correction or (),
        receiver=receiver,
    )
    asking = answers.lack
    if asking and not ask.is_terminal():
        raise WrongUsage(
            message("There is no terminal to ask who is asked, and for what."),
            hint=message("Give --handler H1 and --right RIGHT."),
        )
    with opened(here) as desk:
        if asking:
            answers = request_questions.completed(here, desk, answers)
        wish = Wish(
            handler=entry.record_number(answers.handler or "", "H"),
            person=entry.record_number(person, "P"),
            encounters=tuple(entry.record_number(one, "E") for one in encounter or ()),
            rights=tuple(dict.fromkeys(answers.right)),
            letters=letters,
            identify_by=tuple(answers.identify_by),
            particulars=Particulars(
                corrections=tuple(
                    entry.correction(one, field="--correction") for one in answers.correction
                ),
                receiver=answers.receiver,
            ),
            delete_now=delete_now,
            on=entry.day(date, field="--date") if date is not None else None,
        )
        written = requests.preview(desk, wish)
        if asking:
            here.screen.text(Words(rendering.words_of(written.letter.document)))
            ask.confirm(here, message("Keep this letter and open its case?"))
        done = requests.keep(desk, written)
    for notice in done.notices:
        here.screen.notice(notice)
    if asking:
        here.screen.command(_command(wish))
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
                (N_("Requester"), done.requester.name),
                *(_others(done) if done.actor else []),
                (N_("Date"), done.letter.on),
            ]
        ),
        message(
            "pirights is not a lawyer: read the letter before you sign it, and ask one where "
            "much is at stake."
        ),
        message("Next: `pirights request render {ref} --out letter.pdf`.", ref=done.case.ref),
        *_checklist(done.letter),
    )


def _checklist(letter: Letter) -> list[Message]:
    """Offer a list of what is deleted, for the handler to fill in, where deletion is asked."""
    if all(item.right is not Right.DELETE for item in letter.items):
        return []
    return [
        message(
            "A checklist of what is deleted, for the handler to fill in: `pirights request render "
            "{ref} --paper deletion-checklist --out FILE`.",
            ref=letter.ref,
        )
    ]


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
    for one in wish.particulars.corrections:
        words += ["--correction", f"{one.wrong} => {one.right}".strip()]
    if wish.particulars.receiver:
        words += ["--receiver", wish.particulars.receiver]
    if wish.delete_now:
        words.append("--delete-now")
    if wish.on is not None:
        words += ["--date", wish.on.isoformat()]
    return shlex.join(words)


def _others(done: "Opened") -> list[tuple[str, object]]:
    """Name those beside the requester: who acts for them, or whose information it is."""
    if done.requester is done.person:
        return [(N_("Who acts"), done.actor and done.actor.name)]
    return [(N_("Person"), done.person.name)]


app.command(help=N_("Put a letter on paper, or a paper that goes beside it."))(render_letter.render)
