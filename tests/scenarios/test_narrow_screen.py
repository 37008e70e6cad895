"""A screen of eighty columns, in Chinese, with long names: nothing is torn, nothing is lost."""

import pytest

from pirights.cli.layout import cells
from tests.scenarios.stage import PASSPHRASE, Stage
from tests.scenarios.terminal import at_terminal

NAME = "杭州样例野趣乐园文化旅游发展集团股份有限公司西湖区第三分公司物业管理服务中心"
ADDRESS = "a.very.long.department.for.personal.information@subdomain.park-of-examples.example"
MAIL = (
    f"From: {ADDRESS}\r\nSubject: Re\r\nDate: Mon, 23 Nov 2026 10:00:00 +0800\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    f"{'您的申请已收到，我们会尽快处理。' * 9} {'a line without a break ' * 9}\r\n"
)


@pytest.fixture
def busy(stage: Stage) -> tuple[Stage, str]:
    ref = stage.opened_case("--date", "2026-11-20", name=NAME)
    stage.run("sent", ref, "--channel", "wechat", "--at", "2026-11-20")
    stage.run("reply", "add", stage.file("m.eml", MAIL.encode()))
    return stage, ref


def shown(stage: Stage, *words: str, code: int = 0) -> list[str]:
    locked = "checklist" not in words
    dialogue = [("口令", f"{PASSPHRASE}\n")] if locked else []
    ended, seen = at_terminal(stage, *words, "--lang", "zh", dialogue=dialogue)
    assert ended == code, seen
    lines = seen.splitlines()[int(locked) :]  # the first is the question
    assert lines
    return lines


@pytest.mark.parametrize(
    ("words", "code", "end"),
    [
        (("due", "--within", "60"), 10, NAME[-4:]),
        (("case", "show", "REF"), 0, NAME[-4:]),
        (("inbox", "list"), 0, ADDRESS[-4:]),
        (("reply", "checklist", "--channel", "wechat"), 0, "聊天记录一并迁移"),
    ],
)
def test_no_line_is_longer_and_what_is_long_goes_on_below(
    busy: tuple[Stage, str], words: tuple[str, ...], code: int, end: str
) -> None:
    stage, ref = busy
    lines = shown(stage, *(ref if word == "REF" else word for word in words), code=code)
    assert [line for line in lines if cells(line) > 80] == []
    assert not any("…" in line for line in lines)
    assert any(end in line for line in lines)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sum_stands_whole_in_one_line_where_it_can_be_copied(
    busy: tuple[Stage, str], language: str
) -> None:
    stage, ref = busy
    made = stage.data("bundle", "build", ref, "--out", "bundle")
    ended, seen = at_terminal(stage, "bundle", "verify", "bundle", "--lang", language, dialogue=[])
    assert ended == 0
    lines = seen.splitlines()
    assert [line for line in lines if cells(line) > 80] == []
    assert made["root_sha256"] in {line.strip().rpartition(" ")[2] for line in lines}


def test_a_long_mail_is_wrapped_and_no_mark_begins_a_line(busy: tuple[Stage, str]) -> None:
    stage, _ = busy
    lines = shown(stage, "reply", "show", "I1")
    text = [line for line in lines if line.startswith("  ") and "您的申请" in line]
    assert len(text) > 2
    assert all(cells(line) <= 80 for line in text)
    assert not any(line.strip()[:1] in set("，。") for line in lines)
