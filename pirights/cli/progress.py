"""Signs of progress on long work: one line on stderr, on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pirights.cli.frame import Call
from pirights.errors import Message, message


@contextmanager
def shown(call: Call, what: str) -> Iterator[Callable[[int], None]]:
    """Count aloud while something long goes on.

    Args:
        call: The call of the program.
        what: What is counted, marked with `N_`.
    """
    if call.screen.as_json or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    said = False

    def tell(count: int) -> None:
        nonlocal said
        said = True
        line = call.screen.voice.say(message("{what}: {count}", what=Message(what), count=count))
        call.screen.raw(f"\r{line}", to_stderr=True)

    try:
        yield tell
    finally:
        if said:
            call.screen.raw("\n", to_stderr=True)
