"""E10, E11: qualitative rows. The result is one of the profile's tiers, the score lies in its band."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jxreport.checks.grading import graded
from jxreport.checks.places import to_fill
from jxreport.checks.sentences import sentence_of
from jxreport.checks.tier_band import band_for, is_tier_word, person_score, tier_of
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore, Status
from jxreport.model.submission import Indicator
from jxreport.model.values import Op
from jxreport.number import half_up, plain


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    if indicator.target.op is not Op.QUALITATIVE or sentence_of(indicator) or score.norm == "yesno":
        return
    if score.status is Status.NOT_APPLICABLE or score.weight is None or _is_blank(indicator):
        return
    tier, _ = tier_of(indicator, profile)
    actual = indicator.actual
    assert actual is not None
    if tier is None and re.search(r"\*|__|；.+：", indicator.target.text):
        return  # a placeholder of the template (E04) or columns of tiers and counties (JX244, JX248): told as such
    if tier is None and _is_unread_number(indicator):
        facts: dict[str, Any] = {"name": indicator.name, "text": indicator.target.text}
        yield warning("JX245", indicator.target.source, waiting=True, **facts)
        return
    if tier is None:
        tiers = "、".join(tier.label for tier in profile.tiers)
        yield warning(
            "JX326", actual.source, waiting=True, name=indicator.name, text=actual.text, tiers=tiers
        )
        return
    given, band = person_score(indicator), band_for(tier, score.weight)
    if given is None or given.value is None:
        place = to_fill(indicator, indicator.manual_score)
        yield warning("JX327", place, waiting=True, name=indicator.name, tier=tier.label, band=band)
    elif not band.holds(half_up(given.value)):
        facts = {
            "name": indicator.name,
            "score": plain(given.value),
            "tier": tier.label,
            "band": band,
        }
        yield warning("JX325", given.source, waiting=True, **facts)
    if _lacks_description(indicator, profile):
        yield from graded(profile, "定性说明", "warning", "JX328", actual.source, name=indicator.name)


def _is_unread_number(indicator: Indicator) -> bool:
    """A target that counts or measures something in a way that is no single number: 20-25个, 每季度1次, #NAME?"""
    target, actual = indicator.target.text.strip(), indicator.actual
    measured = actual is not None and (actual.value is not None or bool(re.search(r"\d", actual.text)))
    return target.startswith("#") or (measured and bool(re.search(r"\d", target)) and len(target) <= 60)


def _is_blank(indicator: Indicator) -> bool:
    return indicator.actual is None or indicator.actual.is_blank


def _lacks_description(indicator: Indicator, profile: Profile) -> bool:
    """A bare tier word describes nothing; any other text does."""
    texts = (indicator.actual.text if indicator.actual else "", indicator.completion)
    return not any(text.strip() and not is_tier_word(text, profile) for text in texts)
