"""E16, E17: low execution and budget changes that nobody explains; E18: an empty cost row with points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.grading import graded
from jxreport.checks.labels import group_of
from jxreport.finding import Finding, Source
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, IndicatorScore
from jxreport.model.submission import FundRow
from jxreport.model.values import Sourced
from jxreport.number import fixed, grouped, plain

_EMPTY_COST_LIMIT = 5


def check(evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    execution, budget = evaluation.execution, evaluation.form.budget
    if execution is None or budget is None or budget.total is None:
        return
    reason, adjustment = budget.reason, budget.adjustment_reason
    form, limit = evaluation.form.name, profile.execution_explain_below
    if limit is not None and execution.rate is not None and 0 <= execution.rate < limit and not _says(reason):
        facts: dict[str, Any] = {"form": form, "rate": fixed(execution.rate), "limit": plain(limit)}
        yield from graded(profile, "E16", "warning", "JX338", _place(reason, budget.total), **facts)
    initial, adjusted = execution.initial, execution.adjusted
    if initial is None or adjusted is None or initial == adjusted:
        return
    own = adjustment if adjustment is not None else reason  # most forms have one column for both
    if not _says(own):
        facts = {"form": form, "initial": grouped(initial), "adjusted": grouped(adjusted)}
        yield from graded(profile, "E17", "warning", "JX339", _place(own, budget.total), **facts)


def _says(text: Sourced[str] | None) -> bool:
    return text is not None and not text.is_blank


def _place(text: Sourced[str] | None, total: FundRow) -> Source:
    return text.source if text is not None else total.source


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
