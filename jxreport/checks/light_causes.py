"""Red and yellow checkpoints need a cause from the list and an explanation (NORMS 4.2, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.labels import fold
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, SchedulePoint
from jxreport.model.values import Sourced
from jxreport.number import fixed


def check(evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    for point in evaluation.schedule:
        if point.light in profile.lights.cause_required:
            yield from _check_point(point, evaluation, profile)


def _check_point(point: SchedulePoint, evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    at, form = point.checkpoint, evaluation.form
    place = at.paid.source if at.paid is not None else form.source
    causes = "、".join(profile.lights.causes)
    facts: dict[str, Any] = {"form": form.name, "label": at.label, "light": point.light, "causes": causes}
    if point.pace is not None:
        facts["pace"] = fixed(point.pace)
    beside = next((text.source for text in (at.cause, at.explanation, at.measure) if text is not None), place)
    if _blank(at.cause):
        yield warning("JX620", beside, waiting=True, **facts)
    elif at.cause is not None:
        text = at.cause.value or at.cause.text
        if fold(text) not in {fold(cause) for cause in profile.lights.causes}:
            yield warning("JX621", at.cause.source, waiting=True, **facts, text=text)
    if _blank(at.explanation):
        yield warning("JX622", beside, waiting=True, **facts)


def _blank(text: Sourced[str] | None) -> bool:
    return text is None or text.is_blank
