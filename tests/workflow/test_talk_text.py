"""Exported talks as people get them, split by speaker and time, whoever wrote them."""

import time

import pytest

from pirights.workflow import talk_text

ASKED = "请提供副本\n第二行\n"
FORMS = {
    "time, then name": (
        f"2026-11-20 18:05:33 张三\n{ASKED}\n2026-11-20 18:06:01 客服\n不行",
        f"2026-11-20 18:05:33 张三:\n{ASKED}2026-11-20 18:06:01 客服：\n不行",
    ),
    "name, then time": (
        f"张三 2026/11/20 18:05:33\n{ASKED}\n客服 2026/11/20 18:06:01\n不行",
        f"张三 2026年11月20日 下午6:05:33\n{ASKED}客服 2026年11月20日 下午6:06:01\n不行",
        "张三(2026-11-20 18:05:33):请提供副本\n第二行\n客服(2026-11-20 18:06:01):不行",
    ),
    "in one line": (
        f"[2026-11-20 18:05:33] 张三: {ASKED}[2026-11-20 18:06:01] 客服：不行",
        f"2026/11/20, 18:05:33 - 张三: {ASKED}2026/11/20, 18:06:01 - 客服: 不行",
        f"2026-11-20 18:05:33 张三：{ASKED}2026-11-20 18:06:01 客服：不行",
    ),
}
EACH = [form for forms in FORMS.values() for form in forms]


@pytest.mark.parametrize("form", EACH)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_each_form_is_split_by_speaker_and_time(form: str, end: str, last: str) -> None:
    found = talk_text.read("\ufeff" + form.replace("\n", end) + last)
    assert [(one.time, one.sender, one.words) for one in found] == [
        ("2026-11-20 18:05:33", "张三", "请提供副本\n第二行"),
        ("2026-11-20 18:06:01", "客服", "不行"),
    ]


def test_a_talk_sent_by_mail_has_its_day_on_a_line_of_its_own() -> None:
    text = (
        "与客服的聊天记录如下：\n\n————— 2026-11-20 —————\n\n张三  18:05\n\n你好\n\n"
        "————— 2026-11-21 —————\n\n客服  09:00\n\n不行\n"
    )
    assert [(one.time, one.sender, one.words) for one in talk_text.read(text)] == [
        ("", "", "与客服的聊天记录如下："),
        ("2026-11-20 18:05:00", "张三", "你好"),
        ("2026-11-21 09:00:00", "客服", "不行"),
    ]


def test_words_that_look_like_another_form_stay_words() -> None:
    text = (
        "2026-11-20 18:05:33 客服\n[2026-11-20 18:06] 张三: 我同意\n"
        "2026-11-20 18:07:00 客服\n张三 2026/11/20 18:08\n我放弃"
    )
    found = talk_text.read(text)
    assert {one.sender for one in found} == {"客服"}
    assert [one.words for one in found] == [
        "[2026-11-20 18:06] 张三: 我同意",
        "张三 2026/11/20 18:08\n我放弃",
    ]


@pytest.mark.parametrize("hidden", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"])
def test_a_hidden_separator_puts_nothing_into_somebodys_mouth(hidden: str) -> None:
    text = f"2026-11-20 18:05:33 客服\n好的{hidden}2026-11-20 18:06:00 张三{hidden}我同意\n"
    assert [one.sender for one in talk_text.read(text)] == ["客服"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "一封普通的信。\n2026年11月20日",
        "2026-13-40 29:61:00 张三\n没有这一天",
        "2026-11-20 18:05:33\n没有名字",
        "https://a.example/2026/11/20: 18:05",
    ],
)
def test_what_is_no_talk_is_not_split(text: str) -> None:
    assert talk_text.read(text) == []


def test_a_million_lines_and_hostile_ones_take_seconds() -> None:
    spent = time.process_time()
    many = "".join(f"2026-11-20 18:05:33 客服{number % 7}\n好\n" for number in range(500_000))
    assert len(talk_text.read(many)) == 500_000
    for line in ("20" * 4_000_000, "2026-11-20 18:05" + " " * 4_000_000, "：" * 4_000_000):
        assert talk_text.read(f"{line}\n{line}") == []
    talk_text.read(("[2026-11-20 18:05] " * 99 + "\n") * 4_000)
    assert time.process_time() - spent < 60
