"""Native charts on the schedule table: plan against actual, fed by the cells of the table itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jxreport.model.document import Document
from jxreport.model.result import Evaluation, UnitResult
from jxreport.number import HUNDRED
from jxreport.render.xlsx.data import subject
from jxreport.render.xlsx.plan import Box, FormPlan
from jxreport.render.xlsx.setup import set_up_page

NAME = "支出进度图"
WIDTH, HEIGHT = 632, 296
CHART_ROWS, CHART_COLUMNS = 16, 10  # the cells a chart covers: rows of 20, columns of 64 pixels
PER_PAGE = 3
LINES = (
    ("plan", "计划累计进度", "#7F7F7F", "dash", "square"),
    ("pace_actual", "实际累计进度", "#1F4E79", "solid", "circle"),
)
LIGHTS = {"红灯": ("#FFC7CE", "#9C0006"), "黄灯": ("#FFEB9C", "#7F6000"), "绿灯": ("#C6EFCE", "#006100")}


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows of one evaluation in a schedule table: first and last sheet row, columns by key."""

    evaluation: Evaluation
    first: int
    last: int
    labels: int
    columns: dict[str, int]


def write_charts(
    workbook: Workbook, name: str, plans: Iterable[FormPlan], document: Document
) -> None:
    """A sheet of charts: one for every evaluation whose checkpoints stand in the tables of `plans`."""
    found = [(plan.sheet, block) for plan in plans for block in _blocks(plan, document.result)]
    if not found:
        return
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    for number, (source, block) in enumerate(found):
        chart = _chart(workbook, source, block)
        sheet.insert_chart(number * CHART_ROWS, 0, chart, {"x_offset": 4, "y_offset": 6})
    sheet.set_h_pagebreaks([row * CHART_ROWS for row in range(PER_PAGE, len(found), PER_PAGE)])
    sheet.print_area(0, 0, len(found) * CHART_ROWS - 1, CHART_COLUMNS - 1)
    set_up_page(sheet, document, landscape=False)


def colour_lights(workbook: Workbook, sheet: Worksheet, plan: FormPlan) -> None:
    """Colours beside the words of the lights: the sheet reads the same in black and white."""
    cells = [box for box in plan.boxes if box.cell.key[:1] == ("light",)]
    if not cells:
        return
    area = (cells[0].row, cells[0].column, cells[-1].last_row, cells[0].column)
    for word, (back, fore) in LIGHTS.items():
        look = workbook.add_format({"bg_color": back, "font_color": fore})
        sheet.conditional_format(*area, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look})


def _blocks(plan: FormPlan, result: UnitResult) -> Iterator[_Block]:
    """Evaluations whose checkpoints follow each other in one column, as a chart needs them."""
    cells = {box.cell.key: box for box in plan.boxes if box.cell.key}
    for index, evaluation in enumerate(result.evaluations):
        labels = [point.checkpoint.label for point in evaluation.schedule]
        columns = {key: [cells.get((key, str(index), label)) for label in labels] for key, *_ in LINES}
        boxes = {key: _column(found) for key, found in columns.items()}
        if labels and all(boxes.values()):
            first = boxes["plan"][0]
            named = next((b for b in plan.boxes if b.row == first.row and b.cell.text == labels[0]), None)
            if named is not None:
                yield _Block(
                    evaluation,
                    first.row,
                    boxes["plan"][-1].row,
                    named.column,
                    {key: found[0].column for key, found in boxes.items()},
                )


def _column(found: Sequence[Box | None]) -> list[Box]:
    """The boxes, if they stand one under the other without a gap; else nothing."""
    boxes = [box for box in found if box is not None]
    stacked = all(b.row == a.last_row + 1 and b.column == a.column for a, b in pairwise(boxes))
    return boxes if len(boxes) == len(found) and stacked else []


def _chart(workbook: Workbook, sheet: str, block: _Block):  # type: ignore[no-untyped-def]
    """Line chart; the lines differ in dash and marker, not only in colour."""
    chart = workbook.add_chart({"type": "line"})
    for key, name, colour, dash, marker in LINES:
        column = block.columns[key]
        paint = {"color": colour}
        chart.add_series(
            {
                "name": name,
                "categories": [sheet, block.first, block.labels, block.last, block.labels],
                "values": [sheet, block.first, column, block.last, column],
                "line": {**paint, "width": 2.25, "dash_type": dash},
                "marker": {"type": marker, "size": 7, "fill": paint, "border": paint},
                "data_labels": _labels(key),
            }
        )
    chart.set_title({"name": f"{subject(block.evaluation)}支出进度", "name_font": {"name": "黑体", "size": 12}})
    chart.set_y_axis(_axis(block.evaluation))
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    chart.show_blanks_as("gap")
    return chart


def _labels(key: str) -> dict[str, object]:
    """Numbers at the actual payments only: two rows of numbers would run into each other."""
    if key != "pace_actual":
        return {}
    return {"value": True, "num_format": "0.00%", "position": "above", "font": {"size": 9}}


def _axis(evaluation: Evaluation) -> dict[str, object]:
    values = [v for point in evaluation.schedule for v in (point.plan, point.actual) if v is not None]
    top: dict[str, object] = {"max": 1} if max(values, default=Decimal(0)) <= HUNDRED else {}
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    return {"min": 0, "num_format": "0%", "major_gridlines": grid, **top}
