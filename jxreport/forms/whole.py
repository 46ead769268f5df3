"""M2 部门整体支出绩效自评表, blank: the usual blocks of the department's form (NORMS 2.1)."""

from __future__ import annotations

from dataclasses import replace

from jxreport.form_names import FORM_NAMES
from jxreport.forms.book import Book, Page
from jxreport.forms.national import groups_of
from jxreport.forms.official import (
    Entry,
    Groups,
    Preprinted,
    fund_rows,
    headings,
    indicator_rows,
    instructions,
    prose,
)
from jxreport.forms.style import (
    HEAD,
    INPUT,
    INPUT_LITERAL,
    INPUT_MONEY,
    INPUT_TEXT,
    LABEL,
    OPEN_SUBTITLE,
    OPTIONAL,
    OPTIONAL_MONEY,
    OPTIONAL_TEXT,
)
from jxreport.forms.validation import between, number
from jxreport.model.profile import Profile
from jxreport.number import HUNDRED

M2_TITLE = FORM_NAMES["M2"]

_WIDTHS = (11, 13, 16, 24, 13, 13, 13, 13, 9, 11, 26)
_RATE = replace(OPTIONAL, number_format="0.00%")


def write_whole(book: Book, profile: Profile, words: Preprinted) -> None:
    """Write the blank M2. Scores and rates may stay empty: the program computes them."""
    page = book.page(M2_TITLE, _WIDTHS, protected=True)
    page.heading(M2_TITLE)
    page.line([(0, page.columns, "（      年度）", OPEN_SUBTITLE)])
    page.line(
        [
            (0, 2, "部门（单位）名称", HEAD),
            (2, 3, None, INPUT_TEXT),
            (5, 1, "联系人", HEAD),
            (6, 2, None, INPUT_LITERAL),
            (8, 1, "联系电话", HEAD),
            (9, 2, None, INPUT_LITERAL),
        ]
    )
    _money(page, words, profile)
    page.cell(page.row, 0, "年度总体目标", HEAD, rows=2)
    headings(page, ((1, 4, "预期目标"), (5, 6, "实际完成情况")))
    prose(page, ((1, 4), (5, 6)))
    _indicators(page, groups_of(profile, words))
    page.cell(page.row, 0, "偏差原因分析及改进措施", HEAD, columns=2)
    prose(page, ((2, page.columns - 2),))
    instructions(page, words.notes["M2"])


def _money(page: Page, words: Preprinted, profile: Profile) -> None:
    """预算执行情况: 任务名称, its money in two rows of headings, points, rate and score."""
    labels, top = words.funds["department"], page.row
    page.cell(top, 0, "预算执行情况\n（万元）", HEAD, rows=len(labels) + 2)
    page.cell(top, 1, "任务名称", HEAD, rows=2, columns=2)
    page.cell(top, 3, "完成情况", HEAD, rows=2)
    page.cell(top, 4, "预算数（万元）", HEAD, columns=3)
    for column, title in ((7, "执行数（万元）"), (8, "分值"), (9, "执行率"), (10, "得分")):
        page.cell(top, column, title, HEAD, rows=2)
    for column, title in enumerate(("全年", "其中：财政拨款", "其他"), start=4):
        page.cell(top + 1, column, title, HEAD)
    page.row += 2

    def amounts(row: int, is_total: bool) -> None:
        page.cell(row, 3, None, OPTIONAL_TEXT)
        for column in (4, 5, 6, 7):
            page.cell(row, column, None, INPUT_MONEY if is_total and column in (4, 7) else OPTIONAL_MONEY)
            page.validate(row, column, number("金额，单位万元"))
        page.cell(row, 8, profile.weights.execution if is_total else "—", LABEL)
        page.cell(row, 9, None, _RATE)
        page.cell(row, 10, None if is_total else "—", OPTIONAL if is_total else LABEL)

    fund_rows(page, labels, amounts, 1, 2)


def _indicators(page: Page, groups: Groups) -> None:
    rows = sum(sum(seconds.values()) for seconds in groups.values())
    page.cell(page.row, 0, "绩效指标", HEAD, rows=rows + 1)
    spans = ((1, 1), (2, 1), (3, 1), (4, 1), (5, 2), (7, 1), (8, 1), (9, 2))
    titles = ("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分", "备注")
    head = headings(page, [(*span, title) for span, title in zip(spans, titles, strict=True)])
    page.repeat(head, head)
    indicator_rows(
        page,
        groups,
        (
            Entry(column=3, style=INPUT_TEXT),
            Entry(column=4, style=INPUT, validation=between(0, 100, "本指标的分值")),
            Entry(column=5, columns=2, style=INPUT),
            Entry(column=7, style=INPUT),
            Entry(column=8, style=OPTIONAL, validation=between(0, 100, "不超过本指标的分值")),
            Entry(column=9, columns=2, style=OPTIONAL_TEXT),
        ),
        first=1,
    )
    page.line(
        [
            (0, 4, "总分", LABEL),
            (4, 1, HUNDRED, LABEL),
            (5, 3, "", LABEL),
            (8, 1, None, OPTIONAL),
            (9, 2, "", LABEL),
        ]
    )
