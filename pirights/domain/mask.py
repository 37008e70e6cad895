"""A part of a picture that is hidden in a bundle: a bystander's face, somebody's number plate."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from pirights.errors import BadInput, message

_PARTS: Final = 4
_WHOLE: Final = 100.0
_HINT: Final = message(
    "Write EXHIBIT:x,y,w,h in percent of the picture as you see it. E003:40,10,15,20 begins at "
    "40 % of its width and 10 % of its height, and is 15 % wide and 20 % high. E003/2 is the "
    "second file of an exhibit of several."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A rectangle of an exhibit's picture, in percent of the upright picture, from its top left.

    Attributes:
        exhibit: The exhibit's number.
        file: The place of the picture among the exhibit's files, from 1.
    """

    exhibit: int
    left: float
    top: float
    width: float
    height: float
    file: int = 1

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width and height."""
        return self.left, self.top, self.width, self.height


def parse(text: str) -> Mask:
    """Read `E003:40,10,15,20` or, for the second of its files, `E003/2:40,10,15,20`.

    The exhibit may be written as 3, the commas as Chinese ones.

    Raises:
        BadInput: It has another form, is empty, or reaches beyond the picture.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("%", "")
    exhibit, _, rest = plain.partition(":")
    number = re.fullmatch(r"E?([0-9]{1,6})(?:/([0-9]{1,3}))?", exhibit, re.IGNORECASE)
    parts = rest.split(",")
    if number is None or len(parts) != _PARTS or not all(map(_is_number, parts)):
        raise BadInput(message("{text} does not say what to mask.", text=text), hint=_HINT)
    left, top, width, height = map(float, parts)
    if not width or not height:
        raise BadInput(message("The mask {text} is empty.", text=text), hint=_HINT)
    if left + width > _WHOLE or top + height > _WHOLE:
        raise BadInput(
            message("The mask {text} reaches beyond the picture.", text=text), hint=_HINT
        )
    return Mask(
        exhibit=int(number[1]),
        file=int(number[2] or 1),
        left=left,
        top=top,
        width=width,
        height=height,
    )


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", text) is not None
