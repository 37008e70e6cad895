"""Told by the system to end (SIGTERM), or by a terminal that is gone (SIGHUP): as with Ctrl-C.

Then what was begun is cleared away, and nothing that was decrypted stays behind.
"""

import os
import signal
from types import FrameType
from typing import Final

_NAMES: Final = ("SIGTERM", "SIGHUP")


def like_ctrl_c() -> None:
    """Do from now on what Ctrl-C does, whatever that is at the moment.

    What is ignored stays so: that is how `nohup` asks for it.
    """
    mine = os.getpid()

    def end(number: int, frame: FrameType | None) -> None:
        if os.getpid() != mine:  # a process that was split off ends as if we had never been here
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        ctrl_c = signal.getsignal(signal.SIGINT)
        if callable(ctrl_c):
            ctrl_c(signal.SIGINT, frame)
            return
        raise KeyboardInterrupt

    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)
