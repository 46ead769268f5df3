"""The spending schedule: one row per evaluation, for every checkpoint plan, payment, deviation and light."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from jxreport.model.overview import EvaluationRow, Overview, PointRow
from jxreport.number import half_up
from jxreport.render.overview_xlsx.listing import (
    FIRST_ROW,
    PERCENT,
    POINTS,
    TOTAL_ROW,
    Column,
    Live,
    Sheets,
    Value,
)
from jxreport.render.xlsx.charts import LIGHTS
from jxreport.render.xlsx.styles import LIST_HEAD
from jxreport.report.overview.words import KIND_WORDS

NAME = "支出进度"

_LEADING = (
    Column(title="类型", width=64, align="center"),
    Column(title="单位", width=190),
    Column(title="年度", width=48, align="center"),
    Column(title="项目名称", width=190),
)
_PARTS = (
    ("计划进度", 70, PERCENT),
    ("实际进度", 70, PERCENT),
    ("偏差", 64, POINTS),
    ("预警灯", 48, ""),
)
_REMARK = "进度为累计支付占预算的比例；偏差=实际进度-计划进度，单位为百分点。计划为各单位自行申报的资金支出计划，不是日历进度。"


def write_pace(sheets: Sheets, overview: Overview) -> None:
    """The list, where any evaluation has a plan."""
    rows = [row for row in overview.rows if row.points]
    if not rows:
        return
    columns = [*_LEADING, *(column for label in overview.checkpoints for column in _columns(label))]
    cells = [_cells(row, overview.checkpoints, FIRST_ROW + index) for index, row in enumerate(rows)]
    sheet = sheets.add_list(NAME, f"{overview.title}：{NAME}", _REMARK, columns, cells)
    sheet.set_row(TOTAL_ROW, 20)
    for number, label in enumerate(overview.checkpoints):
        first = len(_LEADING) + number * len(_PARTS)
        head = sheets.styles.get(LIST_HEAD)
        sheet.merge_range(TOTAL_ROW, first, TOTAL_ROW, first + len(_PARTS) - 1, label, head)
        _colour(sheets, sheet, first + len(_PARTS) - 1, len(rows))


def light_column(label: str) -> str:
    """Title of the column with the lights of checkpoint `label`."""
    return f"{label}\n预警灯"


def _columns(label: str) -> list[Column]:
    return [
        Column(title=f"{label}\n{title}", width=width, number=number, align="center")
        for title, width, number in _PARTS
    ]


def _cells(row: EvaluationRow, labels: Sequence[str], line: int) -> list[Value]:
    points = {point.checkpoint: point for point in row.points}
    cells: list[Value] = [KIND_WORDS.get(row.kind, row.kind), row.unit, row.year, row.name]
    for label in labels:
        cells += _point(points.get(label), line, len(cells))
    return cells


def _point(point: PointRow | None, line: int, column: int) -> list[Value]:
    if point is None:
        return [None, None, None, ""]
    return [point.plan, point.actual, _deviation(point, line, column), point.light]


def _deviation(point: PointRow, line: int, column: int) -> Value:
    """The difference of the two cells beside it, where that is what was stated."""
    if point.plan is None or point.actual is None or point.deviation is None:
        return point.deviation
    if half_up(point.actual - point.plan) != point.deviation:
        return point.deviation
    plan, actual = xl_rowcol_to_cell(line, column), xl_rowcol_to_cell(line, column + 1)
    return Live(f"ROUND(({actual}-{plan})*100,2)", point.deviation)


def _colour(sheets: Sheets, sheet: Worksheet, column: int, rows: int) -> None:
    """Colours beside the words: the sheet reads the same in black and white."""
    letter = xl_col_to_name(column)
    area = f"{letter}{FIRST_ROW + 1}:{letter}{FIRST_ROW + rows}"
    for word, (back, fore) in LIGHTS.items():
        look = sheets.workbook.add_format({"bg_color": back, "font_color": fore})
        criterion = {"type": "cell", "criteria": "==", "value": f'"{word[0]}"', "format": look}
        sheet.conditional_format(area, criterion)
