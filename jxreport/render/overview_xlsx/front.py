"""The first sheet: figures of the whole, grades, lights, charts. Every figure is a formula over the lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from jxreport.model.overview import DEPARTMENT, PROJECT, EvaluationRow, Overview
from jxreport.number import HUNDRED, ZERO
from jxreport.render.overview_xlsx.evaluations import NAMES
from jxreport.render.overview_xlsx.listing import (
    COUNT,
    MONEY,
    PERCENT,
    Column,
    Live,
    Sheets,
    Value,
)
from jxreport.render.overview_xlsx.pace import NAME as PACE_NAME
from jxreport.render.overview_xlsx.pace import light_column
from jxreport.render.overview_xlsx.problems import CODES_NAME, RETURNED_NAME, TREATMENT
from jxreport.render.xlsx.styles import LIST_HEAD
from jxreport.report.overview.words import FAILED, KIND_WORDS, LIGHTS, RETURNED, SEVERITY_WORDS, base_of

NAME = "总览"
MOST_BARS = 30  # more bars than this cannot be told apart

_WIDTHS = (250, 110, 110, 110, 110, 110)
_COLOURS = {"红": "#C00000", "黄": "#E0A800", "绿": "#4E9A51"}
_KIND_COLOURS = {DEPARTMENT: "#1F4E79", PROJECT: "#8FAADC"}
_LABELS = {"红灯": "#FFFFFF"}  # numbers on dark bars
_CHART = {"width": 632, "height": 280}
_CHART_ROWS = 15


class Front:
    """Writes the sheet from the top down. The lists it refers to have been registered before."""

    def __init__(self, sheets: Sheets, sheet: Worksheet, overview: Overview) -> None:
        self.sheets, self.sheet, self.overview = sheets, sheet, overview
        self.kinds = [kind for kind in NAMES if overview.of_kind(kind)]
        self.row = 3

    def write(self) -> None:
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column_pixels(column, column, width)
        remark = "　".join(
            part
            for part in (f"口径：{self.overview.profile}", f"截至：{self.overview.as_of}", self.overview.date)
            if part and not part.endswith("：")
        )
        self.sheets.head_lines(self.sheet, self.overview.title, remark, _WIDTHS)
        self._counts()
        grades = self._grades()
        lights = self._lights()
        self._charts(grades, lights)

    def _counts(self) -> None:
        """Figures by kind of evaluation, then those of the whole."""
        self._head("指标", *(KIND_WORDS[kind] for kind in self.kinds))
        measures = (
            ("评价项数", COUNT, self._evaluations),
            ("已得出总分", COUNT, self._scored),
            ("平均得分率", PERCENT, self._mean),
            ("预算合计（万元）", MONEY, self._budget),
            ("执行合计（万元）", MONEY, self._executed),
            ("执行率", PERCENT, self._rate),
            ("待填报、确认或人工评分的指标", COUNT, self._waiting),
        )
        for title, number, measure in measures:
            self._line(title, [measure(kind) for kind in self.kinds], number)
        self.row += 1
        self._head("材料", "数量")
        self._line("汇总的材料（份）", [self.overview.materials], COUNT)
        self._line("涉及单位（个）", [self.overview.units], COUNT)
        for word, failed in ((RETURNED, False), (FAILED, True)):
            files = sum(row.failed is failed for row in self.overview.returned)
            self._line(
                f"{word}的工作簿（份）", [self._count_if(RETURNED_NAME, TREATMENT, word, files)], COUNT
            )
        for severity, word in SEVERITY_WORDS.items():
            times = sum(row.count for row in self.overview.codes if row.severity == severity)
            self._line(f"{word}（条）", [self._sum_if(CODES_NAME, "条数", "程度", word, times)], COUNT)
        self.row += 1

    def _grades(self) -> tuple[int, int, dict[str, int]]:
        """Rows of the grades (first, last) and the column of each kind with grades."""
        kinds = [kind for kind in self.kinds if any(row.grade for row in self.overview.of_kind(kind))]
        if not kinds:
            return 0, -1, {}
        self._head("等级", *(f"{KIND_WORDS[kind]}（项）" for kind in kinds))
        first = self.row
        for grade in self.overview.grades:
            counts = [sum(row.grade == grade for row in self.overview.of_kind(kind)) for kind in kinds]
            cells = [
                self._count_if(NAMES[kind], "等级", grade, n) for kind, n in zip(kinds, counts, strict=True)
            ]
            self._line(grade, cells, COUNT)
        last, self.row = self.row - 1, self.row + 1
        return first, last, {kind: place + 1 for place, kind in enumerate(kinds)}

    def _lights(self) -> tuple[int, int]:
        """Rows of the checkpoints: first and last."""
        if not any(row.points for row in self.overview.rows):
            return 0, -1
        self._head("支出进度预警", *(f"{light}灯（项）" for light in LIGHTS))
        first = self.row
        points = [point for row in self.overview.rows for point in row.points]
        for label in self.overview.checkpoints:
            here = [point.light for point in points if point.checkpoint == label]
            self._line(
                label,
                [
                    self._count_if(PACE_NAME, light_column(label), light, here.count(light))
                    for light in LIGHTS
                ],
                COUNT,
            )
        last, self.row = self.row - 1, self.row + 1
        return first, last

    def _charts(self, grades: tuple[int, int, dict[str, int]], lights: tuple[int, int]) -> None:
        breaks = [self.row]
        first, last, columns = grades
        if columns:
            self._chart("等级分布（项）", "column", first, last, [
                (KIND_WORDS[kind], column, _KIND_COLOURS.get(kind, "#7F7F7F")) for kind, column in columns.items()
            ])  # fmt: skip
        if lights[1] >= lights[0] and lights[1] > 0:
            series = [(f"{light}灯", place + 1, _COLOURS[light]) for place, light in enumerate(LIGHTS)]
            self._chart("各时点支出进度预警（项）", "stacked", *lights, series)
        self._rates()
        self.sheet.set_h_pagebreaks(breaks)

    def _chart(
        self, title: str, kind: str, first: int, last: int, series: list[tuple[str, int, str]]
    ) -> None:
        stacked = {"subtype": "stacked"} if kind == "stacked" else {}
        chart = self.sheets.workbook.add_chart({"type": "column", **stacked})
        for name, column, colour in series:
            chart.add_series(
                {
                    "name": name,
                    "categories": [NAME, first, 0, last, 0],
                    "values": [NAME, first, column, last, column],
                    "fill": {"color": colour},
                    "border": {"color": "#404040", "width": 0.5},
                    "data_labels": {
                        "value": True,
                        "num_format": "0;;",
                        "font": {"color": _LABELS.get(name, "#000000")},
                    },
                }
            )
        chart.set_y_axis({"num_format": "0", "min": 0, "major_gridlines": _GRID})
        self._place(chart, title)

    def _rates(self) -> None:
        """得分率 and 执行率 of the first departments (or projects) as they stand in their list."""
        kind = next(iter(self.kinds), None)
        rows = self.overview.of_kind(kind) if kind else ()
        shown = min(len(rows), MOST_BARS)
        if kind is None or shown < 2:
            return
        chart = self.sheets.workbook.add_chart({"type": "column"})
        for title, colour in (("得分率", "#1F4E79"), ("执行率", "#A6A6A6")):
            names, values = (
                self.sheets.cells(NAMES[kind], column, shown)
                for column in ("单位" if kind == DEPARTMENT else "项目名称", title)
            )
            chart.add_series(
                {"name": title, "categories": names, "values": values, "fill": {"color": colour}, "gap": 60}
            )
        chart.set_y_axis({"num_format": "0%", "min": 0, "major_gridlines": _GRID})
        chart.set_x_axis({"num_font": {"size": 8, "rotation": -45}})
        rest = f"（前{shown}项）" if shown < len(rows) else ""
        self._place(chart, f"{KIND_WORDS[kind]}得分率和执行率{rest}")

    def _place(self, chart: object, title: str) -> None:
        chart.set_title({"name": title, "name_font": {"name": "黑体", "size": 12}})  # type: ignore[attr-defined]
        chart.set_legend({"position": "bottom"})  # type: ignore[attr-defined]
        chart.set_size(_CHART)  # type: ignore[attr-defined]
        self.sheet.insert_chart(self.row, 0, chart, {"x_offset": 4, "y_offset": 6})
        self.row += _CHART_ROWS

    def _evaluations(self, kind: str) -> Value:
        area = self._area(kind, "单位")
        return Live(f"COUNTA({area})", len(self.overview.of_kind(kind)))

    def _scored(self, kind: str) -> Value:
        return Live(f"COUNT({self._area(kind, '得分')})", len(self._shares(kind)))

    def _mean(self, kind: str) -> Value:
        shares = self._shares(kind)
        mean = sum(shares, ZERO) / len(shares) if shares else None
        return Live(f'IFERROR(AVERAGE({self._area(kind, "得分率")}),"")', mean)

    def _budget(self, kind: str) -> Value:
        return Live(
            f"SUM({self._area(kind, '执行率基数')})", sum((base for base, _ in self._money(kind)), ZERO)
        )

    def _executed(self, kind: str) -> Value:
        base, paid = self._area(kind, "执行率基数"), self._area(kind, "全年执行数")
        return Live(f'SUMIF({base},">0",{paid})', sum((paid for _, paid in self._money(kind)), ZERO))

    def _rate(self, kind: str) -> Value:
        base, paid = self._area(kind, "执行率基数"), self._area(kind, "全年执行数")
        budget = sum((base for base, _ in self._money(kind)), ZERO)
        executed = sum((paid for _, paid in self._money(kind)), ZERO)
        formula = f'IF(SUM({base})>0,SUMIF({base},">0",{paid})/SUM({base}),"")'
        return Live(formula, executed * HUNDRED / budget if budget > 0 else None)

    def _waiting(self, kind: str) -> Value:
        return Live(
            f"SUM({self._area(kind, '待处理')})", sum(row.waiting for row in self.overview.of_kind(kind))
        )

    def _shares(self, kind: str) -> list[Decimal]:
        return [row.share for row in self.overview.of_kind(kind) if row.share is not None]

    def _money(self, kind: str) -> Iterator[tuple[Decimal, Decimal]]:
        """Base and amount paid of the rows whose rate follows from them."""
        for row in self.overview.of_kind(kind):
            pair = _pair(row)
            if pair is not None:
                yield pair

    def _area(self, kind: str, column: str) -> str:
        return self.sheets.area(NAMES[kind], column) or ""

    def _count_if(self, sheet: str, column: str, word: str, number: int) -> Value:
        area = self.sheets.area(sheet, column)
        return Live(f"COUNTIF({area},{_quoted(word)})", number) if area else number

    def _sum_if(self, sheet: str, column: str, by: str, word: str, number: int) -> Value:
        area, words = self.sheets.area(sheet, column), self.sheets.area(sheet, by)
        return Live(f"SUMIF({words},{_quoted(word)},{area})", number) if area and words else number

    def _head(self, *titles: str) -> None:
        for column, title in enumerate(titles):
            self.sheets.texts.write(self.sheet, self.row, column, title, LIST_HEAD)
        self.sheet.set_row(self.row, 22)
        self.row += 1

    def _line(self, title: str, values: list[Value], number: str) -> None:
        self.sheets.write(self.sheet, self.row, 0, title, _TITLES)
        for column, value in enumerate(values, start=1):
            self.sheets.write(self.sheet, self.row, column, value, replace(_NUMBERS, number=number))
        self.row += 1


_GRID = {"visible": True, "line": {"color": "#D9D9D9"}}
_TITLES = Column(title="", width=0)
_NUMBERS = Column(title="", width=0, align="center")


def _pair(row: EvaluationRow) -> tuple[Decimal, Decimal] | None:
    base = base_of(row)
    return (base, row.executed) if base is not None and row.executed is not None else None


def _quoted(word: str) -> str:
    escaped = word.replace('"', '""')
    return f'"{escaped}"'
