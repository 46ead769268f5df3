"""One raw value and its number format become a GridCell, whatever library the value came from."""

from __future__ import annotations

import datetime
import numbers
from decimal import Decimal
from typing import Any

from jxreport.number import clean
from jxreport.read.formats.shown import clean_text, date_text, is_percent, number_text, scale_of
from jxreport.read.grid import GridCell

_ERROR_WORDS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!",
                "#FIELD!", "#BLOCKED!", "#GETTING_DATA", "#UNKNOWN!", "#BUSY!", "#CONNECT!")


def is_error_word(value: Any) -> bool:
    """Whether the text is an error value as Excel and WPS write it (#DIV/0!)."""
    return isinstance(value, str) and value.strip().upper() in _ERROR_WORDS


def make_cell(value: Any, code: str, *, formula: bool = False) -> GridCell | None:
    """A GridCell, or None for an empty cell. NaN and infinities become error cells."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return GridCell(value=value, text="TRUE" if value else "FALSE", formula=formula)
    if isinstance(value, (Decimal, numbers.Real)):
        return _number_cell(value, code, formula)
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, (datetime.date, datetime.time)):
        return GridCell(value=value, text=date_text(value, code), formula=formula)
    if is_error_word(value):
        return error_cell(str(value).strip(), formula=formula)
    text = clean_text(str(value))
    return GridCell(value=text, text=text, formula=formula) if text.strip() else None


def _number_cell(value: Any, code: str, formula: bool) -> GridCell:
    try:
        number = clean(value if isinstance(value, (int, Decimal)) else float(value))
    except (ValueError, OverflowError):
        return error_cell("#NUM!", formula=formula)
    text, percent = number_text(number, code), is_percent(code)
    return GridCell(value=number, text=text, percent=percent, formula=formula, scale=scale_of(code))


def error_cell(word: str, *, formula: bool = False) -> GridCell:
    """A cell that holds an error value: no number may come of it."""
    return GridCell(value=None, text=word, error=word, formula=formula)


def pending_cell() -> GridCell:
    """A formula whose result the file does not hold."""
    return GridCell(formula=True, pending=True)
