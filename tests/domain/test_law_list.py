"""The list of law: each provision once, with its days, and with what is not certain of it."""

from pirights import law_data
from pirights.domain import law_list
from pirights.domain.law import Read
from pirights.domain.request import AskedItem, Right

LAWS = law_data.laws()


def item(number: int, *cites: str) -> AskedItem:
    return AskedItem(number=number, id="x", right=Right.COPY, zh="", en="", cites=cites)


def test_each_provision_stands_once_in_the_order_of_first_mention() -> None:
    items = [item(1, "pipl:45(1)", "pipl:50(1)"), item(2, "pipl:45(1)", "pipl:47(1).3"), item(3)]
    assert law_list.cited(items) == ("pipl:45(1)", "pipl:50(1)", "pipl:47(1).3")


def test_a_provision_is_told_with_its_days_and_its_gist_in_both_languages() -> None:
    text = law_list.written_out(LAWS, ["pipl:45(1)", "csl-2016:43"])
    assert "1. 《中华人民共和国个人信息保护法》第四十五条第一款（2021-11-01起施行）\n" in text
    assert "2. 《中华人民共和国网络安全法》" in text
    assert "起不再适用" in text
    assert "no longer from 2026-01-01" in text
    for key in ("pipl:45(1)", "csl-2016:43"):
        gist = LAWS.provision(key).summary
        assert f"\n要旨：{gist.zh}\n" in text
        assert f"\nGist: {gist.en}\n" in text


def test_what_was_not_read_whole_is_said_to_be_so() -> None:
    doubtful = next(key for key, one in LAWS.provisions.items() if one.read is Read.UNVERIFIED)
    assert "要旨未对照原文" in law_list.written_out(LAWS, [doubtful])
    whole = next(key for key, one in LAWS.provisions.items() if one.read is Read.FULL)
    assert "要旨未" not in law_list.written_out(LAWS, [whole])
