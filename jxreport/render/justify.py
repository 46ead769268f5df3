"""Flush right edges for Chinese text: the rest of a line is spread over the gaps between its characters.

WeasyPrint justifies by widening spaces, and a Chinese line has none, so its right edge is ragged by up
to one character. This replaces one function of its layout. It is done only for the release it was
written for; any other release keeps WeasyPrint's own behaviour.
"""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import Any

from jxreport.render.text import ZERO_WIDTH_SPACE

TESTED = "70."
# numbers and Latin words keep their own spacing
_SPREAD = re.compile("[^!-~]+")
# a line that would need more than this share of its size per gap is left as it is
LIMIT_EM = 0.5


@cache
def install() -> bool:
    """Teach WeasyPrint to justify Han text; False where this release is not known to fit."""
    import weasyprint
    from weasyprint.layout import inline

    plain = getattr(inline, "justify_line", None)
    if not weasyprint.__version__.startswith(TESTED) or plain is None:
        return False
    if list(inspect.signature(plain).parameters) != ["context", "line", "extra_width"]:
        return False
    layout_class = _spread_layout()

    def justify_line(context: Any, line: Any, extra_width: float) -> None:
        box = _only_text(line)
        gaps = _gaps(box.text) if box is not None else 0
        if box is None or gaps < 1 or not _is_han(box.text):
            plain(context, line, extra_width)
            return
        spacing = extra_width / gaps
        if not 0 < spacing <= LIMIT_EM * box.style["font_size"]:
            return
        layout = layout_class(box.style, spacing)
        layout.set_text(box.text)
        layout.deactivate()
        box.width += extra_width
        line.width += extra_width
        box.pango_layout = layout

    inline.justify_line = justify_line
    return True


def _spread_layout() -> Any:
    from weasyprint.text.ffi import TO_UNITS, ffi, pango
    from weasyprint.text.line_break import Layout

    class SpreadLayout(Layout):  # type: ignore[misc]
        """A line whose characters stand `spread` apart when it is drawn."""

        def __init__(self, style: Any, spread: float) -> None:
            super().__init__(style)
            self.spread = spread

        def set_text(self, text: str, justify: bool = False) -> None:
            super().set_text(text)
            if not justify:
                return
            attributes = pango.pango_layout_get_attributes(self.layout)
            if attributes == ffi.NULL:
                attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            for run in _SPREAD.finditer(text):
                attribute = pango.pango_attr_letter_spacing_new(int(self.spread * TO_UNITS))
                attribute.start_index = len(text[: run.start()].encode())
                attribute.end_index = len(text[: run.end()].encode())
                pango.pango_attr_list_change(attributes, attribute)
            pango.pango_layout_set_attributes(self.layout, attributes)

    return SpreadLayout


def _gaps(text: str) -> float:
    """How many times the spread goes into a line: once for each character that is spread, half of it on
    either side; nothing outside the line's edges."""
    line = text.rstrip(ZERO_WIDTH_SPACE)
    runs = list(_SPREAD.finditer(line))
    edges = sum(1 for run in runs for edge in (run.start() == 0, run.end() == len(line)) if edge)
    return sum(len(run.group()) for run in runs) - edges / 2


def _only_text(line: Any) -> Any:
    """The one text box of a line, or None where a line holds more than plain text."""
    from weasyprint.formatting_structure import boxes

    children = [child for child in line.children if child.is_in_normal_flow()]
    only = children[0] if len(children) == 1 else None
    return only if isinstance(only, boxes.TextBox) else None


def _is_han(text: str) -> bool:
    """At least a quarter of characters that take a full square: numbers among Chinese words count in."""
    return sum(1 for char in text if char >= "\u2e80") * 4 >= len(text)
