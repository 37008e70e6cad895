"""What happened in a case, in order of time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pirights.domain.adjustment import Adjustment, AdjustmentKind
from pirights.domain.case import Case, CaseNote, Outcome, TimeSpent
from pirights.domain.cost import Cost, CostKind
from pirights.domain.dispatch import Channel, Delivery, Dispatch, Letter, Sending
from pirights.domain.document import Document, Letters
from pirights.domain.history import Entry, Happening, Records, history
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import Right

REF = "PR-2026-7K3M9QX-C"
DAY = date(2026, 9, 22)
CASE = Case(
    id=1,
    ref=REF,
    person=1,
    handler=1,
    encounters=(),
    rights=(Right.COPY,),
    letters=Letters.ZH,
    opened_on=DAY,
)
PAPER = Document(title="请求书", letters=Letters.ZH, reference=REF, on=DAY, blocks=())
NOTHING = Records(
    case=CASE,
    encounters=(),
    letters=(),
    replies=(),
    adjustments=(),
    notes=(),
    costs=(),
    sent_proofs={},
    arrival_proofs={},
    day_of=lambda moment: (moment + timedelta(hours=8)).date(),
)


def letter(number: int, on: date = DAY, kind: str = "request") -> Letter:
    return Letter(
        id=number,
        ref=REF,
        number=number,
        kind=kind,
        on=on,
        letters=Letters.ZH,
        handler_name="某公司",
        items=(),
        document=PAPER,
    )


def told(entries: tuple[Entry, ...]) -> list[tuple[str, str]]:
    return [(one.what.value, one.label.removeprefix(REF)) for one in entries]


def test_on_one_day_the_messages_stand_in_their_order() -> None:
    first = replace(letter(1), dispatch=Dispatch(channel=Channel.HAND, on=DAY), arrived_on=DAY)
    reply = Reply(id=1, ref=REF, number=2, on=DAY, kind=ReplyKind.REFUSED)
    of = replace(
        NOTHING,
        letters=[letter(3, kind="reasons"), first],
        replies=[reply],
        arrival_proofs={f"{REF}/1": 2},
    )
    found = history(of)
    assert told(found) == [
        ("letter", "/1"),
        ("sent", "/1"),
        ("arrived", "/1"),
        ("reply", "/2"),
        ("letter", "/3"),
    ]
    assert found[2].said.values["proof"].values == {"count": 2}  # type: ignore[attr-defined]
    assert "no proof" in str(found[1].said.values["proof"])


def test_a_later_day_stands_later_whatever_its_number() -> None:
    early = Reply(id=1, ref=REF, number=4, on=date(2026, 9, 1), kind=ReplyKind.AUTO_REPLY)
    assert told(history(replace(NOTHING, letters=[letter(1)], replies=[early]))) == [
        ("reply", "/4"),
        ("letter", "/1"),
    ]


def test_a_complaint_is_told_as_one_and_an_attempt_by_the_day_of_the_vault() -> None:
    attempt = Sending(
        at=datetime(2026, 9, 22, 17, 0, tzinfo=UTC),
        to="a@b.example",
        server="",
        state=Delivery.FAILED,
    )
    paper = replace(letter(2, kind="consumer"), sendings=(attempt,))
    found = history(replace(NOTHING, letters=[paper]))
    assert [(one.what, one.on) for one in found] == [
        (Happening.COMPLAINT, DAY),
        (Happening.ATTEMPT, date(2026, 9, 23)),
    ]


def test_every_change_of_the_clock_a_cost_a_note_time_and_the_end_are_there() -> None:
    changes = [
        Adjustment(id=number, ref=REF, kind=kind, on=DAY, because="x", source=f"{REF}/3")
        for number, kind in enumerate(AdjustmentKind, start=1)
    ]
    cost = Cost(id=1, ref=REF, kind=CostKind.POSTAGE, amount=Decimal("22.50"), on=DAY)
    voided = replace(cost, id=2, voided_on=DAY)
    case = replace(
        CASE,
        closed_on=DAY,
        outcome=Outcome.PARTIAL,
        time_spent=(TimeSpent(on=DAY, minutes=90, note=""),),
    )
    found = history(
        replace(
            NOTHING,
            case=case,
            adjustments=changes,
            costs=[cost, voided],
            notes=[CaseNote(id=1, ref=REF, on=DAY, text="一\n二")],
        )
    )
    assert [one.what.value for one in found] == [
        *("promise", "extension", "pause", "restart", "period"),
        *("cost", "time", "note", "closed"),
    ]
    assert all(one.source == f"{REF}/3" for one in found[:5])
    assert found[7].said.values["words"] == "一 二"
