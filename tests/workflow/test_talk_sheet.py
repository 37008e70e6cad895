"""Exported talks as sheets, whatever their columns are called."""

from zoneinfo import ZoneInfo

import pytest

from pirights.domain.talk import Said
from pirights.workflow import talk_sheet

ZONE = ZoneInfo("Asia/Shanghai")
ASKED = Said(time="2026-11-20 18:05:33", sender="张三", words="请提供\n副本")
REFUSED = Said(time="2026-11-20 18:06:01", sender="客服", words='不行，"规定"如此')


@pytest.mark.parametrize(
    "heads", ["时间,发送人,内容", "time,sender,content", "发送时间,昵称,消息内容"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_without_a_mark_nobody_is_said_to_be_the_person(
    heads: str, delimiter: str, end: str
) -> None:
    text = (
        f"{heads}\n2026-11-20 18:05:33,张三,@\n2026/11/20 18:06:01,客服,#".replace(",", delimiter)
        .replace("\n", end)
        .replace("@", '"请提供\n副本"')
        .replace("#", '"不行，""规定""如此"')
    )
    assert talk_sheet.read("\ufeff" + text, ZONE) == ([ASKED, REFUSED], 0)


def test_the_written_time_goes_before_the_counted_one_and_marks_are_read() -> None:
    text = (
        "localId,TalkerId,Type,IsSender,CreateTime,StrContent,StrTime,Remark,NickName,Sender\n"
        "1,2,1,1,1795169133,甲,2026-11-20 18:05:33,备注,张三,wxid_a\n"
        "2,2,1,0,1795169134,乙,2026-11-20 18:06:01,备注,客服,wxid_b\n"
        "3,2,1,?,1795169134,丙,2026-11-20 18:07:01,备注,客服,wxid_b\n"
    )
    found, _ = talk_sheet.read(text, ZONE)
    assert [(one.time[-8:], one.sender, one.mine) for one in found] == [
        ("18:05:33", "张三", True),
        ("18:06:01", "客服", False),
        ("18:07:01", "客服", None),
    ]


@pytest.mark.parametrize("counted", ["1795169133", "1795169133000"])
def test_a_time_counted_since_1970_is_told_on_the_clock_of_the_zone(counted: str) -> None:
    [one] = talk_sheet.read(f"时间戳,发送者,内容\n{counted},甲,乙\n", ZONE)[0]
    assert one.time == "2026-11-20 18:05:33"


def test_rows_that_cannot_be_read_are_counted_and_the_others_are_read() -> None:
    text = '时间,发送人,内容\n2026-11-20 18:05:33,张三,"a"b\n2026-11-20 18:06:01,客服,好\n'
    found, broken = talk_sheet.read(text, ZONE)
    assert ([one.words for one in found], broken) == (["好"], 1)


@pytest.mark.parametrize("text", ["", "\n", "一列,二列\n甲,乙\n", '"'])
def test_a_sheet_without_words_is_no_talk(text: str) -> None:
    assert talk_sheet.read(text, ZONE)[0] == []
