"""A small table of contents for the tests of the frame."""

import errno
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer

from pirights.cli import ask
from pirights.cli.boundary import run
from pirights.cli.frame import Entry, call, group, program
from pirights.cli.language import N_
from pirights.cli.show import Facts, Table, Words, standard_streams
from pirights.domain.encounter import Answer
from pirights.domain.handler import Venue
from pirights.errors import BadInput, message

app = group(N_("Keep the log of face scans."))


@app.command("add", help=N_("Write down one scan of your face."))
def add(  # noqa: PLR0913
    ctx: typer.Context,
    *,
    note: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Anything else worth keeping."))
    ] = "",
    notice: Annotated[Answer, typer.Option()] = Answer.UNKNOWN,
    venue: Annotated[list[Venue] | None, typer.Option()] = None,
    count: Annotated[int, typer.Option(min=0, max=9)] = 1,
    place: Annotated[str, typer.Option()],
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE")] = None,
) -> None:
    here = call(ctx)
    here.screen.warn(message("The folder is {folder}.", folder=here.vault_folder))
    data = {
        "note": note,
        "notice": notice,
        "venue": venue,
        "count": count,
        "place": place,
        "files": files,
        "yes": here.yes,
        "vault": here.vault,
        "on": date(2026, 11, 20),
        "at": datetime(2026, 11, 20, 18, 5, tzinfo=ZoneInfo("Asia/Shanghai")),
    }
    here.screen.result(
        "Added", data, Facts([(N_("Place"), place), (N_("Note"), note)]), Words(note)
    )


@app.command("list", help=N_("List the encounters, newest first."))
def list_(ctx: typer.Context) -> None:
    rows = [("E2", "杭州野生动物世界", Answer.YES), ("E1", "Gate 3", None)]
    call(ctx).screen.result(
        "List", {"rows": rows}, Table((N_("Id"), N_("Place"), N_("Notice")), rows)
    )


@app.command("fail")
def fail(ctx: typer.Context, *, how: Annotated[str, typer.Option()]) -> None:
    """Fail in the way that is asked for."""
    if how == "ours":
        raise BadInput(
            message("The field {field} is bad: {text}", field="place", text="\x1b[31m<b>"),
            hint=message("Type it again."),
        )
    if how == "full":
        raise OSError(errno.ENOSPC, "the secret is 42")
    if how == "stop":
        raise KeyboardInterrupt
    if how == "memory":
        raise MemoryError
    if how == "result":
        call(ctx).screen.result("Result", {"due": 1}, message("Something is due."))
        raise typer.Exit(10)
    raise ValueError("the secret is 42")


@app.command("ask")
def asking(ctx: typer.Context, *, what: Annotated[str, typer.Option()]) -> None:
    """Ask for what is named, and show what was answered."""
    here = call(ctx)
    answers: dict[str, Callable[[], object]] = {
        "line": lambda: ask.line(here, message("Place"), option="--place", default="Gate 3"),
        "confirm": lambda: ask.confirm(here, message("Go on?")),
        "passphrase": lambda: ask.typed_passphrase(here),
        "new": lambda: ask.new_passphrase(here),
        "changed": lambda: ask.changed_passphrase(here, descriptor=None),
    }
    here.screen.result("Asked", {"answer": answers[what]()}, message("Done."))


def alone(ctx: typer.Context) -> None:
    call(ctx).screen.result("Alone", {"moment": datetime(2026, 1, 1, tzinfo=UTC)})


ENTRIES: Final = (
    Entry("log", "tests.cli.sample:app", N_("Keep the log of face scans.")),
    Entry("alone", "tests.cli.sample:alone", N_("Stand alone.")),
)


if __name__ == "__main__":
    OUT, ERR = standard_streams()
    sys.exit(run(program(ENTRIES), sys.argv[1:], out=OUT, err=ERR))
