"""资金支出计划（累计进度%）: checkpoint labels over their percentages."""

from __future__ import annotations

from jxreport.finding import Finding, error
from jxreport.model.submission import Checkpoint
from jxreport.model.values import Sourced
from jxreport.read.grid import Grid
from jxreport.read.headings import checkpoint_month
from jxreport.read.sections import Section, is_plan_row
from jxreport.read.values import read_number


def read_plan(section: Section, findings: list[Finding]) -> tuple[Checkpoint, ...]:
    """The checkpoints with the declared cumulative percentages; the month is read from the label."""
    grid = section.grid
    for row in section.free:
        if is_plan_row(grid, row):
            return tuple(_checkpoints(grid, row, findings))
    return ()


def _checkpoints(grid: Grid, row: int, findings: list[Finding]) -> list[Checkpoint]:
    columns = [c for c in grid.filled(row) if checkpoint_month(grid.text(row, c)) is not None]
    found = []
    for index, column in enumerate(columns):
        right = columns[index + 1] - 1 if index + 1 < len(columns) else grid.columns
        at = grid.first_in(row + 1, column, right) or column
        cell, source = grid.cell(row + 1, at), grid.source(row + 1, at)
        value = read_number(cell)
        label = grid.text(row, column)
        if value is None and cell.shown and not cell.error:
            findings.append(error("JX202", source, checkpoint=label, text=cell.shown[:40]))
        month = checkpoint_month(label)
        found.append(
            Checkpoint(label=label, month=month or 0, plan=Sourced(value=value, text=cell.shown, source=source))
        )
    return found
