"""预算项目绩效自评表: Hebei's form in its five blocks (NORMS 3.6)."""

from __future__ import annotations

from decimal import Decimal

from jxreport.model.document import Cell, NumberFormat, Role, Row, Table
from jxreport.model.result import Execution, IndicatorScore, UnitResult
from jxreport.model.submission import Budget, FundRow
from jxreport.model.values import Op
from jxreport.number import HUNDRED, fixed, half_up
from jxreport.report import cells, facts
from jxreport.report.forms import common
from jxreport.report.forms.blocks import amount, fund_rate, goal_cells
from jxreport.report.items import deviation_lines
from jxreport.report.text import NOTHING

# 一级 二级 三级 描述 符号 值 单位（文字描述） 实际完成值 完成情况 得分 权重 折算得分
_WIDTHS = cells.widths(7, 7, 10, 14, 5, 6, 13, 8, 12, 6, 5, 7)
FLOORS = {2: 8, 3: 10, 6: 9, 7: 7, 8: 7}
_ALL = 12
SPECIAL = "是否为专项资金"


def hebei_form(result: UnitResult, place: int) -> Table:
    """The form of the evaluation at `place`."""
    form = result.evaluations[place].form
    return Table(
        name=form.name,
        title="预算项目绩效自评表",
        subtitle=common.year_line(result),
        widths=_WIDTHS,
        front=(*_basics(result, place), *_money(result, place), *_goals(result, place)),
        head=_head(),
        body=(*_indicators(result, place), *_execution(result, place), _total(result, place)),
        foot=_ending(result, place),
        landscape=True,
        form=True,
    )


def _band(text: str) -> Row:
    return cells.row(Cell(text=text, role=Role.HEAD, align="left", colspan=_ALL))


def _basics(result: UnitResult, place: int) -> tuple[Row, ...]:
    form = result.evaluations[place].form
    special = next((fact.text for fact in form.facts if fact.name == SPECIAL), "")
    return (
        _band("一、基本情况"),
        cells.row(
            cells.label("项目名称", colspan=2),
            cells.text(form.name, colspan=2, align="center"),
            cells.label("项目编码", colspan=2),
            cells.text(form.code or NOTHING, colspan=2, align="center"),
            cells.label(SPECIAL, colspan=2),
            cells.text(special, colspan=2, align="center"),
        ),
        cells.row(
            cells.label("实施（主管）单位", colspan=2),
            cells.text(form.implementer or result.submission.unit, colspan=6, align="center"),
            cells.label("金额单位", colspan=2),
            cells.text("万元", colspan=2, align="center"),
        ),
    )


def _money(result: UnitResult, place: int) -> tuple[Row, ...]:
    evaluation = result.evaluations[place]
    budget = evaluation.form.budget or Budget()
    execution = evaluation.execution or Execution()
    names = ("", "预算安排情况（调整后）", "资金到位情况", "资金执行情况", "预算执行进度（%）")
    heads = [cells.head(name, colspan=span) for name, span in zip(names, (3, 3, 2, 2, 2), strict=True)]
    rows = [_money_row(place, at, row, execution) for at, row in enumerate(budget.rows)]
    if not rows:
        marks = (cells.missing(colspan=span) for span in (3, 2, 2, 2))
        rows = [cells.row(cells.label("预算数", colspan=3), *marks)]
    return (_band("二、预算执行情况"), cells.row(*heads), *rows)


def _money_row(place: int, at: int, row: FundRow, execution: Execution) -> Row:
    key = (str(place), str(at))
    rate = execution.rate if row.is_total else fund_rate(row)
    return cells.row(
        cells.label(row.label, colspan=3),
        cells.number(amount(row.adjusted), NumberFormat.MONEY, ("adjusted", *key), colspan=3),
        cells.number(amount(row.arrived), NumberFormat.MONEY, ("arrived", *key), colspan=2),
        cells.number(amount(row.executed), NumberFormat.MONEY, ("executed", *key), colspan=2),
        cells.number(rate, NumberFormat.PERCENT, ("rate", *key), colspan=2),
    )


def _goals(result: UnitResult, place: int) -> tuple[Row, ...]:
    rows = [
        cells.row(
            cells.head("年度预期目标", colspan=5),
            cells.head("具体完成情况", colspan=5),
            cells.head("总体完成率（%）", colspan=2),
        )
    ]
    for goal in result.evaluations[place].form.goals:
        rate = amount(goal.rate)
        rows.append(cells.row(*goal_cells(goal, 5, 5), cells.number(rate, NumberFormat.PERCENT, colspan=2)))
    if len(rows) == 1:
        rows.append(cells.row(*(cells.missing(colspan=span) for span in (5, 5, 2))))
    return (_band("三、目标完成情况"), *rows)


def _head() -> tuple[Row, ...]:
    before = ("一级指标", "二级指标", "三级指标", "绩效指标描述")
    after = ("单项指标\n实际完成值", "单项指标\n完成情况", "单项\n指标\n得分", "权重\n占比\n（%）", "单项指标\n折算得分")
    return (
        _band("四、年度绩效指标完成情况"),
        cells.row(
            *(cells.head(name, rowspan=2) for name in before),
            cells.head("预期指标值", colspan=3),
            *(cells.head(name, rowspan=2) for name in after),
        ),
        cells.headings("符号", "值", "单位\n（文字描述）"),
    )


def _indicators(result: UnitResult, place: int) -> tuple[Row, ...]:
    items = result.evaluations[place].indicators
    levels, groups = common.level_cells(items), common.groups(place, items)
    return tuple(
        cells.row(*level, *_indicator_cells(place, item), group=group)
        for item, level, group in zip(items, levels, groups, strict=True)
    )


def _indicator_cells(place: int, item: IndicatorScore) -> tuple[Cell, ...]:
    indicator, target = item.indicator, item.indicator.target
    key = (str(place), str(indicator.ordinal))
    qualitative = target.op is Op.QUALITATIVE or target.value is None
    wording = indicator.rule.text if indicator.rule is not None and qualitative else target.unit
    return (
        cells.text(indicator.name, align="center"),
        cells.text(indicator.description),
        cells.text("文字描述" if qualitative and target.op in (None, Op.QUALITATIVE) else _sign(item), align="center"),
        cells.text(fixed(target.value) if target.value is not None else "", align="center"),
        cells.text(wording or (target.text if qualitative else ""), align="" if qualitative else "center"),
        common.actual_cell(item, ("actual", *key)),
        cells.text(indicator.completion.strip(), align="" if len(indicator.completion) > 8 else "center"),
        cells.number(common.single_score(item), NumberFormat.SCORE, ("single", *key)),
        common.weight_cell(item, ("weight", *key)),
        common.score_cell(item, ("score", *key)),
    )


def _sign(item: IndicatorScore) -> str:
    op = item.indicator.target.op
    return op.value if op is not None else NOTHING


def _execution(result: UnitResult, place: int) -> tuple[Row, ...]:
    """预算执行率 as the last row of the indicators, where the form gives it points."""
    found = result.evaluations[place].execution
    if found is None or found.weight is None:
        return ()
    key = str(place)
    single = execution_single(found)
    return (
        cells.row(
            cells.label("预算执行率", colspan=3),
            cells.text("资金执行数÷预算安排数（调整后）"),
            cells.text(NOTHING, align="center"),
            cells.text("100.00", align="center"),
            cells.text("%", align="center"),
            cells.number(found.rate, NumberFormat.PERCENT, ("rate", key)),
            cells.text(NOTHING, align="center"),
            cells.number(single, NumberFormat.SCORE, ("exec_single", key)),
            cells.weight(found.weight, ("exec_weight", key)),
            cells.score(found.score, ("exec_score", key)),
        ),
    )


def execution_single(found: Execution) -> Decimal | None:
    """单项指标得分 of the execution row: the rate itself where it gives the printed score, else score by weight."""
    if found.score is None or not found.weight:
        return None
    if found.rate is not None and half_up(half_up(found.rate) * found.weight / HUNDRED) == found.score:
        return half_up(found.rate)
    return found.score / found.weight * HUNDRED


def _total(result: UnitResult, place: int) -> Row:
    full, total = common.total_cells(result, place)
    grade = result.evaluations[place].grade
    words = f"自评总分（等级：{grade}）" if grade else "自评总分"
    return cells.row(cells.total(words, colspan=10, key=("grade", str(place))), full, total)


def _ending(result: UnitResult, place: int) -> tuple[Row, ...]:
    """Block 五: the unit's text, then cause and measure of each deviating indicator."""
    evaluation = result.evaluations[place]
    words = evaluation.form.problems.text.strip() if evaluation.form.problems is not None else ""
    own = tuple(d.item for d in facts.deviations(result) if any(d.item is i for i in evaluation.indicators))
    lines = [*([words] if words else []), *(["指标偏差原因及改进措施："] if own else []), *deviation_lines(own)]
    return (
        _band("五、存在问题、原因及下一步整改措施"),
        cells.row(cells.text("\n".join(lines) or NOTHING, colspan=_ALL)),
        cells.row(
            cells.label("填报人", colspan=2),
            cells.text(evaluation.form.contact, colspan=4, align="center"),
            cells.label("联系电话"),
            cells.text(evaluation.form.phone, colspan=5, align="center"),
        ),
    )
