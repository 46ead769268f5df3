"""E20: cumulative payments that are negative or fall, or that at year end are not 全年执行数."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from jxreport.checks.grading import graded
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, SchedulePoint
from jxreport.model.submission import Form
from jxreport.number import ZERO, grouped

_YEAR_END = 12
_TAIL = Decimal("0.01")


def check(evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    yield from of_schedule(evaluation.form, evaluation.schedule, profile)


def of_schedule(form: Form, schedule: Sequence[SchedulePoint], profile: Profile) -> Iterator[Finding]:
    """The contradictions among the payments that `schedule` looks at."""
    paid = [point for point in schedule if point.paid is not None]
    for point in paid:
        assert point.checkpoint.paid is not None
        if point.paid is not None and point.paid < ZERO:
            facts = {"form": form.name, "label": point.checkpoint.label, "paid": grouped(point.paid)}
            yield from graded(profile, "E20", "error", "JX607", point.checkpoint.paid.source, **facts)
    for before, point in itertools.pairwise(paid):
        yield from _falls(form, before, point, profile)
    if paid:
        yield from _year_end(form, paid[-1], profile)


def _falls(form: Form, before: SchedulePoint, point: SchedulePoint, profile: Profile) -> Iterator[Finding]:
    assert before.paid is not None
    assert point.paid is not None
    assert point.checkpoint.paid is not None
    if point.paid < before.paid:
        facts: dict[str, Any] = {
            "form": form.name,
            "label": point.checkpoint.label,
            "paid": grouped(point.paid),
            "before_label": before.checkpoint.label,
            "before": grouped(before.paid),
        }
        yield from graded(profile, "E20", "error", "JX605", point.checkpoint.paid.source, **facts)


def _year_end(form: Form, last: SchedulePoint, profile: Profile) -> Iterator[Finding]:
    row = form.budget.total if form.budget is not None else None
    executed = row.executed.value if row is not None and row.executed is not None else None
    at = last.checkpoint
    if executed is None or at.month != _YEAR_END or last.paid is None or at.paid is None:
        return
    if abs(last.paid - executed) > _TAIL:
        facts = {
            "form": form.name,
            "label": at.label,
            "paid": grouped(last.paid),
            "executed": grouped(executed),
        }
        yield from graded(profile, "E20", "error", "JX606", at.paid.source, **facts)
