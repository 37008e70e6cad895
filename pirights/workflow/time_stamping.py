"""Getting a third party's time for a sum, and deciding whether the answer is worth keeping."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from pirights import clock, settings
from pirights.errors import BadInput, Message, NetworkRefused, message
from pirights.evidence import timestamp, timestamp_token, timestamp_trust
from pirights.workflow.named_file import octets_of

_NEAR: Final = timedelta(minutes=5)
"""By how much an authority's time may differ from this computer's without a word."""

FAR: Final = timedelta(hours=1)
"""From which difference on no time stamp is taken, inclusive: a whole hour is the least by which a
wrong zone puts a clock wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Whom to ask for a time, and what the user trusts.

    Attributes:
        url: Its address, http or https.
        roots: Root certificates that the user chose, DER.
        clock: What its time is compared with, aware; None for the moment of the act.
        root_files: Files that the user named for the roots; none where the settings name them.
    """

    url: str
    roots: tuple[bytes, ...]
    clock: Callable[[], datetime] | None = None
    root_files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time stamp worth keeping.

    Attributes:
        token: The authority's whole answer, byte-identical.
        time: genTime, aware, UTC.
        asked_at: The moment of the act by this computer's clock, aware, UTC.
        signer: The authority, by its own name.
        trusted: One of the roots vouches for it; False where none was given, or for SM2.
        warnings: What the user should look at.
    """

    token: bytes
    time: datetime
    asked_at: datetime
    signer: str
    trusted: bool
    warnings: tuple[Message, ...]

    @property
    def far(self) -> bool:
        """Say whether the two clocks are so far apart that it is not taken."""
        return abs(self.time - self.asked_at) >= FAR


def authority(url: str | None, roots: Sequence[Path]) -> Authority:
    """Take what the user said; the settings fill in what was not said.

    Raises:
        BadInput: No authority is named anywhere, the address is none, or a file holds no
            certificate.
    """
    chosen = url or settings.time_stamps().url
    if not chosen:
        raise BadInput(
            message("No time-stamp authority is named."),
            hint=message(
                "Give its address with --tsa, or as tsa in {file}.", file=settings.stamp_file()
            ),
        )
    return Authority(
        url=timestamp.checked_url(chosen),
        roots=trusted(roots),
        clock=clock.for_a_third_partys_time(),
        root_files=tuple(roots),
    )


def trusted(roots: Sequence[Path]) -> tuple[bytes, ...]:
    """Read the root certificates that were given, else those of the settings, as DER.

    Raises:
        BadInput: A file cannot be read, or holds no certificate.
    """
    return tuple(
        der for path in roots or settings.time_stamps().roots for der in _certificates(path)
    )


def obtain(digest: bytes, asked: Authority, *, now: datetime, algorithm: str = "sha256") -> Stamp:
    """Ask an authority to stamp a sum, and check everything about its answer.

    Args:
        digest: The sum of the bytes to be stamped.
        asked: The authority, and the roots that shall vouch for it.
        now: The moment of the act, aware.
        algorithm: Of the sum: `sha256` or `sm3`.

    Raises:
        NetworkRefused: It gave no time stamp worth keeping; `values["reason"]` says why.
    """
    number = timestamp.nonce()
    body = timestamp.request(digest, number=number, algorithm=algorithm)
    answer = timestamp.ask(asked.url, body, seconds=timestamp.SECONDS)
    try:
        token = timestamp_token.read(answer)
    except timestamp_token.NoToken as wrong:
        raise timestamp.refused(asked.url, wrong.meaning) from wrong
    if token.nonce != number:
        raise timestamp.refused(asked.url, message("it answers another question than ours"))
    judged = timestamp_token.judge_token(token, {algorithm: digest.hex()}, asked.roots)
    if judged.status in {"wrong", "unknown"}:
        raise timestamp.refused(asked.url, judged.reason or message("it is not a time stamp"))
    ours = (asked.clock() if asked.clock else now).astimezone(UTC)
    warnings: list[Message] = []
    if abs(token.time - ours) > _NEAR:
        warnings.append(
            message(
                "The authority's time {theirs} UTC is not near this computer's {ours} UTC: both "
                "are kept. Check the clock.",
                theirs=token.time,
                ours=ours,
            )
        )
    if judged.status == "unverified":
        warnings.append(
            message(
                "The time stamp is kept, but proves nothing to you yet: {reason}.",
                reason=judged.reason,
            )
        )
    return Stamp(
        token=answer,
        time=token.time,
        asked_at=ours,
        signer=token.signer,
        trusted=judged.status == "valid",
        warnings=tuple(warnings),
    )


def aside(stamped: Path, stamp: Stamp) -> Path:
    """Name the file beside what was to be stamped in which an answer is kept that is not taken."""
    name = stamped.name.removesuffix(".zip").removesuffix(".txt")
    stem = f"{name}-not-taken-{stamp.time:%Y%m%dT%H%M%SZ}"
    path, number = stamped.with_name(f"{stem}.tsr"), 1
    while path.exists() or path.is_symlink():
        path, number = stamped.with_name(f"{stem}-{number + 1}.tsr"), number + 1
    return path


def too_far(stamp: Stamp, kept: Path, bundle: Path, asked: Authority) -> NetworkRefused:
    """Make the error that says why a bundle does not take a time stamp, and what to do."""
    return NetworkRefused(
        message(
            "The bundle takes no time stamp, because the clocks disagree: the authority's says "
            "{theirs}, this computer's {ours}. The authority's answer is kept in {file}.",
            theirs=told(stamp.time),
            ours=told(stamp.asked_at),
            file=kept,
        ),
        hint=once_more(asked, "bundle", "restamp", str(bundle)),
    )


def once_more(asked: Authority, *command: str) -> Message:
    """Say what to do where the clocks disagree, with the command that asks the same once more."""
    named = [word for path in asked.root_files for word in ("--tsa-root", str(path))]
    return message(
        "Let the system set the clock by itself (in its settings; on Linux "
        "`timedatectl set-ntp true`), then run `{command}`. If this computer's clock is right, "
        "name another authority.",
        command=shlex.join(["pirights", *command, "--tsa", asked.url, *named]),
    )


def told(time: datetime) -> str:
    """Write a third party's time for people, in UTC."""
    return f"{whole_second(time.astimezone(UTC)):%Y-%m-%d %H:%M:%S} UTC"


def whole_second(time: datetime) -> datetime:
    """Round a third party's time up to a whole second, so that "before" it stays true."""
    return time + timedelta(microseconds=-time.microsecond % 1_000_000)


def _certificates(path: Path) -> list[bytes]:
    data = octets_of(path.expanduser(), limit=timestamp_trust.LARGEST_ROOT)
    return timestamp_trust.roots(data, str(path))
