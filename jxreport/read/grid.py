"""The plain Grid: what a sheet shows, free of any library type.

Rows and columns count from 1, as in Excel. A merged area has its content in its first cell (the
anchor); the other cells of the area are covered.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.finding import Source

CellValue = Decimal | str | bool | datetime.date | datetime.time | None
Area = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: `value` as stored (numbers at fifteen digits), `text` as the user sees it.

    `percent`: the number format shows the value times 100. `error` holds an Excel error word;
    `pending` marks a formula that has no stored result, `computed` one whose result is ours. `due` is what
    a formula should give where the stored result is another number (a file changed without recalculation).
    `scale` is what the number format divides by: 1200000 shown as 120.0 (万元).
    """

    value: CellValue = None
    text: str = ""
    percent: bool = False
    formula: bool = False
    pending: bool = False
    computed: bool = False
    error: str = ""
    due: str = ""
    scale: Decimal = Decimal(1)

    @property
    def number(self) -> Decimal | None:
        """The stored number as the format means it: in percent units, or divided for 万元."""
        if not isinstance(self.value, Decimal):
            return None
        if self.percent:
            return self.value * 100
        return self.value if self.scale == 1 else self.value / self.scale

    @property
    def shown(self) -> str:
        return self.text.strip()


EMPTY = GridCell()


def letters(column: int) -> str:
    """Column letters: 1 → A, 27 → AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """The cell address of a row and column, both from 1: (3, 2) is B3."""
    return f"{letters(column)}{row}"


@dataclass(slots=True)
class Grid:
    """A sheet. `hidden` is the sheet's own state; hidden rows and columns are listed apart."""

    file: str
    sheet: str
    cells: dict[tuple[int, int], GridCell]
    merges: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    rows: int = 0
    columns: int = 0
    _area_of: dict[tuple[int, int], Area] = field(default_factory=dict, repr=False)
    _filled: dict[int, list[int]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for row, column in sorted(self.cells):
            if self.cells[row, column].shown or self.cells[row, column].pending:
                self._filled.setdefault(row, []).append(column)
                self.rows = max(self.rows, row)
                self.columns = max(self.columns, column)
        for area in self.merges:
            self._cover(area)

    def _cover(self, area: Area) -> None:
        top, left, bottom, right = area
        for row in range(top, min(bottom, self.rows) + 1):
            for column in range(left, min(right, self.columns) + 1):
                self._area_of[row, column] = area

    def cell(self, row: int, column: int) -> GridCell:
        """The cell itself; a covered cell of a merge is empty."""
        return self.cells.get((row, column), EMPTY)

    def area(self, row: int, column: int) -> Area:
        """The merged area the cell lies in, or the cell alone."""
        return self._area_of.get((row, column), (row, column, row, column))

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The address whose content is seen at this place."""
        top, left, _, _ = self.area(row, column)
        return top, left

    def seen(self, row: int, column: int) -> GridCell:
        """The content seen at this place, merges resolved."""
        return self.cell(*self.anchor(row, column))

    def text(self, row: int, column: int) -> str:
        return self.cell(row, column).shown

    def filled(self, row: int) -> list[int]:
        """Columns of the row that hold content, in order."""
        return self._filled.get(row, [])

    def is_blank(self, row: int) -> bool:
        return not self._filled.get(row)

    def first_in(self, row: int, left: int, right: int) -> int | None:
        """First column from `left` to `right` with content in this row."""
        return next((column for column in self.filled(row) if left <= column <= right), None)

    def all_filled(self) -> Iterator[tuple[int, int, GridCell]]:
        for row in sorted(self._filled):
            for column in self._filled[row]:
                yield row, column, self.cells[row, column]

    def source(self, row: int, column: int) -> Source:
        return Source(self.file, self.sheet, address(row, column))
