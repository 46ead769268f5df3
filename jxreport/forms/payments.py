"""A3 资金支出进度表: budgets and cumulative payments per project, and why they left the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jxreport.form_names import FORM_NAMES
from jxreport.forms.book import Book
from jxreport.forms.entries import Entries
from jxreport.forms.filler import Filler
from jxreport.forms.official import instructions
from jxreport.forms.style import (
    BLOCK,
    HEAD,
    INPUT_LITERAL,
    INPUT_MONEY,
    INPUT_TEXT,
    LABEL,
    OPEN_PLAIN,
    OPTIONAL,
    OPTIONAL_TEXT,
    PLAIN,
    PLAIN_RIGHT,
    TEXT,
)
from jxreport.forms.validation import number, words

A3_TITLE = FORM_NAMES["A3"]

_WIDTHS = (22, 34, 14, 16)
_PAID_WIDTH = 16
_LEAST_PAID = 4  # the columns that 偏差说明 needs below them
_BLANK_PROJECTS = 4
_BLANK_CAUSES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """A project of A3; a blank code and name make an empty row to fill."""

    code: str = ""
    name: str = ""


def write_payments(
    book: Book,
    projects: Sequence[PaymentRow],
    checkpoints: Sequence[str],
    causes: Sequence[str],
    *,
    unit: str = "",
    year: int | None = None,
    entries: Entries,
    notes: Sequence[str] = (),
) -> None:
    """Write A3. `causes` are the profile's words for 偏差原因类别."""
    paid = max(len(checkpoints), _LEAST_PAID)
    page = book.page(A3_TITLE, _WIDTHS + (_PAID_WIDTH,) * paid, protected=True)
    page.heading(A3_TITLE)
    year_text = f"{year}年度" if year else "      年度"
    plain = PLAIN if projects else OPEN_PLAIN
    page.line([(0, 2, f"单位：{unit}", plain), (2, 3, year_text, plain), (5, 3, "单位：万元", PLAIN_RIGHT)])
    filler = Filler(page, entries, ("payments",))
    _payments(filler, projects or (PaymentRow(),) * _BLANK_PROJECTS, checkpoints)
    page.line([(0, page.columns, None, PLAIN)])
    page.line([(0, page.columns, "偏差说明", BLOCK)])
    heads = ((0, 1, "项目编码"), (1, 1, "项目名称"), (2, 1, "时点"), (3, 1, "偏差原因类别"))
    page.line([(c, n, title, HEAD) for c, n, title in (*heads, (4, 2, "原因说明"), (6, 2, "改进措施"))])
    for project in projects:
        for checkpoint in checkpoints:
            here = filler.at(project.code or project.name, "deviation", checkpoint)
            _deviation(here, project, checkpoint, causes)
    if not projects:
        _blank_deviations(filler, causes)
    instructions(page, notes)


def _payments(filler: Filler, projects: Sequence[PaymentRow], checkpoints: Sequence[str]) -> None:
    page = filler.page
    top = page.row
    for column, title in enumerate(("项目编码", "项目名称", "年初预算数", "全年预算数")):
        page.cell(top, column, title, HEAD, rows=2)
    page.cell(top, 4, "累计支付数", HEAD, columns=len(checkpoints))
    for column, checkpoint in enumerate(checkpoints, start=4):
        page.cell(top + 1, column, f"截至{checkpoint}", HEAD)
    page.row += 2
    page.freeze(page.row)
    for project in projects:
        _payment(filler, project, checkpoints)


def _payment(filler: Filler, project: PaymentRow, checkpoints: Sequence[str]) -> None:
    row = filler.page.line([])
    here = filler.at(project.code or project.name)
    known = bool(project.code or project.name)
    filler.page.cell(row, 0, project.code, LABEL if known else INPUT_LITERAL)
    filler.page.cell(row, 1, project.name, TEXT if known else INPUT_TEXT)
    for column, (key, message) in enumerate((("initial", "年初预算数"), ("adjusted", "全年预算数")), start=2):
        here.input(row, column, key, INPUT_MONEY, validation=number(f"{message}（万元）"))
    for column, checkpoint in enumerate(checkpoints, start=4):
        message = f"截至{checkpoint}的累计支付数（万元）"
        hint = "从1月1日起累计；没有支付填0"
        here.at("paid").input(row, column, checkpoint, INPUT_MONEY, validation=number(message, hint))


def _deviation(filler: Filler, project: PaymentRow, checkpoint: str, causes: Sequence[str]) -> None:
    page = filler.page
    row = page.line([(0, 1, project.code, LABEL), (1, 1, project.name, TEXT), (2, 1, checkpoint, LABEL)])
    filler.input(row, 3, "cause", OPTIONAL, validation=words(tuple(causes), "支出进度为红灯或黄灯时必填"))
    filler.input(row, 4, "explanation", OPTIONAL_TEXT, columns=2)
    filler.input(row, 6, "measure", OPTIONAL_TEXT, columns=2)


def _blank_deviations(filler: Filler, causes: Sequence[str]) -> None:
    page = filler.page
    for _ in range(_BLANK_CAUSES):
        row = page.row
        for column, columns in ((0, 1), (1, 1), (2, 1), (3, 1), (4, 2), (6, 2)):
            page.cell(row, column, None, OPTIONAL_TEXT, columns=columns)
        options = words(tuple(causes))
        if options is not None:
            page.validate(row, 3, options)
        page.row += 1
