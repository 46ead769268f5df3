"""E27: satisfaction targets that cannot be measured or met: = 100 %, 尽力做到多数满意."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jxreport.checks.labels import is_satisfaction
from jxreport.checks.sentences import sentence_of
from jxreport.checks.units import fold_unit
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.model.values import Op
from jxreport.number import HUNDRED

_VAGUE = re.compile(r"尽力|尽量|多数|力争|争取|努力|大部分|基本满意")


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    if not is_satisfaction(indicator.level1, indicator.level2, indicator.name) or sentence_of(indicator):
        return
    target = indicator.target
    if target.value is not None:
        everyone = fold_unit(target.unit) == "%" and target.value >= HUNDRED
        if everyone and target.op in (Op.EQ, Op.GE, Op.GT):
            yield warning("JX232", target.source, name=indicator.name, text=target.text)
        return
    text = f"{target.text}{target.unit if target.unit not in target.text else ''}"
    if _VAGUE.search(text) and not any(char.isdigit() for char in text):
        yield warning("JX232", target.source, name=indicator.name, text=text.strip())
