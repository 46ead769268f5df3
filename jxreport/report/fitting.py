"""Column widths that follow the texts: where the long texts stand, there is the room.

Columns of numbers and labels keep their share. The rest is divided among the columns of texts so that
the rows become as low as possible: with n characters in a column of width w a row has n/w lines, and the
sum over all rows of (n/w)³, which the highest cells rule, is least for w ∝ (Σ n³)^¼.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import isqrt

from jxreport.model.document import Table
from jxreport.report import cells

# a text longer than this leaves its column anyway and must not take the room of the others
LONGEST = 400
# a cell over more columns than this is a heading or a total
MOST_SPANNED = 2
# widths are whole percents; roots are taken of integers, so that every machine finds the same
_SCALE = 10**6


def fitted(tables: Sequence[Table], floors: Mapping[int, int]) -> tuple[Table, ...]:
    """`tables` of one layout with common widths. `floors`: the least share of each column that may change."""
    if not tables:
        return ()
    shares = [int(width) for width in tables[0].widths]
    room = sum(shares[column] for column in floors) - sum(floors.values())
    wanted = _wanted([row for table in tables for row in _placed(table)], floors)
    for column, floor in floors.items():
        shares[column] = floor
    for column, extra in zip(floors, _divided(room, wanted, list(floors.values())), strict=True):
        shares[column] += extra
    widths = cells.widths(*shares)
    return tuple(replace(table, widths=widths) for table in tables)


def _placed(table: Table) -> list[dict[int, int]]:
    """Characters of each body row by column; labels merged down are short and do not count."""
    below: dict[int, int] = {}
    found = []
    for row in table.body:
        column, sizes = 0, {}
        for cell in row.cells:
            while below.get(column, 0):
                column += 1
            for offset in range(cell.colspan):
                if cell.rowspan == 1 and cell.colspan <= MOST_SPANNED:
                    sizes[column + offset] = min(len(cell.text), LONGEST) // cell.colspan
                below[column + offset] = cell.rowspan
            column += cell.colspan
        below = {place: rows - 1 for place, rows in below.items() if rows > 1}
        found.append(sizes)
    return found


def _wanted(rows: list[dict[int, int]], floors: Mapping[int, int]) -> list[int]:
    """(Σ n³)^¼ of each column, scaled."""
    return [isqrt(isqrt(sum(row.get(column, 0) ** 3 for row in rows) * _SCALE)) for column in floors]


def _divided(room: int, wanted: Sequence[int], floors: Sequence[int]) -> list[int]:
    """Whole percents of `room`, one after the other to the column that lacks most of its wanted share."""
    given = [0] * len(floors)
    for _ in range(room):
        needs = [Decimal(want) / (floor + extra) for want, floor, extra in zip(wanted, floors, given, strict=True)]
        given[needs.index(max(needs))] += 1
    return given
