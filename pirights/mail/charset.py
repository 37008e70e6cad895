"""What the octets of a mail say, whatever they call themselves.

Only text encodings from a list are used: a sender's word must not pick a decoder that is slow
on purpose. What Chinese mailers call gb2312 or gbk is read as GB 18030, which holds both.
"""

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header
from typing import Final

_SAFE: Final = re.compile(
    r"utf-8|utf-16(-[lb]e)?|utf-32(-[lb]e)?|ascii|iso8859-\d+|cp125\d|cp437|cp850|koi8-[ru]|"
    r"gb18030|big5(hkscs)?|hz|shift_jis|cp932|euc_(jp|kr)|cp949|iso2022_jp|mac-roman",
)
_GB: Final = frozenset({"gb2312", "gbk", "gb18030"})
_UNTOLD: Final = frozenset({"ascii"})
_MARKED: Final = frozenset({"utf-16", "utf-32"})
"""These begin with a byte order mark, or should."""


def decoded(data: bytes, charset: str = "", *, limit: int | None = None) -> str:
    """Decode octets, the first `limit` of them; what does not fit is shown as U+FFFD."""
    name = _codec(charset)
    candidates = ("utf-8", "gb18030") if not name or name in _UNTOLD else _readings(name)
    cut = limit is not None and len(data) > limit
    octets = data[:limit]
    for candidate in candidates:
        reader = codecs.getincrementaldecoder(candidate)()
        try:
            return reader.decode(octets, final=not cut)
        except UnicodeError:  # a missing byte order mark is not even a UnicodeDecodeError
            continue
    try:
        return octets.decode(candidates[-1 if name in _MARKED else 0], errors="replace")
    except UnicodeError:
        return octets.decode("utf-8", errors="replace")


def _readings(name: str) -> tuple[str, ...]:
    """An encoding and, without the byte order mark it begins with, big-endian (RFC 2781, 4.3)."""
    return (name, f"{name}-be") if name in _MARKED else (name,)


def header_text(value: str) -> str:
    """Decode a header: RFC 2047 words, raw octets, or whatever junk stands there."""
    raw = _unfolded(value)
    if any("\udc80" <= character <= "\udcff" for character in raw):
        raw = decoded(raw.encode("utf-8", errors="surrogateescape"))
    if "=?" not in raw:
        return raw
    try:
        return "".join(_word(word, charset) for word, charset in decode_header(raw))
    except (HeaderParseError, ValueError, LookupError):
        return raw


def _word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    # decode_header hands back what stood between the encoded words in this escaped form.
    return word.decode("raw-unicode-escape") if charset is None else decoded(word, charset)


def _unfolded(value: str) -> str:
    return re.sub(r"[\r\n]+[ \t]*", " ", value).strip()


def _codec(charset: str) -> str:
    asked = charset.strip().strip("\"'").casefold()[:40]
    try:
        name = codecs.lookup(asked).name if asked else ""
    except (LookupError, ValueError):
        return ""
    if name in _GB:
        return "gb18030"
    return name if _SAFE.fullmatch(name) else ""
