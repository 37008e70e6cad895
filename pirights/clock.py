"""The only room that reads the clock. Everyone else is handed the moment."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, aware, in UTC, to the second.

    `SOURCE_DATE_EPOCH` (seconds since 1970, UTC), where set, stands in for the clock, as
    reproducible builds use it.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdigit():
        return datetime.fromtimestamp(int(fixed), UTC)
    return datetime.now(UTC).replace(microsecond=0)
