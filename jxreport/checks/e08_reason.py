"""E08: points lost without 偏差原因, be it 0.01. The cause is the unit's to give; none is made up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.places import to_fill
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.model.submission import Indicator
from jxreport.number import half_up, plain


def has_reason(indicator: Indicator) -> bool:
    return indicator.reason is not None and not indicator.reason.is_blank


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    if score.score is None or score.weight is None or has_reason(score.indicator):
        return
    lost = half_up(score.weight) - score.score
    if lost > 0:
        indicator = score.indicator
        place = to_fill(indicator, indicator.reason)
        facts: dict[str, Any] = {
            "name": indicator.name,
            "weight": plain(score.weight),
            "score": score.score,
            "lost": lost,
        }
        yield warning("JX323", place, waiting=True, **facts)
