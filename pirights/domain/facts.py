"""The facts of a scan as words that rules are matched against: each known, or `unknown`.

What the person wrote down comes first; what a kind of place usually is, and what the words of a
purpose tell, fills in where nothing was said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pirights.domain.basis import STATE_ORGANS
from pirights.domain.encounter import Answer, Circumstance, Encounter
from pirights.domain.handler import Venue

YES: Final = "yes"
NO: Final = "no"
UNKNOWN: Final = "unknown"
PERHAPS: Final = "perhaps"
"""Not known, but words of the user's raise the question."""


Facts = dict[str, str]
"""By the name of the fact: an answer, a mode, a kind of place, a kind of purpose."""

NAMES: Final = frozenset(
    {
        *("venue", "mode", "notice", "consent", "separate_consent", "alternative", "refused"),
        *("minor", "public", "use", "exemption", "state-organ"),
        *(one.value for one in Circumstance),
    }
)
"""Every fact that a rule may name."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The words by which a purpose, a ground and a place are told; all in lower case.

    Attributes:
        uses: For each kind of use its words, the first kind that fits.
        grounds: The same for grounds on which no consent was thought to be needed.
        hints: For a circumstance, the words of place, purpose and note that raise its question.
    """

    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _starts: dict[str, list[tuple[str, str]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the words of hints by their first character, so that a text is gone over once."""
        starts: dict[str, list[tuple[str, str]]] = {}
        for name, words in self.hints.items():
            for word in words:
                starts.setdefault(word[0], []).append((word, name))
        object.__setattr__(self, "_starts", starts)

    def hinted(self, text: str) -> Iterator[str]:
        """Name the circumstances whose words stand in a text."""
        lowered = text.casefold()
        for place, character in enumerate(lowered):
            for word, name in self._starts.get(character, ()):
                if lowered.startswith(word, place):
                    yield name


def facts_of(encounter: Encounter, usual: Mapping[Venue, Answer], telling: Telling) -> Facts:
    """Say what is known of a scan.

    Args:
        encounter: As it was written down.
        usual: Whether a kind of place is usually a public one.
        telling: The words that tell purposes and grounds, and those that raise questions.
    """
    public = encounter.public_place
    if public is Answer.UNKNOWN:
        public = usual.get(encounter.venue, Answer.UNKNOWN)
    separate = encounter.separate_consent
    if encounter.consent is Answer.NO and separate is Answer.UNKNOWN:
        separate = Answer.NO  # who did not consent did not consent separately
    found: Facts = {
        "venue": encounter.venue.value,
        "mode": encounter.mode.value,
        "notice": encounter.notice.value,
        "consent": encounter.consent.value,
        "separate_consent": separate.value,
        "alternative": encounter.alternative.value,
        "refused": YES if encounter.refused else NO,
        "minor": YES if encounter.minor else NO,
        "public": public.value,
        "use": _told(encounter.purpose, telling.uses, silence=UNKNOWN, other=PERHAPS),
        "exemption": _told(encounter.exemption, telling.grounds, silence="none", other="other"),
        "state-organ": YES if encounter.venue in STATE_ORGANS else NO,
    }
    for circumstance in encounter.circumstances:
        found[circumstance.value] = YES
    for circumstance in encounter.ruled_out:
        found[circumstance.value] = NO
    if Circumstance.GROUND_ENDED in encounter.circumstances and not encounter.exemption:
        found["exemption"] = "other"  # a ground was named that is not written down
    if Circumstance.OTHER_USE in encounter.circumstances:
        found["use"] = "beyond"
    elif Circumstance.OTHER_USE in encounter.ruled_out:
        found["use"] = "security"
    for name in telling.hinted(f"{encounter.place}\n{encounter.purpose}\n{encounter.note}"):
        found.setdefault(name, PERHAPS)
    return found


def _told(text: str, kinds: Mapping[str, tuple[str, ...]], *, silence: str, other: str) -> str:
    if not text:
        return silence
    lowered = text.casefold()
    for kind, words in kinds.items():
        if any(word in lowered for word in words):
            return kind
    return other
