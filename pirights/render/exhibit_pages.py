"""What one exhibit becomes on paper: pictures, typeset mail, or a sheet that speaks for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from pirights.domain.bundle import Exhibit
from pirights.domain.document import Block, Fields, Heading, Language, Letters, Paragraph
from pirights.domain.refusal import Refusal
from pirights.domain.words import Words
from pirights.render.blocks import Composer, Tightness
from pirights.render.playing_time import playing_time
from pirights.render.printable import showable
from pirights.render.raster import (
    DEFAULT_LIMITS,
    Kind,
    Limits,
    PageImage,
    Rendition,
)
from pirights.render.raster_ahead import Closed
from pirights.render.strips import Placed, Strip, paginate, tie_tail
from pirights.render.typeset import Typesetter

TEXT_LIMIT: Final = 120_000
"""Characters of a mail or text that are set; the rest stays in the original."""

_LINE_LIMIT: Final = 6_000
"""Lines of such a text that are set."""

_PAGE_LIMIT: Final = 120
"""Pages of such a text."""

ROOM: Final = 726.0
"""Height of a page between its head line and its stamp, in points."""

_Row = tuple[Words, Words]
"""A name and a value on a sheet."""

PICTURES: Final = frozenset(
    f"image/{kind}" for kind in ("jpeg", "png", "webp", "heic", "heif", "gif", "bmp", "x-ms-bmp")
)
"""The kinds of file that are shown as one picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitSource:
    """An exhibit, or a file of one that has several, and what is in it.

    Attributes:
        content: Opens the original's octets; called once at most, for audio or video as far as it
            takes to read how long it plays.
        timed: Whether that is read; False where only the number of pages is wanted.
        text: What to set where the original is a mail or a text; None for all else.
        keep: Is given the picture that the page of a photo shows.
        heading: What its pages are headed with; the exhibit's title if None.
    """

    exhibit: Exhibit
    content: Callable[[], Iterable[bytes]]
    text: str | None = None
    keep: Callable[[PageImage], object] | None = None
    heading: Words | None = None
    timed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What all pages of one bound copy share.

    Attributes:
        reference: The case's, for the foot of each page.
        on: The date of the bundle, which dates the file.
        zone: In which `on` is a day and times of import are shown.
        letters: Language or languages of stamps and sheets.
        limits: What each stranger's file may cost.
    """

    reference: str
    on: date
    zone: str
    letters: Letters
    limits: Limits = DEFAULT_LIMITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to be: a picture, or placed lines of text."""

    picture: PageImage | None = None
    placed: Sequence[Placed] = ()


def to_open(source: ExhibitSource) -> Closed | None:
    """Name the file that has to be opened for its pages; None where there is none."""
    exhibit = source.exhibit
    if exhibit.size == 0 or source.text is not None:
        return None
    if exhibit.media_type == "application/pdf":
        kind = Kind.PDF
    elif exhibit.media_type in PICTURES:
        kind = Kind.PICTURE
    else:
        return None
    return Closed(kind=kind, size=exhibit.size, content=source.content)


def pages_of(
    source: ExhibitSource, edition: Edition, opened: Rendition | None
) -> tuple[list[Page], list[Refusal]]:
    """Make an exhibit's pages: at least one, and the reasons for what is not shown.

    Args:
        source: The exhibit.
        edition: What all pages share.
        opened: What came of the file that `to_open` names.
    """
    exhibit = source.exhibit
    if exhibit.size == 0:
        return _sheet(exhibit, edition, Refusal.EMPTY), [Refusal.EMPTY]
    if source.text is not None:
        return _text_pages(source.text, exhibit, edition)
    if opened is None:
        further = [_played(source)] if exhibit.media_type.startswith(_PLAYED) else []
        return _sheet(exhibit, edition, further=further), []
    if source.keep is not None and exhibit.media_type in PICTURES:
        for page in opened.pages:
            if isinstance(page, PageImage):
                source.keep(page)
    return _picture_pages(opened, exhibit, edition)


def _picture_pages(
    done: Rendition, exhibit: Exhibit, edition: Edition
) -> tuple[list[Page], list[Refusal]]:
    pages: list[Page] = []
    refused: list[Refusal] = []
    for page in done.pages:
        if isinstance(page, Refusal):
            pages += _sheet(exhibit, edition, page)
            refused.append(page)
        else:
            pages.append(Page(picture=page))
    if done.refused is not None:
        left = max(done.original_pages - len(done.pages), 0)
        further = [
            (Words(zh=zh, en=en), Words.same(f"{count:,}"))
            for zh, en, count in (
                ("原文件页数", "Pages of the original", done.original_pages),
                ("未装订页数", "Pages not bound here", left),
            )
        ]
        pages += _sheet(
            exhibit, edition, done.refused, further=further if done.original_pages else []
        )
        refused.append(done.refused)
    return pages, list(dict.fromkeys(refused))


def _text_pages(text: str, exhibit: Exhibit, edition: Edition) -> tuple[list[Page], list[Refusal]]:
    plain = text[:TEXT_LIMIT].replace("\r\n", "\n").replace("\t", "    ")
    shown = showable(plain, keep="\n")  # a character without a glyph becomes up to ten
    lines = shown[:TEXT_LIMIT].split("\n")
    pages = _shared_out(_text_strips(lines[:_LINE_LIMIT]))
    most = min(edition.limits.pages, _PAGE_LIMIT)
    longest = max(len(text), len(shown))
    if longest <= TEXT_LIMIT and len(lines) <= _LINE_LIMIT and len(pages) <= most:
        return pages, []
    reason = Refusal.TOO_MUCH_TEXT
    return pages[:most] + _sheet(exhibit, edition, reason), [reason]


def _text_strips(lines: Sequence[str]) -> list[Strip]:
    """Set each line as a paragraph; the first after a blank one stays on the page of the next."""
    composer = Composer(Typesetter(), Tightness())
    strips: list[Strip] = []
    for begins, group in groupby(
        zip(("", *lines), lines, (*lines[1:], ""), strict=False),
        key=lambda three: not three[0].strip() and all(one.strip() for one in three[1:]),
    ):
        blocks = [
            Paragraph(text=line or " ", language=Language.ZH, indent=False) for _, line, _ in group
        ]
        strips = composer.compose(blocks)
        if begins:
            tie_tail(strips, 1)
    return strips


_PLAYED: Final = ("audio/", "video/")


def _played(source: ExhibitSource) -> _Row:
    """Say how long a sound or film plays."""
    name = Words(zh="时长", en="Duration")
    time = playing_time(source.content()) if source.timed else None
    if time is None:
        return name, Words(zh="时长未能读出", en="could not be read")
    tenths = time // timedelta(milliseconds=100)
    clock = f"{tenths // 36_000:02}:{tenths // 600 % 60:02}:{tenths // 10 % 60:02}.{tenths % 10}"
    return name, Words(
        zh=f"{clock}（时:分:秒，依原文件自身记载读出，未经播放核对）",
        en=f"{clock} (h:min:s, as the file itself tells; not checked by playing it)",
    )


_NOT_ON_PAPER: Final = Words(
    zh="本证据为电子文件，不能以纸面形式显示，请直接查看证据包内的原文件。",
    en="This exhibit is an electronic file that paper cannot show; see the original in the bundle.",
)


def _sheet(
    exhibit: Exhibit,
    edition: Edition,
    reason: Refusal | None = None,
    *,
    further: Sequence[_Row] = (),
) -> list[Page]:
    """Set the page that stands for an original which is not shown, or not shown further."""
    said = _NOT_ON_PAPER if reason is None else reason.words
    imported = exhibit.imported_at.astimezone(ZoneInfo(edition.zone))
    rows = [
        (Words(zh="证据名称", en="Exhibit"), exhibit.title),
        (Words(zh="原始文件名", en="Original file name"), Words.same(exhibit.original_name)),
        (Words(zh="媒体类型", en="Media type"), Words.same(exhibit.media_type)),
        (
            Words(zh="大小", en="Size"),
            Words(zh=f"{exhibit.size:,} 字节", en=f"{exhibit.size:,} bytes"),
        ),
        *further,
        (Words(zh="SHA-256", en="SHA-256"), Words.same(exhibit.sha256)),
        (
            Words(zh="存入时间", en="Taken in at"),
            Words.same(f"{imported:%Y-%m-%d %H:%M} ({edition.zone})"),
        ),
        (Words(zh="包内路径", en="Path in the bundle"), Words.same(f"data/{exhibit.path}")),
    ]
    blocks: list[Block] = []
    for language in edition.letters.languages:
        number = Words(zh=f"证据{exhibit.number}", en=f"Exhibit {exhibit.number}")
        cells = tuple((name.in_(language), showable(value.in_(language))) for name, value in rows)
        blocks += [
            Heading(text=number.in_(language), language=language),
            Paragraph(text=said.in_(language), language=language, indent=False),
            Fields(rows=cells, language=language),
        ]
    return _laid_out(blocks)


def _laid_out(blocks: Sequence[Block]) -> list[Page]:
    return _shared_out(Composer(Typesetter(), Tightness()).compose(blocks))


def _shared_out(strips: Sequence[Strip]) -> list[Page]:
    return [Page(placed=placed) for placed in paginate(strips, ROOM)]
