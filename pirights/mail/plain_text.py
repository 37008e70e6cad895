"""The words of an HTML mail, without its markup. Nothing is fetched, nothing is run.

Read in one pass, every step of which moves forward: a page written to be slow costs no more
than its length.
"""

import html
import re
from typing import Final

_BLOCKS: Final = frozenset(
    {
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre"),
        *("section", "table", "tr", "ul"),
    },
)
_CELLS: Final = frozenset({"td", "th"})
_UNSHOWN: Final = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE)
    for name in ("script", "style", "title", "noscript", "template")
}
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})")
_HUGE_NUMBER: Final = re.compile(r"&#x?[0-9a-fA-F]{8,};?", re.IGNORECASE)
_TAG_LIMIT: Final = 5_000
"""Characters over which a `>` inside quoted attributes is looked past."""


def words_of(page: str) -> str:
    """Return the text of a page: one line for each block, quoted blocks marked with `>`."""
    lines: list[tuple[int, list[str]]] = [(0, [])]
    depth = place = 0
    while place < len(page):
        start = page.find("<", place)
        if start < 0:
            start = len(page)
        if start > place:
            lines[-1][1].append(page[place:start])
        tag = _TAG.match(page, start)
        if tag is None:
            place = _past_declaration(page, start, lines[-1][1])
            continue
        closing, name = tag[1], tag[2].casefold()
        place = _past_tag(page, start)
        if name in _UNSHOWN and not closing:
            end = _UNSHOWN[name].search(page, place)
            place = _past_tag(page, end.start()) if end else len(page)
        elif name in _CELLS:
            lines[-1][1].append(" ")
        elif name in _BLOCKS:
            if name == "blockquote":
                depth = max(0, depth + (-1 if closing else 1))
            lines.append((depth, []))
    shown = ((level, " ".join(_unescaped("".join(parts)).split())) for level, parts in lines)
    return "\n".join(f"{'> ' if level else ''}{line}" for level, line in shown if line)


def _past_declaration(page: str, start: int, line: list[str]) -> int:
    """Step over a comment or declaration; a lone `<` is a word of the text."""
    if page.startswith("<!--", start):
        end = page.find("-->", start + 4)
        return len(page) if end < 0 else end + 3
    if page.startswith(("<!", "<?"), start):
        end = page.find(">", start)
        return len(page) if end < 0 else end + 1
    line.append(page[start : start + 1])
    return start + 1


def _past_tag(page: str, start: int) -> int:
    end = page.find(">", start)
    while 0 <= end < start + _TAG_LIMIT:
        tag = page[start:end]
        if tag.count('"') % 2 == 0 and (tag.count("'") % 2 == 0 or '"' in tag):
            break
        further = page.find(">", end + 1)
        if further < 0:
            break
        end = further
    return len(page) if end < 0 else end + 1


def _unescaped(text: str) -> str:
    return html.unescape(_HUGE_NUMBER.sub("\ufffd", text))
