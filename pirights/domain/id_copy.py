"""The copy of an identity document: what is hidden on it, and what is written across it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil, floor
from types import MappingProxyType
from typing import Final

from pirights.domain.text import one_line
from pirights.errors import BadInput, message

CARD_MM: Final = (85.6, 54.0)
"""Width and height of an identity card in millimetres (ISO/IEC 7810, ID-1)."""

_TOLERANCE: Final = 0.04
"""By how much a picture's proportion may differ from a card's: a photo of 3:2 is no card."""

WORDING_LIMIT: Final = 160
"""Characters of the whole text; a longer one would not stand whole on a card."""

MOST_REGIONS: Final = 100

VOID: Final = "他用无效"
"""Void for any other use."""

_CHECKING: Final = "核验"
"""Checking who somebody is: what a company may use the copy for."""

_REGION: Final = re.compile(r"(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})")
_LONGEST: Final = 60
"""Characters beyond which a typed word is no region."""

_LEFTWARD: Final = frozenset({"R", "AL", "AN"})
"""Bidirectional classes of letters and digits that run from right to left (UAX #9)."""


class Side(StrEnum):
    """A side of the card: `front` bears the portrait and the number, `back` the emblem."""

    FRONT = "front"
    BACK = "back"


class Part(StrEnum):
    """What is masked."""

    NUMBER = "number"
    ADDRESS = "address"
    AUTHORITY = "authority"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of the upright picture, in pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a part stands on a card, in parts of its width and height."""

    part: Part
    left: float
    top: float
    right: float
    bottom: float

    def on(self, width: int, height: int) -> Region:
        """The zone on a picture of this size, rounded outwards."""
        left, top = floor(self.left * width), floor(self.top * height)
        right, bottom = ceil(self.right * width), ceil(self.bottom * height)
        return Region(left=left, top=top, width=right - left, height=bottom - top)


ZONES: Final = MappingProxyType(
    {
        Side.FRONT: (
            Zone(Part.NUMBER, 0.366, 0.775, 0.857, 0.94),
            Zone(Part.ADDRESS, 0.165, 0.465, 0.63, 0.775),
        ),
        Side.BACK: (Zone(Part.AUTHORITY, 0.375, 0.66, 0.95, 0.795),),
    }
)
"""Estimates of where a card has these, from no standard, and generous: the user looks at the
result. The number's eighteen digits are taken to begin at 34.5 % of the width and to be 2.97 % wide
each (OCR-B, ten to the inch). The issuing authority names the district, as the address does."""


def region(text: str) -> Region:
    """Read a region: left, top, width and height in pixels, such as `120,340,600,60`.

    Raises:
        BadInput: It has not this form, or no extent.
    """
    typed = unicodedata.normalize("NFKC", text[:_LONGEST]).replace(" ", "")
    found = _REGION.fullmatch(typed) if len(text) <= _LONGEST else None
    if found is None or int(found[3]) == 0 or int(found[4]) == 0:
        raise BadInput(
            message("{text} is no region of a picture.", text=text),
            hint=message("Write left, top, width and height in pixels: 120,340,600,60."),
        )
    left, top, width, height = (int(number) for number in found.groups())
    return Region(left=left, top=top, width=width, height=height)


def wording(purpose: str, *, company: str, on: date) -> str:
    """Write the text that is laid across the copy.

    Args:
        purpose: For what the copy is handed over; may be empty where a company is named.
        company: To whom; empty where the purpose says all.
        on: The day that is written behind it.

    Raises:
        BadInput: Empty, too long, or with characters that steer or run from right to left.
    """
    said = one_line(purpose, field="--for")
    if not said and not company:
        raise BadInput(
            message("It is not said what the copy is for."),
            hint=message("Say it with --for; it is written across the copy."),
        )
    if company:
        whole = f"仅供{company}{_checking(said, company)}使用，{VOID}"
    elif VOID in said:
        whole = said
    else:
        whole = f"{said.rstrip('，。；')}，{VOID}"
    whole = f"{whole}  {on.isoformat()}"
    for character in whole:
        if unicodedata.bidirectional(character) in _LEFTWARD:
            raise BadInput(
                message(
                    "The text across the copy holds {code}, which runs from right to left.",
                    code=f"U+{ord(character):04X}",
                ),
                hint=message("Write it in Chinese or in Latin letters."),
            )
    if len(whole) > WORDING_LIMIT:
        raise BadInput(
            message(
                "The text across the copy is longer than {limit} characters.", limit=WORDING_LIMIT
            ),
            hint=message("Say more shortly what it is for, or write --for without --handler."),
        )
    return whole


def _checking(said: str, company: str) -> str:
    """Say what a company checks it for, without the words that the whole has of its own."""
    said = said.removesuffix(VOID).rstrip("，。；")
    said = said.removeprefix("仅供").removeprefix("仅用于").removeprefix(company)
    said = said.removesuffix("使用")
    return said if _CHECKING in said else f"{_CHECKING}{said}"


def has_card_shape(width: int, height: int) -> bool:
    """Say whether a picture has the proportion of a card that lies upright."""
    return abs(width / height / (CARD_MM[0] / CARD_MM[1]) - 1) <= _TOLERANCE
