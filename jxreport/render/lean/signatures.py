"""Styles that are equal, told by a number: in a report, and from one report to the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from itertools import count
from typing import Any

_MOST_STYLES, _MOST_VALUES = 4_000, 20_000
_signatures: dict[Any, int] = {}
_numbers = count(1)
# id of a value → the value, which keeps the id from being given again, and a number for all its equals
_values_seen: dict[int, tuple[Any, int]] = {}
_value_numbers: dict[Any, int] = {}


def signature(style: Any) -> int:
    """A number for everything the values of a style follow from: what its element was given, and its parent's
    number. Styles of the same number are equal, in this report and the next."""
    found = style.__dict__.get("signature")
    if found is None:
        parent = signature(style.parent_style) if style.parent_style is not None else 0
        content = frozenset(_given(style, style.__dict__.get("cascaded", {})))
        key = (type(style).__name__, parent, content)
        if len(_signatures) > _MOST_STYLES:
            _signatures.clear()
            _values_seen.clear()
            _value_numbers.clear()
        found = _signatures.get(key)
        if found is None:
            found = _signatures[key] = next(_numbers)
        style.signature = found
    return int(found)


def copied(plain: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`copy` of a style: WeasyPrint changes the copy, so that it is like no other."""

    def copy(style: Any) -> Any:
        made = plain(style)
        made.signature = next(_numbers)
        return made

    return copy


def _given(style: Any, cascaded: Any) -> Iterator[tuple[str, int, Any]]:
    from weasyprint.css.tokens import Pending

    for name, (value, weight) in cascaded.items():
        # what comes from an attribute of the element is known by its value, what comes from the style of its
        # parents, which is in their numbers, by the rule
        is_own = isinstance(value, Pending) and _has_attr(value.tokens)
        yield name, _number(style[name] if is_own else value), _order(weight)


def _has_attr(tokens: Any) -> bool:
    return any(
        getattr(token, "lower_name", "") == "attr" or _has_attr(getattr(token, "arguments", None) or ())
        for token in tokens
    )


def _order(weight: Any) -> Any:
    """The weight of a declaration: precedence, layer, specificity (page rules have a list for it)."""
    precedence, layer, specificity = weight
    return weight if isinstance(specificity, tuple) else (precedence, layer, tuple(specificity))


def _number(value: Any) -> int:
    """The same for equal values."""
    seen = _values_seen.get(id(value))
    if seen is None:
        comparable = _comparable(value)
        number = _value_numbers.get(comparable)
        if number is None:
            number = _value_numbers[comparable] = next(_numbers)
        if len(_values_seen) > _MOST_VALUES:
            _values_seen.clear()
        seen = _values_seen[id(value)] = value, number
    return seen[1]


def _comparable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(map(_comparable, value))
    if isinstance(value, set):
        return frozenset(map(_comparable, value))
    # a custom property is the tokens it was written with
    if hasattr(value, "serialize"):
        return value.serialize()
    # what cannot be compared is like nothing else
    return value if isinstance(value, Hashable) else object()
