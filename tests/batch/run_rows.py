"""Rows of a finished run with real letters in its folder."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from pirights.batch.index import IndexRow
from pirights.domain.batch_row import MadeFile
from pirights.domain.document import Letters, Paragraph
from pirights.render import pdf
from tests.render.sample_letter import letter

ON: Final = date(2026, 11, 30)
ZONE: Final = "Asia/Shanghai"


@cache
def paper(number: int, *, items: int, letters: Letters = Letters.BOTH) -> tuple[bytes, int]:
    """A letter that says which one it is; nine items take three pages, three take two."""
    own = Paragraph(text=f"本人的第{number}份文书。", language=letters.languages[0])
    document = letter(letters, items=items, extra=(own,))
    return pdf.paged(replace(document, reference=f"PR-2026-{number:07}-C"))


def kept(out: Path, path: str, data: bytes, *, pages: int = 0, enclosure: bool = False) -> MadeFile:
    """Put a file into the folder."""
    (out / path).parent.mkdir(exist_ok=True)
    (out / path).write_bytes(data)
    digest = sha256(data).hexdigest()
    return MadeFile(path=path, sha256=digest, size=len(data), pages=pages, enclosure=enclosure)


def row(number: int, files: Sequence[MadeFile], **other: object) -> IndexRow:
    """A row of the index; `other` replaces what it says."""
    said = IndexRow(
        key=f"K{number}",
        ref=f"PR-2026-{number:07}-C",
        person="张㛃䶮",
        handler="杭州野趣乐园有限公司",
        rights=("access", "delete"),
        files=tuple(files),
        due=date(2026, 12, 15),
        recipient="杭州野趣乐园有限公司",
        address="浙江省杭州市西湖区文三路 90 号",
        phone="0571-88888888",
        contents="张㛃䶮关于查阅、删除人脸信息的请求书",
        sender="张㛃䶮",
        sender_phone="13800000000",
        sender_address="杭州市上城区某路1号",
        letters=Letters.BOTH,
    )
    return replace(said, **other)  # type: ignore[arg-type]


def letters_in(out: Path, count: int) -> list[IndexRow]:
    """Rows whose letters are in the folder, of two and three pages in turn."""
    found = []
    for number in range(1, count + 1):
        data, pages = paper(number, items=(9, 3)[number % 2])
        name = f"P{number}/PR-2026-{number:07}-C-1.pdf"
        found.append(row(number, [kept(out, name, data, pages=pages)]))
    return found


def enclosure(out: Path, number: int) -> MadeFile:
    """A power of attorney in the folder."""
    data, pages = paper(1000 + number, items=20, letters=Letters.ZH)
    name = f"P{number}/PR-2026-{number:07}-C-1-poa.pdf"
    return kept(out, name, data, pages=pages, enclosure=True)


def printed(messages: Iterable[object]) -> list[str]:
    """What remarks say."""
    return [str(one) for one in messages]
