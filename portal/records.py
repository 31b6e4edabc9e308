"""Records as JSON and back, for the store, for taking an import back and for a journal.

Fields that hold their default are left out, so that a record stays readable and a new field with a default
needs no migration. Geometries are WKB in hex; days and times are ISO 8601.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import shapely

import portal.model.schedule as schedule_module
from portal.model import (
    account,
    batch,
    district,
    gazetteer,
    goal,
    group,
    indicator,
    kind,
    listing,
    membership,
    message,
    municipality,
    need,
    outreach,
    people_point,
    place,
    position,
    post,
    report_note,
    shelter,
    snapshot,
    source,
    standard,
    survey,
    usage,
)

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
MODULES = (
    schedule_module,
    account,
    batch,
    district,
    gazetteer,
    goal,
    group,
    indicator,
    kind,
    listing,
    membership,
    message,
    municipality,
    need,
    outreach,
    people_point,
    place,
    position,
    post,
    report_note,
    shelter,
    snapshot,
    source,
    standard,
    survey,
    usage,
)


def to_text(record: object) -> str:
    """The record as one line of JSON, the same text for the same record."""
    return json.dumps(to_data(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(wanted: type[T], text: str) -> T:
    """The record of type ``wanted`` that :func:`to_text` wrote."""
    return from_data(wanted, json.loads(text))


def digest(text: str) -> str:
    """A short name for a record's text (BLAKE2b, 16 bytes in hex)."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def to_data(value: Any) -> Any:  # noqa: ANN401  # JSON is any of six types
    """``value`` as dicts, lists, texts, numbers, booleans and None."""
    if value is None or (isinstance(value, (str, int, float, bool)) and not isinstance(value, Enum)):
        return value
    encode = _ENCODERS.get(type(value)) or _encoder(type(value))
    return encode(value)


def from_data(wanted: type[T], data: Any) -> T:  # noqa: ANN401  # JSON is any of six types
    """The value of type ``wanted`` that :func:`to_data` made."""
    return cast("T", _decoder(cast("Any", wanted))(data))


def read_field(wanted: type, name: str, text: str) -> Any:  # noqa: ANN401  # a field's own type
    """The value of one field of a record type from text: as it stands for text and choices, else JSON.

    Raises ValueError, TypeError or KeyError for text that is no value of the field.
    """
    hint = _hints(wanted)[name]
    if isinstance(hint, type) and issubclass(hint, str):
        return hint(text)
    return from_data(hint, json.loads(text))


def _encoder(kind_of: type) -> Callable[[Any], Any]:
    """How values of one class are written; remembered per class."""
    if is_dataclass(kind_of):
        encode = _record_encoder(kind_of)
    elif issubclass(kind_of, Enum):
        encode = lambda value: value.value  # noqa: E731  # one of five small writers
    elif issubclass(kind_of, (date, datetime, time)):
        encode = lambda value: value.isoformat()  # noqa: E731  # as above
    elif issubclass(kind_of, (frozenset, set)):
        encode = lambda value: sorted(to_data(item) for item in value)  # noqa: E731  # as above
    elif issubclass(kind_of, Mapping):
        encode = lambda value: {str(name): to_data(item) for name, item in value.items()}  # noqa: E731  # as above
    elif issubclass(kind_of, shapely.Geometry):
        encode = lambda value: shapely.to_wkb(value, hex=True)  # noqa: E731  # as above
    else:
        encode = lambda value: [to_data(item) for item in value]  # noqa: E731  # as above
    _ENCODERS[kind_of] = encode
    return encode


_ENCODERS: dict[type, Callable[[Any], Any]] = {}


def _record_encoder(kind_of: type) -> Callable[[Any], Any]:
    plan = [(item.name, _default(item)) for item in fields(kind_of)]

    def encode(record: object) -> dict[str, Any]:
        data = {}
        for name, default in plan:
            value = getattr(record, name)
            if value is not default and (default is MISSING or value != default):
                data[name] = to_data(value)
        return data

    return encode


def _default(item: Any) -> Any:  # noqa: ANN401  # a dataclass field's default is of any type
    return item.default_factory() if item.default_factory is not MISSING else item.default


@cache
def _hints(kind_of: type) -> dict[str, Any]:
    """Types of a record's fields; the modules import each other's names for type checking only."""
    names = {name: value for module in MODULES for name, value in vars(module).items() if isinstance(value, type)}
    names |= {
        "date": date,
        "datetime": datetime,
        "time": time,
        "Mapping": Mapping,
        "Polygon": shapely.Polygon,
        "MultiPolygon": shapely.MultiPolygon,
    }
    return typing.get_type_hints(kind_of, localns=names)


@cache
def _decoder(wanted: Any) -> Callable[[Any], Any]:  # noqa: ANN401, PLR0911  # a type form; one return a form
    """How data is read as ``wanted``, a class or a type form such as ``tuple[X, ...] | None``."""
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        inner = next(argument for argument in arguments if argument is not types.NoneType)
        read = _decoder(inner)
        return lambda data: None if data is None else read(data)
    if origin in (tuple, frozenset, list):
        if origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis):  # noqa: PLR2004  # tuple[X, ...]
            readers = [_decoder(argument) for argument in arguments]
            return lambda data: tuple(read(item) for read, item in zip(readers, data, strict=True))
        read_item = _decoder(arguments[0])
        return lambda data: origin(read_item(item) for item in data)
    if origin is not None and issubclass(origin, Mapping):
        read_value = _decoder(arguments[1])
        return lambda data: {name: read_value(item) for name, item in data.items()}
    if is_dataclass(wanted):
        return _record_decoder(cast("type", wanted))
    if issubclass(wanted, shapely.Geometry):
        return shapely.from_wkb
    if issubclass(wanted, (datetime, date, time)):
        return cast("Callable[[Any], Any]", wanted.fromisoformat)
    if wanted is float:
        return _number
    return cast("Callable[[Any], Any]", wanted)


def _number(data: Any) -> float:  # noqa: ANN401  # JSON is any of six types
    """A number as it was written: ``1`` stays ``1``, so that a record that is read has the text that is kept."""
    return data if isinstance(data, (int, float)) and not isinstance(data, bool) else float(data)


def _record_decoder(kind_of: type) -> Callable[[Any], Any]:
    readers = {name: _decoder(hint) for name, hint in _hints(kind_of).items()}
    return lambda data: kind_of(**{name: readers[name](item) for name, item in data.items()})
