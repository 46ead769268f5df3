"""E12: more spent than budgeted. One of the two amounts is wrong, so execution is not scored."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jxreport.checks.grading import graded
from jxreport.finding import NOWHERE, Finding, Source, warning
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation
from jxreport.model.submission import Form
from jxreport.model.values import Sourced
from jxreport.number import HUNDRED, fixed, grouped


def check(evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    """Also: the execution counts, but one of its amounts is missing (E01)."""
    execution, form = evaluation.execution, evaluation.form
    if execution is None:
        return
    row = form.budget.total if form.budget is not None else None
    adjusted, executed = (row.adjusted, row.executed) if row is not None else (None, None)
    if execution.rate is not None and execution.rate > HUNDRED and not profile.over_execution_allowed:
        facts: dict[str, Any] = {
            "form": form.name,
            "rate": fixed(execution.rate),
            "executed": grouped(execution.executed or HUNDRED),
            "adjusted": grouped(execution.adjusted or HUNDRED),
        }
        yield from graded(profile, "E12", "waiting", "JX329", _place(executed, form), **facts)
    for name, amount in (("全年预算数", adjusted), ("全年执行数", executed)):
        value = amount.value if amount is not None else None
        unread = amount is not None and value is None and not amount.is_blank  # a text: told by the reader
        if execution.weight is not None and execution.score is None and value is None and not unread:
            yield warning("JX350", _place(amount, form), waiting=True, form=form.name, what=name)
        elif value is not None and value < 0:
            yield warning("JX349", _place(amount, form), waiting=True, form=form.name, what=name)


def _place(amount: Sourced[Decimal] | None, form: Form) -> Source:
    """The amount's own cell, be it empty; else its row, else the form."""
    row = form.budget.total if form.budget is not None else None
    places = (amount.source if amount is not None else NOWHERE, row.source if row is not None else NOWHERE)
    return next((place for place in places if place != NOWHERE), form.source)
