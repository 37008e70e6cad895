"""What a template may do: it ends, it stays small, and it reads nothing that is not its own."""

import time
from dataclasses import replace

import pytest

from pirights.domain.document import Language, Paragraph
from pirights.errors import BadInput
from pirights.letters import fill, grammar
from tests.letters.briefs import HANDLER, PERSON

EN = Language.EN
ENDLESS = "{% for a in range(1000) %}" * 4 + "{% endfor %}" * 4
VALUES = {
    "x": "value",
    "ten": list(range(10)),
    "cite": lambda *keys: " ".join(keys),
    "person": replace(PERSON, id_number="11010519491231002X"),
    "handler": replace(HANDLER, source="a friend"),
    "section": {"items": ["one", "two"], "right": "know"},
}


def refusal(body: str) -> str:
    with pytest.raises(BadInput) as caught:
        fill.blocks(body, VALUES, EN)
    assert caught.value.exit_code == 14
    return str(caught.value)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (ENDLESS, "loops do not come to an end"),
        ("{% for a in ten %}" * 9 + "{% endfor %}" * 9, "loops do not come to an end"),
        ("{% for a in range(1000000000) %}{% endfor %}", "more than 1000 numbers"),
        ("{% for a in ten %}" * 5 + "x" * 99 + "{% endfor %}" * 5, "more than 1000000 characters"),
        ("{% for a in ten %}" * 4 + "{{ x }}" * 50 + "{% endfor %}" * 4, "1000000 characters"),
        ("x" * 200_001, "longer than 200000"),
        ("{{ 'a' * 1000000000 }}", "Mul is more"),
        ("{{ 9 ** 9 ** 9 }}", "Pow is more"),
        ("{% set a = x ~ x %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}", "Concat is more"),
        ("{% set a = [x, x] %}" + "{% set a = [a, a] %}" * 40 + "{{ a }}", "fixed words"),
        ("{{ '%0999999999d' % 1 }}", "Mod is more"),
        ("{{ 'a'.rjust(1000000000) }}", "may be called"),
        ("{{ x|center(1000000000) }}", "No filter named 'center'"),
        ("{{ lipsum(100000) }}", "'lipsum' is undefined"),
        ("{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}", "Macro is more"),
        ("{% for a in ten recursive %}{{ loop(ten) }}{% endfor %}", "must not call itself"),
        ("{% include '/etc/passwd' %}", "Include is more"),
        ("{% extends 'x' %}", "Extends is more"),
        ("{{ " + "(" * 5000 + "x" + ")" * 5000 + " }}", "cannot be filled"),
    ],
    ids=lambda text: text[:24] if isinstance(text, str) else None,
)
def test_a_body_without_end_or_bound_is_refused_soon(body: str, problem: str) -> None:
    began = time.monotonic()
    said = refusal(body)
    assert time.monotonic() - began < 5
    assert problem in said


@pytest.mark.parametrize(
    "body",
    [
        "{{ x.__class__ }}",
        "{{ x['__class__'] }}",
        "{{ cite.__globals__ }}",
        "{{ x|attr('__class__') }}",
        "{{ person.__init__ }}",
        "{{ person.id_number }}",
        "{{ person['id_number'] }}",
        "{{ handler.source }}",
        "{{ person.label }}",
        "{{ person }}",
        "{{ section }}",
        "{{ ten }}",
        "{{ none }}",
        "{{ cite }}",
        "{{ x.upper }}",
        "{{ section.pop }}",
        "{{ section.keys() }}",
        "{{ slots_of_this_letter.append('x') }}",
    ],
)
def test_a_body_reads_no_more_than_letters_say(body: str) -> None:
    said = refusal(body)
    assert "11010519491231002X" not in said


def test_what_letters_are_made_of_still_works() -> None:
    body = (
        '{{ cite("pipl:44") }}{% for one in section.items %} {{ loop.index }}. {{ one }}'
        '{% if not loop.last %},{% endif %}{% endfor %} {{ {"know": "K"}[section.right] }}'
        ' {{ {"a": "b"}.get(x, "?") }} {{ person.name_en or person.name }}'
        '{% for n in range(3) %} _{% endfor %} {{ ten|length }} {{ section["items"]|join("+") }}'
        " {{ ten|length if x == 'value' else '' }}"
    )
    assert fill.blocks(body, VALUES, EN) == (
        Paragraph(text="pipl:44 1. one, 2. two K ? Lin Zhiyuan _ _ _ 10 one+two 10", language=EN),
    )


def test_the_work_of_one_letter_does_not_count_for_the_next() -> None:
    body = "{% for a in ten %}" * 5 + "{% endfor %}" * 5
    for _ in range(20):
        assert fill.blocks(body, VALUES, EN) == ()


def test_a_body_is_read_once_for_many_letters() -> None:
    assert grammar.compiled("a {{ x }}") is grammar.compiled("a {{ x }}")


def test_a_long_honest_letter_is_far_from_the_bounds() -> None:
    many = {**VALUES, "scans": [{"place": "x" * 300}] * 200}
    body = "{% for scan in scans %}\n{{ scan.place }}\n\n{% endfor %}"
    assert len(fill.blocks(body, many, EN)) == 200
