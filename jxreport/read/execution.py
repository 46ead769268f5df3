"""Points of budget execution: a row 预算执行率 among the indicators, or a total printed in the money block."""

from __future__ import annotations

from dataclasses import replace

from jxreport.finding import Finding, note
from jxreport.model.submission import Budget, Form, Indicator
from jxreport.model.values import Sourced
from jxreport.number import ZERO
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
        reason=_said(form.budget.reason, row.reason, row.measure),
    )
    kept = tuple(
        replace(ind, ordinal=ordinal)
        for ordinal, ind in enumerate((i for i in form.indicators if i is not row), 1)
    )
    return replace(form, budget=budget, indicators=kept)


def _said(*texts: Sourced[str] | None) -> Sourced[str] | None:
    """The first text that says something, else the first cell where one may be written."""
    present = [text for text in texts if text is not None]
    return next((text for text in present if not text.is_blank), present[0] if present else None)


def drop_table_total(form: Form, findings: list[Finding]) -> Form:
    """Points of the money block that are the sum of the whole table are not the line's own points."""
    points = [ind.weight.value for ind in form.indicators if ind.weight and ind.weight.value is not None]
    budget = form.budget
    if budget is None or budget.weight is None or not points or budget.weight.value != sum(points, ZERO):
        return form
    findings.append(note("JX317", budget.weight.source, weight=budget.weight.text))
    return replace(form, budget=replace(budget, weight=None, stated_score=None))


def _is_execution(indicator: Indicator, layouts: Layouts) -> bool:
    return (
        label_key(indicator.name) in layouts.words["execution"]
        and not indicator.level2
        and indicator.target.value is None
    )
