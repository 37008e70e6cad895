"""Which other files a page is made of: found in its octets, without running anything.

Pictures, style sheets with what they name, frames and scripts. What a script would fetch is not
found: it is not run.
"""

import codecs
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html.parser import HTMLParser
from typing import Final

SEARCHED: Final = 2 << 20
"""Characters of a file in which parts are looked for."""

_PIECE: Final = 1 << 14
_SECONDS: Final = 3.0
"""For looking through one file: a page may be written to be slow."""

_LABEL: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_PRESCAN: Final = 4096
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHINESE: Final = frozenset({"gb2312", "gbk", "gb18030"})
_READ: Final = frozenset(
    {"utf-8", "gb18030", "big5", "big5hkscs", "shift_jis", "euc_jp", "euc_kr", "cp1252"}
)
_SINGLE_OCTETS: Final = frozenset({"ascii", "iso8859-1"})

_CSS_URL: Final = re.compile(
    r"""url\(\s*(?:"([^"\n]{1,2048})"|'([^'\n]{1,2048})'|([^"'()\s]{1,2048}))\s*\)"""
    r"""|@import\s+(?:"([^"\n]{1,2048})"|'([^'\n]{1,2048})')""",
    re.IGNORECASE,
)
_SOURCES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("img", "script", "iframe", "frame", "source", "input"), "src"),
    **dict.fromkeys(("body", "table", "td", "th"), "background"),
}
_LINKED: Final = frozenset({"stylesheet", "icon"})


def decoded(data: bytes, content_type: str) -> str:
    """Read a page's octets as browsers do: byte order mark, header, the page's own word.

    Without any of them, UTF-8 where it fits, else GB 18030. What fits nowhere becomes U+FFFD.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    for said in (content_type.encode("ascii", "ignore"), data[:_PRESCAN]):
        label = _LABEL.search(said)
        name = _codec(label[1].decode("ascii")) if label else ""
        if name:
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def of_page(text: str, *, seconds: float = _SECONDS) -> tuple[str, list[str]]:
    """Find the parts that an HTML page names.

    Args:
        text: The page.
        seconds: To be spent at most; what is found by then counts.

    Returns:
        Its `base` address, or nothing, and the addresses as they are written, each once.
    """
    finder = _Finder()
    until = time.monotonic() + min(seconds, _SECONDS)
    with suppress(AssertionError):  # the parser's answer to some broken declarations
        for start in range(0, min(len(text), SEARCHED), _PIECE):
            if time.monotonic() > until:
                break
            finder.feed(text[start : start + _PIECE])
    return finder.base, list(dict.fromkeys(finder.found))


def of_style(text: str) -> list[str]:
    """Find the files that a style sheet names, each once."""
    return list(dict.fromkeys(_named(text[:SEARCHED])))


def _named(text: str) -> Iterator[str]:
    for match in _CSS_URL.finditer(text):
        yield next(group for group in match.groups() if group)


def _codec(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    if name in _CHINESE:
        return "gb18030"
    if name in _SINGLE_OCTETS:
        return "cp1252"
    return name if name in _READ else ""


class _Finder(HTMLParser):
    """Notes addresses as the tags go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.found: list[str] = []
        self._style: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag names."""
        told = {name: value for name, value in attrs if value}
        self._style = [] if tag == "style" else self._style
        if tag == "base" and not self.base:
            self.base = told.get("href", "")
        elif tag == "link" and _LINKED & set(told.get("rel", "").casefold().split()):
            self._note(told.get("href"))
        if tag in _SOURCES:
            self._note(told.get(_SOURCES[tag]))
        for one in told.get("srcset", "").split(",")[:8]:
            self._note(next(iter(one.split()), None))
        self.found += _named(told.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        """Look through a style element that ends."""
        if tag == "style" and self._style is not None:
            self.found += _named("".join(self._style))
            self._style = None

    def handle_data(self, data: str) -> None:
        """Keep the words of a style element."""
        if self._style is not None:
            self._style.append(data)

    def _note(self, address: str | None) -> None:
        if address and address.strip():
            self.found.append(address.strip())
