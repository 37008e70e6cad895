"""What of a case becomes an exhibit, in which group, and what is written out about it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pirights import __version__
from pirights.domain.bundle import Group, Source
from pirights.domain.dispatch import Channel
from pirights.domain.document import Letters
from pirights.domain.encounter import Answer, ScanMode
from pirights.domain.request import Right
from pirights.workflow import (
    bundled_exhibits,
    cases,
    directory,
    dispatching,
    encounters,
    exhibit_texts,
    exhibits,
    replies,
    timeline,
)
from pirights.workflow.desk import Desk
from pirights.workflow.piece import Piece
from tests.workflow.office import begun, case, days_later, park, scan, sent


def gathered(desk: Desk, ref: str) -> tuple[Piece, ...]:
    return exhibits.gathered(desk, cases.show(desk, ref))


def by_name(desk: Desk, ref: str) -> dict[str, Piece]:
    return {piece.exhibit.original_name: piece for piece in gathered(desk, ref)}


def paper(folder: Path, name: str, data: bytes = b"text") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("年卡收据.pdf", Group.RELATIONSHIP),
        ("Order 17.PDF", Group.RELATIONSHIP),
        ("隐私政策.html", Group.RULES),
        ("privacy.txt", Group.RULES),
        ("被拒绝.mp4", Group.REFUSAL),
        ("fare.png", Group.LOSS),
        ("IMG_0719.jpg", Group.DEMAND),
        ("短信.png", Group.DEMAND),
    ],
)
def test_a_file_of_a_scan_is_grouped_by_what_its_name_says(
    desk: Desk, tmp_path: Path, name: str, group: Group
) -> None:
    scan(desk, park(desk), files=(paper(tmp_path, name),))
    piece = by_name(desk, case(desk).case.ref)[name]
    assert piece.exhibit.group is group
    assert piece.exhibit.purpose == group.purpose
    assert name in piece.exhibit.title.zh
    assert name in piece.exhibit.title.en


def test_exhibits_stand_in_the_catalogues_order_and_are_numbered_from_one(
    desk: Desk, tmp_path: Path
) -> None:
    scan(desk, park(desk), files=(paper(tmp_path, "fare.png"), paper(tmp_path, "年卡.pdf")))
    ref = case(desk).case.ref
    dispatching.sent(desk, ref, channel=Channel.EMS, on=None, proofs=[paper(tmp_path, "sent.png")])
    dispatching.received(desk, ref, on=None, proofs=[paper(tmp_path, "arrived.png")])
    replies.add(desk, ref, [paper(tmp_path, "答复.txt", "已收到".encode())], on=None)
    pieces = gathered(desk, ref)
    assert [piece.exhibit.number for piece in pieces] == list(range(1, 9))
    assert [(piece.exhibit.original_name, piece.exhibit.group) for piece in pieces] == [
        ("年卡.pdf", Group.RELATIONSHIP),
        ("E1.txt", Group.SCANS),
        (f"{ref}-1.pdf", Group.REQUEST),
        ("sent.png", Group.REQUEST),
        ("arrived.png", Group.REQUEST),
        ("答复.txt", Group.REPLY),
        ("fare.png", Group.LOSS),
        ("law.txt", Group.LAW),
    ]
    assert [piece.exhibit.path for piece in pieces] == [
        f"exhibits/E{number:03d}/original{suffix}"
        for number, suffix in enumerate(
            [".pdf", ".txt", ".pdf", ".png", ".png", ".txt", ".png", ".txt"], start=1
        )
    ]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.JPG", ".jpg"),
        ("a", ""),
        ("a.tar.gz", ".gz"),
        ("a.照片", ""),
        ("a.much-too-long", ""),
    ],
)
def test_a_strange_ending_does_not_reach_the_bundles_names(
    desk: Desk, tmp_path: Path, name: str, suffix: str
) -> None:
    scan(desk, park(desk), files=(paper(tmp_path, name),))
    piece = by_name(desk, case(desk).case.ref)[name]
    assert piece.exhibit.path.endswith(f"/original{suffix}")


@pytest.mark.parametrize(
    ("channel", "source"), [(Channel.EMS, Source.CARRIER), (Channel.EMAIL, Source.APPLICANT)]
)
def test_a_proof_of_sending_comes_from_the_carrier_only_where_there_is_one(
    desk: Desk, tmp_path: Path, channel: Channel, source: Source
) -> None:
    ref = begun(desk)
    dispatching.sent(desk, ref, channel=channel, on=None, proofs=[paper(tmp_path, "p.png")])
    piece = by_name(desk, ref)["p.png"]
    assert piece.exhibit.source == source.words
    assert piece.exhibit.title.zh == "寄送凭证：p.png"


def test_the_letter_is_an_exhibit_with_the_bytes_it_is_printed_as(
    desk: Desk, tmp_path: Path
) -> None:
    from pirights.domain.document import Form
    from pirights.workflow import rendering

    ref = begun(desk)
    assert not [piece for piece in gathered(desk, ref) if piece.role == "letter"]  # a draft
    sent(desk, ref)
    (letter,) = [piece for piece in gathered(desk, ref) if piece.role == "letter"]
    rendering.render(desk, ref, form=Form.PDF, out=tmp_path / "letter.pdf")
    assert b"".join(letter.content()) == (tmp_path / "letter.pdf").read_bytes()


def test_the_record_of_a_scan_tells_every_field_and_when_it_was_written_down(
    desk: Desk,
) -> None:
    scan(
        desk,
        park(desk),
        mode=ScanMode.COVERT,
        consent=Answer.NO,
        separate_consent=Answer.YES,
        alternative=Answer.UNKNOWN,
        refused=True,
        purpose="入园核验",
        exemption="公共安全",
        minor=True,
        about=True,
        public_place=Answer.YES,
        note="第一行\n第二行 <b>",
    )
    encounters.edit(days_later(desk, 1), 1, {"note": "改过的备注 <b>"})
    ref = case(days_later(desk, 1)).case.ref
    (record,) = [piece for piece in gathered(days_later(desk, 1), ref) if piece.role == "record"]
    text = b"".join(record.content()).decode()
    for line in (
        "E1 / Record of a scan E1\n",
        "2026-11-20 18:05 (Asia/Shanghai)",
        "样例乐园东门3号闸机",
        "Consent: 否 / no",
        "Separate consent: 是 / yes",
        "Another way offered: 不清楚 / not known",
        "Refused without a scan: 是 / yes",
        "Purpose given: 入园核验",
        "Ground for no consent: 公共安全",
        "Under 18: 是 / yes",
        "Public place: 是 / yes",
        "Time only approximate: 是 / yes",
        "Note: 改过的备注 <b>",
    ):
        assert line in text
    rows = [row for row in desk.vault.journal_rows() if row.record == "encounter/1"]
    assert [row.kind for row in rows] == ["encounter.added", "encounter.edited"]
    for row in rows:
        assert f"#{row.seq}  {row.at}  {row.kind}\n    {row.hash}" in text
    assert record.exhibit.imported_at == days_later(desk, 1).now


def test_only_the_last_record_of_a_scan_counts_and_other_scans_stay_out(desk: Desk) -> None:
    handler = park(desk)
    told = scan(desk, handler, note="本案")
    scan(desk, handler, note="别案")
    ref = case(desk, Right.COPY, encounters=(told.id,)).case.ref
    assert [piece.owner for piece in gathered(desk, ref)] == ["E1"]
    sent(desk, ref)
    assert [piece.owner for piece in gathered(desk, ref)] == ["E1", f"{ref}/1", "law"]
    subjects = {row.subject for row in exhibits.custody(desk, cases.show(desk, ref))}
    assert subjects == {"H1", "E1", ref, f"{ref}/1"}


def test_the_identity_number_is_nowhere_in_the_custody(desk: Desk) -> None:
    """A row of the person would hold it in clear."""
    ref = begun(desk)
    number = "330102199001010017"
    directory.edit_person(desk, 1, {"id_number": number})
    assert any(number in (row.payload or "") for row in desk.vault.journal_rows())
    rows = exhibits.custody(desk, cases.show(desk, ref))
    assert rows
    assert not any(number in (row.payload or "") for row in rows)


def test_the_custody_follows_a_reply_from_the_inbox_to_its_case(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    replies.add(desk, None, [paper(tmp_path, "a.txt")], on=None)
    replies.assign(desk, 1, ref)
    told = exhibits.custody(desk, cases.show(desk, ref))
    assert [row.kind for row in told][-3:] == ["reply.added", "attachment.added", "reply.assigned"]


def test_a_mail_is_set_as_pages_with_its_headers_as_received(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    data = "From: a@b.example\nSubject: 回复\nX-Trace: 1\n\n您好。\n".encode()
    replies.add(desk, ref, [paper(tmp_path, "a.eml", data)], on=None)
    piece = by_name(desk, ref)["a.eml"]
    assert piece.text is not None
    assert "发件人 / From: a@b.example" in piece.text
    assert "X-Trace: 1" in piece.text
    assert "您好。" in piece.text
    assert "没有 Authentication-Results" in piece.text


def test_what_mail_systems_say_they_checked_stands_on_the_page(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    head = b"Authentication-Results: mx.qq.example; spf=pass\r\nFrom: a@b.example\r\n"
    large = head + b"\r\n" + b"large\r\n" * (exhibit_texts.LIMIT // 6)
    deep = head + b"X: y\r\n" * 20_001
    for name, data in (("a.eml", head + b"\r\nHi.\r\n"), ("b.eml", large), ("c.eml", deep)):
        replies.add(desk, ref, [paper(tmp_path, name, data)], on=None)
    found = by_name(desk, ref)
    for name in ("a.eml", "b.eml", "c.eml"):
        text = found[name].text
        assert text is not None
        assert "由自称 mx.qq.example 的邮件系统判定：\n“spf=pass”" in text, name


@pytest.mark.parametrize("letters", list(Letters))
def test_what_is_said_of_a_mail_is_in_the_languages_of_the_bundle(
    desk: Desk, tmp_path: Path, letters: Letters
) -> None:
    ref = begun(desk, letters=letters)
    replies.add(desk, ref, [paper(tmp_path, "a.eml", b"From: a@b.example\n\nHi.\n")], on=None)
    text = by_name(desk, ref)["a.eml"].text
    assert text is not None
    assert "邮件系统的验证记载" in text
    assert ("What mail systems say" in text) is (letters is not Letters.ZH)


def test_a_sheet_says_what_the_file_was_and_what_was_made_of_it(desk: Desk) -> None:
    ref = begun(desk)
    exhibit = replace(gathered(desk, ref)[0].exhibit, page_from=1, page_to=1)
    told = json.loads(
        bundled_exhibits.sheet("E001", [bundled_exhibits.facts(exhibit, None, None, typeset=True)])
    )
    assert told == {
        "exhibit": "E001",
        "original_name": "E1.txt",
        "size": exhibit.size,
        "sha256": exhibit.sha256,
        "media_type": "text/plain",
        "imported_at": "2026-11-23T04:00:00Z",
        "photo": None,
        "withheld": None,
        "derived": [
            {
                "file": "02-exhibits.pdf",
                "pages": "1",
                "tool": "pirights",
                "version": __version__,
                "source_sha256": exhibit.sha256,
                "done": ["typeset"],
            }
        ],
    }


def test_the_timeline_keeps_what_is_claimed_apart_from_what_is_confirmed(
    desk: Desk, tmp_path: Path
) -> None:
    scan(desk, park(desk), at=datetime(2026, 11, 20, 16, 30, tzinfo=UTC))
    ref = case(desk).case.ref
    sent(desk, ref)
    dispatching.received(desk, ref, on=date(2026, 11, 22), proofs=[paper(tmp_path, "arrived.png")])
    replies.add(desk, ref, [paper(tmp_path, "a.txt")], on=date(2026, 11, 23))
    shown = cases.show(desk, ref)
    pieces = exhibits.gathered(desk, shown)
    events = timeline.events(shown, pieces)
    number = {piece.exhibit.original_name: piece.exhibit.number for piece in pieces}
    assert [(event.when, event.claimed.en) for event in events] == [
        ("2026-11-21", "Request sent"),
        ("2026-11-21 00:30 +08:00", "Facial information collected at 样例乐园东门3号闸机"),
        ("2026-11-22", "Request arrived"),
        ("2026-11-23", "Reply received"),
    ]
    assert [event.confirmed is not None for event in events] == [False, False, True, True]
    assert events[2].exhibits == (number["arrived.png"],)
    assert events[3].exhibits == (number["a.txt"],)


def test_the_media_type_and_sum_of_an_exhibit_are_those_of_its_file(
    desk: Desk, tmp_path: Path
) -> None:
    path = paper(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n0000")
    scan(desk, park(desk), files=(path,))
    piece = by_name(desk, case(desk).case.ref)["a.png"]
    (file,) = desk.vault.attachments("E1")
    assert replace(piece.exhibit, number=0).sha256 == file.sha256
    assert piece.exhibit.media_type == "image/png"
    assert b"".join(piece.content()) == path.read_bytes()
    assert piece.text is None


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@b\n" + b"X: y\n" * 20_001 + "\n您好".encode(),
        b"Content-Type: multipart/mixed; boundary*=x; boundary*0*=y\n\n\xe6\x82\xa8\xe5\xa5\xbd",
    ],
)
def test_a_mail_that_cannot_be_read_is_shown_as_it_was_received(
    desk: Desk, tmp_path: Path, data: bytes
) -> None:
    ref = begun(desk)
    replies.add(desk, ref, [paper(tmp_path, "坏.eml", data)], on=None)
    piece = by_name(desk, ref)["坏.eml"]
    assert piece.text is not None
    assert "您好" in piece.text
