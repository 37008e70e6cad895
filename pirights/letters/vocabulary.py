"""What the templates of each kind of letter may name: one declaration for each composing function.

A test compares every declaration with what its function really hands over; `template lint`
compares the templates with the declarations, and fills them with samples of their shapes.
"""

from collections.abc import Callable, Mapping
from typing import Final

from pirights.domain.document import Language
from pirights.domain.encounter import Answer, ScanMode
from pirights.domain.escalation import FollowUp
from pirights.domain.period import Force
from pirights.domain.request import Right, Score
from pirights.letters import declared_authorities, declared_court, declared_papers, promise, sector
from pirights.letters.declared_parties import parties as _parties
from pirights.letters.shapes import (
    FLAG,
    NUMBER,
    TEXT,
    Many,
    Record,
    Shape,
    Text,
    texts,
    words,
)


def of(kind: str, language: Language) -> Record | None:
    """What a kind of letter's template in this language may name; None if nobody declared it."""
    declared = _KINDS.get(kind)
    return None if declared is None else Record(declared(language))


def _request(language: Language) -> dict[str, Shape]:
    """What `compose.request` hands over."""
    answers = dict.fromkeys(("notice", "consent", "separate_consent", "alternative"), words(Answer))
    item: dict[str, Shape] = {"number": NUMBER, **texts("text", "basis")}
    return {
        **_parties(),
        **dict.fromkeys(
            ("two_step", "no_separate_consent", "no_consent_then", "purpose_ended"), FLAG
        ),
        **dict.fromkeys(("prompt_acceptance", "state_organ", "or_guardian"), FLAG),
        "written_refusal": FLAG,
        **texts("ref", f"on_{language}"),
        f"clues_{language}": Many(TEXT),
        "rights": Record(dict.fromkeys((right.value for right in Right), FLAG)),
        "scans": Many(
            Record(
                {
                    **answers,
                    "mode": words(ScanMode),
                    **texts("time_zh", "time_en", "place", "purpose", "exemption"),
                    **dict.fromkeys(("about", "refused", "minor", "or_guardian"), FLAG),
                }
            )
        ),
        "earlier": Many(Record({**texts("numbers", "law"), "stored": FLAG})),
        "later": Many(Record(texts("numbers", "laws"))),
        "sections": Many(
            Record(
                {
                    "right": Text((*Right, "courtesy")),
                    **texts("title", "numeral"),
                    "after_receipt": FLAG,
                    "items": Many(Record(item)),
                }
            )
        ),
        "promise": promise.SHAPE,
        "sector": sector.SHAPE,
    }


def _followup(language: Language) -> dict[str, Shape]:
    """What `followup.values` hands over."""
    days = ("acknowledged", "due", "promised", "replied", "by", "on")
    return {
        **_parties(),
        **texts("label", "last_numeral", *(f"{name}_{language}" for name in days)),
        "first": _request_facts(language),
        "due_force": words(Force),
        "due_rule": sector.SHAPE,
        "promise": promise.SHAPE,
        **dict.fromkeys(("proved", "asks_access", "asks_correction"), FLAG),
        "counts": Record(
            dict.fromkeys((*(score.value for score in Score), "counted", "courtesy"), NUMBER)
        ),
        "items": Many(
            Record(
                {
                    "number": NUMBER,
                    **texts(f"text_{language}", "basis", "refused_under"),
                    "score": Text(("partial", "refused", "silent")),
                }
            )
        ),
    }


def _request_facts(language: Language) -> Record:
    """What `followup.request_facts` hands over."""
    names = ("title", "on", "sent", "channel", "arrived")
    said = texts("label", "tracking", *(f"{name}_{language}" for name in names))
    return Record({**said, "count": NUMBER})


def _identity(language: Language) -> dict[str, Shape]:
    """What `identity.values` hands over."""
    return {
        **_parties(),
        **texts("label", *(f"{name}_{language}" for name in ("asked", "by", "on"))),
        "first": _request_facts(language),
        **dict.fromkeys(("form", "asks_copies", "acceptance"), FLAG),
        **dict.fromkeys((f"clues_{language}", "proofs"), Many(TEXT)),
        "items": Many(Record({"number": NUMBER, **texts("text", "basis")})),
    }


def _withdrawal(language: Language) -> dict[str, Shape]:
    """What `withdrawal.values` hands over."""
    scan = {**texts(f"time_{language}", "place"), **dict.fromkeys(("about", "agreed"), FLAG)}
    return {
        **_parties(),
        **texts("label", f"by_{language}", f"on_{language}"),
        "first": _request_facts(language),
        **dict.fromkeys(("requested", "held", "acceptance"), FLAG),
        "scans": Many(Record(scan)),
        f"clues_{language}": Many(TEXT),
        "items": Many(Record({"number": NUMBER, **texts("text", "basis")})),
    }


def _preserve(language: Language) -> dict[str, Shape]:
    """What `preserve.values` hands over."""
    scan = {
        "number": NUMBER,
        **texts("place", f"window_{language}", f"until_{language}"),
        **dict.fromkeys(("refused", "camera", "passed"), FLAG),
    }
    return {
        **_parties(),
        **texts("label", f"by_{language}", f"on_{language}"),
        "first": _earlier(language),
        "scans": Many(Record(scan)),
        **dict.fromkeys(
            ("any_until", "any_open", "outside", "present", "court", "holds_deletion"), FLAG
        ),
        f"clues_{language}": Many(TEXT),
        "questions": Many(Record({"number": NUMBER, **texts(f"text_{language}")})),
    }


def _breach(language: Language) -> dict[str, Shape]:
    """What `breach.values` hands over."""
    scan = {**texts(f"time_{language}", "place"), **dict.fromkeys(("about", "refused"), FLAG)}
    item = Record({"number": NUMBER, **texts(f"text_{language}", "basis")})
    return {
        **_parties(),
        **texts("label", f"by_{language}", f"on_{language}"),
        "first": _earlier(language),
        "scans": Many(Record(scan)),
        **dict.fromkeys(("signs", f"clues_{language}"), Many(TEXT)),
        **dict.fromkeys(("items", "questions"), Many(item)),
        "incidents": FLAG,
    }


def _earlier(language: Language) -> Record:
    """What `preserve.earlier` hands over."""
    return Record(texts("label", f"title_{language}", f"sent_{language}"), may_miss=True)


_KINDS: Final[Mapping[str, Callable[[Language], dict[str, Shape]]]] = {
    "request": _request,
    **dict.fromkeys((FollowUp.REMINDER, FollowUp.INCOMPLETE, FollowUp.REASONS), _followup),
    FollowUp.IDENTITY: _identity,
    FollowUp.WITHDRAWAL: _withdrawal,
    FollowUp.PRESERVE: _preserve,
    FollowUp.BREACH: _breach,
    **declared_papers.KINDS,
    **declared_authorities.KINDS,
    **declared_court.KINDS,
}
