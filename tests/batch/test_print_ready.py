"""The file to print: every letter that is still what was made, each on a sheet of its own."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pirights.batch import run_papers
from pirights.batch.index import IndexRow
from pirights.batch.print_ready import PrintReady
from pirights.domain.batch_row import MadeFile
from pirights.domain.document import Letters
from pirights.render import joined
from pirights.render.own_pdf import NotOurs, OwnPdf
from tests.batch.run_rows import ON, ZONE, enclosure, kept, letters_in, paper, printed, row
from tests.render.pdfa import faults


def write(out: Path, rows: Iterable[IndexRow]) -> list[str]:
    with PrintReady(out, on=ON, zone=ZONE) as file:
        for one in rows:
            file.add(one)
        return printed(file.close())


def pages(out: Path) -> list[str]:
    """The number that each page's letter has, or what else it is."""
    found = []
    for page in pypdfium2.PdfDocument(out / "print.pdf"):
        text = page.get_textpage().get_text_range()
        found.append(text.split("PR-2026-000")[1][:4] if text else "blank")
    return found


def bookmarks(out: Path) -> list[str]:
    with pikepdf.open(out / "print.pdf") as read, read.open_outline() as outline:
        return [entry.title for entry in outline.root]


def test_letters_stand_in_the_order_of_the_sheet_with_what_goes_with_them(tmp_path: Path) -> None:
    first, second, third = letters_in(tmp_path, 3)
    word = kept(tmp_path, "P1/letter.docx", b"PK")
    first = replace(first, files=(*first.files, word, enclosure(tmp_path, 1)))
    assert write(tmp_path, [third, first, second]) == []
    assert pages(tmp_path) == [
        *["0003"] * 2, *["0001"] * 2, *["1001"] * 3, "blank", *["0002"] * 3, "blank"
    ]  # fmt: skip
    assert bookmarks(tmp_path) == [f"K{at} · PR-2026-000000{at}-C" for at in (3, 1, 2)]
    assert faults((tmp_path / "print.pdf").read_bytes()) == []


def test_a_file_that_is_missing_or_was_changed_is_left_out_and_named(tmp_path: Path) -> None:
    rows = letters_in(tmp_path, 5)
    rows[0] = replace(rows[0], files=(*rows[0].files, enclosure(tmp_path, 1)))
    (tmp_path / rows[0].files[0].path).unlink()
    changed = tmp_path / rows[1].files[0].path
    changed.write_bytes(changed.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6"))
    longer = tmp_path / rows[2].files[0].path
    longer.write_bytes(longer.read_bytes() + b"\0" * 99)
    pipe = tmp_path / rows[3].files[0].path
    pipe.unlink()
    os.mkfifo(pipe)
    assert write(tmp_path, rows) == [
        "P1/PR-2026-0000001-C-1.pdf is missing; it is not in print.pdf.",
        "P2/PR-2026-0000002-C-1.pdf was changed since it was made; it is not in print.pdf.",
        "P3/PR-2026-0000003-C-1.pdf was changed since it was made; it is not in print.pdf.",
        "P4/PR-2026-0000004-C-1.pdf is missing; it is not in print.pdf.",
    ]
    assert pages(tmp_path) == ["0005"] * 2


def test_octets_at_hand_are_printed_and_nothing_is_read(tmp_path: Path) -> None:
    (one,) = letters_in(tmp_path, 1)
    one = replace(one, files=(*one.files, enclosure(tmp_path, 1)))
    octets = [(tmp_path / made.path).read_bytes() for made in one.files]
    for made in one.files:
        (tmp_path / made.path).unlink()
    with PrintReady(tmp_path, on=ON, zone=ZONE) as file:
        file.add(one, octets)
        assert file.close() == ()
    assert pages(tmp_path) == [*["0001"] * 2, *["1001"] * 3, "blank"]


def test_a_letter_is_printed_though_what_goes_with_it_is_missing(tmp_path: Path) -> None:
    (one,) = letters_in(tmp_path, 1)
    lost = enclosure(tmp_path, 1)
    (tmp_path / lost.path).unlink()
    assert write(tmp_path, [replace(one, files=(*one.files, lost))]) == [
        "P1/PR-2026-0000001-C-1-poa.pdf is missing; it is not in print.pdf."
    ]
    assert pages(tmp_path) == ["0001"] * 2


def test_a_file_that_is_no_pdf_of_ours_is_left_out_and_named(tmp_path: Path) -> None:
    (one,) = letters_in(tmp_path, 1)
    with pikepdf.open(tmp_path / one.files[0].path) as read:
        read.save(tmp_path / "foreign.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    foreign = kept(tmp_path, "P9/foreign.pdf", (tmp_path / "foreign.pdf").read_bytes())
    assert write(tmp_path, [row(9, [foreign]), one]) == [
        "P9/foreign.pdf cannot be joined; it is not in print.pdf."
    ]
    assert pages(tmp_path) == ["0001"] * 2


def test_a_letter_whose_objects_are_damaged_does_not_stop_the_rest(
    tmp_path: Path,
) -> None:
    rows = letters_in(tmp_path, 3)
    bad = (tmp_path / rows[1].files[0].path).read_bytes().replace(b"/Font 1 0 R", b"/Font 3 0 R")
    rows[1] = row(2, [kept(tmp_path, "P2/bad.pdf", bad)])
    with pytest.raises(NotOurs):
        joined._below(OwnPdf(bad), [3])
    assert write(tmp_path, rows) == ["P2/bad.pdf cannot be joined; it is not in print.pdf."]
    assert pages(tmp_path) == ["0001"] * 2 + ["0003"] * 2
    assert bookmarks(tmp_path) == ["K1 · PR-2026-0000001-C", "K3 · PR-2026-0000003-C"]


def test_a_file_that_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    (tmp_path / "P1").mkdir()
    name = f"P1/{'x' * 300}.pdf"
    told = write(tmp_path, [row(1, [MadeFile(path=name, sha256="", size=1)])])
    assert told == [f"{name} cannot be read (File name too long); it is not in print.pdf."]


def test_many_that_are_left_out_are_counted(tmp_path: Path) -> None:
    gone = [row(at, [MadeFile(path=f"P{at}/x.pdf", sha256="", size=1)]) for at in range(25)]
    told = write(tmp_path, gone)
    assert len(told) == 21
    assert told[-1] == "More files that are not in print.pdf: 5."
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_is_to_print_no_file_remains(tmp_path: Path) -> None:
    rows = letters_in(tmp_path, 1)
    write(tmp_path, rows)
    word = kept(tmp_path, "P1/letter.docx", b"PK")
    assert write(tmp_path, [row(1, [word])]) == []
    assert not (tmp_path / "print.pdf").exists()


def test_an_interruption_leaves_the_file_of_before(tmp_path: Path) -> None:
    rows = letters_in(tmp_path, 3)
    write(tmp_path, rows[:1])
    before = (tmp_path / "print.pdf").read_bytes()

    def interrupted() -> Iterator[IndexRow]:
        yield from rows[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, interrupted())
    assert (tmp_path / "print.pdf").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["P1", "P2", "P3", "print.pdf"]


def test_a_file_that_can_grow_no_further_says_where_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joined, "_SHARED", 0)
    monkeypatch.setattr(joined, "FURTHEST", 100_000)
    rows = letters_in(tmp_path, 5)
    (told,) = write(tmp_path, rows)
    held = len(bookmarks(tmp_path))
    assert 1 < held < 5
    assert told == f"print.pdf is full; it ends before {rows[held].ref}."


def test_the_title_is_in_the_language_of_the_letters(tmp_path: Path) -> None:
    data, count = paper(1, items=2, letters=Letters.EN)
    one = row(1, [kept(tmp_path, "P1/a.pdf", data, pages=count)], letters=Letters.EN)
    write(tmp_path, [one])
    with pikepdf.open(tmp_path / "print.pdf") as read:
        assert (str(read.docinfo.Title), str(read.Root.Lang)) == ("Letters to print", "en")
    write(tmp_path, letters_in(tmp_path, 1))
    with pikepdf.open(tmp_path / "print.pdf") as read:
        assert (str(read.docinfo.Title), str(read.Root.Lang)) == ("待打印的文书", "zh-CN")


def test_all_papers_of_a_run_are_written_and_written_again_the_same(tmp_path: Path) -> None:
    rows = letters_in(tmp_path, 3)
    seen = []
    for _ in range(2):
        with PrintReady(tmp_path, on=ON, zone=ZONE) as file:
            for one in rows:
                file.add(one)
            made = run_papers.write(tmp_path, lambda: iter(rows), file, on=ON, zone=ZONE)
        seen.append([(tmp_path / name).read_bytes() for name in made.files])
    assert made.files == ("index.csv", "index.xlsx", "labels.xlsx", "labels.pdf", "print.pdf")
    assert [str(one).split(" ")[0] for one in made.notices] == ["labels.pdf"]
    assert seen[0] == seen[1]


CHILD = """
import sys
from pathlib import Path
from pirights.batch.print_ready import PrintReady
from pirights.render import joined
from tests.batch.run_rows import ON, ZONE, letters_in
from dataclasses import replace
joined._SHARED = 0  # as if no letter had anything in common with another
out = Path(sys.argv[1])
rows = letters_in(out, 20)
with PrintReady(out, on=ON, zone=ZONE) as file:
    for at in range(5_000):
        file.add(replace(rows[at % 20], key=str(at)))
    assert not file.close()
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.slow
def test_five_thousand_letters_are_joined_in_flat_memory(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CHILD, tmp_path],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert (tmp_path / "print.pdf").stat().st_size > 200 * 2**20
    assert int(ended.stdout) <= 150 * 2**10
    with pikepdf.open(tmp_path / "print.pdf") as read:
        assert len(read.pages) == 15_000
