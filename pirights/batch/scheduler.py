"""The scheduler of a Dask cluster: where it is, by what certificates, and the talk with it."""

import importlib.util
import ipaddress
import logging
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from ssl import SSLContext
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

from pirights.errors import BadInput, NetworkRefused, WrongUsage, message

if TYPE_CHECKING:
    from distributed import Client, Security

SECONDS: Final = 10.0
"""Seconds in which a scheduler must answer."""

_FAREWELL: Final = 2.0
"""Seconds in which it may answer our leaving."""

_LENGTH: Final = 8
"""Octets that a scheduler says first: how long its greeting is, little end first."""

_GREETING: Final = 1 << 20
"""Octets of a greeting at most; real ones have some hundred."""

_CHATTER: Final = (
    "distributed",
    "distributed.client",
    "tornado",
    "tornado.application",
    "asyncio",
)
"""Logs that would run into the screen; what matters in them is told as an error."""

_THREE: Final = message(
    "Three PEM files are needed: `--tls-ca`, `--tls-cert` and `--tls-key`; docs/cluster.md says"
    " how to make them. Dask's own settings are read as well."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """What this machine shows the cluster, and by what it knows it; PEM files.

    What is not named is taken from Dask's own settings (`distributed.comm.tls`, in its files or
    the environment).

    Attributes:
        ca: Whose certificates are believed.
        certificate: Our own; the key may stand in the same file.
        key: Our own.
    """

    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


@contextmanager
def client_of(address: str, tls: Tls | None) -> Iterator["Client"]:
    """Talk with a scheduler.

    Args:
        address: `tls://host:port` or `tcp://host:port`.
        tls: Our certificates; without them Dask's own settings hold.

    Raises:
        WrongUsage: The address is none, it does not go with the certificates, or the extra
            `cluster` is not installed.
        BadInput: A certificate or key cannot be read.
        NetworkRefused: The scheduler cannot be reached or does not let us in.
    """
    if importlib.util.find_spec("distributed") is None:
        raise WrongUsage(
            message("A cluster needs Dask, which is not installed."),
            hint=message('Install it: pip install "pirights[cluster]"'),
        )
    place = _place(address)
    security = _security(place, tls or Tls())
    _knock(place, security)
    client = _greeted(place, security)
    try:
        yield client
    finally:
        client.close(timeout=_FAREWELL)


def _place(address: str) -> SplitResult:
    with suppress(ValueError):
        place = urlsplit(address)
        beside = place.path or place.query or place.fragment or place.username
        if place.scheme in {"tcp", "tls"} and place.hostname and place.port and not beside:
            return place
    raise WrongUsage(
        message("{address} is no address of a scheduler.", address=address),
        hint=message("Write tls://host:port or tcp://host:port; Dask's usual port is 8786."),
    )


def _security(place: SplitResult, tls: Tls) -> "Security":
    from distributed import Security

    named = {"tls_ca_file": tls.ca, "tls_client_cert": tls.certificate, "tls_client_key": tls.key}
    files = {name: str(file) for name, file in named.items() if file}
    if files and place.scheme != "tls":
        raise WrongUsage(
            message(
                "Certificates were named, but {address} is not encrypted.", address=place.geturl()
            ),
            hint=message("Write tls:// instead of tcp://, and start the scheduler with TLS."),
        )
    try:
        for file in files.values():
            Path(file).read_bytes()
        security = Security(**files)
        ready = security.get_connection_args("client")["ssl_context"]
    except OSError as wrong:
        raise BadInput(
            message(
                "The certificates cannot be used: {problem} ({file}).",
                problem=wrong.strerror or wrong,
                file=wrong.filename or ", ".join(files.values()),
            ),
            hint=_THREE,
        ) from wrong
    if place.scheme == "tls" and not ready:
        raise WrongUsage(
            message("{address} asks for certificates.", address=place.geturl()), hint=_THREE
        )
    return security


def _knock(place: SplitResult, security: "Security") -> None:
    """Find out in a bounded time who is there; Dask itself waits for the first word for ever."""
    encryption: SSLContext | None = None
    if place.scheme == "tls":
        encryption = security.get_connection_args("client")["ssl_context"]
    try:
        line = socket.create_connection((str(place.hostname), place.port or 0), SECONDS)
    except OSError as wrong:
        raise NetworkRefused(
            message(
                "The scheduler at {address} cannot be reached: {problem}.",
                address=place.geturl(),
                problem=wrong.strerror or wrong,
            ),
            hint=message("Start it with `dask scheduler`, or leave `--cluster` out."),
        ) from wrong
    with line:
        try:
            heard = (encryption.wrap_socket(line) if encryption else line).recv(_LENGTH)
        except OSError as wrong:
            raise _unfriendly(place, wrong.strerror or wrong) from wrong
    if len(heard) != _LENGTH or int.from_bytes(heard, "little") > _GREETING:
        raise _unfriendly(place, message("it does not speak as a scheduler does"))


def _unfriendly(place: SplitResult, problem: object) -> NetworkRefused:
    return NetworkRefused(
        message(
            "What answers at {address} does not let us in: {problem}.",
            address=place.geturl(),
            problem=problem,
        ),
        hint=message(
            "Is it a Dask scheduler, of the same version, encrypted as the address says"
            " (tls:// or tcp://), and does it know our certificate?"
        ),
    )


def _greeted(place: SplitResult, security: "Security") -> "Client":
    from distributed import Client

    for name in _CHATTER:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions: told by us, as an error
            return Client(place.geturl(), timeout=SECONDS, security=security, set_as_default=False)
    except (OSError, ValueError, RuntimeError, ImportError) as wrong:
        raise _unfriendly(place, wrong) from wrong


def is_exposed(address: str) -> bool:
    """Whether what is sent there leaves this machine unencrypted."""
    place = urlsplit(address)
    host = place.hostname or ""
    with suppress(ValueError):
        return place.scheme == "tcp" and not ipaddress.ip_address(host).is_loopback
    return place.scheme == "tcp" and host != "localhost"
