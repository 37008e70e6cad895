"""The handler's published promise of an answer, with its source: page, day seen, captured file."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from pirights.domain.document import Language
from pirights.domain.handler import Handler
from pirights.letters import wording
from pirights.letters.shapes import NUMBER, Record, Text, texts


def published(handler: Handler, on: date, language: Language) -> Mapping[str, object] | None:
    """Say what the handler's published rules promise, and how that is known; None if they do not.

    The day is the one on which the page was captured, else the one on which the handler's
    particulars were last checked; a day after the letter's own is left out. The sum is that of
    the captured page, where there is one.

    Args:
        handler: Who promised.
        on: The letter's date.
        language: That of the letter.
    """
    promise = handler.policy_days
    if promise is None:
        return None
    captured = bool(handler.policy_sha256) and (handler.policy_seen or on) <= on
    seen = handler.policy_seen if captured else handler.verified
    return {
        "amount": promise.amount,
        "unit": promise.unit,
        "url": handler.policy_url,
        "seen": wording.day(seen, language) if seen and seen <= on else "",
        "sum": handler.policy_sha256 if captured else "",
    }


SHAPE: Final = Record(
    {"amount": NUMBER, "unit": Text(("day", "working-day")), **texts("url", "seen", "sum")},
    may_miss=True,
)
"""What `published` hands over."""
