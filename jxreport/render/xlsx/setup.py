"""Print set-up common to all sheets."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from jxreport.model.document import Document
from jxreport.render.xlsx.texts import clean_text

A4 = 9
MARGINS = {"left": 0.59, "right": 0.59, "top": 0.79, "bottom": 0.79}  # inches: 15 and 20 mm


def set_up_page(sheet: Worksheet, document: Document, *, landscape: bool) -> None:
    """A4, fitted to the width, page numbers 第×页 共×页, unit and sample mark in the page head."""
    set_up_sheet(sheet, document.unit, "示例数据" if document.sample_notice else "", landscape=landscape)


def set_up_sheet(sheet: Worksheet, head: str, mark: str = "", *, landscape: bool) -> None:
    """The same with any words: `head` to the left and `mark` to the right of the page head."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    left = f'&L&"宋体"&9{_escaped(head)}'
    sheet.set_header(left + (f'&R&"宋体"&9{mark}' if mark else ""))
    sheet.set_footer('&C&"宋体"&9第 &P 页　共 &N 页')


def _escaped(text: str) -> str:
    """Text after a font size in a page head: & doubled, short enough for Excel's 255 characters.

    A digit in front would be read as part of the size; a space keeps them apart.
    """
    escaped = clean_text(text)[:100].replace("&", "&&")
    return f" {escaped}" if escaped[:1].isdigit() else escaped
