"""Tests of the copy of an identity document: what is gone, what lies across it, what is left."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from pirights.domain.id_copy import ZONES, Side, Zone
from pirights.domain.refusal import Refusal
from pirights.render import id_copy
from pirights.render.raster import Kind, Limits, Pixels, Rendition, pictures_of
from pirights.render.raster_bare import MASK
from tests.needs import program
from tests.render import sample_card, strange_files

TEXT = "仅供杭州样例野趣乐园有限公司核验年卡退费使用，他用无效  2026-11-25"
SHORT = "仅供退费，他用无效  2026-11-25"
LONG = "仅供" + "长" * 60 + "核验" + "年" * 60 + "使用，他用无效  2026-11-25"
FLAT = (MASK, MASK, MASK)


def bare(  # noqa: PLR0913 (the orders, named one by one)
    data: bytes,
    *,
    masks: list[tuple[int, int, int, int]] | None = None,
    side: Side | None = None,
    room: tuple[float, float] = (2000, 2000),
    enlarge: float = 1.0,
    limits: Limits | None = None,
) -> Rendition:
    zones = [(z.left, z.top, z.right, z.bottom) for z in (ZONES[side] if side else ())]
    return pictures_of(
        [data],
        kind=Kind.BARE,
        limits=limits or Limits(),
        orders={"masks": masks or [], "zones": zones, "room": room, "enlarge": enlarge},
    )


def pixels_of(data: bytes, **orders: object) -> Pixels:
    done = bare(data, **orders)  # type: ignore[arg-type]  # named as there
    assert done.pixels is not None, done.refused
    return done.pixels


def image_of(pixels: Pixels) -> Image.Image:
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.rgb)


def blank(width: int, height: int, level: int = 255) -> Pixels:
    rgb = bytes([level]) * (width * height * 3)
    return Pixels(rgb=rgb, width=width, height=height, original=(width, height))


def box_of(zone: Zone, image: Image.Image) -> tuple[int, int, int, int]:
    place = zone.on(*image.size)
    return place.left, place.top, place.left + place.width, place.top + place.height


def windows(image: Image.Image, side: int) -> Iterator[Image.Image]:
    """Every window of this size, a quarter of its side further each time."""
    step = side // 4
    for top in (*range(0, image.height - side, step), image.height - side):
        for left in (*range(0, image.width - side, step), image.width - side):
            yield image.crop((left, top, left + side, top + side))


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("room", [(2000, 2000), (506, 2000), (300, 2000)])
def test_a_masked_zone_is_one_flat_colour(side: Side, room: tuple[int, int]) -> None:
    card = sample_card.front() if side is Side.FRONT else sample_card.back()
    image = image_of(pixels_of(sample_card.saved(card), side=side, room=room))
    for zone in ZONES[side]:
        colours = image.crop(box_of(zone, image)).getcolors()
        assert colours is not None
        assert [colour for _, colour in colours] == [FLAT]


def test_the_number_is_gone_but_for_its_ends_and_the_address_wholly() -> None:
    """Where the card drew its digits and its words, not the zones that mask them."""
    width, height = sample_card.SIZE
    before = sample_card.front()
    after = image_of(pixels_of(sample_card.saved(before), side=Side.FRONT))
    assert after.size == before.size
    for place in range(18):
        left = round((sample_card.DIGITS_LEFT + sample_card.DIGIT * place) * width)
        digit = (left, 528, left + round(sample_card.DIGIT * width), 590)
        assert before.crop(digit).convert("L").getextrema()[0] == 0, "a digit stands here"
        dark = after.crop(digit).convert("L").getextrema()[0]
        assert (dark == MASK) is (0 < place < 17), place
    address = (15 * 12, 27 * 12, 54 * 12, 40 * 12)
    assert before.crop(address).convert("L").getextrema()[0] == 0
    assert after.crop(address).convert("L").getextrema()[0] == MASK
    name = (0, 0, width, 26 * 12 - 12)
    assert ImageChops.difference(before.crop(name), after.crop(name)).getbbox() is None
    assert height == 648


@pytest.mark.parametrize("grey", [False, True])
def test_nothing_of_the_number_can_be_worked_out_from_the_copy(*, grey: bool) -> None:
    """Two cards that differ under the masks alone give one and the same copy."""
    one, other = sample_card.front(), sample_card.front()
    for zone in ZONES[Side.FRONT]:
        box = box_of(zone, other)
        patch = Image.new("RGB", (box[2] - box[0], box[3] - box[1]), "white")
        ImageDraw.Draw(patch).line((0, 0, *patch.size), fill="red", width=9)
        other.paste(patch, box)
    assert ImageChops.difference(one, other).getbbox() is not None
    for room in ((2000, 2000), (506, 2000), (333, 2000)):
        made = [
            id_copy.stamped(
                pixels_of(sample_card.saved(card), side=Side.FRONT, room=room), TEXT, grey=grey
            ).tobytes()
            for card in (one, other)
        ]
        assert made[0] == made[1]


def test_no_pixel_value_of_the_number_survives_under_the_ink() -> None:
    """Digits in a colour of their own: that colour is nowhere in the zone, nor near it."""
    card = sample_card.front()
    [number] = [zone for zone in ZONES[Side.FRONT] if zone.part == "number"]
    box = box_of(number, card)
    card.paste((0, 255, 0), box)
    copy = id_copy.stamped(
        pixels_of(sample_card.saved(card), side=Side.FRONT, room=(506, 2000)), TEXT, grey=False
    )
    for _, colour in copy.getcolors(2**24) or ():
        assert isinstance(colour, tuple)
        red, green, blue = colour
        assert green - max(red, blue) < 30, colour


def test_regions_of_the_users_own_are_masked_and_cut_at_the_edge() -> None:
    image = image_of(
        pixels_of(strange_files.picture("PNG"), masks=[(300, 100, 50, 60), (600, 400, 9999, 9999)])
    )
    for box in ((300, 100, 350, 160), (600, 400, 640, 480)):
        colours = image.crop(box).getcolors()
        assert colours is not None
        assert [colour for _, colour in colours] == [FLAT]
    assert image.getpixel((299, 130)) == (255, 255, 255)
    assert image.getpixel((350, 130)) == (255, 255, 255)
    assert image.getpixel((620, 399)) == (255, 255, 255)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_region_is_counted_on_the_upright_picture(orientation: int) -> None:
    photo = strange_files.picture(exif=strange_files.exif_of(orientation))
    done = pixels_of(photo, masks=[(10, 20, 30, 40)])
    assert done.original == ((640, 480) if orientation < 5 else (480, 640))
    image = image_of(done)
    assert (image.width, image.height) == done.original
    colours = image.crop((10, 20, 40, 60)).getcolors()
    assert colours is not None
    assert [colour for _, colour in colours] == [FLAT]


@pytest.mark.parametrize("size", [(506, 319), (319, 506), (324, 204), (1004, 1518), (1004, 300)])
@pytest.mark.parametrize("text", [SHORT, TEXT, LONG], ids=["short", "usual", "long"])
def test_every_window_holds_ink(size: tuple[int, int], text: str) -> None:
    for level in (255, 0, MASK):
        plain = Image.new("RGB", size, (level,) * 3)
        copy = id_copy.stamped(blank(*size, level), text, grey=False)
        ink = ImageChops.difference(plain, copy).convert("L").point(lambda v: 255 * (v > 12))
        side = min(200, *size)
        for window in windows(ink, side):
            share = sum(window.histogram()[255:]) / side**2
            assert share > 0.06, (size, level)


@pytest.mark.parametrize("text", [SHORT, TEXT], ids=["short", "usual"])
def test_no_place_as_large_as_a_face_or_a_line_is_free_of_ink(text: str) -> None:
    size = (506, 319)
    copy = id_copy.stamped(blank(*size), text, grey=False)
    ink = ImageChops.difference(Image.new("RGB", size, "white"), copy).convert("L")
    for window in windows(ink.point(lambda v: 255 * (v > 12)), 64):
        assert window.getbbox() is not None


def test_ink_is_half_transparent() -> None:
    """What lies under it is still told from white, and it is never pure."""
    copy = id_copy.stamped(blank(506, 319), TEXT, grey=False)
    extremes = copy.getextrema()
    assert isinstance(extremes[1], tuple)
    assert 80 < extremes[1][0] < 150
    dark = id_copy.stamped(blank(506, 319, 0), TEXT, grey=False).getextrema()
    assert isinstance(dark[0], tuple)
    assert 60 < dark[0][1] < 190


def test_who_knows_the_text_cannot_subtract_it() -> None:
    """The strength of the ink differs from pixel to pixel, and from picture to picture."""
    one = id_copy.stamped(blank(506, 319, 255), TEXT, grey=True)
    other = id_copy.stamped(blank(506, 319, 254), TEXT, grey=True)
    difference = ImageChops.difference(one, other)
    assert sum(difference.histogram()[12:]) > 506 * 319 * 0.1


def test_grey_has_no_colour() -> None:
    pixels = pixels_of(sample_card.saved(sample_card.front()))
    assert id_copy.stamped(pixels, TEXT, grey=True).mode == "L"
    assert id_copy.stamped(pixels, TEXT, grey=False).mode == "RGB"


def chunks(png: bytes) -> list[bytes]:
    at, found = 8, []
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        found.append(png[at + 4 : at + 8])
        at += 12 + length
    return found


def markers(jpeg: bytes) -> list[int]:
    """The markers before the picture's own data (ITU-T T.81, table B.1)."""
    at, found = 2, []
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def talkative() -> list[bytes]:
    """The same card with all that a file can say beside its picture."""
    card = sample_card.front()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    info = PngInfo()
    info.add_text("Comment", "SECRETCAMERA")
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>SECRETCAMERA</x:xmpmeta>")
    exif, dots = strange_files.exif_of(1), (300, 300)
    xmp = b"<x:xmpmeta>SECRETCAMERA</x:xmpmeta>"
    return [
        sample_card.saved(card, "PNG", exif=exif, icc_profile=profile, pnginfo=info, dpi=dots),
        sample_card.saved(
            card, "JPEG", exif=exif, icc_profile=profile, comment=b"SECRETCAMERA", xmp=xmp
        ),
        sample_card.saved(card, "WEBP", exif=exif, icc_profile=profile, xmp=xmp),
    ]


@pytest.mark.parametrize("number", range(3), ids=["PNG", "JPEG", "WEBP"])
def test_nothing_but_the_picture_is_in_the_file(number: int) -> None:
    data = talkative()[number]
    assert b"SECRETCAMERA" in data
    picture = id_copy.stamped(pixels_of(data, side=Side.FRONT), TEXT, grey=False)
    png = id_copy.to_png(picture)
    assert set(chunks(png)) == {b"IHDR", b"IDAT", b"IEND"}
    assert not Image.open(io.BytesIO(png)).info
    pdf = id_copy.to_pdf(picture, dpi=150, on=date(2026, 11, 25), zone="Asia/Shanghai")
    for octets in (png, pdf):
        assert b"SECRETCAMERA" not in octets
        assert b"Exif" not in octets
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    [page] = reader.pages
    [drawn] = page["/Resources"]["/XObject"].values()  # type: ignore[index]
    jpeg = drawn.get_object()._data
    assert 0xE0 in markers(jpeg)
    assert {mark for mark in markers(jpeg) if mark == 0xFE or 0xE1 <= mark <= 0xEF} == set()


def test_the_pdf_is_one_a4_page_with_one_picture_in_its_middle_and_no_words_or_layers() -> None:
    picture = id_copy.stamped(blank(506, 319), TEXT, grey=False)
    pdf = id_copy.to_pdf(picture, dpi=150, on=date(2026, 11, 25), zone="Asia/Shanghai")
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    [page] = reader.pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert page.extract_text() == ""
    assert "/Annots" not in page
    assert "/OCProperties" not in reader.root_object
    assert len(page["/Resources"]["/XObject"]) == 1  # type: ignore[index]
    content = page.get_contents()
    assert content is not None
    assert content.get_data().split()[:7] == (b"q 242.880 0 0 153.120 176.198 344.385".split()), (
        "506 pixels at 150 to the inch are 242.88 points"
    )
    assert reader.metadata is not None
    assert set(reader.metadata) == {"/Title", "/CreationDate", "/ModDate"}
    assert str(reader.metadata["/CreationDate"]) == "D:20261125000000+08'00'"


@program("pdftoppm")
def test_the_page_shows_the_copy(tmp_path: Path) -> None:
    picture = id_copy.stamped(
        pixels_of(sample_card.saved(sample_card.front()), side=Side.FRONT), TEXT, grey=False
    )
    path = tmp_path / "copy.pdf"
    path.write_bytes(id_copy.to_pdf(picture, dpi=300, on=date(2026, 11, 25), zone="UTC"))
    subprocess.run(["pdftoppm", "-r", "300", "-png", path, tmp_path / "page"], check=True)
    [shown] = tmp_path.glob("page*.png")
    page = Image.open(shown).convert("RGB")
    left, top = (page.width - picture.width) // 2, (page.height - picture.height) // 2
    part = page.crop((left, top, left + picture.width, top + picture.height))
    small = [image.resize((60, 40), Image.Resampling.BOX) for image in (part, picture)]
    assert sum(ImageChops.difference(*small).convert("L").histogram()[40:]) == 0
    assert page.crop((0, 0, page.width, top - 3)).getextrema() == ((255, 255),) * 3


def test_the_same_input_gives_the_same_bytes_in_any_zone_and_process(tmp_path: Path) -> None:
    card = tmp_path / "card.png"
    card.write_bytes(sample_card.saved(sample_card.front()))
    script = f"""
import sys
from datetime import date
from hashlib import sha256
from tests.render.test_id_copy import TEXT, Side, id_copy, pixels_of
pixels = pixels_of(open({str(card)!r}, "rb").read(), side=Side.FRONT, room=(506, 2000))
picture = id_copy.stamped(pixels, TEXT, grey=False)
pdf = id_copy.to_pdf(picture, dpi=150, on=date(2026, 11, 25), zone="Asia/Shanghai")
print(sha256(pdf).hexdigest(), sha256(id_copy.to_png(picture)).hexdigest())
"""
    said = set()
    for zone, seed in (("UTC", "1"), ("America/New_York", "2"), ("Asia/Shanghai", "3")):
        ended = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
        )
        said.add(ended.stdout)
    assert len(said) == 1


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP"])
def test_every_common_kind_of_picture_is_taken(name: str) -> None:
    done = pixels_of(strange_files.picture(name))
    assert done.original == (640, 480)
    right = image_of(done).getpixel((600, 200))
    assert isinstance(right, tuple)
    assert min(right) > 240


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "LA"])
def test_every_kind_of_pixel_is_taken(mode: str) -> None:
    image = image_of(pixels_of(strange_files.picture("PNG", mode=mode), masks=[(300, 0, 9, 9)]))
    assert image.getpixel((600, 200)) == (255, 255, 255)
    assert image.getpixel((304, 4)) == FLAT


def test_cmyk_becomes_rgb_and_is_masked() -> None:
    image = image_of(
        pixels_of(strange_files.picture("JPEG", mode="CMYK"), masks=[(300, 0, 32, 32)])
    )
    red, white = image.getpixel((20, 200)), image.getpixel((600, 200))
    assert isinstance(red, tuple)
    assert isinstance(white, tuple)
    assert red[0] > 200
    assert red[1] < 80
    assert min(white) > 240
    assert image.getpixel((316, 16)) == FLAT


def test_sixteen_bits_keep_their_shades() -> None:
    """A plain conversion would make everything above 255 of 65535 white."""
    levels = (0, 16384, 32768, 49152, 65535)
    row = b"".join(level.to_bytes(2, "little") * 40 for level in levels)
    deep = Image.frombytes("I;16", (200, 200), row * 200)
    image = image_of(pixels_of(sample_card.saved(deep)))
    shades = [image.getpixel((place * 40 + 20, 100)) for place in range(5)]
    assert shades == [(level,) * 3 for level in (0, 64, 128, 192, 255)]


def test_what_is_transparent_shows_nothing_that_lay_hidden() -> None:
    hidden = Image.new("RGBA", (200, 200), (10, 200, 30, 0))
    assert image_of(pixels_of(sample_card.saved(hidden))).getcolors() == [(40000, (255,) * 3)]


def moving(name: str) -> bytes:
    buffer = io.BytesIO()
    first, second = (Image.new("RGB", (200, 200), colour) for colour in ("red", "blue"))
    first.save(buffer, name, save_all=True, append_images=[second])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Refusal.DAMAGED),
        (b"no picture", Refusal.DAMAGED),
        (b"%PDF-1.7", Refusal.DAMAGED),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Refusal.DAMAGED),
        (strange_files.picture()[:-900], Refusal.DAMAGED),
        (strange_files.picture("PNG")[:-300], Refusal.DAMAGED),
        (strange_files.picture("HEIF")[:-200], Refusal.DAMAGED),
        (strange_files.png_bomb(20_000, 20_000), Refusal.TOO_MANY_PIXELS),
        (strange_files.huge_heic(), Refusal.TOO_MANY_PIXELS),
        (moving("GIF"), Refusal.MOVING),
        (moving("PNG"), Refusal.MOVING),
        (moving("WEBP"), Refusal.MOVING),
    ],
    ids=[
        *("empty", "no picture", "pdf", "svg", "torn jpeg", "torn png", "torn heic"),
        *("png bomb", "heic bomb", "gif film", "png film", "webp film"),
    ],
)
def test_a_picture_that_cannot_be_taken_says_why(data: bytes, reason: Refusal) -> None:
    assert bare(data) == Rendition(refused=reason)


def test_a_picture_beyond_its_memory_is_refused() -> None:
    done = bare(strange_files.png_bomb(15_000, 15_000), limits=Limits(address_space=256 << 20))
    assert done.pixels is None
    assert done.refused in {Refusal.TOO_MUCH_MEMORY, Refusal.DAMAGED, Refusal.CRASHED}


def test_a_large_page_is_stamped_in_seconds() -> None:
    started = time.monotonic()
    id_copy.to_png(id_copy.stamped(blank(2008, 3035), TEXT, grey=False))
    assert time.monotonic() - started < 20
