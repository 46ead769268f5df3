"""The rankings: one list per kind of evaluation, with scores, money and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name

from jxreport.model.overview import DEPARTMENT, MONITORING, PROJECT, EvaluationRow, Overview
from jxreport.number import HUNDRED, ZERO
from jxreport.render.overview_xlsx.listing import (
    COUNT,
    FIRST_ROW,
    MONEY,
    PERCENT,
    SCORE,
    Column,
    Live,
    Sheets,
    Value,
)
from jxreport.report.overview.words import base_of

NAMES = {DEPARTMENT: "部门整体排名", PROJECT: "项目排名", MONITORING: "绩效监控"}

_COLUMNS = (
    Column(title="名次", width=48, number=COUNT),
    Column(title="单位", width=190),
    Column(title="年度", width=48, align="center"),
    Column(title="项目编码", width=140, align="center"),
    Column(title="项目名称", width=190),
    Column(title="得分", width=64, number=SCORE, total="mean"),
    Column(title="满分", width=52, number="General"),
    Column(title="得分率", width=70, number=PERCENT, total="mean"),
    Column(title="等级", width=48, align="center"),
    Column(title="年初预算数", width=96, number=MONEY, align="right", total="sum"),
    Column(title="全年预算数", width=96, number=MONEY, align="right", total="sum"),
    Column(title="全年执行数", width=96, number=MONEY, align="right", total="sum"),
    Column(title="执行率基数", width=96, number=MONEY, align="right", total="sum"),
    Column(title="执行率", width=70, number=PERCENT),
    Column(title="执行率得分", width=56, number=SCORE),
    Column(title="指标数", width=52, number=COUNT, total="sum"),
    Column(title="已评分", width=52, number=COUNT, total="sum"),
    Column(title="待处理", width=52, number=COUNT, total="sum"),
)
_PLACES = {column.title: place for place, column in enumerate(_COLUMNS)}
_OF_PROJECTS = ("项目编码", "项目名称")
_REMARK = (
    "金额单位：万元。名次按得分率（得分÷满分）排列，同率同名次；未得出总分的不排名。"
    "执行率=全年执行数÷执行率基数，基数为全年预算数，没有全年预算数时为年初预算数。"
)
_REMARK_MONITORED = (
    "金额单位：万元。年底以前不计分、不排名；“确定能”等各列是各单位对年底完成目标的判断，按指标项数计。"
)


def write_rankings(sheets: Sheets, overview: Overview) -> None:
    """A list for every kind that occurs. What is monitored has no scores yet, but the units' outlook."""
    for kind, name in NAMES.items():
        rows = overview.of_kind(kind)
        if rows:
            _write(sheets, overview, kind, name, rows)


def _write(sheets: Sheets, overview: Overview, kind: str, name: str, rows: Sequence[EvaluationRow]) -> None:
    hidden = _OF_PROJECTS if kind == DEPARTMENT else ()
    columns = [column for column in _COLUMNS if column.title not in hidden]
    words = list(dict.fromkeys(word for row in rows for word, _ in row.likelihoods))
    columns += [Column(title=word, width=76, number=COUNT, total="sum") for word in words]
    letters = {column.title: xl_col_to_name(place) for place, column in enumerate(columns)}
    area = f"${letters['得分率']}${FIRST_ROW + 1}:${letters['得分率']}${FIRST_ROW + len(rows)}"
    cells = [
        [
            *(value for title, value in _cells(row, FIRST_ROW + 1 + index, letters, area) if title not in hidden),
            *(dict(row.likelihoods).get(word) for word in words),
        ]
        for index, row in enumerate(rows)
    ]
    totals = {"执行率": _total_rate(letters, rows)}
    remark = _REMARK_MONITORED if words else _REMARK
    sheets.add_list(name, f"{overview.title}：{name}", remark, columns, cells, totals=totals)


def _cells(row: EvaluationRow, line: int, letters: dict[str, str], shares: str) -> list[tuple[str, Value]]:
    """The row's cells by title; what follows from other cells is a formula."""
    at = {title: f"{letter}{line}" for title, letter in letters.items()}
    values: tuple[Value, ...] = (
        Live(f'IF(ISNUMBER({at["得分率"]}),RANK({at["得分率"]},{shares}),"")', row.rank),
        row.unit,
        row.year,
        row.code,
        row.name,
        row.total,
        row.full,
        Live(
            f'IF(AND(ISNUMBER({at["得分"]}),N({at["满分"]})>0),ROUND({at["得分"]}/{at["满分"]},8),"")',
            row.share,
        ),
        row.grade,
        row.initial,
        row.adjusted,
        row.executed,
        _base(row, at),
        _rate(row, at),
        row.execution_score,
        row.indicators,
        row.scored,
        row.waiting,
    )
    return list(zip(_PLACES, values, strict=True))


def _base(row: EvaluationRow, at: dict[str, str]) -> Value:
    """The budget under the rate; nothing where the stated rate follows from neither figure."""
    base = base_of(row)
    return None if base is None else Live(at["全年预算数" if row.base == "adjusted" else "年初预算数"], base)


def _rate(row: EvaluationRow, at: dict[str, str]) -> Value:
    base = base_of(row)
    if not base or row.executed is None:
        return row.rate
    formula = f'IF(N({at["执行率基数"]})>0,{at["全年执行数"]}/{at["执行率基数"]},"")'
    return Live(formula, row.executed * HUNDRED / base)


def _total_rate(letters: dict[str, str], rows: Sequence[EvaluationRow]) -> Live:
    """The rate over the rows shown, only where every amount paid has its budget beside it."""
    first, last = FIRST_ROW + 1, FIRST_ROW + len(rows)
    paid, base = (f"{letters[title]}{first}:{letters[title]}{last}" for title in ("全年执行数", "执行率基数"))
    whole = f"AND(SUBTOTAL(102,{paid})=SUBTOTAL(102,{base}),SUBTOTAL(109,{base})>0)"
    return Live(f'IF({whole},SUBTOTAL(109,{paid})/SUBTOTAL(109,{base}),"")', _rate_of_all(rows))


def _rate_of_all(rows: Sequence[EvaluationRow]) -> Decimal | None:
    paid = [row.executed for row in rows if row.executed is not None]
    bases = [base for row in rows if (base := base_of(row)) is not None]
    budget = sum(bases, ZERO)
    return sum(paid, ZERO) * HUNDRED / budget if len(paid) == len(bases) and budget > 0 else None
