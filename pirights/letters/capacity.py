"""Who asks, in whose right, and how to reach them: what every letter says of its own side."""

import re
from collections.abc import Mapping
from typing import Final

from pirights import rule_data
from pirights.domain.capacity import CapacityRule, rule_id
from pirights.domain.citation import cite_all
from pirights.domain.document import Language
from pirights.domain.encounter import Circumstance, Encounter
from pirights.domain.law import Laws
from pirights.domain.person import PARENTS, Capacity, Kinship, Person
from pirights.domain.words import Words

GAP: Final = re.compile(r"\{([a-z]+)\}")
"""A gap in a text of ours."""

WHOSE: Final = ("mine", "me")
"""The gaps that every item may have."""

_NOTHING: Final[Mapping[str, str]] = {}


def rule_of(person: Person) -> CapacityRule:
    """The words of the capacity in which letters for a person are written."""
    return rule_data.capacities()[rule_id(person)]


def own_side(
    person: Person, actor: Person | None, laws: Laws, language: Language
) -> dict[str, object]:
    """What a template may name of its own side.

    Args:
        person: The one whose information it is.
        actor: Who acts for that one; None where the person acts alone.
        laws: The law data.
        language: That of the template.

    Returns:
        `requester`: who asks, with the lines, the sentence and the enclosures that another
        capacity needs; `contact`: where the reply goes; `mine` and `me`: how the letter speaks of
        the one whose information it is.
    """
    rule = rule_of(person)
    other = actor or person
    asks = other if person.capacity is Capacity.RELATIVE else person
    named = person if person.capacity is Capacity.RELATIVE else other
    gaps = {"name": called(named, language), **_kinship(person.kinship, language)}
    label = rule.label.in_(language) if rule.label else ""
    line = rule.line and {"label": label, "text": filled(rule.line, gaps, language)}
    signing = {"label": label, "text": called(named, language)}
    return {
        "requester": {
            "capacity": person.capacity.value,
            "name": called(asks, language),
            "lines": [line] if line else [],
            "signing": [signing] if line and asks is person else [],
            "standing": _standing(rule, person, gaps, laws, language),
            "enclosures": [one.in_(language) for one in rule.enclosures],
        },
        "contact": {
            field: getattr(reached(person, actor), field) for field in ("phone", "email", "address")
        },
        "mine": rule.mine.in_(language),
        "me": rule.me.in_(language),
    }


def reached(person: Person, actor: Person | None) -> Person:
    """Say to whom answers go: one of the two with all their particulars, never of both a part.

    It is the one who acts, unless an answer could be sent to the person alone; nobody writes to
    the deceased.
    """
    if actor is None or person.capacity is Capacity.RELATIVE:
        return actor or person
    return max((actor, person), key=lambda one: (bool(one.email or one.address), bool(one.phone)))


def or_guardian(person: Person, encounter: Encounter) -> bool:
    """Say whether the consent that a scan lacked could have been the guardian's as well.

    It could for whoever has one, unless the log says that the guardian did consent.
    """
    return (
        person.capacity is Capacity.GUARDIAN
        and Circumstance.GUARDIAN_CONSENT not in encounter.circumstances
    )


def called(person: Person, language: Language) -> str:
    """A person's name in a language; the one they have where the other is missing."""
    return person.name if language is Language.ZH else person.name_en or person.name


def speaking_of(
    text: str, person: Person, language: Language, gaps: Mapping[str, str] = _NOTHING
) -> str:
    """Put into an item how the letter speaks of the one whose information it is.

    The gaps are `{mine}` and `{me}`, and those of `gaps`; anything else in braces stays as it is.
    """
    rule = rule_of(person)
    whose = {name: getattr(rule, name).in_(language) for name in WHOSE}
    return filled(Words.same(text), {**gaps, **whose}, language)


def filled(words: Words, gaps: Mapping[str, str], language: Language) -> str:
    """Fill the gaps of a text; what is filled in is never searched for gaps."""
    return GAP.sub(lambda gap: gaps.get(gap[1], gap[0]), words.in_(language))


def _standing(
    rule: CapacityRule, person: Person, gaps: Mapping[str, str], laws: Laws, language: Language
) -> str:
    if rule.standing is None:
        return ""
    keys = rule.basis
    if rule.parents and person.kinship in PARENTS:
        places = list(laws.provisions)
        keys = tuple(sorted(keys + rule.parents, key=places.index))  # of one law, in its order
    said = filled(rule.standing, {**gaps, "law": cite_all(laws, keys, language)}, language)
    if rule.interest is None or not person.interest:
        return said
    interest = person.interest.rstrip("。.")  # the sentence has its own end
    return said + filled(rule.interest, {"interest": interest}, language)


def _kinship(kinship: Kinship | None, language: Language) -> dict[str, str]:
    if kinship is None:
        return {"kinship": "", "kin": ""}
    word = KINSHIP[kinship].in_(language)
    if language is Language.ZH:
        return {"kinship": f"（{word}）", "kin": f"，{word}"}
    return {"kinship": f" ({word})", "kin": f", {word}"}


KINSHIP: Final[Mapping[Kinship, Words]] = {
    Kinship.FATHER: Words(zh="父亲", en="father"),
    Kinship.MOTHER: Words(zh="母亲", en="mother"),
    Kinship.SPOUSE: Words(zh="配偶", en="spouse"),
    Kinship.SON: Words(zh="儿子", en="son"),
    Kinship.DAUGHTER: Words(zh="女儿", en="daughter"),
    Kinship.BROTHER: Words(zh="兄弟", en="brother"),
    Kinship.SISTER: Words(zh="姐妹", en="sister"),
    Kinship.GRANDFATHER: Words(zh="祖父", en="paternal grandfather"),
    Kinship.GRANDMOTHER: Words(zh="祖母", en="paternal grandmother"),
    Kinship.MATERNAL_GRANDFATHER: Words(zh="外祖父", en="maternal grandfather"),
    Kinship.MATERNAL_GRANDMOTHER: Words(zh="外祖母", en="maternal grandmother"),
    Kinship.GRANDCHILD: Words(zh="孙子女", en="grandchild"),
    Kinship.MATERNAL_GRANDCHILD: Words(zh="外孙子女", en="grandchild"),
}
