"""One seeded defect of each class is found, at its line, and nothing is found that is not there."""

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from pirights import law_data, rule_data
from pirights.domain.document import Language
from pirights.domain.law import Laws
from pirights.letters import borrowed_days, lint, template
from pirights.letters.wordlists import foreign, statutory_days

ZH, EN = Language.ZH, Language.EN
TODAY: Final = date(2026, 11, 23)
BOTH = "both"
NOTICE: Final = '{% if scan.notice == "no" %}'


def shipped(kind: str) -> dict[Language, str]:
    place = template.shipped() / kind
    return {language: template.text_of(template.file(place, language)) for language in Language}


REQUEST: Final = shipped("request")


def problems(
    texts: Mapping[Language, str], *, kind: str = "request", laws: Laws | None = None
) -> list[tuple[Language, int, str]]:
    found = lint.check(kind, texts, laws or law_data.laws(), on=TODAY)
    assert {one.template for one in found} <= {kind}
    return [(one.language, one.line, str(one.problem)) for one in found]


def changed(texts: Mapping[Language, str], language: Language, old: str, new: str) -> str:
    assert old in texts[language], old
    return texts[language].replace(old, new, 1)


def first_changed_line(before: str, after: str) -> int:
    pairs = zip(before.split("\n"), after.split("\n"), strict=False)
    return next(number for number, (left, right) in enumerate(pairs, 1) if left != right)


def seeded(where: str, old: str, new: str) -> tuple[dict[Language, str], set[tuple[Language, int]]]:
    """The request with a defect in one language or both, and where it stands."""
    languages = [language for language in Language if where in {BOTH, language}]
    texts = dict(REQUEST)
    for language in languages:
        texts[language] = changed(REQUEST, language, old, new)
    lines = {(one, first_changed_line(REQUEST[one], texts[one])) for one in languages}
    return texts, lines


@pytest.mark.parametrize(
    "said",
    [
        '（{{ cite("credit-reporting-2013:25(2)") }}）20日内核查',
        '三十日（{{ cite("public-video-2025:17") }}）保存',
        '30日内答复；该日数不是法定期限（{{ cite("pipl:45(2)") }}）',
        "请在15个工作日内答复",
        '2026年11月20日发生（{{ cite("pipl:45(2)") }}）',
    ],
)
def test_a_number_that_the_article_prints_or_that_is_denied_is_left_alone(said: str) -> None:
    assert list(borrowed_days.faults(said, rule_data.periods())) == []


@pytest.mark.parametrize("kind", template.kinds())
def test_nothing_is_wrong_with_what_is_shipped(kind: str) -> None:
    assert problems(shipped(kind), kind=kind) == []


@pytest.mark.parametrize(
    ("where", "old", "new", "problem"),
    [
        # a value that the letter does not have, or must not say
        (BOTH, "{{ ref }}", "{{ refe }}", "This letter has no value refe."),
        (ZH, "{{ ref }}", "{{ on_en }}", "This letter has no value on_en."),
        (BOTH, "{% if handler.uscc %}", "{% if handler.usc %}", "handler has no usc"),
        (BOTH, NOTICE, "{{ scan.colour }}" + NOTICE, "scans has no colour"),
        (BOTH, "{{ handler.uscc }}", "{{ person.id_number }}", "person has no id_number"),
        (BOTH, "{{ ref }}", "{{ ref }}{{ ref.__class__ }}", "__class__ must not be read"),
        (BOTH, "{{ ref }}", "{{ ref }}{{ ref['__class__'] }}", "__class__ must not be read"),
        (BOTH, "{% for scan in scans %}", "{% for scan in ref %}", "ref is no list"),
        (BOTH, "{{ ref }}", "{{ ref(1) }}", "ref cannot be called"),
        # more than a template may do
        (BOTH, "{{ ref }}", "{{ 7 * 7 }}", "Mul is more"),
        (BOTH, "{{ ref }}", "{{ ref.center(9) }}", "Only values of the letter may be called"),
        (BOTH, "# {{ title }}", "# {{ title }}{% include 'x' %}", "Include is more"),
        # articles
        (BOTH, 'cites = ["pipl:15(1)"]', 'cites = ["pipl:99"]', "hold no article pipl:99"),
        (BOTH, 'cites = ["pipl:16"]', 'cites = ["gdpr:15"]', "hold no article gdpr:15"),
        (BOTH, 'cites = ["pipl:16"]', "cites = [16]", "hold no article 16"),
        (BOTH, '"csl-2016:43", ', '"csl-2016:430", ', "hold no article csl-2016:430"),
        (BOTH, 'cite("pipl:50(1)")', 'cite("pipl:500")', "hold no article pipl:500"),
        (BOTH, 'cite("pipl:50(1)")', 'cite("csl-2016:43")', "csl-2016:43 is cited here"),
        (BOTH, 'cite("pipl:50(1)")', "cite(ref)", "cite takes the keys"),
        (BOTH, '\ncites = ["pipl:15(1)"]', "", "asked as of right needs an article"),
        (
            ZH,
            "请按上列编号",
            "依《中华人民共和国个人信息保护法》第九十九条，请按上列编号",
            "hold no article 《中华人民共和国个人信息保护法》第九十九条",
        ),
        (
            EN,
            "Please reply",
            "Under the Personal Information Protection Law of the PRC, Article 99, please reply",
            "hold no article Personal Information Protection Law, Article 99",
        ),
        # words
        (EN, "Please reply in writing", "As a data controller, reply", "“controller” is no"),
        (EN, "Please reply in writing", "Your DPO may reply", "“DPO” is no term"),
        (EN, "Please reply", "Within one month, please reply", "“one month” is no term"),
        (ZH, "请按上列编号", "贵方作为控制者，请按上列编号", "“控制者” is no term"),
        (ZH, "请按上列编号", "贵方所称正当利益不能成立。请按上列编号", "“正当利益” is no term"),
        (ZH, 'text = "请求删除备份', 'text = "行使被遗忘权，请求删除备份', "“被遗忘权” is no term"),
        # days
        (ZH, "该日数为参考，不是法定期限", "该日数为法定期限", "called statutory"),
        (EN, "is for reference and is not a statutory", "is a statutory", "called statutory"),
        (ZH, "请按上列编号", "请在法定的15个工作日内按上列编号", "called statutory"),
        (EN, "Please reply", "Within the statutory 15 working days, please reply", "statutory"),
        (ZH, "请按上列编号", "请在法定答复期限内按上列编号", "called statutory"),
        (ZH, "请按上列编号", "贵方依法应当在15个工作日内答复。请按上列编号", "called statutory"),
        (ZH, "请按上列编号", "法律规定三十日内必须答复。请按上列编号", "called statutory"),
        (EN, "Please reply", "By law you must reply within 30 days. Please reply", "statutory"),
        # days that an article lends its name to
        (
            ZH,
            "请按上列编号",
            '请在15日内答复（{{ cite("pipl:45(2)") }}）。请按上列编号',
            "not print it",
        ),
        (
            ZH,
            "请按上列编号",
            '请在20日内书面答复（{{ cite("pipl:50(1)") }}）。请按上列编号',
            "not print it",
        ),
        (
            ZH,
            "请按上列编号",
            '自收到之日起15日内答复（{{ cite("credit-reporting-2013:25(2)") }}）。请按上列编号',
            "not print it",
        ),
        (
            EN,
            "Please reply in writing",
            'Reply within 15 working days ({{ cite("pipl:45(2)") }}). Please reply in writing',
            "not print it",
        ),
        (ZH, 'text = "请求删除备份', 'text = "请在10个工作日内删除备份', "not print it"),
        # tags and boxes
        (BOTH, "{{ ref }}", "{{ ref", "The tag {{ is not closed"),
        (BOTH, "{{ ref }}", "{{ ref ref }}", "The tags cannot be read"),
        (BOTH, "{% if two_step %}", "{% if two_step", "The tag {% is not closed"),
        (BOTH, "{% if two_step %}", "{% if two_step %}{% if both %}", "tag if is not closed"),
        (BOTH, "{% for clue in", "{% for x in scans %}{% for clue in", "tag for is not closed"),
        (BOTH, "```signature", "```sonnet", "There is no box sonnet"),
        (BOTH, "{{ item.number }} | {{ item.text }} |", "{{ item.text }} |", "cannot be filled"),
        # front matter
        (BOTH, 'id = "know.kinds"', "id = know", "no TOML"),
        (BOTH, 'id = "know.kinds"', 'di = "know.kinds"', "There is no field di"),
        (BOTH, 'right = "explain"', 'right = "sing"', "There is no right sing"),
        (BOTH, 'id = "withdraw.stop"', 'id = "withdraw.consent"', "Two items are called"),
        (BOTH, "+++\ntitle", "title", "lines of +++"),
        (BOTH, 'each = "receiver"', 'each = "giver"', "Nobody can tell giver"),
        (BOTH, 'unless = ["receiver"]', 'unless = ["giver"]', "Nobody can tell giver"),
        (BOTH, "{receiver}", "{right}", "unknown gap right"),
        (BOTH, "“{wrong}”", "“{wrung}”", "unknown gap wrung"),
    ],
)
def test_a_defect_is_found_at_its_line(where: str, old: str, new: str, problem: str) -> None:
    texts, places = seeded(where, old, new)
    found = problems(texts)
    named = {(language, line) for language, line, said in found if problem in said}
    if problem in {"cannot be filled", "There is no field di", "hold no article gdpr:15"}:
        assert {language for language, _ in named} == {language for language, _ in places}
        return
    if problem == "asked as of right needs an article":  # the line before the one that is gone
        places = {(language, line - 2) for language, line in places}
    assert named == places, found


def test_a_missing_translation_is_found() -> None:
    assert problems({ZH: REQUEST[ZH]}) == [
        (EN, 1, "The translation is missing: there is no en.md.")
    ]
    assert [said[:2] for said in problems({EN: REQUEST[EN]})] == [(ZH, 1)]


@pytest.mark.parametrize(
    ("language", "old", "new", "problem"),
    [
        (EN, 'id = "know.ground"', 'id = "know.grounds"', "does not stand here in the other"),
        (ZH, 'id = "know.ground"', 'id = "know.grounds"', "does not stand here in the other"),
        (EN, 'for = ["delete"]', 'for = ["copy"]', "has another for in Chinese"),
        (EN, 'each = "receiver"\n', "", "has another each in Chinese"),
        (EN, 'unless = ["receiver"]\n', "", "has another unless in Chinese"),
        (EN, '"pipl:19", ', "", "know.retention cites other articles in Chinese"),
        (EN, 'cite("pipl:45(2)")', 'cite("pipl:45(1)")', "pipl:45(1) is cited more often"),
        (ZH, "{{ handler.uscc }}", "{{ handler.web }}", "handler.web does not stand in the other"),
        (EN, "### {{ section.numeral }}", "{{ section.numeral }}", "The headings differ"),
        (EN, "## 5. Enclosures", "### 5. Enclosures", "The headings differ"),
        (EN, "{% if two_step %}\n", "{% if both %}\n", "begin to have different parts"),
        (EN, "Signature | ___", "Seal | ___\nSignature | ___", "begin to have different parts"),
        (EN, '"csl-2016:43", ', "", "In earlier_law the languages differ"),
        (EN, 'courtesy = "Further questions"\n', "", "has no heading for courtesy"),
        (EN, "{% endif %}No photo", "{% endif %}\n\nNo photo", "do not have the same parts"),
    ],
)
def test_where_the_two_languages_differ_is_found(
    language: Language, old: str, new: str, problem: str
) -> None:
    texts = {**REQUEST, language: changed(REQUEST, language, old, new)}
    assert any(problem in said for _, _, said in problems(texts)), problems(texts)


def test_an_item_less_in_one_language_is_found_in_the_other() -> None:
    whole = REQUEST[EN]
    start = whole.index('[[item]]\nid = "courtesy.filing"')
    less = whole[:start] + whole[whole.index("+++\n# ", start) :]
    found = problems({**REQUEST, EN: less})
    line = REQUEST[ZH][: REQUEST[ZH].index('id = "courtesy.filing"')].count("\n") + 1
    assert (
        ZH,
        line,
        "The item courtesy.filing does not stand here in the other language.",
    ) in found


def test_a_box_that_is_not_closed_is_found() -> None:
    texts = {language: text.rstrip().removesuffix("```") for language, text in REQUEST.items()}
    lines = {
        (language, text[: text.index("```signature")].count("\n") + 1)
        for language, text in texts.items()
    }
    found = problems(texts)
    assert {(language, line) for language, line, _ in found} == lines
    assert all("signature is not closed" in said for _, _, said in found)


def test_an_item_without_a_number_is_found_at_its_box() -> None:
    texts, _ = seeded(BOTH, "{{ item.number }} | {{ item.text }} |", "Please: {{ item.text }} |")
    found = problems(texts)
    assert {said for _, _, said in found} == {"A box of an item begins with its number."}
    for language, line, _ in found:
        assert texts[language].split("\n")[line - 1] == "```item"


def test_an_article_that_never_was_in_force_is_found() -> None:
    laws = law_data.laws()
    future = replace(laws.instruments["ndsr-2024"], effective=date(2030, 1, 1))
    one_day = replace(laws.provisions["pipl:30"], until=laws.instruments["pipl"].effective)
    later = Laws(
        instruments={**laws.instruments, "ndsr-2024": future},
        provisions={**laws.provisions, "pipl:30": one_day},
        renumbered=laws.renumbered,
    )
    found = problems(REQUEST, laws=later)
    assert {said for _, _, said in found} >= {
        "The article ndsr-2024:22(1).2 was never in force.",
        "The article ndsr-2024:23 was never in force.",
        "The article pipl:30 was never in force.",
    }
    for language, line, said in found:
        key = re.findall(r"[a-z0-9-]+:[0-9().]+\d\)?", said)[0]
        assert key in REQUEST[language].split("\n")[line - 1]


@pytest.mark.parametrize(
    "loop",
    [
        "{% for a in scans %}" * 9 + "{% endfor %}" * 9,
        "{% for a in range(999) %}" * 3 + "{% endfor %}" * 3,
        "{% for a in range(99999999) %}{% endfor %}",
        "{% for a in range(999) %}{% for b in range(999) %}xx{% endfor %}{% endfor %}",
    ],
)
def test_a_template_without_end_is_found_soon(loop: str) -> None:
    texts, _ = seeded(BOTH, "# {{ title }}\n", f"# {{{{ title }}}}\n\n{loop}\n")
    began = time.monotonic()
    found = problems(texts)
    assert time.monotonic() - began < 10
    assert {language for language, _, _ in found} == {ZH, EN}
    for language, line, said in found:
        assert "cannot be filled" in said
        assert texts[language].split("\n")[line - 1] == loop


def test_a_huge_or_deep_template_is_found() -> None:
    huge = {language: text + "x" * 200_000 for language, text in REQUEST.items()}
    assert any("longer than 200000" in said for _, _, said in problems(huge))
    texts, _ = seeded(BOTH, "{{ ref }}", "{{ " + "(" * 9000 + "ref" + ")" * 9000 + " }}")
    assert any("nested too deeply" in said for _, _, said in problems(texts))


def test_a_kind_that_nobody_writes_is_said() -> None:
    found = problems(REQUEST, kind="sonnet")
    assert [(language, line) for language, line, _ in found] == [(EN, 1), (ZH, 1)]
    assert "kind sonnet" in found[0][2]


@pytest.mark.parametrize("text", ["", "+++\n", "+++\n+++\n", "+++\n\n+++\n", "\x00", "{{", "{% if"])
def test_any_text_is_told_what_is_wrong_with_it(text: str) -> None:
    assert problems({ZH: text, EN: text})


@pytest.mark.parametrize(
    "text",
    [
        "超出实现合法、正当利益所必需的范围",
        "for lawful and legitimate interests",
        "个人信息处理者",
        "履行个人信息保护职责的部门",
    ],
)
def test_terms_of_chinese_law_are_not_foreign(text: str) -> None:
    assert list(foreign(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "建议贵方30日内答复；该日数为参考，不是法定期限。",
        "法定代表人应当在10日内到场。",
        "自2021年11月1日起施行，法定代理人可以代为行使。",
        "法律未规定具体的答复日数。",
        "reply within 30 days; this is not a statutory period.",
        "There are 3 statutory items. Reply in 30 days.",
    ],
)
def test_what_is_not_called_statutory_is_let_be(text: str) -> None:
    assert list(statutory_days(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "法定答复期限为30日",
        "请于法定三十日内答复",
        "三十个工作日是法定期限",
        "法定{{ promise.amount }}日",
        "法定{% if a %}15{% endif %}日",
        "within the statutory period of 30 days",
        "thirty days, a statutory period",
        "the legal deadline is {{ promise.amount }} days",
        "your statutory reply deadline",
    ],
)
def test_what_is_called_statutory_is_found(text: str) -> None:
    assert [line for line, _ in statutory_days(f"first\n\n{text}\n")] == [3]
