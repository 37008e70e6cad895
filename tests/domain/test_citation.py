"""Printed citations: numerals as statutes write them, and each instrument by its full name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights import law_data
from pirights.domain.citation import cite, cite_all, numeral, titled
from pirights.domain.document import Language
from pirights.errors import NotFound

ZH, EN = Language.ZH, Language.EN
LAWS = law_data.laws()


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (45, "四十五"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (119, "一百一十九"),
        (990, "九百九十"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1037, "一千零三十七"),
        (1202, "一千二百零二"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_written_as_statutes_write_them(number: int, written: str) -> None:
    assert numeral(number) == written


@given(st.integers(1, 9999))
def test_a_written_number_reads_back_as_itself(number: int) -> None:
    total, digit = 0, 0
    for character in numeral(number):
        if character in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(character)
    assert total + digit == number


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        (
            "pipl:44",
            "《中华人民共和国个人信息保护法》第四十四条",
            "Personal Information Protection Law of the PRC, Article 44",
        ),
        (
            "pipl:45(1)",
            "《中华人民共和国个人信息保护法》第四十五条第一款",
            "Personal Information Protection Law of the PRC, Article 45(1)",
        ),
        (
            "pipl:47(1).3",
            "《中华人民共和国个人信息保护法》第四十七条第一款第三项",
            "Personal Information Protection Law of the PRC, Article 47(1) item 3",
        ),
        (
            "civil-code-personality:1037(2)",
            "《中华人民共和国民法典》第一千零三十七条第二款",
            "Civil Code of the PRC, Article 1037(2)",
        ),
        (
            "spc-frt-2021:2.3",
            (
                "《最高人民法院关于审理使用人脸识别技术处理个人信息相关民事案件适用法律若干问题的规定》"
                "第二条第三项"
            ),
            (
                "SPC Provisions on Civil Cases Involving the Processing of Personal Information"
                " Using Facial Recognition Technology, Article 2 item 3"
            ),
        ),
        (
            "csl-2016:43",
            "《中华人民共和国网络安全法》（2025年修正前）第四十三条",
            "Cybersecurity Law of the PRC (2016 text), Article 43",
        ),
        (
            "gbt-35273-2020:8.7",
            "GB/T 35273-2020 个人信息安全规范 第8.7条",
            "GB/T 35273-2020 Personal information security specification, clause 8.7",
        ),
    ],
)
def test_a_citation_is_printed_in_full(key: str, zh: str, en: str) -> None:
    assert cite(LAWS, key, ZH) == zh
    assert cite(LAWS, key, EN) == en


@pytest.mark.parametrize("key", sorted(LAWS.provisions))
def test_every_provision_can_be_printed_in_both_languages(key: str) -> None:
    number = key.partition(":")[2].partition("(")[0].partition(".")[0]
    assert cite(LAWS, key, ZH).endswith(("条", "款", "项", "部分"))
    assert number in cite(LAWS, key, EN)


def test_paragraphs_of_one_article_share_its_number_in_chinese() -> None:
    assert (
        cite_all(LAWS, ["pipl:46(1)", "pipl:46(2)"], ZH)
        == "《中华人民共和国个人信息保护法》第四十六条第一款、第二款"
    )
    assert (
        cite_all(LAWS, ["pipl:46(1)", "pipl:46(2)"], EN)
        == "Personal Information Protection Law of the PRC, Article 46(1), Article 46(2)"
    )


def test_a_paragraph_never_attaches_to_another_article_that_stands_between() -> None:
    assert (
        cite_all(LAWS, ["pipl:46(1)", "pipl:47(1)", "pipl:46(2)"], ZH)
        == "《中华人民共和国个人信息保护法》第四十六条第一款、第四十七条第一款、第四十六条第二款"
    )


def test_an_article_that_begins_with_the_same_characters_keeps_its_number() -> None:
    assert cite_all(LAWS, ["pipl:5", "pipl:50(1)"], ZH).endswith("第五条、第五十条第一款")


def test_an_instrument_is_named_once_for_its_run_of_articles() -> None:
    keys = ["pipl:44", "pipl:17(1).2", "frt-measures-2025:8", "pipl:44"]
    assert cite_all(LAWS, keys, ZH) == (
        "《中华人民共和国个人信息保护法》第四十四条、第十七条第一款第二项；"
        "《人脸识别技术应用安全管理办法》第八条；《中华人民共和国个人信息保护法》第四十四条"
    )
    assert not cite_all(LAWS, [], EN)


def test_a_clause_of_a_standard_is_no_article() -> None:
    assert cite_all(LAWS, ["gbt-35273-2020:8.7", "pipl:45(2)"], ZH) == (
        "GB/T 35273-2020 个人信息安全规范 第8.7条；《中华人民共和国个人信息保护法》第四十五条第二款"
    )


def test_the_two_texts_of_the_cybersecurity_law_cannot_be_mistaken() -> None:
    """The same article before and after 2026: old 43 is new 45, and each says which text."""
    assert cite_all(LAWS, ["csl:45", "csl-2016:43"], ZH) == (
        "《中华人民共和国网络安全法》第四十五条；"
        "《中华人民共和国网络安全法》（2025年修正前）第四十三条"
    )
    assert cite_all(LAWS, ["csl:45", "csl-2016:43"], EN) == (
        "Cybersecurity Law of the PRC (2025 amendment), Article 45; "
        "Cybersecurity Law of the PRC (2016 text), Article 43"
    )


@pytest.mark.parametrize("key", sorted(LAWS.instruments))
def test_every_instrument_is_named_as_its_kind_is(key: str) -> None:
    """A standard is named without the brackets of a law, so that nobody takes it for one."""
    law = LAWS.instruments[key]
    assert titled(law, EN) == law.title.en
    named = titled(law, ZH)
    assert named.startswith("《") == (not law.title.zh.startswith("GB/T"))
    assert law.title.zh in named


@pytest.mark.parametrize("key", ["pipl:45(一)", "pipl:x", "pipl:45(1", "pipl:"])
def test_what_is_no_provision_cannot_be_printed(key: str) -> None:
    with pytest.raises(NotFound, match="no provision"):
        cite(LAWS, key, ZH)


def test_items_of_one_paragraph_share_it_but_never_swallow_the_paragraph_itself() -> None:
    keys = ["civil-code-personality:1035(1).2", "civil-code-personality:1035(1).3"]
    assert cite_all(LAWS, keys, ZH).endswith("第一千零三十五条第一款第二项、第三项")
    whole = ["pipl:47(1)", "pipl:47(1).3", "pipl:47(1).4", "pipl:47(2)"]
    assert cite_all(LAWS, whole, ZH).endswith("第四十七条第一款、第一款第三项、第四项、第二款")
    assert cite_all(LAWS, ["spc-frt-2021:2.1", "spc-frt-2021:2.2"], ZH).endswith("第一项、第二项")


def test_the_parts_of_the_civil_code_are_one_code() -> None:
    keys = ["civil-code-personality:1037(2)", "civil-code-contract:577", "pipl:44"]
    assert cite_all(LAWS, keys, ZH) == (
        "《中华人民共和国民法典》第一千零三十七条第二款、第五百七十七条；"
        "《中华人民共和国个人信息保护法》第四十四条"
    )
    assert cite_all(LAWS, keys, EN).count("Civil Code of the PRC") == 1


def test_two_editions_of_one_law_are_told_apart() -> None:
    cited = cite_all(LAWS, ["csl:45", "csl-2016:43"], ZH)
    assert cited == (
        "《中华人民共和国网络安全法》第四十五条；"
        "《中华人民共和国网络安全法》（2025年修正前）第四十三条"
    )
