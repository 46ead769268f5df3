"""指标值 in one column for each county or unit: one target where all say the same, else a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jxreport.finding import Finding, warning
from jxreport.model.submission import Indicator
from jxreport.model.values import Op, Target
from jxreport.read.layouts import fold
from jxreport.read.row import Row


def _cells(row: Row) -> list[tuple[str, str, int]]:
    """(heading, text, column) of the filled cells."""
    columns = row.header.all("area")
    found = [(column.heading.strip(), row.in_column(column)[0].shown, column.left) for column in columns]
    return [cell for cell in found if cell[1]] if len(columns) > 1 else []


def shared_column(row: Row) -> int | None:
    """The column to read where all counties have the same target; None where they differ or there are none."""
    cells = _cells(row)
    return cells[0][2] if cells and len({fold(text) for _, text, _ in cells}) == 1 else None


def with_areas(indicator: Indicator, row: Row) -> Indicator:
    """Targets that differ stand in the text together; which one holds for this form only the unit knows."""
    cells = _cells(row)
    if not cells or shared_column(row) is not None:
        return indicator
    text = "；".join(f"{heading}：{shown}" for heading, shown, _ in cells)
    place = row.grid.source(row.number, cells[0][2])
    return replace(indicator, target=Target(text=text, op=Op.QUALITATIVE, words=text, source=place))


def tell_areas(rows: Sequence[Row], indicators: Sequence[Indicator], findings: list[Finding]) -> None:
    """One finding for the table: whose targets stand in it."""
    open_rows = [(row, ind) for row, ind in zip(rows, indicators, strict=True) if _cells(row) and shared_column(row) is None]
    if open_rows:
        row, first = open_rows[0]
        columns = "、".join(column.heading.strip() for column in row.header.all("area"))
        findings.append(warning("JX248", first.target.source, waiting=True, columns=columns, count=len(open_rows)))
