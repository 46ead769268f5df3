"""部门整体支出绩效自评表 (NORMS 2.1) for the targets of T1: scoring sentence and achievement side by side."""

from __future__ import annotations

from jxreport.model.document import Cell, NumberFormat, Role, Row, Table
from jxreport.model.result import Execution, UnitResult
from jxreport.model.submission import FundRow
from jxreport.report import cells
from jxreport.report.forms import common
from jxreport.report.forms.blocks import amount, execution_score, fund_rate, goals_beside
from jxreport.report.items import target_text

# 一级 二级 三级 描述 分值 评分标准 实际完成情况 得分, then two columns that the cause spans
_WIDTHS = cells.widths(7, 7, 11, 15, 5, 18, 13, 6, 8, 10)
FLOORS = {2: 11, 3: 10, 5: 13, 6: 10, 9: 6}


def department_form(result: UnitResult, place: int) -> Table:
    """The form of the evaluation at `place`."""
    return Table(
        name="部门整体支出绩效自评表",
        title="部门整体支出绩效自评表",
        subtitle=common.year_line(result),
        unit_note="金额单位：万元",
        widths=_WIDTHS,
        front=(*_heading(result, place), *_money(result, place), *_goals(result, place)),
        head=(
            cells.row(
                *(cells.head(name) for name in ("一级指标", "二级指标", "三级指标", "绩效指标描述", "分值")),
                *(cells.head(name) for name in ("评分标准", "实际完成情况", "得分")),
                cells.head("偏差原因分析及改进措施", colspan=2),
            ),
        ),
        body=(*_indicators(result, place), _total(result, place)),
        foot=_ending(result, place),
        landscape=True,
        form=True,
    )


def _heading(result: UnitResult, place: int) -> tuple[Row, ...]:
    form = result.evaluations[place].form
    return (
        cells.row(
            cells.label("部门（单位）\n名称", colspan=2),
            cells.text(result.submission.unit, colspan=3, align="center"),
            cells.label("填报人"),
            cells.text(form.contact, align="center"),
            cells.label("联系\n电话"),
            cells.text(form.phone, colspan=2, align="center"),
        ),
    )


def _money(result: UnitResult, place: int) -> tuple[Row, ...]:
    evaluation = result.evaluations[place]
    rows = evaluation.form.budget.rows if evaluation.form.budget else ()
    execution = evaluation.execution or Execution()
    if not rows:
        return ()
    names = ("资金项目", "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分")
    spans = (1, 1, 2, 1, 1, 1, 1)
    heads = [cells.head(name, colspan=span) for name, span in zip(names, spans, strict=True)]
    first = cells.row(cells.label("预算执行\n情况", rowspan=len(rows) + 1, colspan=2), *heads)
    return (first, *(_money_row(place, at, row, execution) for at, row in enumerate(rows)))


def _money_row(place: int, at: int, row: FundRow, execution: Execution) -> Row:
    key = (str(place), str(at))
    total = row.is_total
    rate = execution.rate if total else fund_rate(row)
    weight = execution.weight if total else None
    return cells.row(
        cells.label(row.label),
        cells.number(amount(row.initial), NumberFormat.MONEY, ("initial", *key)),
        cells.number(amount(row.adjusted), NumberFormat.MONEY, ("adjusted", *key), colspan=2),
        cells.number(amount(row.executed), NumberFormat.MONEY, ("executed", *key)),
        cells.number(rate, NumberFormat.PERCENT, ("rate", *key)),
        cells.number(weight, NumberFormat.WEIGHT, ("exec_weight", str(place)) if total else ()),
        execution_score(execution if total else Execution(), place),
    )


def _goals(result: UnitResult, place: int) -> tuple[Row, ...]:
    goals = result.evaluations[place].form.goals
    return goals_beside(goals, 3, 5) if goals else ()


def _indicators(result: UnitResult, place: int) -> tuple[Row, ...]:
    items = result.evaluations[place].indicators
    levels, groups = common.level_cells(items), common.groups(place, items)
    rows = []
    for item, level, group in zip(items, levels, groups, strict=True):
        key = (str(place), str(item.indicator.ordinal))
        rule = item.indicator.rule
        rows.append(
            cells.row(
                *level,
                cells.text(item.indicator.name, align="center"),
                cells.text(item.indicator.description),
                common.weight_cell(item, ("weight", *key)),
                cells.text(rule.text if rule is not None else target_text(item)),
                common.achieved_cell(item),
                common.score_cell(item, ("score", *key)),
                common.cause_cell(item, colspan=2),
                group=group,
            )
        )
    return tuple(rows)


def _total(result: UnitResult, place: int) -> Row:
    full, total = common.total_cells(result, place)
    grade = result.evaluations[place].grade
    words = cells.total(f"等级：{grade}" if grade else "", colspan=2, key=("grade", str(place)))
    return cells.row(cells.total("总分", colspan=4), full, cells.total("", colspan=2), total, words)


def _ending(result: UnitResult, place: int) -> tuple[Row, ...]:
    problems = result.evaluations[place].form.problems
    if problems is None or not problems.text.strip():
        return ()
    words = Cell(text=problems.text.strip(), role=Role.TEXT, colspan=8)
    return (cells.row(cells.label("存在问题、原因及\n下一步整改措施", colspan=2), words),)
