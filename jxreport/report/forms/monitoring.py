"""项目支出绩效目标执行监控表 (NORMS 4.2): how far money and indicators have come, what is expected.

What only the unit can judge (which 保障 is lacking, how likely the goal is) is what it has filled in; what it
has not stays empty.
"""

from __future__ import annotations

from decimal import Decimal

from jxreport.checks.outlooks import causes_of, likelihood_of
from jxreport.model.document import Cell, NumberFormat, Row, Table
from jxreport.model.result import Evaluation, IndicatorScore, UnitResult
from jxreport.model.submission import Outlook
from jxreport.model.values import Sourced
from jxreport.number import HUNDRED
from jxreport.report import cells, facts
from jxreport.report.forms import common
from jxreport.report.forms.blocks import amount
from jxreport.report.items import target_text
from jxreport.report.text import MISSING, NOTHING

# 一级 二级 三级 指标值 执行情况 全年预计 | 经费 制度 人员 硬件 其他 原因说明 | 确定能 有可能 完全不可能 | 备注
_WIDTHS = cells.widths(7, 7, 11, 8, 9, 8, 4, 4, 4, 4, 4, 10, 3, 3, 4, 10)
FLOORS = {2: 9, 3: 9, 4: 9, 5: 9, 11: 8, 15: 8}
# the money block on these columns: label, four amounts and a rate
_MONEY_SPANS = (2, 2, 3, 3, 2, 2)
_CAUSES = {
    "经费保障": "经费\n保障",
    "制度保障": "制度\n保障",
    "人员保障": "人员\n保障",
    "硬件条件保障": "硬件\n条件\n保障",
    "其他": "其他",
}
_CHANCES = {"确定能": "确\n定\n能", "有可能": "有\n可\n能", "完全不可能": "完全\n不可\n能"}
_TICK = "√"


def monitoring_form(result: UnitResult, place: int) -> Table:
    """The form of the evaluation at `place`, up to the report's checkpoint."""
    form = result.evaluations[place].form
    return Table(
        name=form.name,
        title="项目支出绩效目标执行监控表",
        subtitle=common.year_line(result),
        widths=_WIDTHS,
        front=(*_heading(result, place), *_money(result, place), *_goals(result, place)),
        head=_head(_period(result)),
        body=_indicators(result, place),
        landscape=True,
        form=True,
    )


def _period(result: UnitResult) -> str:
    """1—6月 for the checkpoint 6月底."""
    months = {point.label: point.month for point in result.profile.checkpoints}
    for evaluation in result.evaluations:  # a monitoring form has a period of its own
        months |= {o.label: o.month for item in evaluation.indicators for o in item.indicator.outlooks}
    month = months.get(result.as_of)
    return f"1—{month}月" if month is not None else f"截至{result.as_of}"


def _heading(result: UnitResult, place: int) -> tuple[Row, ...]:
    form = result.evaluations[place].form
    return (
        cells.row(
            cells.label("项目名称", colspan=2),
            cells.text(form.name, colspan=4, align="center"),
            cells.label("项目编码", colspan=3),
            cells.text(form.code or NOTHING, colspan=7, align="center"),
        ),
        cells.row(
            cells.label("主管部门", colspan=2),
            cells.text(form.supervisor or NOTHING, colspan=4, align="center"),
            cells.label("实施单位", colspan=3),
            cells.text(form.implementer or result.submission.unit, colspan=7, align="center"),
        ),
    )


def _money(result: UnitResult, place: int) -> tuple[Row, ...]:
    evaluation = result.evaluations[place]
    rows = evaluation.form.budget.rows if evaluation.form.budget else ()
    if not rows:
        return ()
    period = _period(result)
    names = ("", "年初预算数", "全年预算数", f"{period}执行数", f"{period}\n执行率", "全年预计\n执行数")
    heads = [cells.head(name, colspan=span) for name, span in zip(names, _MONEY_SPANS, strict=True)]
    first = cells.row(cells.label("项目资金\n（万元）", rowspan=len(rows) + 1, colspan=2), *heads)
    spent = facts.spent(result, place)
    lines = []
    for at, row in enumerate(rows):
        key = (str(place), str(at))
        own = spent if row.is_total else facts.Spent(amount=None, rate=None)
        expected = _expected(evaluation) if row.is_total else None
        lines.append(
            cells.row(
                cells.label(row.label, colspan=_MONEY_SPANS[0]),
                *(
                    cells.number(value, kind, path, colspan=span)
                    for (value, kind, path), span in zip(
                        (
                            (amount(row.initial), NumberFormat.MONEY, ("initial", *key)),
                            (amount(row.adjusted), NumberFormat.MONEY, ("adjusted", *key)),
                            (own.amount, NumberFormat.MONEY, own.amount_key),
                            (own.rate, NumberFormat.PERCENT, own.rate_key),
                            (expected, NumberFormat.MONEY, ("forecast", str(place))),
                        ),
                        _MONEY_SPANS[1:],
                        strict=True,
                    )
                ),
            )
        )
    return (first, *lines)


def _expected(evaluation: Evaluation) -> Decimal | None:
    """全年预计执行数: the forecast rate of the budget in force."""
    execution, forecast = evaluation.execution, evaluation.forecast
    if execution is None or execution.adjusted is None or forecast is None:
        return None
    return execution.adjusted * forecast.rate / HUNDRED


def _goals(result: UnitResult, place: int) -> tuple[Row, ...]:
    goals = result.evaluations[place].form.goals
    text = "\n".join(goal.expected.text for goal in goals) or MISSING
    return (cells.row(cells.label("年度总体目标", colspan=2), cells.text(text, colspan=14)),)


def _head(period: str) -> tuple[Row, ...]:
    names = ("一级指标", "二级指标", "三级指标", "年度\n指标值", f"{period}\n执行情况", "全年预计\n完成情况")
    return (
        cells.row(
            *(cells.head(name, rowspan=2) for name in names),
            cells.head("偏差原因分析", colspan=6),
            cells.head("完成目标\n可能性", colspan=3),
            cells.head("备注", rowspan=2),
        ),
        cells.headings(*_CAUSES.values(), "原因说明", *_CHANCES.values()),
    )


def _indicators(result: UnitResult, place: int) -> tuple[Row, ...]:
    items = result.evaluations[place].indicators
    levels, groups = common.level_cells(items), common.groups(place, items)
    return tuple(
        cells.row(*level, *_indicator_cells(result, place, item), group=group)
        for item, level, group in zip(items, levels, groups, strict=True)
    )


def _indicator_cells(result: UnitResult, place: int, item: IndicatorScore) -> tuple[Cell, ...]:
    outlook = item.outlook or Outlook(label="", month=0)
    causes = causes_of(outlook, result.profile)
    chance = likelihood_of(outlook, result.profile)
    return (
        cells.text(item.indicator.name, align="center"),
        cells.text(target_text(item) or NOTHING, align="center"),
        common.actual_cell(item, ("actual", str(place), str(item.indicator.ordinal))),
        cells.text(_said(outlook.expected), align="center"),
        *(_ticked(word in causes) for word in _CAUSES),
        cells.text(_said(outlook.explanation)),
        *(_ticked(word == chance) for word in _CHANCES),
        cells.text(_said(outlook.measure)),
    )


def _ticked(is_it: bool) -> Cell:
    return cells.text(_TICK if is_it else "", align="center")


def _said(text: Sourced[str] | None) -> str:
    return text.text.strip() if text is not None else ""
