"""Deadlines (2021年12月31日前): done in time gives the full weight. Lateness has no ratio in any norm, so a
person scores it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from jxreport.checks.tier_band import person_score
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore, Status
from jxreport.model.submission import Indicator
from jxreport.number import ZERO, half_up, plain
from jxreport.score import steps

_CLAUSE = "按时限完成记满分，逾期完成的由填报单位评定"


def score_deadline(indicator: Indicator, weight: Decimal, profile: Profile) -> IndicatorScore:
    """Dates are compared as YYYY-MM-DD texts, which sort like the days they name."""
    base = IndicatorScore(
        indicator=indicator,
        weight=weight,
        status=Status.MANUAL,
        kind="norm",
        norm="deadline",
        reading=_CLAUSE,
    )
    target, actual = indicator.target, indicator.actual
    if actual is None or not actual.date:
        return replace(base, status=Status.UNSCORED)
    trace = (
        steps.cell("指标值", target.text, target.source),
        steps.cell("实际完成时间", actual.text, actual.source),
        steps.clause(_CLAUSE, profile.source("norm")),
    )
    if actual.date <= target.date:
        line = steps.arithmetic(f"{actual.date} 不晚于 {target.date}，按时完成，记{plain(weight)}分")
        score = half_up(weight)
        return replace(
            base, status=Status.SCORED, score=score, raw=weight, trace=(*trace, line, steps.rounding(score))
        )
    given = person_score(indicator)
    if given is None or given.value is None or not ZERO <= given.value < weight:
        return replace(base, trace=trace)
    score = half_up(given.value)
    lines = (
        steps.arithmetic(f"{actual.date} 晚于 {target.date}，逾期"),
        steps.cell("人工评分", given.text or plain(given.value), given.source),
        steps.rounding(score),
    )
    return replace(
        base, status=Status.SCORED, score=score, raw=given.value, trace=(*trace, *lines), missed=True
    )
