"""支出进度情况: payments against the unit's own declared plan, never against the calendar (NORMS 4.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from jxreport.model.document import Cell, Chart, NumberFormat, Role, Row, Series, Table
from jxreport.model.result import Evaluation, SchedulePoint, UnitResult
from jxreport.number import HUNDRED, ZERO, plain
from jxreport.report import cells, facts
from jxreport.report.draft import Content, Draft, leading, paragraph
from jxreport.report.text import compared, is_zero, listed, money, percent, points, refer

# with more projects than this, only those off their plan are described one by one
MOST_DESCRIBED = 6
# … at most so many of them, the widest deviations first, and so many with a chart
MOST_TOLD = 10
MOST_CHARTS = 4
# deviations below this many percentage points are told better by a sentence than by a chart
CHART_FROM = Decimal(5)
# smaller deviations on the way are not told one by one; the table has them
NOTABLE = Decimal(1)


def schedule(result: UnitResult) -> Content:
    """Pace of spending: words per project, a table of checkpoints, charts where they say more.

    With many projects only those off their plan are told; the table of all of them is an annex then.
    """
    found = tuple(e for e in result.evaluations if e.schedule)
    if not found:
        return ()
    opening = "本单位以绩效目标表申报的资金支出计划（累计进度）为标准，逐时点比较实际支付进度。"
    if len(found) == 1:
        return (*paragraph(opening, "各时点情况见下表。"), schedule_table(result, found), *_draft(result, found[0]).blocks)
    if len(found) <= MOST_DESCRIBED:
        drafts = [_draft(result, e) for e in found]
        return (*paragraph(opening, "各项目各时点情况见下表。"), schedule_table(result, found), *drafts)
    steady = [facts.owner(e) for e in found if facts.reached(e) and not facts.off_plan(e)]
    moving = tuple(e for e in found if facts.owner(e) not in steady)
    words_of_steady = f"{listed(steady, measure='个项目')}各时点支付进度均与计划一致。" if steady else ""
    widest = sorted(moving, key=_largest_gap, reverse=True)
    told = [_draft(result, e, with_chart=_among(e, widest[:MOST_CHARTS])) for e in moving if _among(e, widest[:MOST_TOLD])]
    everything = f"全部项目各时点情况{refer('schedule', '见{}')}。"
    return (*paragraph(opening, words_of_steady, _lights_words(result, moving), everything, _rest_words(steady, moving)), *told)


def _among(evaluation: Evaluation, some: Sequence[Evaluation]) -> bool:
    return any(evaluation is one for one in some)


def _lights_words(result: UnitResult, moving: Sequence[Evaluation]) -> str:
    """截至12月底，40个项目与计划存在偏差，其中红灯2个、黄灯5个."""
    lit = Counter(point.light for e in moving if (point := facts.reached(e)) is not None)
    warned = "、".join(f"{light}灯{lit[light]}个" for light in ("红", "黄") if lit[light])
    if not moving:
        return ""
    return f"截至{result.as_of}，{len(moving)}个项目的支付进度与计划存在偏差{f'，其中{warned}' if warned else ''}。"


def _rest_words(steady: Sequence[str], moving: Sequence[Evaluation]) -> str:
    if len(moving) > MOST_TOLD:
        return f"偏差最大的{MOST_TOLD}个项目说明如下。"
    return f"{'其余' if steady else '上述'}{len(moving)}个项目说明如下。" if moving else ""


def many(result: UnitResult) -> bool:
    """More schedules than the text can carry one by one."""
    return sum(1 for e in result.evaluations if e.schedule) > MOST_DESCRIBED


def _largest_gap(evaluation: Evaluation) -> Decimal:
    return max((abs(p.deviation) for p in evaluation.schedule if p.deviation is not None), default=ZERO)


def _draft(result: UnitResult, evaluation: Evaluation, *, with_chart: bool = True) -> Draft:
    chart = (schedule_chart(evaluation),) if with_chart and _worth_a_chart(evaluation) else ()
    said = (schedule_words(evaluation), forecast_words(result, evaluation))
    if not chart:
        return Draft(facts.owner(evaluation), paragraph(*said))
    return Draft(facts.owner(evaluation), (*leading(*said, "计划与实际对比见下图。"), *chart))


def _worth_a_chart(evaluation: Evaluation) -> bool:
    return evaluation.forecast is not None or _largest_gap(evaluation) >= CHART_FROM


def schedule_words(evaluation: Evaluation) -> str:
    """Where the project stands against its plan, at the last checkpoint and on the way."""
    last = facts.reached(evaluation)
    if last is None:
        return "各时点均未填报累计支付数，支付进度待补充。"
    off = facts.off_plan(evaluation)
    head = f"截至{last.checkpoint.label}，{_paid_words(last, last is evaluation.schedule[-1])}"
    if not off:
        return f"{head}，各时点支付进度均与计划一致。"
    return f"{head}{_against_plan(last)}。{_on_the_way([p for p in off if p is not last])}"


def _paid_words(point: SchedulePoint, is_last: bool) -> str:
    if point.paid is None or is_zero(point.paid):
        return "未发生支付" if is_last else "尚未发生支付"
    return f"累计支付{money(point.paid)}，实际累计进度{percent(point.actual)}"


def _against_plan(point: SchedulePoint) -> str:
    if point.plan is None or point.deviation is None:
        return ""
    if is_zero(point.plan):
        return "，该时点计划进度为0" if is_zero(point.deviation) else "，计划进度为0，支付早于计划"
    return f"，{compared(point.deviation, '计划进度')}{_pace_words(point)}"


def _pace_words(point: SchedulePoint) -> str:
    """Pace and light; where all was planned to be paid, the pace is the rate just said."""
    light = f"（{point.light}灯）" if point.light else ""
    said = point.pace is None or point.plan == HUNDRED
    return light if said else f"，支付进度率{percent(point.pace)}{light}"


def _on_the_way(earlier: list[SchedulePoint]) -> str:
    """Earlier checkpoints off the plan, those behind first; small differences are named as such."""
    if not earlier:
        return ""
    behind = [p for p in earlier if p.deviation is not None and p.deviation <= -NOTABLE]
    ahead = [p for p in earlier if p.deviation is not None and p.deviation >= NOTABLE]
    words = [_differing(side, word) for side, word in ((behind, "低于"), (ahead, "高于")) if side]
    if not words:
        which = f"{_labels(earlier)}与计划进度相差" if len(earlier) == 1 else "其他时点与计划进度相差均"
        return f"{which}不足{plain(NOTABLE)}个百分点。"
    return f"年度执行中，{'；'.join(words)}。"


def _labels(side: list[SchedulePoint]) -> str:
    return "、".join(f"{p.checkpoint.label}{_light(p)}" for p in side)


def _light(point: SchedulePoint) -> str:
    return f"（{point.light}灯）" if point.light in ("红", "黄") else ""


def _differing(side: list[SchedulePoint], word: str) -> str:
    """6月底（红灯）、10月底（黄灯）分别低于计划进度6.50个、22.00个百分点."""
    *before, last = [points(p.deviation or ZERO) for p in side]
    sizes = "、".join([*(size.removesuffix("百分点") for size in before), last])
    return f"{_labels(side)}{'分别' if before else ''}{word}计划进度{sizes}"


def forecast_words(result: UnitResult, evaluation: Evaluation) -> str:
    """The year-end forecast; once the year is over there is nothing to forecast."""
    forecast = evaluation.forecast
    if forecast is None or facts.is_year_end(result):
        return ""
    low, high = percent(forecast.low), percent(forecast.high)
    span = f"（区间{low}至{high}）" if forecast.low != forecast.high else ""
    need = ""
    if forecast.monthly_needed is not None and forecast.monthly_needed > 0:
        need = f"；如需完成全年预算，其后平均每月需支付{money(forecast.monthly_needed)}"
    return f"按{forecast.at}进度推算，预计全年预算执行率{percent(forecast.rate)}{span}{need}。"


def schedule_table(result: UnitResult, wanted: tuple[Evaluation, ...]) -> Table:
    """All checkpoints of the wanted projects: plan, payment, actual, deviation, pace, light."""
    body: list[Row] = []
    for place, evaluation in enumerate(result.evaluations):
        if not any(evaluation is one for one in wanted):
            continue
        for step, point in enumerate(evaluation.schedule):
            name = cells.label(facts.owner(evaluation), rowspan=len(evaluation.schedule))
            first = (name,) if step == 0 else ()
            body.append(cells.row(*first, *_point_cells(str(place), point), group=f"schedule-{place}"))
    return Table(
        name="支出进度",
        title="资金支出进度对比表",
        unit_note="单位：万元、%、百分点",
        widths=cells.widths(20, 10, 13, 13, 13, 11, 12, 8),
        head=(
            cells.headings("项目", "时点", "计划\n累计进度", "累计\n支付数", "实际\n累计进度", "偏差", "支付\n进度率", "预警"),
        ),
        body=tuple(body),
        notes=(
            "注：1.偏差为实际累计进度减计划累计进度；",
            "　　2.支付进度率为实际累计进度与计划累计进度之比，计划为0的不计算。",
        ),
    )


def _point_cells(place: str, point: SchedulePoint) -> tuple[Cell, ...]:
    key = (place, point.checkpoint.label)
    lamp = cells.text(f"{point.light}灯" if point.light else "—", align="center")
    return (
        cells.text(point.checkpoint.label, align="center"),
        cells.number(point.plan, NumberFormat.PERCENT, ("plan", *key)),
        cells.number(point.paid, NumberFormat.MONEY, ("paid", *key)),
        cells.number(point.actual, NumberFormat.PERCENT, ("pace_actual", *key)),
        cells.number(point.deviation, NumberFormat.POINTS, ("deviation", *key)),
        cells.number(point.pace, NumberFormat.PERCENT, ("pace", *key)),
        Cell(text=lamp.text, role=Role.TEXT, align="center", key=("light", *key)),
    )


def schedule_chart(evaluation: Evaluation) -> Chart:
    """Plan against actual over the year; the forecast where there is one."""
    pts = evaluation.schedule
    series = [
        Series(name="计划累计进度", role="plan", values=tuple(p.plan for p in pts)),
        Series(name="实际累计进度", role="actual", values=tuple(p.actual for p in pts)),
    ]
    forecast = evaluation.forecast
    last = facts.reached(evaluation)
    low = high = None
    if forecast is not None and last is not None and last is not pts[-1]:
        values: list[Decimal | None] = [p.actual if p is last else None for p in pts]
        values[-1] = forecast.rate
        series.append(Series(name="全年预计", role="forecast", values=tuple(values)))
        low, high = forecast.low, forecast.high
    return Chart(
        kind="schedule",
        name="支出进度图",
        title=f"{facts.owner(evaluation)}支出进度",
        labels=tuple(p.checkpoint.label for p in pts),
        series=tuple(series),
        unit="%",
        positions=tuple(p.checkpoint.month for p in pts),
        low=low,
        high=high,
    )
