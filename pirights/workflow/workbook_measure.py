"""Whether a workbook (XLSX) is safe to parse: a zip file of XML that a stranger may have made.

It is unpacked once, piece by piece, and measured; its elements are counted, and document types
refused. A parser that builds trees would need forty times the room of what it reads.
"""

import re
import zipfile
from collections import Counter
from io import BytesIO
from typing import Final
from xml.parsers import expat

from pirights.errors import BadInput, message

SIZE_LIMIT: Final = 32 * 2**20
"""Octets of a workbook."""

UNPACKED_LIMIT: Final = 256 * 2**20
"""Octets of all its parts, unpacked."""

RATIO_LIMIT: Final = 200
"""How many times larger a part may be unpacked, beyond `_SMALL`; sheets reach about 30."""

PARTS_LIMIT: Final = 1_000
ELEMENTS_LIMIT: Final = 12_000_000
"""Of all parts; 100,000 rows of 27 cells have about eight millions."""

NAMED_LIMITS: Final = {"si": 3_000_000, "row": 2**20}
"""Texts that are kept apart, and rows, of which a spreadsheet program has no more."""

TREE_LIMIT: Final = 200_000
"""Elements in one row or text, and in a part outside all of them: a parser makes a tree of these.
16,384 columns have about 65,000; the 65,490 formats that a spreadsheet program can have, 200,000.
"""

DEPTH_LIMIT: Final = 64
"""Elements within each other; a sheet has about six."""

QUIET_LIMIT: Final = 2**20
"""Octets without the beginning or end of an element; a text has about 100,000."""

_SMALL: Final = 2**20
_CHUNK: Final = 2**16

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of the old Excel files, and of encrypted new ones (MS-CFB, 2.2)."""

_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_BEFORE_XML: Final = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"
"""What may stand before the first bracket, in whatever encoding."""

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""No spreadsheet program writes it."""


def is_workbook(data: bytes) -> bool:
    """Say whether a file is a workbook, old or new, whatever its name says."""
    return data[:4] == _ZIP or data[:8] == _OLE


def check(data: bytes, name: str) -> int:
    """Measure a file without parsing it; count the rows of all its sheets, the empty ones too.

    Args:
        data: The whole file.
        name: Its name, for messages.

    Raises:
        BadInput: It is no workbook, too large, encrypted, or broken.
    """
    if data[:8] == _OLE:
        raise _encrypted(name) if _ENCRYPTED in data[:SIZE_LIMIT] else _old(name)
    if len(data) > SIZE_LIMIT:
        raise too_large(name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return _check_parts(packed, name)
    except BadInput:
        raise
    except Exception as wrong:  # zlib.error, and what else a crafted directory brings
        raise broken(name) from wrong


def _check_parts(packed: zipfile.ZipFile, name: str) -> int:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if len(parts) > PARTS_LIMIT or len(names) != len(parts):
        raise broken(name)
    if any(part.flag_bits & 1 for part in parts):
        raise _encrypted(name)
    if "xl/workbook.xml" not in names:
        raise BadInput(
            message("{file} is no Excel workbook (.xlsx).", file=name),
            hint=message("Save it as .xlsx or as CSV, UTF-8, in your spreadsheet program."),
        )
    left = UNPACKED_LIMIT
    elements = _Elements()
    for part in parts:
        left -= _measured(packed, part, left, elements, name)
    return elements.rows


def _measured(
    packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, elements: "_Elements", name: str
) -> int:
    """Unpack a part piece by piece, as long as it keeps within the limits; its real length."""
    length = quiet = 0
    parser = None
    is_looked_for = True
    most = min(left, max(_SMALL, RATIO_LIMIT * part.compress_size))
    is_named_so = part.filename.casefold().endswith((".xml", ".rels"))
    with packed.open(part) as stream:
        while piece := stream.read(_CHUNK):
            if is_looked_for and (begun := is_named_so or piece.lstrip(_BEFORE_XML)):
                is_looked_for = False
                if begun is True or begun[:1] == b"<":
                    parser = elements.parser(part.filename)
                if piece[:2] in _UTF_16 and parser is not None:
                    raise broken(name)
            length += len(piece)
            if length > most:
                raise too_large(name)
            before = elements.seen
            if parser is not None and not _is_read(parser, piece, must_be=is_named_so):
                parser = None  # it would stop any other reader at the same place
            quiet = quiet + len(piece) if parser is not None and elements.seen == before else 0
            if elements.are_too_many or quiet > QUIET_LIMIT:
                raise too_large(name)
    return length


def _is_read(parser: expat.XMLParserType, piece: bytes, *, must_be: bool) -> bool:
    try:
        parser.Parse(piece)
    except expat.ExpatError:
        if must_be:
            raise
        return False
    return True


class _Elements:
    """Counts the elements of all parts, and how deep they lie.

    Attributes:
        are_too_many: A limit is passed.
    """

    def __init__(self) -> None:
        self._count = 0
        self._depth = 0
        self._named: Final[Counter[str]] = Counter()
        self._can_be_long = self._is_long = False
        self._inside = 0
        self._in_one = 0
        self._loose = 0
        self.are_too_many = False

    @property
    def rows(self) -> int:
        """Rows of sheets; and what else has that name."""
        return self._named["row"]

    @property
    def seen(self) -> tuple[int, int]:
        """What changes with every beginning or end of an element."""
        return self._count, self._depth

    def parser(self, part: str) -> expat.XMLParserType:
        """Make a parser for the part of that name; it refuses document types, and so entities.

        Raises, when it parses:
            expat.ExpatError: It is no XML.
            ValueError: A document type.
        """
        parser = expat.ParserCreate()
        parser.ordered_attributes = True  # a list costs less than a dictionary
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_document_type
        self._depth = self._inside = self._loose = 0
        self._can_be_long = _WHOLE.search(part) is None
        return parser

    def _begin(self, name: str, _: object) -> None:
        self._count += 1
        self._depth += 1
        if self._depth == 1:
            self._is_long = self._can_be_long and name.rpartition(":")[2] in _LONG
        if self._inside:
            self._in_one += 1
        else:
            self._loose += 1
        if name[-3:] in _COUNTED or name[-2:] in _COUNTED:
            kind = name.rpartition(":")[2]
            self._named[kind] += 1
            self.are_too_many |= self._named[kind] > NAMED_LIMITS.get(kind, ELEMENTS_LIMIT)
            if self._is_long and not self._inside and kind in NAMED_LIMITS:
                self._inside, self._in_one = self._depth, 0
                self._loose -= 1
        if self._depth > DEPTH_LIMIT or self._count > ELEMENTS_LIMIT:
            self.are_too_many = True
        if self._in_one > TREE_LIMIT or self._loose > TREE_LIMIT:
            self.are_too_many = True

    def _end(self, _: str) -> None:
        if self._depth == self._inside:
            self._inside = 0
        self._depth -= 1


_LONG: Final = frozenset({"worksheet", "sst"})
"""Parts whose rows and texts are read one by one, so that no tree is made of the whole."""

_WHOLE: Final = re.compile(r"(?i)^docProps/|^xl/(?:styles|workbook)\.|\.rels$|^\[Content_Types")
"""Parts that are always read as a whole, whatever they say that they are."""

_COUNTED: Final = frozenset(NAMED_LIMITS)


def _refuse_document_type(*_: object) -> None:
    raise ValueError("a document type")


def _old(name: str) -> BadInput:
    return BadInput(
        message("{file} is a file of an old Office program (.xls), whatever its name.", file=name),
        hint=message("Save it as .xlsx or as CSV, UTF-8, in your spreadsheet program."),
    )


def _encrypted(name: str) -> BadInput:
    return BadInput(
        message("{file} is protected by a password.", file=name),
        hint=message("Save it without one in your spreadsheet program."),
    )


def too_large(name: str) -> BadInput:
    """Say that a workbook is larger than one can be read."""
    return BadInput(
        message("{file} is too large, or unpacks to too much.", file=name),
        hint=message("Cut it into several files, or save it as CSV."),
    )


def broken(name: str) -> BadInput:
    """Say that a workbook is damaged."""
    return BadInput(
        message("{file} is a damaged workbook.", file=name),
        hint=message("Save it anew as .xlsx, or as CSV, in your spreadsheet program."),
    )
