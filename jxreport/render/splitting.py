"""Merged cells at page breaks: no cell spans a break, every page shows the label of what it continues.

A form's level cells are merged down. Where a page ends inside such a cell, the cell is cut into two:
the part on the next page repeats the text with （续）. Works on :class:`Table` rows, knows no page size.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from jxreport.model.document import Cell, Row

CONTINUED = "（续）"
# the same, set one character a line
CONTINUED_DOWN = "︵续︶"


def crossing(rows: Sequence[Row], breaks: Collection[int]) -> bool:
    """Does any merged cell of `rows` span one of `breaks` (indices of rows that start a page)?"""
    return any(
        start < place < start + cell.rowspan
        for start, row in enumerate(rows)
        for cell in row.cells
        if cell.rowspan > 1
        for place in breaks
    )


def split_rows(rows: Sequence[Row], breaks: Collection[int], narrow: Collection[int] = ()) -> tuple[Row, ...]:
    """Cut every merged cell at `breaks`; the continuing part takes its own column in the row there.

    In the columns `narrow` a label runs downwards, and so does the mark.

    A cell that starts in the first column stays first: cells are put back in the order of their columns.
    """
    placed: list[list[tuple[int, Cell]]] = [[] for _ in rows]
    for start, places in enumerate(columns(rows)):
        for column, cell in zip(places, rows[start].cells, strict=True):
            mark = CONTINUED_DOWN if column in narrow else CONTINUED
            for at, part in _parts(start, cell, breaks, mark):
                placed[at].append((column, part))
    return tuple(
        replace(row, cells=tuple(cell for _, cell in sorted(found, key=lambda pair: pair[0])))
        for row, found in zip(rows, placed, strict=True)
    )


def _parts(start: int, cell: Cell, breaks: Collection[int], mark: str) -> list[tuple[int, Cell]]:
    """The pieces of one cell with the row each starts in."""
    end = start + cell.rowspan
    cuts = [start, *sorted(b for b in breaks if start < b < end), end]
    pieces = []
    for number, (top, bottom) in enumerate(pairwise(cuts)):
        text = f"{cell.text}{mark}" if number and cell.text else cell.text
        pieces.append((top, replace(cell, rowspan=bottom - top, text=text)))
    return pieces


def columns(rows: Sequence[Row]) -> list[list[int]]:
    """The first grid column of each cell of each row, as HTML lays out spans."""
    covered: dict[int, int] = {}  # column → rows still covered by a cell from above
    result = []
    for row in rows:
        places, column = [], 0
        fresh: dict[int, int] = {}
        for cell in row.cells:
            while covered.get(column, 0) > 0:
                column += 1
            places.append(column)
            for offset in range(cell.colspan):
                fresh[column + offset] = cell.rowspan
            column += cell.colspan
        covered = {c: n - 1 for c, n in {**covered, **fresh}.items() if n > 1}
        result.append(places)
    return result
