"""The money block in its many shapes: rows of funds, unit of money, weight and hand-made score."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from jxreport.finding import Finding, Source, error, note, warning
from jxreport.model.submission import Budget, FundRow
from jxreport.model.values import MoneyUnit, Sourced
from jxreport.number import HUNDRED, ZERO
from jxreport.read.grid import Grid
from jxreport.read.header import is_heading
from jxreport.read.indicators import number_in
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.row import Row
from jxreport.read.sections import Block, Section
from jxreport.read.values import read_money

_UNIT = re.compile(r"(亿元|万元|元)")
_POINTS = re.compile(r"[(（](\d+(?:\.\d+)?)分")
_AMOUNTS = ("initial", "adjusted", "executed")
_NOTHING = frozenset("-—–/\\ 　\n")


def _printed_unit(grid: Grid, block: Block, head_unit: str) -> MoneyUnit | None:
    """The unit of money: in a heading, in the label beside the block, or above the table."""
    top, bottom = block.header.top, block.header.bottom
    texts = [grid.text(row, column) for row in range(top, bottom + 1) for column in grid.filled(row)]
    texts += [grid.text(row, grid.filled(row)[0]) for row in range(max(1, top - 2), top) if grid.filled(row)]
    texts += [grid.text(row, column) for row in block.rows for column in grid.filled(row)[:2]]
    for text in texts:
        match = re.search(r"[(（:：](?:单位[:：])?(?:人民币)?(亿元|万元|元)", fold(text))
        if match:
            return MoneyUnit(match[1])
    return MoneyUnit(head_unit) if head_unit else None


def _amount(row: Row, role: str, unit: MoneyUnit, findings: list[Finding]) -> Sourced[Decimal] | None:
    """An amount in 万元; None for an empty cell or a dash, a finding for any other text."""
    cell = row.cell(role)
    if row.header.column(role) is None or not set(cell.shown) - _NOTHING:
        return None
    source = row.source(role)
    money = read_money(cell)
    if money is None:
        if not cell.error:
            column = row.header.column(role)
            findings.append(error("JX311", source, column=column.heading if column else role, text=cell.shown[:40]))
        return Sourced(text=cell.shown, source=source)
    return Sourced(value=money.value * (money.unit or _own_unit(row, role) or unit).factor, text=cell.shown, source=source)


def _own_unit(row: Row, role: str) -> MoneyUnit | None:
    """The unit in the heading of the column itself: 全年预算数（元） beside 全年执行数（万元）."""
    column = row.header.column(role)
    match = re.search(r"[(（](?:单位[:：])?(亿元|万元|元)[)）]", fold(column.heading)) if column else None
    return MoneyUnit(match[1]) if match else None


def _rate(row: Row) -> Sourced[Decimal] | None:
    """The printed rate in percent units: 100%, 97.80, 0.958 and 1 all occur."""
    cell = row.cell("rate")
    if not set(cell.shown) - _NOTHING:
        return None
    source = row.source("rate")
    text = fold(cell.shown)
    number = cell.number
    if number is None:
        digits = text.removesuffix("%")
        number = Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
    if number is None:
        return Sourced(text=cell.shown, source=source)
    if not cell.percent and "%" not in text and ZERO < number <= Decimal("1.5"):
        number = number * HUNDRED
    return Sourced(value=number, text=cell.shown, source=source)


def _label(row: Row) -> str:
    """The label of a fund row: its own column, else the last text left of the amounts."""
    own = row.cell("label").shown
    first = min((c.left for c in row.header.columns if c.role != "label"), default=1)
    left = [row.grid.text(row.number, c) for c in row.grid.filled(row.number) if c < first]
    return own or (left[-1] if left else "")


def _fund_row(row: Row, unit: MoneyUnit, findings: list[Finding]) -> FundRow:
    initial, adjusted = (_amount(row, role, unit, findings) for role in ("initial", "adjusted"))
    if row.header.column("change") and not row.header.column("adjusted"):
        adjusted = _with_change(initial, _amount(row, "change", unit, findings))
    return FundRow(
        label=_label(row),
        initial=initial,
        adjusted=adjusted,
        arrived=_amount(row, "arrived", unit, findings),
        executed=_amount(row, "executed", unit, findings),
        stated_rate=_rate(row),
        source=row.grid.source(row.number, row.header.columns[0].left),
    )


def _with_change(initial: Sourced[Decimal] | None, change: Sourced[Decimal] | None) -> Sourced[Decimal] | None:
    """全年预算数 of a form that prints 年初预算数 and what was added in the year."""
    if initial is None or initial.value is None or (change is not None and change.value is None):
        return None
    if change is None or change.value is None:
        return initial
    return Sourced(value=initial.value + change.value, text=f"{initial.text}＋{change.text}", source=change.source)


def _is_total(label: str, layouts: Layouts) -> bool:
    key = label_key(label)
    return key in layouts.words["fund_total"] or (key.endswith(("总额", "总计", "合计")) and not key.startswith("其中"))


def _is_breakdown(row: Row) -> bool:
    """按收入性质分: | 按支出性质分: and the lines below: labels and amounts in one cell, across the columns."""
    cells = [row.cell(role) for role in (*_AMOUNTS, "arrived") if row.header.column(role)]
    texts = [fold(cell.shown) for cell in cells if set(cell.shown) - _NOTHING]
    if any(read_money(cell) is not None for cell in cells):
        return False
    label = fold(_label(row))
    told = [*texts, label] if texts else [label]
    return all(re.match(r"按.+分:?$|.{2,}:", text) for text in told) and (bool(texts) or label.startswith("按") or ":" in label)


def _has_money(row: FundRow) -> bool:
    return any(amount and amount.value for amount in (row.initial, row.adjusted, row.executed))


def _mark_total(rows: list[FundRow], layouts: Layouts, findings: list[Finding]) -> list[FundRow]:
    """Mark the row that is scored: a row named so, else the only row, else the first that is no part."""
    if not rows:
        return rows
    index = next((i for i, row in enumerate(rows) if _is_total(row.label, layouts)), None)
    own = [row for row in rows if not _is_part(row.label, layouts)]
    if index is None and len(own) > 1 and all(_has_money(row) or not row.label for row in own):
        whole = [row for row in rows if not fold(row.label).startswith(("其中", "#"))]
        total = _summed(replace(rows[0], label="资金合计", stated_rate=None), whole)
        findings.append(warning("JX361", rows[0].source, labels="、".join(row.label for row in whole)))
        return [replace(total, is_total=True), *rows]
    if index is None:
        index = next((i for i, row in enumerate(rows) if not _is_part(row.label, layouts)), 0)
    total = replace(rows[index], is_total=True)
    parts = [row for i, row in enumerate(rows) if i != index]
    if not _has_money(total) and any(_has_money(row) for row in parts):
        total = _summed(total, parts)
        findings.append(warning("JX316", total.source, label=total.label or "资金总额"))
    return [total if i == index else row for i, row in enumerate(rows)]


def _tell_change(block: Block, funds: list[FundRow], findings: list[Finding]) -> None:
    total = next((fund for fund in funds if fund.is_total), None)
    if "adjusted" in block.header.roles or "change" not in block.header.roles or total is None or total.adjusted is None:
        return
    headings = "、".join(column.heading for column in block.header.all("change"))
    findings.append(warning("JX360", total.adjusted.source, headings=headings, amount=total.adjusted.value))


def _compared_with_initial(block: Block, funds: list[FundRow], findings: list[Finding]) -> list[FundRow]:
    """A form that prints one budget only, 年初预算数: execution is compared with it, and that is said.

    The norm divides by 全年预算数; both are the same unless the budget was changed in the year.
    """
    total = next((fund for fund in funds if fund.is_total), None)
    if block.header.roles & {"adjusted", "change"} or total is None or total.initial is None or total.executed is None:
        return funds
    findings.append(warning("JX355", total.initial.source, amount=total.initial.text))
    return [replace(fund, adjusted=fund.initial) for fund in funds]


def _to_fill(total: FundRow, row: Row) -> FundRow:
    """The row that is scored keeps the places of its empty amounts, so that a message can point at them."""

    def cell(role: str, given: Sourced[Decimal] | None) -> Sourced[Decimal] | None:
        if given is None and row.header.column(role) is not None:
            return Sourced(source=row.source(role))
        return given

    return replace(total, adjusted=cell("adjusted", total.adjusted), executed=cell("executed", total.executed))


def _is_part(label: str, layouts: Layouts) -> bool:
    return fold(label).startswith(("其中", "#", "其他", "上年结转"))


def _summed(total: FundRow, parts: list[FundRow]) -> FundRow:
    """A total row without amounts takes the sums of its parts, each said to be such."""

    def add(role: str) -> Sourced[Decimal] | None:
        found = [cell for part in parts if (cell := getattr(part, role)) and cell.value is not None]
        if not found:
            return None
        value = sum((cell.value for cell in found), ZERO)
        return Sourced(value=value, text="、".join(cell.text for cell in found), source=found[0].source)

    return replace(
        total,
        initial=add("initial"),
        adjusted=add("adjusted"),
        arrived=add("arrived"),
        executed=add("executed"),
    )


def _points_in_headings(grid: Grid, block: Block) -> Sourced[Decimal] | None:
    """Points of execution printed in a heading: 预算执行情况（20分）, 得分（20分*执行率）."""
    for row in range(max(1, block.header.top - 1), block.header.bottom + 1):
        for column in grid.filled(row):
            match = _POINTS.search(fold(grid.text(row, column)))
            if match:
                return Sourced(value=Decimal(match[1]), text=f"{match[1]}分", source=grid.source(row, column))
    return None


def read_budget(
    grid: Grid, block: Block, head_unit: str, layouts: Layouts, findings: list[Finding], *, at_year_end: bool = True
) -> Budget:
    """The money block as a Budget in 万元. Without any unit printed 万元 is taken, with a finding.

    A monitoring form compares with 年初预算数 by design; only at year end that needs a word.
    """
    printed = _printed_unit(grid, block, head_unit)
    source = grid.source(block.header.top, block.header.columns[0].left)
    unit = printed or MoneyUnit.WAN
    rows = [row for number in block.rows if not _is_breakdown(row := Row(grid, block.header, number))]
    if len(rows) < len(block.rows):
        findings.append(note("JX359", grid.source(block.rows[0], block.header.columns[0].left)))
    funds = _mark_total([_fund_row(row, unit, findings) for row in rows], layouts, findings)
    in_cells = any(_UNIT.search(row.cell("adjusted").shown) for row in rows)
    if printed is None and not in_cells and any(_has_money(row) for row in funds):
        findings.append(warning("JX124", source))
    unknown = _unknown_headings(grid, block, layouts)
    if not unknown and at_year_end:
        funds = _compared_with_initial(block, funds, findings)
    elif unknown and not {"adjusted", "executed"} <= block.header.roles:
        findings.append(warning("JX318", source, headings="、".join(unknown)))
    _tell_change(block, funds, findings)
    at = next((i for i, fund in enumerate(funds) if fund.is_total), 0)
    if len(funds) == len(rows):
        funds = [_to_fill(fund, row) if fund.is_total else fund for fund, row in zip(funds, rows, strict=True)]
    order = [rows[at], *(row for i, row in enumerate(rows) if i != at)] if rows else []
    return Budget(
        rows=tuple(funds),
        unit=unit,
        weight=_first_number(order, "weight") or _points_in_headings(grid, block),
        stated_score=_first_number(order[:1], "score", findings) or _first_number(order[1:], "score"),
        reason=order[0].to_fill("reason") if order else None,
        source=source,
    )


def _unknown_headings(grid: Grid, block: Block, layouts: Layouts) -> list[str]:
    """Headings right of the first known column that mean nothing to us."""
    first, row = min(column.left for column in block.header.columns), block.header.top
    odd = [c for c in grid.filled(row) if c > first and not is_heading(grid, row, c, "money", layouts)]
    return [grid.text(row, c) for c in odd]


def budget_in_head(
    section: Section, head_unit: str, layouts: Layouts, findings: list[Finding]
) -> Budget | None:
    """A budget written as label and value: 全年预算数 | 100 | 全年执行数 | 90."""
    amounts: dict[str, Sourced[Decimal]] = {}
    unmarked: list[Source] = []
    grid = section.grid
    for number in section.free:
        filled = grid.filled(number)
        for column, following in pairwise(filled):
            label = grid.text(number, column)
            roles = [role for role, _ in layouts.headings["money"].get(label_key(label), ()) if role in _AMOUNTS]
            money = read_money(grid.cell(number, following))
            if roles and money is not None and re.search("预算|执行|支出", label):
                match = _UNIT.search(fold(label))
                printed = match[1] if match else head_unit
                cell, source = grid.cell(number, following), grid.source(number, following)
                if not printed and money.unit is None:
                    unmarked.append(source)
                unit = money.unit or MoneyUnit(printed or "万元")
                value = Sourced(value=money.value * unit.factor, text=cell.shown, source=source)
                amounts.setdefault(roles[0], value)
    if "adjusted" not in amounts and "executed" not in amounts:
        return None
    if unmarked:
        findings.append(warning("JX124", unmarked[0]))
    first = next(iter(amounts.values()))
    row = FundRow(
        label="预算执行情况",
        initial=amounts.get("initial"),
        adjusted=amounts.get("adjusted"),
        executed=amounts.get("executed"),
        is_total=True,
        source=first.source,
    )
    return Budget(rows=(row,), source=first.source)


def _first_number(rows: list[Row], role: str, findings: list[Finding] | None = None) -> Sourced[Decimal] | None:
    """The first number of a column; the score of the total row stands for the line."""
    for row in rows:
        found = number_in(row, role, findings if findings is not None else [])
        if found and found.value is not None:
            return found
    return None




def tell_unread_money(section: Section, layouts: Layouts, findings: list[Finding]) -> None:
    """A row of funds with amounts that no known heading stands over: the form has money that was not read."""
    grid = section.grid
    for row in section.free:
        filled = grid.filled(row)
        labels = [c for c in filled if label_key(grid.text(row, c)) in layouts.words["fund_total"]]
        if not labels or not any(read_money(grid.cell(row, c)) for c in filled if c > labels[0]):
            continue
        above = next((r for r in range(row - 1, 0, -1) if grid.filled(r)), row)
        headings = "、".join(grid.text(above, c) for c in grid.filled(above) if c > labels[0])
        facts: dict[str, Any] = {"headings": f"（{headings}）" if headings else ""}
        findings.append(warning("JX354", grid.source(row, labels[0]), **facts))
        return
