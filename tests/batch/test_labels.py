"""What the post needs: a sheet with every letter that it carries, and a label for each."""

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from pirights.batch import labels
from pirights.batch.index import IndexRow
from pirights.domain.batch_row import MadeFile
from pirights.domain.dispatch import Channel
from pirights.domain.document import Letters
from tests.batch.run_rows import ON, ZONE, printed, row
from tests.batch.spreadsheet import sheets
from tests.needs import program

FILES = (
    MadeFile(path="P1/a.pdf", sha256="ab" * 32, size=9, pages=3),
    MadeFile(path="P1/a.docx", sha256="ab" * 32, size=9),
    MadeFile(path="P1/a-poa.pdf", sha256="ab" * 32, size=9, pages=1, enclosure=True),
)
ROWS = [
    row(1, FILES, enclosed=("授权委托书", "身份证明复印件"), phone="+86 571 8888 8888"),
    row(2, FILES[:1], channel=Channel.EMAIL, recipient="不邮寄公司"),
    row(3, FILES[:1], channel=Channel.EMS, recipient='=HYPERLINK("x")', sender_phone="=1+1"),
    row(4, FILES[1:2], address="", phone="", sender=""),
]
TITLE = "张㛃䶮关于查阅、删除人脸信息的请求书"
SIZE = "labels.pdf is for sheets of 24 labels, 70 × 37 mm (3 × 8 on A4)"


def write(out: Path, rows: list[IndexRow]) -> list[str]:
    return printed(labels.write(out, lambda: rows, on=ON, zone=ZONE))


@program("soffice")
def test_the_sheet_has_all_that_a_waybill_asks_for(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    (found,) = sheets(tmp_path / "labels.xlsx").values()
    said = dict(zip(found[0], zip(*found[1:], strict=True), strict=True))
    assert said == {
        "行编号 key": ("K1", "K3", "K4"),
        "文书编号 ref": tuple(f"PR-2026-000000{at}-C" for at in (1, 3, 4)),
        "收件单位 recipient": (
            "杭州野趣乐园有限公司", "'=HYPERLINK(\"x\")", "杭州野趣乐园有限公司"
        ),
        "收件电话 recipient's telephone": ("+86 571 8888 8888", "0571-88888888", ""),
        "收件地址 recipient's address": (*["浙江省杭州市西湖区文三路 90 号"] * 2, ""),
        "内件品名 contents": tuple(
            f"{TITLE}（编号PR-2026-000000{at}-C）" for at in (1, 3, 4)
        ),
        "寄件人 sender": ("张㛃䶮", "张㛃䶮", "张㛃䶮"),
        "寄件电话 sender's telephone": ("13800000000", "'=1+1", "13800000000"),
        "寄件地址 sender's address": ("杭州市上城区某路1号",) * 3,
        "页数 pages": ("4", "3", ""),
        "附件 enclosed": ("授权委托书；身份证明复印件", "", ""),
    }  # fmt: skip


def test_labels_are_for_what_goes_by_post_and_say_nothing_of_the_matter(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    page = pypdfium2.PdfDocument(tmp_path / "labels.pdf")[0].get_textpage()
    text = page.get_text_range().replace("\r\n", "")
    assert [text.count(f"PR-2026-000000{at}-C") for at in range(1, 5)] == [1, 0, 1, 1]
    assert "不邮寄公司" not in text
    for private in ("人脸", "信息", "请求", "法", "查阅", "张㛃䶮", "K1"):
        assert private not in text


def test_labels_follow_the_post_of_the_address_whatever_the_letter_is_written_in(
    tmp_path: Path,
) -> None:
    rows = [
        row(at, FILES[:1], letters=letters)
        for at, letters in enumerate(Letters.__members__.values())
    ]
    abroad = row(9, FILES[:1], letters=Letters.ZH, address="90 Wensan Rd", recipient="Yequ Ltd")
    unknown = row(8, FILES[:1], letters=Letters.EN, address="")
    write(tmp_path, [*rows, abroad, unknown])
    page = pypdfium2.PdfDocument(tmp_path / "labels.pdf")[0].get_textpage()
    text = re.sub(r"\s+", "", page.get_text_range())
    chinese = "浙江省杭州市西湖区文三路90号杭州野趣乐园有限公司（收）电话：0571-88888888PR-"
    assert text.count(chinese) == len(rows) == 3
    assert "YequLtd90WensanRdTel.0571-88888888PR-" in text
    assert text.count("杭州野趣乐园有限公司（收）") == 4


def test_the_size_of_the_labels_is_told_and_what_is_left_to_do(tmp_path: Path) -> None:
    assert write(tmp_path, ROWS[:1]) == [f"{SIZE}; print it at its own size, 100 %."]
    told = write(
        tmp_path, [*ROWS, *(replace(ROWS[0], ref=f"R{at}", address="ع") for at in range(22))]
    )
    assert told[1] == "Without an address: 1; their labels have room to write it in."
    assert told[2].endswith(f"write them by hand: {', '.join(f'R{at}' for at in range(20))}, ….")


def test_a_run_without_letters_by_post_has_no_such_files(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    assert write(tmp_path, ROWS[1:2]) == []
    assert list(tmp_path.iterdir()) == []


def test_the_same_rows_give_the_same_octets(tmp_path: Path) -> None:
    seen = []
    for _ in range(2):
        write(tmp_path, ROWS)
        seen.append([path.read_bytes() for path in sorted(tmp_path.iterdir())])
    assert seen[0] == seen[1]


@pytest.mark.parametrize("channel", [one for one in Channel if one is not Channel.EMS])
def test_no_other_way_needs_an_envelope(channel: Channel) -> None:
    assert not labels.goes_by_post(row(1, FILES, channel=channel))
    assert labels.goes_by_post(row(1, FILES))
