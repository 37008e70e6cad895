"""The papers around the exhibits: cover, catalogue (证据目录), timeline, and the sheet to sign.

The cover lies inside the bundle and cannot print the bundle's own sum; the sheet lies beside it
and can. All four say only what a sum and a time stamp prove, and what they do not.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pirights.domain import bundle_texts
from pirights.domain.bundle import Exhibit, sections
from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Language,
    Letters,
    Paragraph,
    Signature,
    Table,
    Title,
)
from pirights.domain.words import Words

_NUMERALS = "一二三四五六七八九十"
_NOTHING = Words(zh="——", en="—")
_COPIES = Words(zh="份数", en="Copies")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFacts:
    """What every paper of a bundle says of it.

    Attributes:
        name: The bundle's own name, without folder or `.zip`.
        person: The person.
        handler: The personal information handler, by its full name.
        on: The day it was made, in `zone`.
        pages: Of the bound copy.
    """

    name: str
    reference: str
    person: str
    handler: Words
    on: date
    exhibits: int
    pages: int
    letters: Letters
    zone: str = "Asia/Shanghai"


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
            (Words(zh="证据数量", en="Exhibits"), _amount(facts, language)),
        )
        rows = tuple((name.in_(language), value) for name, value in more)
        yield Fields(rows=_parties(facts, language).rows + rows, language=language)
        for heading, paragraphs in bundle_texts.COVER[language]:
            yield Heading(text=heading, language=language)
            for paragraph in paragraphs:
                yield Paragraph(text=paragraph, language=language)

    return _paper(facts, Words(zh="证据材料", en="Evidence bundle"), body)


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
    facts: BundleFacts, exhibits: Sequence[Exhibit], columns: Columns = _USUAL, shows: str = ""
) -> Document:
    """Write the catalogue (01-catalogue.pdf); its page numbers are those of the bound copy.

    Args:
        facts: What every paper of the bundle says of it.
        exhibits: Numbered, in order.
        columns: Which a court may want.
        shows: The SHA-256 of 01-catalogue.csv, which has the same rows; empty where there is none.
    """
    widths = (0.9, 2.4, 2.0, 3.4, 1.1, *((0.9,) if columns.copies else ()))

    def body(language: Language) -> Iterable[Block]:
        yield _parties(facts, language)
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
        if shows:
            note = bundle_texts.ROWS_NOTE.in_(language).format(sum=shows)
            yield Paragraph(text=note, language=language, small=True)

    paper = _paper(facts, Words(zh="证据目录", en="Catalogue of evidence"), body, signed=True)
    return replace(paper, shows=shows)


def timeline(facts: BundleFacts, events: Sequence[Event]) -> Document:
    """Write the timeline (03-timeline.pdf): our word and a third party's never in one column."""

    def body(language: Language) -> Iterable[Block]:
        yield _parties(facts, language)
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

    return _paper(facts, Words(zh="时间线", en="Timeline"), body)


def root_sheet(facts: BundleFacts, root_sha256: str, *, third_party_time: str = "") -> Document:
    """Write the sheet to sign on paper (<name>-root.pdf), which lies beside the bundle.

    Args:
        facts: Of the bundle.
        root_sha256: 64 hex digits: the SHA-256 of `tagmanifest-sha256.txt`.
        third_party_time: The time a stamp authority confirms and its name; empty if none does.
    """

    def body(language: Language) -> Iterable[Block]:
        none = Words(
            zh="无。本证据包没有第三方证明的时间。", en="None. No third party confirms a time."
        )
        time = third_party_time or none.in_(language)
        labels = bundle_texts.ROOT_LABELS[language]
        yield Fields(
            rows=tuple(
                zip(
                    labels,
                    (
                        facts.name,
                        facts.reference,
                        facts.on.isoformat(),
                        _amount(facts, language),
                        in_groups(root_sha256),
                        time,
                    ),
                    strict=True,
                )
            ),
            language=language,
        )
        for text in bundle_texts.ROOT_TEXTS[language]:
            yield Paragraph(text=text, language=language)

    title = Words(zh="根校验值签署页", en="Root sum, for signing")
    return _paper(facts, title, body, signed=True)


def in_groups(digits: str) -> str:
    """Write 64 hex digits so that two people can compare them aloud: two lines of four eights."""
    eights = [digits[at : at + 8] for at in range(0, len(digits), 8)]
    return "\n".join(" ".join(eights[at : at + 4]) for at in range(0, len(eights), 4))


def numeral(number: int) -> str:
    """Write 1 to 19 in Chinese numerals."""
    if number <= len(_NUMERALS):
        return _NUMERALS[number - 1]
    return f"十{_NUMERALS[number - 11]}"


def _paper(
    facts: BundleFacts,
    title: Words,
    body: Callable[[Language], Iterable[Block]],
    *,
    signed: bool = False,
) -> Document:
    blocks: list[Block] = []
    for language in facts.letters.languages:
        blocks.append(Title(text=title.in_(language), language=language))
        blocks += body(language)
    if signed:
        blocks.append(_signature(facts))
    return Document(
        title=title.in_(facts.letters.languages[0]),
        letters=facts.letters,
        reference=facts.reference,
        on=facts.on,
        blocks=tuple(blocks),
        zone=facts.zone,
    )


def _parties(facts: BundleFacts, language: Language) -> Fields:
    rows = (
        (Words(zh="案件编号", en="Reference"), Words.same(facts.reference)),
        (Words(zh="请求人", en="Requester"), Words.same(facts.person)),
        (Words(zh="个人信息处理者", en="Handler"), facts.handler),
        (Words(zh="编制日期", en="Date"), Words.same(facts.on.isoformat())),
    )
    return Fields(
        rows=tuple((name.in_(language), value.in_(language)) for name, value in rows),
        language=language,
    )


def _amount(facts: BundleFacts, language: Language) -> str:
    return Words(
        zh=f"共{facts.exhibits}件，装订本共{facts.pages}页",
        en=f"{facts.exhibits} in all, {facts.pages} bound pages",
    ).in_(language)


def _signature(facts: BundleFacts) -> Signature:
    """One place to sign, once, whatever the languages."""
    name = {Language.ZH: "提交人（签名）", Language.EN: "Submitted by"}
    day = {Language.ZH: "日期", Language.EN: "Date"}
    languages = facts.letters.languages
    colon = "：" if languages[0] is Language.ZH else ": "
    lines = (
        f"{' / '.join(name[language] for language in languages)}{colon}__________",
        f"{' / '.join(day[language] for language in languages)}{colon}__________",
    )
    return Signature(lines=lines, language=languages[0])


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
