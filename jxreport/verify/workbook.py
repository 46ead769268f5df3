"""The embedded workbook against the one that the embedded data give: every cell's value and formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from jxreport.finding import Finding, Source, error
from jxreport.verify.compare import shown

_KINDS = (("数值", True), ("公式", False))


def differences(found: bytes, expected: bytes, file: str, name: str) -> Iterator[Finding]:
    """Cells where workbook `found`, embedded as `name` in the PDF `file`, is not `expected`.

    Bytes may differ where the cells do not (another version of the zip library), so cells decide.
    """
    if found == expected:
        return
    from jxreport.read.gate import admit

    if admit(name, found).kind is None:
        yield error("JX779", Source(file, name), name=name, why="不是完整的工作簿")
        return
    for what, cached in _KINDS:
        try:
            theirs, ours = _cells(found, cached), _cells(expected, cached)
        except Exception:  # whatever openpyxl throws at a hostile file
            yield error("JX779", Source(file, name), name=name, why="读不出来")
            return
        yield from _compared(theirs, ours, what, Source(file, name))


Cells = dict[str, dict[str, object]]


def _cells(data: bytes, cached: bool) -> Cells:
    """Sheet → cell → value; `cached` gives the stored result of a formula, otherwise its text."""
    from openpyxl import load_workbook

    book: Any = load_workbook(io.BytesIO(data), data_only=cached)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }


def _compared(theirs: Cells, ours: Cells, what: str, where: Source) -> Iterator[Finding]:
    if list(theirs) != list(ours):
        for one, other in zip_longest(theirs, ours):
            if one != other:
                yield error("JX775", where, what="工作表名", found=shown(one), expected=shown(other))
                return
    for sheet, cells in ours.items():
        other = theirs[sheet]
        for cell in dict.fromkeys((*cells, *other)):
            mine, found = cells.get(cell), other.get(cell)
            if mine != found:
                place = Source(where.file, f"{where.sheet}·{sheet}", cell)
                yield error("JX775", place, what=what, found=shown(found), expected=shown(mine))
