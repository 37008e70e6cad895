"""Plain workbooks (XLSX) of one sheet: rows of text below a row of headings."""

from collections.abc import Iterable, Iterator, Sequence

from pirights.errors import BadInput, message
from pirights.workflow import workbook
from pirights.workflow.workbook import Cell, Page
from pirights.workflow.workbook_parts import Look


def write(rows: Iterable[Sequence[str]], *, widths: Sequence[int] = ()) -> bytes:
    """Write rows as the only sheet of a workbook: every cell is text, and all octets are settled.

    Args:
        rows: The cells of each row; the first holds the headings, which stay in sight.
        widths: Of the first columns, in characters; a spreadsheet's own width if left out.

    Raises:
        BadInput: A character that XML cannot hold.
    """
    page = Page(title="Sheet1", rows=_rows(rows), widths=widths, frozen=1)
    return workbook.write([page])


def _rows(rows: Iterable[Sequence[str]]) -> Iterator[tuple[int, Sequence[Cell]]]:
    for number, row in enumerate(rows, start=1):
        if workbook.NO_XML.search("".join(row)):
            raise BadInput(
                message("A text holds a character that no workbook can hold."),
                hint=message("Write a .csv or .json file instead."),
            )
        look = Look.HEADING if number == 1 else Look.TEXT
        yield number, [(text, look) for text in row]
