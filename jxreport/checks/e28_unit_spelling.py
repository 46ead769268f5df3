"""E28: a malformed unit (件数, " %"). It is shown as the usual one and compared as such."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.checks.units import fold_unit, is_usual
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.model.values import Op


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    target = score.indicator.target
    if target.op is Op.QUALITATIVE or target.value is None or is_usual(target.unit):
        return
    facts = {"name": score.indicator.name, "unit": target.unit, "usual": fold_unit(target.unit)}
    yield warning("JX233", target.source, **facts)
