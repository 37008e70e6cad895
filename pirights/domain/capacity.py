"""In whose right a letter is written (以何种身份提出), and how it says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pirights.domain.law import Confidence
from pirights.domain.person import Capacity, Person
from pirights.domain.request import Right
from pirights.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityRule:
    """The words of one capacity; those of a guardian differ with the ward.

    Attributes:
        label: Of the line that names who acts or who has died; None where nobody else is named.
        line: That line, with the gaps `{name}` and `{kin}`, a kinship after a comma.
        standing: By what right, with the gaps `{name}`, `{law}` and `{kinship}`, one in brackets.
        interest: What is added where an interest was named, with the gap `{interest}`.
        mine: How the letter names what belongs to the one whose information it is.
        me: How it names that one.
        basis: Provisions that give the standing.
        parents: Provisions added where the father or the mother acts.
        enclosures: What proves the standing.
        rights: What can be asked in this capacity.
        without: Keys of provisions, and ids of instruments, that do not fit it.
        beside: Provisions cited with those of the rights in `beside_for`.
    """

    id: str
    label: Words | None
    line: Words | None
    standing: Words | None
    interest: Words | None
    mine: Words
    me: Words
    basis: tuple[str, ...]
    parents: tuple[str, ...]
    enclosures: tuple[Words, ...]
    rights: tuple[Right, ...]
    source: str
    checked: date
    confidence: Confidence
    without: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    beside_for: tuple[Right, ...] = ()

    def cites(self, keys: Sequence[str], right: Right | None) -> tuple[str, ...]:
        """Fit the provisions of an item that is asked of a right to this capacity."""
        kept = tuple(
            key for key in keys if not {key, key.partition(":")[0]}.intersection(self.without)
        )
        return joined(kept, self.beside if right in self.beside_for else ())


def joined(keys: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """Add provisions, each behind the last one of its instrument; one of a new one at the end."""
    found = list(dict.fromkeys(keys))
    for key in more:
        if key in found:
            continue
        law = key.partition(":")[0]
        same = [at for at, one in enumerate(found) if one.partition(":")[0] == law]
        found.insert(same[-1] + 1 if same else len(found), key)
    return tuple(found)


def rule_id(person: Person) -> str:
    """Name the rule for letters on behalf of a person."""
    if person.capacity is Capacity.GUARDIAN:
        return f"{person.capacity}-{person.ward}"
    return person.capacity.value
