"""A share typed as a fraction: 0.88 against a target of 90 % may mean 88 % or 0.88 %."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.checks.units import fold_unit
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.model.submission import Indicator
from jxreport.number import HUNDRED, ONE, ZERO, plain


def percent_unclear(indicator: Indicator) -> bool:
    """True where the two ways to read the bare number lead to different results.

    The cell carries neither a percent sign nor a percent format (a reader that saw one sets the unit).
    """
    target, actual = indicator.target, indicator.actual
    if actual is None or actual.value is None or target.value is None:
        return False
    if fold_unit(target.unit) != "%" or actual.unit.strip():
        return False
    return ZERO < actual.value <= ONE < target.value


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    if not percent_unclear(indicator) or indicator.actual is None or indicator.actual.value is None:
        return
    value = indicator.actual.value
    yield warning(
        "JX346",
        indicator.actual.source,
        waiting=True,
        name=indicator.name,
        value=plain(value),
        share=plain(value * HUNDRED),
    )
