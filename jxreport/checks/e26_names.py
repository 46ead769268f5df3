"""E26: an indicator named like its category, or a description that only repeats the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jxreport.checks.labels import fold
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore

_EMPTY_WORDS = re.compile(r"(?:总分|满分)?\d+(?:\.\d+)?分|反映|情况|指标|是否|的")


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    name = fold(indicator.name)
    if name and name in (fold(indicator.level1), fold(indicator.level2)):
        level = indicator.level2 if name == fold(indicator.level2) else indicator.level1
        yield warning("JX230", indicator.source, name=indicator.name, level=level)
    description = fold(indicator.description)
    if not name or name not in description:
        return
    rest = _EMPTY_WORDS.sub("", description.replace(name, "", 1))
    if rest in name:
        yield warning("JX231", indicator.source, name=indicator.name, description=indicator.description)
