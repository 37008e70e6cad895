"""The papers around the exhibits: cover, catalogue (证据目录) and timeline.

They lie inside the bundle and cannot print its own sum; `root_sheet` lies beside it and can. All
say only what a sum and a time stamp prove, and what they do not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from pirights.domain import bundle_frame, bundle_texts
from pirights.domain.bundle import Exhibit, Withheld, sections
from pirights.domain.bundle_frame import BundleFacts
from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Language,
    Paragraph,
    Table,
)
from pirights.domain.words import Words

_NUMERALS = "一二三四五六七八九十"
_NOTHING = Words(zh="——", en="—")
_COPIES = Words(zh="份数", en="Copies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the timeline.

    Attributes:
        when: The day, or day and minute, as the reader shall see it.
        claimed: What the person says happened.
        confirmed: What a third party's paper confirms of it; None if nothing does.
        exhibits: Numbers of the exhibits that show it.
    """

    when: str
    claimed: Words
    confirmed: Words | None = None
    exhibits: tuple[int, ...] = ()


def cover(facts: BundleFacts) -> Document:
    """Write the cover (00-cover.pdf)."""

    def body(language: Language) -> Iterable[Block]:
        more = (
            (Words(zh="证据包名称", en="Name of the bundle"), facts.name),
            (Words(zh="证据数量", en="Exhibits"), bundle_frame.amount(facts, language)),
        )
        rows = tuple((name.in_(language), value) for name, value in more)
        yield Fields(rows=bundle_frame.parties(facts, language).rows + rows, language=language)
        for heading, paragraphs in bundle_texts.COVER[language]:
            yield Heading(text=heading, language=language)
            for paragraph in paragraphs:
                yield Paragraph(text=paragraph, language=language)

    return bundle_frame.paper(facts, Words(zh="证据材料", en="Evidence bundle"), body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What a catalogue for a court may have beside its five columns.

    Attributes:
        copies: The column 份数: how many of each are handed in; 0 for no such column.
        originals: The column 原件/复印件, which some counsel leave out.
    """

    copies: int = 0
    originals: bool = True


_USUAL: Final = Columns()
"""The columns of a bundle's own catalogue."""


def catalogue(
    facts: BundleFacts,
    exhibits: Sequence[Exhibit],
    columns: Columns = _USUAL,
    sums: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """Write the catalogue (01-catalogue.pdf); its page numbers are those of the bound copy.

    Args:
        facts: What every paper of the bundle says of it.
        exhibits: Numbered, in order.
        columns: Which a court may want.
        sums: The SHA-256 of the data files that have the same rows, by their names; may be empty.
    """
    widths = (0.9, 2.4, 2.0, 3.2, 1.3, *((0.9,) if columns.copies else ()))

    def body(language: Language) -> Iterable[Block]:
        yield bundle_frame.parties(facts, language)
        for section in sections(exhibits):
            group = section.group.heading.in_(language)
            heading = Words(zh=f"第{numeral(section.ordinal)}组　{group}", en=group)
            if language is Language.EN:
                heading = Words.same(f"Group {section.ordinal}: {group}")
            yield Heading(text=heading.in_(language), language=language)
            yield Table(
                head=_kept(bundle_texts.CATALOGUE_HEADS[language], _COPIES.in_(language), columns),
                rows=tuple(
                    _kept(_catalogue_cells(exhibit, language), str(columns.copies), columns)
                    for exhibit in section.exhibits
                ),
                language=language,
                widths=(*widths, *((2.4,) if columns.originals else ())),
            )
        yield Paragraph(text=bundle_texts.PAGES_NOTE.in_(language), language=language, small=True)
        for number, sealed in _withheld(exhibits):
            note = bundle_texts.WITHHELD_NOTE.in_(language).format(
                number=number.in_(language), sum=sealed.sha256
            )
            yield Paragraph(text=note, language=language, small=True)
        for name, digest in sums.items():
            note = bundle_texts.ROWS_NOTE.in_(language).format(file=name, sum=digest)
            yield Paragraph(text=note, language=language, small=True)

    paper = bundle_frame.paper(
        facts, Words(zh="证据目录", en="Catalogue of evidence"), body, signed=True
    )
    return replace(paper, shows=" ".join(f"sha256:{digest}" for digest in sums.values()))


def _withheld(exhibits: Iterable[Exhibit]) -> Iterator[tuple[Words, Withheld]]:
    """Give each original that is not in the bundle, with the number of its exhibit."""
    for exhibit in exhibits:
        for place, file in enumerate(exhibit.files, start=1):
            number = Words.same(str(exhibit.number))
            if exhibit.further:
                number = Words(zh=f"{number.zh}第{place}份文件", en=f"{number.en} (file {place})")
            if file.withheld is not None:
                yield number, file.withheld


def timeline(facts: BundleFacts, events: Sequence[Event]) -> Document:
    """Write the timeline (03-timeline.pdf): our word and a third party's never in one column."""

    def body(language: Language) -> Iterable[Block]:
        yield bundle_frame.parties(facts, language)
        yield Table(
            head=bundle_texts.TIMELINE_HEADS[language],
            rows=tuple(
                (
                    event.when,
                    event.claimed.in_(language),
                    (event.confirmed or _NOTHING).in_(language),
                    _joined(event.exhibits, language),
                )
                for event in events
            ),
            language=language,
            widths=(2.4, 3.9, 3.9, 1.1),
        )
        yield Paragraph(text=bundle_texts.TIMES_NOTE.in_(language), language=language, small=True)

    return bundle_frame.paper(facts, Words(zh="时间线", en="Timeline"), body)


def numeral(number: int) -> str:
    """Write 1 to 19 in Chinese numerals."""
    if number <= len(_NUMERALS):
        return _NUMERALS[number - 1]
    return f"十{_NUMERALS[number - 11]}"


def _kept(cells: Sequence[str], copies: str, columns: Columns) -> tuple[str, ...]:
    """Keep the cells of the columns that are wanted; the last one is that of the originals."""
    *usual, original = cells
    return (
        *usual,
        *((copies,) if columns.copies else ()),
        *((original,) if columns.originals else ()),
    )


def _catalogue_cells(exhibit: Exhibit, language: Language) -> tuple[str, ...]:
    return (
        str(exhibit.number),
        exhibit.title.in_(language),
        exhibit.source.in_(language),
        exhibit.purpose.in_(language),
        exhibit.pages,
        exhibit.held.in_(language),
    )


def _joined(numbers: Sequence[int], language: Language) -> str:
    return ("、" if language is Language.ZH else ", ").join(map(str, numbers))
