"""The sample's two workbooks, spoilt on purpose. Cells are found by their labels, as a person finds them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from jxreport.batch import Summary, run
from jxreport.config import load
from jxreport.finding import Finding
from tests.conftest import SAMPLE

TARGETS, ACTUALS = (f"承德高新区党政办公室_2020年_{name}.xlsx" for name in ("绩效目标", "完成情况"))
DEPARTMENT_TARGETS = "部门整体支出绩效指标"
DEPARTMENT = "部门整体支出自评"
OFFICES = "承德高新区管委会办公用房租赁及运行项目经费"
RECEPTION = "商务接待专项经费"
LEGAL = "法制专项经费"
PAYMENTS = "资金支出进度表"
READINGS = "口径确认"

Book = openpyxl.Workbook


@dataclass(frozen=True)
class Cell:
    """A cell by the labels of its row (all of them stand in it) and of its column."""

    sheet: str
    row: tuple[str, ...]
    column: str

    def address(self, book: Book) -> str:
        sheet = book[self.sheet]
        return f"{_column(sheet, self.column)}{_row(sheet, self.row)}"


@dataclass(frozen=True)
class Below:
    """The cell under a heading: the plan's percentages stand under their checkpoints."""

    sheet: str
    heading: str

    def address(self, book: Book) -> str:
        return next(
            f"{cell.column_letter}{cell.row + 1}"
            for row in book[self.sheet].iter_rows()
            for cell in row
            if _folded(cell.value) == self.heading
        )


@dataclass(frozen=True)
class At:
    """A cell by its address, where no label leads to it."""

    sheet: str
    cell: str

    def address(self, book: Book) -> str:
        return self.cell


Place = Cell | Below | At


def _folded(value: object) -> str:
    return "".join(str(value).split()) if value is not None else ""


def _row(sheet: Worksheet, labels: tuple[str, ...]) -> int:
    for row in sheet.iter_rows():
        if set(labels) <= {_folded(cell.value) for cell in row}:
            return int(row[0].row)
    raise LookupError(f"{sheet.title}: no row with {labels}")


def _column(sheet: Worksheet, heading: str) -> str:
    for row in sheet.iter_rows():
        for cell in row:
            if _folded(cell.value) == heading:
                return str(cell.column_letter)
    raise LookupError(f"{sheet.title}: no column {heading}")


def question(label: str, column: str = "填报值") -> Cell:
    """A cell of the department's answers or basic data, by what is asked."""
    return Cell(DEPARTMENT, (label,), column)


def result(project: str, indicator: str, column: str = "单项指标实际完成值") -> Cell:
    """A cell of a project's indicator row."""
    return Cell(project, (indicator,), column)


def money(project: str, column: str) -> Cell:
    return Cell(project, ("预算数",), column)


CODES = {OFFICES: "101-0103-YBN-B8HR", RECEPTION: "101-0109-YBN-GNWK", LEGAL: "101-0506-YBN-BM2R"}


def paid(project: str, checkpoint: str) -> Cell:
    return Cell(PAYMENTS, (CODES[project],), f"截至{checkpoint}")


def deviation(project: str, checkpoint: str, column: str) -> Cell:
    return Cell(PAYMENTS, (CODES[project], checkpoint), column)


def plan(project: str, checkpoint: str) -> Below:
    return Below(project, checkpoint)


def copied(folder: Path, *names: str) -> Path:
    """A folder with the sample's settings and the named workbooks (both by default)."""
    folder.mkdir()
    for name in ("jxreport.toml", *(names or (TARGETS, ACTUALS))):
        shutil.copy(SAMPLE / name, folder)
    return folder


def spoilt(folder: Path, name: str, spoil: Callable[[Book], None]) -> None:
    """Change one workbook of `folder`."""
    book = openpyxl.load_workbook(folder / name)
    spoil(book)
    book.save(folder / name)


def written(cells: dict[Place, Any]) -> Callable[[Book], None]:
    """A change that writes values into cells; all places are looked up before the first is written."""

    def spoil(book: Book) -> None:
        places = [(place, place.address(book), value) for place, value in cells.items()]
        for place, address, value in places:
            book[place.sheet][address] = value

    return spoil


def without(*sheets: str) -> Callable[[Book], None]:
    """A change that takes sheets out."""

    def spoil(book: Book) -> None:
        for sheet in sheets:
            del book[sheet]

    return spoil


def checked(folder: Path) -> Summary:
    """`jxreport check folder`."""
    return run([folder], load({}, beside=folder, environment={}).config, write=False)


def totals(summary: Summary) -> list[str | None]:
    """The totals of all evaluations, None where one is open."""
    return [form["total"] for unit in summary.result()["units"] for form in unit["evaluations"]]


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    """Findings as code, sheet and cell."""
    return [(finding.code, finding.source.sheet, finding.source.cell) for finding in findings]
