"""A share typed as a fraction: 0.88 against a target of 90 % may mean 88 % or 0.88 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jxreport.checks.units import fold_unit
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.model.submission import Indicator
from jxreport.number import HUNDRED, ONE, ZERO, plain

_RATE = re.compile(r"(?:率|满意度|比例|占比|比重)(?:[(（][^()（）]*[)）])?$")


def percent_unclear(indicator: Indicator) -> bool:
    """True where the two ways to read a bare number lead to different results.

    The cell carries neither a percent sign nor a percent format (a reader that saw one sets the unit).
    """
    return _actual_unclear(indicator) or _target_unclear(indicator)


def _actual_unclear(indicator: Indicator) -> bool:
    """A bare 0.88 against 90 %, or against a bare 90 of something called a rate."""
    target, actual = indicator.target, indicator.actual
    if actual is None or actual.value is None or target.value is None or actual.unit.strip():
        return False
    unit = fold_unit(target.unit)
    is_share = unit == "%" or (not unit and _is_rate(indicator))
    return is_share and ZERO < actual.value <= ONE < target.value


def _target_unclear(indicator: Indicator) -> bool:
    """A bare target of 0.9 against 88 %, or against a bare 88 of something called a rate."""
    target, actual = indicator.target, indicator.actual
    if actual is None or actual.value is None or target.value is None or target.unit.strip():
        return False
    unit = fold_unit(actual.unit)
    is_share = unit == "%" or (not unit and _is_rate(indicator))
    return is_share and ZERO < target.value <= ONE < actual.value


def _is_rate(indicator: Indicator) -> bool:
    return bool(_RATE.search(indicator.name.strip()))


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    target, actual = indicator.target, indicator.actual
    if actual is None or actual.value is None or target.value is None:
        return
    if _actual_unclear(indicator):
        shares: dict[str, Any] = {"value": plain(actual.value), "share": plain(actual.value * HUNDRED)}
        yield warning("JX346", actual.source, waiting=True, name=indicator.name, **shares)
    elif _target_unclear(indicator):
        shares = {"value": plain(target.value), "share": plain(target.value * HUNDRED)}
        yield warning("JX356", target.source, waiting=True, name=indicator.name, actual=actual.text, **shares)
