"""Model values ↔ plain JSON values, without loss: what `encode` writes, `decode` gives back equal.

Both walk the type hints of the dataclasses, so that no type is named in the data and nothing in it can
choose a class or call anything. A dataclass is an object of its fields (those that hold their default are
left out), a Decimal a string, an enum its value, a tuple a list. Where a field allows both texts and
numbers (an answer), a number is ``{"decimal": "12.50"}``. Unknown keys, missing fields, wrong types and
anything beyond the limits are a :class:`CodecError` with the path of the place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = None | bool | int | str | list[Any] | dict[str, Any]

MAX_DEPTH = 40
MAX_VALUES = 1_000_000
MAX_TEXT = 200_000
MAX_ITEMS = 100_000
_LARGEST_INT = 10**9
_NUMBER = re.compile(r"-?\d{1,100}(?:\.\d{1,100})?(?:E[+-]\d{1,2})?", re.ASCII)
_DECIMAL_KEY = "decimal"


class CodecError(ValueError):
    """The data are not what the model describes. The text is Chinese and names the place."""


def encode(value: Any, kind: Any) -> Json:
    """`value`, which is of type `kind`, as a JSON value. TypeError for a type the model does not use."""
    kind, arguments = _resolved(kind)
    if kind in (Union, UnionType):
        return _encode_union(value, arguments)
    if kind is tuple:
        hints = _item_hints(arguments, len(value))
        return [encode(item, hint) for item, hint in zip(value, hints, strict=True)]
    if is_dataclass(kind):
        named = _hints(kind, arguments)
        return {
            field.name: encode(getattr(value, field.name), named[field.name])
            for field in fields(kind)
            if not _is_default(field, getattr(value, field.name))
        }
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return str(value)
    if value is None or type(value) in (bool, int, str):
        return value  # type: ignore[no-any-return]
    raise TypeError(f"{type(value).__name__} has no place in the model")


def decode(data: Any, kind: type[T]) -> T:
    """The value of type `kind` that `data` describes. Raises CodecError; never anything else."""
    return _Decoder().value(data, kind, ())  # type: ignore[no-any-return]


class _Decoder:
    """One decoding: counts values, so that a small file cannot become a large one."""

    def __init__(self) -> None:
        self._count = 0

    def value(self, data: Any, kind: Any, path: tuple[str, ...]) -> Any:
        self._count += 1
        if self._count > MAX_VALUES or len(path) > MAX_DEPTH:
            raise CodecError("数据过多或层次过深")
        kind, arguments = _resolved(kind)
        if kind in (Union, UnionType):
            return self._union(data, arguments, path)
        if kind is tuple:
            return self._tuple(data, arguments, path)
        if is_dataclass(kind):
            return self._record(data, kind, _hints(kind, arguments), path)
        return _scalar(data, kind, path)

    def _union(self, data: Any, members: tuple[Any, ...], path: tuple[str, ...]) -> Any:
        if data is None and NoneType in members:
            return None
        if _is_mixed(members) and isinstance(data, dict) and list(data) == [_DECIMAL_KEY]:
            return _scalar(data[_DECIMAL_KEY], Decimal, path)
        if bool in members and isinstance(data, bool):
            return data
        rest = [member for member in members if member not in (NoneType, bool)]
        if _is_mixed(members):
            rest.remove(Decimal)
        return self.value(data, rest[0], path)

    def _tuple(self, data: Any, arguments: tuple[Any, ...], path: tuple[str, ...]) -> tuple[Any, ...]:
        if not isinstance(data, list) or len(data) > MAX_ITEMS:
            raise _wrong(path, "列表")
        hints = _item_hints(arguments, len(data))
        if len(data) != len(hints):
            raise _wrong(path, f"{len(hints)}项的列表")
        return tuple(
            self.value(item, hint, (*path, str(place)))
            for place, (item, hint) in enumerate(zip(data, hints, strict=True))
        )

    def _record(self, data: Any, kind: Any, hints: Mapping[str, Any], path: tuple[str, ...]) -> Any:
        if not isinstance(data, dict):
            raise _wrong(path, "对象")
        if unknown := data.keys() - hints.keys():
            raise CodecError(f"{_place(path)}有不认识的项“{_short(min(unknown))}”")
        found = {name: self.value(item, hints[name], (*path, name)) for name, item in data.items()}
        for field in fields(kind):
            if field.name not in found and not _has_default(field):
                raise CodecError(f"{_place(path)}缺少“{field.name}”")
        return kind(**found)


def _scalar(data: Any, kind: Any, path: tuple[str, ...]) -> Any:
    if kind is bool and isinstance(data, bool):
        return data
    if kind is int and type(data) is int and abs(data) <= _LARGEST_INT:
        return data
    if not isinstance(data, str) or len(data) > MAX_TEXT:
        raise _wrong(path, _NAMES.get(kind, "文字"))
    if kind is str:
        return data
    if kind is Decimal:
        if not _NUMBER.fullmatch(data):
            raise _wrong(path, "数")
        return Decimal(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        for member in kind:
            if member.value == data:
                return member
    raise _wrong(path, _NAMES.get(kind, "规定的用语"))


_NAMES = {bool: "是或否", int: "整数", str: "文字", Decimal: "数"}


def _encode_union(value: Any, members: tuple[Any, ...]) -> Json:
    if value is None:
        return None
    if isinstance(value, Decimal) and _is_mixed(members):
        return {_DECIMAL_KEY: str(value)}
    if isinstance(value, bool | str):
        return encode(value, type(value))
    return encode(value, next(member for member in members if member not in (NoneType, bool, str)))


def _is_mixed(members: tuple[Any, ...]) -> bool:
    """May the value be a text as well as a number?"""
    return str in members and Decimal in members


def _resolved(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """The bare type and its arguments: ``Sourced[Decimal]`` → (Sourced, (Decimal,))."""
    origin = get_origin(kind)
    return (kind, ()) if origin is None else (origin, get_args(kind))


def _item_hints(arguments: tuple[Any, ...], length: int) -> tuple[Any, ...]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return (arguments[0],) * length
    return arguments


def _hints(kind: Any, arguments: tuple[Any, ...]) -> Mapping[str, Any]:
    return _cached_hints(kind, arguments)


@cache
def _cached_hints(kind: Any, arguments: tuple[Any, ...]) -> Mapping[str, Any]:
    """Field name → type; the type variable of a generic dataclass replaced by its argument."""
    names = dict(zip(getattr(kind, "__parameters__", ()), arguments, strict=True))
    return {name: _filled(hint, names) for name, hint in get_type_hints(kind).items()}


def _filled(hint: Any, names: Mapping[Any, Any]) -> Any:
    if hint in names:
        return names[hint]
    inner = get_args(hint)
    if not names or not any(argument in names for argument in inner):
        return hint
    return Union[tuple(names.get(argument, argument) for argument in inner)]  # noqa: UP007  (built at run time)


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _is_default(field: Field[Any], value: Any) -> bool:
    """Decimal('1') and True, or 1.0 and 1.00, are equal but not the same."""
    default = field.default
    return default is not MISSING and default == value and str(default) == str(value)


def _wrong(path: tuple[str, ...], wanted: str) -> CodecError:
    return CodecError(f"{_place(path)}应为{wanted}")


def _place(path: tuple[str, ...]) -> str:
    return f"“{'.'.join(path)}”处" if path else "最外层"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
