"""The .xlsx and .xlsm reader: one openpyxl book, values through pandas, the rest from the book.

Merged areas come from the gate's scan: openpyxl would restyle every cell of them, which takes longer
than all the rest, and drops values where two areas overlap.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from jxreport.read.formats.cells import error_cell, make_cell
from jxreport.read.formats.formula import Place, apply_formulas
from jxreport.read.formats.frame import frames
from jxreport.read.formats.slim import sheet_parts, slim
from jxreport.read.gate.parts import SheetScan
from jxreport.read.grid import Grid, GridCell


def read_xlsx(name: str, data: bytes, scans: dict[str, SheetScan]) -> list[Grid]:
    """All worksheets as grids, in workbook order. Raises whatever openpyxl raises on odd files."""
    lean = slim(data, scans)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(lean), data_only=True, keep_links=False)
        values = frames(book, "openpyxl")
        shared = _formulas(lean) if any(_has_shared(scan) for scan in scans.values()) else {}
    if not book.worksheets:
        raise ValueError("no worksheet")
    parts = sheet_parts(data)
    return [
        _grid(name, sheet, values[sheet.title], scans[parts[sheet.title]], shared.get(sheet.title, {}))
        for sheet in book.worksheets
    ]


def _has_shared(scan: SheetScan) -> bool:
    """Is there a formula without result whose text stands in another cell (a shared formula)?"""
    return any(not scan.formulas[ref] for ref in scan.pending)


def _formulas(data: bytes) -> dict[str, dict[str, str]]:
    """Formula texts by sheet and address, shared formulas written out for each cell."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    return {
        sheet.title: {
            cell.coordinate: str(cell.value).removeprefix("=")
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and isinstance(cell.value, str)
        }
        for sheet in book.worksheets
    }


def _grid(name: str, sheet: Worksheet, rows: list[list[Any]], scan: SheetScan, shared: dict[str, str]) -> Grid:
    cells: dict[Place, GridCell] = {}
    codes: dict[Place, str] = {}
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            raw = sheet._cells.get((r, c))
            cell = _cell(raw, value)
            if cell:
                cells[r, c] = cell
    texts = {coordinate_to_tuple(ref): shared.get(ref, text) for ref, text in scan.formulas.items() if ref}
    for at in texts:
        raw = sheet._cells.get(at)
        codes[at] = raw.number_format if raw is not None else ""
    apply_formulas(cells, texts, codes, {coordinate_to_tuple(ref) for ref in scan.pending if ref})
    return Grid(
        file=name,
        sheet=sheet.title,
        cells=cells,
        merges=tuple(scan.merges),
        hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(i for i, d in sheet.row_dimensions.items() if d.hidden),
        hidden_columns=_hidden_columns(sheet),
    )


def _cell(raw: Cell | MergedCell | None, value: Any) -> GridCell | None:
    if raw is not None and raw.data_type == "e":
        return error_cell(str(raw.value))
    return make_cell(value, raw.number_format if raw is not None else "")


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            hidden.update(range(dimension.min or 1, min(dimension.max or 1, 256) + 1))
    return frozenset(hidden)
