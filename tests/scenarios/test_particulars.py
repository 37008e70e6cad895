"""Correcting and transferring, as somebody types it."""

import pytest

from tests.scenarios.stage import Stage

ASKED = ("request", "new", "--handler", "H1", "--encounter", "E1")


@pytest.fixture
def stage(case: tuple[Stage, str]) -> Stage:
    return case[0]


def test_what_is_wrong_and_who_receives_stand_in_the_letter(stage: Stage) -> None:
    done = stage.data(
        *ASKED,
        *("--right", "correct", "--correction", "姓名：王小民 => 王小明"),
        *("--correction", "=> 退卡日期：2026年9月1日"),
        *("--right", "transfer", "--receiver", "样例湖畔公园有限公司"),
        *("--letters", "zh-en"),
    )
    assert [one["id"] for one in done["items"]] == [
        "transfer.receiver",
        "correct.entry",
        "correct.missing",
    ]
    text = stage.data("request", "render", done["ref"], "--text")["text"].replace("\n    ", "")
    assert "“姓名：王小民”不准确，请予核实，及时更正为“王小明”" in text
    assert "及时补充“退卡日期：2026年9月1日”" in text
    assert "转移至样例湖畔公园有限公司的途径" in text


@pytest.mark.parametrize(
    "options",
    [
        ("--right", "correct", "--correction", "王小明"),
        ("--right", "correct", "--correction", "王小民 =>"),
        ("--right", "copy", "--correction", "王小民 => 王小明"),
        ("--right", "copy", "--receiver", "样例"),
    ],
)
def test_what_cannot_be_taken_exits_14_and_opens_no_case(
    stage: Stage, options: tuple[str, ...]
) -> None:
    before = len(stage.data("case", "list")["cases"])
    assert stage.run(*ASKED, *options, code=14).out == ""
    assert len(stage.data("case", "list")["cases"]) == before
