"""A line to one checked address, on which every octet is noted: httpcore's door.

The name is looked up once, here; the connection goes to an address of that very answer, so that
no second answer can lead elsewhere, while TLS and the Host header keep the name. What is read is
counted and timed as it comes.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import httpcore

from pirights.errors import NetworkRefused, message
from pirights.evidence.exchange import Resolution, Tls
from pirights.evidence.public_address import is_public

_TRIED: Final = 4
"""Addresses of one name that are tried in turn."""


@dataclass(slots=True, kw_only=True)
class Budget:
    """What is left of a capture's means.

    Attributes:
        deadline: A moment of the monotonic clock, in seconds.
        octets: Left to be read in all.
        each: Octets of one answer.
        wait: Seconds without a sign of life.
    """

    deadline: float
    octets: int
    each: int
    wait: float

    def patience(self) -> float:
        """Seconds to wait for the next sign of life.

        Raises:
            NetworkRefused: The time is up.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise NetworkRefused(message("It took too long."))
        return min(self.wait, left)


def resolved(host: str, port: int, budget: Budget) -> Resolution:
    """Ask the operating system's resolver, and wait for it no longer than for anything else.

    Raises:
        NetworkRefused: There is no such name, or no answer in time.
    """
    answers: list[tuple[Any, ...]] = []

    def ask() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            answers.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(budget.patience())
    addresses = tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not addresses:
        raise NetworkRefused(
            message("There is no server named {host}, or no answer about it.", host=host),
            hint=message("Check the spelling and the connection."),
        )
    return Resolution(host=host, addresses=addresses)


def reachable(resolution: Resolution, *, private: bool) -> tuple[str, ...]:
    """Say which of a name's addresses may be connected to.

    Raises:
        NetworkRefused: None of them is public.
    """
    allowed = tuple(one for one in resolution.addresses if private or is_public(one))
    if not allowed:
        addresses = ", ".join(resolution.addresses)
        raise NetworkRefused(
            message("{address} is no address of the public Internet.", address=addresses)
            if addresses == resolution.host
            else message(
                "{host} leads to {address}, which is no address of the public Internet.",
                host=resolution.host,
                address=addresses,
            ),
            hint=message(
                "If the page does stand in your own network, or a program on this computer answers "
                "names with addresses of its own, give --allow-private."
            ),
        )
    return allowed


class Line(httpcore.NetworkBackend):
    """The way to one server, for one exchange.

    Attributes:
        sent: What was written.
        received: What was read.
        address: Whom we were connected to.
        tls: The protection, once there is one.
    """

    def __init__(self, addresses: tuple[str, ...], budget: Budget) -> None:
        self._addresses = addresses
        self.budget = budget
        self.sent = bytearray()
        self.received = bytearray()
        self.address = ""
        self.tls: Tls | None = None

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 (looked up already, and checked)
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (the budget decides)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the addresses that answers."""
        *others, last = self._addresses[:_TRIED]
        for address in (*others, last):
            with contextlib.suppress(*(() if address == last else _UNREACHABLE)):
                stream = httpcore.SyncBackend().connect_tcp(
                    address,
                    port,
                    timeout=self.budget.patience(),
                    local_address=local_address,
                    socket_options=socket_options,
                )
                self.address = address
                return _Noted(stream, self)
        raise AssertionError  # the last address answers or raises

    def take(self, octets: bytes) -> bytes:
        """Note what was read, within the limits.

        Raises:
            NetworkRefused: It is too much.
        """
        self.received += octets
        self.budget.octets -= len(octets)
        if len(self.received) > self.budget.each or self.budget.octets < 0:
            raise NetworkRefused(message("It is too large."))
        return octets


_UNREACHABLE: Final = (httpcore.ConnectError, httpcore.ConnectTimeout)


class _Noted(httpcore.NetworkStream):
    """A stream whose octets are noted on its line."""

    def __init__(self, stream: httpcore.NetworkStream, line: Line) -> None:
        self._stream = stream
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Read what has come."""
        return self._line.take(self._stream.read(max_bytes, self._line.budget.patience()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Write all of it."""
        self._stream.write(buffer, self._line.budget.patience())
        self._line.sent += buffer

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Protect the stream, and note how."""
        stream = self._stream.start_tls(ssl_context, server_hostname, self._line.budget.patience())
        self._line.tls = _protection(stream.get_extra_info("ssl_object"))
        return _Noted(stream, self._line)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (httpcore's own)
        """Pass on what httpcore asks about the socket."""
        return self._stream.get_extra_info(info)


def _protection(protected: Any) -> Tls:  # noqa: ANN401 (an object of ssl that has no public name)
    chain = protected.get_unverified_chain() or ()
    return Tls(
        version=str(protected.version()),
        cipher=str(protected.cipher()[0]),
        chain=tuple(one if isinstance(one, bytes) else _der(one) for one in chain),
    )


def _der(certificate: Any) -> bytes:  # noqa: ANN401 (the same)
    return ssl.PEM_cert_to_DER_cert(certificate.public_bytes())


def refusal(wrong: Exception, host: str) -> NetworkRefused:
    """Say why a line broke: the certificate where it was that, else what the system told."""
    cause: BaseException | None = wrong
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return NetworkRefused(
                message(
                    "The certificate of {host} does not hold: {problem}.",
                    host=host,
                    problem=cause.verify_message,
                )
            )
        cause = cause.__cause__ or cause.__context__
    return NetworkRefused(
        message("{host} cannot be reached, or breaks off: {problem}", host=host, problem=str(wrong))
    )
