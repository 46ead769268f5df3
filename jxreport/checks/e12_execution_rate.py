"""E12: more spent than budgeted. One of the two amounts is wrong, so execution is not scored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.grading import graded
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation
from jxreport.number import HUNDRED, fixed, grouped


def check(evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    """Also: the execution counts, but one of its amounts is missing (E01)."""
    execution, form = evaluation.execution, evaluation.form
    budget = form.budget
    if execution is None or budget is None or budget.total is None:
        return
    place = budget.total.executed.source if budget.total.executed is not None else budget.total.source
    if execution.rate is not None and execution.rate > HUNDRED and not profile.over_execution_allowed:
        facts: dict[str, Any] = {
            "form": form.name,
            "rate": fixed(execution.rate),
            "executed": grouped(execution.executed or HUNDRED),
            "adjusted": grouped(execution.adjusted or HUNDRED),
        }
        yield from graded(profile, "E12", "waiting", "JX329", place, **facts)
    for name, amount in (("全年预算数", execution.adjusted), ("全年执行数", execution.executed)):
        if execution.weight is not None and execution.score is None and amount is None:
            yield warning("JX350", budget.total.source, waiting=True, form=form.name, what=name)
        elif amount is not None and amount < 0:
            yield warning("JX349", budget.total.source, waiting=True, form=form.name, what=name)
