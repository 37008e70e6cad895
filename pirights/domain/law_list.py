"""The list of law in a bundle: each provision that the letters rest on, in Chinese and English."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pirights.domain.citation import cite
from pirights.domain.document import Language
from pirights.domain.law import Laws, Read
from pirights.domain.request import AskedItem

_HEAD: Final = "法律依据清单 / List of law"
_NOTES: Final = (
    "列出请求人的信函所依据的规定。要旨系概括，不是原文；以公布的文本为准。",
    (
        "The provisions that the person's letters rest on. The gist is a summary and not the text; "
        "the text as published prevails."
    ),
)
_DOUBTS: Final = {
    Read.PARTIAL: (
        "要旨仅对照了部分原文，请核对。",
        "the gist was compared with part of the text only",
    ),
    Read.UNVERIFIED: ("要旨未对照原文，请核对。", "the gist was not compared with the text"),
}


def cited(items: Iterable[AskedItem]) -> tuple[str, ...]:
    """The keys of all provisions that items rest on, each once, in the order of first mention."""
    return tuple(dict.fromkeys(key for item in items for key in item.cites))


def written_out(laws: Laws, keys: Sequence[str]) -> str:
    """Write the list as a text that ends with a line end.

    Raises:
        NotFound: A key is not in the law data.
    """
    lines = [_HEAD, "", *_NOTES]
    for number, key in enumerate(keys, start=1):
        lines += ["", *_entry(laws, key, number)]
    return "\n".join(lines) + "\n"


def _entry(laws: Laws, key: str, number: int) -> Iterator[str]:
    provision, instrument = laws.provision(key), laws.instrument(key)
    begun, until = instrument.effective, provision.until or instrument.until
    doubt = _DOUBTS.get(provision.read)
    ended = f"，{until}起不再适用" if until else ""
    yield f"{number}. {cite(laws, key, Language.ZH)}（{begun}起施行{ended}）"
    yield f"要旨：{provision.summary.zh}" + (f"（{doubt[0].rstrip('。')}）" if doubt else "")
    over = f", no longer from {until}" if until else ""
    yield f"{cite(laws, key, Language.EN)} (from {begun}{over})"
    yield f"Gist: {provision.summary.en}" + (f" (Take care: {doubt[1]}.)" if doubt else "")
