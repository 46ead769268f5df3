"""Fonts, borders and number formats: one cached format per look, so that the workbook stays small."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from jxreport.model.document import Cell, NumberFormat, Role
from jxreport.number import HUNDRED, half_up

SONG, FANG, HEI = "宋体", "仿宋", "黑体"
GRID = "#000000"
SHADE = "#F2F2F2"
LINK_BLUE = "#0563C1"
WARNING_RED = "#C00000"

DEFAULT_FORMATS = {
    NumberFormat.SCORE: "0.00",
    NumberFormat.WEIGHT: "General",
    NumberFormat.MONEY: "#,##0.00_ ",  # a space's width keeps the number off the rule
    NumberFormat.PERCENT: "0.00%",
    NumberFormat.POINTS: "+0.00;-0.00;0.00",
    NumberFormat.COUNT: "0",
}

_NUMBER = re.compile(r"([+\-−－]?)(\d[\d,]*)(?:\.(\d+))?(%|％)?")


@dataclass(frozen=True, slots=True)
class Look:
    """Everything a format depends on; equal looks share one format."""

    font: str = SONG
    size: float = 10.5
    bold: bool = False
    align: str = "left"
    valign: str = "vcenter"
    border: bool = True
    wrap: bool = True
    shade: str = ""
    colour: str = ""
    number: str = ""
    underline: bool = False
    quote: bool = False

    def properties(self) -> dict[str, Any]:
        """The look as XlsxWriter properties."""
        chosen: dict[str, Any] = {
            "font_name": self.font,
            "font_size": self.size,
            "font_charset": 134,  # GB2312: old Excel picks the right substitute
            "align": self.align,
            "valign": self.valign,
            "text_wrap": self.wrap,
        }
        if self.border and self.align == "left":
            chosen["indent"] = 1  # keeps text off the rule
        if self.bold:
            chosen["bold"] = True
        if self.border:
            chosen |= {"border": 1, "border_color": GRID}
        if self.shade:
            chosen |= {"bg_color": self.shade, "pattern": 1}
        if self.colour:
            chosen["font_color"] = self.colour
        if self.number:  # a number that has grown too long shrinks instead of showing ###
            chosen |= {"num_format": self.number, "text_wrap": False, "shrink": True}
        if self.underline:
            chosen["underline"] = 1
        if self.quote:
            chosen["quote_prefix"] = True
        return chosen


TITLE = Look(font=HEI, size=18, align="center", border=False)
SUBTITLE = Look(font=SONG, size=12, align="center", border=False)
UNIT_NOTE = Look(font=SONG, size=10.5, align="right", border=False)
NOTE = Look(font=SONG, size=10, border=False, valign="top")
LIST_HEAD = Look(font=HEI, size=10.5, align="center", shade=SHADE)
LIST_TEXT = Look(font=SONG, size=10)

ROLE_LOOKS = {
    Role.HEAD: Look(font=HEI, align="center"),
    Role.LABEL: Look(font=SONG, align="center"),
    Role.TEXT: Look(font=FANG),
    Role.NUMBER: Look(font=SONG, align="center"),
    Role.TOTAL: Look(font=HEI, align="center"),
    Role.MISSING: Look(font=FANG, align="center", colour=WARNING_RED),
}


class Styles:
    """Formats of one workbook, made on first use."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[Look, Format] = {}

    def get(self, look: Look) -> Format:
        if look not in self._formats:
            self._formats[look] = self._workbook.add_format(look.properties())
        return self._formats[look]


def look_of(cell: Cell, size: float) -> Look:
    """The look of a form cell by its role and alignment, without its number format."""
    return _look(cell.role, cell.align, size)


@cache
def _look(role: Role, align: str, size: float) -> Look:
    look = replace(ROLE_LOOKS[role], size=size)
    return replace(look, align=align) if align else look


@dataclass(frozen=True, slots=True)
class Shown:
    """How a number is stored and shown: `scale` is 100 where the cell holds a fraction shown as percent."""

    number: str
    scale: int = 1


def shown(cell: Cell) -> Shown | None:
    """Number format under which `cell.value` shows exactly `cell.text`; None where the cell is a text.

    The decimals, thousands separators, sign and any words around the number are taken from the text, so
    that sheet and PDF show the same characters. A cell with a format and without a value (—) keeps the
    format for the day it has one.
    """
    found = _NUMBER.search(cell.text)
    if cell.value is None or not found or not _states(found, cell.value):
        if cell.format is None:
            return None
        return Shown(DEFAULT_FORMATS[cell.format], 100 if cell.format is NumberFormat.PERCENT else 1)
    sign, whole, decimals, percent = found.groups()
    before, after = cell.text[: found.start()], cell.text[found.end() :]
    digits = "#,##0" if "," in whole or cell.format is NumberFormat.MONEY else "0"
    digits += "." + "0" * len(decimals) if decimals else ""
    digits += "%" if percent else ""
    return Shown(_sections(before, sign, digits, after, cell), 100 if percent else 1)


def _sections(before: str, sign: str, digits: str, after: str, cell: Cell) -> str:
    """Positive; negative; zero sections as far as the text needs more than the plain one."""
    head, tail = _literal(before), _literal(after) + ("_ " if cell.align == "right" else "")
    if cell.format is NumberFormat.WEIGHT and not (head or tail) and digits.strip("0.") == "":
        return "General"  # 22.5 stays 22.5 and 7 stays 7 when somebody changes the number
    signed = cell.format is NumberFormat.POINTS or sign == "+"
    minus = f'"{sign}"' if sign in "−－" and sign else "-"
    if not signed and minus == "-" and not head:
        return digits + tail
    plus = "+" if signed else ""
    return f"{head}{plus}{digits}{tail};{head}{minus}{digits}{tail};{head}{digits}{tail}"


def _literal(text: str) -> str:
    """Text inside a number format, in quotes; a quote itself is escaped."""
    return "".join('\\"' if part == '"' else f'"{part}"' for part in re.split(r'(")', text) if part)


def _states(found: re.Match[str], value: Decimal) -> bool:
    """Does the number written in the text equal the value, rounded to the decimals written?"""
    sign, whole, decimals, _ = found.groups()
    number = Decimal(whole.replace(",", "") + (f".{decimals}" if decimals else ""))
    if sign and sign != "+":
        number = -number
    return half_up(value, len(decimals or "")) == number


def stored(value: Decimal, scale: int) -> float:
    """The number as Excel stores it."""
    return float(value / HUNDRED) if scale == 100 else float(value)
