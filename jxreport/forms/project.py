"""A2 预算项目绩效自评表: Hebei's five blocks, with columns for causes, measures and a person's score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jxreport.checks.sentences import sentence_of
from jxreport.form_names import FORM_NAMES
from jxreport.forms.asks import Ask
from jxreport.forms.book import Book
from jxreport.forms.department import AskedIndicator, ask_help
from jxreport.forms.entries import Entries
from jxreport.forms.filler import Filler
from jxreport.forms.official import instructions
from jxreport.forms.style import (
    BLOCK,
    HEAD,
    IDLE,
    INPUT,
    INPUT_LITERAL,
    INPUT_MONEY,
    INPUT_TEXT,
    LABEL,
    OPEN_SUBTITLE,
    OPTIONAL,
    OPTIONAL_MONEY,
    OPTIONAL_TEXT,
    PLAIN_RIGHT,
    SUBTITLE,
    TEXT,
)
from jxreport.forms.validation import TICK_WORDS, between, number, words
from jxreport.model.submission import Form, Indicator, WeightOrigin
from jxreport.model.values import Op
from jxreport.number import plain

A2_TITLE = FORM_NAMES["A2"]
EXECUTION_ROW = "预算执行率"

_WIDTHS = (10, 12, 19, 22, 9, 7, 22, 14, 24, 9, 9, 9, 24, 24, 9)
_SIGNS = {Op.GE: ">=", Op.GT: ">", Op.EQ: "=", Op.LT: "<", Op.LE: "<=", Op.QUALITATIVE: "文字描述"}
_FUND_ROWS = (("预算数", "total"), ("其中：财政资金", "fiscal"), ("其他", "other"))
_BLANK_ROWS = 8
_BLANK_GOALS = 2
_ANNEX = "附：评分所需数据"
_ANNEX_HEAD = (
    (0, 1, "序号"),
    (1, 1, "一级指标"),
    (2, 1, "二级指标"),
    (3, 1, "三级指标"),
    (4, 1, "分值"),
    (5, 2, "评分标准"),
    (7, 2, "需填报的内容"),
    (9, 2, "填报值"),
    (11, 1, "单位"),
    (12, 1, "填报要求"),
    (13, 2, "佐证材料"),
)


def write_project(
    book: Book,
    form: Form | None,
    asked: Sequence[AskedIndicator],
    *,
    unit: str = "",
    year: int | None = None,
    entries: Entries,
    notes: Sequence[str] = (),
) -> None:
    """Write A2 for `form`; without a form the blank A2. Scores are left to the program (grey)."""
    page = book.page(form.name if form is not None else A2_TITLE, _WIDTHS, protected=True)
    page.heading(A2_TITLE)
    page.line([(0, page.columns, f"（{year or '    '}年度）", SUBTITLE if year else OPEN_SUBTITLE)])
    filler = Filler(page, entries, ("projects", form.code or form.name) if form is not None else ("project",))
    _basics(filler, form, unit)
    page.freeze(page.row)
    _money(filler.at("budget"))
    _goals(filler.at("goals"), form)
    _indicators(filler, form, asked)
    _problems(filler)
    annex = [item for item in asked if not _fits_one_cell(item)]
    if annex:
        _annex(filler, annex)
    instructions(page, notes)


def _basics(filler: Filler, form: Form | None, unit: str) -> None:
    page = filler.page
    page.line([(0, 5, "一、基本情况", BLOCK)])
    row = page.line(
        [
            (0, 1, "项目编码", HEAD),
            (3, 1, "项目名称", HEAD),
            (7, 1, "是否为专项资金", HEAD),
            (9, 2, "实施（主管）单位", HEAD),
            (13, 2, "金额单位：万元", PLAIN_RIGHT),
        ]
    )
    filler.input(row, 1, "code", INPUT_LITERAL, columns=2, known=form.code if form else None)
    filler.input(row, 4, "name", INPUT_TEXT, columns=3, known=form.name if form else None)
    filler.input(row, 8, "special", INPUT, validation=words(TICK_WORDS, "是否为专项资金"))
    filler.input(row, 11, "implementer", INPUT_TEXT, columns=2, known=unit or None)
    page.least_height(row, 32)


def _money(filler: Filler) -> None:
    page = filler.page
    page.line([(0, 5, "二、预算执行情况", BLOCK)])
    heads = (
        (0, 3, ""),
        (3, 3, "预算安排情况（调整后）"),
        (6, 1, "资金到位情况"),
        (7, 2, "资金执行情况"),
        (9, 3, "预算执行进度(%)"),
    )
    page.line([(column, columns, title, HEAD) for column, columns, title in heads])
    for label, key in _FUND_ROWS:
        row = page.line([(0, 3, label, LABEL), (9, 3, None, IDLE)])
        here = filler.at(key)
        style = INPUT_MONEY if key == "total" else OPTIONAL_MONEY
        for column, columns, name in ((3, 3, "adjusted"), (6, 1, "arrived"), (7, 2, "executed")):
            here.input(row, column, name, style, columns=columns, validation=number("金额，单位万元"))


def _goals(filler: Filler, form: Form | None) -> None:
    page = filler.page
    page.line([(0, 5, "三、目标完成情况", BLOCK)])
    heads = ((0, 7, "年度预期目标"), (7, 6, "具体完成情况"), (13, 2, "总体完成率(%)"))
    page.line([(column, columns, title, HEAD) for column, columns, title in heads])
    expected = tuple(goal.expected.text for goal in form.goals) if form is not None else ()
    for ordinal, text in enumerate(expected or ("",) * _BLANK_GOALS, start=1):
        row = page.line([(0, 7, text, TEXT if text else INPUT_TEXT)])
        here = filler.at(str(ordinal))
        here.input(row, 7, "actual", INPUT_TEXT, columns=6)
        here.input(row, 13, "rate", INPUT, columns=2, validation=number("总体完成率", "按百分数填：95%填95"))
        page.least_height(row, 32)


def _indicators(filler: Filler, form: Form | None, asked: Sequence[AskedIndicator]) -> None:
    page = filler.page
    page.line([(0, 5, "四、年度绩效指标完成情况", BLOCK)])
    first = page.row
    _indicator_head(filler)
    page.repeat(first, page.row - 1)
    for index, item in enumerate(asked):
        _level_cell(filler, asked, index)
        _indicator(filler.at("indicators", str(item.indicator.ordinal)), item)
    if form is None:
        _blank_rows(filler)
    _execution_and_total(filler)


def _indicator_head(filler: Filler) -> None:
    page, top = filler.page, filler.page.row
    upright = {
        0: "一级指标",
        1: "二级指标",
        2: "三级指标",
        3: "绩效指标描述",
        7: "单项指标实际完成值",
        8: "单项指标完成情况",
        9: "单项指标得分",
        10: "权重占比(%)",
        11: "单项指标折算得分",
        12: "偏差原因分析",
        13: "改进措施",
        14: "人工评分",
    }
    for column, title in upright.items():
        page.cell(top, column, title, HEAD, rows=2)
    page.cell(top, 4, "预期指标值", HEAD, columns=3)
    for column, title in enumerate(("符号", "值", "单位（文字描述）"), start=4):
        page.cell(top + 1, column, title, HEAD)
    page.row += 2


def _level_cell(filler: Filler, asked: Sequence[AskedIndicator], index: int) -> None:
    """Level 1 is merged over the neighbouring indicators that share it."""
    level = asked[index].indicator.level1
    if index and asked[index - 1].indicator.level1 == level:
        return
    end = index + 1
    while end < len(asked) and asked[end].indicator.level1 == level:
        end += 1
    page = filler.page
    page.cell(page.row, 0, level, LABEL, rows=end - index)
    page.keep(page.row, page.row + end - index - 1)


def _indicator(filler: Filler, item: AskedIndicator) -> None:
    page, indicator = filler.page, item.indicator
    target = indicator.target
    sign = _SIGNS.get(target.op, "") if target.op is not None and not target.op_inferred else ""
    row = page.line(
        [
            (1, 1, indicator.level2, LABEL),
            (2, 1, indicator.name, TEXT),
            (3, 1, indicator.description, TEXT),
            (4, 1, sign, LABEL),
            (5, 1, target.value, LABEL),
            (6, 1, _unit_text(indicator), TEXT),
            (9, 1, None, IDLE),
            (11, 1, None, IDLE),
        ]
    )
    if _fits_one_cell(item):
        filler.answer(row, 7, item.asks[0], "actual")
    else:
        page.cell(row, 7, "见“附”", IDLE)
    completion = INPUT_TEXT if item.by_person else OPTIONAL_TEXT
    filler.input(row, 8, "completion", completion)
    share = between(0, 100, "权重占比(%)")
    filler.input(row, 10, "weight", INPUT, known=_known_weight(indicator), validation=share)
    filler.input(row, 12, "reason", OPTIONAL_TEXT)
    filler.input(row, 13, "measure", OPTIONAL_TEXT)
    style = INPUT if item.by_person else OPTIONAL
    filler.input(row, 14, "manual", style, validation=number("人工评分", "不超过本指标的权重占比"))


def _unit_text(indicator: Indicator) -> str:
    """单位（文字描述）: the sentence or description where there is one, else the unit."""
    target = indicator.target
    return sentence_of(indicator) or target.unit or (target.text if target.value is None else "")


def _known_weight(indicator: Indicator) -> Decimal | None:
    """Points that the unit's own tables state. Points inside texts and proposals of the profile are left to
    scoring, which uses them only where no 权重占比 is filled at all."""
    stated = indicator.weight is not None and indicator.weight_origin is not WeightOrigin.PROFILE
    return indicator.weight.value if stated and indicator.weight is not None else None


def _fits_one_cell(item: AskedIndicator) -> bool:
    """实际完成值 can hold the one thing to ask."""
    return len(item.asks) == 1


def _blank_rows(filler: Filler) -> None:
    page = filler.page
    for _ in range(_BLANK_ROWS):
        for column in range(page.columns):
            idle = column in (9, 11)
            page.cell(page.row, column, None, IDLE if idle else OPTIONAL_TEXT if column > 11 else INPUT_TEXT)
        page.row += 1


def _execution_and_total(filler: Filler) -> None:
    page = filler.page
    here = filler.at("execution")
    row = page.line([(0, 9, EXECUTION_ROW, LABEL), *((column, 1, None, IDLE) for column in (9, 11, 14))])
    here.input(row, 10, "weight", INPUT, validation=between(0, 100, "权重占比(%)"))
    here.input(row, 12, "reason", OPTIONAL_TEXT)
    here.input(row, 13, "measure", OPTIONAL_TEXT)
    page.line([(0, 11, "自评总分", LABEL), (11, 1, None, IDLE), (12, 3, "", TEXT)])


def _problems(filler: Filler) -> None:
    page = filler.page
    first = page.line([(0, 8, "五、存在问题、原因及下一步整改措施", BLOCK)])
    filler.input(page.row, 0, "problems", INPUT_TEXT, columns=page.columns)
    page.least_height(page.row, 60)
    page.row += 1
    row = page.line([(0, 1, "填报人", HEAD), (3, 1, "联系电话", HEAD)])
    filler.input(row, 1, "contact", INPUT_LITERAL, columns=2)
    filler.input(row, 4, "phone", INPUT_LITERAL, columns=3)
    page.keep(first, row)


def _annex(filler: Filler, asked: Sequence[AskedIndicator]) -> None:
    """附：评分所需数据: rows for rules that need more than the one cell 实际完成值 holds."""
    page = filler.page
    page.line([(0, 5, _ANNEX, BLOCK)])
    page.line([(column, columns, title, HEAD) for column, columns, title in _ANNEX_HEAD])
    for item in asked:
        indicator, rows, top = item.indicator, len(item.asks), page.row
        here = filler.at("indicators", str(indicator.ordinal))
        weight = _known_weight(indicator)
        labels = (
            (0, 1, str(indicator.ordinal)),
            (1, 1, indicator.level1),
            (2, 1, indicator.level2),
            (3, 1, indicator.name),
            (4, 1, plain(weight) if weight is not None else ""),
            (5, 2, sentence_of(indicator)),
        )
        for column, columns, text in labels:
            page.cell(top, column, text, TEXT, rows=rows, columns=columns)
        for nth, ask in enumerate(item.asks, start=1):
            _annex_row(here, ask, str(nth))
        here.input(top, 13, "evidence", OPTIONAL_TEXT, rows=rows, columns=2)


def _annex_row(filler: Filler, ask: Ask, key: str) -> None:
    page = filler.page
    row = page.line([(7, 2, ask.question, TEXT), (11, 1, ask.unit, LABEL), (12, 1, ask_help(ask), TEXT)])
    filler.at("answers").answer(row, 9, ask, key, columns=2)
