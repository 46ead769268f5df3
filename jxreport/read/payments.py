"""A3 资金支出进度表 and its 偏差说明."""

from __future__ import annotations

from decimal import Decimal

from jxreport.finding import Finding, error, warning
from jxreport.model.values import MoneyUnit, Sourced
from jxreport.read.content import Deviation, Payments
from jxreport.read.header import Column
from jxreport.read.headings import checkpoint_month
from jxreport.read.row import Row
from jxreport.read.sections import Block, Section
from jxreport.read.values import read_money


def read_payments(section: Section, block: Block, money_unit: str, findings: list[Finding]) -> list[Payments]:
    """One entry per project row; amounts in 万元."""
    unit = MoneyUnit(money_unit) if money_unit else MoneyUnit.WAN
    found = []
    for number in block.rows:
        row = Row(section.grid, block.header, number)
        code, project = row.cell("code").shown, row.cell("project").shown
        if not (code or project) or len(section.grid.filled(number)) < 2:
            continue  # an empty row, or the title of the next table
        columns = {c.role: c for c in block.header.columns if c.role in ("initial", "adjusted")}
        paid = tuple(
            (month, column.heading, amount)
            for column in block.header.all("paid")
            if (month := checkpoint_month(column.heading)) is not None
            and (amount := _amount(row, column, unit, findings)) is not None
        )
        found.append(
            Payments(
                code=code,
                project=project,
                initial=_amount(row, columns.get("initial"), unit, findings),
                adjusted=_amount(row, columns.get("adjusted"), unit, findings),
                paid=paid,
                source=row.source("project"),
            )
        )
    if not money_unit and any(amount.value for row in found for _, _, amount in row.paid):
        findings.append(warning("JX124", section.grid.source(block.header.top, block.header.columns[0].left)))
    return found


def _amount(
    row: Row, column: Column | None, unit: MoneyUnit, findings: list[Finding]
) -> Sourced[Decimal] | None:
    """The amount in 万元; an empty cell keeps its place, so that a message can point at it."""
    if column is None:
        return None
    cell, source = row.in_column(column)
    money = read_money(cell)
    if money is None:
        if cell.shown and not cell.error:
            findings.append(error("JX311", source, column=column.heading, text=cell.shown[:40]))
        return Sourced(text=cell.shown, source=source)
    return Sourced(value=money.value * (money.unit or unit).factor, text=cell.shown, source=source)


def read_deviations(section: Section, block: Block, findings: list[Finding]) -> list[Deviation]:
    """The rows of 偏差说明 that say something."""
    found = []
    for number in block.rows:
        row = Row(section.grid, block.header, number)
        texts = {role: row.text(role) for role in ("cause", "explanation", "measure")}
        label = row.cell("checkpoint").shown
        month = checkpoint_month(label)
        if not any(texts.values()):
            continue
        if month is None:
            findings.append(error("JX313", row.source("checkpoint"), text=label))
            continue
        found.append(
            Deviation(
                code=row.seen("code").shown,
                project=row.seen("project").shown,
                month=month,
                label=label,
                source=row.source("checkpoint"),
                **texts,
            )
        )
    return found
