"""How much a capture may cost."""

import time
from dataclasses import dataclass
from typing import Final

from pirights.evidence.wire import Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a capture may cost.

    Attributes:
        each: Octets of one answer, as transferred and as unpacked.
        total: Octets of all answers.
        parts: Of the page.
        redirects: In a row.
        wait: Seconds without a sign of life.
        seconds: In all.
    """

    each: int = 16 << 20
    total: int = 64 << 20
    parts: int = 200
    redirects: int = 10
    wait: float = 20
    seconds: float = 120

    def budget(self) -> Budget:
        """Begin to spend it: the time runs from now."""
        return Budget(
            deadline=time.monotonic() + self.seconds,
            octets=self.total,
            each=self.each,
            wait=self.wait,
        )


USUAL: Final = Limits()
