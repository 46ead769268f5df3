"""The money and the goals of a form, as the official forms share them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jxreport.model.document import Cell, NumberFormat, Row
from jxreport.model.result import Execution
from jxreport.model.submission import FundRow, Goal
from jxreport.model.values import Sourced
from jxreport.number import HUNDRED
from jxreport.report import cells
from jxreport.report.text import MISSING


def amount(sourced: Sourced[Decimal] | None) -> Decimal | None:
    """The number of a value with its cell, None where there is none."""
    return sourced.value if sourced is not None else None


def fund_rate(row: FundRow) -> Decimal | None:
    """执行率 of a sub-row, unrounded percent; None where the budget is nothing."""
    budget, spent = amount(row.adjusted), amount(row.executed)
    return spent / budget * HUNDRED if budget and spent is not None else None


def execution_score(execution: Execution, place: int) -> Cell:
    """得分 of budget execution; — where it has no points (a part of the money, a form without), 待确认 where it waits."""
    if execution.weight is None:
        return cells.number(None, NumberFormat.SCORE)
    return cells.score(execution.score, ("exec_score", str(place)))


def achieved(goal: Goal) -> str:
    """实际完成情况 of a goal in the unit's words; a mark where it is blank."""
    return goal.actual.text if goal.actual is not None and not goal.actual.is_blank else MISSING


def goal_cells(goal: Goal, expected: int, actual: int) -> tuple[Cell, Cell]:
    """预期目标 and 实际完成情况 side by side, over so many columns."""
    return cells.text(goal.expected.text.strip() or MISSING, colspan=expected), cells.text(achieved(goal), colspan=actual)


def goals_beside(goals: Sequence[Goal], expected: int, actual: int) -> tuple[Row, ...]:
    """The block 年度总体目标 with its label at the side; a marked row where no goal is stated."""
    head = cells.row(
        cells.label("年度\n总体目标", rowspan=max(len(goals), 1) + 1, colspan=2),
        cells.head("预期目标", colspan=expected),
        cells.head("实际完成情况", colspan=actual),
    )
    rows = [cells.row(*goal_cells(goal, expected, actual)) for goal in goals]
    return (head, *(rows or [cells.row(cells.missing(colspan=expected), cells.missing(colspan=actual))]))
