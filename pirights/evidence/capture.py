"""Fetching a page and its parts, so that they can be kept as they came: httpx's door for pages.

Each request goes its own way: a name looked up and its address checked (`evidence.wire`), one
connection, one answer, no cookies, no credentials, no proxy. Redirects are followed one by one,
each as careful as the first. Nothing of a page is run.
"""

import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import httpcore
import httpx

from pirights.errors import BadInput, NetworkRefused, message
from pirights.evidence import page_parts
from pirights.evidence.capture_limits import USUAL, Limits
from pirights.evidence.exchange import Exchange, Lost, Page, final
from pirights.evidence.unpacked import unpacked
from pirights.evidence.wire import Budget, Line, reachable, refusal, resolved

HEADERS: Final = (
    ("User-Agent", "Mozilla/5.0 (compatible; page-archive)"),
    ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5"),
    ("Accept-Encoding", "identity"),
    ("Connection", "close"),
)
"""Sent with every request, beside Host: nothing that tells who asks."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_STYLE: Final = "text/css"
_SEARCHED: Final = frozenset({"text/html", "application/xhtml+xml", "", _STYLE})
_DEPTH: Final = 3
_URL_LIMIT: Final = 4096


def fetch(
    url: str,
    *,
    clock: Callable[[], datetime],
    private: bool = False,
    limits: Limits = USUAL,
    progress: Callable[[int], None] = lambda _: None,
) -> Page:
    """Fetch a page and its parts.

    Args:
        url: Its address; without a scheme, https.
        clock: Says the moment of each request.
        private: Whether addresses outside the public Internet may be connected to.
        limits: What it may cost.
        progress: Told the number of each file before it is asked for.

    Raises:
        BadInput: It is no address of a web page.
        NetworkRefused: The page itself cannot be had whole. What is wrong with a part is told in
            the result.
    """
    return _Fetching(
        clock=clock,
        private=private,
        limits=limits,
        progress=progress,
        budget=limits.budget(),
        trust=_trust(),
    ).page(address(url))


def address(text: str) -> str:
    """Bring the address of a page into its full form.

    Raises:
        BadInput: It is none, or names a user.
    """
    written = text.strip()
    try:
        url = httpx.URL(written if "://" in written else f"https://{written}")
    except (httpx.InvalidURL, ValueError, TypeError):
        url = httpx.URL("")
    problem = _unfit(url)
    if problem:
        raise BadInput(
            message("{text} is not the address of a web page.", text=text[:200]),
            hint=message("It begins with https:// or http://, and names no user."),
        )
    return str(url.copy_with(fragment=None))


def _unfit(url: httpx.URL) -> bool:
    return (
        url.scheme not in {"http", "https"}
        or not url.raw_host
        or bool(url.userinfo)
        or len(str(url)) > _URL_LIMIT
    )


@dataclass(slots=True, kw_only=True)
class _Fetching:
    """One capture under way."""

    clock: Callable[[], datetime]
    private: bool
    limits: Limits
    progress: Callable[[int], None]
    budget: Budget
    trust: ssl.SSLContext
    count: int = 0

    def page(self, url: str) -> Page:
        """Fetch a page, then what it names, then what that names."""
        hops = self._followed(url)
        kept: list[Exchange] = []
        lost: list[Lost] = []
        known = {one.url for one in hops}
        waiting = deque((one, 1) for one in self._parts_of(hops[-1]))
        while waiting:
            part, depth = waiting.popleft()
            if part in known:
                continue
            known.add(part)
            if self.count >= self.limits.parts + len(hops):
                lost.append(Lost(url=part, reason=message("The page has too many parts.")))
                continue
            try:
                found = self._followed(address(part))
            except (BadInput, NetworkRefused) as wrong:
                lost.append(Lost(url=part, reason=wrong.message))
                continue
            kept += [one for one in found if one.url == part or one.url not in known]
            known |= {one.url for one in found}
            if depth < _DEPTH:
                waiting.extend((one, depth + 1) for one in self._parts_of(found[-1]))
        return Page(hops=hops, parts=tuple(kept), lost=tuple(lost))

    def _followed(self, url: str) -> tuple[Exchange, ...]:
        hops = [self._exchanged(url)]
        while hops[-1].status in _REDIRECTS and hops[-1].header("location"):
            if len(hops) > self.limits.redirects:
                raise NetworkRefused(message("It leads from one address to another without end."))
            target = _joined(hops[-1].url, hops[-1].header("location"))
            if not target:
                raise NetworkRefused(
                    message("{url} leads to what is no web page.", url=hops[-1].url)
                )
            hops.append(self._exchanged(target))
        return tuple(hops)

    def _exchanged(self, url: str) -> Exchange:
        self.count += 1
        self.progress(self.count)
        parsed = httpx.URL(url)
        host = parsed.raw_host.decode("ascii").strip("[]")
        port = parsed.port or (443 if parsed.scheme == "https" else 80)
        at = self.clock()
        resolution = resolved(host, port, self.budget)
        line = Line(reachable(resolution, private=self.private), self.budget)
        try:
            with _Transport(line, self.trust) as transport:
                # by hand: httpx's client would make up its mind about redirects and cookies
                answer = transport.handle_request(httpx.Request("GET", url, headers=list(HEADERS)))
                transferred = b"".join(answer.iter_raw())
        except (httpcore.TimeoutException, TimeoutError) as slow:
            self.budget.patience()
            raise NetworkRefused(message("{host} does not answer.", host=host)) from slow
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as wrong:
            raise refusal(wrong, host) from wrong
        headers = tuple(
            (name.decode("latin-1"), text.decode("latin-1")) for name, text in answer.headers.raw
        )
        return Exchange(
            url=url,
            at=at,
            resolution=resolution,
            address=line.address,
            port=port,
            tls=line.tls,
            sent=bytes(line.sent),
            received=final(bytes(line.received)),
            status=answer.status_code,
            reason=answer.reason_phrase,
            headers=headers,
            body=unpacked(
                transferred, answer.headers.get("content-encoding", ""), limit=self.limits.each
            ),
        )

    def _parts_of(self, exchange: Exchange) -> list[str]:
        if exchange.media_type not in _SEARCHED:
            return []
        text = page_parts.decoded(exchange.body, exchange.header("content-type"))
        if exchange.media_type == _STYLE:
            base, named = "", page_parts.of_style(text)
        else:
            left = self.budget.deadline - time.monotonic()
            base, named = page_parts.of_page(text, seconds=left)
        start = _part(exchange.url, base) if base else exchange.url
        found = (_part(start or exchange.url, one) for one in named)
        return [one for one in dict.fromkeys(found) if one]


class _Transport(httpx.BaseTransport):
    """Carries one request over a line of our own."""

    def __init__(self, line: Line, trust: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=trust, network_backend=line)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it; the answer's content is read by whoever asked."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=b"",
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Content(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Hang up."""
        self._pool.close()


class _Content(httpx.SyncByteStream):
    """The content of an answer, without its transfer coding."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        """Read it, piece by piece."""
        yield from self._answer.iter_stream()

    def close(self) -> None:
        """Be done with it."""
        self._answer.close()


def _trust() -> ssl.SSLContext:
    """The authorities that are believed: those that come with httpx, or of SSL_CERT_FILE."""
    try:
        return httpx.create_ssl_context()
    except OSError as wrong:
        raise NetworkRefused(
            message("The root certificates cannot be read: {problem}.", problem=str(wrong)),
            hint=message("Look at the variables SSL_CERT_FILE and SSL_CERT_DIR."),
        ) from wrong


def _joined(base: str, reference: str) -> str:
    """Return the full address, or nothing if it leads to no web page."""
    try:
        # A header's octets are read as latin-1; servers write UTF-8 there.
        url = httpx.URL(base).join(reference.encode("latin-1").decode("utf-8", "replace"))
        return "" if _unfit(url) else str(url.copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError, TypeError):
        return ""


def _part(base: str, reference: str) -> str:
    return _joined(base, reference.encode("utf-8", "replace").decode("latin-1"))
