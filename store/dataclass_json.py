"""Domain dataclasses to JSON and back, without loss: what was saved equals what is read.

A field that is missing in old JSON takes its default; a field that no longer exists is left out.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, time
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
Decoder = Callable[[Any], Any]


def to_json(value: Any) -> Any:
    """Return `value` in JSON types: dataclasses by field name, sets sorted, instants as ISO text in UTC."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): to_json(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(to_json(part) for part in value)
    if isinstance(value, (tuple, list)):
        return [to_json(part) for part in value]
    return _scalar_to_json(value)


def _scalar_to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, time):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def from_json(kind: type[Value], value: Any) -> Value:
    """Return the `kind` that `to_json` wrote as `value`."""
    return cast(Value, _decoder(cast(Any, kind))(value))


def all_from_json(kind: type[Value], values: list[Any]) -> tuple[Value, ...]:
    """Return the list of `kind` that `to_json` wrote."""
    return tuple(from_json(kind, value) for value in values)


@cache
def _decoder(kind: Any) -> Decoder:
    if get_origin(kind) is not None:
        return _collection_decoder(get_origin(kind), get_args(kind))
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    if kind in (datetime, time):
        return cast(Decoder, kind.fromisoformat)
    if issubclass(kind, Enum) or kind is float:
        return cast(Decoder, kind)
    return lambda value: value


def _collection_decoder(origin: Any, kinds: tuple[Any, ...]) -> Decoder:
    if NoneType in kinds:
        return _optional(_decoder(kinds[0]))
    if origin is dict:
        key, part = _decoder(kinds[0]), _decoder(kinds[1])
        return lambda value: {key(name): part(inner) for name, inner in value.items()}
    item = _decoder(kinds[0])
    return lambda value: origin(item(part) for part in value)


def _optional(decode: Decoder) -> Decoder:
    return lambda value: None if value is None else decode(value)


def _dataclass_decoder(kind: Any) -> Decoder:
    decoders = {name: _decoder(hint) for name, hint in get_type_hints(kind).items()}
    return lambda value: kind(**{name: decode(value[name]) for name, decode in decoders.items() if name in value})
