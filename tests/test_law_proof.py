"""Proof against the law's own texts, and of honest words: each check is shown to bite as well.

The texts lie beside the checkout; where they do not, only what needs them is skipped.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pirights import law_data, resources, rule_data
from pirights.domain.handler import Period, TimeUnit
from pirights.domain.law import Confidence, Instrument, Provision, Read
from pirights.domain.period import Force, Matter, PeriodRule, Start
from pirights.domain.words import Words

ROOT = Path(__file__).parents[1]
TEXTS = ROOT.parent / "shared" / "law" / "texts"
TEMPLATES = resources.folder("templates")
LAWS = law_data.laws()
PERIODS = rule_data.periods()

needs_texts = pytest.mark.skipif(
    not TEXTS.is_dir(), reason="needs the law's texts beside the checkout"
)

COPIED = 20
"""So many characters in a row of the statute, and no more, may stand in a summary."""

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERALS = DIGITS + "".join(UNITS)
ARTICLE = re.compile(rf"(?m)^(?:第([{NUMERALS}]+)条|([{NUMERALS}]+)、)[ \u3000]*")
ITEM = re.compile(rf"[（(]([{NUMERALS}]+)[）)]")
SUB_ITEM = re.compile(r"\d+[.．]")
KEY = re.compile(r"[a-z0-9-]+:(\d+)(?:\((\d+)\))?(?:\.(\d+))?")


def value(numeral: str) -> int:
    """Read 一千零三十七 or 1037."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for sign in numeral:
        if sign in UNITS:
            total, digit = total + (digit or 1) * UNITS[sign], 0
        else:
            digit = DIGITS.index(sign)
    return total + digit


# Reading a statute


@dataclass
class Paragraph:
    """One 款 with its items (项), by their numbers."""

    text: str
    items: dict[int, str] = field(default_factory=dict)

    @property
    def whole(self) -> str:
        return self.text + "".join(self.items.values())


@dataclass
class Article:
    """One 条, or one numbered heading of a paper that has no articles."""

    text: str
    paragraphs: list[Paragraph]

    @property
    def extract(self) -> bool:
        return "【节录】" in self.text


@dataclass
class Statute:
    """A text of the shared folder."""

    front: dict[str, str]
    articles: dict[int, Article]

    def listed(self, name: str) -> set[int]:
        return {int(one) for one in re.findall(r"\d+", self.front.get(name, ""))}


def paragraphs(text: str) -> list[Paragraph]:
    """Count paragraphs: a line is one, unless it is an item, or a part of an item."""
    found: list[Paragraph] = []
    for line in text.splitlines():
        item = ITEM.match(line)
        if item and found:
            found[-1].items[value(item[1])] = line
        elif SUB_ITEM.match(line) and found and found[-1].items:
            found[-1].items[max(found[-1].items)] += line
        elif SUB_ITEM.match(line) and found:
            found[-1].text += line
        else:
            found.append(Paragraph(line))
    return found


def parse(text: str) -> Statute:
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    marks = list(ARTICLE.finditer(body))
    articles: dict[int, Article] = {}
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = after.start() if after else len(body)
        words = body[mark.end() : end].split("\n\n", 1)[0].strip()  # then a chapter's heading
        number = value(mark[1] or mark[2])
        assert number not in articles, number
        articles[number] = Article(words, paragraphs(words))
    return Statute(dict(re.findall(r'(?m)^(\w+): "(.*)"$', head)), articles)


@cache
def statute(instrument: str) -> Statute | None:
    path = TEXTS / f"{instrument}.md"
    return parse(path.read_text(encoding="utf-8")) if path.is_file() else None


MADE_UP = """\
---
id: "made-up"
effective: "2020-01-01 (amended text: 2021-01-01)"
articles_missing: "3"
articles_partial: "9"
---

# 某办法

## 第一章 总 则

为了举例，制定本办法。

第一条 处理人脸信息，应当告知下列事项：
（一）处理者的名称；
（二）处理的目的：
1．第一种目的；
2．第二种目的。
（十一）其他事项。
法律另有规定的，从其规定。

## 第二章 时 限

第二条 收到请求之日起十五个工作日内答复；不服的，可以自收到之日起30日内申诉，申诉期间不停止执行。

第九条 【节录】应当设置显著提示标识。

第一百零二条 下列费用由败诉方负担：
(一)受理费；
(二)申请费。
"""


def test_paragraphs_are_counted_and_items_belong_to_the_paragraph_above() -> None:
    articles = parse(MADE_UP).articles
    assert list(articles) == [1, 2, 9, 102]
    first, second = articles[1].paragraphs
    assert list(first.items) == [1, 2, 11]
    assert first.items[2].endswith("1．第一种目的；2．第二种目的。")
    assert (second.text, second.items) == ("法律另有规定的，从其规定。", {})
    assert len(articles[2].paragraphs) == 1
    assert list(articles[102].paragraphs[0].items) == [1, 2]
    assert [number for number, one in articles.items() if one.extract] == [9]


def test_numbered_headings_stand_for_articles_where_there_are_none() -> None:
    heads = parse(
        "---\nid: x\n---\n\n一、以下行为：\n1. 甲；\n2. 乙。\n\n六、【节录】丙。\n"
    ).articles
    assert {number: len(one.paragraphs) for number, one in heads.items()} == {1: 1, 6: 1}


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("六", 6), ("十", 10), ("十五", 15), ("四十", 40), ("一百零二", 102), ("一千零三十七", 1037)],
)
def test_numerals_are_read(numeral: str, number: int) -> None:
    assert value(numeral) == number


# A row against its article


def faults(row: Provision, text: Statute) -> list[str]:
    """Say what a row claims that its article does not bear out."""
    match = KEY.fullmatch(row.key)
    assert match is not None, row.key
    number, paragraph, item = (int(one) if one else 0 for one in match.groups())
    if number in text.listed("articles_missing"):
        return [] if row.read is Read.UNVERIFIED and not row.terms else ["missing yet read"]
    if number not in text.articles:
        return ["no such article"]
    article = text.articles[number]
    partial = article.extract or number in text.listed("articles_partial")
    read = [] if row.read is (Read.PARTIAL if partial else Read.FULL) else ["read otherwise"]
    wrong = misplaced(article, paragraph, item)
    if wrong:
        return [*read, wrong]
    return [*read, *unfounded(row, article, part(article, paragraph, item))]


def misplaced(article: Article, paragraph: int, item: int) -> str:
    """Say why there is no such place in an article; 0 stands for what a key leaves out."""
    many = len(article.paragraphs)
    if paragraph > many:
        return "no such paragraph"
    if paragraph and many == 1 and not article.extract:
        return "the only paragraph has no number"
    if item and not paragraph and many > 1:
        return "an item of which paragraph"
    if item and item not in article.paragraphs[max(paragraph, 1) - 1].items:
        return "no such item"
    return ""


def part(article: Article, paragraph: int, item: int) -> str:
    """The words of what a key points to; an item is read with the head of its paragraph."""
    cited = article.paragraphs[max(paragraph, 1) - 1]
    if item:
        return cited.text + cited.items[item]
    return cited.whole if paragraph else article.text


def unfounded(row: Provision, article: Article, words: str) -> list[str]:
    """Say what of a summary has no ground in the words cited, or is not our own."""
    found = [] if row.terms else ["no terms"]
    found += [f"not in the summary: {term}" for term in row.terms if term not in row.summary.zh]
    found += [f"not in the article: {term}" for term in row.terms if term not in words]
    if copied(row.summary.zh, article.text):
        found.append("copied")
    if figures(row.summary.zh) - figures(article.text) - SUMS.get(row.key, set()):
        found.append("a number of its own")
    return found


def copied(summary: str, article: str) -> bool:
    printed = article.replace("\n", "")
    runs = (summary[at : at + COPIED + 1] for at in range(len(summary) - COPIED))
    return any(run in printed for run in runs)


SUMS = {"holidays-2024:2": {13}}
"""Numbers that an article does not print but adds up to: 1 + 4 + 1 + 2 + 1 + 1 + 3 days."""

FIGURE = re.compile(rf"(\d+|[{NUMERALS}]+)(万?)(?=个?(?:日|天|年|月|元|周岁|工作日|人|小时|%))")


def figures(text: str) -> set[int]:
    """Read the numbers of days, years, persons and sums; 一 is often no number."""
    found = {value(one) * (10_000 if many else 1) for one, many in FIGURE.findall(text)}
    return found - {1}


@needs_texts
@pytest.mark.parametrize("instrument", LAWS.instruments)
def test_every_row_is_borne_out_by_its_article(instrument: str) -> None:
    rows = [row for row in LAWS.provisions.values() if row.instrument == instrument]
    text = statute(instrument)
    if text is None:  # nothing was found of it: nothing is claimed to be read
        assert {row.read for row in rows} <= {Read.UNVERIFIED}
        assert LAWS.instruments[instrument].confidence is not Confidence.READ
        return
    assert rows
    assert {row.key: told for row in rows if (told := faults(row, text))} == {}


@needs_texts
def test_every_text_has_its_instrument() -> None:
    texts = {path.stem for path in TEXTS.glob("*.md")}
    assert len(texts) > 25
    assert texts <= LAWS.instruments.keys()


@needs_texts
@pytest.mark.parametrize("law", LAWS.instruments.values(), ids=lambda law: law.id)
def test_the_head_of_a_file_stands_in_the_front_matter_of_its_text(law: Instrument) -> None:
    text = statute(law.id)
    if text is None:
        return
    front = text.front
    assert str(law.effective) in front["effective"]
    assert law.adopted is None or str(law.adopted) in front["adopted_or_published"]
    assert front["title_zh"].startswith(law.title.zh)
    number = re.search(r"(〔\d+〕|第)\d+号$", law.number)
    assert (number is None) == (law.number == "")
    assert number is None or number[0] in front["doc_number"]
    superseded = re.search("superseded|REPEALED", front["status_2026_11_23"])
    assert (superseded is not None) == (law.until is not None)
    assert law.until is None or str(law.until) in front["status_2026_11_23"]


@needs_texts
@pytest.mark.parametrize(("new", "old"), LAWS.renumbered.items())
def test_a_renumbered_article_is_the_same_but_for_a_few_words(new: str, old: str) -> None:
    printed: list[str] = []
    for key in (new, old):
        text, match = statute(key.partition(":")[0]), KEY.fullmatch(key)
        assert text is not None
        assert match is not None
        printed.append(text.articles[int(match[1])].paragraphs[int(match[2] or 1) - 1].whole)
    assert SequenceMatcher(a=printed[0], b=printed[1], autojunk=False).ratio() > 0.95


ROW = Provision(
    key="made-up:2",
    summary=Words(
        zh="处理者收到请求后，应在十五个工作日内答复。", en="An answer in 15 working days."
    ),
    terms=("答复", "十五个工作日"),
    read=Read.FULL,
    confidence=Confidence.READ,
    source="made up",
    checked=date(2026, 11, 23),
)


def test_a_sound_row_has_no_fault() -> None:
    assert faults(ROW, parse(MADE_UP)) == []
    of_nine = Words(zh="须设显著提示标识。", en="A conspicuous sign.")
    extract = replace(
        ROW, key="made-up:9", summary=of_nine, terms=("显著提示标识",), read=Read.PARTIAL
    )
    assert faults(extract, parse(MADE_UP)) == []
    unseen = replace(ROW, key="made-up:3", terms=(), read=Read.UNVERIFIED)
    assert faults(unseen, parse(MADE_UP)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"key": "made-up:4"}, "no such article"),
        ({"key": "made-up:1(3)"}, "no such paragraph"),
        ({"key": "made-up:2(1)"}, "the only paragraph has no number"),
        ({"key": "made-up:1.2"}, "an item of which paragraph"),
        ({"key": "made-up:1(1).3"}, "no such item"),
        ({"key": "made-up:1(2).1"}, "no such item"),
        ({"key": "made-up:102.3"}, "no such item"),
        ({"key": "made-up:3"}, "missing yet read"),
        ({"key": "made-up:9"}, "read otherwise"),
        ({"read": Read.PARTIAL}, "read otherwise"),
        ({"read": Read.UNVERIFIED}, "read otherwise"),
        ({"terms": ()}, "no terms"),
        ({"terms": ("申诉",)}, "not in the summary: 申诉"),
        ({"terms": ("处理者",)}, "not in the article: 处理者"),
        (
            {"key": "made-up:1(2)", "terms": ("名称",), "summary": Words(zh="名称", en="name")},
            "not in the article: 名称",
        ),
        (
            {"summary": Words(zh="可以自收到之日起30日内申诉，申诉期间不停止执行。", en="…")},
            "copied",
        ),
        (
            {"summary": Words(zh="应在二十个工作日内答复。", en="An answer in 20 working days.")},
            "a number of its own",
        ),
    ],
)
def test_a_false_row_is_caught(changes: dict[str, Any], told: str) -> None:
    assert told in faults(replace(ROW, **changes), parse(MADE_UP))


def test_twenty_characters_may_be_copied_and_not_one_more() -> None:
    article = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑"
    assert not copied("，" + article[:20] + "。", article)
    assert copied("，" + article[:21] + "。", article)


# The two languages of a row

NUMBER_WORDS = (
    {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
    | {"ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "sixteen": 16, "eighteen": 18}
    | {"twenty": 20, "thirty": 30, "forty": 40, "sixty": 60}
)


def english_figures(text: str) -> set[int]:
    found = {int(one.replace(",", "")) for one in re.findall(r"\d+(?:,\d{3})*", text)}
    for word in re.findall(r"[a-z]+(?:-[a-z]+)?", text.casefold()):
        parts = word.split("-")
        if all(part in NUMBER_WORDS for part in parts):
            found.add(sum(NUMBER_WORDS[part] for part in parts))
    return found


@pytest.mark.parametrize("instrument", LAWS.instruments)
def test_both_languages_of_a_row_have_the_same_numbers(instrument: str) -> None:
    rows = [row for row in LAWS.provisions.values() if row.instrument == instrument]
    lost = {
        row.key: figures(row.summary.zh) - english_figures(row.summary.en)
        for row in rows
        if figures(row.summary.zh) - english_figures(row.summary.en)
    }
    assert lost == {}


def test_a_number_that_one_language_lacks_is_seen() -> None:
    assert figures("存储十万人的，三十个工作日内备案，罚5万元") == {100_000, 30, 50_000}
    assert english_figures("within forty-eight hours, 100,000 persons, thirty days") == {
        48,
        100_000,
        30,
    }


# Honest words

FOREIGN = [
    re.compile(one, re.IGNORECASE | re.ASCII)  # a Latin word ends where a Chinese one begins
    for one in (
        r"\bcontrollers?\b",
        r"\bprocessors?\b",
        r"\bdata[ -]subjects?\b",
        r"\bDPOs?\b",
        r"\bdata protection (?:officer|impact assessment)s?\b",
        r"\bDPIAs?\b",
        r"\bGDPR\b",
        r"\berasures?\b",
        r"\bright to be forgotten\b",
        # PIPL 49 speaks of a relative's own lawful, legitimate interest: the law's own words
        r"(?<!lawful, )(?<!lawful and )\blegitimate[ -]interests?\b",
        r"\bpersonal[ -]data\b",
        r"数据控制者|个人信息控制者",
        r"数据主体",
        r"(?<!网络)数据处理者",
        r"合法利益",
        r"个人数据",
        r"被遗忘权",
    )
]


def foreign_words(text: str) -> list[str]:
    """Find the vocabulary of another law."""
    return [found[0] for one in FOREIGN for found in one.finditer(text)]


SHIPPED = [
    path
    for folder in ("law", "rules", "letters")
    for path in sorted((TEMPLATES / folder).rglob("*"))
    if path.is_file()
]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_word_of_another_law_stands_in_what_is_shipped(path: Path) -> None:
    assert foreign_words(path.read_text(encoding="utf-8")) == []


def test_all_folders_are_looked_through() -> None:
    assert {"pipl.toml", "rights.toml", "venues.toml", "zh.md", "en.md"} <= {
        path.name for path in SHIPPED
    }


@pytest.mark.parametrize(
    "text",
    [
        "The controller answers.",
        "Processors act on instructions.",
        "every data subject",
        "the DPO of the company",
        "a DPIA was made",
        "Right to erasure",
        "relies on legitimate interests",
        "your Personal Data",
        "数据控制者应当答复",
        "数据主体的权利",
        "数据处理者应当删除",
        "基于合法利益处理",
        "GDPR第十五条",
    ],
)
def test_a_word_of_another_law_is_caught(text: str) -> None:
    assert len(foreign_words(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "近亲属为自身合法、正当利益，可以查阅",
        "for their own lawful, legitimate interest",
        "网络数据处理者应当删除",
        "个人信息处理者",
        "handled by an entrusted party who processes it under control",
        "personal information of the person",
    ],
)
def test_the_laws_own_words_are_left_alone(text: str) -> None:
    assert foreign_words(text) == []


# Periods

UNIT = {
    TimeUnit.DAY: "[日天]",
    TimeUnit.WORKING_DAY: "个?工作日",
    TimeUnit.MONTH: "个月",
    TimeUnit.YEAR: "年",
}


def prints(period: Period, text: str) -> bool:
    """Say whether a text has the number, in digits or numerals, with its unit."""
    number = re.compile(rf"(?<![\d{NUMERALS}])(\d+|[{NUMERALS}]+){UNIT[period.unit]}")
    return any(value(one) == period.amount for one in number.findall(text.replace("两个", "二个")))


def false_claims(rule: PeriodRule, text: str | None) -> list[str]:
    """Say what a period claims of the law without a printed word for it.

    Args:
        rule: The period.
        text: What the provision that it cites prints, or None where it cites none.
    """
    if rule.force is not Force.STATUTORY:
        return []
    found: list[str] = []
    if rule.matter is Matter.REQUEST and rule.period is not None:
        found.append("a number of days for a request")
    if text is None:
        if rule.confidence is not Confidence.UNVERIFIED:
            found.append("no provision, yet not graded unverified")
    elif rule.period is not None and not prints(rule.period, text):
        found.append("the number is not printed")
    elif rule.word is not None and rule.word.zh not in text:
        found.append("the word is not printed")
    return found


@pytest.mark.parametrize("rule", PERIODS.values(), ids=lambda rule: rule.id)
def test_a_statutory_period_stands_in_the_summary_of_its_provision(rule: PeriodRule) -> None:
    summary = LAWS.provision(rule.basis).summary.zh if rule.basis else None
    assert false_claims(rule, summary) == []


@needs_texts
@pytest.mark.parametrize("rule", PERIODS.values(), ids=lambda rule: rule.id)
def test_a_statutory_period_is_printed_in_its_article(rule: PeriodRule) -> None:
    if rule.force is not Force.STATUTORY or not rule.basis:
        return
    match, text = KEY.fullmatch(rule.basis), statute(rule.basis.partition(":")[0])
    assert match is not None
    assert text is not None
    article = text.articles[int(match[1])]
    assert false_claims(rule, article.paragraphs[int(match[2] or 1) - 1].whole) == []


def test_nothing_is_called_statutory_without_the_provision_that_says_so() -> None:
    assert all(one.basis for one in PERIODS.values() if one.force is Force.STATUTORY)


def test_the_telecom_period_that_nobody_saw_is_no_more_than_reported() -> None:
    reported = PERIODS["telecom-complaint"]
    assert (reported.force, reported.confidence) == (Force.SUGGESTION, Confidence.UNVERIFIED)
    assert reported.limits is not None
    assert "未核实" in reported.limits.zh
    assert "not verified" in reported.limits.en


SOUND = PeriodRule(
    id="made-up",
    what=Words(zh="某事", en="a matter"),
    matter=Matter.SECTOR,
    basis="made-up:2",
    force=Force.STATUTORY,
    start=Start.ARRIVED,
    source="made up",
    checked=date(2026, 11, 23),
    confidence=Confidence.READ,
    period=Period(amount=15, unit=TimeUnit.WORKING_DAY),
)
TEXT = parse(MADE_UP).articles[2].text
PROMPTLY = replace(SOUND, period=None, word=Words(zh="及时", en="promptly"))


def lasting(amount: int, unit: TimeUnit = TimeUnit.DAY) -> PeriodRule:
    return replace(SOUND, period=Period(amount=amount, unit=unit))


@pytest.mark.parametrize(
    ("rule", "text", "told"),
    [
        (SOUND, TEXT, []),
        (lasting(30), TEXT, []),
        (lasting(5, TimeUnit.WORKING_DAY), TEXT, ["the number"]),
        (lasting(15), TEXT, ["the number"]),
        (lasting(30, TimeUnit.WORKING_DAY), TEXT, ["the number"]),
        (SOUND, "应当及时答复。", ["the number"]),
        (replace(SOUND, matter=Matter.REQUEST), TEXT, ["a number of days for a request"]),
        (replace(PROMPTLY, matter=Matter.REQUEST), "应当及时提供。", []),
        (replace(PROMPTLY, matter=Matter.REQUEST), TEXT, ["the word"]),
        (replace(SOUND, basis=""), None, ["no provision"]),
        (replace(SOUND, basis="", confidence=Confidence.SECONDARY), None, ["no provision"]),
        (replace(SOUND, basis="", confidence=Confidence.UNVERIFIED), None, []),
        (replace(SOUND, force=Force.STANDARD, matter=Matter.REQUEST), "", []),
    ],
)
def test_a_false_claim_of_a_statutory_period_is_caught(
    rule: PeriodRule, text: str | None, told: list[str]
) -> None:
    found = false_claims(rule, text)
    assert len(found) == len(told)
    assert all(one.startswith(start) for one, start in zip(found, told, strict=True))
