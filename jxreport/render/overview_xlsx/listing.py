"""A sheet that is one list: title, remark, totals that follow the filter, head, rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jxreport.number import HUNDRED, ZERO
from jxreport.render.xlsx.layout import INDENT_PIXELS, MAX_ROW_POINTS, text_height
from jxreport.render.xlsx.names import quoted
from jxreport.render.xlsx.setup import set_up_sheet
from jxreport.render.xlsx.styles import LIST_HEAD, LIST_TEXT, NOTE, TITLE, Look, Styles
from jxreport.render.xlsx.texts import TextWriter

SCORE, MONEY, PERCENT, POINTS, COUNT = "0.00", "#,##0.00_ ", "0.00%", "+0.00;-0.00;0.00", "0"
TOTAL_LOOK = replace(LIST_TEXT, bold=True, align="center", shade="#EEF2F7")
TITLE_ROW, REMARK_ROW, TOTAL_ROW, HEAD_ROW = range(4)  # 0-based
FIRST_ROW = HEAD_ROW + 1
ROW_POINTS = 18.0
TOTAL_LABEL = "合计、平均（随筛选变化）"


@dataclass(frozen=True, slots=True)
class Live:
    """A formula (without its =) and the value it has."""

    formula: str
    value: Decimal | int | None


Value = str | int | Decimal | Live | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`number` is the format of its numbers ("" for texts); PERCENT columns hold percent units in the model
    and fractions in the sheet. `total` is what stands above it: sum | mean | "" (follows the filter)."""

    title: str
    width: int  # pixels
    number: str = ""
    align: str = ""
    total: str = ""


class Sheets:
    """Makes the sheets of one workbook and knows where their columns lie."""

    def __init__(self, workbook: Workbook, head: str) -> None:
        self.workbook, self.head = workbook, head
        self.styles = Styles(workbook)
        self.texts = TextWriter(self.styles)
        self._areas: dict[tuple[str, str], str] = {}

    def area(self, sheet: str, column: str) -> str | None:
        """Absolute reference to the data of `column` in list `sheet`; None where there is no such list."""
        return self._areas.get((sheet, column))

    def cells(self, sheet: str, column: str, rows: int) -> str:
        """Formula for the first `rows` cells of `column` in list `sheet`, as charts want it."""
        first, _, _ = (self._areas[sheet, column]).partition(":")
        letter = first.split("$")[-2]
        return f"={first}:${letter}${FIRST_ROW + rows}"

    def add(self, name: str, *, landscape: bool = True) -> Worksheet:
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        set_up_sheet(sheet, self.head, landscape=landscape)
        return sheet

    def add_list(
        self,
        name: str,
        title: str,
        remark: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Value]],
        *,
        totals: Mapping[str, Live] | None = None,
        frozen: int = 2,
    ) -> Worksheet:
        """A list sheet; `totals` are more totals by column title, `frozen` columns stay in view."""
        sheet = self.add(name)
        self._register(name, columns, len(rows))
        self.head_lines(sheet, title, remark, [column.width for column in columns])
        for number, column in enumerate(columns):
            sheet.set_column_pixels(number, number, column.width)
            self.texts.write(sheet, HEAD_ROW, number, column.title, LIST_HEAD)
        sheet.set_row(HEAD_ROW, 32)
        for index, row in enumerate(rows):
            sheet.set_row(FIRST_ROW + index, _height(columns, row))
            for number, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.write(sheet, FIRST_ROW + index, number, value, column)
        self._write_totals(sheet, columns, _totals(columns, rows) | dict(totals or {}))
        last = FIRST_ROW + max(len(rows), 1) - 1
        sheet.autofilter(HEAD_ROW, 0, last, len(columns) - 1)
        sheet.freeze_panes(FIRST_ROW, frozen)
        sheet.repeat_rows(HEAD_ROW)
        return sheet

    def head_lines(self, sheet: Worksheet, title: str, remark: str, widths: Sequence[int]) -> None:
        """Title and remark across the list."""
        for row, text, look in ((TITLE_ROW, title, TITLE), (REMARK_ROW, remark, NOTE)):
            sheet.merge_range(row, 0, row, len(widths) - 1, "", self.styles.get(look))
            self.texts.write(sheet, row, 0, text, look)
            sheet.set_row(row, max(text_height(text, sum(widths), look.size), look.size * 1.9))

    def write(self, sheet: Worksheet, row: int, number: int, value: Value, column: Column) -> None:
        """One cell of a list: texts stay texts, numbers are numbers, formulas carry their value."""
        align = column.align or ("center" if column.number else "left")
        look = replace(LIST_TEXT, align=align, number=column.number)
        self._put(sheet, row, number, value, column.number, look)

    def _put(self, sheet: Worksheet, row: int, column: int, value: Value, number: str, look: Look) -> None:
        if value is None or isinstance(value, str):
            self.texts.write(sheet, row, column, value or "", look)
            return
        shown = self.styles.get(look)
        if isinstance(value, Live):
            sheet.write_formula(row, column, f"={value.formula}", shown, stored(value.value, number))
        else:
            sheet.write_number(row, column, stored(value, number), shown)

    def _register(self, name: str, columns: Sequence[Column], rows: int) -> None:
        for number, column in enumerate(columns):
            letter = xl_col_to_name(number)
            last = FIRST_ROW + max(rows, 1)
            self._areas[name, column.title] = f"{quoted(name)}!${letter}${FIRST_ROW + 1}:${letter}${last}"

    def _write_totals(self, sheet: Worksheet, columns: Sequence[Column], totals: Mapping[str, Live]) -> None:
        """The row of totals stands above the head, where no filter hides it."""
        if not totals:
            sheet.set_row(TOTAL_ROW, 4)
            return
        for number, column in enumerate(columns):
            value = totals.get(column.title, TOTAL_LABEL if number == 1 else "")
            look = replace(TOTAL_LOOK, number=column.number if isinstance(value, Live) else "")
            self._put(sheet, TOTAL_ROW, number, value, column.number, look)


def _height(columns: Sequence[Column], row: Sequence[Value]) -> float:
    """Set by us: Excel fits rows when it opens a file, LibreOffice and WPS do not always."""
    texts = ((value, column.width - INDENT_PIXELS) for column, value in zip(columns, row, strict=True))
    needed = (text_height(text, width, LIST_TEXT.size) for text, width in texts if isinstance(text, str))
    return math.ceil(min(max(needed, default=ROW_POINTS), MAX_ROW_POINTS))


def stored(value: Decimal | int | None, number: str) -> float | str:
    """The value as the sheet holds it: percent units become fractions, nothing becomes an empty text."""
    if value is None:
        return ""
    return float(Decimal(value) / HUNDRED) if number == PERCENT else float(value)


def _totals(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> dict[str, Live]:
    found = {}
    for place, column in enumerate(columns):
        if column.total:
            values = [_value(row[place]) for row in rows]
            numbers = [Decimal(value) for value in values if isinstance(value, Decimal | int)]
            letter = xl_col_to_name(place)
            area = f"{letter}{FIRST_ROW + 1}:{letter}{FIRST_ROW + max(len(rows), 1)}"
            found[column.title] = _total(column.total, area, numbers)
    return found


def _value(value: Value) -> str | int | Decimal | None:
    return value.value if isinstance(value, Live) else value


def _total(kind: str, area: str, numbers: Sequence[Decimal]) -> Live:
    whole = sum(numbers, ZERO)
    if kind == "sum":
        return Live(f"SUBTOTAL(109,{area})", whole)
    return Live(f'IFERROR(SUBTOTAL(101,{area}),"")', whole / len(numbers) if numbers else None)
