"""One form: weights, indicators, execution, schedule, total, and the checks of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from jxreport.checks import EVALUATION_CHECKS, FORM_CHECKS, INDICATOR_CHECKS
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, IndicatorScore, SchedulePoint, Status
from jxreport.model.submission import Form, ReadingChoice
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


def prepare(form: Form, profile: Profile, month: int) -> Prepared:
    """Weights (proposed where the forms give none) and the schedule up to `month`."""
    weighted, proposed = with_weights(form, profile)
    points, found = compare(weighted, profile, month)
    budget, _ = budget_in_force(weighted)
    return Prepared(form=weighted, points=points, budget=budget, findings=(*proposed, *found))


def score_form(
    prepared: Prepared,
    profile: Profile,
    readings: tuple[ReadingChoice, ...],
    basis: PaceBasis | None,
) -> Evaluation:
    """Score everything and run every check; findings of the parts are among the evaluation's, once each."""
    form = prepared.form
    around = Surroundings(form=form, profile=profile, readings=readings, basis=basis)
    rows = tuple(_checked(score_indicator(ind, around), form, profile) for ind in form.indicators)
    execution = score_execution(form, execution_weight(form, profile), profile)
    totals = add_up(form, rows, execution, profile)
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
    found: list[Finding] = [*prepared.findings]
    for form_check in FORM_CHECKS:
        found += form_check(form, profile)
    for row in rows:
        found += row.findings
    found += execution.findings if execution is not None else ()
    for check in EVALUATION_CHECKS:
        found += check(evaluation, profile)
    found += totals.findings
    return replace(evaluation, findings=once(found))


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
