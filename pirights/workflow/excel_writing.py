"""Plain workbooks (XLSX) of one sheet: rows of text below their headings."""

from collections.abc import Iterable, Iterator, Sequence

from pirights.errors import BadInput, message
from pirights.workflow import workbook
from pirights.workflow.workbook import Cell, Page
from pirights.workflow.workbook_parts import Look


def write(rows: Iterable[Sequence[str]], *, widths: Sequence[int] = (), headings: int = 1) -> bytes:
    """Write rows as the only sheet of a workbook: every cell is text, and all octets are settled.

    Args:
        rows: The cells of each row.
        widths: Of the first columns, in characters; a spreadsheet's own width if left out.
        headings: How many rows are headings, which stay in sight.

    Raises:
        BadInput: A character that XML cannot hold.
    """
    page = Page(title="Sheet1", rows=_rows(rows, headings), widths=widths, frozen=headings)
    return workbook.write([page])


def _rows(rows: Iterable[Sequence[str]], headings: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    for number, row in enumerate(rows, start=1):
        if workbook.NO_XML.search("".join(row)):
            raise BadInput(
                message("A text holds a character that no workbook can hold."),
                hint=message("Write a .csv or .json file instead."),
            )
        look = Look.HEADING if number <= headings else Look.TEXT
        yield number, [(text, look) for text in row]
