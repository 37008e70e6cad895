"""A paper that cannot be made: the exit code says of which kind that is, the hint what to do."""

import re

import pytest

from tests.scenarios.stage import Stage

LATER = "1799294400"
"""Noon of 7 January 2027 in Shanghai: the day for an answer has passed."""

KINDS = (
    *("reminder", "incomplete", "reasons", "identity", "withdrawal", "preserve", "breach"),
    *("regulator", "consumer", "police", "procuratorate", "court"),
)
SENTENCE = re.compile(r"(?<![\w`<-])[A-Za-z]+ [a-z]+ [a-z]+\b(?![^`]*`)")
"""Three English words in a row, outside a command."""


def refused(stage: Stage, *arguments: str, code: int) -> str:
    """Hold a refusal to its exit code, a hint and its language; what it says."""
    told = stage.refusal(*arguments, "--lang", "zh", code=code)
    assert told["hint"], told
    for said in (told["message"], told["hint"]):
        assert re.search("[\u4e00-\u9fff]", said), said
        assert not SENTENCE.search(re.sub("pirights [-a-z ]+", "", said)), said
    return f"{told['message']} {told['hint']}"


@pytest.fixture
def served(case: tuple[Stage, str]) -> tuple[Stage, str]:
    stage, ref = case
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-11-23", "--tracking", "EA1")
    stage.run("received", ref, "--at", "2026-11-23")
    return stage.having(SOURCE_DATE_EPOCH=LATER), ref


def test_before_the_request_is_sent_the_letters_about_its_answer_are_not_next(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    for kind in ("reminder", "incomplete", "reasons", "identity", "regulator", "consumer"):
        assert "pirights sent" in refused(stage, "escalate", ref, "--as", kind, code=11)


def test_a_closed_case_gets_no_paper_before_it_is_reopened(served: tuple[Stage, str]) -> None:
    stage, ref = served
    stage.run("case", "close", ref)
    for kind in KINDS:
        sign = ("--sign", "接到推销电话") if kind == "breach" else ()
        said = refused(stage, "escalate", ref, "--as", kind, *sign, code=11)
        assert "pirights case reopen" in said


def test_no_paper_is_dated_tomorrow_or_before_what_it_tells_of(served: tuple[Stage, str]) -> None:
    stage, ref = served
    for kind in KINDS:
        sign = ("--sign", "接到推销电话") if kind == "breach" else ()
        told = ("escalate", ref, "--as", kind, *sign, "--date")
        refused(stage, *told, "2030-01-01", code=14)
        code = 11 if kind in {"police", "identity"} else 14
        refused(stage, *told, "2026-11-01", code=code)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--as", "nonsense"), 2, "procuratorate"),
        (("--as", "regulator", "--to", "nonsense"), 12, "law list authorities"),
        (("--as", "reminder", "--to", "local-cac"), 14, "--to"),
        (("--as", "regulator", "--office", "局" * 600), 14, "office"),
        (("--as", "reminder", "--office", "局"), 14, "--office"),
        (("--as", "regulator", "--office", "局😀"), 50, "😀（U+1F600）"),
        (("--as", "regulator", "--demand", "请求𠮷"), 50, "𠮷（U+20BB7）"),
        (("--as", "regulator", "--demand", "一\n二"), 14, "U+000A"),
        (("--as", "consumer", "--demand", "ש"), 50, "demand"),
        (("--as", "procuratorate", "--affected", "约三百人" * 200), 14, "affected"),
        (("--as", "court", "--claim", "😀"), 50, "claim"),
        (("--as", "court", "--particulars", "😀"), 50, "particulars"),
        (("--as", "court", "--legal-representative", "𠮷"), 50, "legal-representative"),
        (("--as", "breach"), 14, "--sign"),
        (("--as", "breach", "--sign", "😀"), 50, "sign"),
        (("--as", "police"), 11, "--as regulator"),
        (("--as", "court", "--letters", "fr"), 2, "zh-en"),
    ],
)
def test_what_cannot_stand_in_a_paper_is_named(
    arguments: tuple[str, ...], code: int, said: str, served: tuple[Stage, str]
) -> None:
    stage, ref = served
    assert said in refused(stage, "escalate", ref, *arguments, code=code)
    assert len(stage.data("case", "show", ref)["messages"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--paper", "nonsense"), 2, "deletion-checklist"),
        (("--paper", "deletion-checklist"), 11, "case show"),
        (("--paper", "poa"), 14, "--agent"),
        (("--paper", "poa", "--agent", "P1"), 14, "--agent"),
        (("--paper", "poa", "--agent", "P9"), 12, "P9"),
        (("--paper", "poa", "--agent", "P2", "--until", "2020-01-01"), 14, "--until"),
        (("--paper", "poa", "--agent", "P2", "--power", "代为😀"), 50, "power"),
        (("--paper", "ems", "--copies", "2"), 14, "catalogue"),
        (("--paper", "catalogue", "--copies", "-1"), 2, "--copies"),
        (("--paper", "ems", "--receipt"), 2, "--receipt"),
        (("--paper", "ems", "--power", "代为和解"), 14, "--power"),
        (("--agent", "P2"), 2, "--paper"),
        (("--fields",), 14, "--as regulator"),
    ],
)
def test_a_paper_beside_a_letter_that_cannot_be_made_is_explained(
    arguments: tuple[str, ...], code: int, said: str, served: tuple[Stage, str]
) -> None:
    stage, ref = served
    stage.run("person", "add", "--name", "李代理")
    out = stage.home / "paper.pdf"
    told = ("request", "render", ref, "--out", str(out), *arguments)
    assert said in refused(stage, *told, code=code)
    assert not out.exists()


def test_a_message_that_the_case_has_not_is_not_found(served: tuple[Stage, str]) -> None:
    stage, ref = served
    out = str(stage.home / "letter.pdf")
    assert "case show" in refused(stage, "request", "render", f"{ref}/99", "--out", out, code=12)


@pytest.mark.parametrize(
    "trick",
    [
        "{{ person.id_number }}",
        "{% if person.id_number is defined %}x{% endif %}",
        "{{ title.__class__.__mro__ }}",
        "{{ 7 * 7 }}",
        "{% for a in range(99999999) %}{% endfor %}",
        "{% for a in range(999) %}" * 3 + "x" + "{% endfor %}" * 3,
        "{% include '/etc/passwd' %}",
    ],
)
@pytest.mark.parametrize("kind", ["court", "ems"])
def test_an_edited_template_that_reaches_too_far_makes_no_paper(
    kind: str, trick: str, served: tuple[Stage, str]
) -> None:
    stage, ref = served
    stage.run("template", "eject", kind)
    listed = stage.data("template", "list")["templates"]
    [folder] = [one["folder"] for one in listed if one["kind"] == kind]
    file = stage.home / folder / "zh.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{trick}\n", encoding="utf-8")
    out = str(stage.home / "ems.pdf")
    told: tuple[str, ...] = ("request", "render", ref, "--paper", "ems", "--out", out)
    if kind == "court":
        told = ("escalate", ref, "--as", "court")
    assert "template lint" in refused(stage, *told, code=14)
    said = stage.run("template", "lint", "--lang", "zh", code=14)
    assert f"{kind}/zh.md" in said.err + said.out
