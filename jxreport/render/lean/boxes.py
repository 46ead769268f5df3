"""Used values of a box, worked out once for each style and each size of what is around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_SIDES = ("top", "right", "bottom", "left")
BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"{limit}{axis}" for axis in ("width", "height") for limit in ("", "min_", "max_")),
)


def percentages(plain: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`resolve_percentages`: a table's cells share a few styles, and each asks for the same twenty lengths."""
    from weasyprint.formatting_structure.boxes import Box, PageBox

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        if isinstance(containing_block, Box):
            around = (containing_block.width, containing_block.height, False)
        else:
            around = (*containing_block, isinstance(box, PageBox))
        style, attributes = box.style, box.__dict__
        known = style.__dict__.get("used")
        if known is None:
            known = style.used = {}
        found = known.get(around)
        if found is None:
            plain(box, containing_block)
            # other box sizes depend on borders, which a collapsed table gives each cell
            if style["box_sizing"] == "content-box":
                lengths = {name: attributes[name] for name in LENGTHS}
                borders = {name: style[name] for name in BORDERS}
                known[around] = lengths, borders, style["border_collapse"] == "collapse"
            return
        lengths, borders, collapsed = found
        attributes.update(lengths)
        if not collapsed:
            attributes.update(borders)
        elif "border_top_width" not in attributes:
            for name, width in borders.items():
                attributes.setdefault(name, width)

    return resolve_percentages
