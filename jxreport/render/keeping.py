"""Which rows of a table stay on one page, from how high they will be.

A rule of the kind “keep with the next” must never ask for more than a page can give: the layout would then
leave a title alone or drop the repeated head. So rows are kept together only while they are low, and a row
higher than a third of a page may be broken. Heights are estimates in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from jxreport.model.document import Cell, Role, Row, Table
from jxreport.render.splitting import columns

# a table whose rows are together no higher than this is not broken: about three lines of the text
SHORT = 90.0
# the first two rows of a table, its last two, and the rows of a group are kept together up to these heights
FIRST, LAST, GROUP = 60.0, 110.0, 120.0
# a higher row may be broken by the page's end
TALL = 160.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Type of a table: full-width characters across it, line height and padding of a cell in points."""

    across: int
    line: float
    padding: float


_LIST, _WIDE_LIST = Grid(41, 14.5, 6.0), Grid(66, 13.0, 6.0)
_FORM, _WIDE_FORM = Grid(48, 12.5, 5.0), Grid(70, 12.5, 5.0)


def grid(table: Table) -> Grid:
    """As the styles in `templates/report/css/table.css` set it."""
    if table.form:
        return _WIDE_FORM if table.landscape else _FORM
    return _WIDE_LIST if table.landscape else _LIST


def room(table: Table, cell: Cell, column: int) -> int:
    """Full-width characters in a line of `cell`, which starts in `column`."""
    share = float(sum(table.widths[column : column + cell.colspan])) / 100
    return max(int(share * grid(table).across - 0.6), 1)


def lines(cell: Cell, across: int) -> int:
    """Text lines of a cell with `across` characters a line, roughly."""
    return sum(1 + max(len(line) - 1, 0) // across for line in cell.text.split("\n"))


def heights(table: Table, rows: Sequence[Row]) -> list[float]:
    """The height of each row: its highest cell, merged ones left out."""
    style = grid(table)
    found = []
    for row, places in zip(rows, columns(rows), strict=True):
        own = [lines(c, room(table, c, x)) for c, x in zip(row.cells, places, strict=True) if c.rowspan == 1]
        found.append(max(own, default=1) * style.line + style.padding)
    return found


def is_short(table: Table) -> bool:
    """Whether the whole table is low enough to stay on one page."""
    return sum(heights(table, table.body)) <= SHORT


def kept(table: Table, rows: Sequence[Row]) -> list[bool]:
    """For each row, whether the next one stays on its page."""
    high = heights(table, rows)
    found = [False] * len(rows)
    if len(rows) > 1:
        found[0] = high[0] + high[1] <= FIRST
        found[-2] = found[-2] or table.form or high[-2] + high[-1] <= LAST
    for group, numbers in groupby(range(len(rows)), key=lambda number: rows[number].group):
        run = list(numbers)
        whole = bool(group) and sum(high[number] for number in run) <= GROUP
        for number in run[:-1]:
            found[number] = found[number] or whole
    for number, row in enumerate(rows[:-1]):
        found[number] = found[number] or _is_band(row)
    return [keep and high[number] <= TALL for number, keep in enumerate(found)]


def headed(table: Table, rows: Sequence[Row]) -> list[bool]:
    """The same for the rows above or below the grid: a heading stays with what it heads."""
    high = heights(table, rows)
    last = len(rows) - 1
    return [
        number < last and high[number] <= TALL and any(cell.role is Role.HEAD for cell in row.cells)
        for number, row in enumerate(rows)
    ]


def _is_band(row: Row) -> bool:
    """A row across the table that names the rows below it."""
    return len(row.cells) == 1
