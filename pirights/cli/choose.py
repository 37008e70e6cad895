"""Questions with a few known answers: each shown with its number, and asked again if it is none."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from pirights.cli import ask
from pirights.cli.frame import Call
from pirights.errors import BadInput, Message, NotFound, message

Read = TypeVar("Read")
Kind = TypeVar("Kind", bound=StrEnum)


def answer(
    call: Call,
    question: Message,
    understand: Callable[[str], Read],
    *,
    option: str,
    default: str = "",
) -> Read:
    """Ask for one line until it can be understood.

    Args:
        call: The call of the program.
        question: Without its colon.
        understand: Raises BadInput or NotFound for what it does not take.
        option: The option that would have answered.
        default: What an empty answer means.

    Raises:
        Cancelled: The person ended it.
        WrongUsage: Nobody is there to ask.
    """
    while True:
        try:
            return understand(ask.line(call, question, option=option, default=default))
        except (BadInput, NotFound) as wrong:
            call.screen.warn(wrong.message, hint=wrong.hint)


def one_of(
    call: Call,
    question: Message,
    kinds: Sequence[Kind],
    *,
    option: str,
    default: Kind | None = None,
    words: Mapping[str, Kind] = MappingProxyType({}),
) -> Kind:
    """Let a person choose one of the kinds: by its number, its word, or one of further words."""
    listed(call, kinds)
    return answer(
        call,
        question,
        lambda typed: words.get(typed) or picked(call, kinds, typed),
        option=option,
        default=default.value if default is not None else "",
    )


def some_of(
    call: Call, question: Message, kinds: Sequence[Kind], *, option: str, default: Sequence[Kind]
) -> list[Kind]:
    """Let a person choose one or more of the kinds."""
    listed(call, kinds)

    def understood(typed: str) -> list[Kind]:
        words = typed.replace(",", " ").replace("，", " ").replace("、", " ").split()
        return [picked(call, kinds, word) for word in words]

    return answer(call, question, understood, option=option, default=" ".join(default))


def listed(call: Call, kinds: Sequence[StrEnum]) -> None:
    """Show the kinds with their numbers, each with the word that the command line takes."""
    voice = call.screen.voice
    for number, one in enumerate(kinds, start=1):
        word = voice.value(one)
        said = (
            word if word == one.value else message("{word} ({value})", word=word, value=one.value)
        )
        call.screen.notice(message("  {number}. {what}", number=number, what=said))


def picked(call: Call, kinds: Sequence[Kind], typed: str) -> Kind:
    """Understand a number, a word of the command line, or a word of the language.

    Raises:
        BadInput: It is none of them.
    """
    said = typed.strip().casefold()
    for number, one in enumerate(kinds, start=1):
        if said in {str(number), one.value.casefold(), call.screen.voice.value(one).casefold()}:
            return one
    raise BadInput(message("{text} is none of these.", text=typed))
