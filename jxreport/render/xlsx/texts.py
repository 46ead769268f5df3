"""Texts on their way into cells: never a formula, never too long, never a character XML refuses."""

from __future__ import annotations

import re
from dataclasses import replace

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from jxreport.finding import Finding, Source, warning
from jxreport.render.xlsx.names import cut_utf16, utf16_length
from jxreport.render.xlsx.styles import Look, Styles

LIMIT = 32767  # UTF-16 units in one cell
CUT_MARK = "……（以下见PDF）"

_REFUSED = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LOOKS_LIKE_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def clean_text(text: str) -> str:
    """Characters that XML cannot carry become U+FFFD; line ends become \\n."""
    return _REFUSED.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


class TextWriter:
    """Writes texts as texts, and remembers what it had to cut."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.findings: list[Finding] = []

    def write(self, sheet: Worksheet, row: int, column: int, text: str, look: Look) -> None:
        """Write `text`; what looks like a formula gets the quote prefix so that editing keeps it a text."""
        text = clean_text(text)
        if not text:
            sheet.write_blank(row, column, None, self._styles.get(look))
            return
        if utf16_length(text) > LIMIT:
            self.findings.append(
                warning(
                    "JX751",
                    Source(sheet=sheet.get_name(), cell=xl_rowcol_to_cell(row, column)),
                    length=utf16_length(text),
                    limit=LIMIT,
                )
            )
            text = cut_utf16(text, LIMIT - len(CUT_MARK)) + CUT_MARK
        if _LOOKS_LIKE_FORMULA.match(text):
            look = replace(look, quote=True)
        sheet.write_string(row, column, text, self._styles.get(look))
