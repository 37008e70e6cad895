"""A paper as data: typed blocks in reading order. Renderers know these, and no law."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Language(StrEnum):
    """The language of one block."""

    ZH = "zh"
    EN = "en"


class Letters(StrEnum):
    """The language or languages of a whole paper."""

    ZH = "zh"
    EN = "en"
    BOTH = "zh-en"

    @property
    def languages(self) -> tuple[Language, ...]:
        """One or two languages, the binding one first."""
        return (Language.ZH, Language.EN) if self is Letters.BOTH else (Language(self.value),)


class Form(StrEnum):
    """What a paper is rendered as; also how its file ends."""

    PDF = "pdf"
    DOCX = "docx"
    TXT = "txt"
    HTML = "html"
    EML = "eml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The document's title, centred, once for each language."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; its numeral (一、 or 1.) is part of the text. Never last on a page."""

    text: str
    language: Language
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. `indent`: first line set in by two characters (Chinese custom)."""

    text: str
    language: Language
    indent: bool = True
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One numbered thing asked. `basis` is the printed citation, on a line of its own."""

    number: int
    text: str
    language: Language
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """A box of labelled values: the parties. Long values wrap inside the box."""

    rows: tuple[tuple[str, str], ...]
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table. `widths`: shares of the text width, one a column, or empty for equal."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    language: Language
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Right-hand lines for signing and dating. Never alone on a page."""

    lines: tuple[str, ...]
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptBox:
    """An empty box in which the handler stamps the copy handed over (签收栏)."""

    lines: tuple[str, ...]
    language: Language


Block: TypeAlias = Title | Heading | Paragraph | Item | Fields | Table | Signature | ReceiptBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole paper.

    Attributes:
        title: For the file's metadata; the first language's title.
        letters: Which languages it is in; decides the footer and the file's language tag.
        reference: The case's reference, for the footer; may be empty.
        on: The paper's own date, which also dates the file.
        zone: IANA zone in which `on` is a day; the file's time stamp is its midnight.
        blocks: In reading order.
        template: The changed template that it was written from, with the beginning of its sum,
            such as request·3f9c2a1b; empty where the template is the one that pirights ships.
        shows: Which data files have the rows that the paper shows, by their sums, such as
            `sha256:…`; it stands in the file's metadata. Empty where there are none.
    """

    title: str
    letters: Letters
    reference: str
    on: date
    blocks: tuple[Block, ...]
    zone: str = "Asia/Shanghai"
    template: str = ""
    shows: str = ""

    @property
    def origin(self) -> str:
        """Name the changed template in the paper's languages, for the footer; mostly empty."""
        if not self.template:
            return ""
        words = {Language.ZH: "模板", Language.EN: "Template"}
        return " / ".join(f"{words[one]} {self.template}" for one in self.letters.languages)
