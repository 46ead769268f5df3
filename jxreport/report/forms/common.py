"""Cells the forms share: level cells merged by run, achievements, causes, heads and total."""

from __future__ import annotations

from decimal import Decimal

from jxreport.model.document import Cell, NumberFormat, Role
from jxreport.model.result import IndicatorScore, Status, UnitResult
from jxreport.number import HUNDRED, half_up, plain
from jxreport.report import cells, facts
from jxreport.report.facts import Standing
from jxreport.report.items import achieved, with_unit
from jxreport.report.text import MISSING, PENDING


def year_line(result: UnitResult) -> str:
    """The line （2020年度） under a form's title, with room for the year where it is not known."""
    year = result.submission.year
    return f"（{year}年度）" if year is not None else "（    年度）"


def level_cells(items: tuple[IndicatorScore, ...]) -> list[tuple[Cell, ...]]:
    """Cells of 一级指标 and 二级指标 for each row: merged over runs, level 2 inside its level 1."""
    firsts = [item.indicator.level1 for item in items]
    pairs = [f"{item.indicator.level1}\0{item.indicator.level2}" for item in items]
    rows = []
    for item, first, second in zip(items, cells.runs(firsts), cells.runs(pairs), strict=True):
        row = [cells.label(item.indicator.level1, rowspan=first)] if first else []
        row += [cells.label(item.indicator.level2, rowspan=second)] if second else []
        rows.append(tuple(row))
    return rows


def groups(place: int, items: tuple[IndicatorScore, ...]) -> list[str]:
    """Group names of rows that belong together at page breaks: runs of one level-1 indicator."""
    names, serial = [], -1
    for length in cells.runs([item.indicator.level1 for item in items]):
        serial += 1 if length else 0
        names.append(f"{place}-{serial}")
    return names


def score_cell(item: IndicatorScore, key: tuple[str, ...]) -> Cell:
    """得分; 不适用 where the unit has excluded the indicator."""
    if item.status is Status.NOT_APPLICABLE:
        return cells.text("不适用", align="center")
    return cells.score(item.score, key)


def weight_cell(item: IndicatorScore, key: tuple[str, ...]) -> Cell:
    """The points of a row."""
    return cells.weight(item.weight, key)


def single_score(item: IndicatorScore) -> Decimal | None:
    """单项指标得分 (0–100), printed so that times 权重占比 it gives the printed 折算得分 again."""
    raw = item.raw if item.raw is not None else item.score
    if raw is None or item.score is None or not item.weight:
        return None
    for places in (2, 3, 4):
        single = half_up(min(raw, item.weight) / item.weight * HUNDRED, places)
        if half_up(single * item.weight / HUNDRED) == item.score:
            return single
    return half_up(item.score / item.weight * HUNDRED, 4)


def achieved_cell(item: IndicatorScore, align: str = "") -> Cell:
    """The achievement; 〔待确认〕 or 〔未填写〕 where there is none."""
    words = "\n".join(part for part in (achieved(item), item.indicator.completion.strip()) if part)
    if words or facts.standing_of(item) is Standing.EXCLUDED:
        return cells.text(words, align=align)
    return cells.missing(MISSING)


def cause_cell(item: IndicatorScore, colspan: int = 1) -> Cell:
    """偏差原因分析及改进措施 in one cell; a cause that is owed and absent is marked."""
    owed = facts.standing_of(item) is Standing.LOST or item.missed or item.overshoot
    if facts.standing_of(item) is Standing.WAITING:
        return cells.text(item.questions[0].text if item.questions else PENDING, colspan=colspan)
    cause = facts.cause_of(item)
    if cause == MISSING:
        return cells.missing(MISSING, colspan) if owed else cells.text("", colspan=colspan)
    measure = facts.measure_of(item)
    lines = [cause] + ([f"改进措施：{measure}"] if measure and measure != MISSING else [])
    return cells.text("\n".join(lines), colspan=colspan)


def total_cells(result: UnitResult, place: int) -> tuple[Cell, Cell]:
    """满分 and 总分 of the form; the total waits while anything that counts has no score."""
    evaluation = result.evaluations[place]
    full = cells.number(
        evaluation.full, NumberFormat.WEIGHT, ("full", str(place)), absent=PENDING, role=Role.TOTAL
    )
    return full, cells.score(evaluation.total, ("total", str(place)), Role.TOTAL)




def actual_cell(item: IndicatorScore, key: tuple[str, ...]) -> Cell:
    """实际完成值: a number where the rule takes one, with its sign of percent; else the words."""
    actual = item.indicator.actual
    if actual is not None and actual.value is not None:
        text = with_unit(actual.text.strip() or plain(actual.value), actual.unit, actual.unit == "%")
        return Cell(text=text, value=actual.value, role=Role.NUMBER, align="center", key=key)
    words = achieved(item)
    if words or facts.standing_of(item) is Standing.EXCLUDED:
        return cells.text(words, align="center")
    return cells.missing(MISSING)
