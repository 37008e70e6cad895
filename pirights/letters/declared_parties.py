"""What every template may name: the parties, the paper's own side, and the law."""

from pirights.domain.person import Capacity
from pirights.letters import grammar
from pirights.letters.shapes import FLAG, TEXT, Citation, Many, Record, Shape, texts, words


def parties() -> dict[str, Shape]:
    """What `assembly.parties` hands over, but for the day."""
    return {
        "handler": Record(texts(*sorted(grammar.HANDLER))),
        "person": Record(texts(*sorted(grammar.PERSON))),
        "cite": Citation(),
        "both": FLAG,
        **texts("title", "addressee"),
        **_own_side(),
    }


def _own_side() -> dict[str, Shape]:
    """What `capacity.own_side` hands over."""
    lines = Many(Record(texts("label", "text")))
    return {
        "requester": Record(
            {
                "capacity": words(Capacity),
                **texts("name", "standing"),
                **dict.fromkeys(("lines", "signing"), lines),
                "enclosures": Many(TEXT),
            }
        ),
        "contact": Record(texts("phone", "email", "address")),
        **texts("mine", "me"),
    }
