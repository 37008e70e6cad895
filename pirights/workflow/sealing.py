"""Stamping a bundle's root while the bundle is sealed, and telling the journal how it went."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pirights.domain.words import Words
from pirights.errors import Message, NetworkRefused
from pirights.evidence import stamp_rules
from pirights.vault.change import Change
from pirights.workflow import time_stamping
from pirights.workflow.time_stamping import Authority, Stamp


class Sealing:
    """Asks for a time when the root is known. Without an answer the bundle is made all the same.

    Attributes:
        stamp: What was given and kept; None if nothing was asked for or given.
        refusal: Why a time that was asked for was not given, or not taken.
        aside: What was given and not taken, because the clocks are hours apart; and the file
            beside the bundle that it is to be kept in.
    """

    def __init__(self, asked: Authority | None, bundle: Path, *, now: datetime) -> None:
        self.stamp: Stamp | None = None
        self.aside: tuple[Stamp, Path] | None = None
        self.refusal: NetworkRefused | None = None
        self._asked = asked
        self._bundle = bundle
        self._now = now

    def attest(self, root_list: bytes) -> Mapping[str, bytes]:
        """Stamp the bytes of `tagmanifest-sha256.txt`; give the file to lie beside it."""
        if self._asked is None:
            return {}
        try:
            got = time_stamping.obtain(sha256(root_list).digest(), self._asked, now=self._now)
        except NetworkRefused as wrong:
            self.refusal = wrong
            return {}
        if got.far:
            kept = time_stamping.aside(self._bundle, got)
            self.aside = got, kept
            self.refusal = time_stamping.too_far(got, kept, self._bundle, self._asked)
            return {}
        self.stamp = got
        return stamp_rules.files(1, got.token)

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What the user should look at."""
        if self.refusal is not None:
            hint = self.refusal.hint if self.aside is not None else None
            return tuple(filter(None, (self.refusal.message, hint)))
        return self.stamp.warnings if self.stamp is not None else ()

    @property
    def confirmed(self) -> Words | None:
        """The time for the sheet to sign, and whether a root of the user's vouches for it."""
        if self.stamp is None:
            return None
        from pirights.render.printable import showable

        told, signer = time_stamping.told(self.stamp.time), showable(self.stamp.signer)
        doubt = Words(zh="", en="")
        if not self.stamp.trusted:
            doubt = Words(zh="（已保存，制作时未经验证）", en=" (kept, not verified when made)")
        return Words(zh=f"{told}，{signer}{doubt.zh}", en=f"{told}, {signer}{doubt.en}")

    def note(self, change: Change, ref: str) -> None:
        """Write into the journal what the authority said, or that it said nothing of use."""
        if self._asked is None:
            return
        about: dict[str, object] = {"url": self._asked.url}
        if self.stamp is None:
            about["refused"] = str(self.refusal)
            if self.aside is not None:
                about |= _given(self.aside[0]) | {"kept": self.aside[1].name}
            change.note("bundle.stamp-refused", ref, about)
            return
        change.note("bundle.stamped", ref, about | _given(self.stamp))


def _given(stamp: Stamp) -> dict[str, object]:
    """What the journal says of a time stamp: both clocks, and which it was."""
    return {
        "time": stamp.time.isoformat(),
        "own_time": stamp.asked_at.isoformat(),
        "authority": stamp.signer,
        "trusted": stamp.trusted,
        "token_sha256": sha256(stamp.token).hexdigest(),
    }
