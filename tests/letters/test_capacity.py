"""Letters for somebody else: who asks, who signs, whose information it is, and what proves it."""

import re
from dataclasses import replace
from typing import Any, Final

import pytest

from pirights import law_data, rule_data
from pirights.domain.capacity import joined, rule_id
from pirights.domain.document import Document, Fields, Item, Language, Letters, Signature
from pirights.domain.encounter import Answer, Circumstance
from pirights.domain.escalation import FollowUp
from pirights.domain.person import PARENTS, Capacity, Kinship, Person, Ward
from pirights.domain.request import Right
from pirights.domain.words import Words
from pirights.letters import account, compose, items, template, vocabulary, wording
from pirights.letters.capacity import called, own_side, speaking_of
from pirights.letters.shapes import Record
from pirights.letters.wordlists import FOREIGN
from pirights.render.text import to_text
from tests.conftest import Golden
from tests.letters import capacities
from tests.letters.briefs import PERSON, scan, strings
from tests.letters.capacities import ACTOR, KINDS, PEOPLE, REQUEST, WRITTEN, paper
from tests.letters.test_fill import HOSTILE
from tests.letters.test_followup import shape, text
from tests.letters.test_vocabulary import misfits

LAWS: Final = law_data.laws()
TRICKS: Final = (
    *HOSTILE,
    '<font color="[[[…]]]">',
    "{{ 7*7 }}",
    *("{mine}", "{me}", "{name}", "{law}", "{kin}", "{kinship}", "{interest}"),
    *("&amp;", "שלום"),
)


def sides(person: Person, language: Language = Language.ZH) -> dict[str, Any]:
    return own_side(person, ACTOR, LAWS, language)


@pytest.mark.parametrize(("kind", "capacity"), WRITTEN)
@pytest.mark.parametrize("letters", [Letters.ZH, Letters.EN])
def test_the_letter_reads_as_the_golden_one(
    kind: str, capacity: str, letters: Letters, golden: Golden
) -> None:
    golden(
        f"letters/capacities/{kind}-{capacity}.{letters}.txt",
        to_text(paper(kind, capacity, letters)),
    )


@pytest.mark.parametrize("capacity", PEOPLE)
def test_the_request_in_both_languages_reads_as_the_golden_one(
    capacity: str, golden: Golden
) -> None:
    made = paper(REQUEST, capacity, Letters.BOTH)
    golden(f"letters/capacities/request-{capacity}.zh-en.txt", to_text(made))


@pytest.mark.parametrize(("kind", "capacity"), WRITTEN)
def test_both_languages_have_the_same_blocks(kind: str, capacity: str) -> None:
    zh, en = (paper(kind, capacity, one) for one in (Letters.ZH, Letters.EN))
    assert shape(zh) == shape(en)
    assert len(paper(kind, capacity, Letters.BOTH).blocks) > len(zh.blocks)


@pytest.mark.parametrize(("kind", "capacity"), WRITTEN)
@pytest.mark.parametrize("letters", [Letters.ZH, Letters.EN])
def test_who_acts_stands_in_the_box_in_the_text_and_among_the_enclosures(
    kind: str, capacity: str, letters: Letters
) -> None:
    language = letters.languages[0]
    made, rule = paper(kind, capacity, letters), rule_data.capacities()[capacity]
    [box] = [block for block in made.blocks if isinstance(block, Fields)]
    rows = dict(box.rows)
    assert rule.label is not None
    named = PEOPLE[capacity] if capacity == "relative" else ACTOR
    assert called(named, language) in rows[rule.label.in_(language)]
    said = text(made)
    for enclosure in rule.enclosures:
        assert enclosure.in_(language) in said
    assert ("无。" if language is Language.ZH else "None. No photograph") not in said
    assert ACTOR.email in said
    assert not FOREIGN.search(said)


@pytest.mark.parametrize(("kind", "capacity"), WRITTEN)
def test_who_signs_is_named_with_the_signature(kind: str, capacity: str) -> None:
    [signature] = [block for block in paper(kind, capacity).blocks if isinstance(block, Signature)]
    lines = "\n".join(signature.lines)
    assert ACTOR.name in lines
    assert (PEOPLE[capacity].name in lines) == (capacity != "relative")


SIGNER_IS_DEAD: Final = {
    Letters.ZH: re.compile("本人(?:的)?(?:人脸信息|人脸图像|面部|个人信息)|与本人有关|对本人所作"),
    Letters.EN: re.compile(
        r"my (?:personal|facial) information|made from my face|images of my face|"
        r"concerns? me\b|about me\b|(?:identified|verified|without telling|let) (?:me|my)\b"
    ),
}


@pytest.mark.parametrize("kind", [kind for kind, capacity in WRITTEN if capacity == "relative"])
@pytest.mark.parametrize("letters", SIGNER_IS_DEAD)
def test_no_letter_of_a_relative_takes_the_signer_for_the_deceased(
    kind: str, letters: Letters
) -> None:
    found = SIGNER_IS_DEAD[letters].findall(text(paper(kind, "relative", letters)))
    assert not found
    assert SIGNER_IS_DEAD[letters].findall(text(paper(REQUEST, "agent", letters)))


@pytest.mark.parametrize(
    ("kind", "ways"), [(REQUEST, "请使用贵方已经持有的信息核验"), (FollowUp.IDENTITY, "验证码")]
)
def test_a_relative_is_verified_by_proofs_and_not_by_the_accounts_of_the_deceased(
    kind: str, ways: str
) -> None:
    assert ways in text(paper(kind, "guardian-adult"))
    said = text(paper(kind, "relative"))
    assert ways not in said
    assert "近亲属关系" in said
    assert "人脸照片" in said


@pytest.mark.parametrize("kinship", Kinship)
def test_only_a_parent_is_guardian_by_the_article_on_parents(kinship: Kinship) -> None:
    said = sides(replace(PEOPLE["guardian-minor"], kinship=kinship))["requester"]["standing"]
    assert ("第二十七条第一款" in said) == (kinship in PARENTS)
    assert said.index("第二十三条") < said.index("第三十四条第一款")


def test_a_kinship_that_is_not_known_leaves_no_empty_brackets() -> None:
    for person in PEOPLE.values():
        for language in Language:
            side = sides(replace(person, kinship=None), language)["requester"]
            said = [side["standing"], *side["lines"][0].values()]
            assert not re.search(r"[（(]\s*[）)]|，）|, \)|\{", "\n".join(said))


def test_the_interest_stands_in_the_letter_of_a_relative_only_and_ends_once() -> None:
    relative = PEOPLE["relative"]
    told = sides(relative)["requester"]["standing"]
    assert told.endswith("以便办理退费和遗产事宜。")
    assert "所涉利益" not in sides(replace(relative, interest=""))["requester"]["standing"]
    agent = replace(PEOPLE["agent"], interest="某种利益")
    assert "某种利益" not in str(sides(agent))


def test_the_reply_goes_to_the_one_who_acts_else_to_the_person_but_never_to_the_deceased() -> None:
    silent = replace(ACTOR, phone="", email="", address="")
    ward = replace(PEOPLE["guardian-minor"], email="ward@mail.example")
    assert sides(ward)["contact"] == {
        "phone": ACTOR.phone,
        "email": ACTOR.email,
        "address": ACTOR.address,
    }
    without_mail = replace(ACTOR, email="")
    side: Any = own_side(ward, without_mail, LAWS, Language.ZH)
    assert side["contact"] == {"phone": ACTOR.phone, "email": "", "address": ACTOR.address}
    by_phone_alone = replace(silent, phone="13900000399")
    for one in (silent, by_phone_alone):
        side = own_side(ward, one, LAWS, Language.ZH)
        assert side["contact"] == {
            "phone": ward.phone,
            "email": ward.email,
            "address": ward.address,
        }
    dead = replace(PEOPLE["relative"], email="gone@mail.example", phone="13900000355")
    side = own_side(dead, silent, LAWS, Language.ZH)
    assert side["contact"] == {"phone": "", "email": "", "address": ""}


def test_for_oneself_nothing_is_added() -> None:
    side: Any = own_side(PERSON, None, LAWS, Language.ZH)
    empty = {"lines": [], "signing": [], "standing": "", "enclosures": []}
    assert side["requester"] == {"capacity": Capacity.SELF, "name": PERSON.name, **empty}
    assert (side["mine"], side["me"]) == ("本人", "本人")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("person", [PERSON, *PEOPLE.values()], ids=["self", *PEOPLE])
def test_what_is_handed_over_is_what_is_declared(person: Person, language: Language) -> None:
    declared = vocabulary.of(REQUEST, language)
    assert declared is not None
    side = own_side(person, None if person is PERSON else ACTOR, LAWS, language)
    parts = {name: declared.fields[name] for name in side}
    assert misfits(Record(parts), side) == []


def test_every_capacity_and_ward_has_its_words() -> None:
    people = [Person(id=1, capacity=capacity, ward=ward) for capacity in Capacity for ward in Ward]
    assert {rule_id(person) for person in people} == set(rule_data.capacities())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", Language)
def test_no_gap_is_left_in_an_item(kind: str, language: Language) -> None:
    for item in template.load(kind, language).items:
        for person in (PERSON, *PEOPLE.values()):
            gaps = dict.fromkeys(("wrong", "right", "receiver"), "□")
            assert "{" not in speaking_of(item.text, person, language, gaps), item.id


@pytest.mark.parametrize("language", Language)
def test_clues_say_whose_they_are_where_somebody_else_acts(language: Language) -> None:
    zh = language is Language.ZH
    alone = wording.clues(PERSON, (), (), language)
    assert alone[0] == ("姓名林知远" if zh else "name: Lin Zhiyuan")
    dead = wording.clues(PEOPLE["relative"], (scan(),), ("年卡号 1",), language)
    assert dead[:3] == (
        ("年卡号 1", "逝者姓名林建国", "逝者联系电话尾号0355")
        if zh
        else (
            "年卡号 1",
            "the deceased's name: Lin Jianguo",
            "the deceased's telephone ending in 0355",
        )
    )
    child = wording.clues(PEOPLE["guardian-minor"], (), (), language)
    assert child[0] == ("本人姓名林小满" if zh else "my name: Lin Xiaoman")


def minors_articles(person: Person, *, marked: bool) -> set[str]:
    zh, en = (template.load(REQUEST, language) for language in Language)
    asked = items.chosen(
        zh,
        en,
        rights=(Right.ACCESS, Right.DELETE),
        laws=LAWS,
        facts=[scan().day],
        asked=scan().day,
        venues=frozenset({scan().venue}),
        two_step=False,
        minor=marked,
        person=person,
    )
    return {key for item in asked for key in item.cites if key.startswith("minors-online")}


def test_the_articles_on_minors_are_cited_for_a_minor_ward_too() -> None:
    assert minors_articles(PEOPLE["guardian-minor"], marked=False)
    assert minors_articles(PERSON, marked=True)
    for capacity in ("guardian-adult", "relative", "agent"):
        assert not minors_articles(PEOPLE[capacity], marked=False)


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("capacity", PEOPLE)
@pytest.mark.parametrize("letters", Letters)
def test_whatever_stands_in_a_name_or_an_interest_stays_text(
    trick: str, capacity: str, letters: Letters
) -> None:
    actor = replace(ACTOR, name=trick, name_en=trick)
    person = replace(PEOPLE[capacity], name=trick, name_en=trick)
    if capacity == "relative":
        person = replace(person, interest=f"{trick}的查询")
    for kind in (REQUEST, FollowUp.REMINDER):
        made = paper(kind, capacity, letters, actor=actor, person=person)
        plain = paper(kind, capacity, letters)
        assert [type(block) for block in made.blocks] == [type(block) for block in plain.blocks]
        said = text(made)
        assert said.count(trick.strip()) >= 3
        if capacity == "relative":
            assert f"{trick}的查询".strip() in said


def items_of(made: Document) -> list[str]:
    return [block.text for block in made.blocks if isinstance(block, Item)]


def test_a_request_for_oneself_is_worded_as_before() -> None:
    told = capacities.asked("agent", person=PERSON, actor=None)
    _, made = compose.request(told, LAWS)
    assert any("本人个人信息的种类" in one for one in items_of(made))
    said = "\n".join(strings(made))
    assert "请使用贵方已经持有的信息核验本人身份。" in said
    assert "代理" not in said
    assert "无。本请求书不附人脸照片和身份证件复印件。" in said


def test_a_relative_rests_on_the_article_on_the_deceased_and_not_on_the_persons_own() -> None:
    scans = tuple(replace(one, minor=True) for one in capacities.SCANS["relative"])
    made = capacities.asked("relative", encounters=scans)
    asked, document = compose.request(made, LAWS)
    for item in asked:
        assert "civil-code-personality:1037(1)" not in item.cites
        assert not any(key.startswith("minors-online") for key in item.cites)
        rests = item.right in {Right.ACCESS, Right.COPY, Right.CORRECT, Right.DELETE}
        assert ("pipl:49" in item.cites) is rests, item.id
    assert "未成年人网络保护条例" not in to_text(document)
    agent, _ = compose.request(replace(made, person=PEOPLE["agent"]), LAWS)
    own = {key for item in agent for key in item.cites}
    assert "civil-code-personality:1037(1)" in own
    assert "pipl:49" not in own


def test_what_follows_a_request_keeps_the_articles_that_the_request_stored() -> None:
    first = capacities.first("relative")
    before = tuple(
        replace(item, cites=("pipl:45(1)", "civil-code-personality:1037(1)"))
        for item in first.items
    )
    said = text(paper(FollowUp.INCOMPLETE, "relative", first=replace(first, items=before)))
    assert "第一千零三十七条第一款" in said


def test_a_provision_that_is_added_stands_with_those_of_its_law() -> None:
    assert joined(("a:1", "b:1", "a:2", "c:1"), ("a:3", "b:1", "d:1")) == (
        *("a:1", "b:1", "a:2", "a:3", "c:1", "d:1"),
    )


WARDS: Final = ("guardian-minor", "guardian-adult")


@pytest.mark.parametrize("capacity", sorted(PEOPLE))
def test_a_ward_says_that_neither_was_asked_and_nobody_else_does(capacity: str) -> None:
    scans = (replace(scan(), consent=Answer.NO), replace(scan(), separate_consent=Answer.NO))
    scans = (scans[0], replace(scans[1], consent=Answer.YES))
    whose = PEOPLE[capacity]
    said = text(paper(REQUEST, capacity, encounters=scans))
    either = capacity in WARDS
    own = "逝者" if capacity == "relative" else "本人"
    assert ("贵方未征得本人或者监护人同意" in said) is either
    assert (f"贵方未征得{own}同意" in said) is not either
    assert ("取得本人或者监护人的单独同意" in said) is either
    told = account.scan(scans[0], whose, Words.same("某公司"), Language.ZH)
    assert ("事前未征得本人或者监护人的同意" in told) is either
    told = account.scan(scans[0], whose, Words.same("the company"), Language.EN)
    assert ("Neither my consent nor my guardian's was obtained beforehand." in told) is either


@pytest.mark.parametrize("capacity", WARDS)
def test_a_guardian_who_consented_is_not_said_not_to_have(capacity: str) -> None:
    agreed = replace(scan(), consent=Answer.NO, circumstances=(Circumstance.GUARDIAN_CONSENT,))
    for letters in (Letters.ZH, Letters.EN):
        said = text(paper(REQUEST, capacity, letters, encounters=(agreed,)))
        assert "或者监护人同意" not in said
        assert "obtained neither" not in said
    told = account.scan(agreed, PEOPLE[capacity], Words.same("某公司"), Language.ZH)
    assert "事前未征得本人的同意" in told


def test_a_refusal_to_a_minor_is_asked_for_in_writing_and_to_nobody_else() -> None:
    article = "《未成年人网络保护条例》第三十四条第一款第三项）"
    assert (
        f"请书面告知并说明理由（《中华人民共和国个人信息保护法》第五十条第一款；{article}"
        in text(paper(REQUEST, "guardian-minor"))
    )
    for capacity in ("guardian-adult", "relative", "agent"):
        assert article not in text(paper(REQUEST, capacity))
    without = paper(REQUEST, "guardian-minor", rights=(Right.KNOW,))
    assert "书面告知并说明理由" not in text(without)
