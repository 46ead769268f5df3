"""Writes sheet 数据."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from jxreport.model.document import Document
from jxreport.render.xlsx.data import FIRST_ROW, HEADINGS, VALUE_COLUMN, DataBook, Entry
from jxreport.render.xlsx.layout import text_height
from jxreport.render.xlsx.setup import set_up_page
from jxreport.render.xlsx.styles import LIST_HEAD, LIST_TEXT, SUBTITLE, TITLE, Styles
from jxreport.render.xlsx.texts import TextWriter

WIDTHS = (46, 150, 160, 160, 140, 60, 170, 130, 80)
EXPLANATION = (
    "本表列出评分用到的全部数据及其来源单元格，其他工作表的公式都引用本表“数值”一列；"
    "金额单位为万元，百分比填百分数（98.47%填98.47）。"
)


def write_data_sheet(
    workbook: Workbook, data: DataBook, document: Document, styles: Styles, texts: TextWriter
) -> None:
    """One row per input, in the order of the forms, with its source; blank where nothing was entered."""
    sheet = workbook.add_worksheet(data.sheet)
    last = len(HEADINGS) - 1
    for row, text, look in ((0, "评分数据及来源", TITLE), (1, EXPLANATION, replace(SUBTITLE, size=10))):
        sheet.merge_range(row, 0, row, last, "", styles.get(look))
        texts.write(sheet, row, 0, text, look)
        sheet.set_row(row, max(text_height(text, sum(WIDTHS), look.size), look.size * 1.9))
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column_pixels(column, column, width)
        texts.write(sheet, FIRST_ROW - 1, column, heading, LIST_HEAD)
    sheet.set_row(FIRST_ROW - 1, 24)
    for number, entry in enumerate(data.entries):
        row = FIRST_ROW + number
        cells = _texts(number, entry)
        height = max(
            text_height(text, width, LIST_TEXT.size) for text, width in zip(cells, WIDTHS, strict=True)
        )
        sheet.set_row(row, min(height, 400))
        for column, text in enumerate(cells):
            if column in (0, VALUE_COLUMN):
                continue
            texts.write(sheet, row, column, text, LIST_TEXT)
        number_look = styles.get(replace(LIST_TEXT, align="center"))
        sheet.write_number(row, 0, number + 1, number_look)
        value_look = replace(LIST_TEXT, align="center", shade="#FFF9E5")
        if isinstance(entry.value, Decimal):
            sheet.write_number(row, VALUE_COLUMN, float(entry.value), styles.get(value_look))
        else:
            texts.write(sheet, row, VALUE_COLUMN, cells[VALUE_COLUMN], value_look)
    if data.entries:
        sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW + len(data.entries) - 1, last)
    sheet.freeze_panes(FIRST_ROW, 4)
    sheet.repeat_rows(FIRST_ROW - 1)
    set_up_page(sheet, document, landscape=True)


def _texts(number: int, entry: Entry) -> tuple[str, ...]:
    value = "" if entry.value is None else str(entry.value)
    source = entry.source
    return (
        str(number + 1),
        entry.subject,
        entry.indicator,
        entry.item,
        value,
        entry.unit,
        source.file,
        source.sheet,
        source.cell,
    )
