"""The letter: what it asks and cites for which facts, and the same in both languages."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pirights import law_data
from pirights.domain.citation import cite
from pirights.domain.document import (
    Document,
    Fields,
    Item,
    Language,
    Letters,
    Paragraph,
    Signature,
    Title,
)
from pirights.domain.encounter import Answer, Circumstance, Encounter, ScanMode
from pirights.domain.handler import Handler, Period, TimeUnit, Venue
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.domain.text import is_unsafe
from pirights.letters.compose import Brief
from pirights.letters.wordlists import FOREIGN
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters.briefs import (
    HANDLER,
    PERSON,
    SEVEN,
    at_venue,
    brief,
    is_subsequence,
    scan,
    strings,
    written,
)
from tests.letters.test_fill import HOSTILE

TODAY: Final = date(2026, 11, 23)
LEFT_OVER: Final = re.compile(
    "\\{\\{|\\}\\}|\\{%|%\\}|\ue000|\ue001|\\bNone\\b(?!\\. No photo)|\\bUndefined\\b"
)
PROMISED: Final = replace(
    HANDLER,
    uscc="91330100MA2SAMPLE1",
    policy_days=Period(amount=15, unit=TimeUnit.WORKING_DAY),
    policy_url="https://park.example/privacy",
    policy_sha256="4b7d" * 16,
    policy_seen=date(2026, 11, 20),
)
MINE: Final = ("name", "name_en", "email", "address")
THEIRS: Final = ("name", "name_en", "address", "email", "uscc", "policy_url")
SEEN: Final = ("place", "purpose", "exemption")


def shape(document: Document) -> list[tuple[type, object]]:
    return [
        (type(block), (block.number, bool(block.basis)) if isinstance(block, Item) else None)
        for block in document.blocks
    ]


def all_text(document: Document) -> str:
    return "\n".join(strings(document))


@cache
def titles(language: Language) -> dict[str, str]:
    """The printed name of each instrument, apart from the law on which every letter rests."""
    laws = law_data.laws()
    first: dict[str, str] = {}
    for key in laws.provisions:
        instrument = laws.instrument(key).id
        if instrument.startswith("civil-code") and instrument != "civil-code-personality":
            continue  # the parts of one code have one title
        printed = cite(laws, key, language)
        first[instrument] = re.split(r"第|, Article|, clause", printed)[0]
    return first


def cited(document: Document) -> set[str]:
    """The ids of the instruments that a letter names."""
    text = all_text(document)
    found = {
        law for language in Language for law, title in titles(language).items() if title in text
    }
    if titles(Language.ZH)["csl-2016"] in text or titles(Language.EN)["csl-2016"] in text:
        found -= {"csl"}
    return found


# --- the same in both languages


facts = st.dates(date(2015, 1, 1), date(2026, 11, 22))
some_rights = st.lists(st.sampled_from(list(Right)), min_size=1, unique=True).map(tuple)
answers = st.sampled_from(list(Answer))


@st.composite
def scans(draw: st.DrawFn) -> Encounter:
    return replace(
        scan(draw(facts)),
        venue=draw(st.sampled_from(list(Venue))),
        about=draw(st.booleans()),
        mode=draw(st.sampled_from(list(ScanMode))),
        notice=draw(answers),
        consent=draw(answers),
        separate_consent=draw(answers),
        alternative=draw(answers),
        refused=draw(st.booleans()),
        minor=draw(st.booleans()),
        purpose=draw(st.sampled_from(["", "入园核验"])),
        exemption=draw(st.sampled_from(["", "公共安全"])),
        circumstances=draw(st.sampled_from([(), (Circumstance.DATA_GONE,)])),
    )


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    rights = draw(some_rights)
    period = st.builds(Period, amount=st.integers(1, 90), unit=st.sampled_from(list(TimeUnit)))
    sparse = Person(id=1, name="林知远")
    return replace(
        brief(rights=rights),
        person=draw(st.sampled_from([PERSON, sparse, replace(sparse, address="杭州")])),
        handler=draw(
            st.sampled_from([HANDLER, PROMISED, Handler(id=1, name="某公司")]).flatmap(
                lambda one: st.one_of(
                    st.just(one), period.map(lambda days: replace(one, policy_days=days))
                )
            )
        ),
        encounters=tuple(draw(st.lists(scans(), min_size=1, max_size=4))),
        identify_by=draw(st.sampled_from([(), ("年卡号 1", "订单号 2")])),
        two_step=draw(st.booleans()) and {Right.COPY, Right.DELETE} <= set(rights),
    )


@settings(max_examples=30, deadline=None)
@given(briefs())
def test_both_languages_have_the_same_blocks_and_the_bilingual_letter_has_them_all(
    told: Brief,
) -> None:
    asked_zh, zh = written(told)
    asked_en, en = written(replace(told, letters=Letters.EN))
    asked, both = written(replace(told, letters=Letters.BOTH))
    assert shape(zh) == shape(en)
    assert asked == asked_zh == asked_en
    merged = (Fields, Signature)
    for single in (zh, en):
        texts = strings(
            replace(single, blocks=tuple(b for b in single.blocks if type(b) not in merged))
        )
        assert set(texts) <= set(strings(both))
    assert [block.number for block in zh.blocks if isinstance(block, Item)] == list(
        range(1, len(asked) + 1)
    )


@settings(max_examples=30, deadline=None)
@given(briefs(), st.sampled_from(list(Letters)))
def test_no_letter_keeps_a_placeholder_claims_a_statutory_day_or_speaks_european_law(
    told: Brief, letters: Letters
) -> None:
    _, document = written(replace(told, letters=letters))
    text = all_text(document)
    assert not LEFT_OVER.search(text)
    assert not FOREIGN.search(text)
    assert not re.search(r"(?<!不是)法定期限|(?<!not a )statutory|法定(?:答复|\\d|日|时限)", text)
    assert all(strings(document)[:1])
    for block in document.blocks:
        if isinstance(block, Fields):
            assert all(label and value for label, value in block.rows)
        elif isinstance(block, Paragraph):
            assert block.text
            assert not re.search(r"。。|；；|，，|\.\.|;;| {2}|（）|\(\)", block.text)


@settings(max_examples=30, deadline=None)
@given(briefs())
def test_every_item_stands_on_an_article_that_was_in_force_or_is_a_courtesy(told: Brief) -> None:
    laws = law_data.laws()
    asked, document = written(told)
    days = [encounter.day for encounter in told.encounters]
    if any(encounter.may_be_stored for encounter in told.encounters):
        days.append(told.on)
    for item in asked:
        assert bool(item.cites) == (item.right is not None)
        assert item.right is None or item.right in told.rights
        for key in item.cites:
            law = laws.instrument(key)
            assert any(law.in_force(on) for on in days) or (law.id == "pipl"), key
    bases = [block.basis for block in document.blocks if isinstance(block, Item)]
    for item, basis in zip(asked, bases, strict=True):
        assert bool(basis) == bool(item.cites)


@pytest.mark.parametrize("right", Right)
def test_each_right_is_asked_by_itself_with_its_own_items(right: Right) -> None:
    asked, document = written(brief(rights=(right,)))
    assert {item.right for item in asked} - {None} == {right}
    source = {block.number: block.text for block in document.blocks if isinstance(block, Item)}
    assert [source[item.number] for item in asked] == [item.zh for item in asked]


def test_the_order_in_which_rights_are_named_does_not_matter() -> None:
    assert written(brief(rights=SEVEN)) == written(brief(rights=SEVEN[::-1]))


# --- the date of the fact


@pytest.mark.parametrize(
    ("on", "may", "must"),
    [
        (date(2019, 10, 17), {"pipl", "csl-2016"}, {"csl-2016"}),
        (date(2020, 12, 31), {"pipl", "csl-2016"}, {"csl-2016"}),
        (
            date(2021, 1, 1),
            {"pipl", "csl-2016", "civil-code-personality"},
            {"civil-code-personality"},
        ),
        (date(2021, 7, 31), {"pipl", "csl-2016", "civil-code-personality"}, {"csl-2016"}),
        (
            date(2021, 10, 1),
            {"pipl", "csl-2016", "civil-code-personality", "spc-frt-2021"},
            {"spc-frt-2021"},
        ),
        (date(2021, 11, 1), {"pipl", "civil-code-personality"}, {"civil-code-personality"}),
        (date(2024, 12, 31), {"pipl", "civil-code-personality"}, {"pipl"}),
        (date(2025, 1, 1), {"pipl", "civil-code-personality", "ndsr-2024"}, {"ndsr-2024"}),
        (date(2025, 5, 31), {"pipl", "civil-code-personality", "ndsr-2024"}, {"ndsr-2024"}),
        (
            date(2025, 6, 1),
            {"pipl", "civil-code-personality", "ndsr-2024", "frt-measures-2025"},
            {"frt-measures-2025"},
        ),
        (
            date(2026, 11, 20),
            {"pipl", "civil-code-personality", "ndsr-2024", "frt-measures-2025"},
            {"frt-measures-2025"},
        ),
    ],
)
@pytest.mark.parametrize("letters", Letters)
def test_a_letter_names_no_law_that_came_after_the_fact(
    on: date, may: set[str], must: set[str], letters: Letters
) -> None:
    asked, document = written(gone(brief(on, letters=letters)))
    beside = {"gbt-35273-2020", "ndsr-2024"}  # how a request of today is taken in
    assert must <= cited(document) <= may | beside
    assert {key.partition(":")[0] for item in asked for key in item.cites} <= may


def gone(told: Brief) -> Brief:
    """The same, where the handler says that it keeps nothing any more."""
    return replace(
        told,
        encounters=tuple(
            replace(one, circumstances=(Circumstance.DATA_GONE,)) for one in told.encounters
        ),
    )


@pytest.mark.parametrize(
    ("on", "later"),
    [
        (date(2020, 12, 31), ("civil-code-personality", "ndsr-2024", "frt-measures-2025")),
        (date(2024, 12, 31), ("ndsr-2024", "frt-measures-2025")),
        (date(2025, 5, 31), ("frt-measures-2025",)),
        (date(2025, 6, 1), ()),
    ],
)
def test_what_is_still_stored_is_judged_by_present_law_and_the_letter_says_why(
    on: date, later: tuple[str, ...]
) -> None:
    laws = law_data.laws()
    _, document = written(brief(on, letters=Letters.ZH))
    assert set(later) <= cited(document)
    said = [text for text in strings(document) if "仍存储的信息和仍在采用的做法" in text]
    assert len(said) == bool(later)
    for law in later:
        first = laws.instruments[law].effective
        day = f"{first.year}年{first.month}月{first.day}日"
        assert f"《{laws.instruments[law].title.zh}》（{day}）" in said[0]
    assert "《中华人民共和国个人信息保护法》（" not in "".join(said)  # it has its own reasoning


def test_the_reasoning_names_the_facts_that_came_before_each_law() -> None:
    _, document = written(brief(date(2024, 5, 1), date(2025, 3, 1), date(2026, 1, 5)))
    said = [text for text in strings(document) if "仍在采用的做法" in text]
    assert [text[:10] for text in said] == ["上列事实第1项早于下", "上列事实第2项早于下"]
    assert "网络数据安全管理条例" in said[0]
    assert "网络数据安全管理条例" not in said[1]


def test_nothing_is_reasoned_about_storage_where_the_data_are_gone() -> None:
    text = all_text(written(gone(brief(date(2024, 5, 1), letters=Letters.BOTH)))[1])
    assert "仍在采用的做法" not in text
    assert "practices that still go on" not in text


def test_the_two_facts_around_the_first_of_june_2025_differ_by_the_measures_alone() -> None:
    before, after = (
        {key for item in written(gone(brief(on)))[0] for key in item.cites}
        for on in (date(2025, 5, 31), date(2025, 6, 1))
    )
    assert before < after
    assert {key.partition(":")[0] for key in after - before} == {"frt-measures-2025"}


def test_an_older_fact_is_told_apart_with_its_number_and_the_law_of_its_time() -> None:
    _, document = written(brief(date(2021, 10, 31), date(2021, 11, 1)))
    (told,) = [text for text in strings(document) if "（2021年11月1日）" in text]
    assert "上列事实第1项发生于" in told
    assert "《中华人民共和国民法典》第一千零三十五条第一款" in told
    assert "目前的存储" in told


def test_a_fact_under_the_present_law_needs_no_such_reasoning() -> None:
    assert "施行" not in all_text(written(gone(brief(date(2021, 11, 1))))[1])


def test_only_a_resident_is_given_the_rule_for_estates() -> None:
    def cites(venue: Venue) -> set[str]:
        asked, _ = written(at_venue(brief(rights=(Right.ALTERNATIVE,)), venue))
        return {key for item in asked for key in item.cites}

    assert cites(Venue.RESIDENTIAL) - cites(Venue.SHOP) == {"spc-frt-2021:10(1)"}
    assert cites(Venue.SHOP) == cites(Venue.SCENIC_AREA)


# --- steps, promises, addresses


@pytest.mark.parametrize("letters", Letters)
def test_the_two_step_letter_deletes_after_receipt_and_asks_to_keep_until_then(
    letters: Letters,
) -> None:
    asked, document = written(brief(rights=(Right.COPY, Right.DELETE), letters=letters))
    assert {item.right for item in asked if item.after_receipt} == {Right.DELETE}
    copies = [item.number for item in asked if item.right is Right.COPY]
    deletions = [item.number for item in asked if item.after_receipt]
    assert max(copies) < min(deletions)
    text = all_text(document)
    said = {
        "zh": "不要因本请求而提前删除",
        "en": "do not delete them early because of this request",
    }
    for language in letters.languages:
        assert said[language] in text


def test_deletion_at_once_speaks_of_no_steps() -> None:
    told = replace(brief(rights=(Right.COPY, Right.DELETE)), two_step=False)
    asked, document = written(told)
    assert not any(item.after_receipt for item in asked)
    assert "第二步" not in all_text(document)


def test_a_promise_is_named_as_the_handlers_own_and_the_standard_is_left_out() -> None:
    text = all_text(written(replace(brief(), handler=PROMISED, letters=Letters.BOTH))[1])
    assert "承诺在15个工作日内答复（https://park.example/privacy，" in text
    assert "promise a reply within 15 working days (https://park.example/privacy, seen" in text
    assert "35273" not in text


def test_without_a_promise_the_standard_is_a_reference_and_no_statutory_period() -> None:
    text = all_text(written(brief(letters=Letters.BOTH))[1])
    assert "参照推荐性国家标准 GB/T 35273-2020" in text
    assert "该日数为参考，不是法定期限" in text
    assert "is not a statutory period" in text
    assert "查阅、复制应当及时办理（《中华人民共和国个人信息保护法》第四十五条第二款）" in text


def test_promptness_is_claimed_only_for_what_is_asked() -> None:
    assert "第四十五条第二款" not in all_text(written(brief(rights=(Right.DELETE,)))[1])
    assert "第四十六条第二款" in all_text(written(brief(rights=(Right.CORRECT,)))[1])


def test_the_letter_asks_for_no_new_face() -> None:
    text = all_text(written(brief(letters=Letters.BOTH))[1])
    assert "请勿要求本人另行提供人脸照片或者视频" in text
    assert "do not require a photograph or video of my face" in text


def test_the_number_of_the_identity_card_is_never_printed() -> None:
    told = replace(
        brief(letters=Letters.BOTH), person=replace(PERSON, id_number="11010519491231002X")
    )
    assert "19491231" not in all_text(written(told)[1])


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (PERSON, "发送至上列答复用电子邮箱"),
        (replace(PERSON, email=""), "寄送至上列通信地址"),
        (replace(PERSON, email="", address=""), "以便于本人保存的方式送交本人"),
    ],
)
def test_the_answer_is_asked_for_where_the_person_can_be_reached(person: Person, said: str) -> None:
    assert said in all_text(written(replace(brief(), person=person))[1])


def test_the_document_carries_title_reference_date_and_zone() -> None:
    _, document = written(brief(letters=Letters.EN))
    assert document.title == "Request to Exercise Rights and Interests in Personal Information"
    assert (document.reference, document.on, document.zone) == (
        "PR-2026-7K3M9QX-C",
        TODAY,
        "Asia/Shanghai",
    )
    assert document.blocks[0] == Title(text=document.title, language=Language.EN)


def test_the_bilingual_letter_says_which_text_prevails_and_the_others_do_not() -> None:
    said = "以中文文本为准"
    assert said in all_text(written(brief(letters=Letters.BOTH))[1])
    assert said not in all_text(written(brief())[1])


def test_forty_encounters_are_all_told_in_order() -> None:
    days = [TODAY - timedelta(days=40 - number) for number in range(40)]
    told = brief(*days, letters=Letters.BOTH)
    told = replace(
        told,
        encounters=tuple(
            replace(one, place=f"{one.id}号闸机 {{{{ {one.id} }}}}") for one in told.encounters
        ),
    )
    texts = strings(written(told)[1])
    zh = [text for text in texts if text.startswith("（") and "号闸机" in text]
    en = [text for text in texts if text.startswith("(") and "号闸机" in text]
    assert len(zh) == len(en) == 40
    for number, (chinese, english) in enumerate(zip(zh, en, strict=True), start=1):
        assert chinese.startswith(f"（{number}）")
        assert english.startswith(f"({number}) ")
        assert f"在{number}号闸机 {{{{ {number} }}}}，" in chinese
        assert f"at {number}号闸机 {{{{ {number} }}}}, " in english


# --- the user's words are text


def _replaced(text: str, by: dict[str, str]) -> str:
    pattern = re.compile("|".join(map(re.escape, by)))
    return pattern.sub(lambda found: by[found[0]], text)


def _told(values: dict[str, str], letters: Letters) -> Brief:
    person = replace(PERSON, **{name: values[f"person.{name}"] for name in MINE})  # type: ignore[arg-type]
    handler = replace(PROMISED, **{name: values[f"handler.{name}"] for name in THEIRS})  # type: ignore[arg-type]
    seen = replace(scan(), **{name: values[f"scan.{name}"] for name in SEEN})  # type: ignore[arg-type]
    return replace(
        brief(letters=letters),
        person=person,
        handler=handler,
        encounters=(seen,),
        identify_by=(values["clue"],),
    )


NAMES: Final = (
    *(f"person.{name}" for name in MINE),
    *(f"handler.{name}" for name in THEIRS),
    *(f"scan.{name}" for name in SEEN),
    "clue",
)
typed = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")).filter(
            lambda character: not is_unsafe(character)
        ),
        min_size=1,
        max_size=30,
    ),
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(typed, min_size=len(NAMES), max_size=len(NAMES), unique=True),
    st.sampled_from(list(Letters)),
)
def test_whatever_the_user_types_stays_literal_in_every_field(
    values: list[str], letters: Letters
) -> None:
    plain = {name: f"〔第{number}栏〕" for number, name in enumerate(NAMES)}
    given_ = dict(zip(NAMES, values, strict=True))
    _, expected = written(_told(plain, letters))
    _, found = written(_told(given_, letters))
    by = {plain[name]: given_[name] for name in NAMES}
    assert shape(found) == shape(expected)
    assert strings(found) == [_replaced(text, by) for text in strings(expected)]
    printed = {value for name, value in plain.items() if value in all_text(expected)}
    unprinted = {"person.name_en", "handler.name_en"} if letters is Letters.ZH else set()
    if letters is Letters.EN:
        unprinted = {"person.name"}
    assert printed == {plain[name] for name in NAMES if name not in unprinted}


def test_every_field_that_a_letter_prints_is_tried() -> None:
    untried = {
        "id", "phone", "id_number", "capacity", "web", "policy_days", "venue", "source", "verified",
        "representative", "kinship", "ward", "interest",
        "email_bounced", "aliases", "branch_of", "brand_of", "parent",
        "policy_sha256", "policy_seen",
    }  # fmt: skip
    assert {one.name for one in fields(Person)} - untried == set(MINE)
    assert {one.name for one in fields(Handler)} - untried == set(THEIRS)


def test_each_fact_before_the_law_is_judged_by_what_was_in_force_then() -> None:
    _, paper = written(brief(date(2019, 10, 17), date(2021, 10, 1), date(2019, 11, 2)))
    told = [text for text in strings(paper) if "当时的行为依照" in text]
    assert [text.partition("项")[0] for text in told] == ["上列事实第1、3", "上列事实第2"]
    assert "民法典" not in told[0]
    assert "民法典" in told[1]


def test_the_registered_name_stands_in_an_english_letter() -> None:
    _, paper = written(brief(letters=Letters.EN))
    assert any(HANDLER.name in text for text in strings(paper))


# --- golden letters


def _residential() -> Brief:
    told = at_venue(
        brief(date(2025, 12, 31), rights=(Right.ALTERNATIVE, Right.REFUSE)), Venue.RESIDENTIAL
    )
    (one,) = told.encounters
    seen = replace(
        one,
        place="样例花园2号门",
        mode=ScanMode.IDENTIFICATION,
        notice=Answer.YES,
        consent=Answer.UNKNOWN,
        purpose="业主出入核验",
        exemption="维护小区安全",
        refused=True,
        about=True,
    )
    return replace(told, encounters=(seen,), handler=replace(HANDLER, name="样例物业有限公司"))


def _shop() -> Brief:
    told = at_venue(brief(date(2024, 5, 4), rights=(Right.KNOW, Right.DELETE)), Venue.SHOP)
    (one,) = told.encounters
    seen = replace(one, place="样例商店", mode=ScanMode.COVERT, alternative=Answer.UNKNOWN)
    return replace(
        told,
        encounters=(seen,),
        person=Person(id=1, name="林知远", address="杭州市样例路9号"),
        identify_by=(),
    )


CASES: Final[Mapping[str, Callable[[], Brief]]] = {
    "2019-older-law": lambda: brief(date(2019, 10, 17), rights=(Right.ACCESS, Right.WITHDRAW)),
    "2021-10-three-laws": lambda: brief(
        date(2021, 10, 1), rights=(Right.ACCESS, Right.CORRECT, Right.EXPLAIN)
    ),
    "2024-05-shop": _shop,
    "2025-05-31-day-before-the-measures": lambda: brief(
        date(2025, 5, 31), rights=(Right.ALTERNATIVE, Right.TRANSFER, Right.AUTOMATED)
    ),
    "2025-12-31-residential": _residential,
    "2026-11-seven-rights-two-steps-promise": lambda: replace(brief(), handler=PROMISED),
    "2026-11-bank-credit": lambda: at_venue(
        brief(rights=(Right.ACCESS, Right.CORRECT)), Venue.BANK
    ),
    "2026-11-app-deletion": lambda: at_venue(brief(rights=(Right.DELETE,)), Venue.APP),
}


def test_a_promise_is_cited_with_its_page_the_day_it_was_seen_and_the_captures_sum() -> None:
    said = all_text(written(replace(brief(), handler=PROMISED))[1])
    assert (
        "承诺在15个工作日内答复（https://park.example/privacy，本人于2026年11月20日查看）" in said
    )
    assert f"存档文件，其SHA-256校验值为{PROMISED.policy_sha256}" in said


def test_without_a_capture_the_day_is_the_last_check_and_no_sum_is_claimed() -> None:
    checked = replace(PROMISED, policy_sha256="", policy_seen=None, verified=date(2026, 11, 18))
    said = all_text(written(replace(brief(), handler=checked))[1])
    assert "（https://park.example/privacy，本人于2026年11月18日查看）" in said
    assert "SHA-256" not in said
    unseen = replace(checked, verified=None, policy_url="")
    assert "承诺在15个工作日内答复，请在" in all_text(written(replace(brief(), handler=unseen))[1])


def test_nothing_that_was_seen_after_the_letters_day_stands_in_it() -> None:
    later = replace(PROMISED, policy_seen=date(2026, 11, 24), verified=date(2026, 11, 25))
    said = all_text(written(replace(brief(), handler=later))[1])
    assert "查看" not in said
    assert "SHA-256" not in said


CREDIT: Final = "《征信业管理条例》第二十五条第二款"


def test_a_banks_correction_names_the_credit_rule_and_what_stands_behind_it() -> None:
    told = at_venue(brief(rights=(Right.ACCESS, Right.CORRECT)), Venue.BANK)
    said = all_text(written(told)[1])
    assert f"20日内核查、处理，并书面答复结果（{CREDIT}）；该期限由行政法规规定" in said
    assert "不属于征信异议的请求，参照推荐性国家标准 GB/T 35273-2020" in said


@pytest.mark.parametrize(
    "told",
    [
        at_venue(brief(rights=(Right.ACCESS, Right.COPY)), Venue.BANK),
        at_venue(brief(rights=(Right.CORRECT,)), Venue.SHOP),
        replace(at_venue(brief(rights=(Right.CORRECT,)), Venue.BANK), handler=PROMISED),
    ],
    ids=["other-rights", "another-place", "after-a-promise"],
)
def test_the_credit_rule_stands_in_no_other_letter(told: Brief) -> None:
    assert "征信" not in all_text(written(told)[1])


def test_an_apps_deletion_is_asked_by_the_four_agencies_yardstick_alone() -> None:
    told = at_venue(brief(rights=(Right.DELETE,)), Venue.APP)
    said = all_text(written(told)[1])
    assert "《App违法违规收集使用个人信息行为认定方法》第六部分" in said
    assert "15个工作日内办理并答复；该文件是四部门的执法认定标准，该日数不是法定期限" in said
    assert "GB/T 35273" not in said
    more = at_venue(brief(rights=(Right.DELETE, Right.ACCESS)), Venue.APP)
    assert "GB/T 35273" in all_text(written(more)[1])


def test_the_source_of_the_information_is_asked_and_not_claimed_as_of_right() -> None:
    asked, _ = written(brief(rights=(Right.KNOW,)))
    (one,) = [item for item in asked if item.zh.startswith("本人人脸信息的来源")]
    assert (one.right, one.cites) == (None, ())


@pytest.mark.parametrize("letters", Letters)
@pytest.mark.parametrize("name", CASES)
def test_the_letter_reads_as_the_golden_one(name: str, letters: Letters, golden: Golden) -> None:
    _, document = written(replace(CASES[name](), letters=letters))
    golden(f"letters/{name}.{letters}.txt", to_text(document))


def test_the_golden_letters_together_ask_every_right() -> None:
    asked = {item.right for make in CASES.values() for item in written(make())[0]}
    assert asked == {*Right, None}


def test_two_letters_about_other_facts_are_not_the_same() -> None:
    for one, other in combinations(CASES, 2):
        assert written(CASES[one]())[1] != written(CASES[other]())[1]


def test_items_of_one_language_keep_their_order_in_both() -> None:
    single = [block.text for block in written(brief())[1].blocks if isinstance(block, Item)]
    assert is_subsequence(single, strings(written(brief(letters=Letters.BOTH))[1]))
