"""How much room a text needs: wrapped Chinese text does not raise its row by itself once cells are merged."""

from __future__ import annotations

import unicodedata
from math import ceil

_PIXELS_PER_UNIT = 7.0  # one unit of column width, at 96 dpi
_PIXELS_PER_POINT = 96 / 72
_LINE_PITCH = 1.42  # of the type size; covers the substitutes of 宋体 and 黑体 as well
_PADDING = 1.3  # units lost to cell padding and to punctuation that may not begin a line
MAX_HEIGHT = 409.0  # the tallest row a workbook may have, in points


def half_widths(text: str) -> int:
    """Length in half-width characters; ambiguous ones (“ ” … —) are wide in Chinese fonts."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def lines(text: str, size: float, width: float) -> int:
    """Lines that `text` takes at type size `size` in a cell `width` column units wide."""
    per_half = size * _PIXELS_PER_POINT / 2 / _PIXELS_PER_UNIT
    room = max(width - _PADDING, 1.0)
    return sum(max(1, ceil(half_widths(part) * per_half / room)) for part in text.split("\n"))


def height(text: str, size: float, width: float) -> float:
    """Height in points of a row that shows `text` whole, at most what a workbook allows."""
    return min(lines(text, size, width) * size * _LINE_PITCH + 5, MAX_HEIGHT)
