"""One form: weights, indicators, execution, schedule, total, and the checks of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from jxreport.checks import EVALUATION_CHECKS, FORM_CHECKS, INDICATOR_CHECKS, e05_sums, e19_plan, e20_payments
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, IndicatorScore, SchedulePoint, Status
from jxreport.model.submission import Form, Kind, ReadingChoice
from jxreport.score.execution import score_execution
from jxreport.score.forecast import forecast
from jxreport.score.indicator import Surroundings, score_indicator
from jxreport.score.pace import PaceBasis
from jxreport.score.schedule import budget_in_force, compare
from jxreport.score.totals import add_up
from jxreport.score.weights import execution_weight, with_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A form with its weights and its schedule, before anything is scored."""

    form: Form
    points: tuple[SchedulePoint, ...]
    budget: Decimal | None
    findings: tuple[Finding, ...]
    schedule_is_wrong: bool = False  # plan or payments contradict themselves


def prepare(form: Form, profile: Profile, month: int) -> Prepared:
    """Weights (proposed where the forms give none) and the schedule up to `month`."""
    weighted, proposed = with_weights(form, profile)
    points, found = compare(weighted, profile, month)
    budget, _ = budget_in_force(weighted)
    contradictions = (
        *e19_plan.check(weighted, profile),
        *e20_payments.of_schedule(weighted, points, profile),
    )
    return Prepared(
        form=weighted,
        points=points,
        budget=budget,
        findings=(*proposed, *found),
        schedule_is_wrong=any(finding.is_error for finding in contradictions),
    )


def score_form(
    prepared: Prepared,
    profile: Profile,
    readings: tuple[ReadingChoice, ...],
    basis: PaceBasis | None,
    *,
    at_year_end: bool = True,
) -> Evaluation:
    """Score everything and run every check; findings of the parts are among the evaluation's, once each.

    Before year end (`at_year_end` False) no actuals are asked for.
    """
    form = prepared.form
    around = Surroundings(form=form, profile=profile, readings=readings, basis=basis)
    rows = tuple(_checked(score_indicator(ind, around), form, profile) for ind in form.indicators)
    execution = score_execution(form, execution_weight(form, profile), profile)
    of_form = [finding for check in FORM_CHECKS for finding in check(form, profile)]
    adds_up = not any(finding.is_error and finding.code == e05_sums.WHOLE_TABLE for finding in of_form)
    totals = add_up(form, rows, execution, profile, adds_up=adds_up)
    evaluation = Evaluation(
        form=form,
        indicators=rows,
        execution=execution,
        schedule=prepared.points,
        forecast=forecast(prepared.points, prepared.budget),
        total=totals.total,
        full=totals.full,
        scored=totals.scored,
        scored_full=totals.scored_full,
        grade=totals.grade,
        rescaling=totals.rescaling,
    )
    found: list[Finding] = [*prepared.findings, *of_form]
    for row in rows:
        found += row.findings
    found += execution.findings if execution is not None else ()
    for check in EVALUATION_CHECKS:
        found += check(evaluation, profile)
    found += totals.findings
    if form.kind is Kind.MONITORING:
        found = [finding for finding in found if finding.code not in _ONLY_AT_YEAR_END]
    if not form.is_handed_in or not at_year_end:
        evaluation = replace(evaluation, indicators=tuple(_not_asked(row) for row in rows))
        found = [finding for finding in found if finding.code not in _ASKS_FOR_ACTUALS]
    return replace(evaluation, findings=once(found))


# What only asks for actuals: that the whole form is missing (JX300) says it once.
_ASKS_FOR_ACTUALS = frozenset(
    {"JX320", "JX323", "JX350", "JX501", "JX503", "JX504", "JX505", "JX506", "JX510", "JX519", "JX520"}
)


# In the middle of the year an empty or unfinished indicator is nothing to complain of.
_ONLY_AT_YEAR_END = frozenset({"JX320", "JX338", "JX351", "JX352"})


def _not_asked(row: IndicatorScore) -> IndicatorScore:
    return replace(row, findings=tuple(f for f in row.findings if f.code not in _ASKS_FOR_ACTUALS))


def _checked(score: IndicatorScore, form: Form, profile: Profile) -> IndicatorScore:
    """The row with what its checks find. A row without a score always carries a finding that waits."""
    found = [*score.findings]
    for check in INDICATOR_CHECKS:
        found += check(score, profile)
    scored = score.status in (Status.SCORED, Status.NOT_APPLICABLE)
    unexplained = not any(f.waiting or f.is_error for f in found)
    if not scored and score.weight is not None and score.weight > 0 and unexplained:
        indicator = score.indicator
        found.append(warning("JX510", indicator.source, waiting=True, name=indicator.name))
    return replace(score, findings=once(found))


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, in order of first appearance."""
    return tuple(dict.fromkeys(findings))
