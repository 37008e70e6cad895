"""What runs in a worker: how it begins, how it ends, and one job at a time.

A worker of this machine is started by us. A worker of a cluster was started by somebody else, on
a machine that may have other letters than we have, and it may do several jobs at a time in
threads: what sets our letters is made for one.
"""

import gc
import pickle
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import parent_process
from os import _exit
from typing import Final

from pirights.batch.letter_sources import fingerprint
from pirights.errors import PirightsError

_ORPHANED: Final = 1
"""Exit code of a worker whose main process is gone; nobody reads it."""

_ONE_AT_A_TIME: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Parcel:
    """Jobs as they travel: what is in them is shown in no log of a scheduler or worker.

    Attributes:
        octets: A list of calls, pickled; a scheduler passes it on unopened.
    """

    octets: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job: a value, or what was raised."""

    value: object = None
    wrong: BaseException | None = None


class OtherLetters(Exception):
    """This worker has other templates or other law than whoever asks."""


def begin() -> None:
    """Leave Ctrl-C to the main process, end with it even where it is killed, and get ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare()
    gc.freeze()  # what was loaded stays, and is not looked through for garbage again and again


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        _exit(_ORPHANED)


def prepare() -> None:
    """Load fonts, law and templates, which a process then keeps (about 0.4 s)."""
    from pirights import law_data
    from pirights.domain.document import Language
    from pirights.letters import template
    from pirights.render import fonts, pdf  # noqa: F401 (the module is loaded)

    for face in (fonts.SERIF, fonts.SANS):
        fonts.advances(face)
    law_data.laws()
    for kind in template.kinds():
        for language in Language:
            with suppress(PirightsError):  # told for the row whose letter it spoils
                template.load(kind, language)


def nothing() -> None:
    """Do nothing: whoever has done it is up."""


def on_cluster(sources: str, parcel: Parcel) -> Sequence[Outcome]:
    """Do the jobs of a parcel, one after the other.

    Args:
        sources: The fingerprint of what our own letters are made from.
        parcel: The jobs.

    Raises:
        OtherLetters: This worker would write them otherwise.
    """
    if fingerprint() != sources:
        raise OtherLetters
    with _ONE_AT_A_TIME:
        return each(pickle.loads(parcel.octets))  # noqa: S301 (from whoever started the run)


def each(jobs: Sequence[Callable[[], object]]) -> Sequence[Outcome]:
    """Do jobs, one after the other."""
    return [_outcome(job) for job in jobs]


def _outcome(job: Callable[[], object]) -> Outcome:
    try:
        return Outcome(value=job())
    except Exception as wrong:  # noqa: BLE001 (told where the job came from)
        return Outcome(wrong=wrong)
