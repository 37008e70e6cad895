"""The papers around the exhibits: cover, catalogue (证据目录), timeline, and the sheet to sign.

The cover lies inside the bundle and cannot print the bundle's own sum; the sheet lies beside it
and can. All four say only what a sum and a time stamp prove, and what they do not.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pirights.domain.bundle import Exhibit, Words, sections
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

_NUMERALS = "一二三四五六七八九十"
_NOTHING = Words(zh="——", en="—")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFacts:
    """What every paper of a bundle says of it.

    Attributes:
        name: The bundle's own name, without folder or `.zip`.
        person: The applicant.
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
        claimed: What the applicant says happened.
        confirmed: What a third party's paper confirms of it; None if nothing does.
        exhibits: Numbers of the exhibits that show it.
    """

    when: str
    claimed: Words
    confirmed: Words | None = None
    exhibits: tuple[int, ...] = ()


def cover(facts: BundleFacts) -> Document:
    """Write the cover (00-cover.pdf)."""
    title = Words(zh="证据材料", en="Evidence bundle")
    return _paper(facts, title, {Language.ZH: _cover_zh, Language.EN: _cover_en})


def catalogue(facts: BundleFacts, exhibits: Sequence[Exhibit]) -> Document:
    """Write the catalogue (01-catalogue.pdf); its page numbers are those of the bound copy."""

    def body(_: BundleFacts, language: Language) -> Iterable[Block]:
        yield _parties(facts, language)
        for section in sections(exhibits):
            group = section.group.title.in_(language)
            heading = Words(zh=f"第{numeral(section.ordinal)}组　{group}", en=group)
            if language is Language.EN:
                heading = Words.same(f"Group {section.ordinal}: {group}")
            yield Heading(text=heading.in_(language), language=language)
            yield Table(
                head=_CATALOGUE_HEADS[language],
                rows=tuple(_catalogue_cells(exhibit, language) for exhibit in section.exhibits),
                language=language,
                widths=(0.9, 2.6, 2.0, 3.6, 1.1, 2.0),
            )
        yield Paragraph(text=_PAGES_NOTE.in_(language), language=language, small=True)
        yield _signature(facts, language)

    return _paper(facts, Words(zh="证据目录", en="Catalogue of evidence"), dict.fromkeys(Language, body))


def timeline(facts: BundleFacts, events: Sequence[Event]) -> Document:
    """Write the timeline (03-timeline.pdf): our word and a third party's never in one column."""

    def body(_: BundleFacts, language: Language) -> Iterable[Block]:
        yield _parties(facts, language)
        yield Table(
            head=_TIMELINE_HEADS[language],
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
            widths=(1.7, 4.2, 4.2, 1.2),
        )
        yield Paragraph(text=_TIMES_NOTE.in_(language), language=language, small=True)

    return _paper(facts, Words(zh="时间线", en="Timeline"), dict.fromkeys(Language, body))


def root_sheet(facts: BundleFacts, root_sha256: str, *, third_party_time: str = "") -> Document:
    """Write the sheet to sign on paper (<name>-root.pdf), which lies beside the bundle.

    Args:
        facts: Of the bundle.
        root_sha256: 64 hex digits: the SHA-256 of `tagmanifest-sha256.txt`.
        third_party_time: The time a stamp authority confirms and its name; empty if none does.
    """

    def body(_: BundleFacts, language: Language) -> Iterable[Block]:
        none = Words(zh="无。本证据包没有第三方证明的时间。", en="None. No third party confirms a time.")
        time = third_party_time or none.in_(language)
        labels = _ROOT_LABELS[language]
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
        for text in _ROOT_TEXTS[language]:
            yield Paragraph(text=text, language=language)
        yield _signature(facts, language)

    title = Words(zh="根校验值签署页", en="Root sum, for signing")
    return _paper(facts, title, dict.fromkeys(Language, body))


def in_groups(digits: str) -> str:
    """Write 64 hex digits so that two people can compare them aloud: two lines of four eights."""
    eights = [digits[at : at + 8] for at in range(0, len(digits), 8)]
    return "\n".join(" ".join(eights[at : at + 4]) for at in range(0, len(eights), 4))


def numeral(number: int) -> str:
    """Write 1 to 19 in Chinese numerals."""
    if number <= len(_NUMERALS):
        return _NUMERALS[number - 1]
    return f"十{_NUMERALS[number - 11]}"


_Body = Callable[[BundleFacts, Language], Iterable[Block]]


def _paper(facts: BundleFacts, title: Words, bodies: dict[Language, _Body]) -> Document:
    blocks: list[Block] = []
    for language in facts.letters.languages:
        blocks.append(Title(text=title.in_(language), language=language))
        blocks += bodies[language](facts, language)
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
        (Words(zh="申请人", en="Applicant"), Words.same(facts.person)),
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


def _signature(facts: BundleFacts, language: Language) -> Signature:
    lines = {
        Language.ZH: (f"申请人（签名）：{facts.person}　____________", "日期：______年____月____日"),
        Language.EN: (f"Applicant ({facts.person}): ____________", "Date: ____________"),
    }
    return Signature(lines=lines[language], language=language)


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


def _cover_zh(facts: BundleFacts, language: Language) -> Iterable[Block]:
    yield from _cover(facts, language, _COVER_ZH)


def _cover_en(facts: BundleFacts, language: Language) -> Iterable[Block]:
    yield from _cover(facts, language, _COVER_EN)


def _cover(
    facts: BundleFacts, language: Language, text: Sequence[tuple[str, Sequence[str]]]
) -> Iterable[Block]:
    yield _parties(facts, language)
    amount = (Words(zh="证据数量", en="Exhibits").in_(language), _amount(facts, language))
    name = (Words(zh="证据包名称", en="Name of the bundle").in_(language), facts.name)
    yield Fields(rows=(amount, name), language=language)
    for heading, paragraphs in text:
        yield Heading(text=heading, language=language)
        for paragraph in paragraphs:
            yield Paragraph(text=paragraph, language=language)
