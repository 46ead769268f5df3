"""Where the cells of a table fall, how wide columns and how high rows must be.

Excel does not fit the height of merged cells, and WPS and LibreOffice fit differently, so every height
is set from an estimate that errs to the large side: a row too high by a line looks airy, a clipped
reason makes the form worthless.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jxreport.model.document import Cell, Row
from jxreport.remembered import remembered
from jxreport.render.xlsx.styles import look_of

MAX_ROW_POINTS = 400.0  # Excel refuses 409.5 and more
LINE_FACTOR = 1.45  # line height over font size: 1.3 for 宋体/仿宋, 1.45 for the substitutes of Linux
PADDING_POINTS = 6.0
PADDING_PIXELS = 8.0
INDENT_PIXELS = 10.0  # text set left or right stands one step off the rule
SAFETY = 1.05  # fonts differ a little between the three programs

NARROWEST = 36
DIGIT_EMS = 0.64

PAGE_PIXELS = {False: 660, True: 1000}  # printable width of A4 with 15 mm margins at 96 dpi, by landscape


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its place in the grid of its table (0-based) and its clipped spans."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int


def place(rows: Sequence[Row], columns: int) -> tuple[Placed, ...]:
    """Place cells as HTML does: each takes the next free position of its row; spans are clipped to the grid.

    Positions that no cell covers are filled with empty cells, so that every position has its border.
    """
    taken: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    for index, row in enumerate(rows):
        cells = iter(row.cells)
        for column in range(columns):
            if (index, column) in taken:
                continue
            cell = next(cells, None) or Cell()
            width = _free_width(taken, index, column, min(cell.colspan, columns - column))
            height = min(cell.rowspan, len(rows) - index)
            placed.append(Placed(cell, index, column, height, width))
            taken.update((index + r, column + c) for r in range(height) for c in range(width))
    return tuple(placed)


def _free_width(taken: set[tuple[int, int]], row: int, column: int, wanted: int) -> int:
    width = 1
    while width < wanted and (row, column + width) not in taken:
        width += 1
    return width


def column_pixels(
    widths: Sequence[Decimal], landscape: bool, least: Sequence[int] | None = None
) -> tuple[int, ...]:
    """Pixel widths that together fill the printable width of the page.

    A column gets at least what `least` says; the others give way in proportion to their shares.
    """
    page = PAGE_PIXELS[landscape]
    floor = [max(NARROWEST, wanted) for wanted in least or [0] * len(widths)]
    fixed: dict[int, int] = {}
    while True:
        rest = [index for index in range(len(widths)) if index not in fixed]
        whole = sum((widths[index] for index in rest), Decimal(0)) or Decimal(1)
        room = max(page - sum(fixed.values()), 0)
        pixels = {index: int(room * widths[index] / whole) for index in rest}
        short = [index for index in rest if pixels[index] < floor[index]]
        if not short:
            return tuple(fixed.get(index, pixels.get(index, 0)) for index in range(len(widths)))
        fixed |= {index: floor[index] for index in short}


def number_pixels(placed: Sequence[Placed], columns: int, size: float) -> list[int]:
    """What the numbers of each column need: a number does not wrap, it would show as ###."""
    least = [0] * columns
    for item in placed:
        if item.columns == 1 and item.cell.value is not None:
            need = len(item.cell.text) * DIGIT_EMS * size * 96 / 72 + PADDING_PIXELS
            least[item.column] = max(least[item.column], math.ceil(need))
    return least


def text_height(text: str, pixels: float, size: float) -> float:
    """Height in points that `text` needs when wrapped in a cell `pixels` wide, set in `size` points."""
    line = max(pixels - PADDING_PIXELS, size)
    ems = line / (size * 96 / 72) / SAFETY
    lines = sum(_wrapped_lines(part, ems) for part in text.split("\n"))
    return lines * size * LINE_FACTOR + PADDING_POINTS


@remembered(longest=100, most=4096)
def _wrapped_lines(text: str, ems: float) -> int:
    """Lines of one paragraph in a line `ems` wide: Chinese breaks anywhere, Latin words and numbers do not."""
    lines, used = 1, 0.0
    for word in _words(text):
        width = sum(char_width(char) for char in word)
        if used + width > ems and used > 0:
            lines, used = lines + 1, 0.0
        if width > ems:
            extra = math.ceil(width / ems) - 1
            lines, used = lines + extra, width - extra * ems
        else:
            used += width
    return lines


def _words(text: str) -> list[str]:
    """Unbreakable runs: single wide characters (with a closing mark that may not start a line), Latin words."""
    words: list[str] = []
    for char in text:
        glued = bool(words) and (
            char in "，。、；：？！）》】”’％%,.;:)" or (_latin(char) and _latin(words[-1][-1]))
        )
        if glued:
            words[-1] += char
        else:
            words.append(char)
    return words


def _latin(char: str) -> bool:
    return char.isascii() and not char.isspace()


def char_width(char: str) -> float:
    """Advance in ems: 1 for wide and ambiguous characters (“ and — are full width in Chinese fonts)."""
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return 0.0 if unicodedata.combining(char) else 0.6


def row_heights(
    placed: Sequence[Placed], rows: int, pixels: Sequence[int], size: float, minimum: float
) -> tuple[float, ...]:
    """Heights in points of `rows` grid rows so that no placed cell is clipped.

    `size` is the font size in points. What a cell spanning rows still lacks is shared among its rows.
    """
    heights = [minimum] * rows
    for item in sorted(placed, key=lambda one: one.rows):
        indent = 0.0 if look_of(item.cell, size).align == "center" else INDENT_PIXELS
        width = sum(pixels[item.column : item.column + item.columns]) - indent
        need = text_height(item.cell.text, width, size)
        span = range(item.row, item.row + item.rows)
        lack = need - sum(heights[row] for row in span)
        if lack > 0:
            for row in span:
                heights[row] += lack / item.rows
    return tuple(math.ceil(height) for height in heights)


def split_rows(heights: Sequence[float]) -> tuple[int, ...]:
    """How many sheet rows each grid row takes: more than one where it is higher than Excel allows."""
    return tuple(max(1, math.ceil(height / MAX_ROW_POINTS)) for height in heights)
