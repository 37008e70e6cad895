"""A document as one page of HTML that needs nothing else and may do nothing at all.

Every text is escaped, and the page forbids itself scripts, pictures, forms and connections; only
its one style sheet, named by its own sum, is let in.
"""

import html
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

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
from pirights.render.linebreak import holds_long_word
from pirights.render.printable import readable

_TAGS: Final = {Language.ZH: "zh-CN", Language.EN: "en"}
"""Languages of blocks (RFC 5646)."""

_STYLE: Final = """\
@page { size: A4; margin: 24mm 27mm 25mm;
  @bottom-right { font: 8.5pt serif; content: PAGES; } }
body { margin: 0; background: #fff; color: #000; font-size: 11pt; line-height: 1.6;
  font-family: "Times New Roman", "Noto Serif SC", "Source Han Serif SC", "Songti SC", SimSun,
  serif;
  line-break: strict; overflow-wrap: anywhere; }
main { max-width: 440pt; margin: 0 auto; padding: 24pt 12pt; }
h1, h2, h3, h4, th, .receipt p:first-child {
  font-family: Arial, "Noto Sans SC", "Source Han Sans SC", "Heiti SC", SimHei, sans-serif;
  font-weight: 500; }
h1 { font-size: 18pt; text-align: center; line-height: 1.35; margin: 4pt 0 8pt; }
h2 { font-size: 12.5pt; margin: 12pt 0 2pt; }
h3 { font-size: 11.5pt; margin: 8pt 0 2pt; }
h4 { font-size: 11pt; margin: 8pt 0 2pt; }
h1, h2, h3, h4 { break-after: avoid; }
:not(h1) + h1 { break-before: page; }
p { margin: 3pt 0; }
p:lang(zh) { text-align: justify; }
.ragged:lang(zh) { text-align: start; }
:lang(en) { font-size: 10pt; line-height: 1.5; }
main :lang(en) { font-family: "Times New Roman", "Liberation Serif", Georgia, "DejaVu Serif",
  "Noto Serif SC", SimSun, serif; }
h1:lang(en) { font-size: 13pt; } h2:lang(en) { font-size: 11pt; }
h3:lang(en) { font-size: 10.5pt; } h4:lang(en) { font-size: 10pt; }
h1:lang(en), h2:lang(en), h3:lang(en), h4:lang(en) { font-weight: bold;
  font-family: Arial, "Liberation Sans", Helvetica, "DejaVu Sans", "Noto Sans SC", SimHei,
  sans-serif; }
.indented:lang(zh) { text-indent: 2em; }
.small { font-size: 9pt; }
.item { display: flex; margin: 4pt 0; }
.item > * { margin: 0; }
.number { flex: 0 0 22pt; }
.basis { font-size: 9.5pt; line-height: 1.45; break-before: avoid; }
.item p { margin: 0; }
table { width: 100%; border-collapse: collapse; margin: 6pt 0; font-size: 10pt; line-height: 1.4; }
th, td { border: 0.5pt solid #000; padding: 3pt 4pt; text-align: left; vertical-align: top; }
.fields th { width: 30%; }
tr { break-inside: avoid; }
.signature { width: fit-content; max-width: 60%; margin: 10pt 0 0 auto; line-height: 1.9;
  break-inside: avoid; break-before: avoid; }
.receipt { border: 0.5pt solid #000; min-height: 110pt; margin: 14pt 0; padding: 2pt 8pt;
  line-height: 2.4; break-inside: avoid; }
footer { margin-top: 14pt; font-size: 8.5pt; }
@media print { main { max-width: none; padding: 0; } }
"""
_PAGES: Final = {
    Letters.ZH: '"第 " counter(page) " 页 共 " counter(pages) " 页"',
    Letters.EN: '"Page " counter(page) " of " counter(pages)',
    Letters.BOTH: '"第 " counter(page) " 页 共 " counter(pages) " 页 / Page " counter(page) '
    '" of " counter(pages)',
}


def to_html(document: Document) -> str:
    """Render a document as a whole page."""
    style = _STYLE.replace("PAGES", _PAGES[document.letters])
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{_TAGS[document.letters.languages[0]]}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{rules}">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="date" content="{document.on.isoformat()}">',
        f"<title>{_text(document.title, ' ')}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
    ]
    for block in document.blocks:
        lines += _lines(block, f' lang="{_TAGS[block.language]}"')
    if document.reference:
        lines.append(f"<footer>{_text(document.reference)}</footer>")
    if document.origin:
        lines.append(f"<footer>{_text(document.origin)}</footer>")
    lines += ["</main>", "</body>", "</html>"]
    return "".join(f"{line}\n" for line in lines)


def _text(text: str, line_break: str = "<br>") -> str:
    return html.escape(readable(text)).replace("\n", line_break)


def _lines(block: Block, lang: str) -> Iterator[str]:
    match block:
        case Title(text=text):
            yield f"<h1{lang}>{_text(text)}</h1>"
        case Heading(text=text):
            level = min(block.level, 3) + 1
            yield f"<h{level}{lang}>{_text(text)}</h{level}>"
        case Paragraph(text=text):
            kinds = ["indented"] * block.indent + ["small"] * block.small
            yield f"<p{_named(kinds, text)}{lang}>{_text(text)}</p>"
        case Item():
            yield from _item(block, lang)
        case Fields():
            yield from _fields(block, lang)
        case Table():
            yield f"<table{lang}>"
            yield f"<thead>{_row(block.head, 'th')}</thead>"
            yield "<tbody>"
            yield from (_row(row, "td") for row in block.rows)
            yield "</tbody></table>"
        case Signature(lines=texts):
            yield from _boxed("signature", texts, lang)
        case ReceiptBox(lines=texts):
            yield from _boxed("receipt", texts, lang)


def _named(kinds: Sequence[str], text: str) -> str:
    named = " ".join([*kinds, *["ragged"] * holds_long_word(text)])
    return f' class="{named}"' if named else ""


def _item(block: Item, lang: str) -> Iterator[str]:
    yield f'<div class="item"{lang}><p class="number">{block.number}.</p><div>'
    yield f"<p{_named((), block.text)}>{_text(block.text)}</p>"
    if block.basis:
        yield f"<p{_named(['basis'], block.basis)}>{_text(block.basis)}</p>"
    yield "</div></div>"


def _fields(block: Fields, lang: str) -> Iterator[str]:
    yield f'<table class="fields"{lang}>'
    for name, value in block.rows:
        yield f'<tr><th scope="row">{_text(name)}</th><td>{_text(value)}</td></tr>'
    yield "</table>"


def _row(texts: Sequence[str], cell: str) -> str:
    scope = ' scope="col"' if cell == "th" else ""
    return f"<tr>{''.join(f'<{cell}{scope}>{_text(text)}</{cell}>' for text in texts)}</tr>"


def _boxed(kind: str, texts: Sequence[str], lang: str) -> Iterator[str]:
    yield f'<div class="{kind}"{lang}>'
    yield from (f"<p>{_text(text)}</p>" for text in texts)
    yield "</div>"
