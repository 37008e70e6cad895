"""A vault with clients: two against the same company, one of them with an agent, and the owner."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pirights.domain.adjustment import Told
from pirights.domain.attachment import Purpose
from pirights.domain.batch_row import BatchRow, MadeFile
from pirights.domain.cost import CostKind
from pirights.domain.person import Capacity, Person
from pirights.domain.request import Right
from pirights.workflow import cases, costing, directory, dispatching, replies
from pirights.workflow.desk import Desk
from tests.workflow import office


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client with one case.

    Attributes:
        words: What is nobody else's: names, numbers, texts, and the words of the files.
    """

    number: int
    ref: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """The three, and what they share."""

    owner: Client
    first: Client
    second: Client


SHARED = "杭州云溪刷脸科技有限公司"
ONLY_SECOND = "宁波镜湖商贸有限公司"


def furnish(desk: Desk, folder: Path) -> Clinic:
    shared = office.park(desk, SHARED).id
    only = office.park(desk, ONLY_SECOND).id
    card = {"id_number": "110101199003070097"}
    owner = _client(desk, folder, 1, (shared,), directory.edit_person(desk, 1, card))
    first = _client(
        desk,
        folder,
        2,
        (shared,),
        Person(
            id=0,
            name="龚甲一",
            name_en="Gong Jiayi",
            phone="13900000201",
            email="gong@first.example",
            address="杭州市甲路1号",
            id_number="110101199003070038",
            capacity=Capacity.AGENT,
        ),
    )
    second = _client(
        desk,
        folder,
        3,
        (shared, only),
        Person(
            id=0,
            name="彭乙二",
            name_en="Peng Yier",
            phone="13900000302",
            email="peng@second.example",
            address="宁波市乙路2号",
            id_number="11010119900307002X",
        ),
    )
    return Clinic(owner=owner, first=first, second=second)


def _client(
    desk: Desk, folder: Path, number: int, handlers: tuple[int, ...], person: Person
) -> Client:
    if number > 1:
        assert directory.add_person(desk, person).id == number
    mark = "壹贰叁"[number - 1] * 3
    photo = folder / f"现场{mark}.txt"
    photo.write_text(f"照片里的字{mark}龘靐{mark}\n" * 200_000, encoding="utf-8")
    told = office.scan(
        desk,
        *(directory.handler(desk, one) for one in handlers),
        place=f"{mark}门口闸机",
        note=f"备注{mark}",
        files=(photo,),
    )
    ref = office.case(
        desk,
        Right.ACCESS,
        handler=handlers[0],
        person=number,
        encounters=(told.id,),
        identify_by=(f"卡号{mark}",),
    ).case.ref
    office.sent(desk, ref)
    slip = folder / f"签收{mark}.txt"
    slip.write_text(f"签收人{mark}", encoding="utf-8")
    dispatching.received(desk, ref, on=date(2026, 11, 22), proofs=(slip,))
    office.answer(desk, ref, folder, f"关于{mark}的来函，我们已收到。", f"答复{mark}.txt")
    cases.note(desk, ref, f"打电话问过{mark}")
    paid = folder / f"发票{mark}.txt"
    paid.write_text(f"发票{mark}", encoding="utf-8")
    costing.add(
        desk, ref, kind=CostKind.POSTAGE, amount=Decimal("11.30"), note=mark, proofs=(paid,)
    )
    with desk.vault.change(now=desk.now) as change:
        change.add(
            Told(id=0, ref=ref, letter=1, on=date(2026, 12, 30), notices_until=2026, adjustments=0)
        )
        change.add(
            BatchRow(
                id=0,
                run="0123456789abcdef",
                key=f"行{mark}",
                digest=f"{number:064x}",
                ref=ref,
                number=1,
                row=number + 1,
                files=(
                    MadeFile(
                        path=f"P{number}/{ref}-1.pdf", sha256=f"{number:064x}", size=9, pages=2
                    ),
                ),
            )
        )
        card = folder / f"证件{mark}.txt"
        card.write_text(f"证件{mark}", encoding="utf-8")
        change.attach(card, owner=f"P{number}", purpose=Purpose.IDENTITY)
    particulars = (person.name, person.name_en, person.phone, person.email, person.address)
    return Client(
        number=number,
        ref=ref,
        words=(*filter(None, (*particulars, person.id_number)), ref, mark),
    )


def inbox(desk: Desk, folder: Path, text: str) -> None:
    path = folder / "来函.txt"
    path.write_text(text, encoding="utf-8")
    replies.add(desk, None, [path], on=None)
