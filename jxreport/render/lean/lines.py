"""Broken lines: the same text in the same style and width breaks into the same lines, and is broken once.

A form is laid out twice, a row that no longer fits again on the next page, and the words of a form (单位, 万元,
the levels of indicators, sentences of the outline) return in every report. Lines are kept from report to report as
numbers, without the boxes of the report they came from.

They are broken in a block that begins at (0, 0). WeasyPrint's own sums depend on where the block lies, so that in
rare layouts (columns, grids) a place differs by a millionth of a pixel from its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jxreport.render.lean.boxes import BORDERS, LENGTHS
from jxreport.render.lean.signatures import signature
from jxreport.render.listening import listening

# some 10 MB
MOST_LINES = 6_000
# longer texts do not return
LONGEST = 400

_ALL = (*LENGTHS, *BORDERS, "position_x", "position_y", "baseline")
# what laying out sets on a line and on its text; any other change and the lines are not kept
_LINE = frozenset((*_ALL, "text_indent", "remove_decoration_sides"))
_TEXT = frozenset((*_ALL, "text", "justification_spacing", "pango_layout"))
_STAY = frozenset(("children", "element", "element_tag", "style"))

# names, and their values in the same order
Values = tuple[tuple[str, ...], tuple[Any, ...]]
_NOTHING: Values = (), ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it lies in a block whose content begins at (0, 0); `text` has no names where the line is empty."""

    box: Values
    text: Values
    rest: Any  # where the next line begins, as WeasyPrint says it


class Kept:
    """The lines of the texts laid out last, by what they depend on."""

    def __init__(self, most: int = MOST_LINES) -> None:
        self._most, self._count = most, 0
        self._lines: dict[Any, tuple[Line, ...]] = {}

    def get(self, key: Any) -> tuple[Line, ...] | None:
        return self._lines.get(key)

    def put(self, key: Any, lines: tuple[Line, ...]) -> None:
        if self._count >= self._most:
            self.clear()
        self._lines[key] = lines
        self._count += 1 + len(lines)

    def clear(self) -> None:
        self._lines.clear()
        self._count = 0


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
            key = _key(context, box, containing_block)
        lines = kept.get(key) if key is not None else None
        if key is not None and lines is None:
            lines = _lines(plain, context, box, containing_block)
            if lines is not None:
                kept.put(key, lines)
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


def _key(context: Any, box: Any, block: Any) -> Any:
    """What the lines depend on; None where that is more than a text, a style, a width and the size of the first
    page (vw, vh)."""
    from weasyprint.formatting_structure.boxes import TextBox

    if len(box.children) != 1:
        return None
    text = box.children[0]
    if type(text) is not TextBox or len(text.text) > LONGEST or block.style["direction"] != "ltr":
        return None
    if not text.is_in_normal_flow():
        return None
    page = tuple(context.style_for.initial_page_sizes.values())
    return text.text, signature(box.style), signature(text.style), block.width, page, box.style.font_config


def _lines(plain: Any, context: Any, box: Any, block: Any) -> tuple[Line, ...] | None:
    """The lines of a text in a block that begins at (0, 0); None where they carry more than is kept, a warning
    for instance."""
    frame = block.copy()
    frame.position_x = frame.margin_left = frame.padding_left = frame.border_left_width = 0
    own = box.copy_with_children(box.children)
    found = []
    with listening() as heard:
        for line, rest in plain(context, own, 0, 0, None, frame, [], [], None, None):
            (text,) = line.children or (None,)
            here = _values(line, box, _LINE)
            words = _NOTHING if text is None else _values(text, box.children[0], _TEXT)
            if here is None or words is None:
                return None
            found.append(Line(here, words, rest))
    return None if heard else tuple(found)  # what was heard must be heard of every report


def _values(laid: Any, template: Any, names: frozenset[str]) -> Values | None:
    """What laying out set on the box, without what belongs to its report."""
    before, after = template.__dict__, laid.__dict__
    if any(
        before.get(name, laid) is not value
        for name, value in after.items()
        if name not in names and name not in _STAY
    ):
        return None
    there = tuple(name for name in after if name in names)
    return _names.setdefault(there, there), tuple(map(after.__getitem__, there))


# every line of a kind has the same names
_names: dict[tuple[str, ...], tuple[str, ...]] = {}


def _placed(line: Line, box: Any, x: float, y: float) -> Any:
    """The line as a box of this page."""
    placed = box.copy_with_children([])
    placed.__dict__.update(zip(*line.box, strict=True))
    placed.remove_decoration_sides = set(placed.remove_decoration_sides)
    shift = y - placed.position_y
    placed.position_x += x
    placed.position_y = y
    if line.text != _NOTHING:
        text = box.children[0].copy()
        text.__dict__.update(zip(*line.text, strict=True))
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
