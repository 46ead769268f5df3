"""E19: a cumulative plan that falls, leaves 0–100 or does not end at 100; payments without any plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.grading import graded
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.submission import Checkpoint, Form
from jxreport.number import HUNDRED, ONE, ZERO, plain


def check(form: Form, profile: Profile) -> Iterator[Finding]:
    points = [point for point in form.checkpoints if point.plan is not None]
    if all(point.plan is None or point.plan.is_blank for point in points):
        paid = [
            point.paid for point in form.checkpoints if point.paid is not None and not point.paid.is_blank
        ]
        if paid:
            place = points[0].plan.source if points and points[0].plan is not None else paid[0].source
            yield warning("JX612", place, waiting=True, form=form.name)
        return
    if _as_fractions(points):
        yield from graded(profile, "E19", "error", "JX613", points[0].plan.source, form=form.name)  # type: ignore[union-attr]
        return
    before, before_label = ZERO, "年初"
    for point in points:
        plan = point.plan
        assert plan is not None
        facts: dict[str, Any] = {"form": form.name, "label": point.label, "text": plan.text}
        if plan.value is None:
            if plan.is_blank:  # a text in its place is told by the reader
                yield from graded(profile, "E19", "error", "JX604", plan.source, **facts)
            continue
        if not ZERO <= plan.value <= HUNDRED:
            yield from graded(
                profile, "E19", "error", "JX602", plan.source, **facts | {"text": plain(plan.value)}
            )
        if plan.value < before:
            facts |= {"text": plain(plan.value), "before": plain(before), "before_label": before_label}
            yield from graded(profile, "E19", "error", "JX601", plan.source, **facts)
        before, before_label = plan.value, point.label
    last = points[-1]
    if last.plan is not None and last.plan.value is not None and last.plan.value != HUNDRED:
        facts = {"form": form.name, "label": last.label, "text": plain(last.plan.value)}
        yield from graded(profile, "E19", "error", "JX603", last.plan.source, **facts)


def _as_fractions(points: list[Checkpoint]) -> bool:
    """0.25, 0.5, 0.75, 1: a plan ending at 1 with shares on the way was surely not meant as 1 %."""
    values = [point.plan.value for point in points if point.plan is not None and point.plan.value is not None]
    return len(values) > 1 and values[-1] == ONE and all(ZERO <= value <= ONE for value in values)
