"""What letters are written from in these tests: a made-up person, company and scan."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

from pirights import law_data
from pirights.domain.document import (
    Document,
    Fields,
    Heading,
    Item,
    Letters,
    Paragraph,
    ReceiptBox,
    Signature,
    Table,
    Title,
)
from pirights.domain.encounter import Actor, Answer, Encounter, ScanMode
from pirights.domain.handler import Handler, Venue
from pirights.domain.person import Person
from pirights.domain.request import AskedItem, Right
from pirights.letters import compose
from pirights.letters.compose import Brief

REF = "PR-2026-7K3M9QX-C"
SEVEN = (
    Right.KNOW,
    Right.ACCESS,
    Right.COPY,
    Right.DELETE,
    Right.WITHDRAW,
    Right.ALTERNATIVE,
    Right.REFUSE,
)
PERSON = Person(
    id=1,
    name="林知远",
    name_en="Lin Zhiyuan",
    phone="13900000137",
    email="lin@mail.example",
    address="杭州市西湖区样例路9号",
)
HANDLER = Handler(
    id=1,
    name="杭州样例野趣乐园有限公司",
    name_en="Hangzhou Sample Park Co., Ltd.",
    address="杭州市样例大道1号",
    email="privacy@park.example",
)


def scan(on: date = date(2026, 11, 20), number: int = 1) -> Encounter:
    return Encounter(
        id=number,
        at=datetime(on.year, on.month, on.day, 2, 5, tzinfo=UTC),
        place="样例乐园东门3号闸机",
        venue=Venue.SCENIC_AREA,
        handlers=(Actor(handler=1),),
        mode=ScanMode.VERIFICATION,
        notice=Answer.NO,
        consent=Answer.NO,
        separate_consent=Answer.NO,
        alternative=Answer.NO,
    )


def brief(*facts: date, letters: Letters = Letters.ZH, rights: tuple[Right, ...] = SEVEN) -> Brief:
    days = facts or (date(2026, 11, 20),)
    return Brief(
        ref=REF,
        person=PERSON,
        handler=HANDLER,
        encounters=tuple(scan(on, number) for number, on in enumerate(days, start=1)),
        rights=rights,
        letters=letters,
        on=date(2026, 11, 23),
        zone="Asia/Shanghai",
        identify_by=("年卡号 YX-2026-0317",),
        two_step=Right.COPY in rights and Right.DELETE in rights,
    )


def at_venue(told: Brief, venue: Venue) -> Brief:
    return replace(told, encounters=tuple(replace(one, venue=venue) for one in told.encounters))


def written(told: Brief) -> tuple[tuple[AskedItem, ...], Document]:
    return compose.request(told, law_data.laws())


def strings(document: Document) -> list[str]:
    """Every text of a paper, in reading order."""
    found: list[str] = []
    for block in document.blocks:
        match block:
            case Title() | Heading() | Paragraph():
                found.append(block.text)
            case Item():
                found += [str(block.number), block.text, block.basis]
            case Fields(rows=rows):
                found += [cell for row in rows for cell in row]
            case Table(head=head, rows=rows):
                found += [cell for row in (head, *rows) for cell in row]
            case Signature(lines=lines) | ReceiptBox(lines=lines):
                found += lines
            case other:
                raise AssertionError(other)
    return found


def is_subsequence(part: list[str], whole: list[str]) -> bool:
    """Say whether the texts of `part` stand in `whole` in the same order."""
    places = [whole.index(one) for one in part]
    return all(left < right for left, right in pairwise(places))
