"""E07: a hand-made score above its points or below 0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.number import ZERO, plain


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    stated, weight = score.indicator.stated_score, score.weight
    if stated is None or stated.value is None or weight is None or ZERO <= stated.value <= weight:
        return
    facts: dict[str, Any] = {
        "name": score.indicator.name,
        "stated": plain(stated.value),
        "weight": plain(weight),
    }
    yield warning("JX322", stated.source, **facts)
