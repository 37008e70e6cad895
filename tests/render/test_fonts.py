"""The faces are the ones recorded, and say which characters they have."""

import tomllib
from hashlib import sha256

import pytest

from pirights.errors import MissingGlyph
from pirights.render import fonts
from pirights.resources import folder

FOLDER = folder("templates") / "fonts"


def test_each_font_file_is_the_one_that_was_recorded() -> None:
    listed = tomllib.loads((FOLDER / "fonts.toml").read_text(encoding="utf-8"))["font"]
    assert {entry["file"] for entry in listed} == {path.name for path in FOLDER.glob("*.ttf")}
    for entry in listed:
        assert sha256((FOLDER / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert entry["licence"] == "OFL-1.1"
        assert entry["package"]
        assert entry["version"]


def test_the_licence_lies_beside_the_fonts() -> None:
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert licence.count("Adobe") == 2
    assert "Google" in licence


def test_common_and_rare_name_characters_have_a_glyph() -> None:
    assert fonts.missing_glyphs("张三丰㛃䶮喆犇龘堃頔玥Ünsal Çelik·Þór") == ""


def test_every_character_of_gbk_has_a_glyph() -> None:
    gbk = "".join(
        bytes((lead, trail)).decode("gbk", "ignore")
        for lead in range(0x81, 0xFF)
        for trail in range(0x40, 0xFF)
    )
    han = "".join(character for character in gbk if "\u4e00" <= character <= "\u9fff")
    assert len(han) == 20_902
    assert fonts.missing_glyphs(han) == ""


def test_every_character_of_extension_a_has_a_glyph() -> None:
    assert fonts.missing_glyphs("".join(map(chr, range(0x3400, 0x4DB6)))) == ""


def test_characters_without_a_glyph_are_named_once_in_order() -> None:
    assert fonts.missing_glyphs("𠮷野家👀𠮷") == "𠮷👀"


def test_private_use_characters_never_have_a_glyph() -> None:
    # The fonts' own sorts live there; a name must not reach them.
    assert fonts.missing_glyphs("\ue000\ue003") == "\ue000\ue003"


def test_marks_without_ink_need_no_glyph_but_ideographic_variants_do() -> None:
    assert fonts.missing_glyphs("张\u200b三\u200d\ufe0f\u2060") == ""
    assert fonts.missing_glyphs("葛\U000e0101") == "\U000e0101"


def test_newlines_and_tabs_need_no_glyph_but_other_controls_do() -> None:
    assert fonts.missing_glyphs("甲\n\t乙") == ""
    assert fonts.missing_glyphs("甲\x1b乙") == "\x1b"


def test_a_character_that_one_face_lacks_comes_from_the_other() -> None:
    faces = fonts.register()
    assert not faces[fonts.SANS].has("\u9fff")
    assert faces[fonts.SERIF].has("\u9fff")
    advances = fonts.advances(fonts.SANS)
    assert advances["\u9fff"] == 1.0
    assert "\u9fff" in advances.foreign


def test_a_missing_glyph_is_reported_with_character_code_and_field() -> None:
    with pytest.raises(MissingGlyph) as caught:
        fonts.check({"place": "西门", "name": "𠮷川"})
    assert str(caught.value) == "The fonts have no glyph for 𠮷 (U+20BB7) in name."
    assert caught.value.exit_code == 50


def test_fields_with_all_glyphs_pass() -> None:
    fonts.check({"name": "张三", "place": "<b>西门</b>"})
