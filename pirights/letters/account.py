"""What happened, told to a third party: each scan, and the steps of the case in order of time."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from pirights.domain.dispatch import Letter
from pirights.domain.document import Language
from pirights.domain.encounter import Answer, Encounter, ScanMode
from pirights.domain.escalation import TO_AUTHORITY
from pirights.domain.period import Force
from pirights.domain.person import Person
from pirights.domain.reply import NO_ANSWER, Reply
from pirights.domain.words import Words
from pirights.letters import account_words as said
from pirights.letters import template, wording
from pirights.letters.capacity import filled, or_guardian, rule_of
from pirights.letters.followup import CHANNELS

Say = Callable[[Words], str]
"""Puts a sentence into the language of the paper, its gaps filled."""


def sayer(person: Person, called: Words, language: Language, **gaps: str) -> Say:
    """Make what fills `{they}` with how the handler is called, and `{me}` and `{mine}`."""
    rule = rule_of(person)
    known = {
        "they": called.in_(language),
        "me": rule.me.in_(language),
        "mine": rule.mine.in_(language),
        "guardians": f"{rule.mine.en} guardian's",
        "whose": rule.mine.in_(language)[:1].upper() + rule.mine.in_(language)[1:],
        **gaps,
    }
    return lambda words: filled(words, known, language)


def scan(
    encounter: Encounter, person: Person, called: Words, language: Language, **own: str
) -> str:
    """Tell one scan: only what the log holds; `own` names the person in another way."""
    say = sayer(
        person,
        called,
        language,
        time=wording.moment(encounter, language),
        place=encounter.place,
        purpose=encounter.purpose,
        exemption=encounter.exemption,
        **own,
    )
    gap = "" if language is Language.ZH else " "
    return gap.join(say(words) for words in _told(encounter, or_guardian(person, encounter)))


def _told(one: Encounter, either: bool) -> Iterator[Words]:
    yield said.WHERE[one.about]
    refused_to = said.TO_ENROL if one.mode is ScanMode.ENROLMENT else said.TO_SCAN
    yield refused_to if one.refused else said.DONE[one.mode]
    if one.notice is not Answer.UNKNOWN:
        yield said.NOTICE[one.notice]
    if one.purpose:
        yield said.PURPOSE
    if not one.refused and one.consent is Answer.NO:
        yield said.NO_CONSENT_OF_EITHER if either else said.NO_CONSENT
    elif not one.refused and one.separate_consent is Answer.NO:
        yield said.NO_SEPARATE_OF_EITHER if either else said.NO_SEPARATE
    if one.exemption:
        yield said.EXEMPTION
    yield from _on_the_spot(one)


def _on_the_spot(one: Encounter) -> Iterator[Words]:
    if one.alternative is not Answer.UNKNOWN:
        yield said.ALTERNATIVE[one.alternative]
    if one.refused:
        yield said.TURNED_AWAY
    if one.minor:
        yield said.MINOR
    for circumstance in one.circumstances:
        if circumstance in said.CIRCUMSTANCES:
            yield said.CIRCUMSTANCES[circumstance]


def steps(  # noqa: PLR0913 (what a case's course consists of)
    letters: Sequence[Letter],
    replies: Sequence[Reply],
    person: Person,
    called: Words,
    language: Language,
    *,
    proved: Collection[str] = (),
) -> list[str]:
    """Tell the letters that left, their arrival, and what came back, in order of time.

    Args:
        letters: Of the case; one that was not sent is left out.
        replies: Of the case.
        person: The one whose information it is.
        called: How the paper calls the handler.
        language: That of the paper.
        proved: Labels of the letters whose arrival a kept file proves.
    """
    found: list[tuple[date, int, str]] = []
    for one in letters:
        if one.dispatch is None:
            continue
        told = Words.same(one.handler_name) if one.kind in TO_AUTHORITY else called
        say = sayer(
            person,
            told,
            language,
            day=wording.day(one.dispatch.on, language),
            title=template.load(one.kind, language).title,
            label=one.label,
            channel=CHANNELS[one.dispatch.channel].in_(language),
            tracking=one.dispatch.tracking,
            count=str(len(one.items)),
        )
        sentence = said.SENT_TRACKED if one.dispatch.tracking else said.SENT
        text = say(sentence) + (say(said.ITEMS) if one.items else say(said.STOP))
        found.append((one.dispatch.on, one.number, text))
        if one.arrived_on is not None:
            say = sayer(
                person,
                told,
                language,
                day=wording.day(one.arrived_on, language),
                label=one.label,
            )
            arrived = said.ARRIVED_PROVED if one.label in proved else said.ARRIVED
            found.append((one.arrived_on, one.number, say(arrived)))
    found += [(one.on, one.number, came(one, person, called, language)) for one in replies]
    return [text for _, _, text in sorted(found, key=lambda step: step[:2])]


def came(reply: Reply, person: Person, called: Words, language: Language) -> str:
    """Tell what came in, and what it seems to say; of an authority's answer, only that it came."""
    theirs = Words.same(reply.answerer) if reply.answers else called
    label = f"{reply.ref}/{reply.answers}"
    say = sayer(person, theirs, language, day=wording.day(reply.on, language), label=label)
    if reply.answers and reply.kind not in NO_ANSWER:
        return say(said.AUTHORITY_CAME)
    return say(said.CAME) + say(said.REPLIES[reply.kind])


def silence(  # noqa: PLR0913 (what a silence is told by)
    person: Person,
    called: Words,
    language: Language,
    *,
    on: date,
    due_on: date | None,
    force: Force | None,
) -> str:
    """Tell that no answer has come; and which day for it has passed, on whose word."""
    say = sayer(
        person,
        called,
        language,
        day=wording.day(on, language),
        due=wording.day(due_on, language) if due_on else "",
    )
    return say(said.SILENCE) + (say(said.PASSED[force]) if due_on and force else "")
