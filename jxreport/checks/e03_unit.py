"""E03: a quantitative target without its unit."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.checks.sentences import sentence_of
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.model.values import Op


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    target = indicator.target
    if target.op is Op.QUALITATIVE or target.value is None or sentence_of(indicator):
        return
    if not target.unit.strip():
        yield warning("JX222", target.source, name=indicator.name, text=target.text)
