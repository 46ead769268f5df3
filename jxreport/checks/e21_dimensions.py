"""E21: a level-1 dimension that the norm weights is missing from the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.grading import graded
from jxreport.checks.labels import group_of
from jxreport.checks.sentences import is_execution_row
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Kind, WeightOrigin
from jxreport.number import HUNDRED, ZERO


def check(form: Form, profile: Profile) -> Iterator[Finding]:
    """Points that the forms themselves print and that add up without it are a declared change: a warning."""
    rows = [ind for ind in form.indicators if not is_execution_row(ind)]
    present = {group_of(ind.level1) for ind in rows}
    if form.kind is Kind.MONITORING or not rows or not (present - {""}):
        return
    split = profile.weights.groups
    if "成本指标" not in present and profile.weights.without_cost:
        split = profile.weights.without_cost
    missing = [name for name, points in split if points and group_of(name) not in present]
    if not missing:
        return
    printed = [ind.weight.value for ind in rows if ind.weight is not None and ind.weight.value is not None]
    if not printed:
        return  # a table without any points gives none to a dimension either
    proposed = any(ind.weight_origin is WeightOrigin.PROFILE for ind in rows)
    execution = (
        form.budget.weight.value if form.budget is not None and form.budget.weight is not None else None
    )
    rest = execution if execution is not None else profile.weights.execution
    declared = len(printed) == len(rows) and not proposed and sum(printed, ZERO) in (HUNDRED, HUNDRED - rest)
    facts: dict[str, Any] = {"form": form.name, "missing": "、".join(missing)}
    if declared:
        yield from graded(profile, "E21.declared", "warning", "JX238", form.source, **facts)
    else:
        yield from graded(profile, "E21", "waiting", "JX227", form.source, **facts)
