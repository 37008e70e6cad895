"""A checkpoint of the journal: how many rows it had, and the one hash that stands for them all.

It is a text of four lines, in the form that transparency logs use (C2SP tlog-checkpoint), without
a signature: a time stamp over its octets takes that place. It names neither vault nor person.

    pirights.invalid/journal-1
    57
    q1Jm0r3n2QF0Z7m0l2c3b6sZ6xU8yP3b7f5b2o3V9aA=
    claimed-time: 2026-11-23T04:00:00Z
"""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pirights.domain import merkle

ORIGIN: Final = "pirights.invalid/journal-1"
"""The first line: the same for every journal, so that it says nothing of whose it is."""

LARGEST: Final = 4096
"""Octets of a text that is still read; real ones have about 120."""

_WELL_BEFORE: Final = timedelta(hours=1)
"""From which difference on, inclusive, a time stamp from before the text itself is no proof."""

_FORM: Final = re.compile(
    rf"{re.escape(ORIGIN)}\n"
    r"(?P<size>[1-9][0-9]{0,18})\n"
    r"(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"claimed-time: (?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})Z\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The journal at one moment.

    Attributes:
        size: Its rows, at least 1.
        root: The hash of the tree of their leaves (RFC 6962 section 2.1), 32 octets.
        claimed_at: When it was made, by this computer's clock; aware, UTC, whole seconds.
    """

    size: int
    root: bytes
    claimed_at: datetime

    def is_younger_than(self, time: datetime) -> bool:
        """Say whether a time stamp's time lies an hour or more before this was made.

        Then one of the two clocks was wrong, and nobody can tell which.
        """
        return self.claimed_at - time >= _WELL_BEFORE

    def text(self) -> bytes:
        """Write it out; these octets are what a time stamp is over."""
        at = self.claimed_at.astimezone(UTC)
        root = base64.b64encode(self.root).decode()
        return f"{ORIGIN}\n{self.size}\n{root}\nclaimed-time: {at:%Y-%m-%dT%H:%M:%S}Z\n".encode()


def parse(text: bytes) -> Checkpoint:
    """Read a checkpoint.

    Raises:
        ValueError: It is not written as pirights writes one, to the octet.
    """
    found = _FORM.fullmatch(text.decode("ascii"))
    if found is None:
        raise ValueError("not a checkpoint of a journal")
    checkpoint = Checkpoint(
        size=int(found["size"]),
        root=base64.b64decode(found["root"], validate=True),
        claimed_at=datetime.fromisoformat(f"{found['time']}+00:00"),
    )
    if checkpoint.text() != text or checkpoint.size > merkle.LARGEST:
        raise ValueError("not a checkpoint of a journal")
    return checkpoint
