"""The time for an answer that a reply names."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.reply_time import told_time

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("我们将于2026年12月15日前答复。", "--until 2026-12-15"),
        ("预计15个工作日内答复您。", "15wd"),
        ("因情况复杂，答复期限延长三十日。", "30"),
        ("处理时间需延长１５个工作日，敬请谅解。", "15wd"),
        ("我会在两周内给您答复。", "14"),
        ("原定11月30日前的答复推迟到12月20日。", "--until 2026-12-20"),
        ("答复延至1月15日。", "--until 2027-01-15"),
        ("您于11月12日发来的邮件收悉，我会在两周内给您答复。", "14"),
        ("我们将于2026-12-31前回复。", "--until 2026-12-31"),
        ("预计二十五个工作\n日内答复。", "25wd"),
        ("We will reply by 15 December 2026.", "--until 2026-12-15"),
        ("Our answer will be delayed until January 15.", "--until 2027-01-15"),
        ("We are extending the deadline by another 30 days.", "30"),
        ("We require an additional 20 working days to complete our review.", "20wd"),
        ("Your answer will take another three weeks.", "21"),
        ("We aim to answer within fifteen business days.", "15wd"),
    ],
)
def test_a_time_is_found_as_the_command_takes_it(text: str, typed: str) -> None:
    told = told_time(text, ON)
    assert told is not None
    assert told.typed == typed


@pytest.mark.parametrize(
    "text",
    [
        "我们会尽快答复。",
        "录像保存期限为30日，我们会答复。",
        "您的来函已于11月18日收悉，会尽快答复。",
        "依照第15条，我们不予答复。",
        "我们将在第三季度处理。",
        "如您在12月10日前补充材料，我们会答复。",
        "我们将于2026年13月45日前答复。",
        "> 请在15日内答复\n收到。",
        "We will reply soon.",
        "Your letter of 18 November has arrived; we will answer.",
        "The images are kept for 30 days, we answer.",
        "我们将于2099年1月1日前答复。",
        "",
    ],
)
def test_another_time_is_none_for_an_answer(text: str) -> None:
    assert told_time(text, ON) is None


@given(st.text(alphabet="将于年月日十五15个工作内答复 by December\n。", max_size=120))
def test_any_text_is_read(text: str) -> None:
    told = told_time(text, ON)
    assert told is None or (told.until is None) != (told.period is None)


@pytest.mark.parametrize("hostile", ["1 ", "十", "答复 more ", "12月", "一个"])
def test_a_text_made_to_be_slow_is_read_in_its_time(hostile: str) -> None:
    start = time.process_time()
    told_time(hostile * 100_000, ON)
    assert time.process_time() - start < 3
