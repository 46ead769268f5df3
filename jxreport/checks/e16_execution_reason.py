"""E16, E17: low execution and budget changes that nobody explains; E18: an empty cost row with points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.grading import graded
from jxreport.checks.labels import group_of
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, IndicatorScore
from jxreport.number import fixed, grouped, plain

_EMPTY_COST_LIMIT = 5


def check(evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    execution, budget = evaluation.execution, evaluation.form.budget
    if execution is None or budget is None or budget.total is None:
        return
    if budget.reason is not None and not budget.reason.is_blank:
        return
    place = budget.reason.source if budget.reason is not None else budget.total.source
    form, limit = evaluation.form.name, profile.execution_explain_below
    if limit is not None and execution.rate is not None and 0 <= execution.rate < limit:
        facts: dict[str, Any] = {"form": form, "rate": fixed(execution.rate), "limit": plain(limit)}
        yield from graded(profile, "E16", "warning", "JX338", place, **facts)
    initial, adjusted = execution.initial, execution.adjusted
    if initial is not None and adjusted is not None and initial != adjusted:
        facts = {"form": form, "initial": grouped(initial), "adjusted": grouped(adjusted)}
        yield from graded(profile, "E17", "warning", "JX339", place, **facts)


def check_indicator(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    is_cost = "成本" in indicator.level2 or group_of(indicator.level1) == "成本指标"
    stated = indicator.stated_score
    empty = indicator.actual is None or indicator.actual.is_blank
    if (
        is_cost
        and empty
        and stated is not None
        and stated.value is not None
        and stated.value > _EMPTY_COST_LIMIT
    ):
        facts: dict[str, Any] = {"name": indicator.name, "stated": plain(stated.value)}
        yield from graded(profile, "E18", "warning", "JX340", stated.source, **facts)
