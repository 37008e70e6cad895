"""What a mail system reports of a mail's way (RFC 3464): delivered, delayed, or come back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pirights.domain.text import visible
from pirights.mail.part import Part

_STATUS: Final = "message/delivery-status"
_ACTIONS: Final = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
_ADDRESS: Final = re.compile(r"[^\s<>;,\"]{1,200}@[^\s<>;,\"]{1,200}")
_FIELDS: Final = ("final-recipient", "original-recipient")
_RECIPIENTS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report.

    Attributes:
        action: What became of the mail; for several recipients the worst of it.
        recipients: The addresses it tells that of, in lower case.
    """

    action: str
    recipients: tuple[str, ...]


def report_of(parts: Iterable[Part]) -> Report | None:
    """Read the report that a mail carries; None if it carries none."""
    told: dict[str, list[str]] = {}
    for part in parts:
        if part.get_content_type() != _STATUS:
            continue
        for block in part.inner()[: _RECIPIENTS + 1]:
            action = visible(block.header("action")).strip().casefold()
            if action in _ACTIONS:
                named = (_ADDRESS.search(block.header(field)) for field in _FIELDS)
                told.setdefault(action, []).extend(
                    visible(found[0]).casefold() for found in named if found
                )
    for action in ("failed", "delayed", "expanded", "relayed", "delivered"):
        if action in told:
            return Report(action=action, recipients=tuple(dict.fromkeys(told[action])))
    return None
