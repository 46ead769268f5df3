"""Makers of table cells: one place that knows how a number is printed and what stands for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jxreport.model.document import Cell, NumberFormat, Role, Row
from jxreport.number import fixed, grouped, half_up, plain
from jxreport.report.text import MISSING, NOTHING, PENDING


def head(text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
    """A column heading."""
    return Cell(text=text, role=Role.HEAD, align="center", rowspan=rowspan, colspan=colspan)


def label(text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
    """A row or field label."""
    return Cell(text=text, role=Role.LABEL, align="center", rowspan=rowspan, colspan=colspan)


def text(content: str, rowspan: int = 1, colspan: int = 1, align: str = "") -> Cell:
    """Running text; a missing answer keeps its mark and its role."""
    role = Role.MISSING if content.startswith((MISSING, PENDING)) else Role.TEXT
    return Cell(text=content, role=role, rowspan=rowspan, colspan=colspan, align=align)


def missing(content: str = MISSING, colspan: int = 1) -> Cell:
    """A cell for what the unit has not given: 〔未填写〕, never a blank or a zero."""
    return Cell(text=content, role=Role.MISSING, align="center", colspan=colspan)


def total(content: str, colspan: int = 1, key: tuple[str, ...] = ()) -> Cell:
    """A cell of the total row."""
    return Cell(text=content, role=Role.TOTAL, align="center", colspan=colspan, key=key)


_PRINT = {
    NumberFormat.SCORE: fixed,
    NumberFormat.WEIGHT: plain,
    NumberFormat.MONEY: grouped,
    NumberFormat.PERCENT: lambda value: f"{fixed(value)}%",
    NumberFormat.POINTS: lambda value: f"{half_up(value):+.2f}" if half_up(value) else "0.00",
    NumberFormat.COUNT: plain,
}


def number(
    value: Decimal | None,
    kind: NumberFormat,
    key: tuple[str, ...] = (),
    *,
    absent: str = NOTHING,
    role: Role = Role.NUMBER,
    colspan: int = 1,
    rowspan: int = 1,
) -> Cell:
    """A numeric cell; `absent` is printed where there is no value (— for nothing, a mark for missing)."""
    if value is None:
        lost = Role.MISSING if absent in (MISSING, PENDING) else role
        return Cell(text=absent, role=lost, align="center", key=key, colspan=colspan, rowspan=rowspan)
    align = "right" if kind is NumberFormat.MONEY else "center"
    return Cell(
        text=_PRINT[kind](value),
        value=value,
        format=kind,
        role=role,
        align=align,
        key=key,
        colspan=colspan,
        rowspan=rowspan,
    )


def score(value: Decimal | None, key: tuple[str, ...], role: Role = Role.NUMBER) -> Cell:
    """A score with two decimals; 待确认 where there is none."""
    return number(value, NumberFormat.SCORE, key, absent=PENDING, role=role)


def weight(value: Decimal | None, key: tuple[str, ...], role: Role = Role.NUMBER) -> Cell:
    """Points (分值) as they are stated."""
    return number(value, NumberFormat.WEIGHT, key, absent=MISSING, role=role)


def row(*cells: Cell, group: str = "") -> Row:
    """A row; rows of one `group` stay together at page breaks."""
    return Row(cells=cells, group=group)


def band(name: str, columns: int, group: str = "") -> Row:
    """A row across the table that names the rows below it."""
    return Row(cells=(Cell(text=name, role=Role.LABEL, align="left", colspan=columns),), group=group)


def headings(*names: str) -> Row:
    """A row of column headings."""
    return Row(cells=tuple(head(name) for name in names))


def widths(*shares: int | str) -> tuple[Decimal, ...]:
    """Column shares; they must add to 100."""
    values = tuple(Decimal(share) for share in shares)
    if sum(values) != 100:
        raise ValueError(f"column widths add to {sum(values)}, not 100")
    return values


def runs(labels: Sequence[str]) -> list[int]:
    """Length of each run of equal labels at its first place, 0 elsewhere: the rowspans of level cells.

    >>> runs(["产出", "产出", "效益"])
    [2, 0, 1]
    """
    spans: list[int] = []
    start = 0
    for index, name in enumerate(labels):
        if index and name == labels[index - 1]:
            spans[start] += 1
            spans.append(0)
        else:
            start = index
            spans.append(1)
    return spans
