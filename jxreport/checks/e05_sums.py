"""E05: points that do not add up: rows to their level's points, all rows to 100 (or to 90 with execution)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from jxreport.checks.grading import graded
from jxreport.checks.labels import points_in
from jxreport.checks.sentences import is_execution_row
from jxreport.finding import Finding, Source
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Indicator, Kind, WeightOrigin
from jxreport.number import HUNDRED, ZERO, plain

WHOLE_TABLE = "JX224"  # the code of a whole table that does not add up: its total means nothing


def check(form: Form, profile: Profile) -> Iterator[Finding]:
    """Nothing is said while a row still lacks its points (that is E06), or has only its own score for them:
    the sum is not known then.
    """
    rows = [ind for ind in form.indicators if ind.not_applicable is None or ind.weight is not None]
    points = [ind.weight.value for ind in rows if ind.weight is not None and ind.weight.value is not None]
    if form.kind is Kind.MONITORING or not points or len(points) != len(rows):
        return
    if any(ind.weight_origin is WeightOrigin.SCORE for ind in rows):
        return
    yield from _levels(form, profile)
    total = sum(points, ZERO)
    budget = form.budget.weight.value if form.budget is not None and form.budget.weight is not None else None
    if _adds_up(total, budget, profile, any(is_execution_row(ind) for ind in rows)):
        return
    shown = f"{plain(total)}" if budget is None else f"{plain(total)}加预算执行率{plain(budget)}"
    place = _place(rows, form)
    yield from graded(profile, "E05", "error", WHOLE_TABLE, place, form=form.name, total=shown)


def _place(rows: list[Indicator], form: Form) -> Source:
    """The first of the points where the unit itself fills them in (权重占比), else the table."""
    first = rows[0].weight
    return (
        first.source if first is not None and rows[0].weight_origin is WeightOrigin.ACTUALS else form.source
    )


def _adds_up(total: Decimal, budget: Decimal | None, profile: Profile, execution_row: bool) -> bool:
    if budget is not None:
        return total + budget == HUNDRED
    return total == HUNDRED or (not execution_row and total == HUNDRED - profile.weights.execution)


def _levels(form: Form, profile: Profile) -> Iterator[Finding]:
    """Rows against the points printed in their level label: 产出指标（50分）."""
    levels: dict[str, list[Indicator]] = {}
    for label, rows in groupby(form.indicators, key=lambda ind: ind.level1):
        levels.setdefault(label, []).extend(rows)
    for label, members in levels.items():
        wanted = points_in(label)
        total = sum((ind.weight.value or ZERO for ind in members if ind.weight is not None), ZERO)
        if wanted is not None and total != wanted:
            facts: dict[str, Any] = {
                "level": label,
                "wanted": plain(wanted),
                "total": plain(total),
                "form": form.name,
            }
            yield from graded(profile, "E05", "error", "JX225", members[0].source, **facts)
