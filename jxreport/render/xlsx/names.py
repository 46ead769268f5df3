"""Sheet names and cell references that Excel, WPS and LibreOffice all accept."""

from __future__ import annotations

import re

from xlsxwriter.utility import xl_rowcol_to_cell

LIMIT = 31  # UTF-16 units, as Excel counts them
RESERVED = frozenset({"history"})  # Excel keeps this name for its change log

_FORBIDDEN = re.compile(r"[\\/?*\[\]:\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ufffe\uffff\ud800-\udfff]+")


def utf16_length(text: str) -> int:
    """Length as Excel counts it: characters outside the BMP count twice."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def cut_utf16(text: str, limit: int) -> str:
    """The longest prefix of `text` of at most `limit` UTF-16 units."""
    if utf16_length(text) <= limit:
        return text
    used = 0
    for index, char in enumerate(text):
        used += 2 if ord(char) > 0xFFFF else 1
        if used > limit:
            return text[:index]
    return text


class SheetNames:
    """Hands out clean sheet names, unique without regard to case.

    >>> names = SheetNames()
    >>> names.unique("业务费[2020]:一"), names.unique("业务费 2020 一")
    ('业务费 2020 一', '业务费 2020 一(2)')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, wanted: str) -> str:
        """A clean name made from `wanted`; a number is added where it is taken or reserved."""
        name = clean_sheet_name(wanted)
        candidate, number = name, 2
        while candidate.casefold() in self._taken or candidate.casefold() in RESERVED:
            suffix = f"({number})"
            candidate = cut_utf16(name, LIMIT - len(suffix)) + suffix
            number += 1
        self._taken.add(candidate.casefold())
        return candidate


def clean_sheet_name(wanted: str) -> str:
    """`wanted` without the characters Excel forbids, without edge apostrophes, at most 31 UTF-16 units."""
    name = " ".join(_FORBIDDEN.sub(" ", wanted).split())
    return cut_utf16(name.strip("' "), LIMIT).strip("' ") or "表"


def reference(sheet: str, row: int, column: int) -> str:
    """Absolute reference such as ``'数据'!$E$5`` (0-based row and column)."""
    return f"{quoted(sheet)}!{xl_rowcol_to_cell(row, column, True, True)}"


def quoted(sheet: str) -> str:
    """The sheet name as formulas want it: in apostrophes, those inside doubled."""
    escaped = sheet.replace("'", "''")
    return f"'{escaped}'"
