"""A desk to work at: a vault copied from one that was made once, and records for it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pirights.domain.dispatch import Channel
from pirights.domain.encounter import Actor, Answer, Encounter, ScanMode
from pirights.domain.handler import Handler, Venue
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.workflow import directory, dispatching, encounters, replies, requests, vault_care
from pirights.workflow.desk import Desk
from pirights.workflow.replies import Taken
from pirights.workflow.request_writing import Opened
from pirights.workflow.wish import Wish

PASSPHRASE = "correct horse battery"  # noqa: S105 (of vaults that hold nothing)
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Noon of 23 November 2026 in Shanghai."""

TODAY = date(2026, 11, 23)
OWNER = Person(
    id=0,
    name="林知远",
    name_en="Lin Zhiyuan",
    phone="13900000137",
    email="lin@mail.example",
    address="杭州市西湖区样例路9号",
)


def make(folder: Path) -> None:
    vault_care.make(folder, passphrase=PASSPHRASE, use_keyring=False, owner=OWNER, now=NOW)


def opened(folder: Path, *, now: datetime = NOW) -> Desk:
    return vault_care.desk(folder, given=lambda: PASSPHRASE, prompt=lambda: None, now=now)


def days_later(desk: Desk, days: int) -> Desk:
    return replace(desk, now=desk.now + timedelta(days=days))


def park(desk: Desk, name: str = "杭州样例野趣乐园有限公司", **facts: Any) -> Handler:  # noqa: ANN401 (fields of a record)
    told: Mapping[str, Any] = {"venue": Venue.SCENIC_AREA, **facts}
    return directory.add_handler(desk, Handler(id=0, name=name, **told)).handler


def scan(desk: Desk, *handlers: Handler, files: tuple[Path, ...] = (), **facts: Any) -> Encounter:  # noqa: ANN401 (fields of a record)
    told: Mapping[str, Any] = {
        "at": datetime(2026, 11, 20, 10, 5, tzinfo=UTC),
        "place": "样例乐园东门3号闸机",
        "venue": Venue.SCENIC_AREA,
        "mode": ScanMode.VERIFICATION,
        "notice": Answer.NO,
        **facts,
    }
    actors = tuple(Actor(handler=one.id) for one in handlers)
    return encounters.add(desk, Encounter(id=0, handlers=actors, **told), files).encounter


def case(desk: Desk, *rights: Right, **wish: Any) -> Opened:  # noqa: ANN401 (fields of a record)
    """Open a case with the handler H1, about everything with it."""
    told: Mapping[str, Any] = {"handler": 1, "on": date(2026, 11, 21), **wish}
    return requests.new(desk, Wish(rights=rights or (Right.ACCESS,), **told))


def begun(desk: Desk, *rights: Right, **wish: Any) -> str:  # noqa: ANN401 (fields of a record)
    """A handler, a scan and a case about them; its reference."""
    scan(desk, park(desk))
    return case(desk, *rights, **wish).case.ref


def sent(desk: Desk, ref: str, on: date = date(2026, 11, 21)) -> None:
    dispatching.sent(desk, ref, channel=Channel.EMS, on=on)


def arrived(desk: Desk, ref: str, on: date = date(2026, 11, 22)) -> None:
    dispatching.received(desk, ref, on=on)


def answer(desk: Desk, ref: str | None, folder: Path, text: str, name: str = "答复.txt") -> Taken:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return replies.add(desk, ref, [path], on=None)[0]


def kinds(desk: Desk) -> list[str]:
    """The kinds of the journal's rows, oldest first."""
    return [row.kind for row in desk.vault.journal_rows()]


def said(messages: object) -> str:
    """All sentences of a list of messages, in English."""
    assert isinstance(messages, tuple | list)
    return "\n".join(str(one) for one in messages)
