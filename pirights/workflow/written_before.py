"""By which time of a third party something stood in the log, and how that is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from pirights import canonical_json
from pirights.domain.checkpoint import Checkpoint
from pirights.domain.words import Words
from pirights.evidence import checkpoint_check, timestamp_token
from pirights.evidence.timestamp_token import Judged
from pirights.vault.journal import JournalRow
from pirights.workflow.checkpoints import Kept
from pirights.workflow.time_stamping import whole_second

_UNCHECKED: Final = Words(
    zh="；本程序未核验该时间戳，应以出具机构的根证书核验",
    en="; not checked by this program: check it with the authority's root certificate",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """That something was written down before a third party's time.

    Attributes:
        time: The third party's, rounded up to whole seconds; aware, in the vault's zone.
        signer: The third party, by its own name.
        checked: A root certificate that the user trusts vouches for it.
        checked_on: The day on which one did when the time stamp was made, in the vault's zone.
        made: When this computer says that it made what the time stamp is over, where the third
            party's time lies hours before that: nothing is confirmed then. None elsewhere.
    """

    time: datetime
    signer: str
    checked: bool
    checked_on: date | None = None
    made: datetime | None = None

    @property
    def words(self) -> Words:
        """What the time stamp proves of one statement, and no more."""
        from pirights.render.printable import showable

        time = self.time.isoformat(sep=" ", timespec="seconds")
        signer = showable(self.signer)
        if self.made is not None:
            made = self.made.isoformat(sep=" ", timespec="seconds")
            return Words(
                zh=f"时间戳（{signer}）所载时间 {time} 早于所对应检查点的生成时间 {made}"
                "（取自请求人的计算机），两处时钟必有一处不准，不据此说明记录的时间",
                en=f"Time stamp ({signer}): its time {time} lies before {made}, when by this "
                "computer's clock its object was made; one of the two clocks was wrong, so it "
                "shows nothing here",
            )
        doubt = Words(zh="", en="") if self.checked else self._unchecked
        return Words(
            zh=f"时间戳（{signer}）载明：该项记录在 {time} 以前已经写入日志{doubt.zh}",
            en=f"Time stamp ({signer}): this was in the log before {time}{doubt.en}",
        )

    @property
    def _unchecked(self) -> Words:
        if self.checked_on is None:
            return _UNCHECKED
        return Words(
            zh=f"；取得该时间戳时（{self.checked_on}）本程序已用请求人指定的根证书核验",
            en=f"; checked by this program when it was obtained ({self.checked_on}), with a root "
            "certificate that the person chose",
        )


class WrittenBefore:
    """The stamped checkpoints of a case, asked about one statement at a time."""

    def __init__(
        self,
        rows: Sequence[JournalRow],
        stamped: Sequence[Kept],
        roots: Sequence[bytes],
        zone: str,
        *,
        checked: Mapping[str, datetime] = MappingProxyType({}),
    ) -> None:
        """Take what there is.

        Args:
            rows: Those of the case.
            stamped: The checkpoints that cover some of them.
            roots: Root certificates that the user trusts.
            zone: The vault's.
            checked: When a time stamp was vouched for as it was made, by the checkpoint's root.
        """
        self._zone = ZoneInfo(zone)
        self._states: dict[str, list[tuple[int, Mapping[str, Any] | None]]] = {}
        for row in rows:
            if row.record:
                state = None if row.payload is None else canonical_json.parse(row.payload)
                self._states.setdefault(row.record, []).append((row.seq, state))
        self._checked = checked
        judged = [(one.checkpoint, _judged(one, roots)) for one in stamped]
        # A time that can be trusted goes before an earlier one that nothing vouches for, and any
        # before one that makes no sense.
        self._stamps = sorted(
            judged, key=lambda one: (_early(*one), one[1].status != "valid", one[0].size)
        )

    def of(self, record: str, *fields: str) -> Confirmed | None:
        """Say by when a record said in these fields what it says now; None if nobody confirms it.

        Args:
            record: The journal's name of it, such as `encounter/1`.
            fields: Those that the statement rests on.
        """
        since = self._since(record, fields)
        for made, stamp in self._stamps:
            if since is not None and since <= made.size and stamp.time is not None:
                checked = self._checked.get(made.root.hex())
                return Confirmed(
                    time=whole_second(stamp.time).astimezone(self._zone),
                    signer=stamp.signer,
                    checked=stamp.status == "valid",
                    checked_on=checked.astimezone(self._zone).date() if checked else None,
                    made=made.claimed_at.astimezone(self._zone) if _early(made, stamp) else None,
                )
        return None

    def _since(self, record: str, fields: Sequence[str]) -> int | None:
        """The number of the row from which on the fields have stood as they do now."""
        since = now = None
        for seq, state in reversed(self._states.get(record, [])):
            if state is None:  # erased: what it said cannot be told any more
                break
            said = [state.get(name) for name in fields]
            if now is not None and said != now:
                break
            since, now = seq, said
        return since


def _early(made: Checkpoint, stamp: Judged) -> bool:
    return stamp.time is not None and made.is_younger_than(stamp.time)


def _judged(one: Kept, roots: Sequence[bytes]) -> Judged:
    judged = timestamp_token.judge(one.token, checkpoint_check.digests(one.text), roots)
    return Judged(status="wrong") if judged.status == "wrong" else judged
