"""偏离绩效目标的原因和改进措施: one line for each deviation, in the unit's own words (10号 art. 11)."""

from __future__ import annotations

from jxreport.model.document import NumberFormat, Row, Table
from jxreport.model.result import Evaluation, SchedulePoint, UnitResult
from jxreport.model.values import Sourced
from jxreport.report import cells, facts
from jxreport.report.contents.overview import own_lines
from jxreport.report.draft import Content, Draft, paragraph
from jxreport.report.fitting import fitted
from jxreport.report.items import actual_words, target_words
from jxreport.report.text import MISSING, listed, points

# the table's title, by which other parts of the text refer to it
DEVIATIONS = "绩效指标偏差原因和改进措施表"


def indicator_deviations(result: UnitResult) -> Content:
    found = facts.deviations(result)
    if not found:
        return paragraph("本年度各项指标均完成目标，无扣分指标。")
    lost = [d for d in found if facts.lost(d.item) > 0 and d.item.score is not None]
    over = [d for d in found if d.item.overshoot]
    parts = []
    if lost:
        parts.append(f"未得满分的指标{len(lost)}项")
    if over:
        parts.append(f"实际完成值明显高于指标值的{len(over)}项")
    unexplained = [d.item.indicator.name for d in found if d.cause == MISSING]
    gap = f"其中{listed(list(dict.fromkeys(unexplained)))}的偏差原因{MISSING}，需补充。" if unexplained else ""
    words = f"{'，'.join(parts) or f'偏离目标的指标{len(found)}项'}，原因和改进措施见下表。{gap}"
    return (*paragraph(words), _table(result))


def _table(result: UnitResult) -> Table:
    """One line for each deviation, under the name of its form where there are several."""
    found = facts.deviations(result)
    several = len({deviation.owner for deviation in found}) > 1
    body: list[Row] = []
    place = 0
    for index, evaluation in enumerate(result.evaluations):
        own = [d for d in found if any(d.item is item for item in evaluation.indicators)]
        if own and several:
            body.append(cells.band(facts.owner(evaluation), 8, group=f"deviation-{index}"))
        for deviation in own:
            place += 1
            body.append(_row(place, str(index), deviation))
    names = ("序号", "指标", "指标值", "实际完成", "分值", "得分", "偏差原因", "改进措施")
    table = Table(
        name="偏差情况",
        title=DEVIATIONS,
        widths=cells.widths(7, 17, 11, 11, 7, 8, 20, 19),
        head=(cells.headings(*names),),
        body=tuple(body),
    )
    return fitted((table,), {1: 14, 2: 11, 3: 11, 6: 15, 7: 15})[0]


def _row(place: int, index: str, deviation: facts.Deviation) -> Row:
    item = deviation.item
    key = (index, str(item.indicator.ordinal))
    return cells.row(
        cells.text(str(place), align="center"),
        cells.text(item.indicator.name),
        cells.text(target_words(item) or "见自评表", align="center"),
        cells.text(actual_words(item) or "见自评表", align="center"),
        cells.number(item.weight, NumberFormat.WEIGHT, ("weight", *key)),
        cells.score(item.score, ("score", *key)),
        cells.text(deviation.cause),
        cells.text(deviation.measure or "同左"),
        group=f"deviation-{index}",
    )


def schedule_deviations(result: UnitResult) -> Content:
    """Checkpoints whose light needs a cause by the profile, and others the unit has explained.

    None that lies after the report's own checkpoint, whatever the workbook says of it.
    """
    wanted = result.profile.lights.cause_required
    found = [
        (evaluation, point)
        for evaluation in result.evaluations
        for point in evaluation.schedule
        if point.light in wanted or (point.deviation is not None and _explained(point))
    ]
    if not any(e.schedule for e in result.evaluations):
        return ()
    if not found:
        return paragraph("各项目支付进度达到计划要求，无需说明的偏差。")
    names = listed(list(dict.fromkeys(facts.owner(e) for e, _ in found)), measure="个项目")
    return (*paragraph(f"{names}的支付进度与计划存在偏差，原因和改进措施见下表。"), _schedule_table(found))


def _explained(point: SchedulePoint) -> bool:
    explanation = point.checkpoint.explanation
    return explanation is not None and not explanation.is_blank


def _schedule_table(found: list[tuple[Evaluation, SchedulePoint]]) -> Table:
    body = []
    for place, (evaluation, point) in enumerate(found, 1):
        spot = point.checkpoint
        size = f"{'低' if point.deviation < 0 else '高'}{points(point.deviation)}" if point.deviation else "—"
        body.append(
            cells.row(
                cells.text(str(place), align="center"),
                cells.text(facts.owner(evaluation)),
                cells.text(f"{spot.label}\n（{point.light}灯）" if point.light else spot.label, align="center"),
                cells.text(size, align="center"),
                cells.text(_or_missing(spot.cause)),
                cells.text(_or_missing(spot.explanation)),
                cells.text(_or_missing(spot.measure)),
            )
        )
    names = ("序号", "项目", "时点", "与计划\n相比", "原因类别", "原因说明", "改进措施")
    table = Table(
        name="进度偏差",
        title="支出进度偏差原因和改进措施表",
        widths=cells.widths(7, 17, 11, 12, 11, 21, 21),
        head=(cells.headings(*names),),
        body=tuple(body),
    )
    return fitted((table,), {1: 11, 5: 15, 6: 15})[0]


def _or_missing(answer: Sourced[str] | None) -> str:
    return answer.text.strip() if answer is not None and not answer.is_blank else MISSING


def problems(result: UnitResult) -> Content:
    """存在问题、原因及下一步整改措施, as the unit wrote it, under each form's name."""
    found = [
        (facts.owner(e), e.form.problems.text)
        for e in result.evaluations
        if e.form.problems is not None and e.form.problems.text.strip()
    ]
    if len(found) == 1:
        return own_lines(found[0][1])
    return tuple(Draft(owner, own_lines(text)) for owner, text in found)
