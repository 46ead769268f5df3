"""Rows with a deadline: the actual must be a date, and lateness needs a person's score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.sentences import sentence_of
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore, Status


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    target, actual = indicator.target, indicator.actual
    if not target.date or sentence_of(indicator) or actual is None or actual.is_blank:
        return
    if score.status in (Status.SCORED, Status.NOT_APPLICABLE):
        return
    if not actual.date:
        facts: dict[str, Any] = {"name": indicator.name, "text": actual.text, "target": target.text}
        yield warning("JX351", actual.source, waiting=True, **facts)
    elif actual.date > target.date:
        place = indicator.manual_score.source if indicator.manual_score is not None else indicator.source
        facts = {"name": indicator.name, "text": actual.text, "target": target.text}
        yield warning("JX352", place, waiting=True, **facts)
