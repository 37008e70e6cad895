"""A citation in so many words is held against the law data, and what is no fault is left alone."""

import time

import pytest

from pirights import law_data
from pirights.letters.written_citations import faults


def found(text: str) -> list[tuple[int, str]]:
    return list(faults(text, law_data.laws()))


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "依《中华人民共和国个人信息保护法》第九十九条。",
            "《中华人民共和国个人信息保护法》第九十九条",
        ),
        ("《个人信息保护法》第四十五条第一款、第九十九条", "《个人信息保护法》第九十九条"),
        ("《个人信息保护法》第100条", "《个人信息保护法》第100条"),
        ("《个人信息保护法》第九九条", "《个人信息保护法》第九九条"),
        ("《民法典》第一千九百条", "《民法典》第一千九百条"),
        ("《网络安全法》（2025年修正前）第四百条", "《网络安全法》第四百条"),
        (
            "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第九百条",
            "《最高人民法院关于适用《中华人民共和国民事诉讼法》的解释》第九百条",
        ),
        (
            "the Personal Information Protection Law of the PRC, Article 99.",
            "Personal Information Protection Law, Article 99",
        ),
        (
            "Articles 45(1), 46, and 99 of the Personal Information Protection Law",
            "Personal Information Protection Law, Article 99",
        ),
        (
            "the Cybersecurity Law of the People's Republic of China (2016 text), Art. 999",
            "Cybersecurity Law, Article 999",
        ),
    ],
)
def test_an_article_that_the_data_do_not_hold_is_found(text: str, cited: str) -> None:
    assert found(f"第一行\n\n{text}\n") == [(3, cited)]


@pytest.mark.parametrize(
    "text",
    [
        "《个人信息保护法》第四十五条第一款、第四十七条第一款第三项",
        "《民法典》第一千零三十四条",
        "《民法典》第一千〇三十四条",
        "the Civil Code of the PRC, Article 1034",
        "Article 45(3) of the Personal Information Protection Law",
        "《某某办法》第九十九条",
        "the Example Measures, Article 99",
        "GB/T 35273-2020 第99条",
        "the SPC Interpretation on the Civil Procedure Law, Article 552",
        '{{ cite("pipl:45(1)") }}，《{{ letter.title_zh }}》第九十九条',
        "第九十九条",
    ],
)
def test_what_is_held_or_not_known_at_all_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "piece", ["Article 1, ", "《", "《a》", "《个人信息保护法》第九条、", "第一条", "1, ", "1(1)"]
)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 60_000)[:60_000]
    began = time.process_time()
    found(f"《{text}")
    found(f"Article {text}")
    assert time.process_time() - began < 5
