"""A workbook being written: pages with merged cells, row heights that show all text, print set-up.

Deterministic: no clock, no random part; the same calls give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format

from jxreport.forms.measure import height
from jxreport.forms.style import SAMPLE, TITLE, Style

Value = str | Decimal | bool | None

# A workbook must carry a creation time; a constant keeps the bytes reproducible.
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_NAME_LENGTH = 31
_MIN_HEIGHT = 20.0
_SIDE, _TOP = 0.5, 0.6  # margins in inches
_PRINT_WIDTH = (297 / 25.4 - 2 * _SIDE) * 96  # A4 landscape, in pixels
_PRINT_HEIGHT = (210 / 25.4 - 2 * _TOP) * 72  # in points
_SQUEEZE = 1.2  # a sheet this little too long is better shrunk onto one page than torn
_SPARE = 0.97  # programs measure columns a little differently


class Book:
    """A workbook in memory. `mark` (示例数据 …) is shown on every page and kept in the properties."""

    def __init__(self, *, title: str, subject: str = "", mark: str = "") -> None:
        self._stream = BytesIO()
        self._book = xlsxwriter.Workbook(
            self._stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        properties = {"title": title, "subject": subject, "keywords": mark, "comments": mark}
        self._book.set_properties(properties | {"created": _CREATED})
        self._formats: dict[Style, Format] = {}
        self._names: set[str] = set()
        self._pages: list[Page] = []
        self.mark = mark

    def format(self, style: Style) -> Format:
        """The XlsxWriter format of `style`; equal styles share one."""
        if style not in self._formats:
            self._formats[style] = self._book.add_format(style.properties())
        return self._formats[style]

    def page(self, name: str, widths: Sequence[float], *, protected: bool = False) -> Page:
        """Add a sheet; its name is made legal and unique."""
        page = Page(self, self._book.add_worksheet(self._unique(name)), widths, protected)
        self._pages.append(page)
        return page

    def close(self) -> bytes:
        """Finish all pages and return the file."""
        for page in self._pages:
            page.finish()
        self._book.close()
        return self._stream.getvalue()

    def _unique(self, name: str) -> str:
        base = name.translate(_FORBIDDEN_IN_NAMES).strip()[:_NAME_LENGTH] or "表"
        candidate, number = base, 1
        while candidate.lower() in self._names:
            number += 1
            ending = f"_{number}"
            candidate = base[: _NAME_LENGTH - len(ending)] + ending
        self._names.add(candidate.lower())
        return candidate


class Page:
    """One sheet, written from top to bottom; `row` is the next free row (0-based)."""

    def __init__(
        self, book: Book, sheet: xlsxwriter.worksheet.Worksheet, widths: Sequence[float], protected: bool
    ) -> None:
        self._book = book
        self._sheet = sheet
        self._widths = tuple(widths)
        self._needs: list[tuple[int, int, float]] = []
        self._kept: list[tuple[int, int]] = []
        self._repeated = range(0)
        self.row = 0
        for column, width in enumerate(self._widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_TOP)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer('&C&"宋体"&9第 &P 页，共 &N 页')
        if book.mark:
            sheet.set_header(f'&R&"宋体"&9{book.mark.replace("&", "&&")}')
        if protected:
            self._protect()

    @property
    def columns(self) -> int:
        return len(self._widths)

    def cell(
        self, row: int, column: int, value: Value, style: Style, *, rows: int = 1, columns: int = 1
    ) -> None:
        """Write a cell, merged over `rows` × `columns`. 是/否 stand for truth values."""
        form = self._book.format(style)
        if rows > 1 or columns > 1:
            self._sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", form)
        shown = _shown(value)
        if value is None or shown == "":
            self._sheet.write_blank(row, column, None, form)
            return
        if isinstance(value, Decimal):
            self._sheet.write_number(row, column, float(value), form)
        else:
            self._sheet.write_string(row, column, shown, form)
        width = sum(self._widths[column : column + columns])
        self._needs.append((row, row + rows - 1, height(shown, style.size, width)))

    def line(self, values: Sequence[tuple[int, int, Value, Style]], *, rows: int = 1) -> int:
        """Write (column, columns, value, style) cells into the next `rows` rows; return the first."""
        first = self.row
        for column, columns, value, style in values:
            self.cell(first, column, value, style, rows=rows, columns=columns)
        self.row += rows
        return first

    def heading(self, title: str) -> None:
        """The form's title over all columns, and under it the mark of a sample."""
        self.line([(0, self.columns, title, TITLE)])
        if self._book.mark:
            self.line([(0, self.columns, self._book.mark, SAMPLE)])

    def validate(self, row: int, column: int, options: dict[str, object]) -> None:
        """Attach a data validation to one cell (the first of a merged block)."""
        self._sheet.data_validation(row, column, row, column, options)

    def least_height(self, row: int, points: float) -> None:
        """Keep at least `points` of height for `row`, e.g. where prose will be typed."""
        self._needs.append((row, row, points))

    def repeat(self, first: int, last: int) -> None:
        """Print rows `first`–`last` again at the head of every following page."""
        self._sheet.repeat_rows(first, last)
        self._repeated = range(first, last + 1)

    def keep(self, first: int, last: int) -> None:
        """Do not let a printed page end between rows `first` and `last`."""
        self._kept.append((first, last))

    def freeze(self, row: int, column: int = 0) -> None:
        self._sheet.freeze_panes(row, column)

    def finish(self) -> None:
        """Set the row heights and, where rows must stay together, the page breaks."""
        heights = self._heights()
        for row, points in enumerate(heights):
            self._sheet.set_row(row, points)
        if self._kept:
            self._break_pages(heights)

    def _heights(self) -> list[float]:
        """One-row cells first, then what tall merged cells still lack."""
        heights = [_MIN_HEIGHT] * self.row
        for first, last, points in self._needs:
            if first == last:
                heights[first] = max(heights[first], points)
        for first, last, points in self._needs:
            lacking = points - sum(heights[first : last + 1])
            if first != last and lacking > 0:
                for row in range(first, last + 1):
                    heights[row] += lacking / (last + 1 - first)
        return [round(points, 2) for points in heights]

    def _break_pages(self, heights: Sequence[float]) -> None:
        """Breaks before what would be cut, at the scale that fitting to the page's width gives."""
        pixels = sum(width * 7 + 5 for width in self._widths)
        room = _PRINT_HEIGHT / min(1.0, _PRINT_WIDTH / pixels) * _SPARE
        if sum(heights) <= room * _SQUEEZE:
            self._sheet.fit_to_pages(1, 1)
            return
        group_end = dict(self._kept)
        breaks, used, row = [], 0.0, 0
        while row < len(heights):
            end = group_end.get(row, row)
            block = sum(heights[row : end + 1])
            if used and used + block > room:
                breaks.append(row)
                used = sum(heights[at] for at in self._repeated if at < row)
            used += block
            row = end + 1
        self._sheet.set_h_pagebreaks(breaks)

    def _protect(self) -> None:
        # No password: it keeps labels from being overwritten by accident, nothing more.
        allowed = ("format_cells", "format_columns", "format_rows", "select_locked_cells")
        self._sheet.protect("", dict.fromkeys(allowed, True))


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
