"""What a bundle says of the log: nothing of another case, nor of what was taken out of this one."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pirights.domain.attachment import Purpose
from pirights.domain.cost import CostKind
from pirights.domain.escalation import FollowUp
from pirights.domain.reply import ReplyKind
from pirights.render.raster import text_of_pdf
from pirights.workflow import (
    bundles,
    cases,
    costing,
    custody_disclosure,
    dispatching,
    encounters,
    escalating,
    exhibits,
    put_right,
    put_right_captures,
    put_right_encounters,
    put_right_letters,
    put_right_replies,
    replies,
)
from pirights.workflow.desk import Desk
from pirights.workflow.put_right_replies import Right as Anew
from tests.workflow import office
from tests.workflow.test_bundles import files

WORDS = "兹告知：甲案材料第四七一页不予提供"
SUBJECT = "甲案第九号来函"
SENDER = "clerk-of-first@first.example"
REASON = "误放：那是我告健身房的事"
MAIL = f"From: {SENDER}\nTo: lin@mail.example\nSubject: {SUBJECT}\n\n{WORDS}。\n"


def two_cases(desk: Desk) -> tuple[str, str]:
    first = office.begun(desk)
    other = office.park(desk, "宁波乙商店有限公司")
    office.scan(desk, other, place="乙商店收银台", note="乙店所见")
    second = office.case(desk, handler=other.id).case.ref
    for ref in (first, second):
        office.sent(desk, ref)
    return first, second


def mail(desk: Desk, ref: str, folder: Path, text: str = MAIL) -> str:
    path = folder / "来函乙.eml"
    path.write_text(text, encoding="utf-8")
    return replies.add(desk, ref, [path], on=None)[0].reply.label


def octets(desk: Desk, ref: str, out: Path) -> bytes:
    """Everything in a bundle that verifies, its names, and the words of its PDFs."""
    path = bundles.build(desk, ref, out=out).path
    verdict = bundles.check(path, strict=True)
    assert (verdict.findings, verdict.valid) == ((), True)
    held = files(path)
    words = [text_of_pdf(data) for name, data in held.items() if name.endswith(".pdf")]
    texts = [*held, *("".join(one.split()) for one in words)]
    return b"\0".join([*held.values(), *(one.encode() for one in texts)])


def told(desk: Desk, ref: str) -> list[tuple[str, Any]]:
    """The kinds of a case's rows with what a bundle shows of them."""
    shown = cases.show(desk, ref)
    rows = custody_disclosure.disclosed(desk, shown, exhibits.custody(desk, shown))
    return [(row.kind, row.payload and json.loads(row.payload)) for row in rows]


def salts(desk: Desk, ref: str) -> set[str]:
    return {row.salt for row in exhibits.custody(desk, cases.show(desk, ref))}


def absent(data: bytes, *words: str) -> None:
    for word in words:
        for text in (word, json.dumps(word)[1:-1], "".join(word.split())):
            assert text.encode() not in data, word


def test_a_reply_moved_to_another_case_takes_nothing_of_the_first_along(
    desk: Desk, tmp_path: Path
) -> None:
    first, second = two_cases(desk)
    label = mail(desk, first, tmp_path)
    act = put_right_replies.correct(desk, label, Anew(to=second), because=REASON)
    put_right.done(desk, act)
    there = octets(desk, second, tmp_path / "second")
    assert WORDS.encode() in there, "it is an exhibit of this case now"
    absent(there, first, REASON, "样例野趣乐园", *salts(desk, first) - salts(desk, second))
    here = octets(desk, first, tmp_path / "first")
    absent(here, second, REASON, WORDS, SUBJECT, SENDER, "乙商店", "来函乙")
    absent(here, *salts(desk, second) - salts(desk, first))


def test_a_voided_reply_leaves_its_rows_and_none_of_its_words(desk: Desk, tmp_path: Path) -> None:
    first, _ = two_cases(desk)
    label = mail(desk, first, tmp_path)
    put_right.done(desk, put_right_replies.void(desk, label, because=REASON))
    absent(octets(desk, first, tmp_path / "b"), WORDS, SUBJECT, SENDER, REASON, "来函乙")
    rows = told(desk, first)
    assert [kind for kind, said in rows if said is None] == [
        "reply.added",
        "attachment.added",
        "reply.voided",
    ]
    row = next(row for row in desk.vault.journal_rows() if row.kind == "reply.voided")
    assert row.payload is not None, "the vault keeps it"
    assert REASON in row.payload


def test_a_reply_whose_words_name_another_case_is_told_by_its_digest(
    desk: Desk, tmp_path: Path
) -> None:
    first, second = two_cases(desk)
    mail(desk, second, tmp_path, f"{MAIL}并见 {first[:8]}\n{first[8:]}。\n")
    rows = dict(told(desk, second))
    assert rows["reply.added"] is None
    assert rows["attachment.added"]["name"] == "来函乙.eml", "its file is an exhibit"


def test_corrections_within_the_case_stay_told(desk: Desk, tmp_path: Path) -> None:
    first, _ = two_cases(desk)
    label = mail(desk, first, tmp_path)
    anew = Anew(kind=ReplyKind.REFUSED, on=date(2026, 11, 22))
    put_right.done(desk, put_right_replies.correct(desk, label, anew, because="看错了"))
    assert all(said is not None for _, said in told(desk, first))
    assert dict(told(desk, first))["reply.corrected"]["amendments"][0]["because"] == "看错了"


def test_remarks_for_own_use_are_told_by_their_digest(desk: Desk, tmp_path: Path) -> None:
    ref = office.begun(desk)
    office.sent(desk, ref)
    cases.note(desk, ref, "内部备注：委托人不愿意出庭")
    absent(octets(desk, ref, tmp_path / "b"), "内部备注", "委托人不愿意出庭")
    assert [kind for kind, said in told(desk, ref) if said is None] == ["note.added"]
    assert cases.show(desk, ref).notes[0].text.endswith("出庭"), "the vault keeps it"


def test_voided_scans_and_costs_are_not_told(desk: Desk, tmp_path: Path) -> None:
    handler = office.park(desk)
    picture = tmp_path / "私人照片.txt"
    picture.write_text("不相干", encoding="utf-8")
    office.scan(desk, handler)
    office.scan(desk, handler, files=(picture,), note="别处北门")
    ref = office.case(desk).case.ref
    office.sent(desk, ref)
    put_right.done(desk, put_right_encounters.void(desk, 2, because=REASON))
    paid = costing.add(desk, ref, kind=CostKind.TRAVEL, amount=Decimal("12.34"), note="去别的地方")
    costing.void(desk, ref, paid.cost.label, because=REASON)
    encounters.edit(desk, 1, {"note": "改过"}, because="看错")
    absent(octets(desk, ref, tmp_path / "b"), REASON, "别处北门", "私人照片", "去别的地方", "12.34")
    assert {kind for kind, said in told(desk, ref) if said is None} == {
        "encounter.added",
        "attachment.added",
        "encounter.voided",
        "cost.added",
        "cost.voided",
    }
    assert dict(told(desk, ref))["encounter.edited"]["note"] == "改过"


def test_the_proof_of_an_arrival_that_was_taken_back_is_not_told(
    desk: Desk, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    office.sent(desk, ref)
    slip = tmp_path / "别人的签收单.txt"
    slip.write_text("别家的签收", encoding="utf-8")
    dispatching.received(desk, ref, on=date(2026, 11, 22), proofs=(slip,))
    assert dict(told(desk, ref))["attachment.added"]["name"] == "别人的签收单.txt"
    put_right.done(desk, put_right_letters.void_received(desk, ref, because="看错了"))
    absent(octets(desk, ref, tmp_path / "b"), "别人的签收单", "别家的签收")
    assert {kind for kind, said in told(desk, ref) if said is None} == {"attachment.added"}


def test_a_letter_and_a_captured_page_that_were_taken_back_are_not_told(
    desk: Desk, tmp_path: Path
) -> None:
    ref = office.begun(desk)
    office.sent(desk, ref)
    kept = escalating.keep(desk, escalating.preview(desk, ref, FollowUp.PRESERVE))
    act = put_right_letters.void_sent(desk, kept.letter.label, because=REASON)
    put_right.done(desk, act)
    page = tmp_path / "别家网页.txt"
    page.write_text("别家的规则", encoding="utf-8")
    with desk.vault.change(now=desk.now) as change:
        file = change.attach(page, owner="H1", purpose=Purpose.CAPTURE)
    assert dict(told(desk, ref))["attachment.added"]["name"] == "别家网页.txt"
    put_right.done(desk, put_right_captures.void(desk, file.id, because=REASON))
    absent(octets(desk, ref, tmp_path / "b"), REASON, "别家")
    assert {kind for kind, said in told(desk, ref) if said is None} == {
        "letter.added",
        "letter.voided",
        "attachment.added",
        "attachment.voided",
    }
