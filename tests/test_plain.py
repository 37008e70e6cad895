import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pirights import canonical_json, plain
from pirights.domain.attachment import Attachment
from pirights.domain.case import Case, CaseNote
from pirights.domain.dispatch import Letter
from pirights.domain.document import Document, Language, Letters, Table, Title
from pirights.domain.encounter import Encounter
from pirights.domain.handler import Handler, Venue
from pirights.domain.person import Person
from pirights.domain.reply import Reply

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_MOMENT = st.datetimes(
    min_value=datetime(1, 1, 3),  # noqa: DTZ001 (given its zone below)
    max_value=datetime(9999, 12, 29),  # noqa: DTZ001
    timezones=st.integers(-23 * 60, 23 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)
st.register_type_strategy(str, _TEXT)
st.register_type_strategy(datetime, _MOMENT)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))

RECORDS: list[type] = [
    Person, Handler, Encounter, Case, Letter, Reply, CaseNote, Attachment, Document,
]  # fmt: skip


@pytest.mark.parametrize("cls", RECORDS)
@given(data=st.data())
def test_every_record_comes_back_as_it_was(cls: type, data: st.DataObject) -> None:
    value: Any = data.draw(st.from_type(cls))
    written = canonical_json.canonical(plain.to_plain(value))
    again: Any = plain.from_plain(cls, canonical_json.parse(written))
    assert again == value
    assert canonical_json.canonical(plain.to_plain(again)) == written


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    number: int
    colour: Colour = Colour.RED
    at: datetime | None = None
    on: date | None = None
    share: float = 0.0
    sides: tuple[int, ...] = ()
    pair: tuple[str, int] | None = None
    counts: dict[str, int] | None = None
    flag: bool = False


def test_the_plain_form_is_what_json_can_hold() -> None:
    thing = Thing(
        number=1,
        at=datetime(2026, 11, 20, 18, 5, tzinfo=timezone(timedelta(hours=8))),
        on=date(2026, 11, 20),
        share=1,
        sides=(1, 2),
        pair=("a", 2),
        counts={"b": 1},
    )
    assert canonical_json.canonical(plain.to_plain(thing)) == (
        b'{"at":"2026-11-20T10:05:00Z","colour":"red","counts":{"b":1},"flag":false,'
        b'"number":1,"on":"2026-11-20","pair":["a",2],"share":1.0,"sides":[1,2]}'
    )


def test_one_of_several_dataclasses_says_which_it_is() -> None:
    document = Document(
        title="t",
        letters=Letters.ZH,
        reference="",
        on=date(2026, 1, 1),
        blocks=(
            Title(text="请求书", language=Language.ZH),
            Table(head=("a",), rows=(("b",),), language=Language.EN),
        ),
    )
    blocks = plain.to_plain(document)["blocks"]
    assert [block["block"] for block in blocks] == ["Title", "Table"]
    assert plain.from_plain(Document, plain.to_plain(document)) == document


def test_a_missing_field_takes_its_default() -> None:
    assert plain.from_plain(Thing, {"number": 3}) == Thing(number=3)
    handler = plain.from_plain(Handler, {"id": 1, "name": "n", "venue": "gym"})
    assert handler.venue is Venue.GYM


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"number": "1"},
        {"number": True},
        {"number": 1.0},
        {"number": None},
        {"number": 1, "more": 1},
        {"number": 1, "colour": "blue"},
        {"number": 1, "colour": ["red"]},
        {"number": 1, "colour": {}},
        {"number": 1, "at": "2026-11-20T10:05:00"},
        {"number": 1, "at": 5},
        {"number": 1, "at": "soon"},
        {"number": 1, "on": "2026-02-30"},
        {"number": 1, "on": 20260230},
        {"number": 1, "share": "1"},
        {"number": 1, "share": True},
        {"number": 1, "sides": {"0": 1}},
        {"number": 1, "sides": "12"},
        {"number": 1, "sides": [1, "2"]},
        {"number": 1, "pair": ["a"]},
        {"number": 1, "pair": ["a", 1, 2]},
        {"number": 1, "counts": {"a": "b"}},
        {"number": 1, "counts": [1]},
        {"number": 1, "flag": 0},
        [],
        "number",
        None,
    ],
)
def test_anything_else_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        plain.from_plain(Thing, data)


@pytest.mark.parametrize("block", [{}, {"block": "Thing"}, {"block": 1}, {"block": ["Title"]}, 7])
def test_a_block_of_an_unknown_class_is_refused(block: object) -> None:
    data = {"title": "", "letters": "zh", "reference": "", "on": "2026-01-01", "blocks": [block]}
    with pytest.raises(ValueError, match=r"."):
        plain.from_plain(Document, data)


@pytest.mark.parametrize(
    "text", ["", "{", '{"a":1,"a":2}', "NaN", "[Infinity]", "[" * 100_000, b"\xff\xfe", "1 2"]
)
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_json.parse(text)


def test_the_canonical_form_has_sorted_keys_and_utf8_and_no_spaces() -> None:
    assert canonical_json.canonical({"b": [1, 2], "a": "脸"}) == '{"a":"脸","b":[1,2]}'.encode()


@pytest.mark.parametrize("value", [math.nan, math.inf, "\ud800"])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_json.canonical(value)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        plain.moment(datetime(2026, 1, 1))  # noqa: DTZ001 (that is the point)


def test_a_moment_beyond_the_calendar_is_refused() -> None:
    edge = datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5)))
    with pytest.raises(ValueError, match="9999"):
        plain.moment(edge)


def test_a_moment_keeps_its_fraction_of_a_second() -> None:
    assert plain.moment(datetime(2026, 1, 1, 0, 0, 0, 5, UTC)) == "2026-01-01T00:00:00.000005Z"


def test_a_type_without_a_plain_form_is_a_programming_error() -> None:
    with pytest.raises(TypeError):
        plain.to_plain({1, 2})
    with pytest.raises(TypeError):
        plain.from_plain(bytes, "x")
