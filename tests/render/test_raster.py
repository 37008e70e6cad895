"""Tests of the room in which strangers' files are opened."""

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pirights import resources
from pirights.domain.refusal import Refusal
from pirights.render import raster, raster_child
from pirights.render.raster import Kind, Limits, PageImage, Rendition, pictures_of
from tests.render import strange_files


def shown(data: bytes, kind: Kind = Kind.PDF, limits: Limits = raster.DEFAULT_LIMITS) -> Rendition:
    pieces = (data[at : at + 5000] for at in range(0, len(data), 5000))
    return pictures_of(pieces, kind=kind, limits=limits)


def opened(page: PageImage | Refusal) -> Image.Image:
    assert isinstance(page, PageImage)
    image = Image.open(io.BytesIO(page.jpeg))
    assert image.size == (page.width, page.height)
    return image


def test_every_page_of_a_pdf_is_shown_at_print_size() -> None:
    done = shown(strange_files.pdf(pages=3))
    assert (len(done.pages), done.refused, done.original_pages) == (3, None, 3)
    assert opened(done.pages[0]).size == (1405, 1989)
    darkest, _ = opened(done.pages[0]).convert("L").getextrema()
    assert isinstance(darkest, int)
    assert darkest < 60, "the words must be there"


def test_the_same_bytes_give_the_same_pages() -> None:
    photo = strange_files.picture()
    assert shown(photo, Kind.PICTURE) == shown(photo, Kind.PICTURE)
    assert shown(strange_files.pdf()) == shown(strange_files.pdf())


@pytest.mark.parametrize(
    "change",
    [
        strange_files.with_javascript,
        strange_files.with_launch,
        strange_files.with_embedded_file,
    ],
)
def test_active_content_does_nothing_to_the_pages(
    change: strange_files.Change,
) -> None:
    assert shown(strange_files.pdf(change=change)) == shown(strange_files.pdf())


def test_chinese_text_without_its_font_is_still_shown() -> None:
    without = strange_files.chinese_without_font("")
    with_words = strange_files.chinese_without_font("野生动物世界")
    assert shown(without) != shown(with_words)
    darkest, _ = opened(shown(with_words).pages[0]).convert("L").getextrema()
    assert isinstance(darkest, int)
    assert darkest < 60


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Refusal.DAMAGED),
        (b"not a PDF at all", Refusal.DAMAGED),
        (strange_files.pdf()[:300], Refusal.DAMAGED),
        (strange_files.xref_loop(), Refusal.DAMAGED),
        (
            strange_files.pdf(encryption=pikepdf.Encryption(user="secret", owner="other")),
            Refusal.ENCRYPTED,
        ),
    ],
    ids=["empty", "no pdf", "truncated", "xref loop", "encrypted"],
)
def test_a_pdf_that_cannot_be_shown_says_why(data: bytes, reason: Refusal) -> None:
    assert shown(data) == Rendition(refused=reason)


def test_a_page_tree_that_bites_its_tail_ends() -> None:
    done = shown(strange_files.pdf(change=strange_files.with_page_tree_loop))
    assert done.pages or done.refused


def test_a_page_of_absurd_size_is_replaced_by_the_reason() -> None:
    done = shown(strange_files.pdf(box=(10_000_000, 10_000_000)))
    assert done.pages == (Refusal.ABSURD_PAGE,)


@pytest.mark.parametrize("box", [b"[0 0 1e9 1e9]", b"[0 0 0 0]", b"[7 7 7 800]"])
def test_a_page_whose_box_makes_no_sense_is_replaced_by_the_reason(box: bytes) -> None:
    data = strange_files.pdf(box=(595, 842))
    done = shown(re.sub(rb"\[ *0 0 595 842 *\]", box, data))
    assert done.pages == (Refusal.ABSURD_PAGE,)
    assert isinstance(shown(data).pages[0], raster.PageImage)


def test_a_very_thin_page_stays_within_bounds() -> None:
    page = shown(strange_files.pdf(box=(3, 14_400))).pages[0]
    assert max(opened(page).size) <= raster.DEFAULT_LIMITS.longest_side


def test_a_hundred_thousand_pages_are_cut_and_counted() -> None:
    done = shown(strange_files.many_pages(100_000), limits=Limits(pages=7))
    assert (len(done.pages), done.refused) == (7, Refusal.TOO_MANY_PAGES)
    assert done.original_pages == 100_000


def test_a_flate_bomb_stops_at_the_memory_limit() -> None:
    done = shown(strange_files.flate_bomb(), limits=Limits(address_space=1 << 30))
    assert done.pages == ()
    assert done.refused in {Refusal.CRASHED, Refusal.TOO_MUCH_MEMORY, Refusal.TOO_SLOW}


def peak(data: bytes, kind: Kind, **orders: object) -> float:
    """Open a file in the room, from a small process, and give the room's memory at most, MiB."""
    script = f"""
import resource, sys
from pirights.render.raster import Kind, pictures_of
pictures_of([sys.stdin.buffer.read()], kind=Kind({kind.value!r}), orders={orders!r})
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    said = subprocess.run(
        [sys.executable, "-c", script],
        input=data,
        capture_output=True,
        check=True,
        env={"PYTHONPATH": str(Path(raster_child.__file__).parents[2])},
    ).stdout
    return int(said) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is limited or told otherwise")
def test_a_bomb_gets_no_more_memory_than_a_pdf_needs() -> None:
    assert peak(strange_files.flate_bomb(), Kind.PDF) < 800
    assert peak(strange_files.pdf(change=strange_files.with_form_loop), Kind.PDF) < 800


def test_an_a0_sheet_scanned_at_300_dpi_is_shown() -> None:
    done = shown(strange_files.large_scan(9933, 14043, (2384, 3370)))
    assert done.refused is None
    assert opened(done.pages[0]).size == (1415, 2000)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is told otherwise")
def test_a_large_picture_is_held_once_whether_masked_or_black_and_white() -> None:
    size = (7000, 5000)
    coloured = strange_files.picture("PNG", size)
    once = peak(coloured, Kind.PICTURE)
    assert peak(coloured, Kind.PICTURE, masks=[[10, 10, 20, 20]]) < once + 50
    assert peak(strange_files.picture("PNG", size, mode="1"), Kind.PICTURE) < once


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on processor seconds")
def test_a_form_that_draws_itself_stops_at_the_limit_of_seconds() -> None:
    bomb = strange_files.pdf(change=strange_files.with_form_loop)
    done = shown(bomb, limits=Limits(cpu_seconds=2, pdf_address_space=2 << 30))
    assert done == Rendition(refused=Refusal.TOO_SLOW)


def test_a_child_that_takes_too_long_on_the_wall_is_ended() -> None:
    bomb = strange_files.pdf(change=strange_files.with_form_loop)
    done = shown(bomb, limits=Limits(wall_seconds=1, pdf_address_space=2 << 30))
    assert done == Rendition(refused=Refusal.TOO_SLOW)


def test_an_original_over_the_limit_is_not_even_opened() -> None:
    done = shown(strange_files.pdf(), limits=Limits(input_bytes=600))
    assert done == Rendition(refused=Refusal.TOO_LARGE)


def test_pages_that_grow_too_large_are_cut() -> None:
    done = shown(strange_files.pdf(pages=9), limits=Limits(output_bytes=50_000))
    assert done.refused is Refusal.TOO_MUCH_OUTPUT
    assert 0 < len(done.pages) < 9


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP"])
def test_every_common_kind_of_picture_is_shown(name: str) -> None:
    page = shown(strange_files.picture(name), Kind.PICTURE).pages[0]
    image = opened(page).convert("RGB")
    assert image.size == (640, 480)
    left, right = image.getpixel((20, 200)), image.getpixel((600, 200))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 200
    assert left[1] < 60
    assert min(right) > 240


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "LA", "I;16"])
def test_every_kind_of_pixel_is_shown(mode: str) -> None:
    done = shown(strange_files.picture("PNG", mode=mode), Kind.PICTURE)
    assert done.refused is None
    assert opened(done.pages[0]).convert("L").getpixel((600, 200)) == 255


def test_what_is_transparent_becomes_white() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(buffer, "PNG")
    page = shown(buffer.getvalue(), Kind.PICTURE).pages[0]
    assert opened(page).convert("L").getextrema() == (255, 255)


def test_a_picture_is_turned_as_the_camera_was_held_and_loses_its_metadata() -> None:
    photo = strange_files.picture(exif=strange_files.exif_of(6))
    page = shown(photo, Kind.PICTURE).pages[0]
    image = opened(page)
    assert image.size == (480, 640)
    top = image.convert("RGB").getpixel((200, 20))
    assert isinstance(top, tuple)
    assert top[0] > 200, "what was left is now on top"
    assert top[1] < 60
    assert isinstance(page, PageImage)
    assert b"SECRETCAMERA" in photo
    assert b"SECRETCAMERA" not in page.jpeg
    assert not image.getexif()


def test_a_large_photo_is_brought_to_print_size() -> None:
    photo = strange_files.picture(size=(5000, 2500))
    page = shown(photo, Kind.PICTURE).pages[0]
    assert opened(page).size == (2000, 1000)


def test_exif_that_loops_does_not_hinder_the_picture() -> None:
    photo = strange_files.picture(exif=strange_files.looping_exif())
    assert shown(photo, Kind.PICTURE).refused is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Refusal.DAMAGED),
        (b"no picture", Refusal.DAMAGED),
        (strange_files.picture()[:-900], Refusal.DAMAGED),
        (strange_files.picture("HEIF")[:-200], Refusal.DAMAGED),
        (strange_files.png_bomb(20_000, 20_000), Refusal.TOO_MANY_PIXELS),
        (strange_files.huge_heic(), Refusal.TOO_MANY_PIXELS),
        (b"P6 20000 20000 255\n", Refusal.DAMAGED),
    ],
    ids=["empty", "no picture", "truncated", "truncated heic", "png bomb", "heic bomb", "no kind"],
)
def test_a_picture_that_cannot_be_shown_says_why(data: bytes, reason: Refusal) -> None:
    assert shown(data, Kind.PICTURE) == Rendition(refused=reason)


def test_a_picture_beyond_its_memory_is_refused() -> None:
    bomb = strange_files.png_bomb(15_000, 15_000)
    done = shown(bomb, Kind.PICTURE, Limits(address_space=256 << 20))
    assert done.pages == ()
    assert done.refused in {Refusal.TOO_MUCH_MEMORY, Refusal.DAMAGED, Refusal.CRASHED}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_locked_room_can_open_no_file_and_no_socket() -> None:
    limits = json.dumps(asdict(raster.DEFAULT_LIMITS))
    script = f"""
import json, runpy, socket, sys
room = runpy.run_path({str(raster_child.__file__)!r})
room["_lock_in"](json.loads({limits!r}))
for act in (lambda: open("/etc/hostname"), socket.socket, lambda: open("/tmp/leak", "w")):
    try:
        act()
    except OSError as refused:
        print(refused.errno)
"""
    said = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(raster_child.__file__).parents[2])},
    ).stdout
    assert said.split() == ["24", "24", "24"]  # EMFILE


@pytest.mark.parametrize(
    "nonsense",
    [b"", b"X", b"Z\0\0\0\1a", b"P\0\0\0\2ab", b"R\0\0\0\4what", b"P\xff\xff\xff\xff"],
)
def test_even_the_child_is_not_believed(
    nonsense: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    liar = tmp_path / "liar.py"
    liar.write_text(f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({nonsense!r})")
    monkeypatch.setattr(raster, "_CHILD", liar)
    assert shown(strange_files.pdf()) == Rendition(refused=Refusal.CRASHED)


def test_words_are_read_in_the_same_room() -> None:
    assert "plain words" in raster.text_of_pdf(strange_files.pdf(pages=2))
    assert raster.text_of_pdf(b"no PDF") == ""
    assert raster.text_of_pdf(strange_files.pdf(pages=3), limits=Limits(pages=1)) == "plain words"


def test_reading_words_costs_little_and_keeps_pages_apart() -> None:
    assert raster.text_of_pdf(strange_files.pdf(pages=3)).count("\f") == 2
    limits = raster._WORDS_LIMITS
    assert limits.cpu_seconds <= 10
    assert limits.wall_seconds <= 15
    assert limits.address_space <= 512 << 20
    shown = raster.text_of_pdf(strange_files.many_pages(100_000))
    assert shown.count("\f") == limits.pages - 1
    assert raster.text_of_pdf(strange_files.flate_bomb()).strip() == ""


def test_nothing_of_the_original_is_written_to_disk(tmp_path: Path) -> None:
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(tmp_path)
    try:
        shown(strange_files.picture(), Kind.PICTURE)
        shown(strange_files.pdf())
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [("pdf", strange_files.pdf(pages=2)), ("picture", strange_files.picture())],
)
def test_the_child_speaks_in_frames(kind: str, data: bytes) -> None:
    answer = io.BytesIO()
    typeface = resources.folder("templates") / "fonts" / "NotoSerifSC_400Regular.ttf"
    arguments = asdict(raster.DEFAULT_LIMITS) | {"kind": kind, "typeface": str(typeface)}
    raster_child.main(arguments, io.BytesIO(data), answer, lock=False)
    pages = 2 if kind == "pdf" else 1
    assert answer.getvalue().startswith(b"P")
    assert answer.getvalue().endswith(b"E\0\0\0\4" + pages.to_bytes(4, "big"))
