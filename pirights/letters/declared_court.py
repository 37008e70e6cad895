"""What the template of the civil complaint may name; read with `vocabulary`."""

from collections.abc import Callable, Mapping
from typing import Final

from pirights.domain.document import Language
from pirights.domain.escalation import FollowUp
from pirights.letters.court_claims import KINDS as CLAIMS
from pirights.letters.court_grounds import GROUNDS
from pirights.letters.declared_parties import parties
from pirights.letters.shapes import FLAG, NUMBER, TEXT, Many, Record, Shape, Text, texts

_PARTY: Final = texts("name", "address", "phone", "email")


def _court(language: Language) -> dict[str, Shape]:
    """What `court.values` hands over."""
    cost = texts(f"name_{language}", "amount", f"on_{language}", "note")
    claim: dict[str, Shape] = {
        "number": NUMBER,
        "kind": Text(CLAIMS),
        f"parts_{language}": Many(TEXT),
        "costs": Many(Record(cost)),
        **texts(f"text_{language}", "amount", "after", "basis", "proof", "asked"),
    }
    names = ("title", "on", "sent", "channel", "arrived")
    mailed: dict[str, Shape] = {
        "count": NUMBER,
        **texts("label", "tracking", "proof", *(f"{name}_{language}" for name in names)),
    }
    answer: dict[str, Shape] = {
        "score": Text(("partial", "refused")),
        **texts("numbers", "refused_under"),
    }
    ground: dict[str, Shape] = {
        "id": Text(GROUNDS),
        "least": FLAG,
        **texts(f"numbers_{language}", "law"),
    }
    exhibit: dict[str, Shape] = {"number": NUMBER, **texts("group", "title", "source", "pages")}
    return {
        **parties(),
        **texts("label", f"by_{language}", f"on_{language}", "office", "particulars"),
        **texts("legal_representative", "deceased", "kinship", "interest", f"whose_{language}"),
        **texts("given", "silent", "unanswered"),
        "plaintiff": Record(_PARTY),
        "representative": Record({"role": Text(("guardian", "agent")), **_PARTY}, may_miss=True),
        **dict.fromkeys(("first_in_line", "requested", "answered", "contract_loss"), FLAG),
        "claims": Many(Record(claim)),
        **dict.fromkeys(("scans", "came"), Many(Record(texts(f"text_{language}", "proof")))),
        "mailed": Many(Record(mailed)),
        "answers": Many(Record(answer)),
        "earlier": Many(Record({**texts("numbers", "law"), "stored": FLAG})),
        "later": Many(Record(texts("numbers", "laws"))),
        "grounds": Many(Record(ground)),
        "liability": Record(texts("burden", "fault", "relative", "relative_request", "refused")),
        "exhibits": Many(Record(exhibit)),
        "exhibit_count": NUMBER,
    }


KINDS: Final[Mapping[str, Callable[[Language], dict[str, Shape]]]] = {FollowUp.COURT: _court}
"""What the complaint is declared by."""
