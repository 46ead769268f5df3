"""Broken lines: the same text in the same style and width breaks into the same lines, and is broken once.

A form is laid out twice, a row that no longer fits again on the next page, and the words of a form (单位, 万元,
the levels of indicators, sentences of the outline) return in every report. Lines are kept from report to report as
numbers, without the boxes of the report they came from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

# characters of the texts that are kept, some 15 MB with their lines; longer texts do not return
MOST_CHARACTERS = 150_000
LONGEST = 400

_SIDES = ("top", "right", "bottom", "left")
_SPACES = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_SIZES = tuple(f"{limit}{axis}" for axis in ("width", "height") for limit in ("", "min_", "max_"))
_ALL = (*_SPACES, *_BORDERS, *_SIZES, "position_x", "position_y", "baseline")
# what laying out sets on a line and on its text; any other change and the lines are not kept
_LINE = frozenset((*_ALL, "text_indent", "remove_decoration_sides"))
_TEXT = frozenset((*_ALL, "text", "justification_spacing", "pango_layout"))
_STAY = frozenset(("children", "element", "element_tag", "style"))

Values = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it lies in a block whose content begins at (0, 0); `text` is () for an empty line."""

    box: Values
    text: Values
    rest: Any  # where the next line begins, as WeasyPrint says it


class Kept:
    """The lines of the texts laid out last, by text, style and width."""

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._most, self._characters = most, 0
        self._lines: dict[Any, tuple[Line, ...]] = {}

    def get(self, key: Any) -> tuple[Line, ...] | None:
        return self._lines.get(key)

    def put(self, key: Any, text: str, lines: tuple[Line, ...]) -> None:
        if self._characters > self._most:
            self.clear()
        self._lines[key] = lines
        self._characters += len(text)

    def clear(self) -> None:
        self._lines.clear()
        self._characters = 0


kept = Kept()


def broken(plain: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """`iter_line_boxes`: from what is kept, where a block holds one plain text."""

    def iter_line_boxes(
        context: Any,
        box: Any,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        first_letter_style: Any,
        first_line_style: Any,
    ) -> Iterator[Any]:
        key = None
        if skip_stack is first_letter_style is first_line_style is None and not context.excluded_shapes:
            key = _key(box, containing_block)
        lines = kept.get(key) if key is not None else None
        if key is not None and lines is None:
            lines = _lines(plain, context, box, containing_block)
            if lines is not None:
                kept.put(key, box.children[0].text, lines)
        if lines is None:
            yield from plain(
                context, box, position_y, bottom_space, skip_stack, containing_block,
                absolute_boxes, fixed_boxes, first_letter_style, first_line_style,
            )  # fmt: skip
            return
        x = containing_block.content_box_x()
        for line in lines:
            placed = _placed(line, box, x, position_y)
            yield placed, line.rest
            position_y = placed.position_y + placed.height

    return iter_line_boxes


def _key(box: Any, block: Any) -> Any:
    """What the lines depend on; None where that is more than a text, a style and a width."""
    from weasyprint.formatting_structure.boxes import TextBox

    if len(box.children) != 1:
        return None
    text = box.children[0]
    if type(text) is not TextBox or len(text.text) > LONGEST or block.style["direction"] != "ltr":
        return None
    if not text.is_in_normal_flow():
        return None
    return text.text, signature(box.style), signature(text.style), block.width, box.style.font_config


def _lines(plain: Any, context: Any, box: Any, block: Any) -> tuple[Line, ...] | None:
    """The lines of a text in a block that begins at (0, 0); None where they carry more than is kept."""
    frame = block.copy()
    frame.position_x = frame.margin_left = frame.padding_left = frame.border_left_width = 0
    own = box.copy_with_children(box.children)
    found = []
    for line, rest in plain(context, own, 0, 0, None, frame, [], [], None, None):
        (text,) = line.children or (None,)
        here = _values(line, box, _LINE)
        words = () if text is None else _values(text, box.children[0], _TEXT)
        if here is None or words is None:
            return None
        found.append(Line(here, words, rest))
    return tuple(found)


def _values(laid: Any, template: Any, names: frozenset[str]) -> Values | None:
    """What laying out set on the box, without what belongs to its report."""
    before = template.__dict__
    found = []
    for name, value in laid.__dict__.items():
        if name in names:
            found.append((name, value))
        elif name not in _STAY and before.get(name, laid) is not value:
            return None
    return tuple(found)


def _placed(line: Line, box: Any, x: float, y: float) -> Any:
    """The line as a box of this page."""
    placed = box.copy_with_children([])
    placed.__dict__.update(line.box)
    placed.remove_decoration_sides = set(placed.remove_decoration_sides)
    shift = y - placed.position_y
    placed.position_x += x
    placed.position_y = y
    if line.text:
        text = box.children[0].copy()
        text.__dict__.update(line.text)
        text.position_x += x
        text.position_y += shift
        text.pango_layout = _again(text.pango_layout)
        placed.children = [text]
    return placed


def _again(layout: Any) -> Any:
    """The text and width of a Pango layout that is not in use, for a box of its own."""
    kind: Any = type(layout)
    copy = kind.__new__(kind)
    copy.__dict__.update(layout.__dict__)
    return copy


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


def _given(style: Any, cascaded: Any) -> Iterator[tuple[str, int, Any]]:
    from weasyprint.css.tokens import Pending

    for name, (value, weight) in cascaded.items():
        # such a value may come from an attribute of the element
        yield name, _number(style[name] if isinstance(value, Pending) else value), _order(weight)


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
