"""Whether a workbook (XLSX) is safe to parse: a zip file of XML that a stranger may have made.

It is unpacked once, piece by piece, and measured; its elements are counted, and document types
refused. A parser that builds trees would need forty times the room of what it reads.
"""

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

DEPTH_LIMIT: Final = 64
"""Elements within each other; a sheet has about six."""

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


def check(data: bytes, name: str) -> None:
    """Measure a file without parsing it.

    Args:
        data: The whole file.
        name: Its name, for messages.

    Raises:
        BadInput: It is no workbook, too large, encrypted, or broken.
    """
    if data[:8] == _OLE:
        raise _encrypted(name) if _ENCRYPTED in data[:SIZE_LIMIT] else _old(name)
    if len(data) > SIZE_LIMIT:
        raise _too_large(name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            _check_parts(packed, name)
    except BadInput:
        raise
    except Exception as wrong:  # zlib.error, and what else a crafted directory brings
        raise broken(name) from wrong


def _check_parts(packed: zipfile.ZipFile, name: str) -> None:
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


def _measured(
    packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, elements: "_Elements", name: str
) -> int:
    """Unpack a part piece by piece, as long as it keeps within the limits; its real length."""
    length = 0
    parser = None
    most = min(left, max(_SMALL, RATIO_LIMIT * part.compress_size))
    is_named_so = part.filename.casefold().endswith((".xml", ".rels"))
    with packed.open(part) as stream:
        while piece := stream.read(_CHUNK):
            if not length and (is_named_so or piece[:64].lstrip(_BEFORE_XML)[:1] == b"<"):
                parser = elements.parser()
                if piece[:2] in _UTF_16:
                    raise broken(name)
            length += len(piece)
            if length > most:
                raise _too_large(name)
            if parser is not None and not _is_read(parser, piece, must_be=is_named_so):
                parser = None  # it would stop any other reader at the same place
            if elements.are_too_many:
                raise _too_large(name)
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
        self.are_too_many = False

    def parser(self) -> expat.XMLParserType:
        """Make a parser for one part; it refuses document types, and so entities.

        Raises, when it parses:
            expat.ExpatError: It is no XML.
            ValueError: A document type.
        """
        parser = expat.ParserCreate()
        parser.ordered_attributes = True  # a list costs less than a dictionary
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_document_type
        self._depth = 0
        return parser

    def _begin(self, name: str, _: object) -> None:
        self._count += 1
        self._depth += 1
        if name[-3:] in _COUNTED or name[-2:] in _COUNTED:
            kind = name.rpartition(":")[2]
            self._named[kind] += 1
            self.are_too_many |= self._named[kind] > NAMED_LIMITS.get(kind, ELEMENTS_LIMIT)
        if self._depth > DEPTH_LIMIT or self._count > ELEMENTS_LIMIT:
            self.are_too_many = True

    def _end(self, _: str) -> None:
        self._depth -= 1


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


def _too_large(name: str) -> BadInput:
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
