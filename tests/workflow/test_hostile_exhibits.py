"""Files made to harm, all the way into a bundle: kept to the octet, shown or refused, told.

Each test is named after what it is about; the room in which such files are opened has tests of its
own (`tests/render/test_raster.py`), and so have what photos say (`tests/evidence/test_photo.py`)
and how mails are read (`tests/mail/test_parse.py`).
"""

import io
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from PIL import ExifTags, Image, TiffImagePlugin
from pypdf import PdfReader

from pirights.domain.bundle import Exhibit
from pirights.domain.refusal import Refusal
from pirights.workflow import bundles, replies
from pirights.workflow.bundles import Built
from tests.render import strange_files
from tests.workflow import office
from tests.workflow.office import case, park, scan
from tests.workflow.test_bundles import files

Rational = TiffImagePlugin.IFDRational
SECONDS = 120
"""A bundle of all these files takes no longer, on a slow machine too."""


def photo(*, latitude: tuple[object, ...] | None = None, taken: str = "") -> bytes:
    """A photo that says where and when it was taken."""
    exif = Image.Exif()
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if latitude is not None:
        east = (Rational(120), Rational(7), Rational(30))
        exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: latitude, 3: "E", 4: east})
    return strange_files.picture(exif=exif.tobytes())


def many_parts(count: int) -> bytes:
    """A mail of so many attachments."""
    part = b"--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n"
    return b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + part * count + b"--b--\r\n"


def deep(count: int) -> bytes:
    """A mail of so many parts, each within the one before."""
    heads = (
        f'Content-Type: multipart/mixed; boundary="b{one}"\r\n\r\n--b{one}\r\n'
        for one in range(count)
    )
    return ("".join(heads) + "\r\n您好\r\n").encode()


def gb2312() -> bytes:
    """A mail that names an encoding which lacks half of its characters."""
    text = "朱镕喆先生：㐂，我司未存储您的人脸信息。"
    head = b"From: a@b.example\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n"
    return head + text.encode("gb18030")


def with_attachment(name: str, data: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail["Date"] = "Fri, 20 Nov 2026 10:00:00 +0800"
    mail.set_content("见附件。")
    mail.add_attachment(data, maintype="application", subtype="ms-tnef", filename=name)
    return mail.as_bytes()


IMAGES: dict[str, Callable[[], bytes]] = {
    "truncated.jpg": lambda: strange_files.picture()[:-900],
    "20000x20000.png": lambda: strange_files.png_bomb(20_000, 20_000),
    "heic-bomb.heic": strange_files.huge_heic,
    "exif-loop.jpg": lambda: strange_files.picture(exif=strange_files.looping_exif()),
    "gps-nan.jpg": lambda: photo(latitude=(Rational(0, 0), Rational(0), Rational(0))),
    "gps-by-zero.jpg": lambda: photo(latitude=(Rational(30), Rational(15), Rational(1, 0))),
    "future.jpg": lambda: photo(taken="2031:01:01 10:00:00"),
    "wrong-extension.png": strange_files.picture,
}
PDFS: dict[str, Callable[[], bytes]] = {
    "javascript.pdf": lambda: strange_files.pdf(change=strange_files.with_javascript),
    "launch.pdf": lambda: strange_files.pdf(change=strange_files.with_launch),
    "embedded.pdf": lambda: strange_files.pdf(change=strange_files.with_embedded_file),
    "xref-loop.pdf": strange_files.xref_loop,
    "flate-bomb.pdf": strange_files.flate_bomb,
    "encrypted.pdf": lambda: strange_files.pdf(
        encryption=pikepdf.Encryption(user="secret", owner="other")
    ),
    "absurd-box.pdf": lambda: strange_files.pdf(box=(10_000_000, 10_000_000)),
    "100k-pages.pdf": lambda: strange_files.many_pages(100_000),
}
MAILS: dict[str, Callable[[], bytes]] = {
    "3000-deep.eml": lambda: deep(3_000),
    "gb2312.eml": gb2312,
    "no-date.eml": "From: a@b.example\r\nSubject: 无日期\r\n\r\n您好\r\n".encode,
    "bad-date.eml": lambda: b"From: a@b.example\r\nDate: Fri, 31 Feb 99999\r\n\r\nx\r\n",
    "header-injection.eml": lambda: (
        b"From: a@b.example\r\nSubject: =?utf-8?q?a=0d=0aBcc=3a_all=40x.example?=\r\n\r\nx\r\n"
    ),
    "passwd.eml": lambda: with_attachment("../../etc/passwd", b"root"),
    "winmail.eml": lambda: with_attachment("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(64)),
    "5000-attachments.eml": lambda: many_parts(5_000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmed:
    """A bundle of all of them.

    Attributes:
        sources: What was taken in, by name.
        files: What is in the bundle, by name.
        pages: The words on each page of the bound copy.
    """

    built: Built
    sources: dict[str, bytes]
    files: dict[str, bytes]
    pages: list[str]
    seconds: float

    def exhibit(self, name: str) -> Exhibit:
        return next(one for one in self.built.exhibits if one.original_name == name)

    def words(self, name: str) -> str:
        """What stands on its pages in the bound copy, without spaces."""
        one = self.exhibit(name)
        return "".join("".join(self.pages[one.page_from - 1 : one.page_to]).split())

    def sheet(self, name: str) -> dict[str, object]:
        data = self.files[f"data/exhibits/{self.exhibit(name).folder}/exhibit.json"]
        told = json.loads(data)
        assert isinstance(told, dict)
        return told

    def told(self, name: str) -> list[object]:
        """Why it is not shown whole, as the builder is told."""
        number = self.exhibit(name).number
        values = [notice.values for notice in self.built.notices]
        return [one["reason"] for one in values if one["number"] == number]

    def flags(self, name: str) -> str:
        facts = self.sheet(name)["photo"]
        assert isinstance(facts, dict)
        return " ".join(facts["flags"])


@pytest.fixture(scope="module")
def harmed(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Harmed:
    place = tmp_path_factory.mktemp("harmed")
    sources = {name: make() for name, make in (IMAGES | PDFS | MAILS).items()}
    for name, data in sources.items():
        (place / name).write_bytes(data)
    desk = office.opened(Path(shutil.copytree(furnished, place / "vault")))
    with desk.vault:
        scan(desk, park(desk), files=tuple(place / name for name in (*IMAGES, *PDFS)))
        ref = case(desk).case.ref
        replies.add(desk, ref, [place / name for name in MAILS], on=None)
        began = time.monotonic()
        built = bundles.build(desk, ref, out=place / "bundle")
        took = time.monotonic() - began
    found = files(built.path)
    pages = [page.extract_text() for page in PdfReader(place / "bundle/data/02-exhibits.pdf").pages]
    return Harmed(built=built, sources=sources, files=found, pages=pages, seconds=took)


@pytest.mark.parametrize("name", [*IMAGES, *PDFS, *MAILS])
def test_the_original_is_kept_to_the_octet(harmed: Harmed, name: str) -> None:
    exhibit = harmed.exhibit(name)
    assert harmed.files[f"data/{exhibit.path}"] == harmed.sources[name]
    assert harmed.sheet(name)["original_name"] == name


def test_a_bundle_of_all_of_them_is_valid_and_made_in_bounded_time(harmed: Harmed) -> None:
    assert harmed.seconds < SECONDS
    verdict = bundles.check(harmed.built.path, strict=True)
    assert (verdict.verdict, verdict.findings, verdict.warnings) == ("valid", (), ())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("truncated.jpg", Refusal.DAMAGED),
        ("20000x20000.png", Refusal.TOO_MANY_PIXELS),
        ("heic-bomb.heic", Refusal.TOO_MANY_PIXELS),
        ("xref-loop.pdf", Refusal.DAMAGED),
        ("encrypted.pdf", Refusal.ENCRYPTED),
        ("absurd-box.pdf", Refusal.ABSURD_PAGE),
        ("100k-pages.pdf", Refusal.TOO_MANY_PAGES),
    ],
)
def test_what_cannot_be_shown_has_a_page_that_says_so(
    harmed: Harmed, name: str, reason: Refusal
) -> None:
    assert "".join(reason.words.zh.split()) in harmed.words(name)
    assert reason.words in harmed.told(name)


def test_a_flate_bomb_of_a_megabyte_ends_in_a_page_that_says_so(harmed: Harmed) -> None:
    assert len(harmed.sources["flate-bomb.pdf"]) < 8 * 2**20
    said_so = (Refusal.CRASHED, Refusal.TOO_MUCH_MEMORY, Refusal.TOO_SLOW)
    (told,) = harmed.told("flate-bomb.pdf")
    assert told in {reason.words for reason in said_so}
    assert told.zh in harmed.words("flate-bomb.pdf")


def test_of_a_hundred_thousand_pages_only_the_first_are_bound(harmed: Harmed) -> None:
    one = harmed.exhibit("100k-pages.pdf")
    assert one.page_to - one.page_from + 1 == 201


@pytest.mark.parametrize(
    ("name", "flag"),
    [
        ("truncated.jpg", "cut off"),
        ("20000x20000.png", "too many points"),
        ("heic-bomb.heic", "too many points"),
        ("gps-nan.jpg", "makes no sense"),
        ("gps-by-zero.jpg", "makes no sense"),
        ("future.jpg", "future"),
        ("wrong-extension.png", "is image/jpeg, whatever its name says"),
    ],
)
def test_what_is_odd_about_a_picture_is_flagged_on_its_sheet(
    harmed: Harmed, name: str, flag: str
) -> None:
    assert flag in harmed.flags(name)


@pytest.mark.parametrize("name", ["exif-loop.jpg", "gps-nan.jpg", "gps-by-zero.jpg", "future.jpg"])
def test_odd_notes_of_a_camera_do_not_hinder_the_picture(harmed: Harmed, name: str) -> None:
    one = harmed.exhibit(name)
    page = PdfReader(io.BytesIO(harmed.files["data/02-exhibits.pdf"])).pages[one.page_from - 1]
    assert len(page.images) == 1
    assert harmed.told(name) == []
    facts = harmed.sheet(name)["photo"]
    assert isinstance(facts, dict)
    assert facts["position"] is None


@pytest.mark.parametrize("name", ["javascript.pdf", "launch.pdf", "embedded.pdf"])
def test_nothing_active_of_a_pdf_leaves_its_original(harmed: Harmed, name: str) -> None:
    one = harmed.exhibit(name)
    reader = PdfReader(io.BytesIO(harmed.files["data/02-exhibits.pdf"]))
    assert len(reader.pages[one.page_from - 1].images) == 1, "a picture of the page, no more"
    bound = harmed.files["data/02-exhibits.pdf"]
    for mark in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"run-me.exe", b"/AA"):
        assert mark not in bound
    assert not reader.attachments
    assert set(reader.root_object) & {"/OpenAction", "/AA"} == set()


def test_a_mail_3000_parts_deep_and_one_of_5000_attachments_are_bound_as_received(
    harmed: Harmed,
) -> None:
    for name in ("3000-deep.eml", "5000-attachments.eml"):
        assert "以下为收到时的原文" in harmed.words(name)
        one = harmed.exhibit(name)
        assert one.page_to - one.page_from < 1_500


def test_octets_labelled_gb2312_are_read_as_gb18030(harmed: Harmed) -> None:
    assert "朱镕喆先生" in harmed.words("gb2312.eml")
    assert "我司未存储您的人脸信息" in harmed.words("gb2312.eml")


def test_a_mail_without_a_sensible_date_gets_the_day_it_was_taken_in(harmed: Harmed) -> None:
    for name in ("no-date.eml", "bad-date.eml"):
        assert harmed.exhibit(name).title.zh == f"2026-11-23答复：{name}"
    assert "Date:Fri,31Feb99999" in harmed.words("bad-date.eml"), "as received"


def test_a_header_hidden_in_a_subject_is_shown_and_makes_no_header(harmed: Harmed) -> None:
    assert r"Subject:a\x0d\x0aBcc:all@x.example" in harmed.words("header-injection.eml")


def test_the_name_of_an_attachment_is_no_path_and_its_octets_stay_in_the_mail(
    harmed: Harmed,
) -> None:
    assert "Attachment:passwd(4)" in harmed.words("passwd.eml")
    assert "Attachment:winmail.dat(68)" in harmed.words("winmail.eml")
    assert not [name for name in harmed.files if "passwd" in name or "winmail" in name]
