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
from pirights.domain.talk import Order
from pirights.errors import BadInput, NotNextStep
from pirights.workflow import (
    cases,
    chats,
    dispatching,
    exhibits,
    put_right,
    put_right_replies,
    replies,
)
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


def talked(
    desk: Desk,
    ref: str | None,
    *files: Path,
    order: Order = Order.GIVEN,
    me: tuple[str, ...] = (),
) -> Taken:
    series = chats.read(desk, ref, files, order=order, me=me)
    return chats.keep(desk, series, channel=Channel.WECHAT, at=AT)


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
    taken = talked(desk, ref, *files, order=Order.NAME)
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
        ("99999999_999999.png", "", "2026-11-22 18:05:00", PartClock.SAID),
        ("20269999_180533.png", "", "2026-11-22 18:05:00", PartClock.SAID),
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
    assert (part.by, part.taken) == (by, taken)


def test_the_parts_are_one_exhibit_and_follow_each_other_in_it(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    names = ("Screenshot_20261120_180533.png", "z.png", "a.png")
    talked(desk, ref, *(shot(tmp_path, name) for name in names))
    pieces = exhibits.gathered(desk, cases.show(desk, ref))
    ours = [one.exhibit for one in pieces if one.exhibit.group is Group.REPLY]
    assert len(ours) == 1
    assert ours[0].title.zh == (
        "2026-11-22微信聊天记录（首份：文件名所载时间2026-11-20 18:05:33；"
        "末份：请求人陈述的时间2026-11-22 18:05:00）（共3份文件）"
    )
    assert ours[0].title.en.endswith("(3 files)")
    files = ours[0].files
    assert [one.original_name for one in files] == list(names)
    assert [one.path for one in files] == [
        f"exhibits/{ours[0].folder}/original-0{place}.png" for place in (1, 2, 3)
    ]
    assert (
        "WeChat talk of 2026-11-22 (3 of 3, time as the person states it 2026-11-22 18:05:00)"
        in files[2].title.en
    )
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
    assert talked(desk, ref, mine, me=("林知远",)).reply.kind is ReplyKind.UNKNOWN


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("聊天.txt", f"客服说：\n{REFUSAL}\n"),
        ("聊天.html", f"<html><script>var x=1</script><p>{REFUSAL}</p></html>"),
        ("聊天.csv", f"一列,二列\n客服,{REFUSAL}\n"),
        ("谁.csv", f"时间,内容\n2026-11-22,{REFUSAL}\n"),
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
        chats.keep(desk, chats.read(desk, ref, [good]), channel=Channel.WECHAT, at=later)
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


TALK = (
    "2026-11-19 09:00:00 客服\n我司不予提供。\n\n2026-11-21 18:04:00 阿远\n不予提供的理由是什么？\n"
    "2026-11-22 18:05:00 客服\n您的申请已收到，我们会尽快处理。\n"
)


def export(folder: Path, text: str = TALK, name: str = "聊天.txt", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_whoever_says_who_they_are_has_the_others_words_read_from_the_request_on(
    desk: Desk, tmp_path: Path, encoding: str
) -> None:
    ref = served(desk)
    path = export(tmp_path, encoding=encoding)
    octets = path.read_bytes()
    taken = talked(desk, ref, path, me=("阿远",))
    assert taken.reply.kind is ReplyKind.ACKNOWLEDGEMENT
    [part] = taken.reply.parts
    assert (part.taken, part.until) == ("2026-11-19 09:00:00", "2026-11-22 18:05:00")
    assert part.by is PartClock.TALK
    assert {(who.name, who.count, who.mine) for who in part.speakers} == {
        ("客服", 2, False),
        ("阿远", 1, True),
    }
    assert "2026-11-21 18:04:00 阿远\n不予提供的理由是什么？" in taken.reply.text
    [kept] = taken.attachments
    assert b"".join(desk.vault.chunks(kept)) == octets


def test_nobody_is_taken_for_the_person_unsaid_not_even_by_their_name(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    path = export(tmp_path, TALK.replace("阿远", "林知远"))
    series = chats.read(desk, ref, [path])
    assert (series.own, set(series.untold), series.theirs) == ("林知远", {"客服", "林知远"}, ())
    taken = talked(desk, ref, path)
    assert taken.reply.kind is ReplyKind.UNKNOWN
    assert "--me NAME" in said(taken.notices)
    assert {who.mine for who in taken.reply.parts[0].speakers} == {None}


def test_a_name_by_which_nobody_speaks_is_refused_with_those_who_do(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    with pytest.raises(BadInput, match="Nobody speaks as 阿元") as refused:
        talked(desk, ref, export(tmp_path), me=("阿元",))
    assert "阿远" in str(refused.value.hint)


def test_a_name_with_hidden_signs_is_another_name(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    text = TALK.replace("客服", "阿远\u202e")
    taken = talked(desk, ref, export(tmp_path, text), me=("阿远",))
    assert {who.name: who.mine for who in taken.reply.parts[0].speakers} == {
        "阿远": True,
        "阿远\u202e": False,
    }


def test_of_a_long_talk_the_end_is_read_and_of_an_endless_one_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    long = "2026-11-21 18:04:00 阿远\n早\n" * 40_000 + TALK
    taken = talked(desk, ref, export(tmp_path, long), me=("阿远",))
    assert taken.reply.kind is ReplyKind.ACKNOWLEDGEMENT
    assert "of its 40003 messages" in said(taken.notices)
    endless = export(tmp_path, "好" * 6 * 2**20, "endless.txt")
    taken = talked(desk, ref, endless)
    assert "longer than 16 MiB" in said(taken.notices)
    assert taken.attachments[0].size == endless.stat().st_size


def test_parts_by_their_own_times_and_a_word_when_the_order_seems_wrong(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    late = shot(tmp_path, "Screenshot_20261122_180533.png")
    early = shot(tmp_path, "b.jpg", taken="2026:11:20 18:05:33")
    taken = talked(desk, ref, late, early)
    assert [one.name for one in taken.reply.parts] == [late.name, early.name]
    assert "b.jpg (2026-11-20 18:05:33) is older" in said(taken.notices)
    label = taken.reply.label
    with pytest.raises(NotNextStep, match=f"already as {label}, in another order") as refused:
        talked(desk, ref, late, early, order=Order.TIME)
    assert f"reply void {label}" in str(refused.value.hint)
    put_right.done(desk, put_right_replies.void(desk, label, because="排序有误"))
    taken = talked(desk, ref, late, early, order=Order.TIME)
    assert [one.name for one in taken.reply.parts] == [early.name, late.name]
    assert "is older" not in said(taken.notices)
    with pytest.raises(BadInput, match="does not tell when it was taken"):
        talked(desk, ref, late, shot(tmp_path, "a.png"), order=Order.TIME)


def test_the_same_talk_is_read_anew_and_stays_one_message(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    path = export(tmp_path)
    first = talked(desk, ref, path)
    assert first.reply.kind is ReplyKind.UNKNOWN
    anew = talked(desk, ref, path, me=("阿远",))
    assert (anew.reply.label, anew.reply.kind) == (first.reply.label, ReplyKind.ACKNOWLEDGEMENT)
    assert anew.already
    assert not anew.reply.is_confirmed
    assert "To undo that: the same command without --me." in said(anew.notices)
    assert replies.show(desk, ref) == [(anew.reply, anew.attachments)]
    same = talked(desk, ref, path, me=("阿远",))
    assert f"kept already as {first.reply.label}; nothing was added" in said(same.notices)
    undone = talked(desk, ref, path)
    assert undone.reply == first.reply
    assert "the same command with --me '阿远'" in said(undone.notices)


def test_what_a_person_said_of_a_talk_outlives_its_reading_anew(desk: Desk, tmp_path: Path) -> None:
    ref = served(desk)
    path = export(tmp_path)
    label = talked(desk, ref, path).reply.label
    right = put_right_replies.Right(kind=ReplyKind.PARTIAL)
    put_right.done(desk, put_right_replies.correct(desk, label, right, because="读过原文"))
    anew = talked(desk, ref, path, me=("阿远",)).reply
    assert (anew.kind, anew.is_confirmed) == (ReplyKind.PARTIAL, True)


def test_a_plain_file_becomes_the_talk_that_it_is_and_stays_one_message(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    path = export(tmp_path)
    [plain] = replies.add(desk, ref, [path], on=None)
    taken = talked(desk, ref, path, me=("阿远",))
    assert taken.reply.label == plain.reply.label
    assert (taken.reply.kind, taken.reply.channel) == (
        ReplyKind.ACKNOWLEDGEMENT,
        Channel.WECHAT,
    )
    assert f"reply void {plain.reply.label}" in said(taken.notices)
    assert len(replies.show(desk, ref)) == 1


def test_the_same_talk_in_another_case_or_on_another_day_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    path = shot(tmp_path, "a.png")
    first = talked(desk, ref, path).reply.label
    series = chats.read(desk, ref, [path])
    on = AT.replace(day=21)
    later = chats.keep(desk, series, channel=Channel.WECHAT, at=on)
    assert later.reply.label != first
    assert f"The same is kept as {first} too." in said(later.notices)
    waiting = talked(desk, None, path)
    assert f"{first}, {later.reply.label}" in said(waiting.notices)


def test_a_talk_taken_in_as_a_plain_file_is_not_judged_by_ones_own_words(
    desk: Desk, tmp_path: Path
) -> None:
    ref = served(desk)
    [taken] = replies.add(desk, ref, [export(tmp_path)], on=None)
    assert taken.reply.kind is ReplyKind.UNKNOWN
    assert "--as-one" in said(taken.notices)
