"""The printed catalogue, made by the real renderer and read back by the real reader."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pirights.domain import bundle_papers
from pirights.domain.bundle import Exhibit, Group, Source
from pirights.domain.bundle_frame import BundleFacts
from pirights.domain.catalogue import CatalogueRow, catalogue_rows
from pirights.domain.document import Letters
from pirights.domain.words import Words
from pirights.evidence.catalogue_print import disagreement
from pirights.render import pdf
from pirights.render.printable import printable
from pirights.render.raster import text_of_pdf

GROUPS = (Group.IDENTITY, Group.DEMAND, Group.REQUEST, Group.REPLY)


def exhibit(number: int, title: str, purpose: str = "证明一事。", *, of: int = 1) -> Exhibit:
    return printable(
        Exhibit(
            number=number,
            group=GROUPS[(number - 1) * len(GROUPS) // of],
            title=Words(zh=title, en=f"Kept: {title}"),
            source=Source.CARRIER.words,
            purpose=Words(zh=purpose, en=purpose),
            original_name="a",
            path=f"exhibits/E{number:03d}/original.txt",
            media_type="text/plain",
            size=1,
            sha256="0" * 64,
            imported_at=datetime(2026, 11, 1, tzinfo=UTC),
            page_from=number,
            page_to=number + number % 3,
        )
    )


def text(exhibits: Sequence[Exhibit], letters: Letters = Letters.BOTH) -> str:
    facts = BundleFacts(
        name="x",
        reference="PR-2026-7K3M9QX-C",
        person="林-知远",
        handler=Words(zh="某某公司", en="A Company"),
        on=date(2026, 11, 23),
        exhibits=len(exhibits),
        pages=99,
        letters=letters,
    )
    return text_of_pdf(pdf.to_bytes(bundle_papers.catalogue(facts, exhibits)))


def wrong(shown: str, rows: Sequence[CatalogueRow]) -> str:
    return str(disagreement(shown, rows, other="J") or "")


PIECES = st.one_of(
    st.text("abcdefgXYZ0123456789-", min_size=1, max_size=30),
    st.text("年卡收据照片门口短信截图，。：（）“”—…·", min_size=1, max_size=20),
    st.sampled_from(
        ["https://www.example.com/a-b/c_d?e=1&f=2-3", "2026-07-19", "‑", "–", "\u00ad", "\u200b",
         "e\u0301", "é", "ﬁ", "㎡", "Ⅳ", "½", " - ", "\u3000", "a--b", "IMG_0719.jpg", "中-文",
         "．", "－", "한국", "ก", "עב", "😀", "第1页共2页", "Page 1 of 2", "''", "<b>&amp;"]
    ),
)  # fmt: skip
TITLES = st.lists(PIECES, min_size=1, max_size=12).map("".join).map(str.strip).filter(bool)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(titles=st.lists(TITLES, min_size=8, max_size=30), letters=st.sampled_from(Letters))
def test_whatever_the_titles_and_wherever_they_wrap_the_paper_agrees(
    titles: list[str], letters: Letters
) -> None:
    if letters is Letters.EN:
        letters = Letters.BOTH
    exhibits = [exhibit(at, title, of=len(titles)) for at, title in enumerate(titles, start=1)]
    assert wrong(text(exhibits, letters), catalogue_rows(exhibits)) == ""


@pytest.mark.parametrize("lead", range(14))
def test_a_hyphen_at_the_end_of_a_line_is_no_disagreement(lead: int) -> None:
    exhibits = [exhibit(1, f"{'x' * lead}-{'a-b-c-d-' * 40}")]
    shown = text(exhibits)
    assert wrong(shown, catalogue_rows(exhibits)) == ""
    for mark in "\ufffe\u00ad\u0002":
        assert wrong(shown.replace("\u0002", mark), catalogue_rows(exhibits)) == ""


@pytest.mark.parametrize("lead", range(1, 30, 3))
def test_a_row_that_runs_over_to_another_page_is_read_cell_by_cell(lead: int) -> None:
    long = "证明处理者要求请求人以人脸识别方式通行，" * 5
    exhibits = [
        exhibit(at, f"标题{at}-{'长' * (lead + at * 7)}", long, of=9) for at in range(1, 10)
    ]
    shown, rows = text(exhibits), catalogue_rows(exhibits)
    assert wrong(shown, rows) == ""
    for at, row in enumerate(rows):
        turned = replace(row, purpose=f"{row.purpose[2:]}{row.purpose[:2]}")
        assert f"row {row.number} " in wrong(shown, [*rows[:at], turned, *rows[at + 1 :]])


def test_rows_dropped_from_the_data_are_found_on_paper() -> None:
    exhibits = [exhibit(at, f"标题{at}", of=12) for at in range(1, 13)]
    for letters in (Letters.ZH, Letters.BOTH):
        shown, rows = text(exhibits, letters), catalogue_rows(exhibits)
        assert wrong(shown, rows) == ""
        for kept in range(len(rows)):
            assert "further exhibit" in wrong(shown, rows[:kept])


def test_paper_without_words_or_with_an_endless_row_is_answered_soon() -> None:
    rows = catalogue_rows([exhibit(1, "a" * 400)])
    assert "no words" in wrong("", rows)
    head = text([exhibit(1, "a")]).partition("原件/复印件")[0] + "原件/复印件"
    assert "row 1" in wrong("\f".join([f"{head}\r\n1{'a' * 300}", *["a" * 90] * 500]), rows)
    hard = [replace(rows[0], **dict.fromkeys(("title", "source", "purpose", "held"), "a" * 900))]
    assert "row 1" in wrong("\f".join([f"{head}\r\n1{'a' * 900}", *["a" * 90] * 500]), hard)
