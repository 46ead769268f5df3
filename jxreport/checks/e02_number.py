"""E02: a quantitative 实际完成值 that is not a number (达标, 完成, 按时)."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.checks.grading import graded
from jxreport.checks.sentences import sentence_of
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore, Status
from jxreport.model.values import Op


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    target, actual = indicator.target, indicator.actual
    if target.op is Op.QUALITATIVE or target.value is None or sentence_of(indicator):
        return
    if score.status is Status.NOT_APPLICABLE or indicator.not_applicable is not None:
        return  # without the reason that it needs, 不适用 is told as such
    if actual is None or actual.is_blank or actual.value is not None:
        return
    default = "error" if score.weight is not None else "warning"  # without points nothing hangs on it
    usual = "E02" if score.weight is not None else "E02.unscored"
    unit = target.unit.strip() or "与指标值相同的单位"
    yield from graded(profile, usual, default, "JX321", actual.source, name=indicator.name, text=actual.text, unit=unit)
