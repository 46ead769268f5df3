"""Page breaks of printed forms: never inside a row, and no merged cell torn by a break.

A cell that spans rows across a break becomes one cell per page with its text repeated, as a clerk would
rule the form by hand. Breaks are set from the known row heights, so every program breaks alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jxreport.render.xlsx.plan import Box

# printable height of A4 between our margins, by landscape, less 2 %
PAGE_POINTS = {False: 705.0, True: 468.0}


def find_breaks(
    heights: Sequence[float], page: float, title: float, head: range, together: Iterable[tuple[int, int]]
) -> tuple[int, ...]:
    """Rows before which a page begins.

    `heights` are those of the rows below the titles; `title` is what stands above them on the first page.
    `head` are the rows repeated on the pages after the one they stand on. `together` are ranges (first,
    last) that one page should hold.
    """
    joined = {row for first, last in together for row in range(first + 1, last + 1)}
    repeated = sum(heights[row] for row in head)
    breaks: list[int] = []
    start, used = 0, title
    for row, height in enumerate(heights):
        if used + height > page and row > start:
            start = _last_seam(joined, start, row)
            breaks.append(start)
            used = sum(heights[start:row]) + (repeated if start > head.start else 0)
        used += height
    return tuple(breaks)


def _last_seam(joined: set[int], start: int, row: int) -> int:
    """The last row at or before `row` where the page may end; `row` itself where there is none."""
    for at in range(row, start, -1):
        if at not in joined:
            return at
    return row


def cut_boxes(
    boxes: Iterable[Box], breaks: Sequence[int], may_be_cut: Callable[[Box], bool]
) -> tuple[Box, ...]:
    """Labels that span a break become one cell per page, each with the whole text."""
    cut: list[Box] = []
    for box in boxes:
        if not may_be_cut(box):
            cut.append(box)
            continue
        seams = [box.row, *(row for row in breaks if box.row < row <= box.last_row), box.last_row + 1]
        cut += [
            replace(box, row=first, last_row=next_first - 1)
            for first, next_first in pairwise(seams)
        ]
    return tuple(cut)
