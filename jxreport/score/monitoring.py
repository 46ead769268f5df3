"""Before year end: 绩效运行监控 (136号) in place of 自评. Progress and outlook are told, nothing is scored.

What the forms say of the whole year (实际完成值, 全年执行数, 人工评分 …) belongs to no earlier checkpoint:
only payments up to the checkpoint and the unit's own outlook at it count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jxreport.checks import outlooks
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, Execution, IndicatorScore, Status, UnitResult
from jxreport.model.submission import Budget, Form, FundRow, Indicator, Kind

# said while reading or scoring of actuals that are due at year end only
_OF_SCORING = ("JX4", "JX5")
_DUE_AT_YEAR_END = frozenset({"JX300", "JX302", "JX307", "JX308"})


def without_year_end(form: Form) -> Form:
    """`form` with its targets, plan and payments; what it says of the whole year is left out.

    A monitoring form (M3) speaks of its own checkpoint and stays as it is.
    """
    if form.kind is Kind.MONITORING:
        return form
    return replace(
        form,
        budget=_planned(form.budget) if form.budget is not None else None,
        goals=tuple(replace(goal, actual=None, rate=None) for goal in form.goals),
        indicators=tuple(_planned_row(indicator) for indicator in form.indicators),
        facts=(),
        problems=None,
        stated_total=None,
        stated_grade=None,
    )


def monitored(evaluation: Evaluation, form: Form, label: str, month: int, profile: Profile) -> Evaluation:
    """`evaluation` of a form without its year end, with the outlook that `form` gives at the checkpoint."""
    rows = tuple(_row(score, form, month) for score in evaluation.indicators)
    told = outlooks.check(form, rows, label, profile)
    return replace(
        evaluation,
        indicators=tuple(
            replace(row, findings=(*_later(row.findings), *found)) for row, found in zip(rows, told, strict=True)
        ),
        execution=_unscored(evaluation.execution, form),
        total=None,
        full=None,
        scored=None,
        scored_full=None,
        grade="",
        rescaling="",
        not_scored=f"截至{label}为绩效运行监控，只反映进度和预计；得分和等级在{profile.checkpoints[-1].label}自评时评定",
        findings=(
            *_later(evaluation.findings),
            *outlooks.of_form(form, rows, label, month),
            *(finding for found in told for finding in found),
        ),
    )


def due(findings: Iterable[Finding], result: UnitResult) -> tuple[Finding, ...]:
    """`findings` made while reading, without those that only ask for what is due at year end."""
    if result.profile.is_year_end(result.as_of):
        return tuple(findings)
    return tuple(finding for finding in findings if finding.code not in _DUE_AT_YEAR_END)


def _planned(budget: Budget) -> Budget:
    rows = tuple(_planned_fund(row) for row in budget.rows)
    return replace(budget, rows=rows, stated_score=None, reason=None)


def _planned_fund(row: FundRow) -> FundRow:
    return replace(row, arrived=None, executed=None, stated_rate=None)


def _planned_row(indicator: Indicator) -> Indicator:
    return replace(
        indicator,
        actual=None,
        completion="",
        answers=(),
        not_applicable=None,
        manual_score=None,
        deduction=None,
        stated_score=None,
        reason=None,
        measure=None,
        evidence=None,
    )


def _row(score: IndicatorScore, form: Form, month: int) -> IndicatorScore:
    """The row with its outlook, without anything that is only known at year end."""
    indicator = score.indicator
    outlook = form.outlook(indicator, month)
    if outlook is not None and form.kind is not Kind.MONITORING:
        indicator = replace(
            indicator, actual=outlook.actual, reason=outlook.explanation, measure=outlook.measure
        )
    return IndicatorScore(
        indicator=indicator,
        weight=score.weight,
        status=Status.UNSCORED,
        kind=score.kind,
        reading=score.reading,
        findings=score.findings,
        norm=score.norm,
        outlook=outlook,
    )


def _unscored(execution: Execution | None, form: Form) -> Execution | None:
    """The budget without a score; what has been spent only where the form states it for its checkpoint."""
    if execution is None:
        return None
    if form.kind is Kind.MONITORING:
        return replace(execution, score=None, trace=())
    return Execution(initial=execution.initial, adjusted=execution.adjusted, weight=execution.weight)


def _later(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """`findings`; what only scoring would have to know is not waited for yet."""
    return tuple(
        replace(finding, waiting=False) if finding.code.startswith(_OF_SCORING) else finding
        for finding in findings
    )
