"""One unit's year: all its forms scored under one profile, with all findings."""

from __future__ import annotations

from dataclasses import replace

from jxreport.checks import SUBMISSION_CHECKS
from jxreport.checks.sentences import sentence_of
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, UnitResult
from jxreport.model.submission import Kind, ReadingChoice, Submission
from jxreport.score.form import Prepared, once, prepare, score_form
from jxreport.score.monitoring import monitored, without_year_end
from jxreport.score.pace import PaceBasis, department_basis
from jxreport.score.readings import stale
from jxreport.score.schedule import as_of_label


def score_submission(
    submission: Submission,
    profile: Profile,
    *,
    as_of: str | None = None,
    readings: tuple[ReadingChoice, ...] = (),
) -> UnitResult:
    """Score every form of `submission` under `profile`.

    `as_of` is a checkpoint (6月底); without it the latest one with payments counts. `readings` are
    chosen readings from outside (config), used where the workbook itself has chosen none. Before the
    profile's last checkpoint there are scores of indicators, but no total and no grade. Nothing is raised
    for what the forms say: every trouble is a finding.
    """
    label, month = as_of_label(submission, profile, as_of)
    chosen = (*submission.readings, *readings)
    if profile.is_year_end(label):
        prepared = [prepare(form, profile, month) for form in submission.forms]
        evaluations = tuple(score_form(item, profile, chosen, _basis(item, prepared, month)) for item in prepared)
    else:
        evaluations = _monitoring(submission, profile, chosen, label, month)
    found: list[Finding] = [f for evaluation in evaluations for f in evaluation.findings]
    for check in SUBMISSION_CHECKS:
        found += check(submission, profile)
    sentences = {
        sentence for form in submission.forms for ind in form.indicators if (sentence := sentence_of(ind))
    }
    found += stale(submission.readings, sentences)
    return UnitResult(
        submission=submission,
        profile=profile,
        as_of=label,
        evaluations=evaluations,
        findings=once(found),
    )


def _monitoring(
    submission: Submission, profile: Profile, chosen: tuple[ReadingChoice, ...], label: str, month: int
) -> tuple[Evaluation, ...]:
    """All forms before year end: compared with their plans and asked for their outlook, not scored."""
    found = []
    for form in submission.forms:
        item = prepare(without_year_end(form), profile, month)
        evaluation = score_form(item, profile, chosen, None, at_year_end=False)
        evaluation = monitored(evaluation, form, label, month, profile)
        found.append(replace(evaluation, findings=once(evaluation.findings)))
    return tuple(found)


def _basis(item: Prepared, everything: list[Prepared], month: int) -> PaceBasis | None:
    """The schedule that a sentence about spending pace speaks of in this form.

    None where a schedule contradicts itself (E19, E20): no score may rest on numbers known to be wrong.
    """
    projects = [other for other in everything if other.form.kind is Kind.PROJECT]
    spoken_of = [item] if item.form.kind is Kind.PROJECT else [item, *projects]
    if any(other.schedule_is_wrong for other in spoken_of):
        return None
    if item.form.kind is Kind.PROJECT:
        whose = "本项目的支出计划"
        return PaceBasis(points=item.points, whose=whose, month=month) if item.points else None
    return department_basis(item.points, [(other.points, other.budget) for other in projects], month)
