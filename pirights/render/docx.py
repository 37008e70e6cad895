"""A document for a word processor: real styles, lists and tables, and the same octets every time.

What the file is dressed in comes from `word_styles`; python-docx's own template, with its fonts,
picture and names, is taken off.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Twips

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Item,
    Language,
    Letters,
    Paragraph,
    ReceiptBox,
    Signature,
    Table,
    Title,
)
from pirights.render import word_package, word_styles, word_widths
from pirights.render.linebreak import holds_long_word
from pirights.render.printable import readable
from pirights.render.word_styles import TABLE, WIDTH, style_id

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

_PAGE: Final = (11906, 16838)
"""A4, in twentieths of a point, as are all measures here."""

_TOP: Final = 1360
_BOTTOM: Final = 1400
_FOOTER: Final = 720
_GAP: Final = 120
_LEAST_GAP: Final = 20
"""Below the box at the end, lest the paragraph that Word wants there begins a page."""

_RECEIPT_HEIGHT: Final = 2200
_TITLE_LIMIT: Final = 255
"""Characters of a core property (ECMA-376 part 2)."""

_TAGS: Final = {Letters.ZH: "zh-CN", Letters.EN: "en-US", Letters.BOTH: "zh-CN"}
_PAGE_WORDS: Final = {
    Language.ZH: ("第 ", " 页 共 ", " 页"),
    Language.EN: ("Page ", " of ", ""),
}
_KEPT: Final = frozenset(
    {
        RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
        RELATIONSHIP_TYPE.STYLES,
        RELATIONSHIP_TYPE.NUMBERING,
        RELATIONSHIP_TYPE.SETTINGS,
        RELATIONSHIP_TYPE.FOOTER,
    }
)


def to_bytes(document: Document) -> bytes:
    """Render a document."""
    stream = BytesIO()
    _Writer(document).write(stream)
    return word_package.repacked(stream)


class _Writer:
    """Writes the blocks of one document, one after the other."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._languages = document.letters.languages
        self._word = docx.Document()
        self._counted = dict.fromkeys(Language, 0)
        self._starts: list[tuple[Language, int]] = []
        self._list = {one: 2 if one in self._languages[1:] else 1 for one in Language}
        self._last: WordParagraph | None = None
        self._titled = False

    def write(self, stream: BytesIO) -> None:
        """Write the file."""
        self._undress()
        signing = word_widths.signature(self._document.blocks)
        for block, after in pairwise((*self._document.blocks, None)):
            if block is not None:
                self._add(block, after, signing)
                self._titled = isinstance(block, Title)
        self._footer()
        lists = word_styles.numbering(self._languages, self._starts)
        _refill(self._word.styles.element, word_styles.styles(self._languages))
        _refill(self._word.settings.element, word_styles.SETTINGS)
        _refill(self._word.part.numbering_part.element, lists)
        self._word.save(stream)

    def _undress(self) -> None:
        """Take off what python-docx's template brings, and set up page and properties."""
        package = self._word.part.package
        if package is None:
            raise TypeError(package)
        for rels in (package.rels, self._word.part.rels):
            for name in [name for name, rel in rels.items() if rel.reltype not in _KEPT]:
                del rels[name]
        core = self._word.core_properties
        about = package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
        _clear(about.element)
        noon = datetime.combine(self._document.on, time(12), ZoneInfo(self._document.zone))
        core.title = readable(self._document.title)[:_TITLE_LIMIT]
        core.language = _TAGS[self._document.letters]
        core.created = core.modified = noon.astimezone(UTC).replace(tzinfo=None)
        section = self._word.sections[0]
        section._sectPr.attrib.clear()  # noqa: SLF001  numbers of somebody's editing sessions
        section.page_width, section.page_height = Twips(_PAGE[0]), Twips(_PAGE[1])
        section.left_margin = Twips((_PAGE[0] - WIDTH) // 2)
        section.right_margin = Twips(_PAGE[0] - WIDTH - (_PAGE[0] - WIDTH) // 2)
        section.top_margin, section.bottom_margin = Twips(_TOP), Twips(_BOTTOM)
        section.footer_distance = Twips(_FOOTER)

    def _add(self, block: Block, after: Block | None, signing: int) -> None:
        match block:
            case Title():
                begins = self._last is not None and not self._titled  # a part, from a new page
                made = self._paragraph("Title", block.text, block.language)
                made.paragraph_format.page_break_before = begins or None
            case Heading():
                kind = f"Heading{min(block.level, 3)}"
                self._paragraph(kind, block.text, block.language)
            case Paragraph():
                kind = "SmallPrint" if block.small else "Normal" if block.indent else "BodyText"
                self._paragraph(kind, block.text, block.language)
            case Item():
                self._item(block)
            case Fields():
                self._fields(block)
            case Table():
                self._ruled(block)
            case Signature():
                self._signature(block, signing, tied=isinstance(after, Signature | ReceiptBox))
            case ReceiptBox():
                self._receipt(block)

    def _paragraph(self, kind: str, text: str, language: Language) -> "WordParagraph":
        made = self._word.add_paragraph()
        self._dress(made, kind, text, language)
        self._last = made
        return made

    def _dress(self, made: "WordParagraph", kind: str, text: str, language: Language) -> None:
        _styled(made, style_id(kind, language, self._languages))
        if holds_long_word(text):
            made.alignment = WD_ALIGN_PARAGRAPH.LEFT
        _write(made, readable(text), language)

    def _item(self, block: Item) -> None:
        made = self._paragraph("ListNumber", block.text, block.language)
        if block.number != self._counted[block.language] + 1:
            self._starts.append((block.language, block.number))
            self._list[block.language] = len(self._languages) + len(self._starts)
        self._counted[block.language] = block.number
        number = made._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
        number.get_or_add_ilvl().val = 0
        number.get_or_add_numId().val = self._list[block.language]
        if block.basis:
            made.paragraph_format.keep_with_next = True
            self._paragraph("ListContinue", block.basis, block.language)

    def _fields(self, block: Fields) -> None:
        if not block.rows:
            return  # a table without rows is none
        table = self._table(len(block.rows), word_widths.fields(block))
        for row, texts in zip(table.rows, block.rows, strict=True):
            for cell, text, kind in zip(row.cells, texts, ("TableLabel", "TableText"), strict=True):
                self._dress(cell.paragraphs[0], kind, text, block.language)
        self._gap()

    def _ruled(self, block: Table) -> None:
        table = self._table(len(block.rows) + 1, word_widths.columns(block))
        for at, (row, texts) in enumerate(zip(table.rows, (block.head, *block.rows), strict=True)):
            kind = "TableText" if at else "TableLabel"
            for cell, text in zip(row.cells, texts, strict=True):
                self._dress(cell.paragraphs[0], kind, text, block.language)
        head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
        head.append(OxmlElement("w:tblHeader"))
        self._gap()

    def _signature(self, block: Signature, width: int, *, tied: bool) -> None:
        if self._last is not None:
            self._last.paragraph_format.keep_with_next = True
        for at, line in enumerate(block.lines, 1):
            made = self._paragraph("Signature", line, block.language)
            made.paragraph_format.left_indent = Twips(WIDTH - width)
            made.paragraph_format.keep_with_next = tied or at < len(block.lines)

    def _receipt(self, block: ReceiptBox) -> None:
        table = self._table(1, (WIDTH,), above=2 * _GAP)
        height = OxmlElement("w:trHeight")
        height.set(qn("w:val"), str(_RECEIPT_HEIGHT))
        table.rows[0]._tr.get_or_add_trPr().append(height)  # noqa: SLF001
        cell = table.rows[0].cells[0]
        for at, line in enumerate(block.lines):
            made = cell.add_paragraph() if at else cell.paragraphs[0]
            self._dress(made, "Receipt" if at else "TableLabel", line, block.language)
        self._gap(_LEAST_GAP)

    def _table(self, rows: int, columns: Sequence[int], above: int = _GAP) -> "WordTable":
        """Add an empty table; a row is not cut by the end of a page."""
        if self._last is not None and self._last.text:
            self._last.paragraph_format.space_after = Twips(above)
        table: WordTable = self._word.add_table(rows, len(columns))
        table.autofit = False
        properties = table._tbl.tblPr  # noqa: SLF001
        style = properties.get_or_add_tblStyle()
        style.val = TABLE
        for width, column in zip(columns, table.columns, strict=True):
            column.width = Twips(width)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
            for width, cell in zip(columns, row.cells, strict=True):
                cell.width = Twips(width)
        return table

    def _gap(self, height: int = _GAP) -> None:
        """Part a table from what follows; Word joins two tables that touch."""
        made = self._paragraph("BodyText", "", self._languages[0])
        shape = made.paragraph_format
        shape.space_before = Twips(0)
        shape.line_spacing = Twips(height)

    def _footer(self) -> None:
        made = self._word.sections[0].footer.paragraphs[0]
        _styled(made, "Footer")
        _write(made, f"{readable(self._document.reference)}\t", self._languages[0])
        for at, language in enumerate(self._languages):
            before, between, behind = _PAGE_WORDS[language]
            _write(made, f"{' / ' if at else ''}{before}", language)
            _field(made, "PAGE")
            _write(made, between, language)
            _field(made, "NUMPAGES")
            _write(made, behind, language)
        if self._document.origin:
            below = self._word.sections[0].footer.add_paragraph()
            _styled(below, "Footer")
            _write(below, readable(self._document.origin), self._languages[0])


def _styled(made: "WordParagraph", style: str) -> None:
    made._p.get_or_add_pPr().style = style  # noqa: SLF001  by id: the sheet is put in at the end


def _write(made: "WordParagraph", text: str, language: Language) -> None:
    """Write a text; in Chinese, quotation marks and dashes keep their full width."""
    if not text:
        return
    run = made.add_run(text)._r.get_or_add_rPr()  # noqa: SLF001
    if language is Language.ZH:
        face = OxmlElement("w:rFonts")
        face.set(qn("w:hint"), "eastAsia")
        run.append(face)


def _field(made: "WordParagraph", name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {name} ")
    made._p.append(field)  # noqa: SLF001
    shown = made.add_run("1")._r  # noqa: SLF001
    field.append(shown)


def _clear(root: "BaseOxmlElement") -> None:
    for child in list(root):
        root.remove(child)


def _refill(root: "BaseOxmlElement", text: str) -> None:
    _clear(root)
    for child in list(parse_xml(text)):
        root.append(child)
