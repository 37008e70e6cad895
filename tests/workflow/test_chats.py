"""A chat becomes one message: its parts in order, each with its own clock, told as what it is."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PIL import Image

from pirights.domain.bundle import Group
from pirights.domain.case import Stage
from pirights.domain.channel_proof import ARRIVAL, CHAT_STEPS, SENDING, Word
from pirights.domain.dispatch import Channel
from pirights.domain.reply import PartClock, ReplyKind
from pirights.errors import BadInput
from pirights.workflow import cases, chats, dispatching, exhibits, replies
from pirights.workflow.desk import Desk
from pirights.workflow.intake import Taken
from tests.workflow.office import TODAY, arrived, begun, said, sent

AT = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
REFUSAL = "经核查，我司无法向您提供上述信息，您的请求不予支持。"


def shot(folder: Path, name: str, *, taken: str = "") -> Path:
    path = folder / name
    picture = Image.new("RGB", (12, 24), (len(name), 200, 100))
    if taken:
        notes = picture.getexif()
        notes.get_ifd(0x8769)[0x9003] = taken
        picture.save(path, exif=notes)
    else:
        picture.save(path)
    os.utime(path, (1_795_000_000, 1_795_000_000))
    return path


def talked(desk: Desk, ref: str | None, *files: Path, **more: bool) -> Taken:
    return chats.add(desk, ref, files, channel=Channel.WECHAT, at=AT, **more)


def served(desk: Desk) -> str:
    ref = begun(desk)
    sent(desk, ref)
    arrived(desk, ref)
    return ref


def test_screenshots_are_one_message_in_the_order_given(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    files = [shot(tmp_path, name) for name in ("c.png", "a.png", "b.png")]
    taken = talked(desk, ref, *files)
    assert taken.reply.label == f"{ref}/2"
    assert (taken.reply.on, taken.reply.at) == (date(2026, 11, 22), AT)
    assert taken.reply.channel is Channel.WECHAT
    assert [one.name for one in taken.attachments] == ["c.png", "a.png", "b.png"]
    assert [one.name for one in taken.reply.parts] == ["c.png", "a.png", "b.png"]
    assert len(replies.show(desk, ref)) == 1
    assert taken.reply.kind is ReplyKind.UNKNOWN


def test_by_name_two_comes_before_ten(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    files = [shot(tmp_path, name) for name in ("图10.png", "图2.png", "图1.png")]
    taken = talked(desk, ref, *files, by_name=True)
    assert [one.name for one in taken.reply.parts] == ["图1.png", "图2.png", "图10.png"]


@pytest.mark.parametrize(
    ("name", "camera", "taken", "by"),
    [
        ("a.jpg", "2026:11:20 18:05:33", "2026-11-20 18:05:33", PartClock.CAMERA),
        ("Screenshot_20261120_180533.png", "", "2026-11-20 18:05:33", PartClock.NAME),
        ("Screenshot_2026-11-20-18-05-33-7.png", "", "2026-11-20 18:05:33", PartClock.NAME),
        ("Screenshot 2026-11-20 at 18.05.33.png", "", "2026-11-20 18:05:33", PartClock.NAME),
        ("微信图片_20261120180533.png", "", "2026-11-20 18:05:33", PartClock.NAME),
        ("mmexport1795169133000.png", "", "2026-11-20 18:05:33", PartClock.NAME),
        ("99999999_999999.png", "", "2026-11-18 19:06:40", PartClock.FILE),
        ("20269999_180533.png", "", "2026-11-18 19:06:40", PartClock.FILE),
    ],
)
def test_each_part_has_its_clock_told_as_what_it_is(  # noqa: PLR0913, PLR0917 (the row of a table)
    desk: Desk, tmp_path: Path, name: str, camera: str, taken: str, by: PartClock
) -> None:
    ref = served(desk)
    if name.startswith("mmexport"):
        moment = datetime(2026, 11, 20, 10, 5, 33, tzinfo=UTC)
        name = f"mmexport{int(moment.timestamp() * 1000)}.png"
    part = talked(desk, ref, shot(tmp_path, name, taken=camera)).reply.parts[0]
    assert part.by is by
    if by is not PartClock.FILE:
        assert part.taken == taken
    else:
        assert part.taken.startswith("2026-11-1")


def test_the_parts_follow_each_other_in_the_bundle(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    names = ("Screenshot_20261120_180533.png", "z.png", "a.png")
    talked(desk, ref, *(shot(tmp_path, name) for name in names))
    pieces = exhibits.gathered(desk, cases.show(desk, ref))
    ours = [one.exhibit for one in pieces if one.exhibit.group is Group.REPLY]
    assert [one.original_name for one in ours] == list(names)
    assert [one.number for one in ours] == list(range(ours[0].number, ours[0].number + 3))
    assert "微信聊天记录（1/3，文件名所载时间2026-11-20 18:05:33）" in ours[0].title.zh
    assert "WeChat talk of 2026-11-22 (3 of 3, time of the file's last change" in ours[2].title.en
    assert "请求人从其设备" in ours[0].source.zh


def test_an_export_that_says_who_speaks_is_read_for_their_words_only(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    path = tmp_path / "聊天.csv"
    path.write_text(
        "\ufeffStrTime,NickName,IsSender,StrContent\n"
        "2026-11-22 18:04:00,林知远,1,请把收到的表格发给我\n"
        f'2026-11-22 18:05:00,客服,0,"{REFUSAL}"\n',
        encoding="utf-8",
    )
    taken = talked(desk, ref, path)
    assert taken.reply.kind is ReplyKind.REFUSED
    assert "客服" in taken.reply.text
    assert "林知远" in taken.reply.text
    assert "who says what" not in said(taken.notices)
    assert cases.show(desk, ref).standing.stage is Stage.ANSWERED
    mine = tmp_path / "我.csv"
    mine.write_text(f"时间,发送人,内容\n2026-11-22,林知远,{REFUSAL}\n", encoding="utf-8")
    assert talked(desk, ref, mine).reply.kind is ReplyKind.UNKNOWN


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("聊天.txt", f"客服 2026-11-22 18:05\n{REFUSAL}\n"),
        ("聊天.html", f"<html><script>var x=1</script><p>{REFUSAL}</p></html>"),
        ("聊天.csv", f"一列,二列\n客服,{REFUSAL}\n"),
        ("谁.csv", f"时间,发送人,内容\n2026-11-22,客服,{REFUSAL}\n"),
    ],
)
def test_where_nobody_is_named_the_words_are_kept_and_a_human_judges(
    desk: Desk, tmp_path: Path, name: str, text: str
) -> None:
    ref = served(desk)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    taken = talked(desk, ref, path, shot(tmp_path, "a.png"))
    assert REFUSAL in taken.reply.text
    assert "var x" not in taken.reply.text
    assert taken.reply.kind is ReplyKind.UNKNOWN
    assert "does not say who says what" in said(taken.notices)
    assert [one.name for one in taken.attachments] == [name, "a.png"]


def test_all_parts_are_taken_or_none(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    good, empty = shot(tmp_path, "a.png"), tmp_path / "b.png"
    empty.write_bytes(b"")
    for files in ((good, empty), (good, tmp_path / "fehlt.png"), ()):
        with pytest.raises(BadInput):
            talked(desk, ref, *files)
    later = datetime(2026, 12, 24, 10, 5, tzinfo=UTC)
    with pytest.raises(BadInput, match="future"):
        chats.add(desk, ref, [good], channel=Channel.WECHAT, at=later)
    assert cases.show(desk, ref).standing.replies == ()


def test_proofs_of_sending_keep_their_order(desk: Desk, tmp_path: Path) -> None:
    ref = begun(desk)
    files = [shot(tmp_path, name) for name in ("z.png", "m.png", "a.png")]
    done = dispatching.sent(desk, ref, channel=Channel.WECHAT, on=TODAY, proofs=files)
    assert [one.name for one in done.proofs] == ["z.png", "m.png", "a.png"]
    pieces = exhibits.gathered(desk, cases.show(desk, ref))
    ours = [one.exhibit.original_name for one in pieces if one.role == "sent-proof"]
    assert ours == ["z.png", "m.png", "a.png"]


@pytest.mark.parametrize("channel", list(Channel))
def test_each_way_says_what_proves_it_while_that_is_missing(desk: Desk, channel: Channel) -> None:
    ref = begun(desk)
    told = said(dispatching.sent(desk, ref, channel=channel, on=date(2026, 11, 21)).notices)
    for one in SENDING[channel]:
        assert str(one.what) in told
    assert ("waybill is not recorded" in told) == (channel is Channel.EMS)
    told = said(dispatching.received(desk, ref, on=date(2026, 11, 22)).notices)
    for one in ARRIVAL[channel]:
        assert str(one.what) in told


def test_what_no_rule_says_is_marked_as_practice() -> None:
    assert CHAT_STEPS[0].word is Word.RULE
    assert {one.word for one in CHAT_STEPS[1:]} == {Word.PRACTICE}
    assert all(SENDING[one] and ARRIVAL[one] for one in Channel)
