"""What templates may name is what the composing functions really hand over."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pirights import law_data
from pirights.domain.dispatch import Channel, Dispatch, Letter
from pirights.domain.document import Language, Letters
from pirights.domain.encounter import Answer
from pirights.domain.escalation import FollowUp
from pirights.domain.handler import Handler, Period
from pirights.domain.period import Force
from pirights.domain.person import Person
from pirights.domain.request import Right, Score
from pirights.letters import compose, followup, shapes, template, vocabulary
from pirights.letters.compose import Brief
from pirights.letters.followup import FollowUpBrief
from pirights.letters.shapes import Citation, Flag, Many, Number, Record, Shape, Text
from tests.letters.briefs import HANDLER, PERSON, SEVEN, brief, scan, written
from tests.letters.test_followup import CLASSIC

LANGUAGES = list(Language)


def misfits(shape: Shape, value: Any, path: str = "") -> list[str]:  # noqa: ANN401, C901 (any value, one branch a shape)
    """Where a value is not of its declared shape."""
    match shape:
        case Text(words=words):
            fits = (isinstance(value, str) and value in (words or {value})) or (
                bool(words) and value is None
            )
        case Flag():
            fits = isinstance(value, bool)
        case Number():
            fits = type(value) is int
        case Citation():
            fits = callable(value)
        case Many(of=each):
            if not isinstance(value, list | tuple):
                return [path]
            return [one for item in value for one in misfits(each, item, f"{path}[]")]
        case Record(fields=fields, may_miss=may_miss):
            if value is None:
                return [] if may_miss else [path]
            if isinstance(value, Person | Handler):
                value = {name: getattr(value, name) for name in fields}
            if not isinstance(value, Mapping) or set(value) != set(fields):
                return [f"{path}: {set(value) ^ set(fields)}"]
            return [
                one
                for name, part in fields.items()
                for one in misfits(part, value[name], f"{path}.{name}")
            ]
    return [] if fits else [path]


def told(*days: date, promised: bool) -> Brief:
    return replace(
        brief(*days, letters=Letters.BOTH, rights=(*SEVEN, Right.CORRECT)),
        handler=replace(HANDLER, policy_days=Period(amount=15) if promised else None),
        encounters=tuple(
            replace(scan(day, number), refused=number == 2, consent=Answer.UNKNOWN)
            for number, day in enumerate(days, start=1)
        ),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("promised", [True, False])
def test_a_request_gets_what_is_declared_and_nothing_else(
    language: Language, promised: bool
) -> None:
    days = (date(2019, 10, 17), date(2024, 5, 1), date(2026, 11, 20))
    one = told(*days, promised=promised)
    source = template.load("request", language)
    asked, _ = written(one)
    values = compose._values(one, source, asked, law_data.laws())
    declared = vocabulary.of("request", language)
    assert declared is not None
    assert values["earlier"]
    assert values["later"]
    assert misfits(declared, values) == []


def followed(kind: FollowUp, *, full: bool) -> FollowUpBrief:
    asked, document = written(brief(letters=Letters.BOTH))
    items = tuple(
        replace(item, score=score)
        for item, score in zip(asked, (Score.PARTIAL, Score.REFUSED, Score.SILENT), strict=False)
    )
    first = Letter(
        id=1,
        ref="PR-2026-7K3M9QX-C",
        number=1,
        kind="request",
        on=date(2026, 11, 23),
        letters=Letters.BOTH,
        handler_name=HANDLER.name,
        items=asked,
        document=document,
        dispatch=Dispatch(channel=Channel.EMS, on=date(2026, 11, 23)) if full else None,
    )
    return FollowUpBrief(
        kind=kind,
        label="PR-2026-7K3M9QX-C/2",
        person=PERSON,
        handler=HANDLER,
        first=first,
        letters=Letters.BOTH,
        on=date(2026, 12, 30),
        by=date(2027, 1, 10),
        zone="Asia/Shanghai",
        acknowledged_on=date(2026, 11, 25) if full else None,
        due_on=date(2026, 12, 24) if full else None,
        due_force=Force.PROMISE if full else None,
        replied_on=date(2026, 12, 1) if full else None,
        items=items,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CLASSIC)
@pytest.mark.parametrize("full", [True, False])
def test_a_follow_up_gets_what_is_declared_and_nothing_else(
    kind: FollowUp, language: Language, full: bool
) -> None:
    one = followed(kind, full=full)
    source = template.load(kind.value, language)
    declared = vocabulary.of(kind.value, language)
    assert declared is not None
    assert misfits(declared, followup.values(one, source, law_data.laws())) == []


@pytest.mark.parametrize("kind", template.kinds())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_that_is_shipped_is_declared_and_its_samples_are_of_that_shape(
    kind: str, language: Language
) -> None:
    declared = vocabulary.of(kind, language)
    assert declared is not None
    for full in (True, False):
        assert misfits(declared, shapes.sample(declared, full=full)) == []


def test_the_number_of_the_identity_card_is_declared_for_no_letter() -> None:
    for kind in template.kinds():
        for language in LANGUAGES:
            declared = vocabulary.of(kind, language)
            assert declared is not None
            person = declared.fields["person"]
            assert isinstance(person, Record)
            assert "id_number" not in person.fields
