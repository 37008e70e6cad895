"""What whole sentences say, as they stand and torn by the ends of lines."""

import html
import textwrap
from email.message import EmailMessage

import pytest

from pirights import reply_phrases
from pirights.domain.quoting import sentences
from pirights.domain.reply import ReplyKind
from pirights.domain.reply_reading import read
from pirights.mail.parse import parse
from tests.domain.reply_samples import TUNED
from tests.domain.reply_sentences import SENTENCES


def kind_of(text: str) -> ReplyKind:
    return read("", text, {}, reply_phrases.phrases()).kind


@pytest.mark.parametrize(("kind", "text"), SENTENCES)
def test_a_sentence_is_told_by_its_words(kind: ReplyKind, text: str) -> None:
    assert kind_of(text) is kind


def torn(text: str, width: int) -> str:
    """The text in lines of a width, as a mail program tears it."""
    if text.isascii():
        return textwrap.fill(text, 3 * width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(text[place : place + width] for place in range(0, len(text), width))


def torn_everywhere(text: str) -> list[str]:
    """The text with one line end, at each place at which a mail program may set it."""
    places = [
        place
        for place in range(1, len(text))
        if (text[place] == " " or not text.isascii()) and text[place] != "-"  # it begins an item
    ]
    return [
        f"{text[:place].rstrip()}\n{text[place:].lstrip()}"
        for place in places
        if not (text[place - 1 : place + 1].isascii() and text[place - 1 : place + 1].isalnum())
    ]


@pytest.mark.parametrize(("kind", "text"), [*TUNED, *SENTENCES])
def test_the_ends_of_lines_change_nothing(kind: ReplyKind, text: str) -> None:
    for one in (*torn_everywhere(text), *(torn(text, width) for width in (7, 8, 13, 20))):
        assert kind_of(one) is kind, one


def test_a_mail_torn_by_its_markup_is_read_and_shown_as_it_is() -> None:
    made = EmailMessage()
    made["From"] = "a@park.example"
    lines = ("经核查，我司无法", "向您提", "供上述信息。")
    made.set_content("<p>" + "<br>\r\n".join(map(html.escape, lines)) + "</p>", subtype="html")
    mail = parse(made.as_bytes())
    assert mail.text == "\n".join(lines)
    assert kind_of(mail.text) is ReplyKind.REFUSED


@pytest.mark.parametrize(
    "text",
    [
        "您好\n照片已删除\n录像不能删除",
        "您好 照片已删除 录像不能删除",
        "Your photo has been deleted\nYour logs cannot be deleted",
    ],
)
def test_lines_that_stand_alone_are_not_run_together(text: str) -> None:
    assert kind_of(text) is ReplyKind.PARTIAL


def test_chinese_lines_are_joined_without_a_space_and_latin_ones_with_one() -> None:
    assert list(sentences("我们无法\n删除")) == ["我们无法删除"]
    assert list(sentences("we cannot\ndelete “it”\nnow")) == ["we cannot delete “it” now"]
    assert list(sentences("我们的\nApp 已")) == ["我们的App 已"]
    assert list(sentences("一\n\n二\n1. 三")) == ["一", "二", "1. 三"]
