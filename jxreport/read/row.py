"""One row under a header: its cells by role."""

from __future__ import annotations

from dataclasses import dataclass

from jxreport.finding import Source
from jxreport.model.values import Sourced
from jxreport.read.grid import EMPTY, Grid, GridCell
from jxreport.read.header import Column, Header
from jxreport.read.layouts import fold

_DITTO = frozenset({"同上", "〃", "″", "同前", "同上行", "同上一行"})


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a row by role. A heading may span several columns: the first filled cell counts."""

    grid: Grid
    header: Header
    number: int

    def place(self, role: str) -> tuple[int, int] | None:
        """Address of the cell of this role; merged-down content belongs to its first row only."""
        column = self.header.column(role)
        return None if column is None else self._in(column)

    def _in(self, column: Column) -> tuple[int, int]:
        found = self.grid.first_in(self.number, column.left, column.right)
        return (self.number, found or column.left)

    def cell(self, role: str) -> GridCell:
        place = self.place(role)
        return self.grid.cell(*place) if place else EMPTY

    def whole(self, role: str) -> GridCell:
        """Everything under a heading that spans several columns, in one text: ≥ | 95 | %."""
        column = self.header.column(role)
        cell = self.cell(role)
        if column is None or column.left == column.right:
            return cell
        texts = [self.grid.text(self.number, c) for c in self.grid.filled(self.number) if column.left <= c <= column.right]
        return cell if len(texts) < 2 else GridCell(value="".join(texts), text="".join(texts))

    def seen(self, role: str) -> GridCell:
        """The content seen at this place, a merge from above or from the left included."""
        column = self.header.column(role)
        if column is None:
            return EMPTY
        own = self.cell(role)
        return own if own.shown or own.pending else self.grid.seen(self.number, column.left)

    def in_column(self, column: Column) -> tuple[GridCell, Source]:
        place = self._in(column)
        return self.grid.cell(*place), self.grid.source(*place)

    def source(self, role: str) -> Source:
        """The place of the role's cell; of the merged cell that is seen there."""
        place = self.place(role)
        if place is None:
            return self.grid.source(self.number, self.header.columns[0].left)
        if not self.grid.cell(*place).shown:
            place = self.grid.anchor(*place) if self.grid.seen(*place).shown else place
        return self.grid.source(*place)

    def shown_text(self, role: str) -> Sourced[str] | None:
        """A text cell; a merge from the rows above stands for this row too, 同上 for the text above it."""
        if self.header.column(role) is None:
            return None
        for number in range(self.number, self.header.bottom, -1):
            row = Row(self.grid, self.header, number)
            shown = row.seen(role).shown
            if not shown and number != self.number:
                continue  # an empty line between 同上 and its text
            if fold(shown) not in _DITTO:
                return Sourced(value=shown, text=shown, source=row.source(role)) if shown else None
        return None

    def to_fill(self, role: str) -> Sourced[str] | None:
        """A text cell that keeps its place while it is empty; None where the table has no such column."""
        if self.header.column(role) is None:
            return None
        shown = self.cell(role).shown
        return Sourced(value=shown, text=shown, source=self.source(role))

    def text(self, role: str) -> Sourced[str] | None:
        """A text cell; None where it is empty."""
        shown = self.cell(role).shown
        return Sourced(value=shown, text=shown, source=self.source(role)) if shown else None
