"""`pirights idcopy`: a copy that can be handed over, from the command line to the pixels."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.render import sample_card, strange_files
from tests.scenarios.stage import HANDLER, Stage
from tests.scenarios.terminal import at_terminal

FOR = ("--for", "年卡退费")


@pytest.fixture
def card(stage: Stage) -> str:
    return stage.file("card.png", sample_card.saved(sample_card.front()))


def names(stage: Stage) -> set[str]:
    return {path.name for path in stage.home.iterdir()} - {"passphrase", "vault"}


def test_a_copy_is_made_and_says_what_is_masked(stage: Stage, card: str) -> None:
    stage.run("handler", "add", "--name", HANDLER)
    out = str(stage.home / "copy.png")
    words = ("idcopy", card, *FOR, "--handler", "H1", "--card", "front", "--out", out)
    told = stage.data(*words, "--mask", "1,2,30,40", "--keep", "P1")
    assert told["text"] == f"仅供{HANDLER}核验年卡退费使用，他用无效  2026-11-23"
    assert [one["what"] for one in told["masked"]] == ["number", "address", "region"]
    assert told["masked"][2] == {"what": "region", "x": 1, "y": 2, "width": 30, "height": 40}
    assert (told["width"], told["height"], told["dpi"]) == (506, 319, 150)
    assert told["kept"] == "A1"
    image = Image.open(out)
    assert (image.size, image.format, image.info) == ((506, 319), "PNG", {})
    assert names(stage) == {"card.png", "copy.png"}

    english = stage.run(*words).out
    assert "Look at it before you hand it over" in english
    assert "the address" in english
    chinese = stage.run(*words, "--lang", "zh").out
    assert "住址" in chinese
    assert "交出之前" in chinese


def test_the_shortest_command_makes_a_new_pdf(stage: Stage, card: str) -> None:
    first, second = (stage.data("idcopy", card, *FOR)["out"] for _ in range(2))
    assert (first, second) == ("id-copy.pdf", "id-copy-2.pdf")
    made = [(stage.home / name).read_bytes() for name in (first, second)]
    assert made[0] == made[1]
    assert made[0].startswith(b"%PDF-")
    warned = stage.run("idcopy", card, *FOR).err
    assert "Nothing on the copy is masked" in warned


def test_for_a_handler_the_purpose_may_be_left_out(stage: Stage, card: str) -> None:
    stage.run("handler", "add", "--name", HANDLER)
    told = stage.data("idcopy", card, "--card", "front", "--handler", "H1")
    assert told["text"] == f"仅供{HANDLER}核验使用，他用无效  2026-11-23"


def test_options_are_heeded(stage: Stage, card: str) -> None:
    out = stage.home / "copy.png"
    more = ("--grey", "--dpi", "300", "--date", "2026年12月1日", "--out", str(out))
    told = stage.data("idcopy", card, *FOR, "--card", "back", *more)
    assert told["text"] == "年卡退费，他用无效  2026-12-01"
    assert (told["grey"], told["dpi"], told["width"]) == (True, 300, 1011)
    assert [one["what"] for one in told["masked"]] == ["authority"]
    assert Image.open(out).mode == "L"


def film() -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not an image",
        b"%PDF-1.7\n",
        strange_files.picture()[:-900],
        strange_files.png_bomb(20_000, 20_000),
        strange_files.huge_heic(),
        film(),
    ],
    ids=["empty", "text", "pdf", "torn", "20000", "heic bomb", "film"],
)
def test_an_image_that_is_none_or_hostile_writes_nothing(data: bytes, stage: Stage) -> None:
    path = stage.file("id.png", data)
    out = str(stage.home / "copy.pdf")
    told = stage.refusal("idcopy", path, *FOR, "--keep", "P1", "--out", out, code=14)
    assert "id.png" in told["message"]
    assert told["hint"]
    assert names(stage) == {"id.png"}
    assert stage.data("vault", "check")["clean"] is True


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--for", ""), 14),
        (("--for", "a\u202eb"), 14),
        (("--for", "a\x1b[2Jb"), 14),
        (("--for", "שלום"), 14),
        (("--for", "退" * 150), 14),
        (("--for", "退费😀"), 50),
        ((*FOR, "--mask", "1,2,3"), 14),
        ((*FOR, "--mask", "9999,0,5,5"), 14),
        ((*FOR, "--date", "2026-02-30"), 14),
        ((*FOR, "--date", "1025-11-20"), 14),
        ((*FOR, "--handler", "H7"), 12),
        ((*FOR, "--keep", "P7"), 12),
        ((*FOR, "--handler", "P1"), 14),
        ((*FOR, "--out", "copy.gif"), 14),
        ((*FOR, "--out", "nowhere/copy.pdf"), 14),
        ((*FOR, "--out", "card.png"), 14),
        ((*FOR, "--dpi", "1"), 2),
        ((*FOR, "--dpi", "99999"), 2),
        ((*FOR, "--card", "side"), 2),
        ((), 2),
    ],
)
def test_what_cannot_be_done_is_named_and_writes_nothing(
    more: tuple[str, ...], code: int, stage: Stage, card: str
) -> None:
    before = Path(card).read_bytes()
    told = stage.refusal("idcopy", "card.png", *more, code=code)
    assert told["hint"]
    assert names(stage) == {"card.png"}
    assert Path(card).read_bytes() == before


def test_a_character_without_glyph_is_named(stage: Stage, card: str) -> None:
    told = stage.refusal("idcopy", card, "--for", "退费😀", code=50)
    assert "U+1F600" in told["message"]


def test_markup_stays_text(stage: Stage, card: str) -> None:
    markup = "<b>{{ 7*7 }}</b> &amp; %s"
    assert stage.data("idcopy", card, "--for", markup)["text"].startswith(f"{markup}，")


def test_nobody_is_replaced_without_a_word(stage: Stage, card: str) -> None:
    mine = Path(stage.file("copy.pdf", b"mine"))
    words = ("idcopy", card, *FOR, "--out", str(mine))
    code, _ = at_terminal(stage, *words, dialogue=[("Replace it?", "n\n")])
    assert code == 3
    assert mine.read_bytes() == b"mine"


def test_at_a_terminal_the_purpose_is_asked_for(stage: Stage, card: str) -> None:
    dialogue = [
        ("What the copy is for", "年卡退费\n"),
        ("Passphrase", f"{stage.passphrase}\n"),
    ]
    code, seen = at_terminal(stage, "idcopy", card, "--card", "front", dialogue=dialogue)
    assert code == 0, seen
    assert (stage.home / "id-copy.pdf").exists()
