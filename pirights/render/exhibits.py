"""The bound exhibits: every exhibit's pages on A4, stamped and numbered through, with bookmarks.

What a stranger wrote never reaches this file as anything but pixels or plain text. An exhibit
that cannot be shown gets a sheet that says why, with the original's name, length and SHA-256.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from pirights.domain.bundle import Exhibit, Refusal, Words, paged
from pirights.domain.document import Block, Fields, Heading, Language, Letters, Paragraph
from pirights.domain.text import visible
from pirights.render import fonts
from pirights.render.blocks import MEASURE, Composer, Tightness
from pirights.render.ink import Pen, rule
from pirights.render.raster import (
    DEFAULT_LIMITS,
    Kind,
    Limits,
    PageImage,
    Rendition,
    pictures_of,
)
from pirights.render.streaming import A4, StreamedPaper, is_grey
from pirights.render.strips import Placed, paginate
from pirights.render.typeset import SetLine, Type, Typesetter, natural_width

TEXT_LIMIT: Final = 120_000
"""Characters of a mail or text that are set; the rest stays in the original."""

_PICTURES: Final = frozenset(
    f"image/{kind}"
    for kind in ("jpeg", "png", "webp", "heic", "heif", "gif", "bmp", "x-ms-bmp")
)
_LEFT: Final = (A4[0] - MEASURE) / 2
_TOP: Final = A4[1] - 54.0
"""Where an exhibit's own page begins, under the head line; in points from the lower edge."""

_FOOT: Final = 62.0
"""Where it ends, above the stamp."""

_EDGE: Final = 40.0
"""Blank left and right of a picture, in points."""

_LARGEST_PIXEL: Final = 1.0
"""Points: a small picture is not blown up beyond 72 dpi."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitSource:
    """An exhibit and what is in it.

    Attributes:
        content: Opens the original's octets; called once at most, never for audio or video.
        text: What to set where the original is a mail or a text; None for all else.
    """

    exhibit: Exhibit
    content: Callable[[], Iterable[bytes]]
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What became of the exhibits.

    Attributes:
        exhibits: As given, now with their pages.
        pages: Of the whole bound copy.
        refusals: Exhibit numbers with the reason why not all of the original is shown.
    """

    exhibits: tuple[Exhibit, ...]
    pages: int
    refusals: tuple[tuple[int, Refusal], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page to be: a picture, or placed lines of text."""

    picture: PageImage | None = None
    placed: Sequence[Placed] = ()


def bind(
    sources: Sequence[ExhibitSource],
    sink: BinaryIO,
    *,
    reference: str,
    on: date,
    zone: str,
    letters: Letters,
    limits: Limits = DEFAULT_LIMITS,
) -> Bound:
    """Write the bound copy (02-exhibits.pdf). The same input gives the same bytes.

    Args:
        sources: Numbered already, in the catalogue's order.
        sink: Written from its present place on.
        reference: The case's, for the foot of each page.
        on: The date of the bundle, which dates the file.
        zone: In which `on` is a day and times of import are shown.
        letters: Language or languages of stamps and sheets.
        limits: What each stranger's file may cost.
    """
    title = _both(Words(zh="证据装订本", en="Bound exhibits"), letters)
    paper = StreamedPaper(sink, title=title, letters=letters, on=on, zone=zone)
    binder = _Binder(paper, reference, letters)
    counts: list[int] = []
    refusals: list[tuple[int, Refusal]] = []
    for source in sources:
        pages, refused = _pages(source, letters, zone, limits)
        binder.add(source.exhibit, pages)
        counts.append(len(pages))
        refusals += [(source.exhibit.number, reason) for reason in refused]
    paper.close()
    exhibits = paged([source.exhibit for source in sources], counts)
    return Bound(exhibits=exhibits, pages=sum(counts), refusals=tuple(refusals))


def showable(text: str) -> str:
    """Make foreign text safe to print: nothing acts, and what has no glyph shows its number."""
    safe = visible(text.replace("\r\n", "\n").replace("\t", "    "), keep="\n")
    missing = fonts.missing_glyphs(safe)
    return safe.translate({ord(character): f"[U+{ord(character):04X}]" for character in missing})


class _Binder:
    """Puts pages on paper, one exhibit after the other, and counts them through."""

    def __init__(self, paper: StreamedPaper, reference: str, letters: Letters) -> None:
        self._paper: Final = paper
        self._pen: Final = Pen(paper)
        self._reference: Final = reference
        self._letters: Final = letters
        self._bound = 0

    def add(self, exhibit: Exhibit, pages: Sequence[_Page]) -> None:
        """Add an exhibit's pages with stamps, and its bookmark."""
        for number, page in enumerate(pages, start=1):
            self._bound += 1
            pictures = {}
            operators = [*self._head(exhibit), *self._stamp(exhibit.number, number, len(pages))]
            if page.picture is not None:
                picture = page.picture
                pictures["Im1"] = self._paper.picture(
                    picture.jpeg, picture.width, picture.height, grey=is_grey(picture.jpeg)
                )
                operators.append(_fitted(picture))
            operators += _drawn(page.placed, self._pen)
            reference = self._paper.page(operators, pictures)
            if number == 1:
                self._paper.bookmark(self._name(exhibit), reference)

    def _name(self, exhibit: Exhibit) -> str:
        number = exhibit.number
        name = Words(
            zh=f"证据{number} {exhibit.title.zh}", en=f"Exhibit {number}: {exhibit.title.en}"
        )
        return visible(_both(name, self._letters))

    def _head(self, exhibit: Exhibit) -> Iterator[str]:
        language = self._letters.languages[0]
        type_ = Type(fonts.SERIF, 8.5, 12.0, language)
        title = _clipped(showable(exhibit.title.in_(language)), type_, MEASURE * 0.45)
        name = _clipped(showable(exhibit.original_name), type_, MEASURE * 0.52)
        yield self._pen.text(_line(title, type_), _LEFT, A4[1] - 34)
        yield self._pen.text(
            _line(name, type_), _LEFT + MEASURE - natural_width(name, type_), A4[1] - 34
        )
        yield f"0.5 w {rule(_LEFT, A4[1] - 40, _LEFT + MEASURE, A4[1] - 40)}"

    def _stamp(self, exhibit: int, page: int, pages: int) -> Iterator[str]:
        """Say which exhibit, which of its pages, and which page of the whole copy this is."""
        said = Words(
            zh=f"证据{exhibit} 第{page}页/共{pages}页 · 总第{self._bound}页",
            en=f"Exhibit {exhibit}, page {page} of {pages} · bound page {self._bound}",
        )
        yield f"0.5 w {rule(_LEFT, _FOOT - 8, _LEFT + MEASURE, _FOOT - 8)}"
        baseline = _FOOT - 22
        for language in self._letters.languages:
            size = 10.5 if language is Language.ZH else 9.0
            type_ = Type(fonts.SANS, size, 12.0, language)
            text = said.in_(language)
            right = _LEFT + MEASURE - natural_width(text, type_)
            yield self._pen.text(_line(text, type_), right, baseline)
            baseline -= 13
        type_ = Type(fonts.SERIF, 8.5, 12.0, Language.EN)
        yield self._pen.text(_line(self._reference, type_), _LEFT, _FOOT - 22)


def _pages(
    source: ExhibitSource, letters: Letters, zone: str, limits: Limits
) -> tuple[list[_Page], list[Refusal]]:
    """Make an exhibit's pages: at least one, and the reasons for what is not shown."""
    exhibit = source.exhibit
    if exhibit.size == 0:
        return _sheet(exhibit, letters, zone, Refusal.EMPTY), [Refusal.EMPTY]
    if source.text is not None:
        return _text_pages(source.text, exhibit, letters, zone)
    if exhibit.media_type == "application/pdf":
        done = pictures_of(source.content(), kind=Kind.PDF, limits=limits)
    elif exhibit.media_type in _PICTURES:
        done = pictures_of(source.content(), kind=Kind.PICTURE, limits=limits)
    else:
        return _sheet(exhibit, letters, zone), []
    return _picture_pages(done, exhibit, letters, zone)


def _picture_pages(
    done: Rendition, exhibit: Exhibit, letters: Letters, zone: str
) -> tuple[list[_Page], list[Refusal]]:
    pages: list[_Page] = []
    refused: list[Refusal] = []
    for page in done.pages:
        if isinstance(page, Refusal):
            pages += _sheet(exhibit, letters, zone, page)
            refused.append(page)
        else:
            pages.append(_Page(picture=page))
    if done.refused is not None:
        pages += _sheet(exhibit, letters, zone, done.refused, original_pages=done.original_pages)
        refused.append(done.refused)
    return pages, list(dict.fromkeys(refused))


def _text_pages(
    text: str, exhibit: Exhibit, letters: Letters, zone: str
) -> tuple[list[_Page], list[Refusal]]:
    cut = len(text) > TEXT_LIMIT
    body = showable(text[:TEXT_LIMIT])
    blocks = [
        Paragraph(text=line or " ", language=Language.ZH, indent=False) for line in body.split("\n")
    ]
    pages = _laid_out(blocks)
    if not cut:
        return pages, []
    return pages + _sheet(exhibit, letters, zone, Refusal.TOO_MUCH_TEXT), [Refusal.TOO_MUCH_TEXT]


_NOT_ON_PAPER: Final = Words(
    zh="本证据为电子文件，不能以纸面形式显示，请直接查看证据包内的原文件。",
    en="This exhibit is an electronic file that paper cannot show; see the original in the bundle.",
)


def _sheet(
    exhibit: Exhibit,
    letters: Letters,
    zone: str,
    reason: Refusal | None = None,
    *,
    original_pages: int = 0,
) -> list[_Page]:
    """Set the page that stands for an original which is not shown, or not shown further."""
    said = _NOT_ON_PAPER if reason is None else reason.words
    imported = exhibit.imported_at.astimezone(ZoneInfo(zone))
    rows = [
        (Words(zh="证据名称", en="Exhibit"), exhibit.title),
        (Words(zh="原始文件名", en="Original file name"), Words.same(exhibit.original_name)),
        (Words(zh="媒体类型", en="Media type"), Words.same(exhibit.media_type)),
        (
            Words(zh="长度", en="Length"),
            Words(zh=f"{exhibit.size:,} 字节", en=f"{exhibit.size:,} bytes"),
        ),
        (Words(zh="SHA-256", en="SHA-256"), Words.same(exhibit.sha256)),
        (
            Words(zh="存入时间", en="Taken in at"),
            Words.same(f"{imported:%Y-%m-%d %H:%M} ({zone})"),
        ),
        (Words(zh="包内路径", en="Path in the bundle"), Words.same(f"data/{exhibit.path}")),
    ]
    if original_pages:
        count = Words.same(f"{original_pages:,}")
        rows.insert(4, (Words(zh="原文件页数", en="Pages of the original"), count))
    blocks: list[Block] = []
    for language in letters.languages:
        number = Words(zh=f"证据{exhibit.number}", en=f"Exhibit {exhibit.number}")
        cells = tuple((name.in_(language), showable(value.in_(language))) for name, value in rows)
        blocks += [
            Heading(text=number.in_(language), language=language),
            Paragraph(text=said.in_(language), language=language, indent=False),
            Fields(rows=cells, language=language),
        ]
    return _laid_out(blocks)


def _laid_out(blocks: Sequence[Block]) -> list[_Page]:
    strips = Composer(Typesetter(), Tightness()).compose(blocks)
    return [_Page(placed=placed) for placed in paginate(strips, _TOP - _FOOT)]


def _drawn(page: Sequence[Placed], pen: Pen) -> Iterator[str]:
    """Draw placed strips with their frames."""
    for placed in page:
        strip, top = placed.strip, _TOP - placed.top
        for mark in strip.marks:
            yield pen.text(mark.line, _LEFT + mark.x, top - mark.baseline)
        if strip.frame is not None:
            left, right = strip.frame.verticals[0], strip.frame.verticals[-1]
            for y in (top, top - strip.height):
                yield rule(_LEFT + left, y, _LEFT + right, y)
            for x in strip.frame.verticals:
                yield rule(_LEFT + x, top, _LEFT + x, top - strip.height)


def _fitted(picture: PageImage) -> str:
    """Draw a picture as large as the page allows, in its middle."""
    room, height = A4[0] - 2 * _EDGE, _TOP - _FOOT
    scale = min(room / picture.width, height / picture.height, _LARGEST_PIXEL)
    wide, high = picture.width * scale, picture.height * scale
    x, y = (A4[0] - wide) / 2, _FOOT + (height - high) / 2
    return f"q {wide:.3f} 0 0 {high:.3f} {x:.3f} {y:.3f} cm /Im1 Do Q"


def _both(words: Words, letters: Letters) -> str:
    return " / ".join(dict.fromkeys(words.in_(language) for language in letters.languages))


def _line(text: str, type_: Type) -> SetLine:
    return Typesetter().lines(text.replace("\n", " "), type_, A4[0])[0]


def _clipped(text: str, type_: Type, room: float) -> str:
    """Shorten a text to one line of `room` points."""
    if natural_width(text, type_) <= room:
        return text
    while text and natural_width(text + "…", type_) > room:
        text = text[:-1]
    return text + "…"
