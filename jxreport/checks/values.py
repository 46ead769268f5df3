"""Actuals that can be read but not used as they stand: negative, of another unit, deducted oddly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.labels import is_satisfaction
from jxreport.checks.sentences import sentence_of
from jxreport.checks.units import fold_unit, in_target_unit, size_unclear
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore, Status
from jxreport.model.values import Op
from jxreport.number import HUNDRED, ZERO, plain


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    target, actual = indicator.target, indicator.actual
    numeric = target.value is not None and target.op is not Op.QUALITATIVE and not sentence_of(indicator)
    if numeric and target.value is not None and target.value < ZERO:
        yield warning("JX243", target.source, waiting=True, name=indicator.name, text=target.text)
    if numeric and actual is not None and actual.value is not None:
        if actual.value < ZERO:
            yield warning("JX342", actual.source, name=indicator.name, text=actual.text)
        facts: dict[str, Any] = {"name": indicator.name}
        if in_target_unit(indicator) is None:
            yield warning("JX345", actual.source, waiting=True, **facts, actual=actual.unit, target=target.unit)
        elif size_unclear(indicator):
            yield warning("JX357", actual.source, waiting=True, **facts, actual=actual.text, target=target.text)
    yield from _satisfaction(score)
    yield from _deduction(score)


def _satisfaction(score: IndicatorScore) -> Iterator[Finding]:
    """Nobody can be more than satisfied: a rate outside 0–100 % is a slip of the pen that would score in full."""
    indicator, actual = score.indicator, score.indicator.actual
    if actual is None or actual.value is None or score.status is Status.NOT_APPLICABLE:
        return
    unit = actual.unit.strip() or indicator.target.unit
    is_rate = fold_unit(unit) == "%" and is_satisfaction(indicator.level1, indicator.level2, indicator.name)
    if is_rate and not ZERO <= actual.value <= HUNDRED:
        yield warning("JX353", actual.source, waiting=True, name=indicator.name, text=actual.text)


def _deduction(score: IndicatorScore) -> Iterator[Finding]:
    deduction = score.indicator.deduction
    if deduction is None or not deduction.value or score.weight is None:
        return
    facts: dict[str, Any] = {"name": score.indicator.name, "deduction": plain(deduction.value)}
    if not ZERO < deduction.value <= score.weight:
        yield warning("JX344", deduction.source, waiting=True, **facts, weight=plain(score.weight))
    elif not score.overshoot and score.status is Status.SCORED:
        yield warning("JX343", deduction.source, **facts)
