"""Qualitative indicators (10号 art. 16): a tier and a person's score inside the tier's band.

A tier gives a range, never a value; so both are needed, and neither is made up.
"""

from __future__ import annotations

from decimal import Decimal

from jxreport.checks.labels import fold
from jxreport.checks.tier_band import band_for, is_tier_word, person_score, tier_of
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore, Status
from jxreport.model.submission import Indicator
from jxreport.number import ZERO, half_up, plain
from jxreport.score import steps


def score_quality(indicator: Indicator, weight: Decimal, profile: Profile) -> IndicatorScore:
    """MANUAL until tier and score are there and fit each other (checks E10, E11 say what is missing)."""
    if profile.yes_no_full_or_zero and _yes_no(indicator):
        return _score_yes_no(indicator, weight, profile)
    tier, words = tier_of(indicator, profile)
    given = person_score(indicator)
    clause = "、".join(f"{t.label} {plain(t.low)}%—{plain(t.high)}%" for t in profile.tiers)
    waiting = IndicatorScore(
        indicator=indicator, weight=weight, status=Status.MANUAL, kind="norm", norm="tier", reading=clause
    )
    if tier is None or given is None or given.value is None:
        return waiting
    band, score = band_for(tier, weight), half_up(given.value)
    if not band.holds(score):
        return waiting
    trace = [
        steps.cell("实际完成值", words, indicator.actual.source if indicator.actual else indicator.source)
    ]
    if not is_tier_word(words, profile):
        trace.append(steps.convention(f"完成情况与指标值文字一致，按“{tier.label}”"))
    trace += [
        steps.cell("人工评分", given.text or plain(given.value), given.source),
        steps.clause(f"定性指标分档评分：{clause}", profile.source("tiers")),
        steps.arithmetic(f"“{tier.label}”：{band}，评分{score}在本档内"),
        steps.rounding(score),
    ]
    return IndicatorScore(
        indicator=indicator,
        weight=weight,
        status=Status.SCORED,
        score=score,
        raw=given.value,
        kind="norm",
        norm="tier",
        reading=clause,
        trace=tuple(trace),
        missed=score < weight,
    )


def _yes_no(indicator: Indicator) -> bool:
    actual = indicator.actual.text if indicator.actual else ""
    return fold(actual) in ("是", "否") and fold(indicator.target.text) in ("是", "否")


def _score_yes_no(indicator: Indicator, weight: Decimal, profile: Profile) -> IndicatorScore:
    actual = indicator.actual
    assert actual is not None
    reached = fold(actual.text) == fold(indicator.target.text)
    score = half_up(weight) if reached else half_up(ZERO)
    clause = "是否类指标：达成记满分，未达成不得分"
    return IndicatorScore(
        indicator=indicator,
        weight=weight,
        status=Status.SCORED,
        score=score,
        raw=weight if reached else ZERO,
        kind="norm",
        norm="yesno",
        reading=clause,
        trace=(
            steps.cell("指标值", indicator.target.text, indicator.target.source),
            steps.cell("实际完成值", actual.text, actual.source),
            steps.clause(clause, profile.source("norm.yes_no_full_or_zero")),
            steps.rounding(score),
        ),
        missed=not reached,
    )
