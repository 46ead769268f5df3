"""E01: a required cell is empty. 0 counts as filled; a dash counts as empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.places import to_fill
from jxreport.checks.sentences import sentence_of
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore, Status
from jxreport.model.submission import Indicator


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    if not indicator.name.strip():
        yield warning("JX220", indicator.source, waiting=True, ordinal=indicator.ordinal)
    if score.status in (Status.SCORED, Status.NOT_APPLICABLE) or sentence_of(indicator):
        return  # what a scoring sentence still needs is asked by its questions
    if _no_target(indicator) and indicator.actual is None and indicator.stated_score is not None:
        facts: dict[str, Any] = {"name": indicator.name, "stated": indicator.stated_score.text}
        yield warning("JX246", indicator.source, waiting=True, **facts)
        return
    if _no_target(indicator):
        yield warning("JX221", indicator.target.source, waiting=True, name=indicator.name)
    if indicator.actual is None or indicator.actual.is_blank:
        yield warning("JX320", to_fill(indicator), waiting=True, name=indicator.name)


def _no_target(indicator: Indicator) -> bool:
    target = indicator.target
    return (
        target.value is None
        and not target.date
        and not target.text.strip("-—–/ 　")
        and not target.unit.strip()
    )
