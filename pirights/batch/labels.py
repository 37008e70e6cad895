"""For the post: a sheet that a counter or a customer's account takes, and labels for envelopes."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

from pirights.batch.index import IndexRow, cell
from pirights.domain.dispatch import Channel
from pirights.domain.document import Language
from pirights.errors import Message, message
from pirights.workflow import delimited, excel_writing, papers

HEADINGS: Final = (
    ("行编号", "key", 14),
    ("文书编号", "ref", 22),
    ("收件单位", "recipient", 34),
    ("收件电话", "recipient's telephone", 30),
    ("收件地址", "recipient's address", 44),
    ("内件品名", "contents", 52),
    ("寄件人", "sender", 16),
    ("寄件电话", "sender's telephone", 28),
    ("寄件地址", "sender's address", 44),
    ("页数", "pages", 12),
    ("附件", "enclosed", 30),
)
"""The columns of the sheet: their heading in both languages, in one row as a post office's software
takes it, and how wide they are, in characters."""

_TITLE: Final = {Language.ZH: "邮寄标签", Language.EN: "Labels"}
_NUMBER: Final = re.compile(r"\+[\d\s()\-]+")
"""A telephone number from abroad: taken for a formula, it would still be that number."""

_CHINESE: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

_NAMED: Final = 20
"""References that a remark names at most."""


def write(
    out: Path, rows: Callable[[], Iterable[IndexRow]], *, on: date, zone: str
) -> tuple[Message, ...]:
    """Write `labels.xlsx` and `labels.pdf`; return what has to be known or done by hand.

    Where no letter goes by post, there are no such files, and none remain from before.

    Args:
        out: The folder of the run.
        rows: Gives the rows anew at each call.
        on: The day of the run, for the file's metadata.
        zone: In which `on` is a day.

    Raises:
        BadInput: The folder cannot be written to.
    """
    first = next(_posted(rows()), None)
    if first is None:
        for name in ("labels.xlsx", "labels.pdf"):
            with suppress(OSError):
                (out / name).unlink()
        return ()
    widths = [width for _, _, width in HEADINGS]
    sheet = excel_writing.write(map(_guarded, _lines(_posted(rows()))), widths=widths)
    papers.write_whole(out / "labels.xlsx", sheet)
    from pirights.render import labels

    lacking = others = 0

    def shown() -> Iterator[labels.Label]:
        nonlocal lacking, others
        for row in _posted(rows()):
            lacking += not row.address
            others += row.is_sent_by_another
            yield labels.Label(
                recipient=row.recipient or row.handler,
                address=row.address,
                phone=row.phone,
                reference=row.ref,
                language=_order(row),
            )

    title = _TITLE[first.letters.languages[0]]
    with papers.growing(out / "labels.pdf") as file:
        by_hand = labels.write(file, shown(), title=title, letters=first.letters, on=on, zone=zone)
    return tuple(_remarks(lacking, others, by_hand))


def goes_by_post(row: IndexRow) -> bool:
    """Say whether a letter needs an envelope: it is to be posted, or nobody said how it goes."""
    return row.channel in {None, Channel.EMS}


def _order(row: IndexRow) -> Language:
    """Say in whose order a label is written: that of the place, not that of the letter.

    In China the address comes first and the recipient, with 收, below it; where nothing on the
    label is Chinese, the recipient comes first.
    """
    said = row.address or row.recipient or row.handler
    return Language.ZH if _CHINESE.search(said) else Language.EN


def _posted(rows: Iterable[IndexRow]) -> Iterator[IndexRow]:
    return filter(goes_by_post, rows)


def _lines(rows: Iterable[IndexRow]) -> Iterator[Sequence[str]]:
    yield [f"{chinese} {english}" for chinese, english, _ in HEADINGS]
    for row in rows:
        pages = sum(made.pages for made in row.files)
        yield (
            row.key,
            row.ref,
            row.recipient or row.handler,
            row.phone,
            row.address,
            f"{row.contents}（编号{row.ref}）",
            row.sender or row.person,
            row.sender_phone,
            row.sender_address,
            str(pages) if pages else "",
            "；".join(row.enclosed),
        )


def _guarded(line: Sequence[str]) -> Sequence[str]:
    shown = map(cell, line)
    return [one if _NUMBER.fullmatch(one) else delimited.guarded(one) for one in shown]


def _remarks(lacking: int, others: int, by_hand: Sequence[str]) -> Iterator[Message]:
    yield message(
        "labels.pdf is for sheets of 24 labels, 70 × 37 mm (3 × 8 on A4); print it at its own "
        "size, 100 %."
    )
    if lacking:
        yield message(
            "Without an address: {count}; their labels have room to write it in.", count=lacking
        )
    if others:
        yield message(
            "In labels.xlsx the client is the sender of {count} letters: who acts for them has no "
            "address. Enter it before you make letters: `pirights person edit P1 --address TEXT`.",
            count=others,
        )
    if by_hand:
        named = ", ".join(chain(by_hand[:_NAMED], ["…"] if len(by_hand) > _NAMED else []))
        yield message(
            "What these labels should say does not fit, or has a character that the fonts lack; "
            "write them by hand: {refs}.",
            refs=named,
        )
