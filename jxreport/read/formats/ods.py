"""The .ods reader: one odfpy document, values through pandas, shown texts and spans from the document."""

from __future__ import annotations

import io
from typing import Any

from odf.namespaces import OFFICENS, STYLENS, TABLENS
from odf.opendocument import load
from odf.style import Style
from odf.table import Table
from odf.teletype import extractText

from jxreport.read.formats.cells import is_error_word, make_cell, pending_cell
from jxreport.read.formats.formula import typed_constant
from jxreport.read.formats.frame import frames
from jxreport.read.gate.limits import MAX_BOX
from jxreport.read.grid import Area, Grid, GridCell


def read_ods(name: str, data: bytes) -> list[Grid]:
    """All tables as grids. Raises whatever odfpy raises on odd files."""
    document = load(io.BytesIO(data))
    hidden_styles = _hidden_styles(document)
    values = frames(document, "odf")
    return [
        _grid(name, table, values.get(table.getAttribute("name"), []), hidden_styles)
        for table in document.getElementsByType(Table)
    ]


def _hidden_styles(document: Any) -> set[str]:
    hidden = set()
    for style in document.getElementsByType(Style):
        for properties in style.childNodes:
            if properties.qname == (STYLENS, "table-properties") and str(
                properties.attributes.get((TABLENS, "display"), "true")
            ) == "false":
                hidden.add(style.getAttribute("name"))
    return hidden


def _repeat(node: Any, key: str) -> int:
    text = str(node.attributes.get((TABLENS, key), "1"))
    return int(text) if text.isdigit() else 1


def _rows(node: Any) -> list[Any]:
    """Table rows, those inside header and group elements included."""
    found: list[Any] = []
    for child in node.childNodes:
        if child.qname == (TABLENS, "table-row"):
            found.append(child)
        elif child.qname in ((TABLENS, "table-header-rows"), (TABLENS, "table-row-group"), (TABLENS, "table-rows")):
            found.extend(_rows(child))
    return found


def _grid(name: str, table: Any, values: list[list[Any]], hidden_styles: set[str]) -> Grid:
    cells: dict[tuple[int, int], GridCell] = {}
    merges: list[Area] = []
    hidden_rows: set[int] = set()
    r = 1
    for row in _rows(table):
        count = _repeat(row, "number-rows-repeated")
        found, spans = _row_cells(row, values[r - 1] if r <= len(values) else [])
        for offset in range(count if found else 0):
            cells.update({(r + offset, c): cell for c, cell in found.items()})
        if len(cells) > MAX_BOX:
            raise ValueError("table too large")
        merges.extend((r, c, r + down - 1, c + across - 1) for c, down, across in spans)
        if str(row.attributes.get((TABLENS, "visibility"), "visible")) != "visible" and count < 1000:
            hidden_rows.update(range(r, r + count))
        r += count
    return Grid(
        file=name,
        sheet=str(table.getAttribute("name")),
        cells=cells,
        merges=tuple(merges),
        hidden=table.getAttribute("stylename") in hidden_styles,
        hidden_rows=frozenset(hidden_rows),
    )


def _row_cells(row: Any, values: list[Any]) -> tuple[dict[int, GridCell], list[tuple[int, int, int]]]:
    found: dict[int, GridCell] = {}
    spans: list[tuple[int, int, int]] = []
    c = 1
    for node in row.childNodes:
        if node.qname not in ((TABLENS, "table-cell"), (TABLENS, "covered-table-cell")):
            continue
        count = _repeat(node, "number-columns-repeated")
        value = values[c - 1] if c <= len(values) else None
        cell = _cell(node, value)
        for offset in range(count if cell else 0):
            found[c + offset] = cell  # type: ignore[assignment]
        down, across = _repeat(node, "number-rows-spanned"), _repeat(node, "number-columns-spanned")
        if down > 1 or across > 1:
            spans.append((c, down, across))
        c += count
    return found, spans


def _cell(node: Any, value: Any) -> GridCell | None:
    kind = str(node.attributes.get((OFFICENS, "value-type"), ""))
    text = str(node.attributes.get((TABLENS, "formula"), ""))
    formula = bool(text)
    constant = typed_constant(text.partition("=")[2]) if formula else None
    if constant:
        return constant
    shown = "\n".join(extractText(child) for child in node.childNodes if child.qname[1] == "p")
    if formula and not kind and not shown:
        return pending_cell()
    if is_error_word(shown) or shown.startswith(("Err:", "错误:")):
        return make_cell("#VALUE!" if shown.startswith(("Err", "错误")) else shown, "", formula=formula)
    if kind in ("float", "percentage", "currency"):
        raw = node.attributes.get((OFFICENS, "value"), value)
        cell = make_cell(float(str(raw)), "0.00%" if kind == "percentage" else "", formula=formula)
        return _with_text(cell, shown)
    return make_cell(value if kind in ("date", "boolean", "time") else shown, "", formula=formula)


def _with_text(cell: GridCell | None, shown: str) -> GridCell | None:
    if cell is None or not shown:
        return cell
    return GridCell(value=cell.value, text=shown, percent=cell.percent, formula=cell.formula)
