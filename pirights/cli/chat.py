"""`pirights reply add --as-one`: a chat as one message with its parts."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pirights.cli import ask, checklist, choose, taken, views
from pirights.cli.desk import opened
from pirights.cli.frame import Call
from pirights.cli.language import N_
from pirights.cli.show import Table
from pirights.domain import entry
from pirights.domain.dispatch import Channel
from pirights.domain.reply import Part, ReplyKind
from pirights.domain.talk import Order
from pirights.errors import BadInput, Message, WrongUsage, message

if TYPE_CHECKING:
    from pirights.workflow.chats import Series

_MOST_ASKED: Final = 20
"""Speakers among whom a person is asked to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line says of a chat."""

    ref: str | None
    files: Sequence[Path]
    order: Order
    me: Sequence[str]
    channel: Channel | None
    at: str | None
    kind: ReplyKind | None = None


def take(here: Call, wish: Wish) -> None:
    """Take in the parts, show them, and how such a talk is recorded."""
    from pirights.workflow import chats

    asks = ask.is_terminal() and not here.yes
    if wish.channel is None and not asks:
        raise _way_and_time()
    with opened(here) as desk:
        series = chats.read(desk, wish.ref, wish.files, order=wish.order, me=wish.me)
        said = _asked(here, desk, wish, series) if asks else wish
        if said.me != wish.me:
            series = chats.read(desk, wish.ref, wish.files, order=wish.order, me=said.me)
        moment, channel = _moment(said.at or series.latest, desk.zone), said.channel
        if channel is None or moment is None:
            raise _way_and_time()
        if asks and (said != wish or len(wish.files) > 1):
            here.screen.text(*parts(series.parts))
            ask.confirm(here, message("Keep these parts in this order, as one message?"))
        done = chats.keep(desk, series, channel=channel, at=moment, kind=said.kind)
    if said != wish:
        here.screen.command(_command(said))
    taken.show(
        here,
        "ReplyAdd",
        [done],
        already=int(done.already),
        left_out=0,
        after=[*parts(done.reply.parts), *checklist.recording(channel)],
        parts=views.parts(done.reply),
    )


def _way_and_time() -> WrongUsage:
    return WrongUsage(
        message("A message in parts needs its way and its time."),
        hint=message('For example: --channel wechat --at "2026-11-20 18:05".'),
    )


def parts(every: Sequence[Part]) -> list[Table | Message]:
    """The parts of a message, each with its time and by what that is known; then who speaks."""
    blocks: list[Table | Message] = [
        Table(
            (N_("No."), N_("File"), N_("Time"), N_("Known by")),
            [
                (
                    number,
                    each.name,
                    message("{first} to {last}", first=each.taken, last=each.until)
                    if each.until
                    else each.taken,
                    each.by if each.taken else "",
                )
                for number, each in enumerate(every, 1)
            ],
            wraps=True,
        )
    ]
    speaking = [(number, who) for number, each in enumerate(every, 1) for who in each.speakers]
    if speaking:
        blocks.append(
            Table(
                (N_("No."), N_("Speaker"), N_("Messages"), N_("Is it you?")),
                [
                    (
                        number,
                        who.name,
                        who.count,
                        message("not said") if who.mine is None else who.mine,
                    )
                    for number, who in speaking
                ],
                wraps=True,
            )
        )
    return blocks


def _moment(text: str, zone: str) -> datetime | None:
    return entry.moment(text, zone, field="--at") if text else None


def _asked(here: Call, desk: Any, wish: Wish, series: "Series") -> Wish:  # noqa: ANN401 (a Desk)
    """Ask for the way, for who the person is, and for the time, where that was not said."""
    said = wish
    if said.channel is None:
        ways = sorted(Channel, key=lambda one: one is not Channel.WECHAT)
        channel = choose.one_of(
            here, message("By which way did it come"), ways, option="--channel", default=ways[0]
        )
        said = replace(said, channel=channel)
    if series.untold and not wish.me:
        said = replace(said, me=_who(here, series))
    if said.at is None:
        at = choose.answer(
            here,
            message("When did the last of it come (as on the clock there)"),
            lambda typed: (entry.moment(typed, desk.zone, field="--at"), typed)[1],
            option="--at",
            default=series.latest[:16],
        )
        said = replace(said, at=at)
    return said


def _who(here: Call, series: "Series") -> tuple[str, ...]:
    """Ask which speaker the person is; nothing is guessed, and none of them is an answer too."""
    names = series.untold[:_MOST_ASKED]
    for number, name in enumerate(names, 1):
        here.screen.notice(message("  {number}. {what}", number=number, what=name))

    def understood(typed: str) -> tuple[str, ...]:
        if not typed or typed == "0":
            return ()
        if typed.isdecimal() and 0 < int(typed) <= len(names):
            return (names[int(typed) - 1],)
        if typed in series.untold:
            return (typed,)
        raise BadInput(message("{text} is none of these.", text=typed))

    return choose.answer(
        here,
        message("Which of them are you (number; 0 for none)"),
        understood,
        option="--me",
        default=str(names.index(series.own) + 1) if series.own in names else "0",
    )


def _command(said: Wish) -> str:
    words = ["pirights", "reply", "add", *([said.ref] if said.ref else [])]
    words += [*map(str, said.files), "--as-one"]
    words += ["--channel", said.channel.value] if said.channel is not None else []
    words += ["--at", said.at] if said.at else []
    words += ["--kind", said.kind.value] if said.kind is not None else []
    words += [f"--by-{said.order}"] if said.order is not Order.GIVEN else []
    for name in said.me:
        words += ["--me", name]
    return shlex.join(words)
