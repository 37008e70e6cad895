"""`pirights request render --fields`: the texts of a complaint, to paste into a web form."""

from pathlib import Path

from pirights.cli.desk import opened
from pirights.cli.frame import Call
from pirights.cli.replacing import confirm_replacing
from pirights.cli.show import Words
from pirights.domain.document import Form
from pirights.errors import WrongUsage, message


def show(here: Call, ref: str, *, out: Path | None, form: Form | None, others: bool) -> None:
    """Write the texts into a file, or onto the terminal.

    Raises:
        WrongUsage: Another form than text is asked for, or something that has no fields.
    """
    from pirights.workflow import form_fields

    if others or form not in {None, Form.TXT}:
        raise WrongUsage(
            message("--fields gives plain text: in a file with --out, or here."),
            hint=message("Leave out --format, --open, --receipt and --paper."),
        )
    if out is not None:
        confirm_replacing(here, out)
    with opened(here) as desk:
        found = form_fields.of_letter(desk, ref)
    told = {
        "ref": found.letter.ref,
        "message": found.letter.label,
        "fields": [
            {
                "part": one.part,
                "name": one.name,
                "text": one.text,
                "characters": one.characters,
                "limit": one.limit or None,
            }
            for one in found.fields
        ],
    }
    if out is None:
        here.screen.result("RequestRender", told, Words(found.text))
        return
    form_fields.write(found, out)
    here.screen.result(
        "RequestRender",
        {**told, "out": out, "format": Form.TXT},
        message("The texts are in {file}, each with its number of characters.", file=out),
        message(
            "Paste them, keep a picture of each page and the number you are given, then: "
            "`pirights sent {ref} --channel webform --at DATE`.",
            ref=found.letter.shortest,
        ),
    )
