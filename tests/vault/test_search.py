from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights.domain.handler import Handler
from pirights.vault import search, store
from tests.vault import sample


def found(vault: store.Vault, words: str) -> list[int]:
    return [encounter.id for encounter in vault.search_encounters(words)]


@pytest.fixture
def log(vault: store.Vault) -> store.Vault:
    with vault.change(now=sample.NOW) as change:
        park = change.add(sample.handler("杭州样例野生动物世界有限公司"))
        change.add(sample.encounter("要求刷脸，年卡用户必须激活", handlers=(park.id,)))
        change.add(replace(sample.encounter("Gate 3: FACE only"), place="阳光花园小区"))
        change.add(replace(sample.encounter(""), purpose="进门", exemption="公共安全"))
    return vault


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("年卡", [1]),
        ("卡年", []),
        ("刷脸 年卡", [1]),
        ("刷脸 花园", []),
        ("脸", [1]),
        ("活", [1]),
        ("东门", [3, 1]),
        ("face", [2]),
        ("FACE ONLY", [2]),
        ("fac", [2]),
        ("ＦＡＣＥ", [2]),  # full width
        ("ac", [2]),
        ("3", [2]),
        ("3:", [2]),
        ("：", [2]),
        ("野生动物", [1]),
        ("safari", [1]),
        ("公共安全", [3]),
        ("进门", [3]),
        ("脸，年", [1]),
        ("脸年", []),
        ("", []),
        ("   ", []),
        ('"', []),
        ("*", []),
        ("年卡 OR 花园", []),
        ("NOT 年卡", []),
        ("年* ", []),
        ("年\0卡", []),
        ("年卡 \udcff", [1]),
        ("pairs:年卡", []),
    ],
)
def test_words_are_found_wherever_they_stand(
    log: store.Vault, words: str, numbers: list[int]
) -> None:
    assert found(log, words) == numbers


def test_the_newest_come_first_and_no_more_than_asked(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change:
        for minute in (3, 1, 2):
            change.add(sample.encounter("刷脸", at=sample.later(minute)))
    assert found(vault, "刷脸") == [1, 3, 2]
    assert [e.id for e in vault.search_encounters("刷脸", limit=2)] == [1, 3]
    assert vault.search_encounters("刷脸", limit=0) == []


def test_an_edited_encounter_is_found_by_its_new_words_only(log: store.Vault) -> None:
    with log.change(now=sample.NOW) as change:
        edited = replace(sample.encounter("只要门禁卡", handlers=(1,)), id=1)
        change.replace(edited, kind="encounter.edited")
    assert found(log, "年卡") == []
    assert found(log, "门禁卡") == [1]
    assert log.check() == []


def test_a_renamed_handler_renames_its_encounters(log: store.Vault) -> None:
    with log.change(now=sample.NOW) as change:
        change.replace(Handler(id=1, name="上海某某公司"), kind="handler.edited")
    assert found(log, "野生动物") == []
    assert found(log, "safari") == []
    assert found(log, "某某公司 年卡") == [1]
    assert log.check() == []


def test_rare_and_new_characters_are_found(vault: store.Vault) -> None:
    with vault.change(now=sample.NOW) as change:
        change.add(sample.encounter("𠮷野家 𰻝𰻝面 한국어 ёлка Straße ①"))
    for words in ("𠮷野", "𰻝𰻝面", "国", "한국", "ЁЛ", "STRASSE", "strasse", "1"):
        assert found(vault, words) == ([] if words == "国" else [1]), words


_TEXT = st.text(st.sampled_from("年卡门脸ab1 ，.\n"), max_size=12)


@given(text=_TEXT, start=st.integers(0, 11), length=st.integers(1, 6))
def test_the_index_holds_what_any_part_of_a_text_asks(text: str, start: int, length: int) -> None:
    held = set(search.pairs_of([text]).split())
    for term in text[start : start + length].split():
        for asked in search._asked(term):
            pair = asked.split('"')[1]
            if asked.endswith("*"):
                assert any(one.startswith(pair) for one in held)
            else:
                assert pair in held
