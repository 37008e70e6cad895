"""The time stamps of a bundle: a chain that begins at the root.

The first, `tagmanifest-sha256.txt.tsr`, is of the bytes of `tagmanifest-sha256.txt`. Each later
one, `timestamps/002.tsr` and so on, is of that file and all earlier time stamps, one behind the
other: it proves both that the bundle existed and that the earlier time stamps did, as the renewal
of RFC 4998 section 5.3 does, while the sums and signatures of those are still good.

Time stamps stand outside the lists, for they come after them; therefore they are held to the chain
instead: nothing can be taken from its middle, and nothing of another bundle put in.

A bundle may outlive its authority and be stamped by another one. So where a given root vouches for
one of them, the time is proved by that one, and a sound one of an authority that none of the given
roots vouches for is kept without proving anything. Where none is vouched for, or the chain is
broken, it is a fault: anybody can be an authority.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Literal

from pirights.errors import message
from pirights.evidence import bag_rules, names, readers, sums, timestamp_token
from pirights.evidence.findings import Notebook, Stamp

FIRST: Final = f"{bag_rules.ROOT_LIST}.tsr"

MOST: Final = 999
"""Time stamps of a bundle; one a month for eighty years."""

_LATER: Final = re.compile(r"timestamps/[0-9]{3}\.tsr")

_CERTIFICATES: Final = "tsa-certs/"
"""Where each time stamp's own certificates lie once more, for older programs."""

_SUMS: Final = ("sha256", "sha384", "sha512", "sm3")


class Chain:
    """The sums of what the next time stamp of a bundle is of.

    Attributes:
        number: The next one's number, counted from 1.
    """

    def __init__(self, reader: readers.Reader) -> None:
        """Begin at the root of a bundle.

        Raises:
            Unreadable: `tagmanifest-sha256.txt` cannot be read.
        """
        self.number = 1
        self._sums = {kind: sums.new(kind) for kind in _SUMS}
        for piece in reader.pieces(bag_rules.ROOT_LIST):
            self._take(piece)

    @property
    def name(self) -> str:
        """The next one's name in the bundle."""
        return name_of(self.number)

    @property
    def digests(self) -> dict[str, str]:
        """The sums it is of, hex, by algorithm."""
        return {kind: making.hexdigest() for kind, making in self._sums.items()}

    def add(self, token: bytes) -> None:
        """Go on behind a time stamp."""
        self._take(token)
        self.number += 1

    def _take(self, piece: bytes | memoryview) -> None:
        for making in self._sums.values():
            making.update(piece)


def present(reader: readers.Reader) -> list[str]:
    """Name the time stamps of a bundle, in order."""
    return sorted(name for name in reader.sizes if name == FIRST or _LATER.fullmatch(name))


def files(number: int, token: bytes) -> dict[str, bytes]:
    """Give the files to be added for a time stamp: itself, and its certificates beside it."""
    certificates = timestamp_token.chain_pem(token)
    beside = {f"{_CERTIFICATES}{number:03d}.pem": certificates} if certificates else {}
    return {name_of(number): token, **beside}


def name_of(number: int) -> str:
    """Name a time stamp in a bundle by its number, counted from 1."""
    return FIRST if number == 1 else f"timestamps/{number:03d}.tsr"


def check(
    reader: readers.Reader, notes: Notebook, *, roots: Sequence[bytes], now: datetime | None
) -> tuple[Stamp, ...]:
    """Judge the time stamps of a bundle.

    Args:
        reader: The bundle.
        notes: Where what is wrong is noted: a time stamp that is not one of this bundle is a fault;
            one that nothing here can vouch for is a warning.
        roots: The root certificates that the user trusts, DER; never from inside the bundle.
        now: To tell that an authority's certificate has expired since; it changes no judgement.
    """
    waiting = present(reader)
    if bag_rules.ROOT_LIST not in reader.sizes:
        return ()
    found: list[tuple[str, timestamp_token.Judged]] = []
    unbroken = True
    expected: dict[str, bytes] = {}
    try:
        chain = Chain(reader)
        for name in waiting:
            if name != chain.name:
                notes.fault(
                    name,
                    message("The time stamp before it, {other}, is missing.", other=chain.name),
                )
                unbroken = False
                break
            data = readers.read(reader, name, limit=names.LARGEST_LATER)
            if data is None:  # said already, as with all files of this size
                break
            found.append((name, timestamp_token.judge(data, chain.digests, roots)))
            expected |= files(chain.number, data)
            chain.add(data)
    except readers.Unreadable as problem:
        notes.fault(waiting[len(found)] if waiting else bag_rules.ROOT_LIST, problem.meaning)
    _check_certificates(reader, notes, expected)
    kinds = {judged.status for _, judged in found}
    proved = unbroken and "valid" in kinds and "wrong" not in kinds
    return tuple(_stamp(notes, name, judged, proved=proved, now=now) for name, judged in found)


def _check_certificates(
    reader: readers.Reader, notes: Notebook, expected: Mapping[str, bytes]
) -> None:
    """See that the certificates beside the time stamps are those in them, to the byte."""
    for name in reader.sizes:
        if not name.startswith(_CERTIFICATES):
            continue
        try:
            data = readers.read(reader, name, limit=names.LARGEST_LATER)
        except readers.Unreadable as problem:
            notes.fault(name, problem.meaning)
            continue
        if data != expected.get(name):
            notes.fault(
                name, message("Its certificates are not those of the time stamp: it was changed.")
            )


def _stamp(
    notes: Notebook,
    name: str,
    judged: timestamp_token.Judged,
    *,
    proved: bool,
    now: datetime | None,
) -> Stamp:
    """Say what one is worth beside the others, of which at least one may be proved."""
    status: Literal["valid", "unverified", "wrong"]
    status = ("unverified" if proved else "wrong") if judged.status == "unknown" else judged.status
    _note(notes, name, judged, status, now)
    return Stamp(
        file=name,
        status=status,
        time=judged.time,
        authority=judged.signer,
        reason=judged.reason,
    )


def _note(
    notes: Notebook,
    name: str,
    judged: timestamp_token.Judged,
    status: str,
    now: datetime | None,
) -> None:
    if status == "wrong":
        notes.fault(
            name, message("It is no time stamp of this bundle: {reason}.", reason=judged.reason)
        )
    elif judged.status == "unknown":
        notes.warning(name, timestamp_token.not_vouched(judged))
    elif judged.status == "unverified":
        notes.warning(
            name,
            message(
                "A time stamp that is not checked and proves nothing yet: {reason}.",
                reason=judged.reason,
            ),
        )
    elif now is not None and judged.expires is not None and judged.expires < now:
        notes.warning(
            name,
            message(
                "Its authority's certificate expired on {day}; it was valid when the time stamp "
                "was made, and that counts.",
                day=judged.expires.date(),
            ),
        )
