"""What the check of a bag found, file by file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from pirights.domain.text import visible
from pirights.errors import Message, message

_LONGEST: Final = 300
"""Characters of a file's name that are shown."""

_MOST: Final = 2000
"""Findings kept; a bag in which everything is wrong need not fill the memory to say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, or that deserves a look.

    Attributes:
        file: The file's path in the bag, unsafe characters escaped.
        meaning: What was found.
    """

    file: str
    meaning: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What a checkpoint of the journal with a time stamp says of the rows that a bundle shows.

    Attributes:
        file: The checkpoint's path in the bag.
        rows: The numbers of those that it covers: they were written before the time.
        time: Of the time stamp; aware, UTC.
        signer: The authority, by its own name.
        proved: A root certificate that the user trusts vouches for the time stamp, and its time
            does not lie hours before the checkpoint says that it was made.
    """

    file: str
    rows: tuple[int, ...]
    time: datetime
    signer: str
    proved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time stamp of the whole bundle that was found in it.

    Attributes:
        file: Its path in the bag.
        status: `valid`: it is of this bundle, and a root that was given vouches for it;
            `unverified`: nothing here can tell; `wrong`: it is not of this bundle, or forged.
        time: What it says, aware, UTC, whether it is believed or not; None where unreadable.
        authority: Who made it, by its own name.
        reason: Why it is not valid.
    """

    file: str
    status: Literal["valid", "unverified", "wrong"]
    time: datetime | None
    authority: str
    reason: Message | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to whether a bag is what its lists say.

    Attributes:
        verdict: `valid` where nothing was found wrong.
        ours: Whether the bag names the rules of this program's bundles.
        findings: What is wrong.
        warnings: What is allowed but deserves a look.
        root_sha256: SHA-256 of `tagmanifest-sha256.txt`, None where there is none.
        files: Number of files under `data/`.
        custody: What each checkpoint of the journal with a time stamp covers, oldest first.
        stamps: The time stamps of the whole, in order.
        sm3_compared: Whether the sums in `sm3sums.txt` were compared; None where there are none.
    """

    verdict: Literal["valid", "invalid"]
    ours: bool
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    root_sha256: str | None
    files: int
    custody: tuple[Covered, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    sm3_compared: bool | None = None

    @property
    def stamped(self) -> bool:
        """Say whether a third party's time is proved for the whole."""
        return any(stamp.status == "valid" for stamp in self.stamps)

    @property
    def valid(self) -> bool:
        """Say whether nothing was found wrong."""
        return self.verdict == "valid"


_Page = dict[tuple[str, str], Finding]


class Notebook:
    """Where the steps of a check write what they find.

    Attributes:
        held: Whether the bag is held to the rules of our own bundles, so that a doubt is a fault.
    """

    def __init__(self) -> None:
        self.held = False
        self._faults: _Page = {}
        self._warnings: _Page = {}
        self._doubts: _Page = {}

    def fault(self, file: str, meaning: Message) -> None:
        """Note what makes any bag invalid."""
        self._note(self._faults, file, meaning)

    def doubt(self, file: str, meaning: Message) -> None:
        """Note what RFC 8493 allows and our own bundles must not have."""
        self._note(self._doubts, file, meaning)

    def warning(self, file: str, meaning: Message) -> None:
        """Note what is allowed everywhere and deserves a look."""
        self._note(self._warnings, file, meaning)

    def faults(self) -> tuple[Finding, ...]:
        """Give what is wrong, in the order of the files' names."""
        return _ordered(self._faults | self._doubts if self.held else self._faults)

    def warnings(self) -> tuple[Finding, ...]:
        """Give what deserves a look, in the order of the files' names."""
        return _ordered(self._warnings if self.held else self._warnings | self._doubts)

    def _note(self, page: _Page, file: str, meaning: Message) -> None:
        shown = visible(file if len(file) <= _LONGEST else f"{file[:_LONGEST]}…")
        if len(page) < _MOST:
            page.setdefault((shown, str(meaning)), Finding(file=shown, meaning=meaning))
        else:
            more = Finding(file="…", meaning=message("There is more; it is not listed."))
            page.setdefault(("…", ""), more)


def _ordered(page: _Page) -> tuple[Finding, ...]:
    return tuple(sorted(page.values(), key=lambda finding: finding.file))
