"""The work on one row that needs neither the vault nor the disk: done here or by any worker."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pirights import law_data
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Form, Letters
from pirights.domain.person import Capacity
from pirights.domain.request import Right
from pirights.errors import Message, MissingGlyph, PirightsError, message
from pirights.workflow import acting, empowering, interlock, rendering, request_writing
from pirights.workflow.enclosure_details import EnclosureDetails
from pirights.workflow.request_writing import Asking

_PACKAGE: Final = Path(__file__).parent.parent

SIGN_IT: Final = message(
    "A power of attorney lies beside the letter. Both sign it by hand; it goes with the letter."
)

_ONE_AFTER_THE_OTHER: Final = message(
    "A sheet cannot ask for both at once; for one client, `pirights request new` with --delete-now "
    "can."
)
"""Said in place of `interlock.BOTH_AT_ONCE`, which names an option of another command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A paper that is to be rendered.

    Attributes:
        enclosure: It goes with the letter and is none itself: a power of attorney.
    """

    document: Document
    enclosure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker is handed: values, and no more of them than its row needs.

    Attributes:
        row: Where the row stands in the sheet.
        forms: What each paper is rendered as, the first first.
        asking: What a request is written from; None where the papers are there already.
        papers: Papers that were written before.
    """

    row: int
    forms: tuple[Form, ...]
    asking: Asking | None = None
    papers: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A paper in one form.

    Attributes:
        pages: Of a PDF; 0 for other forms.
    """

    form: Form
    data: bytes
    pages: int
    enclosure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a job.

    Attributes:
        letter: The request that was written; None where none was to be.
        rights: What it asks; a close relative cannot ask everything.
        files: The letter in each form, then what goes with it.
        enclosed: What goes with it, as it was written.
        notices: What the user should know of the request.
        problem: Why there is nothing of all that; None where it went well.
        column: Of the sheet, which the problem is about; empty where it is the whole row.
    """

    row: int
    letter: Letter | None = None
    rights: tuple[Right, ...] = ()
    files: tuple[Rendered, ...] = ()
    enclosed: tuple[Document, ...] = ()
    notices: tuple[Message, ...] = ()
    problem: Message | None = None
    column: str = ""


def do(job: Job) -> Done:
    """Write what the row asks for, and render it. What is wrong with the row is told, not raised.

    A fault of pirights itself in one row is told of that row as well: the others go on.
    """
    try:
        return _done(job)
    except PirightsError as wrong:
        column = _column(job, wrong) if isinstance(wrong, MissingGlyph) else ""
        return Done(row=job.row, problem=wrong.message, column=column)
    except MemoryError:
        raise
    except Exception as wrong:  # noqa: BLE001 (the edge of a row's work)
        return Done(
            row=job.row,
            problem=message(
                "This is a bug in pirights: {kind} at {place}.",
                kind=type(wrong).__name__,
                place=_place(wrong),
            ),
        )


def _done(job: Job) -> Done:
    if job.asking is None:
        return Done(
            row=job.row, files=_rendered(job.papers, job.forms), enclosed=_enclosed(job.papers)
        )
    laws = law_data.laws()
    asking = job.asking
    opened = request_writing.written(asking, laws)
    papers = [Written(document=opened.letter.document)]
    notices = tuple(
        _ONE_AFTER_THE_OTHER if one == interlock.BOTH_AT_ONCE else one for one in opened.notices
    )
    if asking.person.capacity is Capacity.AGENT and asking.actor is not None:
        from pirights.letters import poa

        power = empowering.power(
            letter=opened.letter,
            first=opened.letter,
            person=asking.person,
            handler=asking.handler,
            actor=asking.actor,
            agent=asking.actor,
            letters=Letters.ZH,
            zone=asking.zone,
            details=EnclosureDetails(),
        )
        papers.append(Written(document=poa.written(power, laws), enclosure=True))
        told = acting.reminders(asking.person, asking.encounters, opened.case.rights, asking.ref)
        notices = (SIGN_IT, *(notice for notice in notices if notice not in told))
    return Done(
        row=job.row,
        letter=opened.letter,
        rights=opened.case.rights,
        files=_rendered(papers, job.forms),
        enclosed=_enclosed(papers),
        notices=notices,
    )


def _enclosed(papers: Sequence[Written]) -> tuple[Document, ...]:
    return tuple(paper.document for paper in papers if paper.enclosure)


def _rendered(papers: Sequence[Written], forms: tuple[Form, ...]) -> tuple[Rendered, ...]:
    return tuple(_one(paper, form) for paper in papers for form in forms)


def _one(paper: Written, form: Form) -> Rendered:
    if form is Form.PDF:
        from pirights.render import pdf

        data, pages = pdf.paged(paper.document)
    else:
        data, pages = rendering.paper(paper.document, form), 0
    return Rendered(form=form, data=data, pages=pages, enclosure=paper.enclosure)


def _column(job: Job, wrong: MissingGlyph) -> str:
    """Name the column that a field of the letter came from."""
    field = str(wrong.message.values.get("field", ""))
    if field == "identify-by":
        return "identify_by"
    label, _, name = field.partition(".")
    asking = job.asking
    if asking is None or not name:
        return ""
    if label == asking.person.label:
        return f"person_{name}"
    if label == asking.handler.label:
        return f"handler_{name}"
    return name if label in {one.label for one in asking.encounters} else ""


def _place(wrong: Exception) -> str:
    """Find the innermost line of our own that an exception came through."""
    frames = traceback.extract_tb(wrong.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    last = (ours or frames)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
