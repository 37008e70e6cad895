"""A letter whose every text tries to be something else: markup, a field, a command."""

from dataclasses import replace

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Item,
    Letters,
    Paragraph,
    ReceiptBox,
    Signature,
    Table,
    Title,
)
from tests.render.sample_letter import BASIS, letter

MARKUP = (
    "</w:t><w:br/> <w:t> &amp; ]]> {{7*7}} </style><script>alert(1)</script> <img src=x onerror=a>"
)
REFERENCE = "PR-<w:t>&amp;{{7*7}}"
RARE = "张䶮㛃𠮷"
RIGHT_TO_LEFT = "שלום مرحبا"
LONG_NAME = "临安云栖野趣乐园旅游开发有限责任公司" * 4
ADDRESS = "杭州市西湖区云栖路999号3幢2单元501室" * 14
STEERING = "a\x1b[31m\x00b\u202ec\u2028d\ufffee\uffff"
SHOWN = r"a\x1b[31m\x00b\u202ec\u2028d\ufffee\uffff"
"""How the steering characters are shown."""


def hostile(letters: Letters = Letters.BOTH) -> Document:
    """Return a letter with hostile words in every place there is."""
    found: list[Block] = []
    for language in letters.languages:
        found += [
            Title(text=MARKUP, language=language),
            Fields(
                rows=((MARKUP, LONG_NAME), (RARE, ADDRESS), ("x" * 200, RIGHT_TO_LEFT)),
                language=language,
            ),
            Heading(text=MARKUP, language=language, level=2),
            Paragraph(text=f"{MARKUP}\n{STEERING}\t=cmd()", language=language),
            Paragraph(text=RIGHT_TO_LEFT, language=language, indent=False, small=True),
            Item(number=1, text=f"{MARKUP} {RARE}", basis=MARKUP, language=language),
            Item(number=2, text=RIGHT_TO_LEFT, basis=BASIS, language=language),
            Item(number=7, text=RARE, language=language),
            Table(
                head=(MARKUP, "2", "x" * 90),
                rows=((LONG_NAME, MARKUP, STEERING), ("", "", "")),
                language=language,
            ),
            Signature(lines=(MARKUP, RARE), language=language),
            ReceiptBox(lines=(MARKUP, RIGHT_TO_LEFT), language=language),
        ]
    return replace(
        letter(letters), title=f"{MARKUP}{STEERING}", blocks=tuple(found), reference=REFERENCE
    )
