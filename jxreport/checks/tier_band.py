"""The tiers of qualitative indicators: which one a row states, and the scores a tier allows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.checks.labels import fold
from jxreport.model.profile import Profile, Tier
from jxreport.model.submission import Indicator
from jxreport.model.values import Sourced
from jxreport.number import HUNDRED, half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class TierBand:
    """A tier's scores for one weight, edges rounded to two decimals: low ≤ s ≤ high (or < high)."""

    low: Decimal
    high: Decimal
    high_included: bool

    def holds(self, score: Decimal) -> bool:
        return self.low <= score and (score <= self.high if self.high_included else score < self.high)

    def __str__(self) -> str:
        return f"{self.low} ≤ 得分 {'≤' if self.high_included else '<'} {self.high}"


def band_for(tier: Tier, weight: Decimal) -> TierBand:
    """The band of `tier` in points: W=7, tier 2 → 4.20 ≤ s < 5.60."""
    return TierBand(
        low=half_up(weight * tier.low / HUNDRED),
        high=half_up(weight * tier.high / HUNDRED),
        high_included=tier.high_included,
    )


def tier_of(indicator: Indicator, profile: Profile) -> tuple[Tier | None, str]:
    """The tier the unit states and the words it stands in; None where no tier's words are given.

    An actual that repeats the target's own words says that the target is reached.
    """
    texts = [indicator.actual.text if indicator.actual else "", indicator.completion]
    texts += [answer.value for answer in indicator.answers if isinstance(answer.value, str)]
    for text in texts:
        for tier in profile.tiers:
            if text and fold(text) in {fold(word) for word in (tier.label, *tier.aliases)}:
                return tier, text
    actual = texts[0]
    target = indicator.target
    printed = (target.text, target.unit, target.words, target.text.removeprefix("定性"))
    wanted = {fold(text) for text in printed} - {""}
    if actual and fold(actual) in wanted:
        return profile.tiers[0], actual
    if fold(target.text).endswith(("是/否", "是否")) and fold(actual) in ("是", "否"):  # 提高 | 是/否 | 是
        return profile.tiers[0 if fold(actual) == "是" else -1], actual
    return None, ""


def person_score(indicator: Indicator) -> Sourced[Decimal] | None:
    """The score a person entered: 人工评分, else the hand-made score of a form scored by hand."""
    for given in (indicator.manual_score, indicator.stated_score):
        if given is not None and given.value is not None:
            return given
    return None


def is_tier_word(text: str, profile: Profile) -> bool:
    """Is `text` nothing but a tier's own words?"""
    return fold(text) in {fold(word) for tier in profile.tiers for word in (tier.label, *tier.aliases)}
