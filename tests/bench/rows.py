"""A row of a clinic's sheet, all the way: into a real vault, and as PDF/A on disk.

Person, encounter, case and letter, each with its row in the journal. Measured beside a bare
reportlab loop that draws the same words and writes them to the same disk, and beside typst in its
two ways. By the clock, not by processor time: waiting for the disk counts. Every act of a row has
a transaction of its own here, as a user's has; a batch will share them.
"""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

from pirights.domain.document import Document, Form, Letters
from pirights.domain.handler import Handler
from pirights.domain.request import Right
from pirights.render.text import to_text
from pirights.workflow import directory, rendering, requests
from pirights.workflow.desk import Desk
from pirights.workflow.wish import Wish
from tests.bench.letters import asked, drawn, register_faces, set_by, typst_compiler, typst_source
from tests.bench.report import elapsed, say
from tests.workflow import office

ROUNDS = 40
NAME = "林知远"


def main() -> None:
    """Compare rows with the same words set by others."""
    folder = register_faces()
    kept = typst_compiler(folder)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        office.make(home / "vault")
        desk = office.opened(home / "vault")
        park = office.park(desk)
        numbers = count()
        paper = row(desk, park, home, next(numbers))  # loads fonts, templates and law
        taken: dict[str, list[float]] = {"ours": [], "bare": [], "asked": [], "kept": []}
        for number in range(ROUNDS):
            taken["ours"].append(elapsed(partial(row, desk, park, home, next(numbers))))
            words = to_text(paper).replace(NAME, f"{NAME}{number}").splitlines()
            source = typst_source(paper).replace(NAME.encode(), f"{NAME}{number}".encode())
            others: dict[str, Callable[[], bytes]] = {
                "bare": partial(drawn, words),
                "asked": partial(asked, folder, source),
                "kept": partial(set_by, kept, source),
            }
            for each, act in others.items():
                taken[each].append(elapsed(partial(to_disk, act, home / f"{each}{number}.pdf")))
    best = {name: min(times) for name, times in taken.items()}
    for name, whose, bar in (
        ("bare", "bare reportlab's", "0.5"),
        ("asked", "typst's, asked by letter", "1.5"),
        ("kept", "typst's, kept", "1.5"),
    ):
        say(f"row to PDF on disk: rate / {whose}", best[name] / best["ours"], bar)


def to_disk(act: Callable[[], bytes], out: Path) -> None:
    """Write what another made."""
    out.write_bytes(act())


def row(desk: Desk, handler: Handler, home: Path, number: int) -> Document:
    """Take in a row and write its letter of two languages; no two are alike."""
    person = directory.add_person(
        desk,
        replace(office.OWNER, name=f"{NAME}{number}", address=f"杭州市西湖区样例路{number}号"),
    )
    encounter = office.scan(desk, handler)
    wish = Wish(
        handler=handler.id,
        person=person.id,
        encounters=(encounter.id,),
        rights=(Right.ACCESS,),
        letters=Letters.BOTH,
    )
    opened = requests.new(desk, wish)
    rendering.render(desk, opened.case.ref, form=Form.PDF, out=home / f"{number}.pdf")
    return opened.letter.document


if __name__ == "__main__":
    main()
