"""The report as one page of HTML that needs nothing else: no script, no picture, no connection."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pirights.errors import Message, message
from pirights.report import gathering, lists, matrix, overview
from pirights.report.figures import Figures
from pirights.report.markup import Pen
from pirights.report.style import STYLE
from pirights.workflow.desk import Desk
from pirights.workflow.papers import write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report in a file, and what it tells.

    Attributes:
        size: Octets.
    """

    figures: Figures
    size: int


def write(
    desk: Desk,
    out: Path,
    pen: Pen,
    *,
    person: int | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Written:
    """Write the report: the same vault at the same moment gives the same octets.

    Args:
        desk: Vault and moment.
        out: The file.
        pen: In which language.
        person: Only about this client: nothing of another is in it.
        progress: Told how many cases are done.

    Raises:
        BadInput: The file cannot be written.
        NotFound: There is no such person.
    """
    figures = gathering.gather(desk, person=person, progress=progress)
    data = "".join(f"{line}\n" for line in _page(figures, pen)).encode()
    write_whole(out, data, private=True)
    return Written(figures=figures, size=len(data))


def _page(figures: Figures, pen: Pen) -> Iterator[str]:
    said = pen.say(message("Page {page} of {pages}", page="@1", pages="@2")).replace('"', "")
    content = f'"{said}"'.replace("@1", '" counter(page) "').replace("@2", '" counter(pages) "')
    style = STYLE.replace("PAGES", content)
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    title = _title(figures)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{pen.tag}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield pen.element("title", title)
    yield f"<style>{style}</style>"
    yield "</head><body><main>"
    yield pen.element("h1", title)
    yield from overview.opening(figures, pen)
    sections = _sections(figures, pen)
    links = "".join(pen.link(name, heading).text for name, heading, _ in sections)
    yield f"<nav>{links}</nav>"
    for name, heading, lines in sections:
        yield f'<section><h2 id="{name}">{pen.text(heading)}</h2>'
        yield from lines
        yield "</section>"
    yield "</main></body></html>"


def _title(figures: Figures) -> Message:
    if figures.only is None:
        return message("Report on all cases")
    return message(
        "Report on the cases of {label} {name}", label=figures.only.label, name=figures.only.name
    )


def _sections(figures: Figures, pen: Pen) -> list[tuple[str, Message, Iterator[str]]]:
    return [
        ("stages", message("Where the cases stand"), overview.stages(figures, pen)),
        ("due", message("What is due"), lists.due(figures, pen)),
        ("matrix", message("What was asked, and what was given"), matrix.lines(figures, pen)),
        ("answers", message("Days from request to answer"), overview.answers(figures, pen)),
        ("scans", message("Scans by place and month"), overview.scans(figures, pen)),
        ("cases", message("The cases"), lists.cases(figures, pen)),
    ]
