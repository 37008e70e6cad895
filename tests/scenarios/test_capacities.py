"""Letters for a child, an adult in one's care, a deceased and a client: from `person add` on."""

from pathlib import Path

import pytest

from tests.scenarios.stage import Stage

CASES = {
    "guardian-minor": ("--capacity", "guardian", "--kinship", "mother"),
    "guardian-adult": ("--capacity", "guardian", "--ward", "adult", "--kinship", "son"),
    "relative": (
        *("--capacity", "relative", "--kinship", "daughter"),
        *("--interest", "查明年卡的退费情况"),
    ),
    "agent": ("--capacity", "agent"),
}
SAID = {
    "guardian-minor": ("法定代理人：林明（监护人，母亲）", "监护关系证明", "第二十七条第一款"),
    "guardian-adult": ("法定代理人：林明（监护人，儿子）", "监护关系证明", "第二十八条"),
    "relative": ("请求人：林明", "逝者陈样例的近亲属（女儿）", "第四十九条", "查明年卡的退费情况"),
    "agent": ("委托代理人：林明", "授权委托书", "第一百六十五条"),
}
TOLD = {
    "guardian-minor": ("proof of guardianship", "A minor of eight or more", "--minor"),
    "guardian-adult": ("proof of guardianship",),
    "relative": ("proof of death", "no other arrangement", "left out: another way"),
    "agent": ("--paper poa --out poa.pdf",),
}
TRICK = '<font color="[[[…]]]">{{ 7*7 }}{mine}{name}{law}&amp;'


def entered(stage: Stage, *words: str, name: str = "陈样例", actor: str = "林明") -> str:
    """Enter who acts as P2 and the person as P3, with a handler H1 and a scan E1."""
    stage.run("person", "add", "--name", actor, "--phone", "13900000999", "--email", "l@m.example")
    told = stage.data(
        "person", "add", "--name", name, "--phone", "13900000137", "--represented-by", "P2", *words
    )
    stage.run("handler", "add", "--name", "杭州样例乐园有限公司", "--email", "privacy@park.example")
    stage.log_scan("--handler", "H1")
    return str(told["id"])


def asked(stage: Stage, person: str, *more: str) -> str:
    words = ("--handler", "H1", "--person", person, "--right", "access", "--right", "alternative")
    return str(stage.data("request", "new", *words, *more)["ref"])


def text(stage: Stage, label: str) -> str:
    return "".join(str(stage.data("request", "render", label, "--text")["text"]).split())


@pytest.mark.parametrize("capacity", CASES)
def test_every_capacity_goes_from_the_person_to_the_paper(stage: Stage, capacity: str) -> None:
    person = entered(stage, *CASES[capacity])
    words = ("--handler", "H1", "--person", person, "--right", "access", "--right", "alternative")
    ended = stage.run("--lang", "en", "request", "new", *words, "--letters", "zh-en")
    for part in TOLD[capacity]:
        assert part in " ".join(ended.err.split()), part
    ref = str(stage.data("case", "list")["cases"][0]["ref"])
    said = text(stage, ref)
    for part in SAID[capacity]:
        assert "".join(part.split()) in said.replace("/Legalrepresentative", ""), part
    assert "l@m.example" in said
    for form in ("pdf", "docx", "eml"):
        out = stage.home / f"letter.{form}"
        stage.run("request", "render", ref, "--out", str(out))
        assert out.stat().st_size > 2000
    mail = (stage.home / "letter.eml").read_text(encoding="utf-8")
    assert "l@m.example" in mail.split("\n\n", 1)[0]


@pytest.mark.parametrize("capacity", CASES)
def test_what_follows_the_request_is_written_in_the_same_capacity(
    stage: Stage, capacity: str
) -> None:
    ref = asked(stage, entered(stage, *CASES[capacity]))
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-23", "--tracking", "1098765432199")
    stage.run("received", ref, "--at", "2026-11-23")
    label = str(stage.data("escalate", ref, "--as", "reminder")["message"])
    said = text(stage, label)
    assert "林明" in said
    assert ("与逝者有关" in said) == (capacity == "relative")
    stage.run("request", "render", label, "--out", str(stage.home / "reminder.pdf"))


def test_a_consent_is_not_withdrawn_for_a_deceased(stage: Stage) -> None:
    ref = asked(stage, entered(stage, *CASES["relative"]))
    told = stage.refusal("escalate", ref, "--as", "withdrawal", code=11)
    assert "article 49" in told["message"].lower()
    assert "--right delete" in told["hint"]


def test_a_right_that_no_relative_has_is_refused_alone(stage: Stage) -> None:
    person = entered(stage, *CASES["relative"])
    words = ("--handler", "H1", "--person", person, "--right", "refuse")
    stage.refusal("request", "new", *words, code=11)
    assert stage.data("case", "list")["cases"] == []


def test_the_person_shows_who_acts_in_both_languages(stage: Stage) -> None:
    person = entered(stage, *CASES["guardian-adult"])
    shown = stage.data("person", "show", person)
    assert (shown["capacity"], shown["representative"]) == ("guardian", "P2")
    assert (shown["kinship"], shown["ward"], shown["interest"]) == ("son", "adult", "")
    en = stage.run("--lang", "en", "person", "show", person).out
    assert "through a guardian" in en
    assert "P2" in en
    zh = stage.run("--lang", "zh", "person", "show", person).out
    assert "监护人" in zh
    assert "儿子" in zh
    assert "through a guardian" in stage.run("--lang", "en", "person", "list").out
    alone = stage.data("person", "show", "P2")
    assert (alone["capacity"], alone["representative"], alone["ward"]) == ("self", None, None)


def test_a_scan_of_a_minor_in_a_letter_for_a_grown_up_is_pointed_out(stage: Stage) -> None:
    person = entered(stage, *CASES["guardian-adult"])
    words = ("request", "new", "--handler", "H1", "--person", person, "--right", "access")
    assert "under 18" not in stage.run(*words).err
    stage.run("log", "edit", "E1", "--minor")
    told = stage.run(*words).err
    assert "log edit E1 --adult" in told


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--capacity", "guardian", "--represented-by", "P9"), 12, "P9"),
        (("--capacity", "guardian", "--represented-by", "H1"), 14, "H1"),
        (("--represented-by", "P1"), 14, "--represented-by"),
        (("--kinship", "son"), 14, "--kinship"),
        (("--capacity", "agent", "--ward", "adult"), 14, "--ward"),
        (("--capacity", "guardian", "--interest", "x"), 14, "--interest"),
        (("--capacity", "guardian", "--kinship", "son"), 14, "son"),
        (("--capacity", "relative", "--interest", "a\nb"), 14, "interest"),
        (("--capacity", "relative", "--interest", "x" * 501), 14, "interest"),
        (("--capacity", "relative", "--interest", "a\u202eb"), 14, "U+202E"),
        (("--capacity", "cousin"), 2, "cousin"),
        (("--capacity", "relative", "--kinship", "cousin"), 2, "cousin"),
    ],
)
def test_what_does_not_fit_together_is_refused_and_nothing_is_kept(
    stage: Stage, words: tuple[str, ...], code: int, said: str
) -> None:
    told = stage.refusal("person", "add", "--name", "陈样例", *words, code=code)
    assert said in told["message"]
    assert stage.data("person", "list")["total"] == 1


def test_nobody_acts_for_themselves_or_while_another_acts_for_them(stage: Stage) -> None:
    person = entered(stage, *CASES["agent"])
    stage.refusal("person", "edit", person, "--represented-by", person, code=14)
    stage.refusal("person", "edit", "P2", "--capacity", "agent", code=14)
    stage.refusal(
        "person", "add", "--name", "某", "--capacity", "agent", "--represented-by", person, code=14
    )
    stage.refusal("person", "edit", "P1", "--capacity", "guardian", code=14)
    stage.run("person", "edit", person, "--capacity", "self")
    assert stage.data("person", "show", person)["representative"] is None
    stage.run("person", "edit", "P2", "--capacity", "agent")


def test_a_representative_without_a_name_stops_the_letter_and_says_how_to_go_on(
    stage: Stage,
) -> None:
    person = entered(stage, *CASES["agent"])
    stage.run("person", "edit", "P2", "--name", "")
    words = ("--handler", "H1", "--person", person, "--right", "access")
    told = stage.refusal("request", "new", *words, code=14)
    assert "P2" in told["message"]
    assert "--name" in told["hint"]


@pytest.mark.parametrize("capacity", CASES)
def test_markup_in_the_names_and_the_interest_stays_text(stage: Stage, capacity: str) -> None:
    interest = ("--interest", TRICK) if capacity == "relative" else ()
    person = entered(stage, *CASES[capacity], *interest, name=f"陈{TRICK}", actor=f"林{TRICK}")
    ref = asked(stage, person, "--letters", "zh-en")
    said, trick = text(stage, ref), "".join(TRICK.split())
    assert said.count(f"林{trick}") >= 2
    assert said.count(f"陈{trick}") >= 2
    if capacity == "relative":
        assert f"所涉利益为：{trick}。" in said
    out = stage.home / "letter.pdf"
    stage.run("request", "render", ref, "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("P2", "--name", "林🦄"), "P2.name"),
        (("P2", "--address", "שדרה"), "P2.address"),
        (("P3", "--interest", "查明🦄"), "P3.interest"),
    ],
)
def test_a_character_without_a_glyph_is_named_with_its_field(
    stage: Stage, words: tuple[str, ...], field: str
) -> None:
    person = entered(stage, *CASES["relative"])
    ref = asked(stage, person)
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-23")
    stage.run("received", ref, "--at", "2026-11-23")
    stage.run("person", "edit", *words)
    told = stage.refusal(
        "request", "new", "--handler", "H1", "--person", person, "--right", "access", code=50
    )
    assert field in told["message"]
    label, option = field.split(".")
    assert f"`pirights person edit {label} --{option} " in told["hint"]
    told = stage.refusal("escalate", ref, "--as", "reminder", code=50)
    assert field in told["message"]


def test_the_same_letter_has_the_same_bytes_in_every_time_zone(
    stage: Stage, tmp_path: Path
) -> None:
    ref = asked(stage, entered(stage, *CASES["relative"]), "--letters", "zh-en")
    made = []
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        out = tmp_path / f"{zone[:4]}.pdf"
        stage.outside.having(TZ=zone).run("request", "render", ref, "--out", str(out))
        made.append(out.read_bytes())
    assert made[0] == made[1]
