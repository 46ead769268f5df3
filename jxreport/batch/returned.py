"""退回修改_<原名>.xlsx: the unit's own workbook with its cells marked, and a sheet 问题清单 that leads to them.

The copy is made with openpyxl from bytes that the reading gate has admitted; other formats are converted. A
file that could not be read at all gets a workbook that holds the list alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jxreport.finding import Finding, Severity
from jxreport.messages import Message, message

LIST_NAME = "问题清单"
AUTHOR = "jxreport"
HEAD = ("序号", "程度", "工作表", "单元格", "问题", "怎样修改", "代码")
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}

_COLOURS = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C"}
_WIDTHS = (6, 8, 24, 10, 60, 60, 9)
_SIZE = 11  # points
_MAX_TEXT = 32_767  # characters a cell can hold
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_FIXED_TIME = b"1980-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTask:
    """A workbook with errors, everything found in it, and where its copy goes in the output folder."""

    name: str
    place: str
    data: bytes
    findings: tuple[Finding, ...]


def returned_copy(task: ReturnTask) -> tuple[str, bytes]:
    """Place and bytes of the workbook that goes back to the unit."""
    from openpyxl import Workbook

    marked = [finding for finding in task.findings if finding.severity in _COLOURS]
    book = _opened(task)
    if book is None:
        book = Workbook()
        book.remove(book.worksheets[0])
    else:
        _clear_earlier_marks(book)
        for finding in marked:
            _mark(book, finding)
    _write_list(book, marked)
    stream = io.BytesIO()
    book.save(stream)
    return task.place, _without_clock(stream.getvalue())


def _opened(task: ReturnTask) -> Any:
    """The workbook, or None where the reader refused the whole file or openpyxl cannot read its format."""
    from openpyxl import load_workbook

    from jxreport.batch.converted import convert

    refused = any(finding.is_error and not finding.source.sheet for finding in task.findings)
    if refused:
        return None
    if not zipfile.is_zipfile(io.BytesIO(task.data)):
        return convert(task.name, task.data)
    try:
        return load_workbook(io.BytesIO(task.data), keep_links=False)
    except Exception:  # .ods and whatever else openpyxl stumbles over
        return convert(task.name, task.data)


def _clear_earlier_marks(book: Any) -> None:
    """A copy that was corrected and handed in again must not keep the old colours, comments and list."""
    from openpyxl.styles import PatternFill

    for sheet in list(book.worksheets):
        if sheet.title == LIST_NAME and tuple(cell.value for cell in sheet[2]) == HEAD:
            book.remove(sheet)
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()


def _mark(book: Any, finding: Finding) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    place = _place(book, finding)
    if place is None:
        return
    cell = _top_left(*place)
    words = message(finding)
    text = f"【{SEVERITIES[finding.severity]} {finding.code}】{words.text}\n→ {words.fix}"
    earlier = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    if not (earlier and finding.severity is not Severity.ERROR):  # an error's colour stays
        cell.fill = PatternFill("solid", start_color=_COLOURS[finding.severity])
    comment = Comment(earlier + _printable(text), AUTHOR)
    comment.width, comment.height = 360, 160
    cell.comment = comment


def _place(book: Any, finding: Finding) -> tuple[Any, str] | None:
    """Sheet and first cell address of a finding, or None when it has none that exists."""
    address = _CELL.match(finding.source.cell)
    if address is None or finding.source.sheet not in book.sheetnames:
        return None
    return book[finding.source.sheet], f"{address[1]}{address[2]}"


def _top_left(sheet: Any, address: str) -> Any:
    """The cell that carries style and comment: of a merged range only the first one does."""
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[address]


def _write_list(book: Any, findings: Sequence[Finding]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    from jxreport.forms.measure import height

    sheet = book.create_sheet(LIST_NAME, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    thin = Side(style="thin", color="FF999999")
    sheet["A1"] = "问题清单：请逐条修改后，把本工作簿重新报送（本表可以保留，不影响读取）"
    sheet["A1"].font = Font(bold=True, size=14)
    for number, (title, width) in enumerate(zip(HEAD, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(2, number, title)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="FFD9E1F2")
        sheet.column_dimensions[cell.column_letter].width = width
    for number, (finding, words) in enumerate(_in_order(findings), start=1):
        values = (
            str(number), SEVERITIES[finding.severity], finding.source.sheet, finding.source.cell,
            words.text, words.fix, finding.code,
        )  # fmt: skip
        for column, value in enumerate(values, start=1):
            _write_text(sheet.cell(number + 2, column), value)
        _link(book, sheet.cell(number + 2, 4), finding)
        fitting = (height(value, _SIZE, width) for value, width in zip(values, _WIDTHS, strict=True))
        sheet.row_dimensions[number + 2].height = max(fitting)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"


def _in_order(findings: Iterable[Finding]) -> list[tuple[Finding, Message]]:
    """Errors first, otherwise as found."""
    ordered = sorted(findings, key=lambda finding: not finding.is_error)
    return [(finding, message(finding)) for finding in ordered]


def _write_text(cell: Any, text: str) -> None:
    """Text stays text: whatever a unit wrote into its cells never becomes a formula here."""
    cell.value = _printable(text)[:_MAX_TEXT]
    if cell.data_type != "s":
        cell.data_type = "s"
        cell.quotePrefix = True


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub(" ", text)


def _link(book: Any, cell: Any, finding: Finding) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    place = _place(book, finding)
    if place is None:
        return
    sheet = place[0].title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{place[1]}")
    cell.font = Font(color="FF0563C1", underline="single")


def _without_clock(data: bytes) -> bytes:
    """The same workbook with fixed dates: equal input gives equal bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + _FIXED_TIME, content
                )
            new.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
