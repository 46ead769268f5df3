"""The row 预算执行率 among the indicators: its points belong to the money block, not to the indicators."""

from __future__ import annotations

from dataclasses import replace

from jxreport.model.submission import Budget, Form, Indicator
from jxreport.read.layouts import Layouts, label_key


def lift_execution(form: Form, layouts: Layouts) -> Form:
    """Move a row 预算执行率 without a target of its own into the budget, where the money block has no points."""
    row = next((ind for ind in form.indicators if _is_execution(ind, layouts)), None)
    if row is None or form.budget is None or form.budget.weight is not None:
        return form
    budget: Budget = replace(
        form.budget,
        weight=row.weight,
        stated_score=form.budget.stated_score or row.stated_score,
        reason=form.budget.reason or row.reason or row.measure,
    )
    kept = tuple(
        replace(ind, ordinal=ordinal)
        for ordinal, ind in enumerate((i for i in form.indicators if i is not row), 1)
    )
    return replace(form, budget=budget, indicators=kept)


def _is_execution(indicator: Indicator, layouts: Layouts) -> bool:
    return (
        label_key(indicator.name) in layouts.words["execution"]
        and not indicator.level2
        and indicator.target.value is None
    )
