"""E04: * or _ left in a target value: a template that was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jxreport.checks.sentences import sentence_of
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore

# 元/人*月 is a unit, not a placeholder: a lone star counts only next to a digit or a sign.
_PLACEHOLDER = re.compile(r"[*＊]{2,}|_|＿|[≥≤<>=＞＜＝]\s*[*＊]|[*＊]\s*\d|\d\s*[*＊](?!\D)")


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    if not sentence_of(indicator) and _PLACEHOLDER.search(indicator.target.text):
        yield warning(
            "JX223", indicator.target.source, waiting=True, name=indicator.name, text=indicator.target.text
        )
