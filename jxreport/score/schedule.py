"""Spending against the unit's own declared plan (NORMS 4.5): pace, deviation, light.

The plan is the yardstick, not the calendar: a project on its plan 0/0/75/100 is never red. Time pace is
carried for information only.
"""

from __future__ import annotations

from decimal import Decimal

from jxreport.checks import payments_missing
from jxreport.finding import Finding, note, warning
from jxreport.model.profile import Lights, Profile
from jxreport.model.result import SchedulePoint
from jxreport.model.submission import Checkpoint, Form, Kind, Submission
from jxreport.number import HUNDRED

RED, YELLOW, GREEN = "红", "黄", "绿"
_MONTHS = Decimal(12)


def as_of_label(submission: Submission, profile: Profile, wanted: str | None) -> tuple[str, int]:
    """The checkpoint that the report is made at, as (label, month).

    `wanted` is a label (6月底) or a month; without one it is the latest checkpoint with payments, and
    the profile's last checkpoint where no payment is stated at all (for monitoring forms alone: their own).
    A checkpoint of the profile is called as the profile calls it.
    """
    last = profile.checkpoints[-1]
    names = {defined.month: defined.label for defined in profile.checkpoints}
    stated = [point for form in submission.forms for point in form.checkpoints]
    if wanted:
        labels = {point.label: point.month for point in stated} | {name: month for month, name in names.items()}
        month = labels.get(wanted) or _month_in(wanted) or last.month
        return names.get(month, wanted), month
    paid = [point for point in stated if point.paid is not None and point.paid.value is not None]
    if paid:
        latest = max(paid, key=lambda point: point.month)
        return names.get(latest.month, latest.label), latest.month
    if submission.forms and all(form.kind is Kind.MONITORING for form in submission.forms):
        seen = [outlook for form in submission.forms for row in form.indicators for outlook in row.outlooks]
        if months := [outlook.month for outlook in seen if outlook.month]:
            return names.get(max(months), f"{max(months)}月底"), max(months)
    return last.label, last.month


def _month_in(label: str) -> int | None:
    digits = "".join(char for char in label if char in "0123456789")
    return int(digits) if digits and 1 <= int(digits) <= 12 else None


def budget_in_force(form: Form) -> tuple[Decimal | None, str]:
    """The budget that payments are measured against, and its name: adjusted, else initial."""
    row = form.budget.total if form.budget else None
    if row is None:
        return None, ""
    for amount, name in ((row.adjusted, "全年预算数"), (row.initial, "年初预算数")):
        if amount is not None and amount.value is not None:
            return amount.value, name
    return None, ""


def compare(
    form: Form, profile: Profile, month: int
) -> tuple[tuple[SchedulePoint, ...], tuple[Finding, ...]]:
    """The checkpoints of `form` against its plan; payments after `month` are not looked at yet."""
    budget, basis = budget_in_force(form)
    points = tuple(_point(point, budget, profile.lights, month) for point in form.checkpoints)
    findings: list[Finding] = [*payments_missing.check(form, month)]
    paid = [point for point in points if point.paid is not None]
    if paid and not budget:
        findings.append(warning("JX610", form.source, waiting=True, form=form.name))
    elif paid and basis == "年初预算数":
        findings.append(note("JX611", form.source, form=form.name))
    return points, tuple(findings)


def _point(point: Checkpoint, budget: Decimal | None, lights: Lights, month: int) -> SchedulePoint:
    plan = point.plan.value if point.plan is not None else None
    paid = point.paid.value if point.paid is not None and point.month <= month else None
    actual = paid * HUNDRED / budget if paid is not None and budget else None
    deviation = actual - plan if actual is not None and plan is not None else None
    pace = actual * HUNDRED / plan if actual is not None and plan else None
    return SchedulePoint(
        checkpoint=point,
        plan=plan,
        paid=paid,
        actual=actual,
        deviation=deviation,
        pace=pace,
        time_pace=Decimal(point.month) / _MONTHS * HUNDRED,
        light=light_of(plan, actual, pace, lights),
    )


def light_of(plan: Decimal | None, actual: Decimal | None, pace: Decimal | None, lights: Lights) -> str:
    """红 below `red` percent of the plan, 黄 below `yellow`, else 绿; "" while plan or payment is unknown.

    Where the plan is still 0 nothing is due, so spending cannot be behind.
    """
    if plan is None or actual is None:
        return ""
    if pace is None or pace >= lights.yellow:
        return GREEN
    return RED if pace < lights.red else YELLOW
