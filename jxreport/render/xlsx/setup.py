"""Print set-up common to all sheets."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from jxreport.model.document import Document
from jxreport.render.xlsx.texts import clean_text

A4 = 9
MARGINS = {"left": 0.59, "right": 0.59, "top": 0.79, "bottom": 0.79}  # inches: 15 and 20 mm


def set_up_page(sheet: Worksheet, document: Document, *, landscape: bool) -> None:
    """A4, fitted to the width, page numbers 第×页 共×页, unit and sample mark in the page head."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    head = f'&L&"宋体"&9{_escaped(document.unit)}'
    if document.sample_notice:
        head += '&R&"宋体"&9示例数据'
    sheet.set_header(head)
    sheet.set_footer('&C&"宋体"&9第 &P 页　共 &N 页')


def _escaped(text: str) -> str:
    """Text inside a page head: & doubled, and short enough for Excel's 255 characters."""
    return clean_text(text)[:100].replace("&", "&&")
