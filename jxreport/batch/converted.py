"""A workbook of another format (.xls, .et, .ods) as an .xlsx book, so that its cells can be marked.

Of BIFF files values, number formats, fonts, colours, borders, merges, widths and heights come along; of .ods
files the texts, numbers and merges. Formulas become their results.
"""

from __future__ import annotations

import io
from typing import Any

from jxreport.read.grid import Grid

_SIDES: dict[int, Any] = {1: "thin", 2: "medium", 3: "dashed", 4: "dotted", 5: "thick", 6: "double", 7: "hair"}
_HORIZONTAL = {1: "left", 2: "center", 3: "right", 4: "fill", 5: "justify", 6: "centerContinuous", 7: "distributed"}
_VERTICAL = {0: "top", 1: "center", 2: "bottom", 3: "justify", 4: "distributed"}
_DEFAULT_FONT = 11


def convert(name: str, data: bytes) -> Any:
    """The openpyxl book of `data`, a workbook that the gate has admitted; None where it cannot be read."""
    try:
        if data.startswith(b"\xd0\xcf\x11\xe0") or data[:2] == b"\x09\x08":
            return _from_biff(data)
        from jxreport.read.workbook import read_grids

        grids, _ = read_grids(name, data)
        return _from_grids(grids) if grids else None
    except Exception:  # xlrd raises a dozen classes: the list alone will do then
        return None


def _from_biff(data: bytes) -> Any:
    import xlrd
    from openpyxl import Workbook

    book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    made = Workbook()
    made.remove(made.worksheets[0])
    looks = _Looks(book)
    for sheet in book.sheets():
        page = made.create_sheet(sheet.name)
        page.sheet_state = ("visible", "hidden", "veryHidden")[min(sheet.visibility, 2)]
        _copy_cells(book, sheet, page, looks)
        _copy_shape(sheet, page)
    return made


def _copy_cells(book: Any, sheet: Any, page: Any, looks: _Looks) -> None:
    import xlrd

    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell, target = sheet.cell(row, column), page.cell(row + 1, column + 1)
            looks.apply(target, cell.xf_index)
            if cell.ctype == xlrd.XL_CELL_DATE:
                target.value = xlrd.xldate_as_datetime(cell.value, book.datemode)
                looks.apply(target, cell.xf_index)  # openpyxl puts a date format of its own
            elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                target.value = bool(cell.value)
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                target.value = xlrd.error_text_from_code.get(cell.value, "#N/A")
            elif cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER):
                _set(target, cell.value)


def _set(cell: Any, value: Any) -> None:
    """A value as it is: a text that looks like a formula stays a text."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value) if isinstance(value, str) else value
    if isinstance(value, str) and cell.data_type == "f":
        cell.data_type, cell.quotePrefix = "s", True


def _copy_shape(sheet: Any, page: Any) -> None:
    """Merges, widths, heights, hidden rows and columns; printed on the width of one page."""
    from openpyxl.utils import get_column_letter

    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for top, bottom, left, right in sheet.merged_cells:
        page.merge_cells(start_row=top + 1, end_row=bottom, start_column=left + 1, end_column=right)
    for column, info in sheet.colinfo_map.items():
        if column < sheet.ncols:
            page.column_dimensions[get_column_letter(column + 1)].width = info.width / 256
            page.column_dimensions[get_column_letter(column + 1)].hidden = bool(info.hidden)
    for row, info in sheet.rowinfo_map.items():
        if row < sheet.nrows:
            page.row_dimensions[row + 1].height = info.height / 20 if info.height else None
            page.row_dimensions[row + 1].hidden = bool(info.hidden)


class _Looks:
    """Fonts, fills, borders and number formats of a BIFF book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[int, tuple[Any, ...]] = {}

    def apply(self, cell: Any, index: int | None) -> None:
        if index is None or index >= len(self._book.xf_list):
            return
        if index not in self._made:
            self._made[index] = self._styles(self._book.xf_list[index])
        cell.font, cell.fill, cell.border, cell.alignment, cell.number_format = self._made[index]

    def _styles(self, xf: Any) -> tuple[Any, ...]:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        font = self._book.font_list[xf.font_index] if xf.font_index < len(self._book.font_list) else None
        edges: dict[str, Any] = {
            side: Side(style=_SIDES.get(getattr(xf.border, f"{side}_line_style"), "thin"))
            for side in ("left", "right", "top", "bottom")
            if getattr(xf.border, f"{side}_line_style")
        }
        colour = self._colour(xf.background.pattern_colour_index) if xf.background.fill_pattern == 1 else ""
        known = self._book.format_map.get(xf.format_key)
        return (
            Font(name=font.name, size=font.height / 20, bold=bool(font.bold), italic=bool(font.italic))
            if font
            else Font(size=_DEFAULT_FONT),
            PatternFill("solid", start_color=colour) if colour else PatternFill(),
            Border(**edges),
            Alignment(
                horizontal=_HORIZONTAL.get(xf.alignment.hor_align),
                vertical=_VERTICAL.get(xf.alignment.vert_align),
                wrap_text=bool(xf.alignment.text_wrapped),
            ),
            known.format_str if known else "General",
        )

    def _colour(self, index: int) -> str:
        rgb = self._book.colour_map.get(index)
        return "FF{:02X}{:02X}{:02X}".format(*rgb) if rgb else ""


def _from_grids(grids: tuple[Grid, ...]) -> Any:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    made = Workbook()
    made.remove(made.worksheets[0])
    for grid in grids:
        page = made.create_sheet(grid.sheet)
        page.sheet_state = "hidden" if grid.hidden else "visible"
        for row, column, content in grid.all_filled():
            cell = page.cell(row, column)
            _set(cell, content.text)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
        for top, left, bottom, right in grid.merges:
            page.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
    return made
