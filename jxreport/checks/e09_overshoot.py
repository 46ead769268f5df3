"""E09: the actual is far above the target (profile threshold, usually 120 %) and no cause is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.e08_reason import has_reason
from jxreport.checks.grading import graded
from jxreport.checks.places import to_fill
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.number import fixed, plain


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    if not score.overshoot or has_reason(score.indicator):
        return
    indicator = score.indicator
    place = to_fill(indicator, indicator.reason)
    default = "waiting" if profile.overshoot_severity == "error" else "warning"
    facts: dict[str, Any] = {
        "name": indicator.name,
        "completion": fixed(score.completion) if score.completion is not None else "—",
        "threshold": plain(profile.overshoot),
    }
    yield from graded(profile, "E09", default, "JX324", place, **facts)
