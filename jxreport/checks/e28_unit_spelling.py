"""E28: a malformed unit (件数, " %"). It is shown as the usual one and compared as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jxreport.checks.sentences import sentence_of
from jxreport.checks.units import fold_unit, is_usual
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.model.values import Op, Target

# The unit behind the number. "≥ 95 %" in one cell is spaced throughout, which is a style, not a slip.
_TAIL = re.compile(r"(?P<space>\s?)[\d,.]*\d(?P<unit>\D*)$")


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    target = score.indicator.target
    if target.op is Op.QUALITATIVE or target.value is None or sentence_of(score.indicator):
        return
    unit = printed_unit(target)
    if not is_usual(unit):
        facts: dict[str, Any] = {"name": score.indicator.name, "unit": unit, "usual": fold_unit(unit)}
        yield warning("JX233", target.source, **facts)


def printed_unit(target: Target) -> str:
    """The unit as the form shows it; the understood unit where the text does not end in one."""
    found = _TAIL.search(target.text)
    if found is None or not found["unit"]:
        return target.unit
    return found["unit"].strip() if found["space"] else found["unit"]
