"""The parts of a workbook around its sheets (ECMA-376, part 1, 12 and 18): looks, remarks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Final, Protocol
from xml.sax.saxutils import escape, quoteattr

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Look(IntEnum):
    """How a cell looks; the number is that of its format in the list of them.

    The format 0 is that of cells of which nothing is said.
    """

    TEXT = 1
    HEADING = 2
    REQUIRED = 3
    EXAMPLE = 4
    FAULT = 5
    REASON = 6
    PROSE = 7
    TITLE = 8


_FONTS: Final = (
    "",
    "<b/>",
    '<i/><color rgb="FF7F7F7F"/>',
    '<color rgb="FF9C0006"/>',
)
_FILLS: Final = ("FFDDEBF7", "FFFFE699", "FFF2F2F2", "FFFFC7CE")
"""Blue of headings, yellow of required ones, grey of the example, red of a fault."""

_LOOKS: Final[dict[Look, tuple[int, int, bool]]] = {
    Look.TEXT: (0, 0, False),
    Look.HEADING: (1, 2, True),
    Look.REQUIRED: (1, 3, True),
    Look.EXAMPLE: (2, 4, False),
    Look.FAULT: (3, 5, False),
    Look.REASON: (3, 0, True),
    Look.PROSE: (0, 0, True),
    Look.TITLE: (1, 0, False),
}
"""Font, fill, and whether a long text goes on in the next line; the first two fills are fixed."""

WRAPPED: Final = frozenset(look for look, (_, _, wraps) in _LOOKS.items() if wraps)


class _Remark(Protocol):
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def text(self) -> str: ...


def frame(
    titles: Sequence[str], remarked: Sequence[int], *, from_1904: bool
) -> Iterator[tuple[str, str]]:
    """Yield name and text of the parts that hold the sheets together.

    Args:
        titles: Of the sheets.
        remarked: Numbers of the sheets that have remarks, from 1.
        from_1904: Days that are bare numbers count from 1904.
    """
    epoch = '<workbookPr date1904="1"/>' if from_1904 else ""
    numbers = range(1, len(titles) + 1)
    overrides = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
    overrides += [(f"xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    overrides += [(f"xl/comments{number}.xml", "comments") for number in remarked]
    yield (
        "[Content_Types].xml",
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="vml" '
        'ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind}+xml"/>'
            for name, kind in overrides
        )
        + "</Types>",
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, title in zip(numbers, titles, strict=True)
    )
    yield (
        "xl/workbook.xml",
        (
            f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{epoch}<bookViews>'
            f"<workbookView/></bookViews><sheets>{sheets}</sheets></workbook>"
        ),
    )
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")])
    yield "xl/styles.xml", _styles()


def remarks(
    number: int, found: Sequence[_Remark], *, place: Callable[[int, int], str]
) -> Iterator[tuple[str, str]]:
    """Yield the parts of a sheet's remarks: their texts, their boxes (VML), and the way there."""
    comments = "".join(
        f'<comment ref="{place(one.row, one.column)}" authorId="0"><text>'
        f'<t xml:space="preserve">{escape(one.text)}</t></text></comment>'
        for one in found
    )
    yield (
        f"xl/comments{number}.xml",
        (
            f'{DECLARATION}<comments xmlns="{MAIN}"><authors><author>pirights</author></authors>'
            f"<commentList>{comments}</commentList></comments>"
        ),
    )
    yield f"xl/drawings/vmlDrawing{number}.vml", "".join(_boxes(found))
    yield (
        f"xl/worksheets/_rels/sheet{number}.xml.rels",
        _relations(
            [
                ("vmlDrawing", f"../drawings/vmlDrawing{number}.vml"),
                ("comments", f"../comments{number}.xml"),
            ]
        ),
    )


def _boxes(found: Iterable[_Remark]) -> Iterator[str]:
    yield (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
        'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
        'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
    )
    for number, one in enumerate(found, start=1):
        row, column = one.row - 1, one.column
        yield (
            f'<v:shape id="_x0000_s{1024 + number}" type="#_x0000_t202" '
            'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
            '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
            '<v:path o:connecttype="none"/><v:textbox/><x:ClientData ObjectType="Note">'
            "<x:MoveWithCells/><x:SizeWithCells/>"
            f"<x:Anchor>{column + 1}, 15, {row}, 2, {column + 4}, 15, {row + 5}, 4</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
            "</x:ClientData></v:shape>"
        )
    yield "</xml>"


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _styles() -> str:
    fonts = "".join(f'<font>{more}<sz val="11"/><name val="Calibri"/></font>' for more in _FONTS)
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'
        for colour in _FILLS
    )
    formats = "".join(_format(*_LOOKS[look]) for look in Look)
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}"><fonts count="{len(_FONTS)}">{fonts}</fonts>'
        f'<fills count="{len(_FILLS) + 2}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(Look) + 1}">'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _format(font: int, fill: int, wraps: bool) -> str:
    """Write a cell format; 49 is text, so that codes and numbers stay as they were typed."""
    wrap = ' wrapText="1"' if wraps else ""
    return (
        f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
        f'<alignment vertical="top"{wrap}/></xf>'
    )
