"""What the templates of each kind of letter may name: one declaration for each composing function.

A test compares every declaration with what its function really hands over; `template lint`
compares the templates with the declarations, and fills them with the samples made here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from pirights.domain.document import Language
from pirights.domain.encounter import Answer, ScanMode
from pirights.domain.escalation import FollowUp
from pirights.domain.period import Force
from pirights.domain.request import Right, Score
from pirights.letters import grammar


@dataclass(frozen=True, slots=True)
class Text:
    """A text, empty at times. `words`: all that it can be, where it is one of a few."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The function that prints provisions by their keys."""


@dataclass(frozen=True, slots=True)
class Record:
    """Named values. `may_miss`: at times there is none of it."""

    fields: Mapping[str, "Shape"]
    may_miss: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of things of one shape."""

    of: "Shape"


Shape: TypeAlias = Text | Flag | Number | Citation | Record | Many

TEXT, FLAG, NUMBER = Text(), Flag(), Number()

LOOP: Final = Record(
    {
        **dict.fromkeys(("first", "last"), FLAG),
        **dict.fromkeys(("index", "index0", "length", "revindex", "revindex0"), NUMBER),
    }
)
"""What Jinja says of the loop that one is in."""


def of(kind: str, language: Language) -> Record | None:
    """What a kind of letter's template in this language may name; None if nobody declared it."""
    declared = _KINDS.get(kind)
    return None if declared is None else Record(declared(language))


def sample(shape: Shape, *, full: bool, turn: int = 0) -> object:
    """Make up a value of a shape.

    Args:
        shape: Of what.
        full: Everything is there and every flag set; else as little as can be.
        turn: Which of a list this is; makes texts that are one of a few differ.
    """
    match shape:
        case Text(words=words):
            return words[turn % len(words)] if words else "□" * full
        case Flag():
            return full
        case Number():
            return turn + 1
        case Citation():
            return lambda *_: "□"
        case Many(of=each):
            count = max(2, _variety(each)) if full else 0
            return [sample(each, full=full, turn=number) for number in range(count)]
        case Record(fields=fields, may_miss=may_miss):
            if may_miss and not full:
                return None
            return {name: sample(one, full=full, turn=turn) for name, one in fields.items()}


def _variety(shape: Shape) -> int:
    match shape:
        case Text(words=words):
            return len(words)
        case Record(fields=fields):
            return max((_variety(one) for one in fields.values()), default=0)
        case _:
            return 0


def _words(kind: type[StrEnum]) -> Text:
    return Text(tuple(kind))


def _texts(*names: str) -> dict[str, Shape]:
    return dict.fromkeys(names, TEXT)


def _parties() -> dict[str, Shape]:
    return {
        "handler": Record(_texts(*sorted(grammar.HANDLER))),
        "person": Record(_texts(*sorted(grammar.PERSON))),
        "cite": Citation(),
        "both": FLAG,
        **_texts("title", "addressee"),
    }


def _request(language: Language) -> dict[str, Shape]:
    """What `compose.request` hands over."""
    answers = dict.fromkeys(
        ("notice", "consent", "separate_consent", "alternative"), _words(Answer)
    )
    item: dict[str, Shape] = {"number": NUMBER, **_texts("text", "basis")}
    return {
        **_parties(),
        **dict.fromkeys(
            ("two_step", "no_separate_consent", "no_consent_then", "purpose_ended"), FLAG
        ),
        "prompt_acceptance": FLAG,
        **_texts("ref", f"on_{language}"),
        f"clues_{language}": Many(TEXT),
        "rights": Record(dict.fromkeys((right.value for right in Right), FLAG)),
        "scans": Many(
            Record(
                {
                    **answers,
                    "mode": _words(ScanMode),
                    **_texts("time_zh", "time_en", "place", "purpose", "exemption"),
                    **dict.fromkeys(("about", "refused", "minor"), FLAG),
                }
            )
        ),
        "earlier": Many(Record({**_texts("numbers", "law"), "stored": FLAG})),
        "later": Many(Record(_texts("numbers", "laws"))),
        "sections": Many(
            Record(
                {
                    "right": Text((*Right, "courtesy")),
                    **_texts("title", "numeral"),
                    "after_receipt": FLAG,
                    "items": Many(Record(item)),
                }
            )
        ),
        "promise": Record(
            {"amount": NUMBER, "unit": Text(("day", "working-day")), "url": TEXT}, may_miss=True
        ),
    }


def _followup(language: Language) -> dict[str, Shape]:
    """What `followup.values` hands over."""
    days = ("acknowledged", "due", "replied", "by", "on")
    return {
        **_parties(),
        **_texts("label", "last_numeral", *(f"{name}_{language}" for name in days)),
        "first": _request_facts(language),
        "due_force": _words(Force),
        **dict.fromkeys(("asks_access", "asks_correction"), FLAG),
        "counts": Record(dict.fromkeys((score.value for score in Score), NUMBER)),
        "items": Many(
            Record(
                {
                    "number": NUMBER,
                    **_texts(f"text_{language}", "basis", "refused_under"),
                    "score": Text(("partial", "refused", "silent")),
                }
            )
        ),
    }


def _request_facts(language: Language) -> Record:
    """What `followup.request_facts` hands over."""
    names = ("title", "on", "sent", "channel", "arrived")
    texts = _texts("label", "tracking", *(f"{name}_{language}" for name in names))
    return Record({**texts, "count": NUMBER})


def _identity(language: Language) -> dict[str, Shape]:
    """What `identity.values` hands over."""
    return {
        **_parties(),
        **_texts("label", "phone_tail", *(f"{name}_{language}" for name in ("asked", "by", "on"))),
        "first": _request_facts(language),
        **dict.fromkeys(("form", "asks_copies", "acceptance"), FLAG),
        "proofs": Many(TEXT),
        "items": Many(Record({"number": NUMBER, **_texts("text", "basis")})),
    }


def _withdrawal(language: Language) -> dict[str, Shape]:
    """What `withdrawal.values` hands over."""
    scan = {**_texts(f"time_{language}", "place"), **dict.fromkeys(("about", "agreed"), FLAG)}
    return {
        **_parties(),
        **_texts("label", f"by_{language}", f"on_{language}"),
        "first": _request_facts(language),
        **dict.fromkeys(("requested", "held", "acceptance"), FLAG),
        "scans": Many(Record(scan)),
        f"clues_{language}": Many(TEXT),
        "items": Many(Record({"number": NUMBER, **_texts("text", "basis")})),
    }


def _preserve(language: Language) -> dict[str, Shape]:
    """What `preserve.values` hands over."""
    scan = {
        "number": NUMBER,
        **_texts("place", f"window_{language}", f"until_{language}"),
        **dict.fromkeys(("refused", "camera", "passed"), FLAG),
    }
    return {
        **_parties(),
        **_texts("label", f"by_{language}", f"on_{language}"),
        "first": _earlier(language),
        "scans": Many(Record(scan)),
        **dict.fromkeys(
            ("any_until", "any_open", "outside", "present", "court", "holds_deletion"), FLAG
        ),
        f"clues_{language}": Many(TEXT),
        "questions": Many(Record({"number": NUMBER, **_texts(f"text_{language}")})),
    }


def _breach(language: Language) -> dict[str, Shape]:
    """What `breach.values` hands over."""
    scan = {**_texts(f"time_{language}", "place"), **dict.fromkeys(("about", "refused"), FLAG)}
    item = Record({"number": NUMBER, **_texts(f"text_{language}", "basis")})
    return {
        **_parties(),
        **_texts("label", f"by_{language}", f"on_{language}"),
        "first": _earlier(language),
        "scans": Many(Record(scan)),
        **dict.fromkeys(("signs", f"clues_{language}"), Many(TEXT)),
        **dict.fromkeys(("items", "questions"), Many(item)),
        "incidents": FLAG,
    }


def _earlier(language: Language) -> Record:
    """What `preserve.earlier` hands over."""
    return Record(_texts("label", f"title_{language}", f"sent_{language}"), may_miss=True)


_KINDS: Final[Mapping[str, Callable[[Language], dict[str, Shape]]]] = {
    "request": _request,
    **dict.fromkeys((FollowUp.REMINDER, FollowUp.INCOMPLETE, FollowUp.REASONS), _followup),
    FollowUp.IDENTITY: _identity,
    FollowUp.WITHDRAWAL: _withdrawal,
    FollowUp.PRESERVE: _preserve,
    FollowUp.BREACH: _breach,
}
