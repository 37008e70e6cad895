"""The work of a run done by the workers of a Dask cluster.

Nothing but the row travels, and the letter back. But Dask's own protocol is pickle: whoever may
speak to the scheduler may run programs on every machine of the cluster, this one included. So an
open connection to another machine is told loudly, and certificates are passed through.
"""

import pickle
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from pirights.batch import worker_side
from pirights.batch.executors import WorkerLost, Workers
from pirights.batch.letter_sources import fingerprint
from pirights.batch.parcels import Parcels, fitting
from pirights.batch.scheduler import Tls, client_of, is_exposed
from pirights.batch.worker_side import Outcome
from pirights.errors import Message, NetworkRefused, message

if TYPE_CHECKING:
    from distributed import Client

P = ParamSpec("P")
R = TypeVar("R")

PATIENCE: Final = 60.0
"""Seconds that a cluster may be without any worker before the run is given up."""

GLANCE: Final = 2.0
"""Seconds between two looks at the cluster's workers."""

_TOGETHER: Final = 16
"""Jobs in one parcel, at most."""

_SAME: Final = ("python", "pirights", "dask", "distributed")
"""What must have the same version everywhere."""

_ABSENT: Final = "–"

_GO_ON: Final = message("What was made is kept. Go on with `--resume`.")

_WAITING: Final = message("The cluster has no worker left. Waiting up to a minute for another.")


class _Cluster(Workers):
    """The workers of a scheduler."""

    def __init__(self, client: "Client", count: int) -> None:
        super().__init__(count)
        self._inner = client.get_executor(pure=False)
        self._sources = fingerprint()
        together = fitting(self.ahead, workers=count, most=_TOGETHER)
        self._parcels = Parcels(self._send, together=together, plainly=_said_plainly)

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand a job to whichever worker the scheduler chooses."""
        return self._parcels.add(fn, *args, **kwargs)

    def _send(self, jobs: Sequence[Callable[[], object]]) -> Future[Sequence[Outcome]]:
        parcel = worker_side.Parcel(pickle.dumps(jobs))
        sent: Future[Sequence[Outcome]]
        try:
            sent = self._inner.submit(worker_side.on_cluster, self._sources, parcel)
        except Exception:  # noqa: BLE001 (Dask's own, of no common kind: the talk is over)
            sent = Future()
            sent.cancel()
        return sent

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what was handed in, or drop it.

        It is dropped here: Dask does not tell of a job whose workers are all gone.
        """
        if cancel_futures:
            self._parcels.drop()
        else:
            self._parcels.leave()
        self._inner.shutdown(wait=wait and not cancel_futures)


def _said_plainly(wrong: BaseException) -> BaseException:
    """Tell in our own words that workers died over a parcel."""
    from distributed.scheduler import KilledWorker

    return WorkerLost() if isinstance(wrong, KilledWorker) else wrong


@contextmanager
def cluster(
    address: str,
    *,
    tell: Callable[[Message], None],
    tls: Tls | None = None,
    patience: float = PATIENCE,
) -> Iterator[Workers]:
    """Let the workers of a Dask scheduler do the work.

    Args:
        address: Of the scheduler: `tls://host:port`, or `tcp://host:port` where nothing is secret.
        tell: Hears what the user must know at once, from any thread.
        tls: Certificates; without them Dask's own settings hold.
        patience: Seconds that there may be no worker at all.

    Yields:
        An executor. What was handed to it and not done is dropped at the end. A job over which
        workers died, itself or one that travelled with it, raises `WorkerLost`.

    Raises:
        WrongUsage: The address is none, it does not go with the certificates, or the extra
            `cluster` is not installed.
        BadInput: A certificate or key cannot be read.
        NetworkRefused: The scheduler cannot be reached or does not let us in, has no workers, or
            they have other versions or other letters; or the cluster is lost on the way.
    """
    with client_of(address, tls) as client, _lost_is_told():
        addresses = _workers(client, address)
        if exposed := sorted(one for one in {address, *addresses} if is_exposed(one)):
            tell(
                message(
                    "The rows of your sheet travel to {machines} unencrypted: names, telephone"
                    " and ID numbers. Whoever is on that network can read them, and can run"
                    " programs on this machine. Use tls:// with certificates.",
                    machines=", ".join(exposed),
                )
            )
        executor = _Cluster(client, len(addresses))
        over = threading.Event()
        watch = partial(_watch, client, executor, tell, over, patience)
        threading.Thread(target=watch, daemon=True).start()
        try:
            yield executor
        finally:
            over.set()
            executor.shutdown(cancel_futures=True)


def _workers(client: "Client", address: str) -> list[str]:
    """Name the workers, all of them fit for the work."""
    seen = client.get_versions(packages=["pirights"])
    workers: Mapping[str, Mapping[str, Mapping[str, str]]] = seen["workers"]
    if not workers:
        raise NetworkRefused(
            message("The scheduler at {address} has no workers.", address=address),
            hint=message("Start some: `dask worker {address} --nthreads 1`", address=address),
        )
    ours = _versions(seen["client"])
    for name, one in {address: seen["scheduler"], **workers}.items():
        for package, theirs in _versions(one).items():
            if theirs != ours[package]:
                raise NetworkRefused(
                    message(
                        "{machine} has {package} {theirs}, this machine has {ours}.",
                        machine=name,
                        package=package,
                        theirs=theirs,
                        ours=ours[package],
                    ),
                    hint=message(
                        "Scheduler, workers and this machine need the same versions of Python,"
                        " pirights and Dask: docs/cluster.md"
                    ),
                )
    if set(client.run(fingerprint).values()) != {fingerprint()}:
        raise _other_letters()
    return list(workers)


def _versions(one: Mapping[str, Mapping[str, str | None]]) -> dict[str, str]:
    packages = {name: one["packages"].get(name) or _ABSENT for name in _SAME}
    return {**packages, "python": ".".join(packages["python"].split(".")[:2])}


@contextmanager
def _lost_is_told() -> Iterator[None]:
    from distributed.comm import CommClosedError

    try:
        yield
    except (CancelledError, CommClosedError) as wrong:
        raise NetworkRefused(
            message("The cluster is lost: its scheduler, or every worker, has gone away."),
            hint=_GO_ON,
        ) from wrong
    except worker_side.OtherLetters as wrong:
        raise _other_letters() from wrong


def _other_letters() -> NetworkRefused:
    return NetworkRefused(
        message("A worker of the cluster has other templates or other law than this machine."),
        hint=message(
            "Install the same pirights everywhere, give every worker your own templates"
            " (`PIRIGHTS_TEMPLATES`), and start the workers anew."
        ),
    )


def _watch(
    client: "Client",
    executor: Workers,
    tell: Callable[[Message], None],
    over: threading.Event,
    patience: float,
) -> None:
    """Give up where no worker comes back: a scheduler would wait for ever."""
    without = 0.0
    while True:
        if over.wait(GLANCE):
            return
        try:
            there = client.scheduler_info(n_workers=0)["n_workers"]
        except (OSError, RuntimeError, KeyError, CancelledError):
            break  # the scheduler is gone
        without = 0.0 if there else without + GLANCE
        if without == GLANCE:
            tell(_WAITING)
        if without >= patience:
            break
    executor.shutdown(cancel_futures=True)
