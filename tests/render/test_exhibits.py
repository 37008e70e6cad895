"""Tests of the bound exhibits."""

import io
import os
import time
import tracemalloc
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pirights.domain.bundle import Exhibit, Group, Source
from pirights.domain.bundle_frame import BundleFacts
from pirights.domain.bundle_papers import catalogue
from pirights.domain.document import Letters
from pirights.domain.refusal import Refusal
from pirights.domain.words import Words
from pirights.render import pdf
from pirights.render.exhibit_pages import TEXT_LIMIT, Edition
from pirights.render.exhibits import Bound, ExhibitSource, bind
from pirights.render.printable import printable, showable
from pirights.render.raster import Limits, text_of_pdf
from tests.render import strange_files
from tests.render.test_playing_time import sound

EDITION = Edition(
    reference="PR-2026-7K3M9QX-C",
    on=date(2026, 11, 25),
    zone="Asia/Shanghai",
    letters=Letters.BOTH,
    limits=Limits(pages=6),
)
MAIL = "From: 客服 <service@example.cn>\nSubject: 答复\n\n尊敬的用户：\n\t您好 <b>{{x}}</b>\x1b[31m"


def source(
    number: int, data: bytes, media_type: str, *, name: str = "a.bin", text: str | None = None
) -> ExhibitSource:
    exhibit = Exhibit(
        number=number,
        group=Group.REPLY,
        title=Words(zh=f"材料{number}", en=f"Paper {number}"),
        source=Source.HANDLER.words,
        purpose=Group.REPLY.purpose,
        original_name=name,
        path=f"exhibits/e{number:03d}/original.bin",
        media_type=media_type,
        size=len(data),
        sha256=sha256(data).hexdigest(),
        imported_at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC),
    )
    return ExhibitSource(exhibit=exhibit, content=lambda: [data], text=text)


def never() -> Iterable[bytes]:
    raise AssertionError("this original must not be read")


def bound(sources: Sequence[ExhibitSource], edition: Edition = EDITION) -> tuple[bytes, Bound]:
    sink = io.BytesIO()
    done = bind(sources, sink, **shared(edition))
    return sink.getvalue(), done


def shared(edition: Edition) -> dict[str, Any]:
    return {field.name: getattr(edition, field.name) for field in fields(edition)}


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in document]


def squeezed(text: str) -> str:
    return "".join(text.split())


SAMPLE = [
    source(1, strange_files.picture(), "image/jpeg", name="IMG_2031.jpg"),
    source(2, strange_files.pdf(pages=3), "application/pdf"),
    source(3, MAIL.encode(), "message/rfc822", text=MAIL),
    source(4, b"sound" * 99, "audio/mp4", name="通话.m4a"),
]


def test_every_page_is_stamped_with_its_exhibit_and_its_place_in_the_whole() -> None:
    data, done = bound(SAMPLE)
    texts = pages_of(data)
    assert [exhibit.pages for exhibit in done.exhibits] == ["1", "2-4", "5", "6"]
    assert (done.pages, len(texts), done.refusals) == (6, 6, ())
    assert "证据1第1页/共1页·总第1页" in squeezed(texts[0])
    assert "证据2第2页/共3页·总第3页" in squeezed(texts[2])
    assert "Exhibit 2, page 3 of 3 · bound page 4" in texts[3]
    assert all("PR-2026-7K3M9QX-C" in text for text in texts)


def test_each_exhibit_has_one_bookmark_that_leads_to_its_first_page() -> None:
    data, _ = bound(SAMPLE)
    with pikepdf.open(io.BytesIO(data)) as document, document.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
        found = [document.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root]  # type: ignore[index]
    assert titles[0] == "证据1 材料1 / Exhibit 1: Paper 1"
    assert len(titles) == 4
    assert found == [0, 1, 4, 5]


def test_a_photo_is_seen_on_its_page() -> None:
    data, _ = bound(SAMPLE)
    page = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("RGB")
    middle = page.getpixel((90, page.height // 2))
    assert isinstance(middle, tuple)
    assert middle[0] > 200
    assert middle[1] < 60


def test_a_mail_is_set_as_text_and_nothing_in_it_acts() -> None:
    text = pages_of(bound(SAMPLE)[0])[4]
    assert "From: 客服 <service@example.cn>" in text
    assert "<b>{{x}}</b>\\x1b[31m" in text
    assert "\x1b" not in text


def test_what_paper_cannot_show_gets_a_sheet_and_is_never_read() -> None:
    silent = source(4, b"table" * 99, "application/zip", name="材料.zip")
    text = pages_of(bound([replace(silent, content=never)])[0])[0]
    assert "材料.zip" in text
    assert "495 字节" in text
    assert sha256(b"table" * 99).hexdigest() in squeezed(text)
    assert "application/zip" in text
    assert "2026-11-20 18:05 (Asia/Shanghai)" in text
    assert "时长" not in text


def test_the_sheet_of_a_sound_says_how_large_it_is_and_how_long_it_plays() -> None:
    voice = source(1, sound(83.4), "audio/wav", name="通话.wav")
    text = squeezed(pages_of(bound([voice])[0])[0])
    assert "大小1,334,444字节" in text
    assert "时长00:01:23.4（时:分:秒，依原文件自身记载读出，未经播放核对）" in text
    assert "Duration00:01:23.4(h:min:s,asthefileitselftells;notcheckedbyplayingit)" in text


def test_a_sound_whose_length_is_not_told_says_so() -> None:
    text = squeezed(pages_of(bound([SAMPLE[3]])[0])[0])
    assert "时长时长未能读出" in text
    assert "Durationcouldnotberead" in text


def test_a_character_without_a_glyph_shows_its_number() -> None:
    smile = source(1, b"x", "text/plain", text="好\U0001f600好", name="\U0001f600.txt")
    text = pages_of(bound([smile])[0])[0]
    assert "好[U+1F600]好" in text
    assert "[U+1F600].txt" in text


@pytest.mark.parametrize(
    ("data", "media_type", "reason", "pages"),
    [
        (b"", "image/jpeg", Refusal.EMPTY, 1),
        (b"no picture", "image/jpeg", Refusal.DAMAGED, 1),
        (strange_files.picture()[:-900], "image/jpeg", Refusal.DAMAGED, 1),
        (strange_files.png_bomb(20_000, 20_000), "image/png", Refusal.TOO_MANY_PIXELS, 1),
        (strange_files.xref_loop(), "application/pdf", Refusal.DAMAGED, 1),
        (
            strange_files.pdf(encryption=pikepdf.Encryption(user="a", owner="b")),
            "application/pdf",
            Refusal.ENCRYPTED,
            1,
        ),
        (strange_files.many_pages(500), "application/pdf", Refusal.TOO_MANY_PAGES, 7),
        (strange_files.pdf(box=(1e7, 1e7)), "application/pdf", Refusal.ABSURD_PAGE, 1),
    ],
    ids=["empty", "broken", "truncated", "bomb", "xref", "encrypted", "many pages", "huge page"],
)
def test_a_hostile_file_never_stops_the_binding(
    data: bytes, media_type: str, reason: Refusal, pages: int
) -> None:
    written, done = bound([source(1, data, media_type), *SAMPLE[2:3]])
    assert done.refusals == ((1, reason),)
    texts = pages_of(written)
    assert len(texts) == pages + 1
    assert reason.words.zh in squeezed(texts[pages - 1])
    assert squeezed(reason.words.en) in squeezed(texts[pages - 1])


def test_a_pdf_that_is_not_bound_whole_says_how_much_is_left_out_and_where_the_whole_is() -> None:
    paper = source(1, strange_files.many_pages(500), "application/pdf")
    last = squeezed(pages_of(bound([paper])[0])[-1])
    for words in ("原文件页数500", "未装订页数494", f"包内路径data/{paper.exhibit.path}"):
        assert words in last
    assert "Pagesnotboundhere494" in last


def test_no_sound_is_read_where_its_pages_are_only_counted() -> None:
    voice = source(1, sound(83.4), "audio/wav", name="通话.wav")
    counted = bound([replace(voice, content=never, timed=False)])[1]
    assert counted.pages == bound([voice])[1].pages


def test_a_long_text_is_cut_and_says_so() -> None:
    for text in ("长" * (TEXT_LIMIT + 1), "a\n" * (TEXT_LIMIT // 2)):
        _, done = bound([source(1, b"x", "text/plain", text=text)])
        assert done.refusals == ((1, Refusal.TOO_MUCH_TEXT),)
        assert done.pages <= EDITION.limits.pages + 1


def test_the_first_line_of_a_part_of_a_text_never_ends_a_page_without_the_next() -> None:
    for before in range(30, 60):
        lines = ["填充。"] * before + ["", "十二.某条", "要旨：正文。", "Article", "Gist: text."]
        text = "\n".join(lines)
        data, _ = bound([source(1, text.encode(), "text/plain", text=text)])
        (page,) = (page for page in pages_of(data) if "十二.某条" in page)
        assert "要旨：正文" in page, before


def test_characters_without_a_glyph_do_not_make_a_text_longer_than_is_set() -> None:
    text = "".join(map(chr, range(0x10300, 0x1A000)))
    whole = text.encode()
    began = time.perf_counter()
    patient = replace(EDITION, limits=Limits(pages=10_000))
    _, done = bound([source(1, whole, "text/plain", text=text)], patient)
    assert time.perf_counter() - began < 10
    assert done.refusals == ((1, Refusal.TOO_MUCH_TEXT),)
    assert done.pages <= 121


def test_nothing_active_and_no_brand_reaches_the_bound_copy() -> None:
    hostile = [
        source(1, strange_files.pdf(change=strange_files.with_javascript), "application/pdf"),
        source(2, strange_files.pdf(change=strange_files.with_embedded_file), "application/pdf"),
        source(3, strange_files.picture(exif=strange_files.exif_of(6)), "image/jpeg"),
    ]
    data, _ = bound(hostile)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert "/OpenAction" not in document.Root
        assert "/Names" not in document.Root
        info = {str(key): str(value) for key, value in document.docinfo.items()}
    assert info == {
        "/Title": "证据装订本 / Bound exhibits",
        "/CreationDate": "D:20261125000000+08'00'",
        "/ModDate": "D:20261125000000+08'00'",
    }
    for word in (b"JavaScript", b"run-me.exe", b"SECRETCAMERA", b"eportLab", b"pirights"):
        assert word not in data


def test_all_fonts_are_embedded_and_none_is_a_standard_one() -> None:
    data, _ = bound(SAMPLE)
    with pikepdf.open(io.BytesIO(data)) as document:
        fonts = [
            font for page in document.pages for font in page.obj.Resources.Font.as_dict().values()
        ]
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_the_same_exhibits_give_the_same_bytes_in_any_zone_of_the_machine() -> None:
    first, _ = bound(SAMPLE)
    os.environ["TZ"] = "America/New_York"
    try:
        second, _ = bound(SAMPLE)
    finally:
        del os.environ["TZ"]
    assert first == second
    assert bound(SAMPLE, replace(EDITION, on=date(2026, 11, 26)))[0] != first


@pytest.mark.parametrize("letters", list(Letters))
def test_stamps_follow_the_letters(letters: Letters) -> None:
    text = pages_of(bound(SAMPLE[:1], replace(EDITION, letters=letters))[0])[0]
    assert ("证据1" in text) == (letters is not Letters.EN)
    assert ("Exhibit 1" in text) == (letters is not Letters.ZH)


def test_pages_do_not_pile_up_in_memory() -> None:
    """Twelve noisy photos make a large file; the binder holds about one of them at a time."""
    noise = io.BytesIO()
    Image.frombytes("RGB", (2000, 1500), os.urandom(9_000_000)).save(noise, "JPEG", quality=75)
    photos = [source(number, noise.getvalue(), "image/jpeg") for number in range(1, 13)]
    with open(os.devnull, "wb") as sink:  # noqa: PTH123  nothing is kept
        bind(photos[:1], sink, **shared(EDITION))  # loads the fonts
        tracemalloc.start()
        bind(photos, sink, **shared(EDITION))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 6 * len(noise.getvalue())


def test_no_exhibit_at_all_is_still_a_sound_file() -> None:
    data, done = bound([])
    assert done == Bound(exhibits=(), pages=0, refusals=())
    assert data.startswith(b"%PDF-1.7")


def test_printable_words_are_the_same_for_paper_and_data() -> None:
    exhibit = replace(
        SAMPLE[0].exhibit, original_name="a\u202eb\n\U0001f600", title=Words.same("\x1b")
    )
    done = printable(exhibit)
    assert done.original_name == "a\\u202eb\\x0a[U+1F600]"
    assert done.title == Words.same("\\x1b")
    assert showable("\ue000") == "[U+E000]"


def test_the_catalogue_on_paper_shows_every_title_whole_in_its_order() -> None:
    long = Words(
        zh="某某野生动物世界客服部关于年卡用户入园方式变更的短信通知截图（第一部分）",
        en="Long title",
    )
    sources = [replace(one, exhibit=replace(one.exhibit, title=long)) for one in SAMPLE]
    _, done = bound(sources)
    facts = BundleFacts(
        name="sample",
        reference=EDITION.reference,
        person="张某某",
        handler=Words.same("某某公司"),
        on=EDITION.on,
        exhibits=len(sources),
        pages=done.pages,
        letters=Letters.BOTH,
    )
    words = squeezed(text_of_pdf(pdf.to_bytes(catalogue(facts, done.exhibits))))
    assert words.count(long.zh) == len(sources)
