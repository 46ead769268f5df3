"""指标值 in columns 优、良、中、差: one text a tier, which may state points or only thresholds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jxreport.finding import Finding, Source, warning
from jxreport.model.submission import Indicator
from jxreport.model.values import Op, Sourced, Target
from jxreport.read.grid import GridCell
from jxreport.read.layouts import fold
from jxreport.read.row import Row

_POINTS = re.compile(r"\d(?:\.\d+)?分")


@dataclass(frozen=True, slots=True)
class Tier:
    """The cell of one tier column."""

    heading: str
    cell: GridCell
    source: Source


def tiers_of(row: Row) -> tuple[Tier, ...]:
    """The filled tier cells of a row. A cell merged over all tiers is an ordinary target: no tiers then."""
    columns = row.header.all("tier")
    found = [Tier(column.heading.strip(), *row.in_column(column)) for column in columns]
    return tuple(tier for tier in found if tier.cell.shown) if len(columns) > 1 else ()


def single(row: Row) -> Tier | None:
    """The only filled tier cell where it is merged over the other tiers: the target of all of them."""
    filled, columns = tiers_of(row), row.header.all("tier")
    if len(filled) != 1:
        return None
    _, left, _, right = row.grid.area(row.number, columns[0].left)
    return filled[0] if left <= columns[0].left and right >= columns[-1].left else None


def with_tiers(indicator: Indicator, row: Row) -> Indicator:
    """The tiers as the target; as the scoring sentence too where each states its points.

    Beside a target of its own they are the standard it is judged by, whatever they say.
    """
    tiers = tiers_of(row)
    if not tiers or single(row) is not None:
        return indicator
    text = "；".join(f"{tier.heading}：{tier.cell.shown}" for tier in tiers)
    own = any(row.cell(role).shown for role in ("target", "value"))
    rule, target = indicator.rule, indicator.target
    if rule is None and (own or all(_POINTS.search(fold(tier.cell.shown)) for tier in tiers)):
        rule = Sourced(value=text, text=text, source=tiers[0].source)
    if not own:
        target = Target(text=text, op=Op.QUALITATIVE, words=text, source=tiers[0].source)
    return replace(indicator, target=target, rule=rule)


def tell_tiers(rows: Sequence[Row], indicators: Sequence[Indicator], findings: list[Finding]) -> None:
    """Thresholds without points: which tier is reached can be seen, what it is worth cannot."""
    ruled = zip(rows, indicators, strict=True)
    unclear = [(row, ind) for row, ind in ruled if tiers_of(row) and not single(row) and ind.rule is None]
    if unclear:
        row, first = unclear[0]
        columns = "、".join(column.heading.strip() for column in row.header.all("tier"))
        findings.append(warning("JX244", first.target.source, columns=columns, count=len(unclear)))
