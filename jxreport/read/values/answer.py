"""Answer cells of the fill-in forms: numbers, 是/否, a tier's word."""

from __future__ import annotations

from decimal import Decimal

from jxreport.number import ONE, ZERO
from jxreport.read.grid import GridCell
from jxreport.read.layouts import Layouts, fold
from jxreport.read.values.amount import canonical_unit, read_amount

Answered = Decimal | bool | str | None


def read_answer(cell: GridCell, unit: str, layouts: Layouts) -> tuple[Answered, str]:
    """(value, complaint): the complaint is "" or says why the value was not taken.

    "number": a unit is printed, and the cell holds something else. "percent": a share typed as 0.95,
    which may mean 95 % or 0.95 %. "unit": the cell's own unit is another one.
    """
    text = cell.shown
    if not text:
        return None, ""
    wanted = canonical_unit(unit, layouts)
    number, own = _number(cell, layouts)
    if number is not None:
        if own and wanted and own != wanted:
            return None, "unit"
        if wanted == "%" and not own and ZERO < number <= ONE and number != number.to_integral_value():
            return None, "percent"
        return number, ""
    words = layouts.values["words"]
    if fold(text) in words["not_applicable"]:
        return text, ""
    if wanted:
        return None, "number"
    if fold(text).lower() in words["yes"] and fold(text) != "有":
        return True, ""
    if fold(text).lower() in words["no"]:
        return False, ""
    return text, ""


def _number(cell: GridCell, layouts: Layouts) -> tuple[Decimal | None, str]:
    if cell.number is not None:
        return cell.number, "%" if cell.percent else ""
    if isinstance(cell.value, bool):
        return None, ""
    amount = read_amount(cell.shown, layouts)
    if amount is None or amount.op is not None or amount.near or amount.verb:
        return None, ""
    return amount.value, amount.unit
