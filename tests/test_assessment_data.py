"""The rules of assessment: whole, true to the law data and the facts, and strict when faulty."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pirights import assessment_data, law_data, resources
from pirights.domain.assessment import Following, Question, Rule, Step
from pirights.domain.encounter import Answer, Circumstance, ScanMode
from pirights.domain.facts import NAMES
from pirights.domain.handler import Venue
from pirights.domain.law import Laws, Rank
from pirights.domain.request import Right
from pirights.errors import BadInput

FILE = resources.folder("templates") / "rules" / "assessment.toml"
RAW: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
SHIPPED = assessment_data.rules()
LAWS = law_data.laws()
TODAY = date(2026, 11, 23)

YES_NO = {Answer.YES.value, Answer.NO.value}
ALWAYS_KNOWN = {"venue", "refused", "minor", "state-organ", "exemption"}
"""Facts that are never unknown: written down, or none where nothing was said."""

VALUES: dict[str, set[str]] = {
    **dict.fromkeys(NAMES, YES_NO),
    "venue": {one.value for one in Venue},
    "mode": {one.value for one in ScanMode} - {ScanMode.UNKNOWN.value},
    "use": {"beyond", "security", "other"},
    "exemption": {"health", "security", "employment", "contract", "law", "other", "none"},
}

ASKED_BY = {"public": "public-place", "use": "purpose"}
"""Options that are not called as their fact."""

rules = pytest.mark.parametrize("rule", SHIPPED.rules, ids=lambda rule: rule.id)


# What pirights ships


def test_every_rule_and_every_question_is_loaded() -> None:
    assert [rule.id for rule in SHIPPED.rules] == [row["id"] for row in RAW["rule"]]
    assert list(SHIPPED.questions) == [row["id"] for row in RAW["question"]]
    assert len(SHIPPED.rules) > 20


@rules
def test_every_rule_cites_provisions_that_are_in_the_law_data(rule: Rule) -> None:
    assert rule.cites
    assert set(rule.cites) <= LAWS.provisions.keys()
    assert len(set(rule.cites)) == len(rule.cites)


@rules
def test_a_rule_cites_present_numbers(rule: Rule) -> None:
    for key in rule.cites:
        assert LAWS.instrument(key).in_force(TODAY), key
        assert LAWS.provision(key).until is None, key


@rules
def test_no_department_rule_is_cited_before_a_law_or_regulation(rule: Rule) -> None:
    ranks = [LAWS.instrument(key).rank for key in rule.cites]
    after = ranks[ranks.index(Rank.DEPARTMENT_RULE) :] if Rank.DEPARTMENT_RULE in ranks else []
    assert Rank.LAW not in after
    assert Rank.ADMINISTRATIVE_REGULATION not in after


def test_only_what_no_law_says_rests_on_a_department_rule_alone() -> None:
    alone = {
        rule.id
        for rule in SHIPPED.rules
        if {LAWS.instrument(key).rank for key in rule.cites} == {Rank.DEPARTMENT_RULE}
    }
    assert alone <= {"off-device", "filing"}


@rules
def test_a_rule_names_facts_and_values_that_there_are(rule: Rule) -> None:
    assert rule.when
    for name, values in (*rule.when, *rule.unless):
        assert name in NAMES
        assert values
        known = set(values) - {Answer.UNKNOWN.value}
        assert known <= VALUES[name], name
        if known != values:  # it holds though the fact is not known: then it asks for it as well
            assert name in rule.also


@rules
def test_what_a_rule_asks_is_a_question(rule: Rule) -> None:
    assert set(rule.also) <= SHIPPED.questions.keys()
    if rule.opens or rule.opens_at:  # where a fact is not known, the open rule asks for it
        unknown = {name for name, _ in rule.when} - ALWAYS_KNOWN
        assert unknown <= SHIPPED.questions.keys()


def test_every_question_is_asked_by_some_rule() -> None:
    asked = {name for rule in SHIPPED.rules for name, _ in (*rule.when, *rule.unless)}
    asked |= {name for rule in SHIPPED.rules for name in rule.also}
    assert set(SHIPPED.questions) <= asked


@rules
def test_the_ways_that_follow_are_known_and_a_request_has_rights(rule: Rule) -> None:
    assert rule.next
    for step in rule.next:
        assert isinstance(step.document, Following)
        assert (step.document is Following.REQUEST) == bool(step.rights)


@pytest.mark.parametrize("question", SHIPPED.questions.values(), ids=lambda one: one.id)
def test_the_answer_to_a_question_can_be_written_down(question: Question) -> None:
    if not question.option:
        assert question.id not in NAMES  # no fact of the log: nothing to write down
        return
    ways = re.findall(r"--([a-z-]+) (\S+?)(?=,|\s|$)", question.option)
    assert ways
    for option, value in ways:
        if option == "circumstance":
            name, _, answer = value.removesuffix("[=no]").partition("=")
            assert name in set(Circumstance)
            assert answer in {"", "no"}
            continue
        assert option == ASKED_BY.get(question.id, question.id.replace("_", "-"))
        assert value == "TEXT" or set(value.split("|")) == VALUES[question.id]


@rules
def test_a_rule_speaks_both_languages_and_accuses_nobody(rule: Rule) -> None:
    for zh, en in ((rule.says.zh, rule.says.en), (rule.counter.zh, rule.counter.en)):
        assert re.search("[一-鿿]", zh)
        assert not re.search("[一-鿿]", en)
    for word in ("侵犯了", "构成犯罪", "已经违法", "必然违法"):
        assert word not in rule.says.zh
    for word in ("has broken the law", "is guilty", "is a crime", "illegally"):
        assert word not in rule.says.en


def test_the_words_that_tell_purposes_are_in_lower_case_and_each_tells_one_thing() -> None:
    telling = SHIPPED.telling
    for kinds in (telling.uses, telling.grounds, telling.hints):
        assert all(words for words in kinds.values())
        words = [word for one in kinds.values() for word in one]
        assert words == [word.casefold() for word in words]
        assert len(set(words)) == len(words)
    assert any(word in "疫情防控需要" for word in telling.grounds["health"])
    assert set(telling.hinted("泳池更衣室入口，录像上传云端")) == {"private-space", "off-device"}
    assert set(telling.hints) <= {one.value for one in Circumstance}
    assert not any(word in "为了方便进出" for words in telling.uses.values() for word in words)


def test_the_file_has_its_source_day_of_check_and_grade() -> None:
    for rule in SHIPPED.rules:
        assert (rule.source, rule.checked) == (RAW["source"], RAW["checked"])
        assert rule.confidence.value == RAW["confidence"]
    assert type(RAW["checked"]) is date


# Files made up to be faulty

GOOD = """\
source = "made up"
checked = 2026-11-23
confidence = "V"

[words]
beyond = ["Marketing"]
security = ["safety"]
health = ["covid"]
employment = ["staff"]
contract = ["contract"]
ground_security = ["safety"]
law = ["statute"]
[hints]
private-space = ["Toilet"]
[[question]]
id = "notice"
zh = "有没有标识？"
en = "Was there a sign?"
option = "--notice yes|no"

[[question]]
id = "why"
zh = "为什么？"
en = "Why?"

[[rule]]
id = "no-notice"
zh = "告知可能不充分。"
en = "Notice may have been insufficient."
when = { notice = ["no"], venue = ["shop", "mall"] }
unless = { refused = ["yes"] }
cites = ["pipl:17(1)"]
also = ["why"]
counter_zh = "已经公示。"
counter_en = "It was posted."
next = ["request know explain", "preserve"]
opens = false

[[rule]]
id = "other"
zh = "另一事。"
en = "Another."
when = { mode = ["covert"] }
cites = ["pipl:5"]
counter_zh = "并非如此。"
counter_en = "Not so."
next = ["talk"]
stored = true
state_organs = true
asked_at = ["shop"]
"""


def with_line(text: str, number: int, line: str) -> str:
    """Put another line in the place of one; the others keep their numbers."""
    lines = text.splitlines()
    lines[number - 1] = line
    return "\n".join(lines) + "\n"


def refused(place: Path, text: str, told: int, field: str) -> None:
    path = place / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=rf"^a\.toml, line {told}, {field}: ") as caught:
        assessment_data.load(path)
    assert caught.value.hint is not None


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    found = assessment_data.load(tmp_path / "a.toml")
    first, second = found.rules
    assert first.when == (
        ("notice", frozenset({"no"})),
        ("venue", frozenset({"shop", "mall"})),
    )
    assert first.unless == (("refused", frozenset({"yes"})),)
    assert first.next == (
        Step(document=Following.REQUEST, rights=(Right.KNOW, Right.EXPLAIN)),
        Step(document=Following.PRESERVE),
    )
    assert (first.opens, first.stored, first.state_organs, first.asked_at) == (
        False,
        False,
        False,
        (),
    )
    assert (second.opens, second.stored, second.state_organs) == (True, True, True)
    assert second.asked_at == (Venue.SHOP,)
    assert found.questions["why"].option == ""
    assert found.telling.uses["beyond"] == ("marketing",)
    assert found.telling.hints == {"private-space": ("toilet",)}


@pytest.mark.parametrize(
    ("number", "line", "told", "field"),
    [
        # the top of the file
        (1, "", 1, "source"),
        (2, 'checked = "2026-11-23"', 2, "checked"),
        (2, "checked = 2026-11-23T08:00:00", 2, "checked"),
        (3, 'confidence = "W"', 3, "confidence"),
        (4, "version = 2", 4, "version"),
        # the words
        (7, "", 5, "words"),
        (7, 'safety = ["safety"]', 5, "words"),
        (9, 'employment = "staff"', 9, "employment"),
        # the hints
        (13, "[hint]", 13, "hint"),
        (14, "private-space = [7]", 14, "private-space"),
        (14, "private-space = []", 14, "private-space"),
        (14, 'privat = ["toilet"]', 14, "privat"),
        # a question
        (16, "", 15, "id"),
        (22, 'id = "notice"', 22, "id"),
        (23, "", 21, "zh"),
        (18, "en = 1", 18, "en"),
        (19, "option = 1", 19, "option"),
        (19, 'options = "--notice yes|no"', 19, "options"),
        # a rule
        (27, "", 26, "id"),
        (40, 'id = "no-notice"', 40, "id"),
        (41, "", 39, "zh"),
        (29, 'en = ""', 29, "en"),
        (43, "", 39, "when"),
        (43, "when = { }", 43, "when"),
        (43, 'when = "covert"', 43, "when"),
        (43, 'when = { moode = ["covert"] }', 43, "when"),
        (43, 'when = { mode = "covert" }', 43, "when"),
        (43, 'when = { mode = ["invisible"] }', 43, "when"),
        (43, "when = { mode = [7] }", 43, "when"),
        (43, 'when = { mode = [["covert"]] }', 43, "when"),
        (31, 'unless = ["refused"]', 31, "unless"),
        (31, 'unless = { refusal = ["yes"] }', 31, "unless"),
        (31, 'unles = { refused = ["yes"] }', 31, "unles"),
        (44, "", 39, "cites"),
        (44, "cites = []", 44, "cites"),
        (44, 'cites = "pipl:5"', 44, "cites"),
        (33, 'also = ["who"]', 33, "also"),
        (45, "", 39, "counter_zh"),
        (46, "", 39, "counter_en"),
        (47, 'next = ["prayer"]', 47, "next"),
        (47, 'next = ["request"]', 47, "next"),
        (47, 'next = ["request fly"]', 47, "next"),
        (47, 'next = ["talk know"]', 47, "next"),
        (47, 'next = [" "]', 47, "next"),
        (47, 'next = "talk"', 47, "next"),
        (37, 'opens = "no"', 37, "opens"),
        (38, 'opens_at = ["moon"]', 38, "opens_at"),
        (38, "family = 1", 38, "family"),
        (48, "stored = 1", 48, "stored"),
        (49, 'state_organs = "yes"', 49, "state_organs"),
        (50, 'asked_at = ["moon"]', 50, "asked_at"),
        (39, "[[rules]]", 39, "rules"),
    ],
)
def test_a_faulty_file_is_named_with_its_line_and_field(
    tmp_path: Path, number: int, line: str, told: int, field: str
) -> None:
    refused(tmp_path, with_line(GOOD, number, line), told, field)


def test_a_file_without_rules_questions_or_words_is_refused(tmp_path: Path) -> None:
    head, words, questions, rest = re.split(r"(?m)^(?=\[words\]|\[\[)", GOOD, maxsplit=3)
    refused(tmp_path, head + words + rest[rest.index("[[rule") :], 1, "question")
    refused(tmp_path, head + words + questions, 1, "rule")
    refused(tmp_path, head + questions + rest, 1, "words")


def test_a_file_that_is_not_utf_8_or_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(BadInput, match=r"^a\.toml, line 17: this is not UTF-8"):
        assessment_data.load(path)
    path.write_text(with_line(GOOD, 28, "when = notice"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"^a\.toml, line 28: "):
        assessment_data.load(path)


def test_a_citation_that_the_law_data_do_not_hold_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(GOOD, encoding="utf-8")
    wrong = next(key for rule in assessment_data.load(path).rules for key in rule.cites)
    known = Laws(
        instruments=LAWS.instruments,
        provisions={key: one for key, one in LAWS.provisions.items() if key != wrong},
        renumbered={},
    )
    with pytest.raises(BadInput, match=rf"^a\.toml, line \d+, cites: .*{re.escape(wrong)}"):
        assessment_data.load(path, known)
