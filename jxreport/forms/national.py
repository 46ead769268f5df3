"""M1 项目支出绩效自评表, blank: 财预〔2020〕10号 annex 1 in its nine columns (NORMS 1.2)."""

from __future__ import annotations

from dataclasses import replace

from jxreport.form_names import FORM_NAMES
from jxreport.forms.book import Book, Page
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

M1_TITLE = FORM_NAMES["M1"]

_WIDTHS = (11, 13, 16, 27, 17, 17, 9, 10, 30)
_RATE = replace(OPTIONAL, number_format="0.00%")


def write_national(book: Book, profile: Profile, words: Preprinted) -> None:
    """Write the blank M1. Scores and rates may stay empty: the program computes them."""
    page = book.page(M1_TITLE, _WIDTHS, protected=True)
    page.heading(M1_TITLE)
    page.line([(0, page.columns, "（      年度）", OPEN_SUBTITLE)])
    page.line([(0, 1, "项目名称", HEAD), (1, 8, None, INPUT_TEXT)])
    page.line(
        [
            (0, 1, "主管部门", HEAD),
            (1, 3, None, INPUT_TEXT),
            (4, 1, "实施单位", HEAD),
            (5, 4, None, INPUT_TEXT),
        ]
    )
    _money(page, words, profile)
    page.cell(page.row, 0, "年度总体目标", HEAD, rows=2)
    headings(page, ((1, 4, "预期目标"), (5, 4, "实际完成情况")))
    prose(page, ((1, 4), (5, 4)))
    _indicators(page, groups_of(profile, words))
    instructions(page, words.notes["M1"])


def groups_of(profile: Profile, words: Preprinted) -> Groups:
    """The levels that the profile's points are given for: with 成本 as a level of its own or without."""
    named = {name for name, _ in profile.weights.groups}
    return words.with_cost if named & (set(words.with_cost) - set(words.levels)) else words.levels


def _money(page: Page, words: Preprinted, profile: Profile) -> None:
    labels = words.funds["project"]
    page.cell(page.row, 0, "项目资金\n（万元）", HEAD, rows=len(labels) + 1)
    heads = ("", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    spans = ((1, 2), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (8, 1))
    headings(page, [(*span, title) for span, title in zip(spans, heads, strict=True)])

    def amounts(row: int, is_total: bool) -> None:
        for column in (3, 4, 5):
            page.cell(row, column, None, INPUT_MONEY if is_total else OPTIONAL_MONEY)
            page.validate(row, column, number("金额，单位万元"))
        page.cell(row, 7, None, _RATE)
        if is_total:
            page.cell(row, 6, profile.weights.execution, LABEL)
            page.cell(row, 8, None, OPTIONAL)
            page.validate(row, 8, between(0, int(profile.weights.execution), "预算执行率得分"))
        else:
            page.cell(row, 6, "—", LABEL)
            page.cell(row, 8, "—", LABEL)

    fund_rows(page, labels, amounts, 1, 2)


def _indicators(page: Page, groups: Groups) -> None:
    rows = sum(sum(seconds.values()) for seconds in groups.values())
    page.cell(page.row, 0, "绩效指标", HEAD, rows=rows + 1)
    titles = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    )
    head = headings(page, [(column, 1, title) for column, title in enumerate(titles, start=1)])
    page.repeat(head, head)
    indicator_rows(
        page,
        groups,
        (
            Entry(column=3, style=INPUT_TEXT),
            Entry(column=4, style=INPUT),
            Entry(column=5, style=INPUT),
            Entry(column=6, style=INPUT, validation=between(0, 100, "本指标的分值")),
            Entry(column=7, style=OPTIONAL, validation=between(0, 100, "不超过本指标的分值")),
            Entry(column=8, style=OPTIONAL_TEXT),
        ),
        first=1,
    )
    page.line([(0, 6, "总分", LABEL), (6, 1, HUNDRED, LABEL), (7, 1, None, OPTIONAL), (8, 1, "", LABEL)])
