"""When two names mean the same company: spelling apart, as registers and people write them."""

import re
import unicodedata
from typing import Final

_NOT_OF_THE_NAME: Final = re.compile(r"[\s\W_]+")
"""Blanks, brackets, quotation marks, dots and dashes."""

_LIMITED: Final = "有限责任公司"
_LIMITED_SHORT: Final = "有限公司"
"""Two names of one form of company."""

_LIMITED_EN: Final = re.compile(r"\b(?:company|co)\b[\s.,]*\b(?:limited|ltd)\b\.?|\blimited\b")


def normalised(name: str) -> str:
    """Give the one form that all spellings of a name share.

    Full and half width, capitals, blanks and brackets do not count, and 有限责任公司 is 有限公司;
    股份有限公司 is another form of company and stays one.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    plain = _LIMITED_EN.sub("ltd", plain)
    return _NOT_OF_THE_NAME.sub("", plain).replace(_LIMITED, _LIMITED_SHORT)
