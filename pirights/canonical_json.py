"""JSON as it is kept: written in one form, which sums are made over, and read strictly."""

import json
from typing import Any, Final


def canonical(data: object) -> bytes:
    """Write JSON in its one form: sorted keys, no spaces, UTF-8.

    Raises:
        ValueError: A lone surrogate, an infinity or not-a-number.
    """
    return _ONE_FORM.encode(data).encode()


def parse(text: str | bytes) -> Any:  # noqa: ANN401 (any JSON value)
    """Read JSON; the same key twice, infinities and not-a-number are refused.

    Raises:
        ValueError: It is not JSON, or nested too deeply.
    """
    try:
        return json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_constant)
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep


_ONE_FORM: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not JSON")
