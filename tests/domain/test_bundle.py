"""Tests of exhibits, their groups and their numbering."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.bundle import Exhibit, Group, Source, arranged, paged, sections
from pirights.domain.document import Language
from pirights.domain.refusal import Refusal
from pirights.domain.words import Words

EXHIBIT = Exhibit(
    number=1,
    group=Group.SCANS,
    title=Words(zh="现场照片", en="Photo of the gate"),
    source=Source.APPLICANT.words,
    purpose=Group.SCANS.purpose,
    original_name="IMG_2031.jpg",
    path="exhibits/e001/original.jpg",
    media_type="image/jpeg",
    size=3,
    sha256="0" * 64,
    imported_at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC),
)


def test_exhibits_stand_in_the_order_of_their_groups_and_are_numbered_through() -> None:
    given_order = [
        replace(EXHIBIT, group=Group.REPLY, original_name="a"),
        replace(EXHIBIT, group=Group.IDENTITY, original_name="b"),
        replace(EXHIBIT, group=Group.REPLY, original_name="c"),
    ]
    done = arranged(given_order)
    assert [(exhibit.number, exhibit.original_name) for exhibit in done] == [
        (1, "b"),
        (2, "a"),
        (3, "c"),
    ]


def test_groups_without_exhibits_take_no_ordinal() -> None:
    done = sections(
        arranged([replace(EXHIBIT, group=group) for group in (Group.LOSS, Group.DEMAND)])
    )
    assert [(section.ordinal, section.group) for section in done] == [
        (1, Group.DEMAND),
        (2, Group.LOSS),
    ]


def test_pages_are_counted_through_from_one() -> None:
    done = paged([EXHIBIT, EXHIBIT, EXHIBIT], [1, 5, 2])
    assert [exhibit.pages for exhibit in done] == ["1", "2-6", "7-8"]


def test_an_exhibit_that_is_not_bound_yet_has_no_pages() -> None:
    assert EXHIBIT.pages == ""


@pytest.mark.parametrize("counts", [[1], [1, 0], [1, 1, 1]])
def test_every_exhibit_needs_a_page_of_its_own(counts: list[int]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        paged([EXHIBIT, EXHIBIT], counts)


@given(st.lists(st.integers(min_value=1, max_value=400), max_size=40))
def test_page_ranges_leave_no_gap_and_do_not_overlap(counts: list[int]) -> None:
    done = paged([EXHIBIT] * len(counts), counts)
    covered = [page for one in done for page in range(one.page_from, one.page_to + 1)]
    assert covered == list(range(1, sum(counts) + 1))


@pytest.mark.parametrize("words", [
    *(group.heading for group in Group),
    *(group.purpose for group in Group),
    *(source.words for source in Source),
    *(refusal.words for refusal in Refusal),
])  # fmt: skip
def test_every_word_of_the_program_stands_in_both_languages(words: Words) -> None:
    assert any("\u4e00" <= sign <= "\u9fff" for sign in words.in_(Language.ZH))
    assert words.in_(Language.EN).isascii()


def test_there_are_the_twelve_groups_of_evidence() -> None:
    assert len(Group) == 12
    assert len({group.heading.zh for group in Group}) == 12
