"""E13: fund rows that do not add to 年度资金总额; E14: two totals that should be the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from jxreport.checks.grading import graded
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, FundRow
from jxreport.model.values import Sourced
from jxreport.number import ZERO, plain

_COLUMNS: tuple[tuple[str, Callable[[FundRow], Sourced[Decimal] | None]], ...] = (
    ("年初预算数", lambda row: row.initial),
    ("全年预算数", lambda row: row.adjusted),
    ("全年执行数", lambda row: row.executed),
)
_TAIL = Decimal("0.01")  # 尾差: what rounding to two decimals may leave, per row


def check(form: Form, profile: Profile) -> Iterator[Finding]:
    if form.budget is None:
        return
    totals = [row for row in form.budget.rows if row.is_total]
    parts = _parts(form.budget.rows)
    for column, pick in _COLUMNS:
        for view in _views(parts) if totals else ():
            yield from _sum(form, profile, column, pick, totals[0], view)
        if len(totals) > 1 and column != "年初预算数":
            yield from _totals(form, profile, column, pick, totals)


def _parts(rows: tuple[FundRow, ...]) -> list[FundRow]:
    """Rows that make up the total: a 其中 inside another part is counted with that part."""
    below = [row for row in rows if not row.is_total]
    return [
        row for number, row in enumerate(below) if number == 0 or not row.label.strip().startswith("其中")
    ]


def _views(parts: list[FundRow]) -> list[list[FundRow]]:
    """1.资金来源：… and 2.资金结构：… are two views of one total, each of which must add up to it."""
    heads = [number for number, row in enumerate(parts) if re.match(r"\d[.、．]", row.label.strip())]
    if len(heads) < 2 or heads[0] != 0:
        return [parts] if parts else []
    return [parts[start:end] for start, end in pairwise([*heads, len(parts)])]


def _sum(
    form: Form,
    profile: Profile,
    column: str,
    pick: Callable[[FundRow], Sourced[Decimal] | None],
    total: FundRow,
    parts: list[FundRow],
) -> Iterator[Finding]:
    whole = pick(total)
    amounts = [cell.value for row in parts if (cell := pick(row)) is not None and cell.value is not None]
    if not amounts or whole is None or (whole.value is None and not whole.is_blank):
        return  # a text in place of the total is told by the reader
    stated, added = whole.value, sum(amounts, ZERO)
    if stated is not None and abs(stated - added) <= _TAIL * len(amounts):
        return
    facts: dict[str, Any] = {
        "form": form.name,
        "column": column,
        "total": "空白" if stated is None else plain(stated),
        "sum": " + ".join(plain(amount) for amount in amounts) + f" = {plain(added)}",
    }
    yield from graded(profile, "E13", "error", "JX330", whole.source, **facts)


def _totals(
    form: Form,
    profile: Profile,
    column: str,
    pick: Callable[[FundRow], Sourced[Decimal] | None],
    totals: list[FundRow],
) -> Iterator[Finding]:
    cells = [cell for row in totals if (cell := pick(row)) is not None and cell.value is not None]
    if len({cell.value for cell in cells}) > 1:
        amounts = "、".join(cell.text or plain(cell.value or ZERO) for cell in cells)
        facts: dict[str, Any] = {"form": form.name, "column": column, "amounts": amounts}
        yield from graded(profile, "E14", "warning", "JX331", cells[-1].source, **facts)
