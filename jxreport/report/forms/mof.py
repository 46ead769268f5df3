"""项目支出绩效自评表, annex 1 of 财预〔2020〕10号 (NORMS 1.2), and its department sibling (M2)."""

from __future__ import annotations

from jxreport.model.document import NumberFormat, Row, Table
from jxreport.model.result import Execution, UnitResult
from jxreport.model.submission import FundRow, Kind
from jxreport.report import cells
from jxreport.report.forms import common
from jxreport.report.forms.blocks import amount, execution_score, fund_rate, goals_beside
from jxreport.report.items import target_text
from jxreport.report.text import NOTHING

# the nine columns A–I; the cause is the widest of the indicator part beside the name
_WIDTHS = cells.widths(4, 10, 14, 17, 12, 12, 6, 8, 17)
FLOORS = {3: 12, 4: 12, 5: 12, 8: 15}


def mof_form(result: UnitResult, place: int) -> Table:
    """The form of the evaluation at `place`; a department's is its sibling M2."""
    form = result.evaluations[place].form
    whole = form.kind is Kind.DEPARTMENT
    title = "部门整体支出绩效自评表" if whole else "项目支出绩效自评表"
    return Table(
        name=title if whole else form.name,
        title=title,
        subtitle=common.year_line(result),
        widths=_WIDTHS,
        front=(*_heading(result, place), *_money(result, place), *_goals(result, place)),
        head=(
            cells.headings(
                "", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析\n及改进措施"
            ),
        ),
        body=(*_indicators(result, place), _total(result, place)),
        form=True,
    )


def _heading(result: UnitResult, place: int) -> tuple[Row, ...]:
    form = result.evaluations[place].form
    unit = result.submission.unit
    if form.kind is Kind.DEPARTMENT:
        return (
            cells.row(
                cells.label("部门（单位）名称", colspan=2),
                cells.text(unit, colspan=3, align="center"),
                cells.label("联系人"),
                cells.text(form.contact, colspan=3, align="center"),
            ),
        )
    return (
        cells.row(cells.label("项目名称", colspan=2), cells.text(form.name, colspan=7, align="center")),
        cells.row(
            cells.label("主管部门", colspan=2),
            cells.text(form.supervisor, colspan=2, align="center"),
            cells.label("实施单位"),
            cells.text(form.implementer or unit, colspan=4, align="center"),
        ),
    )


def _money(result: UnitResult, place: int) -> tuple[Row, ...]:
    evaluation = result.evaluations[place]
    rows = evaluation.form.budget.rows if evaluation.form.budget else ()
    if not rows:
        return ()
    execution = evaluation.execution or Execution()
    first = cells.row(
        cells.label("项目资金\n（万元）", rowspan=len(rows) + 1, colspan=2),
        cells.head(""),
        *(cells.head(n) for n in ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")),
    )
    return (first, *(_money_row(place, at, row, execution) for at, row in enumerate(rows)))


def _money_row(place: int, at: int, row: FundRow, execution: Execution) -> Row:
    key = (str(place), str(at))
    own = execution if row.is_total else Execution()
    rate = execution.rate if row.is_total else fund_rate(row)
    return cells.row(
        cells.label(row.label),
        cells.number(amount(row.initial), NumberFormat.MONEY, ("initial", *key)),
        cells.number(amount(row.adjusted), NumberFormat.MONEY, ("adjusted", *key)),
        cells.number(amount(row.executed), NumberFormat.MONEY, ("executed", *key)),
        cells.number(own.weight, NumberFormat.WEIGHT, ("exec_weight", str(place)) if row.is_total else ()),
        cells.number(rate, NumberFormat.PERCENT, ("rate", *key)),
        execution_score(own, place),
    )


def _goals(result: UnitResult, place: int) -> tuple[Row, ...]:
    return goals_beside(result.evaluations[place].form.goals, 3, 4)


def _indicators(result: UnitResult, place: int) -> tuple[Row, ...]:
    items = result.evaluations[place].indicators
    levels, groups = common.level_cells(items), common.groups(place, items)
    rows = []
    for at, (item, level, group) in enumerate(zip(items, levels, groups, strict=True)):
        key = (str(place), str(item.indicator.ordinal))
        side = (cells.label("绩效指标", rowspan=len(items)),) if at == 0 else ()
        rows.append(
            cells.row(
                *side,
                *level,
                cells.text(item.indicator.name, align="center"),
                cells.text(target_text(item) or NOTHING, align="center"),
                common.actual_cell(item, ("actual", *key)),
                common.weight_cell(item, ("weight", *key)),
                common.score_cell(item, ("score", *key)),
                common.cause_cell(item),
                group=group,
            )
        )
    return tuple(rows)


def _total(result: UnitResult, place: int) -> Row:
    full, total = common.total_cells(result, place)
    grade = result.evaluations[place].grade
    return cells.row(
        cells.total("总分", colspan=6), full, total,
        cells.total(f"等级：{grade}" if grade else "", key=("grade", str(place))),
    )
