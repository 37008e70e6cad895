"""The letter beside two others who set the same words in the same faces.

Ours composes the letter, lays it out and writes a PDF/A. The bare loop draws the finished lines
with nothing but reportlab: no line breaks to find, no archive. Typst is handed the finished text
too, and lays it out as a typst user would, as PDF/A-2b.

Typst is asked in two ways. Asked by letter, it starts from nothing each time, as its command line
does. Kept, one compiler sets letter after letter, and remembers all that it set before: of a letter
that differs in name and address it sets little more than those.
"""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import assert_never

import typst
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pirights import law_data, resources
from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Item,
    Language,
    Letters,
    Paragraph,
    ReceiptBox,
    Signature,
    Table,
    Title,
)
from pirights.domain.escalation import FollowUp
from pirights.domain.request import Right
from pirights.letters import followup
from pirights.render import pdf
from pirights.render.text import to_text
from tests.bench.report import say, seconds
from tests.letters.briefs import PERSON, brief, written
from tests.letters.test_followup import told

ROUNDS = 40
FACES = ("NotoSerifSC_400Regular", "NotoSansSC_500Medium")
SHEET = """\
#set page("a4", margin: (x: 77pt, top: 68pt, bottom: 70pt),
  footer: context [PR #h(1fr) #counter(page).display() / #counter(page).final().first()])
#set text(font: "Noto Serif SC", size: 11pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 0.6em, spacing: 0.6em)
#set table(stroke: 0.5pt)
#let sans(size, body) = text(font: "Noto Sans SC", weight: 500, size: size, body)
#let en(body) = { set par(justify: false); text(size: 10pt, lang: "en", body) }
"""


def main() -> None:
    """Compare the follow-up of two pages, and the request of three, both in two languages."""
    folder = register_faces()
    kept = typst_compiler(folder)
    for what, compose in (("2 pages", reminder), ("3 pages", request)):
        taken: dict[str, list[float]] = {"ours": [], "bare": [], "asked": [], "kept": []}
        for number in range(ROUNDS):
            paper = compose(number)
            acts: dict[str, Callable[[], object]] = {
                "ours": partial(composed, compose, number),
                "bare": partial(drawn, to_text(paper).splitlines()),
                "asked": partial(asked, folder, source := typst_source(paper)),
                "kept": partial(set_by, kept, source),
            }
            for name, act in acts.items():
                taken[name].append(seconds(act))
        best = {name: min(times) for name, times in taken.items()}
        for name, whose, bar in (
            ("bare", "bare reportlab's", "0.5"),
            ("asked", "typst's, asked by letter", "1.5"),
            ("kept", "typst's, kept", "1.5"),
        ):
            say(f"letter, {what}: rate / {whose}", best[name] / best["ours"], bar)


def register_faces() -> Path:
    """Make our faces known to the bare loop; returns the folder they lie in."""
    folder = resources.folder("templates") / "fonts"
    for name in FACES:
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    return folder


def typst_compiler(folder: Path) -> typst.Compiler:
    """Start typst with our faces and no others."""
    return typst.Compiler(font_paths=[folder], ignore_system_fonts=True)


def composed(compose: Callable[[int], Document], number: int) -> bytes:
    """Do all that a letter takes, from the case to the file."""
    return pdf.to_bytes(compose(number))


def reminder(number: int) -> Document:
    """Compose a reminder; no two are alike."""
    someone = replace(PERSON, name=f"林知远{number}", address=f"杭州市西湖区样例路{number}号")
    return followup.written(told(FollowUp.REMINDER, Letters.BOTH, person=someone), law_data.laws())


def request(number: int) -> Document:
    """Compose a request for access; no two are alike."""
    someone = replace(PERSON, name=f"林知远{number}", address=f"杭州市西湖区样例路{number}号")
    case = brief(letters=Letters.BOTH, rights=(Right.ACCESS,))
    return written(replace(case, person=someone))[1]


def drawn(lines: Sequence[str]) -> bytes:
    """Draw lines of text with nothing but reportlab."""
    target = io.BytesIO()
    canvas = Canvas(target)
    for start in range(0, len(lines), 46):
        canvas.setFont(FACES[0], 11)
        for number, line in enumerate(lines[start : start + 46]):
            canvas.drawString(70, 770 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def asked(folder: Path, source: bytes) -> bytes:
    """Let typst set a letter from nothing."""
    return set_by(typst_compiler(folder), source)


def set_by(compiler: typst.Compiler, source: bytes) -> bytes:
    """Let typst set its source as the archive file that ours is."""
    made = compiler.compile(source, format="pdf", pdf_standards="a-2b", pdf_tags=False)
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made


def typst_source(paper: Document) -> bytes:
    """Write a paper as a typst user would, its words as literals."""
    return (SHEET + "\n".join(typst_block(block) for block in paper.blocks)).encode()


def typst_block(block: Block) -> str:
    """Write one block."""
    match block:
        case Title(text=text):
            return f"#align(center, sans(18pt, {literal(text)}))"
        case Heading(text=text):
            return f"#block(sticky: true, sans(12pt, {literal(text)}))"
        case Paragraph(text=text, language=language):
            return f"#par({body(text, language)})"
        case Item(number=number, text=text, basis=basis, language=language):
            inside = f"[#{body(text, language)} \\ #text(9pt, {literal(basis)})]"
            return f"#grid(columns: (22pt, 1fr), [{number}.], {inside})"
        case Fields(rows=rows):
            cells = ", ".join(
                f"sans(9.5pt, {literal(label)}), text(10pt, {literal(value)})"
                for label, value in rows
            )
            return f"#table(columns: (auto, 1fr), {cells})"
        case Table(head=head, rows=rows):
            cells = ", ".join(literal(cell) for row in (head, *rows) for cell in row)
            return f"#table(columns: {len(head)}, {cells})"
        case Signature(lines=lines):
            return f"#align(right, block(breakable: false, {stacked(lines)}))"
        case ReceiptBox(lines=lines):
            return f"#rect(width: 100%, height: 110pt, {stacked(lines)})"
        case never:
            assert_never(never)


def body(text: str, language: Language) -> str:
    """Name the text of a language."""
    return f"en({literal(text)})" if language is Language.EN else f"text({literal(text)})"


def stacked(lines: Sequence[str]) -> str:
    """Set lines one below the other."""
    return f"stack(spacing: 1em, {', '.join(f'text({literal(line)})' for line in lines)})"


def literal(text: str) -> str:
    """Write a string of typst's language, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    main()
