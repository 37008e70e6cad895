"""Bodies and values: values are text, whatever they look like; broken bodies say what is wrong."""

import pytest

from pirights.domain.document import (
    Fields,
    Heading,
    Item,
    Language,
    Paragraph,
    ReceiptBox,
    Signature,
    Title,
)
from pirights.errors import BadInput
from pirights.letters import fill

EN, ZH = Language.EN, Language.ZH
HOSTILE = [
    "<b>bold</b>",
    "{{ x }}",
    "{{ 7 * 7 }}",
    "{% for a in b %}",
    "{# gone #}",
    "&amp;",
    "# heading",
    "## heading",
    "| pipe | pipe",
    "```item",
    "*star* _under_ `code` [link](http://x) ![picture](y)",
    "- list",
    "1. list",
    "> quote",
    "\\escape",
    "\ue000",
    "\ue0000\ue001",
    "\ue00099\ue001",
    "\ue001\ue000",
    "a  b",
    "&#65;",
    "---",
    "+++",
    "%s {0} ${x}",
]


def test_each_kind_of_block_is_read_in_order() -> None:
    body = """# {{ t }}

```fields
To | {{ t }}
```

## One

Words
on two lines.

### Two

```item
3 | Ask | Basis: x
```

```receipt
Stamp | ignored
Date
```

```signature
Name | {{ t }}
```
"""
    assert fill.blocks(body, {"t": "T"}, EN) == (
        Title(text="T", language=EN),
        Fields(rows=(("To", "T"),), language=EN),
        Heading(text="One", language=EN, level=1),
        Paragraph(text="Words on two lines.", language=EN),
        Heading(text="Two", language=EN, level=2),
        Item(number=3, text="Ask", basis="Basis: x", language=EN),
        ReceiptBox(lines=("Stamp", "Date"), language=EN),
        Signature(lines=("Name: T",), language=EN),
    )


def test_a_chinese_signature_has_a_chinese_colon() -> None:
    (block,) = fill.blocks("```signature\n日期 | {{ on }}\n```\n", {"on": "今天"}, ZH)
    assert block == Signature(lines=("日期：今天",), language=ZH)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_stays_what_it_is_in_every_place(value: str) -> None:
    body = """# {{ x }}

## {{ x }}

{{ x }}

a {{ x }}{{ x }} b

```fields
L | {{ x }}
```

```item
1 | {{ x }} | {{ x }}
```

```signature
{{ x }} | {{ x }}
```
"""
    assert fill.blocks(body, {"x": value}, EN) == (
        Title(text=value, language=EN),
        Heading(text=value, language=EN, level=1),
        Paragraph(text=value, language=EN),
        Paragraph(text=f"a {value}{value} b", language=EN),
        Fields(rows=(("L", value),), language=EN),
        Item(number=1, text=value, basis=value, language=EN),
        Signature(lines=(f"{value}: {value}",), language=EN),
    )


def test_the_templates_own_words_are_text_too() -> None:
    (block,) = fill.blocks("<b>one</b> *two* &amp; `three`\n", {}, EN)
    assert block == Paragraph(text="<b>one</b> *two* &amp; `three`", language=EN)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{{ unknown }}", "'unknown' is undefined"),
        ("{{ x.unknown }}", "unknown"),
        ("{% if unknown %}a{% endif %}", "'unknown' is undefined"),
        ("{% if x %}", "Unexpected end of template"),
        ("{{ x", "unexpected end"),
        ("{{ x.__class__.__mro__ }}", "__class__ must not be read"),
        ("{{ ''.__class__ }}", "__class__ must not be read"),
        ("{{ x|nofilter }}", "No filter named"),
        ("```poem\na | b\n```", "unknown box poem"),
    ],
)
def test_a_body_that_cannot_be_filled_is_refused(body: str, problem: str) -> None:
    with pytest.raises(BadInput) as caught:
        fill.blocks(body, {"x": "value"}, EN)
    assert problem in str(caught.value)
