"""M3 项目支出绩效目标执行监控表, blank: 财预〔2019〕136号 with its causes and chances (NORMS 4.2)."""

from __future__ import annotations

from dataclasses import replace

from jxreport.form_names import FORM_NAMES
from jxreport.forms.book import Book, Page
from jxreport.forms.national import groups_of
from jxreport.forms.official import Entry, Groups, Preprinted, fund_rows, indicator_rows, instructions, prose
from jxreport.forms.style import (
    HEAD,
    INPUT,
    INPUT_MONEY,
    INPUT_TEXT,
    OPEN_SUBTITLE,
    OPTIONAL,
    OPTIONAL_MONEY,
    OPTIONAL_TEXT,
)
from jxreport.forms.validation import number
from jxreport.forms.validation import words as choice
from jxreport.model.profile import Profile

M3_TITLE = FORM_NAMES["M3"]
PERIOD = "1—7月"  # 136号: every August for January to July; the headings that say so may be overwritten

# 绩效指标 一级 二级 三级 指标值 执行情况 全年预计 | 经费 制度 人员 硬件 其他 原因说明 | 确定能 有可能 完全不可能 | 备注
_WIDTHS = (7, 9, 12, 22, 13, 13, 13, 6, 6, 6, 6, 6, 20, 6, 6, 6, 16)
_CAUSES = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
_CHANCES = ("确定能", "有可能", "完全不可能")
_OPEN_HEAD = replace(HEAD, locked=False)
_RATE = replace(OPTIONAL, number_format="0.00%")
_TICK = choice(("√",))


def write_monitoring(book: Book, profile: Profile, words: Preprinted) -> None:
    """Write the blank M3 for the period of 136号; rates may stay empty."""
    page = book.page(M3_TITLE, _WIDTHS, protected=True)
    page.heading(M3_TITLE)
    page.line([(0, page.columns, "（      年度）", OPEN_SUBTITLE)])
    page.line([(0, 2, "项目名称", HEAD), (2, 15, None, INPUT_TEXT)])
    page.line(
        [
            (0, 2, "主管部门及代码", HEAD),
            (2, 5, None, INPUT_TEXT),
            (7, 3, "实施单位", HEAD),
            (10, 7, None, INPUT_TEXT),
        ]
    )
    _money(page, words)
    page.cell(page.row, 0, "年度总体目标", HEAD, columns=2)
    prose(page, ((2, 15),))
    _indicators(page, groups_of(profile, words))
    instructions(page, words.notes["M3"])


def _money(page: Page, words: Preprinted) -> None:
    labels = words.funds["monitoring"]
    page.cell(page.row, 0, "项目资金\n（万元）", HEAD, rows=len(labels) + 1, columns=2)
    spans = ((2, 2), (4, 2), (6, 3), (9, 3), (12, 5))
    titles = ("", "年初预算数", f"{PERIOD}执行数", f"{PERIOD}执行率", "全年预计执行数")
    styles = (HEAD, HEAD, _OPEN_HEAD, _OPEN_HEAD, HEAD)
    page.line([(*span, title, style) for span, title, style in zip(spans, titles, styles, strict=True)])

    def amounts(row: int, is_total: bool) -> None:
        for at in (1, 2, 4):
            column, columns = spans[at]
            page.cell(row, column, None, INPUT_MONEY if is_total else OPTIONAL_MONEY, columns=columns)
            page.validate(row, column, number("金额，单位万元"))
        page.cell(row, spans[3][0], None, _RATE, columns=spans[3][1])

    fund_rows(page, labels, amounts, 2, 2)


def _indicators(page: Page, groups: Groups) -> None:
    rows, top = sum(sum(seconds.values()) for seconds in groups.values()), page.row
    page.cell(top, 0, "绩效指标", HEAD, rows=rows + 2)
    upright = ("一级指标", "二级指标", "三级指标", "年度指标值", f"{PERIOD}执行情况", "全年预计完成情况")
    for column, title in enumerate(upright, start=1):
        page.cell(top, column, title, _OPEN_HEAD if PERIOD in title else HEAD, rows=2)
    page.cell(top, 7, "偏差原因分析", HEAD, columns=6)
    page.cell(top, 13, "完成目标可能性", HEAD, columns=3)
    page.cell(top, 16, "备注", HEAD, rows=2)
    for column, title in enumerate((*_CAUSES, "原因说明", *_CHANCES), start=7):
        page.cell(top + 1, column, title, HEAD)
    page.row += 2
    page.repeat(top, top + 1)
    ticks = (*range(7, 12), *range(13, 16))
    indicator_rows(
        page,
        groups,
        (
            Entry(column=3, style=INPUT_TEXT),
            *(Entry(column=column, style=INPUT) for column in (4, 5, 6)),
            *(Entry(column=column, style=OPTIONAL, validation=_TICK) for column in ticks),
            Entry(column=12, style=OPTIONAL_TEXT),
            Entry(column=16, style=OPTIONAL_TEXT),
        ),
        first=1,
    )
