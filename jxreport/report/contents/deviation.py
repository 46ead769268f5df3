"""偏离绩效目标的原因和改进措施: one line for each deviation, in the unit's own words (10号 art. 11)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.model.document import NumberFormat, Row, Table
from jxreport.model.result import Evaluation, SchedulePoint, UnitResult
from jxreport.model.values import Sourced
from jxreport.report import cells, facts
from jxreport.report.contents.overview import own_lines
from jxreport.report.draft import Content, Draft, paragraph
from jxreport.report.facts import Standing
from jxreport.report.fitting import fitted
from jxreport.report.items import actual_words, target_words
from jxreport.report.text import MISSING, listed, points, refer

# the table's title, by which other parts of the text refer to it
DEVIATIONS = "绩效指标偏差原因和改进措施表"
# a longer table stands in an annex
MOST_ROWS = 30


def indicator_deviations(result: UnitResult) -> Content:
    """Indicators that lost points, with cause and measure; a sentence where there are none."""
    found = facts.deviations(result)
    if not found:
        return paragraph(_none_words(result))
    words = f"{_counted(found)}，原因和改进措施{{}}。{_gap(found)}"
    if not many(result):
        return (*paragraph(words.format("见下表")), deviation_table(result))
    return paragraph(words.format(refer("deviations", "见{}")))


def _none_words(result: UnitResult) -> str:
    """No deviation is known; that is no praise of what nobody has filled in or scored yet."""
    items = [item for evaluation in result.evaluations for item in evaluation.indicators]
    waiting = sum(1 for item in items if facts.standing_of(item) is Standing.WAITING)
    if items and waiting == len(items):
        return "各项绩效指标均待补充数据或确认，偏差情况待确认后说明。"
    scored = "已评定的" if waiting else "本年度"
    rest = f"，其余{waiting}项待补充数据或确认" if waiting else ""
    return f"{scored}各项指标均完成目标，无扣分指标{rest}。"


def many(result: UnitResult) -> bool:
    """More deviations than the text can carry in a table of its own."""
    return len(facts.deviations(result)) > MOST_ROWS


def _counted(found: tuple[facts.Deviation, ...]) -> str:
    """未得满分的指标9项，实际完成值明显高于指标值的1项."""
    lost = sum(1 for d in found if facts.lost(d.item) > 0 and d.item.score is not None)
    over = sum(1 for d in found if d.item.overshoot)
    parts = [f"未得满分的指标{lost}项"] if lost else []
    parts += [f"实际完成值明显高于指标值的{'' if lost else '指标'}{over}项"] if over else []
    return "，".join(parts) or f"偏离目标的指标{len(found)}项"


def _gap(found: tuple[facts.Deviation, ...]) -> str:
    names = [d.item.indicator.name for d in found if d.cause == MISSING]
    if not names:
        return ""
    if len(names) == len(found) > 1:
        return f"偏差原因均{MISSING}，需补充。"
    return f"其中{listed(list(dict.fromkeys(names)))}的偏差原因{MISSING}，需补充。"


def deviation_table(result: UnitResult) -> Table:
    """One line for each deviation, under the name of its form where there are several.

    Columns that would say nothing in any line are left out: 指标值 where all targets are scoring sentences,
    改进措施 where the forms have one column for cause and measure, points before year end.
    """
    found = facts.deviations(result)
    shape = _Shape(
        targets=any(target_words(d.item) for d in found),
        measures=any(d.measure for d in found),
        scores=facts.is_year_end(result),
    )
    several = len({deviation.owner for deviation in found}) > 1
    body: list[Row] = []
    place = 0
    for index, evaluation in enumerate(result.evaluations):
        own = [d for d in found if any(d.item is item for item in evaluation.indicators)]
        if own and several:
            body.append(cells.band(facts.owner(evaluation), len(shape.names), group=f"deviation-{index}"))
        for deviation in own:
            place += 1
            body.append(_row(place, str(index), deviation, shape))
    table = Table(
        name="偏差情况", title=DEVIATIONS, widths=shape.widths, head=(cells.headings(*shape.names),), body=tuple(body)
    )
    return fitted((table,), shape.floors)[0]


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which of its columns a deviations table has."""

    targets: bool
    measures: bool
    scores: bool

    @property
    def _columns(self) -> tuple[tuple[str, int, bool], ...]:
        """(name, least width in percent, whether texts may widen it) of the columns there are."""
        columns = (
            ("序号", 7, False, True),
            ("指标", 13, True, True),
            ("指标值", 9, True, self.targets),
            ("实际\n完成", 9, True, True),
            ("分值", 7, False, self.scores),
            ("得分", 8, False, self.scores),
            ("偏差原因" if self.measures else "偏差原因和改进措施", 17, True, True),
            ("改进措施", 12, True, self.measures),
        )
        return tuple((name, width, grows) for name, width, grows, shown in columns if shown)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self._columns)

    @property
    def floors(self) -> dict[int, int]:
        return {place: width for place, (_, width, grows) in enumerate(self._columns) if grows}

    @property
    def widths(self) -> tuple[Decimal, ...]:
        """The least widths; what remains of the whole goes to the last column until texts are known."""
        *before, last = (width for _, width, _ in self._columns)
        return cells.widths(*before, last + 100 - sum(before) - last)


def _row(place: int, index: str, deviation: facts.Deviation, shape: _Shape) -> Row:
    item = deviation.item
    key = (index, str(item.indicator.ordinal))
    target = (cells.text(target_words(item) or "按评分标准", align="center"),) if shape.targets else ()
    points_lost = (cells.number(item.weight, NumberFormat.WEIGHT, ("weight", *key)), cells.score(item.score, ("score", *key)))
    return cells.row(
        cells.text(str(place), align="center"),
        cells.text(item.indicator.name),
        *target,
        cells.text(actual_words(item) or "见自评表", align="center"),
        *(points_lost if shape.scores else ()),
        cells.text(deviation.cause),
        *((cells.text(deviation.measure or "同左"),) if shape.measures else ()),
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
        widths=cells.widths(7, 15, 11, 12, 14, 22, 19),
        head=(cells.headings(*names),),
        body=tuple(body),
    )
    return fitted((table,), {1: 12, 5: 15, 6: 14})[0]


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
