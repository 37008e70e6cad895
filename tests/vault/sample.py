"""What the vault's tests put into vaults, and how they open them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from pirights.domain.adjustment import Adjustment, AdjustmentKind, Told
from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.batch_row import BatchRow, MadeFile
from pirights.domain.case import Case, CaseNote
from pirights.domain.cost import Cost, CostKind
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Language, Letters, Paragraph, Title
from pirights.domain.encounter import Actor, Answer, Encounter, ScanMode
from pirights.domain.handler import Handler, Period, TimeUnit, Venue
from pirights.domain.person import Person
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import Right
from pirights.vault import keys, store

PASSPHRASE = "correct horse battery"  # noqa: S105 (opens made-up vaults only)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
REF = "PR-2026-7K3M9QX-C"


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def create(folder: Path) -> str:
    """Make an empty vault and return its recovery code."""
    vault, code = store.create(
        folder, passphrase=PASSPHRASE, use_keyring=False, zone="Asia/Shanghai", now=NOW
    )
    vault.close()
    return code


def secrets(passphrase: str | None = PASSPHRASE) -> keys.Secrets:
    return keys.Secrets(passphrase=lambda: passphrase, use_keyring=False)


def opened(folder: Path, passphrase: str = PASSPHRASE) -> store.Vault:
    return store.open_(folder, secrets(passphrase), now=NOW)


def handler(name: str = "杭州样例野生动物世界有限公司") -> Handler:
    return Handler(id=0, name=name, name_en="Sample Safari Park", venue=Venue.SCENIC_AREA)


def encounter(
    note: str = "检票口的屏幕要求刷脸", *, at: datetime = NOW, handlers: tuple[int, ...] = ()
) -> Encounter:
    return Encounter(
        id=0,
        at=at,
        place="样例动物园东门",
        venue=Venue.SCENIC_AREA,
        handlers=tuple(Actor(handler=number) for number in handlers),
        mode=ScanMode.VERIFICATION,
        notice=Answer.NO,
        note=note,
    )


def fill(vault: store.Vault, file: Path) -> Attachment:
    """Put one record of each class, and one file, into an empty vault."""
    with vault.change(now=NOW) as change:
        person = change.add(Person(id=0, name="郭样例", id_number="110101199003070038"))
        park = change.add(handler())
        scan = change.add(encounter(handlers=(park.id,)))
        case = change.add(
            Case(
                id=0,
                ref=REF,
                person=person.id,
                handler=park.id,
                encounters=(scan.id,),
                rights=(Right.KNOW, Right.DELETE),
                letters=Letters.BOTH,
                opened_on=date(2026, 11, 23),
            )
        )
        change.add(letter(case.ref, park.name))
        change.add(
            Reply(
                id=0,
                ref=REF,
                number=2,
                on=date(2026, 11, 30),
                kind=ReplyKind.PARTIAL,
                text="我们已删除您的人脸信息。",
            )
        )
        change.add(CaseNote(id=0, ref=REF, on=date(2026, 12, 1), text="打电话问过"))
        change.add(adjustment())
        change.add(told())
        change.add(cost())
        change.add(batch_row())
        return change.attach(file, owner=scan.label, purpose=Purpose.ENCOUNTER)


def batch_row() -> BatchRow:
    return BatchRow(
        id=0,
        run="0123456789abcdef",
        key="样例-1",
        digest="00" * 32,
        ref=REF,
        number=1,
        row=2,
        files=(MadeFile(path="P1/letter.pdf", sha256="11" * 32, size=60_000, pages=2),),
    )


def cost() -> Cost:
    return Cost(
        id=0,
        ref=REF,
        kind=CostKind.POSTAGE,
        amount=Decimal("11.30"),
        on=date(2026, 11, 24),
        note="特快专递",
    )


def adjustment() -> Adjustment:
    return Adjustment(
        id=0,
        ref=REF,
        kind=AdjustmentKind.PROMISE,
        on=date(2026, 12, 2),
        because="来电说再等二十个工作日",
        period=Period(amount=20, unit=TimeUnit.WORKING_DAY),
        source=f"{REF}/2",
    )


def told() -> Told:
    # 20 working days from 2 December 2026 end on the 30th, which the next notice may still move.
    return Told(id=0, ref=REF, letter=1, on=date(2026, 12, 30), notices_until=2026, adjustments=1)


def letter(ref: str, handler_name: str) -> Letter:
    return Letter(
        id=0,
        ref=ref,
        number=1,
        kind="request",
        on=date(2026, 11, 23),
        letters=Letters.BOTH,
        handler_name=handler_name,
        items=(),
        document=Document(
            title="请求书",
            letters=Letters.BOTH,
            reference=ref,
            on=date(2026, 11, 23),
            blocks=(
                Title(text="请求书", language=Language.ZH),
                Paragraph(text="{{x}} <b>&amp;", language=Language.EN),
            ),
        ),
    )
