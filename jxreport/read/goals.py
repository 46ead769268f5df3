"""年度总体目标 and 绩效目标: expected and actual texts, completion rates."""

from __future__ import annotations

import re

from jxreport.finding import Finding
from jxreport.model.submission import Goal
from jxreport.model.values import Sourced
from jxreport.read.indicators import number_in
from jxreport.read.layouts import fold
from jxreport.read.row import Row
from jxreport.read.sections import Block, Section

_GOAL = re.compile(r"^目标(?:\d+|[一二三四五六七八九十]+)?[:：]?$")


def block_goals(section: Section, block: Block, findings: list[Finding]) -> list[Goal]:
    """The goals of a block with the headings 预期目标 and 实际完成情况."""
    goals: list[Goal] = []
    for number in block.rows:
        row = Row(section.grid, block.header, number)
        expected, actual = row.text("expected"), row.text("actual")
        if not expected and not actual:
            continue
        label = row.cell("ordinal").shown or str(len(goals) + 1)
        goals.append(
            Goal(
                label=label if label.startswith("目标") else f"目标{label}",
                expected=expected or Sourced(source=row.source("expected")),
                actual=actual,
                rate=number_in(row, "rate", findings),
            )
        )
    return goals


def listed_goals(section: Section) -> list[Goal]:
    """The goals of a project target table: 目标1 | text, one row each."""
    goals: list[Goal] = []
    grid = section.grid
    for row in section.free:
        filled = grid.filled(row)
        for index, column in enumerate(filled[:-1]):
            if _GOAL.match(fold(grid.text(row, column))):
                at = filled[index + 1]
                text = grid.text(row, at)
                goals.append(
                    Goal(
                        label=grid.text(row, column).strip(":："),
                        expected=Sourced(value=text, text=text, source=grid.source(row, at)),
                    )
                )
                break
    return goals
