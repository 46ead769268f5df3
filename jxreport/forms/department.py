"""A1 部门整体支出绩效自评填报表: basic finance data, goals, one answer row per need, problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jxreport.checks.sentences import sentence_of
from jxreport.form_names import FORM_NAMES
from jxreport.forms.asks import FACTS, Ask, AskKind
from jxreport.forms.book import Book
from jxreport.forms.entries import Entries
from jxreport.forms.filler import Filler
from jxreport.forms.official import instructions
from jxreport.forms.style import (
    BLOCK,
    HEAD,
    INPUT,
    INPUT_LITERAL,
    INPUT_MONEY,
    INPUT_TEXT,
    LABEL,
    OPEN_SUBTITLE,
    OPTIONAL,
    OPTIONAL_TEXT,
    PLAIN_RIGHT,
    SUBTITLE,
    TEXT,
    Style,
)
from jxreport.forms.validation import number
from jxreport.model.submission import Form, Indicator
from jxreport.number import plain

A1_TITLE = FORM_NAMES["A1"]

_WIDTHS = (5, 10, 9, 16, 7, 34, 24, 18, 8, 23, 15, 24, 24, 9)
_ANSWER_HEAD = (
    "序号",
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "评分标准",
    "需填报的内容",
    "填报值",
    "单位",
    "填报要求",
    "佐证材料",
    "偏差原因分析",
    "改进措施",
    "人工评分",
)
_ANSWER = 7  # the column of 填报值, the same in all blocks
_BLANK_ROWS = 12
_BLANK_GOALS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedIndicator:
    """An indicator with its answer rows; `by_person`: 人工评分 has to be filled."""

    indicator: Indicator
    asks: tuple[Ask, ...]
    by_person: bool


def write_department(
    book: Book,
    form: Form | None,
    asked: Sequence[AskedIndicator],
    *,
    unit: str = "",
    year: int | None = None,
    entries: Entries,
    notes: Sequence[str] = (),
) -> None:
    """Write A1 for `form`; without a form the blank A1, where the labels are input cells too."""
    page = book.page("部门整体支出自评", _WIDTHS, protected=True)
    page.heading(A1_TITLE)
    page.line([(0, page.columns, f"（{year or '    '}年度）", SUBTITLE if year else OPEN_SUBTITLE)])
    filler = Filler(page, entries, ("department",))
    _head(filler, unit)
    _facts(filler.at("facts"))
    _goals(filler.at("goals"), form)
    page.line([(0, 6, "三、指标完成情况", BLOCK)])
    first = page.row
    page.line([(column, 1, title, HEAD) for column, title in enumerate(_ANSWER_HEAD)])
    page.repeat(first, first)
    for item in asked:
        _indicator(filler.at("indicators", str(item.indicator.ordinal)), item)
    if form is None:
        _blank_rows(filler)
    _problems(filler)
    instructions(page, notes)


def _head(filler: Filler, unit: str) -> None:
    page = filler.page
    row = page.line([(0, 3, "部门（单位）名称", HEAD), (6, 1, "填报人", HEAD), (9, 1, "联系电话", HEAD)])
    filler.input(row, 3, "unit", INPUT_TEXT, columns=3, known=unit)
    filler.input(row, 7, "contact", INPUT_LITERAL, columns=2)
    filler.input(row, 10, "phone", INPUT_LITERAL, columns=4)


def _facts(filler: Filler) -> None:
    page = filler.page
    page.line([(0, 9, "一、基本财务数据", BLOCK), (9, 5, "金额单位：万元", PLAIN_RIGHT)])
    heads = ((0, 1, "序号"), (1, 6, "数据项"), (7, 1, "填报值"), (8, 1, "单位"), (9, 5, "说明"))
    page.line([(column, columns, title, HEAD) for column, columns, title in heads])
    for ordinal, fact in enumerate(FACTS, start=1):
        row = page.line([(0, 1, str(ordinal), LABEL), (1, 6, fact.name, TEXT)])
        if fact.is_text:
            page.cell(row, 9, fact.help, TEXT, columns=5)
            filler.input(row, _ANSWER, fact.name, OPTIONAL_TEXT, columns=2)
            continue
        page.cell(row, 8, "万元", LABEL)
        page.cell(row, 9, fact.help, TEXT, columns=5)
        filler.input(row, _ANSWER, fact.name, INPUT_MONEY, validation=number(fact.name, fact.help))


def _goals(filler: Filler, form: Form | None) -> None:
    page = filler.page
    page.line([(0, 9, "二、年度总体目标完成情况", BLOCK)])
    heads = ((0, 1, "序号"), (1, 6, "预期目标"), (7, 7, "实际完成情况"))
    page.line([(column, columns, title, HEAD) for column, columns, title in heads])
    expected = tuple(goal.expected.text for goal in form.goals) if form is not None else ()
    for ordinal, text in enumerate(expected or ("",) * _BLANK_GOALS, start=1):
        row = page.line([(0, 1, str(ordinal), LABEL)])
        here = filler.at(str(ordinal))
        if text:
            page.cell(row, 1, text, TEXT, columns=6)
        else:
            here.input(row, 1, "expected", INPUT_TEXT, columns=6)
        here.input(row, 7, "actual", INPUT_TEXT, columns=7)
        page.least_height(row, 32)


def _indicator(filler: Filler, item: AskedIndicator) -> None:
    """The rows of one indicator: what belongs to the indicator is merged down over its asks."""
    page, indicator, rows = filler.page, item.indicator, len(item.asks)
    top = page.row
    weight = indicator.weight.value if indicator.weight is not None else None
    sentence = sentence_of(indicator) or _target_text(indicator)
    labels: tuple[tuple[int, str, Style], ...] = (
        (0, str(indicator.ordinal), LABEL),
        (1, indicator.level1, LABEL),
        (2, indicator.level2, LABEL),
        (3, indicator.name, TEXT),
        (5, sentence, TEXT),
    )
    for column, text, style in labels:
        page.cell(top, column, text, style, rows=rows)
    page.cell(top, 4, weight, LABEL, rows=rows)
    for nth, ask in enumerate(item.asks, start=1):
        row = top + nth - 1
        page.cell(row, 6, ask.question, TEXT)
        filler.at("answers").answer(row, _ANSWER, ask, str(nth))
        page.cell(row, 8, ask.unit, LABEL)
        page.cell(row, 9, ask_help(ask), TEXT)
    filler.input(top, 10, "evidence", OPTIONAL_TEXT, rows=rows)
    filler.input(top, 11, "reason", OPTIONAL_TEXT, rows=rows)
    filler.input(top, 12, "measure", OPTIONAL_TEXT, rows=rows)
    manual = INPUT if item.by_person else OPTIONAL
    limit = f"满分{plain(weight)}" if weight else ""
    filler.input(top, 13, "manual", manual, rows=rows, validation=number("人工评分", limit))
    page.row += rows
    page.keep(top, page.row - 1)


def ask_help(ask: Ask) -> str:
    """Help as printed: a choice repeats its words, for those who fill the form on paper."""
    if ask.kind is AskKind.CHOICE:
        return f"{ask.help}：{'／'.join(ask.options)}"
    return ask.help


def _target_text(indicator: Indicator) -> str:
    target = indicator.target
    return f"指标值：{target.text}" if target.text else ""


def _blank_rows(filler: Filler) -> None:
    page = filler.page
    for _ in range(_BLANK_ROWS):
        for column in range(page.columns):
            style = OPTIONAL_TEXT if column >= 10 else INPUT_TEXT
            page.cell(page.row, column, None, style)
        page.row += 1


def _problems(filler: Filler) -> None:
    page = filler.page
    page.line([(0, 9, "四、存在问题、原因及下一步整改措施", BLOCK)])
    row = page.line([])
    filler.input(row, 0, "problems", INPUT_TEXT, columns=page.columns)
    page.least_height(row, 60)
    page.keep(row - 1, row)
