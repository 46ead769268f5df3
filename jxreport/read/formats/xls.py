"""The BIFF reader (.xls of Excel, .et and .xls of WPS, any code page): xlrd's book, values through pandas."""

from __future__ import annotations

import io
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code

from jxreport.read.formats.biff import formula_texts
from jxreport.read.formats.cells import error_cell, make_cell
from jxreport.read.formats.formula import Place, apply_formulas
from jxreport.read.formats.frame import frames
from jxreport.read.gate.limits import MAX_BOX
from jxreport.read.grid import Grid, GridCell


def read_xls(name: str, data: bytes) -> list[Grid]:
    """All worksheets as grids. Raises whatever xlrd raises; ValueError where a sheet is absurdly large."""
    book = _open(data)
    if any(sheet.nrows * sheet.ncols > MAX_BOX for sheet in book.sheets()):
        raise ValueError("sheet too large")
    values = frames(book, "xlrd")
    sheets = book.sheets()
    formulas = formula_texts(data)
    if len(formulas) != len(sheets):
        formulas = [{} for _ in sheets]
    return [
        _grid(name, book, sheet, values.get(sheet.name, []), texts)
        for sheet, texts in zip(sheets, formulas, strict=True)
    ]


def _open(data: bytes) -> Any:
    quiet = io.StringIO()
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=quiet)
    except (NotImplementedError, AssertionError, IndexError, KeyError):
        return xlrd.open_workbook(file_contents=data, formatting_info=False, logfile=quiet)


def _code(book: Any, sheet: Any, row: int, column: int) -> str:
    """The number format of a cell, "" where the book was opened without formats."""
    if not book.formatting_info:
        return ""
    index = sheet.cell_xf_index(row, column)
    if index is None or index >= len(book.xf_list):
        return ""
    known = book.format_map.get(book.xf_list[index].format_key)
    return known.format_str if known else ""


def _grid(name: str, book: Any, sheet: Any, rows: list[list[Any]], texts: dict[Place, str]) -> Grid:
    cells: dict[tuple[int, int], GridCell] = {}
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is None or value == "" or c >= sheet.row_len(r):
                continue
            if sheet.cell_type(r, c) == xlrd.XL_CELL_ERROR:
                cells[r + 1, c + 1] = error_cell(error_text_from_code.get(sheet.cell_value(r, c), "#ERROR"))
                continue
            cell = make_cell(value, _code(book, sheet, r, c))
            if cell:
                cells[r + 1, c + 1] = cell
    apply_formulas(cells, texts, {}, set())
    return Grid(
        file=name,
        sheet=sheet.name,
        cells=cells,
        merges=tuple((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells),
        hidden=sheet.visibility != 0,
        hidden_rows=frozenset(i + 1 for i, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(i + 1 for i, info in sheet.colinfo_map.items() if info.hidden),
    )
