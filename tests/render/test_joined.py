"""Papers joined into one file: the same pages and texts, each paper on a sheet of its own."""

import io
import re
import subprocess
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pikepdf
import pytest

from pirights.domain.document import Document, Letters, Paragraph
from pirights.render import joined, pdf
from pirights.render.archival import Part
from pirights.render.joined import JoinedPapers
from pirights.render.own_pdf import NotOurs, OwnPdf
from tests.needs import file, program
from tests.render.pdfa import faults
from tests.render.sample_letter import ZH, letter
from tests.render.test_preflight import JARS, told

MARK = "K7 · PR-2026-7K3M9QX-C (5 0 R) 㛃𠮷"


class _Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, octets: object) -> int:
        return len(cast("bytes", octets))


def numbered(number: int, *, items: int = 2, letters: Letters = Letters.BOTH) -> Document:
    """A letter whose text says which one it is."""
    own = Paragraph(text=f"本人第{number}次请求，㛃䶮。", language=ZH)
    return replace(letter(letters, items=items, extra=(own,)), reference=f"PR-2026-{number:07}-C")


def together(papers: Sequence[bytes], *, part: Part = 2) -> bytes:
    sink = io.BytesIO()
    whole = JoinedPapers(
        sink,
        title="待打印的文书",
        letters=Letters.BOTH,
        on=date(2026, 11, 30),
        zone="Asia/Shanghai",
        part=part,
    )
    for number, paper in enumerate(papers, 1):
        whole.add(OwnPdf(paper), bookmark=f"{MARK} {number}")
    whole.close()
    return sink.getvalue()


def texts(data: bytes, folder: Path) -> list[str]:
    """The text of each page, as another program reads it."""
    path = folder / "read.pdf"
    path.write_bytes(data)
    read = subprocess.run(("pdftotext", "-layout", path, "-"), capture_output=True, check=True)
    return read.stdout.decode().split("\f")[:-1]


@pytest.fixture(scope="module")
def papers() -> list[bytes]:
    """Of two and three pages, in turn; all unlike each other."""
    return [pdf.to_bytes(numbered(at, items=(3, 9)[at % 2])) for at in range(6)]


@program("pdftotext")
def test_every_page_reads_as_before_and_every_paper_begins_on_a_sheet(
    papers: list[bytes], tmp_path: Path
) -> None:
    apart = [texts(paper, tmp_path) for paper in papers]
    assert sorted({len(pages) for pages in apart}) == [2, 3]
    even = [page for pages in apart for page in (*pages, *[""] * (len(pages) % 2))]
    assert texts(together(papers), tmp_path) == even


@program("qpdf", "pdfinfo", "pdffonts")
def test_other_programs_find_no_fault_with_it(papers: list[bytes], tmp_path: Path) -> None:
    path = tmp_path / "joined.pdf"
    path.write_bytes(together(papers))
    subprocess.run(("qpdf", "--check", path), check=True, capture_output=True)
    said = subprocess.run(("pdfinfo", path), check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages: +18\n", said)
    fonts = subprocess.run(("pdffonts", path), check=True, capture_output=True, text=True).stdout
    listed = [line.split() for line in fonts.splitlines()[2:]]
    assert {tuple(line[-5:-2]) for line in listed} == {("yes", "yes", "yes")}


def test_it_keeps_what_archives_ask_for(papers: list[bytes]) -> None:
    assert faults(together(papers)) == []


@program("java")
@file(*JARS)
def test_the_outside_judge_accepts_its_twin(tmp_path: Path) -> None:
    twins = [pdf.to_bytes(numbered(at, items=(3, 9)[at]), part=1) for at in range(2)]
    assert "is a valid PDF/A-1b file" in told(together(twins, part=1), tmp_path)


def test_a_bookmark_leads_to_the_first_page_of_each_paper(papers: list[bytes]) -> None:
    with pikepdf.open(io.BytesIO(together(papers))) as read, read.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(read.pages)}
        found = [
            (entry.title, numbers[cast("pikepdf.Array", entry.destination)[0].objgen])
            for entry in outline.root
        ]
        assert read.Root.PageMode == "/UseOutlines"
    assert found == [(f"{MARK} {at + 1}", first) for at, first in enumerate((0, 2, 6, 8, 12, 14))]


def test_what_is_there_already_is_not_written_again(papers: list[bytes]) -> None:
    whole = together(papers)
    assert whole.count(b"/N 3") == 1
    alone, thrice = together(papers[:1]), together([papers[0]] * 3)
    assert len(thrice) - len(alone) < 3_000 < len(papers[0]) / 10


def test_the_same_papers_give_the_same_octets(papers: list[bytes]) -> None:
    assert together(papers) == together(papers)
    assert together(papers) != together(papers[::-1])


def test_many_pages_hang_on_several_nodes(papers: list[bytes]) -> None:
    with pikepdf.open(io.BytesIO(together([papers[0]] * 70))) as read:
        kids = [int(kid.Count) for kid in read.Root.Pages.Kids.as_list()]
        assert (len(read.pages), kids) == (140, [64, 64, 12])


def test_two_thousand_papers_take_no_more_memory_than_a_few(
    papers: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joined, "_SHARED", 0)  # as if no object were like another
    whole = JoinedPapers(
        cast("io.BytesIO", _Nowhere()),
        title="x",
        letters=Letters.ZH,
        on=date(2026, 11, 30),
        zone="Asia/Shanghai",
    )
    tracemalloc.start()
    try:
        for at in range(2_000):
            whole.add(OwnPdf(papers[at % 6]), bookmark=str(at))
        whole.close()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert whole.length > 80_000_000
    assert peak < 4_000_000


def test_references_inside_strings_stay_as_they_are() -> None:
    data = pdf.to_bytes(numbered(1))
    name = b"/Registry (Adobe)"
    changed = data.replace(name, b"/Registry (5 0 R)")
    assert changed != data
    assert together([changed]).count(b"/Registry (5 0 R)") == 2


def _foreign(data: bytes) -> bytes:
    sink = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as read:
        read.save(sink, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return sink.getvalue()


@pytest.mark.parametrize(
    "broken",
    [
        lambda _: b"",
        lambda _: b"%PDF-1.7\n",
        _foreign,
        lambda data: data[:-30],
        lambda data: data + b"\n",
        lambda data: data.replace(b"\nxref\n", b"\nxxxx\n"),
        lambda data: data.replace(b"/Kids [", b"/Cids ["),
        lambda data: data.replace(b"/Root", b"/Toor"),
        lambda data: re.sub(rb"/Root \d+ 0 R", b"/Root 1 0 R", data),
        lambda data: data.replace(b"/Type /Page\n", b"/Type /Pagf\n"),
        lambda data: re.sub(rb"( f \n)\d{10}", rb"\g<1>9999999999", data),
        lambda data: re.sub(rb"(startxref\n)\d+", rb"\g<1>99999999", data),
    ],
)
def test_what_is_not_ours_is_refused(broken: Callable[[bytes], bytes]) -> None:
    with pytest.raises(NotOurs):
        OwnPdf(broken(pdf.to_bytes(numbered(1))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"/Font 1 0 R", b"/Font 3 0 R"),
        (rb"/Contents 2 0 R", b"/Contents 0 0 R"),
        (rb"/F1 \d\d 0 R", b"/F1 01 0 R"),
        (rb"1 0 obj\n<<", b"7 0 obj\n<<"),
        (rb"\nendstream\nendobj", b"\nendstrean\nendobj"),
    ],
)
def test_of_a_damaged_paper_nothing_is_added(old: bytes, new: bytes, tmp_path: Path) -> None:
    good = pdf.to_bytes(numbered(1, items=9))
    bad = re.sub(old, new, good, count=1)
    assert bad != good
    assert len(bad) == len(good)
    sink = io.BytesIO()
    whole = JoinedPapers(
        sink, title="x", letters=Letters.ZH, on=date(2026, 11, 30), zone="Asia/Shanghai"
    )
    length = whole.length
    with pytest.raises(NotOurs):
        whole.add(OwnPdf(bad), bookmark="bad")
    assert (whole.length, whole.pages) == (length, 0)
    whole.add(OwnPdf(good), bookmark="good")
    whole.close()
    path = tmp_path / "after.pdf"
    path.write_bytes(sink.getvalue())
    with pikepdf.open(path) as read, read.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["good"]
