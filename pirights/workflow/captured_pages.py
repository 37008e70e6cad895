"""Captured pages among the exhibits of a case: those of its handler, its scans and its own."""

from collections.abc import Iterable, Iterator
from typing import Final

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.bundle import Group
from pirights.domain.words import Words
from pirights.workflow.cases import Shown
from pirights.workflow.desk import Desk

_SOURCE: Final = Words(
    zh="公开网页，由请求人自行取得", en="A public web page, captured by the person"
)
_KINDS: Final = {
    "sheet.pdf": Words(zh="网页固定说明", en="Sheet on a captured web page"),
    "pdf": Words(zh="网页打印件", en="Web page, printed"),
    "png": Words(zh="网页图片", en="Web page, picture of its top"),
    "txt": Words(zh="网页文字", en="Web page, its words"),
    "warc": Words(zh="网页存档（WARC）", en="Web page, archive (WARC)"),
    "json": Words(zh="网页取得记录", en="Web page, record of the capture"),
    "pem": Words(zh="网站服务器证书", en="Web page, certificates of its server"),
}
_OTHER: Final = Words(zh="网页材料", en="Web page")


def kept_with(desk: Desk, owner: str) -> list[Attachment]:
    """The files of the pages that were captured for something and count, oldest first."""
    return [
        one
        for one in desk.vault.attachments(owner)
        if one.purpose is Purpose.CAPTURE and one.voided_on is None
    ]


def labels(files: Iterable[Attachment]) -> tuple[str, ...]:
    """Name each page once, by its archive: `A12 capture-….warc`."""
    return tuple(f"A{one.id} {one.name}" for one in files if one.name.endswith(".warc"))


def of_case(desk: Desk, shown: Shown) -> Iterator[Attachment]:
    """The files of the pages that belong into a case's bundle; no other case's or handler's."""
    case = shown.standing.case
    owners = [f"H{case.handler}", *(one.label for one in shown.encounters), case.ref]
    for owner in owners:
        yield from kept_with(desk, owner)


def described(desk: Desk, file: Attachment) -> tuple[Group, Words, Words]:
    """Say what one of the files is in a catalogue: group, title, source."""
    ending = file.name.rpartition("z")[2].lstrip("-.")
    kind = _KINDS.get(ending, _OTHER)
    day = desk.day_of(file.imported_at)
    title = Words(zh=f"{kind.zh}（{day}）：{file.name}", en=f"{kind.en} ({day}): {file.name}")
    return (Group.RULES, title, _SOURCE)
