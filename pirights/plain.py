"""Values as plain JSON and back, by their type hints: the form in which the vault keeps records.

A dataclass becomes an object of its fields, an enum its value, a date its ISO form, an aware
moment its ISO form in UTC, an exact number its digits as text, a tuple an array. Where a hint
allows several dataclasses, the object says in `block` which one it is. Reading is strict: what is
not of the hinted type, and any field that the class does not know, is refused; a missing field
takes its default.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeVar, cast

T = TypeVar("T")

_TAG: Final = "block"
_Step = Callable[[Any], Any]


def to_plain(value: object) -> Any:  # noqa: ANN401 (any JSON value)
    """Turn a value into what JSON can hold.

    Raises:
        ValueError: A naive moment, or a number outside the range of UTC.
        TypeError: The value or one of its hints has no plain form.
    """
    return _encoder(cast("Any", type(value)))(value)


def from_plain(cls: type[T], data: object) -> T:
    """Make a value of a class from its plain form.

    Raises:
        ValueError: The data does not have that form.
    """
    return cast("T", _decoder(cast("Any", cls))(data))


def _arms(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 (a type hint)
    """The members of a union, else nothing."""
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return typing.get_args(hint)
    return ()


@cache
def _fields(cls: type) -> tuple[tuple[str, Any, bool], ...]:
    """Name, hint and whether it may be missing, of each field of a dataclass."""
    hints = typing.get_type_hints(cls)
    return tuple(
        (
            field.name,
            hints[field.name],
            field.default is not dataclasses.MISSING
            or field.default_factory is not dataclasses.MISSING,
        )
        for field in dataclasses.fields(cls)
    )


def _same(value: object) -> object:
    return value


@cache
def _encoder(hint: Any) -> _Step:  # noqa: ANN401, C901 (one branch a kind of hint)
    if hint in {str, int, bool, types.NoneType}:
        return _same
    if hint is float:
        return float
    if _arms(hint):
        return _union_encoder(_arms(hint))
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return _tuple_encoder(inner)
    if origin in {dict, Mapping} and inner[0] is str:
        member = _encoder(inner[1])
        return lambda value: {key: member(item) for key, item in value.items()}
    if isinstance(hint, type):
        if dataclasses.is_dataclass(hint):
            return _record_encoder(hint)
        if issubclass(hint, Enum):
            return attrgetter("_value_")  # as .value, without its Python call
        if issubclass(hint, Decimal):
            return str
        if issubclass(hint, datetime):
            return moment
        if issubclass(hint, date):
            return date.isoformat
    raise TypeError(f"{hint} has no plain form")


def moment(value: datetime) -> str:
    """Write an aware moment in UTC: `2026-11-20T10:05:00Z`."""
    if value.tzinfo is None:
        raise ValueError("a moment without a zone")
    try:
        return value.astimezone(UTC).isoformat()[:-6] + "Z"
    except OverflowError as beyond:
        raise ValueError("a moment outside the years 1 to 9999") from beyond


def _tuple_encoder(inner: tuple[Any, ...]) -> _Step:
    if len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 (tuple[X, ...])
        member = _encoder(inner[0])
        if member is _same:
            return list
        return lambda value: [member(item) for item in value]
    members = [_encoder(hint) for hint in inner]
    return lambda value: [step(item) for step, item in zip(members, value, strict=True)]


def _union_encoder(arms: tuple[Any, ...]) -> _Step:
    present = [arm for arm in arms if arm is not types.NoneType]
    if len(present) == 1:
        only = _encoder(present[0])
        return lambda value: None if value is None else only(value)
    records = {arm for arm in present if dataclasses.is_dataclass(arm)}
    if len(records) != len(present):
        raise TypeError(f"{arms} has no plain form: only dataclasses may stand side by side")

    def tagged(value: Any) -> Any:  # noqa: ANN401 (any member of the union)
        if value is None:
            return None
        if type(value) not in records:
            raise TypeError(f"{type(value)} is not one of {arms}")
        return {_TAG: type(value).__name__, **_encoder(cast("Any", type(value)))(value)}

    return tagged


def _record_encoder(cls: type) -> _Step:
    encoders = {name: _encoder(hint) for name, hint, _ in _fields(cls)}
    steps = [(name, step) for name, step in encoders.items() if step is not _same]

    def encode(value: Any) -> dict[str, Any]:  # noqa: ANN401 (an instance of cls)
        found = {name: getattr(value, name) for name in encoders}
        for name, step in steps:
            found[name] = step(found[name])
        return found

    return encode


def _exactly(kind: type) -> _Step:
    def check(data: Any) -> Any:  # noqa: ANN401 (any JSON value)
        if type(data) is not kind:
            raise ValueError(f"{kind.__name__} expected")
        return data

    return check


_text, _array, _object = _exactly(str), _exactly(list), _exactly(dict)


@cache
def _decoder(hint: Any) -> _Step:  # noqa: ANN401, C901 (one branch a kind of hint)
    if hint in {str, int, bool, types.NoneType}:
        return _exactly(hint)
    if hint is float:
        return _number
    if _arms(hint):
        return _union_decoder(_arms(hint))
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return _tuple_decoder(inner)
    if origin in {dict, Mapping} and inner[0] is str:
        return _mapping_decoder(_decoder(inner[1]))
    if isinstance(hint, type):
        if dataclasses.is_dataclass(hint):
            return _record_decoder(hint)
        if issubclass(hint, Enum):
            return _enum_decoder(hint)
        if issubclass(hint, Decimal):
            return _read_exactly
        if issubclass(hint, datetime):
            return _read_moment
        if issubclass(hint, date):
            return _read_date
    raise TypeError(f"{hint} has no plain form")


def _number(data: Any) -> float:  # noqa: ANN401 (any JSON value)
    if type(data) not in {int, float}:
        raise ValueError("number expected")
    return float(data)


def _enum_decoder(kind: type[Enum]) -> _Step:
    known = {member.value: member for member in kind}

    def decode(data: Any) -> Enum:  # noqa: ANN401 (any JSON value)
        if not isinstance(data, str | int) or data not in known:
            raise ValueError(f"not a {kind.__name__}")
        return known[data]

    return decode


def _read_moment(data: Any) -> datetime:  # noqa: ANN401 (any JSON value)
    found = datetime.fromisoformat(_text(data))
    if found.tzinfo is None:
        raise ValueError("a moment without a zone")
    return found.astimezone(UTC)


def _read_exactly(data: Any) -> Decimal:  # noqa: ANN401 (any JSON value)
    try:
        found = Decimal(_text(data))
    except InvalidOperation as wrong:
        raise ValueError("not a number") from wrong
    if str(found) != data or not found.is_finite():
        raise ValueError("not a number in its one form")
    return found


def _read_date(data: Any) -> date:  # noqa: ANN401 (any JSON value)
    return date.fromisoformat(_text(data))


def _tuple_decoder(inner: tuple[Any, ...]) -> _Step:
    if len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 (tuple[X, ...])
        member = _decoder(inner[0])
        return lambda data: tuple(member(item) for item in _array(data))
    members = [_decoder(hint) for hint in inner]
    return lambda data: tuple(step(item) for step, item in zip(members, _array(data), strict=True))


def _mapping_decoder(member: _Step) -> _Step:
    def decode(data: Any) -> dict[str, Any]:  # noqa: ANN401 (any JSON value)
        return {key: member(item) for key, item in _object(data).items()}

    return decode


def _union_decoder(arms: tuple[Any, ...]) -> _Step:
    present = [arm for arm in arms if arm is not types.NoneType]
    optional = len(present) < len(arms)
    if len(present) == 1:
        decode = _decoder(present[0])
    else:
        decode = _tagged_decoder({arm.__name__: arm for arm in present})
    return lambda data: None if data is None and optional else decode(data)


def _tagged_decoder(records: Mapping[str, type]) -> _Step:
    def decode(data: Any) -> Any:  # noqa: ANN401 (any member of the union)
        rest = dict(_object(data))
        name = rest.pop(_TAG, None)
        if type(name) is not str or name not in records:
            raise ValueError(f"{_TAG} names no known class")
        return _decoder(records[name])(rest)

    return decode


def _record_decoder(cls: type) -> _Step:
    steps = {name: (_decoder(hint), may_miss) for name, hint, may_miss in _fields(cls)}

    def decode(data: Any) -> Any:  # noqa: ANN401 (an instance of cls)
        given = _object(data)
        for name in given:
            if name not in steps:
                raise ValueError(f"{cls.__name__} has no field {name!r}")
        read: dict[str, Any] = {}
        for name, (step, may_miss) in steps.items():
            if name in given:
                read[name] = step(given[name])
            elif not may_miss:
                raise ValueError(f"{cls.__name__} lacks {name!r}")
        return cls(**read)

    return decode
