"""Labels fit into their frame on the sheet, in a size to be read; or are left to the hand."""

import io
import re
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pirights.domain.document import Language, Letters
from pirights.render import labels
from pirights.render.labels import Label
from tests.needs import program
from tests.render.pdfa import faults

REFERENCE = "PR-2026-7K3M9QX-C"
LONG = "Hangzhou-Yequ-Safari-World-Tourism-Development-Company-Limited-by-Shares.example.com"


def label(address: str, recipient: str = "杭州野趣乐园有限公司", **other: str) -> Label:
    return Label(
        recipient=recipient,
        address=address,
        phone=other.get("phone", "0571-88888888"),
        reference=other.get("reference", REFERENCE),
        language=Language(other.get("language", "zh")),
    )


def sheet(several: Sequence[Label]) -> tuple[bytes, tuple[str, ...]]:
    sink = io.BytesIO()
    by_hand = labels.write(
        sink,
        several,
        title="邮寄标签",
        letters=Letters.ZH,
        on=date(2026, 11, 30),
        zone="Asia/Shanghai",
    )
    return sink.getvalue(), by_hand


def texts(data: bytes) -> list[str]:
    """The text of each page, without the ends of lines."""
    return [
        re.sub(r"\s+", "", page.get_textpage().get_text_range())
        for page in pypdfium2.PdfDocument(data)
    ]


def stray_ink(data: bytes) -> int:
    """Count the dark dots within 3 mm of an edge of a label, at five dots a millimetre."""
    found = 0
    for page in pypdfium2.PdfDocument(data):
        picture = page.render(scale=5 * 25.4 / 72, grayscale=True).to_pil()
        wide, high = picture.size
        dots = picture.tobytes()
        for y in range(high):
            for x in range(wide):
                across, down = (x / 5) % 70, (y / 5 - 0.5) % 37
                if (min(across, 70 - across) < 3 or min(down, 37 - down) < 3) and (
                    dots[y * wide + x] < 200
                ):
                    found += 1
    return found


HARD = [
    label("浙江省杭州市西湖区文三路 90 号东部软件园 3 号楼 12 层"),
    label("北京市朝阳区㛃䶮路" + "某某大厦、" * 40, "张㛃䶮"),
    label("上海市浦东新区世纪大道" + LONG, LONG),
    label("", "Hangzhou Yequ Safari World Tourism Development Co., Ltd."),
    label("Room 1203, Building 3, 90 Wensan Road, Hangzhou", language="en"),
    label("（" * 60 + "。" * 60, "“" * 30),
    label('=HYPERLINK("x") <b>粗</b> {{ name }} \\ ( )', phone="1" * 200),
]


def test_every_label_stays_in_its_frame() -> None:
    data, by_hand = sheet(HARD * 4)
    assert by_hand == ()
    assert len(texts(data)) == 2
    assert stray_ink(data) == 0


def test_the_frame_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "_SIDE", labels._SIDE - 12)
    assert stray_ink(sheet(HARD)[0]) > 0
    assert stray_ink_of_first(sheet(HARD)[0]) > 0


def test_a_label_says_where_to_and_which_and_nothing_else() -> None:
    data, _ = sheet([label("文三路90号"), label("90 Wensan Rd", "Yequ Ltd", language="en")])
    first = f"文三路90号杭州野趣乐园有限公司（收）电话：0571-88888888{REFERENCE}"
    second = f"YequLtd90WensanRdTel.0571-88888888{REFERENCE}"
    assert texts(data) == [first + second]


@pytest.mark.parametrize("address", ["很长" * 450, "عربي", "𠮷"])
def test_what_does_not_fit_or_has_no_glyph_is_left_to_the_hand(address: str) -> None:
    data, by_hand = sheet([label(address), label("文三路90号", reference="PR-2")])
    assert by_hand == (REFERENCE,)
    assert texts(data)[0].startswith(f"{REFERENCE}文三路90号")


@program("pdftotext")
def test_labels_stand_on_a_grid_of_three_by_eight(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    path.write_bytes(sheet([label("路", reference=f"R{at}") for at in range(25)])[0])
    read = subprocess.run(("pdftotext", "-bbox", path, "-"), check=True, capture_output=True)
    words = re.findall(rb'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>R(\d+)<', read.stdout)
    places = {int(at): (float(x) / 72 * 25.4, float(y) / 72 * 25.4) for x, y, at in words}
    left, top = places[0]
    for at in range(24):
        down, across = divmod(at, 3)
        assert places[at] == pytest.approx((left + 70 * across, top + 37 * down), abs=0.05)
    assert places[24] == pytest.approx(places[0], abs=0.05)
    assert 4 < left < 7


def test_no_line_says_received_by_alone_where_a_smaller_size_helps() -> None:
    name = "上海某某物业（集团）有限公司"
    pages = pypdfium2.PdfDocument(sheet([label("文三路90号", name)])[0])
    lines = pages[0].get_textpage().get_text_range().split("\r\n")
    assert f"{name}（收）" in lines


def test_a_label_without_an_address_has_room_for_one() -> None:
    (with_it, _), (without, _) = sheet([label("路")]), sheet([label("")])
    assert top_of("杭州", without) < top_of("杭州", with_it) - 10


def top_of(word: str, data: bytes) -> float:
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    found = page.search(word).get_next()
    assert found
    return float(page.get_charbox(found[0])[3])


def test_the_sheet_keeps_what_archives_ask_for() -> None:
    assert faults(sheet(HARD * 5)[0]) == []


def test_the_same_labels_give_the_same_octets() -> None:
    assert sheet(HARD) == sheet(HARD)


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.sampled_from("路号、（）“”ABCxyz 019-./\n\t"), max_size=500),
    st.text(st.sampled_from("公司（）有限A b"), min_size=1, max_size=80),
)
def test_no_address_runs_out_of_its_label(address: str, recipient: str) -> None:
    data, _ = sheet([label(address, recipient)])
    assert stray_ink_of_first(data) == 0


def stray_ink_of_first(data: bytes) -> int:
    """Count the dark dots outside the inner part of the first label, at two dots a millimetre."""
    picture = pypdfium2.PdfDocument(data)[0].render(scale=2 * 25.4 / 72, grayscale=True).to_pil()
    picture.paste(255, (6, 7, 134, 69))
    return sum(dot < 200 for dot in picture.tobytes())
