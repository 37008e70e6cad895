"""Tests of what is written across the copy of an identity document, and of its regions."""

from datetime import date

import pytest

from pirights.domain import id_copy
from pirights.domain.id_copy import ZONES, Part, Region, Side, wording
from pirights.errors import BadInput

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("purpose", "said"),
    [
        ("", "仅供样例公司核验使用，他用无效  2026-11-25"),
        ("仅供年卡核验", "仅供样例公司年卡核验使用，他用无效  2026-11-25"),
        ("仅供年卡退费使用", "仅供样例公司核验年卡退费使用，他用无效  2026-11-25"),
        ("仅供样例公司核验退费使用，他用无效", "仅供样例公司核验退费使用，他用无效  2026-11-25"),
        ("仅用于核验。", "仅供样例公司核验使用，他用无效  2026-11-25"),
    ],
)
def test_no_word_stands_twice_beside_a_company(purpose: str, said: str) -> None:
    assert wording(purpose, company="样例公司", on=DAY) == said


@pytest.mark.parametrize("purpose", ["年卡退费", "核验年卡退费"])
def test_the_text_names_the_company_the_purpose_and_the_day(purpose: str) -> None:
    assert (
        wording(purpose, company="样例公司", on=DAY)
        == "仅供样例公司核验年卡退费使用，他用无效  2026-11-25"
    )


@pytest.mark.parametrize(
    ("purpose", "said"),
    [
        ("仅供样例公司核验退费", "仅供样例公司核验退费，他用无效  2026-11-25"),
        ("仅供样例公司核验退费。", "仅供样例公司核验退费，他用无效  2026-11-25"),
        ("仅供退费，他用无效", "仅供退费，他用无效  2026-11-25"),
        ("  Only for Example Ltd. ", "Only for Example Ltd.，他用无效  2026-11-25"),
        ("<b>{{ x }}</b>", "<b>{{ x }}</b>，他用无效  2026-11-25"),
    ],
)
def test_without_a_company_the_text_is_what_was_said(purpose: str, said: str) -> None:
    assert wording(purpose, company="", on=DAY) == said


@pytest.mark.parametrize(
    "purpose",
    [
        "",
        " \u3000",
        "a\nb",
        "a\x1b[2J",
        "a\u202eb",
        "a\u2066b",
        "a\u200fb",
        "שלום",
        "سلام",
        "退" * 150,
    ],
)
def test_a_text_that_is_empty_too_long_or_runs_leftward_is_refused(purpose: str) -> None:
    with pytest.raises(BadInput):
        wording(purpose, company="", on=DAY)


def test_a_text_that_is_too_long_only_with_the_company_is_refused() -> None:
    with pytest.raises(BadInput, match="longer"):
        wording("退" * 90, company="长" * 60, on=DAY)
    assert wording("退" * 60, company="长" * 60, on=DAY)


@pytest.mark.parametrize(
    "text", ["120,340,600,60", " 120, 340 ,600,60", "１２０，３４０，６００，６０"]
)
def test_a_region_is_four_numbers(text: str) -> None:
    assert id_copy.region(text) == Region(left=120, top=340, width=600, height=60)


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "1,2,3,4,5", "-1,2,3,4", "1,2,0,4", "1,2,3,0", "1.5,2,3,4", "a,b,c,d", "9" * 90],
)
def test_anything_else_is_no_region(text: str) -> None:
    with pytest.raises(BadInput, match="no region"):
        id_copy.region(text)


@pytest.mark.parametrize(
    ("size", "fits"),
    [
        ((856, 540), True),
        ((1011, 638), True),
        ((840, 540), True),
        ((540, 856), False),
        ((3000, 2000), False),
        ((4000, 3000), False),
        ((1000, 1000), False),
        ((1920, 1080), False),
    ],
)
def test_only_a_picture_cut_to_the_card_has_its_shape(size: tuple[int, int], *, fits: bool) -> None:
    assert id_copy.has_card_shape(*size) is fits


def test_every_side_has_something_to_mask_and_the_number_keeps_its_ends() -> None:
    assert {zone.part for zone in ZONES[Side.FRONT]} == {Part.NUMBER, Part.ADDRESS}
    assert {zone.part for zone in ZONES[Side.BACK]} == {Part.AUTHORITY}
    for zones in ZONES.values():
        for zone in zones:
            assert 0 <= zone.left < zone.right <= 1
            assert 0 <= zone.top < zone.bottom <= 1
            found = zone.on(1001, 631)
            assert found.left <= zone.left * 1001
            assert found.left + found.width >= zone.right * 1001
            assert found.top + found.height >= zone.bottom * 631
