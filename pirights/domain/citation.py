"""How a provision is printed: 《中华人民共和国个人信息保护法》第四十五条第一款."""

from collections.abc import Sequence
from typing import Final

from pirights.domain.document import Language
from pirights.domain.law import KEY, Instrument, Laws, Rank
from pirights.errors import NotFound, message

_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_TEENS: Final = range(10, 20)


def numeral(number: int) -> str:
    """Write a number from 1 to 9999 as statutes do: 一千零三十七."""
    digits = [int(digit) for digit in str(number)]
    written, zero = "", False
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == 0:
            zero = True
            continue
        written += ("零" if zero and written else "") + _DIGITS[digit] + _UNITS[place]
        zero = False
    return written[1:] if number in _TEENS else written


def cite(laws: Laws, key: str, language: Language) -> str:
    """Print one citation in full: 《中华人民共和国个人信息保护法》第四十五条第一款."""
    return cite_all(laws, (key,), language)


def cite_all(laws: Laws, keys: Sequence[str], language: Language) -> str:
    """Print citations one after another, naming an instrument once for its run of articles."""
    runs: list[tuple[str, list[str]]] = []
    before: tuple[str, ...] = ()
    for key in keys:
        instrument = laws.instrument(key)
        title = titled(instrument, language)
        if not runs or runs[-1][0] != title:
            runs.append((title, []))
            before = ()
        place = _place(key, instrument, language)
        whole = KEY.match(key)
        now = tuple(whole.group("article", "paragraph", "item")) if whole else ()
        runs[-1][1].append(_shortened(place, before, now) if language is Language.ZH else place)
        before = now
    if language is Language.ZH:
        return "；".join(f"{title}{'、'.join(places)}" for title, places in runs)
    return "; ".join(f"{title}, {', '.join(places)}" for title, places in runs)


def _shortened(place: str, before: tuple[str, ...], now: tuple[str, ...]) -> str:
    """Leave out the article, and the paragraph, that the citation before named already."""
    article, article_end, rest = place.partition("条")
    if before[:1] != now[:1] or not rest:
        return article + article_end + rest
    paragraph, paragraph_end, item = rest.partition("款")
    if before[1] == now[1] and before[2] and item:
        return item
    return paragraph + paragraph_end + item


def titled(instrument: Instrument, language: Language) -> str:
    """Name an instrument as a citation does: 《…》, with its edition."""
    if language is Language.EN:
        return instrument.title.en
    if instrument.rank is Rank.STANDARD:
        return instrument.title.zh + " "
    edition = f"（{instrument.edition_zh}）" if instrument.edition_zh else ""
    return f"《{instrument.title.zh}》{edition}"


def _place(key: str, instrument: Instrument, language: Language) -> str:
    match = KEY.match(key)
    if match is None:
        raise NotFound(message("There is no provision {key} in the law data.", key=key))
    article, paragraph, item = match["article"], match["paragraph"], match["item"]
    if instrument.rank is Rank.STANDARD:
        number = f"{article}.{item}" if item else article
        return f"第{number}条" if language is Language.ZH else f"clause {number}"
    if instrument.rank is Rank.NORMATIVE_DOCUMENT:  # parted by headings, 六、, and no articles
        return f"第{numeral(int(article))}部分" if language is Language.ZH else f"part {article}"
    if language is Language.ZH:
        return (
            f"第{numeral(int(article))}条"
            + (f"第{numeral(int(paragraph))}款" if paragraph else "")
            + (f"第{numeral(int(item))}项" if item else "")
        )
    return (
        f"Article {article}"
        + (f"({paragraph})" if paragraph else "")
        + (f" item {item}" if item else "")
    )
