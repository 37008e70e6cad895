"""The sheet on a captured page, filled from what was captured."""

import hashlib
from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from pirights.domain import capture_paper
from pirights.domain.capture_paper import CaptureFacts
from pirights.domain.document import Letters
from pirights.domain.handler import Period, TimeUnit
from pirights.domain.words import Words
from pirights.evidence.certificates import described
from pirights.evidence.exchange import Page
from pirights.workflow.desk import Desk

_SHOWN: Final = 300
"""Characters of an address on the sheet; the record has all of it."""

_UNITS: Final = {TimeUnit.WORKING_DAY: Words(zh="个工作日", en=" working days")}
_DAYS: Final = Words(zh="日", en=" days")


def written(  # noqa: PLR0913 (what the sheet says, named one by one)
    desk: Desk,
    page: Page,
    *,
    asked: str,
    promised: Period | None,
    note: str,
    letters: Letters,
    files: Mapping[str, bytes],
) -> bytes:
    """Write the sheet as a PDF.

    Args:
        desk: The moment.
        page: What was captured.
        asked: The address as it was given.
        promised: The time for an answer that the user read there.
        note: The user's own words.
        letters: The languages of the sheet.
        files: What was kept, by name.
    """
    from pirights.render import pdf
    from pirights.render.printable import showable

    one = page.page
    own = described(one.tls.chain[0]) if one.tls is not None and one.tls.chain else None
    at = one.at.astimezone(ZoneInfo(desk.zone))
    facts = CaptureFacts(
        asked=_short(showable(asked)),
        reached=_short(showable(one.url)),
        redirects=len(page.hops) - 1,
        at=f"{at:%Y-%m-%d %H:%M:%S} ({desk.zone})",
        status=showable(f"{one.status} {one.reason}".strip()),
        address=f"{one.address}, {one.port}",
        protection=showable(f"{one.tls.version}, {one.tls.cipher}") if one.tls else "",
        certificate=_short(
            showable(
                f"{own.subject}\n← {own.issuer}\n{own.valid_from:%Y-%m-%d} – "
                f"{own.valid_until:%Y-%m-%d}",
                keep="\n",
            )
        )
        if own is not None and own.valid_from and own.valid_until
        else "",
        certificate_sha256=own.sha256 if own is not None else "",
        parts=len(page.parts),
        lost=len(page.lost),
        files=tuple((name, hashlib.sha256(data).hexdigest()) for name, data in files.items()),
        promised=_promised(promised),
        note=showable(note, keep="\n"),
        on=desk.today,
        zone=desk.zone,
        letters=letters,
    )
    return pdf.to_bytes(capture_paper.sheet(facts))


def _promised(period: Period | None) -> Words | None:
    if period is None:
        return None
    unit = _UNITS.get(period.unit, _DAYS)
    return Words(zh=f"{period.amount}{unit.zh}", en=f"{period.amount}{unit.en}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
