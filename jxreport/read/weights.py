"""Points of rows in tables without a 分值 column: from the headings, else from the row's own score."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from jxreport.finding import Finding, Source, warning
from jxreport.model.submission import Indicator, WeightOrigin
from jxreport.model.values import Op, Sourced
from jxreport.number import ZERO, plain
from jxreport.read.layouts import Layouts, fold
from jxreport.read.rows import IndicatorRow

_POINTS = re.compile(r"[(（]?(\d+(?:\.\d+)?)分[)）]?$")


def points_in(label: str) -> Decimal | None:
    """The points at the end of a label: 产出指标（50分）, 项目决策2分."""
    match = _POINTS.search(fold(label))
    return Decimal(match[1]) if match else None


def fill_weights(
    indicators: tuple[Indicator, ...],
    blocks: Sequence[tuple[Decimal, Sequence[int]]],
    findings: list[Finding],
    source: Source,
) -> tuple[Indicator, ...]:
    """Give every scored row of a table without a weight column its points.

    `blocks` are points printed above a block with the ordinals of its rows. Where the hand-made scores of
    a group add up to the points in its heading, each row has full marks, so its score is its weight; a
    single row has the points of its heading. Elsewhere the row's own score is the only number there is:
    it is taken where the target is not visibly missed, marked, and told.
    """
    if any(ind.weight for ind in indicators) or not any(_score(ind) is not None for ind in indicators):
        return indicators
    exact = _from_headings(indicators, blocks)
    filled = tuple(_with(ind, exact.get(ind.ordinal)) for ind in indicators)
    guessed = [ind for ind in filled if ind.weight_origin is WeightOrigin.SCORE]
    if guessed:
        names = "、".join(f"{ind.name}（{plain(ind.weight.value)}分）" for ind in guessed if ind.weight and ind.weight.value)
        findings.append(warning("JX208", source, names=names))
    for ind in filled:
        if ind.weight is None and _score(ind) is not None:
            findings.append(warning("JX211", ind.source, name=ind.name))
    return filled


def _score(indicator: Indicator) -> Decimal | None:
    return indicator.stated_score.value if indicator.stated_score else None


def _from_headings(
    indicators: tuple[Indicator, ...], blocks: Sequence[tuple[Decimal, Sequence[int]]]
) -> dict[int, Decimal]:
    groups: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for ind in indicators:
        if points_in(ind.level2) is not None:
            groups[ind.level1, ind.level2].append(ind)
        elif points_in(ind.level1) is not None:
            groups[ind.level1, ""].append(ind)
    known: dict[int, Decimal] = {}
    for (level1, level2), rows in groups.items():
        points = points_in(level2 or level1)
        if points is not None and not level2:  # what the level 2 headings below it have not given out
            points -= sum((points_in(second) or ZERO for first, second in groups if first == level1 and second), ZERO)
        known |= _settled(rows, points)
    for points, ordinals in () if groups else blocks:
        known |= _settled([ind for ind in indicators if ind.ordinal in ordinals], points)
    return known


def _missed(indicator: Indicator) -> bool:
    """Do target and actual, both numbers in one unit, show that the target is missed?"""
    target, actual = indicator.target, indicator.actual
    if target.value is None or actual is None or actual.value is None or (actual.unit or target.unit) != target.unit:
        return False
    if target.op in (Op.LE, Op.LT):
        return actual.value > target.value
    return actual.value < target.value


def _settled(rows: list[Indicator], points: Decimal | None) -> dict[int, Decimal]:
    """Weights of a group whose points are known, where only one split is possible."""
    if points is None or points <= 0:
        return {}
    if len(rows) == 1:
        return {rows[0].ordinal: points}
    scores = [score for row in rows if (score := _score(row)) is not None]
    if len(scores) == len(rows) and sum(scores, ZERO) == points:
        return {row.ordinal: score for row, score in zip(rows, scores, strict=True)}
    return {}


def _with(indicator: Indicator, points: Decimal | None) -> Indicator:
    score = indicator.stated_score
    if points is not None:
        weight = Sourced(value=points, text=plain(points), source=score.source if score else indicator.source)
        return replace(indicator, weight=weight, weight_origin=WeightOrigin.TEXT)
    if score is None or score.value is None or _missed(indicator):
        return indicator
    return replace(indicator, weight=score, weight_origin=WeightOrigin.SCORE)


def drop_shared(
    rows: Sequence[IndicatorRow], indicators: tuple[Indicator, ...], findings: list[Finding]
) -> tuple[Indicator, ...]:
    """A weight or a score merged over several indicators belongs to none of them alone."""
    kept = []
    for found, indicator in zip(rows, indicators, strict=True):
        if indicator.weight and (count := _sharing(found, rows, "weight")):
            findings.append(warning("JX212", found.row.source("weight"), name=indicator.name, count=count))
            indicator = replace(indicator, weight=None, weight_origin=None)
        if indicator.stated_score and (count := _sharing(found, rows, "score")):
            findings.append(warning("JX212", found.row.source("score"), name=indicator.name, count=count))
            indicator = replace(indicator, stated_score=None)
        kept.append(indicator)
    return tuple(kept)


def _sharing(found: IndicatorRow, rows: Sequence[IndicatorRow], role: str) -> int:
    """How many indicators the merged cell covers, 0 for a cell of its own."""
    place = found.row.place(role)
    bottom = found.row.grid.area(*place)[2] if place else found.row.number
    count = sum(found.row.number <= row.row.number <= bottom for row in rows)
    return count if count > 1 else 0


def mark_parts(indicators: tuple[Indicator, ...], layouts: Layouts) -> tuple[Indicator, ...]:
    """Rows 其中… without points and score belong to the row above them, and so do the rows that go on with them."""
    marked: list[Indicator] = []
    parent: Indicator | None = None
    for indicator in indicators:
        bare = indicator.weight is None and indicator.stated_score is None
        begins = fold(indicator.name).startswith(tuple(layouts.words["part"]))
        goes_on = bool(marked) and marked[-1].is_part and indicator.level2 == marked[-1].level2
        is_part = bare and parent is not None and (begins or goes_on)
        marked.append(replace(indicator, is_part=is_part))
        parent = indicator if indicator.weight is not None else parent
    return tuple(marked)
