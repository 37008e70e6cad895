"""The time of one part of a series: from the picture's own notes, or from the file's name."""

import re
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from pirights.domain.reply import Part, PartClock
from pirights.vault.attachments import shown_name
from pirights.vault.media_type import media_type
from pirights.workflow.desk import Desk

_STAMP: Final = re.compile(
    r"(?<!\d)(20\d\d)[-_.年]?(\d\d)[-_.月]?(\d\d)(?:日|[-_.T ]| at )?"
    r"(\d\d)[-_.:時时]?(\d\d)(?:[-_.:分]?(\d\d))?"
)
"""A day and a time in a file's name: Screenshot_20261120_180533, 微信图片_20261120180533."""

_SAVED: Final = re.compile(r"(?:mmexport|wx_camera_)(\d{13})(?!\d)")
"""The milliseconds since 1970 in the name of a picture that WeChat saved."""


def of_picture(desk: Desk, path: Path, octets: bytes) -> Part | None:
    """Tell when a part was taken; None where nothing but the file's last change says so.

    That last change is most often the day of a copy, and is not used.
    """
    zone = ZoneInfo(desk.zone)
    camera = _camera(desk, path, octets)
    taken = camera or _named(path.name, zone)
    if taken is None:
        return None
    by = PartClock.CAMERA if camera is not None else PartClock.NAME
    return Part(name=shown_name(path), taken=written(taken), by=by)


def written(at: datetime) -> str:
    """Write a clock as it is kept with a part."""
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _camera(desk: Desk, path: Path, octets: bytes) -> datetime | None:
    from pirights.evidence import photo

    kind = media_type(octets, path.name)
    if not kind.startswith("image/"):
        return None
    return photo.facts(octets, kind, now=desk.now, name=path.name).taken


def _named(name: str, zone: ZoneInfo) -> datetime | None:
    saved = _SAVED.search(name)
    if saved is not None:
        return datetime.fromtimestamp(int(saved[1]) / 1000, zone)
    found = _STAMP.search(name)
    if found is None:
        return None
    try:
        return datetime(*(int(one or 0) for one in found.groups()), tzinfo=zone)  # type: ignore[arg-type, misc]  # six numbers
    except ValueError:
        return None
