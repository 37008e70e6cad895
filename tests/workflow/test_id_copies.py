"""Tests of making a copy of an identity document: all of it, or nothing."""

import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.id_copy import Part, Region, Side
from pirights.errors import BadInput, MissingGlyph, NotFound
from pirights.workflow import bundles, id_copies
from pirights.workflow.desk import Desk
from pirights.workflow.id_copies import Made, Order
from tests.render import sample_card, strange_files
from tests.workflow import office


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "card.png"
    path.write_bytes(sample_card.saved(sample_card.front()))
    return path


def order(image: Path, **wish: object) -> Order:
    told = {"purpose": "年卡退费", "out": image.with_name("copy.png"), "card": Side.FRONT, **wish}
    return Order(image=image, **told)  # type: ignore[arg-type]  # named as there


def made(desk: Desk, image: Path, **wish: object) -> Made:
    return id_copies.make(desk, order(image, **wish))


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


def test_the_company_is_named_from_the_vault_and_the_day_is_the_vaults(
    desk: Desk, card: Path
) -> None:
    office.park(desk)
    done = made(desk, card, handler=1)
    assert done.text == "仅供杭州样例野趣乐园有限公司核验年卡退费使用，他用无效  2026-11-23"
    late = replace(desk, now=desk.now.replace(hour=20))
    assert made(late, card).text.endswith("2026-11-24"), "it is the next day in Shanghai"
    assert made(desk, card, on=date(2026, 12, 1)).text == "年卡退费，他用无效  2026-12-01"


def test_what_was_masked_is_told(desk: Desk, card: Path) -> None:
    mine = Region(left=1, top=2, width=30, height=40)
    done = made(desk, card, masks=(mine,))
    assert [part for part, _ in done.masked] == [Part.NUMBER, Part.ADDRESS, Part.REGION]
    assert done.masked[-1] == (Part.REGION, mine)
    assert done.notices == ()
    bare = made(desk, card, card=None)
    assert bare.masked == ()
    assert "Nothing" in office.said(bare.notices)


@pytest.mark.parametrize(("dpi", "size"), [(96, (324, 204)), (150, (506, 319)), (300, (1011, 638))])
def test_a_card_comes_out_in_its_own_size(
    dpi: int, size: tuple[int, int], desk: Desk, card: Path
) -> None:
    done = made(desk, card, dpi=dpi)
    assert (done.width, done.height) == size == size_of(done.path)


def test_another_document_fills_the_page_at_most(desk: Desk, tmp_path: Path) -> None:
    for size, expected in (((3000, 2000), (1004, 669)), ((2000, 3500), (867, 1518))):
        path = tmp_path / "page.jpg"
        path.write_bytes(strange_files.picture(size=size))
        done = made(desk, path, card=None)
        assert (done.width, done.height) == expected


def test_a_small_picture_is_not_blown_up_beyond_seventy_two_dots(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "page.jpg"
    path.write_bytes(strange_files.picture(size=(144, 144)))
    assert made(desk, path, card=None).width == 300


def test_the_same_order_gives_the_same_bytes(desk: Desk, card: Path) -> None:
    for name in ("a.png", "b.png", "a.pdf", "b.pdf"):
        made(desk, card, out=card.with_name(name))
    folder = card.parent
    assert (folder / "a.png").read_bytes() == (folder / "b.png").read_bytes()
    assert (folder / "a.pdf").read_bytes() == (folder / "b.pdf").read_bytes()


def test_the_original_is_only_read(desk: Desk, card: Path) -> None:
    before = card.read_bytes(), card.stat().st_mtime_ns
    made(desk, card)
    assert (card.read_bytes(), card.stat().st_mtime_ns) == before
    assert desk.vault.attachments() == []
    assert sorted(path.name for path in card.parent.iterdir()) == ["card.png", "copy.png", "vault"]


def test_the_original_is_kept_with_its_person_once(desk: Desk, card: Path) -> None:
    kept = made(desk, card, keep=1).kept
    assert kept is not None
    assert (kept.owner, kept.purpose, kept.name) == ("P1", Purpose.IDENTITY, "card.png")
    assert kept.sha256 == sha256(card.read_bytes()).hexdigest()
    assert b"".join(desk.vault.chunks(kept)) == card.read_bytes()
    assert made(desk, card, keep=1).kept == kept
    assert desk.vault.count(Attachment) == 1
    assert desk.vault.check() == []


def test_the_journal_knows_which_copy_was_made_for_whom(desk: Desk, card: Path) -> None:
    office.park(desk)
    done = made(desk, card, handler=1)
    [row] = [row for row in desk.vault.journal_rows() if row.kind == "id-copy.made"]
    assert json.loads(row.payload or "") == {
        "handler": 1,
        "text": done.text,
        "sha256": sha256(done.path.read_bytes()).hexdigest(),
    }


def test_neither_original_nor_copy_goes_into_a_bundle(desk: Desk, card: Path) -> None:
    ref = office.begun(desk)
    made(desk, card, handler=1, keep=1)
    out = bundles.build(desk, ref, out=card.with_name("bundle")).path
    journal = (out / "data" / "custody" / "journal.jsonl").read_text(encoding="utf-8")
    assert "encounter.added" in journal
    assert "card.png" not in journal
    assert "id-copy" not in journal
    assert not [path for path in out.rglob("*") if "card" in path.name]


def refused(desk: Desk, image: Path, **wish: object) -> str:
    """Make nothing, and leave folder and vault as they were."""
    before = sorted(image.parent.iterdir())
    rows = len(list(desk.vault.journal_rows()))
    with pytest.raises(BadInput) as told:
        made(desk, image, keep=1, **wish)
    assert sorted(image.parent.iterdir()) == before
    assert len(list(desk.vault.journal_rows())) == rows
    assert desk.vault.attachments() == []
    return str(told.value)


def film() -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no picture"),
        (b"not a picture", "no picture"),
        (b"%PDF-1.7 no picture", "no picture"),
        (strange_files.picture()[:-900], "not a whole one"),
        (strange_files.png_bomb(20_000, 20_000), "too many pixels"),
        (strange_files.huge_heic(), "too many pixels"),
        (film(), "several pictures"),
        (strange_files.picture(size=(8, 8)), "too small"),
        (strange_files.picture(size=(2000, 130)), "too thin"),
    ],
    ids=["empty", "text", "pdf", "torn", "20000", "heic bomb", "film", "tiny", "thin"],
)
def test_a_hostile_picture_is_refused_by_name(
    data: bytes, said: str, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "id.jpg"
    path.write_bytes(data)
    told = refused(desk, path, card=None)
    assert said in told
    assert "id.jpg" in told


def test_a_wrong_ending_does_not_matter(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "card.jpg"
    path.write_bytes(sample_card.saved(sample_card.front()))
    assert made(desk, path).path.exists()


def test_a_picture_of_another_shape_is_no_card(desk: Desk, card: Path) -> None:
    path = card.with_name("other.png")
    for image in (sample_card.front().rotate(90, expand=True), Image.new("RGB", (900, 600))):
        path.write_bytes(sample_card.saved(image))
        assert "shape of a card" in refused(desk, path)


def test_a_card_that_was_held_sideways_is_turned_first(desk: Desk, card: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = sample_card.front().rotate(90, expand=True)
    path = card.with_name("sideways.png")
    path.write_bytes(sample_card.saved(turned, exif=exif.tobytes()))
    sideways = made(desk, path, out=card.with_name("sideways-copy.png")).path
    assert sideways.read_bytes() == made(desk, card).path.read_bytes()


def test_a_region_outside_the_picture_is_refused(desk: Desk, card: Path) -> None:
    told = refused(desk, card, masks=(Region(left=1027, top=0, width=9, height=9),))
    assert "1027,0,9,9" in told
    many = (Region(left=1, top=1, width=9, height=9),) * 101
    assert "100" in refused(desk, card, masks=many)


def test_a_text_that_cannot_be_written_makes_nothing(desk: Desk, card: Path) -> None:
    for purpose in ("", "a\u202eb", "שלום", "长" * 200):
        refused(desk, card, purpose=purpose)
    with pytest.raises(MissingGlyph, match=r"U\+1F600"):
        made(desk, card, purpose="退费😀")
    office.park(desk, name="𠮷样公司")
    with pytest.raises(MissingGlyph, match="--handler"):
        made(desk, card, handler=1)
    assert not card.with_name("copy.png").exists()


def test_an_unknown_handler_or_person_is_not_found(desk: Desk, card: Path) -> None:
    for wish in ({"handler": 9}, {"keep": 9}):
        with pytest.raises(NotFound):
            made(desk, card, **wish)
    assert not card.with_name("copy.png").exists()


def as_link(card: Path) -> Path:
    link = card.with_name("link.png")
    link.symlink_to(card)
    return link


def as_twin(card: Path) -> Path:
    twin = card.with_name("twin.png")
    os.link(card, twin)
    return twin


@pytest.mark.parametrize("out", [lambda card: card, as_link, as_twin])
def test_the_original_is_never_replaced(
    out: Callable[[Path], Path], desk: Desk, card: Path
) -> None:
    before = card.read_bytes()
    assert "original" in refused(desk, card, out=out(card))
    assert card.read_bytes() == before


@pytest.mark.parametrize("name", ["copy.jpg", "copy", "nowhere/copy.pdf", "vault/../folder.pdf"])
def test_a_name_that_cannot_be_written_keeps_nothing(name: str, desk: Desk, card: Path) -> None:
    card.with_name("folder.pdf").mkdir()
    refused(desk, card, out=card.with_name("x").parent / name)


def test_without_a_name_a_new_file_is_made_each_time(
    desk: Desk, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(card.parent)
    names = [made(desk, card, out=None).path.name for _ in range(3)]
    assert names == ["id-copy.pdf", "id-copy-2.pdf", "id-copy-3.pdf"]


def test_a_pipe_or_folder_is_no_picture(desk: Desk, card: Path) -> None:
    os.mkfifo(card.with_name("pipe.png"))
    for name in ("pipe.png", "vault", "missing.png", "n" * 300, "nul\0.png"):
        refused(desk, card.with_name("x").parent / name)
