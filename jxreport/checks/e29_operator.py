"""E29: no sign, or a sign that contradicts its value (≥ 100 % on a rate that cannot pass 100 %)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.checks.labels import is_satisfaction
from jxreport.checks.sentences import sentence_of
from jxreport.checks.units import fold_unit
from jxreport.finding import Finding, note, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore, Status
from jxreport.model.values import Op
from jxreport.number import HUNDRED, ZERO

# Shares of a whole: nothing beyond 100 % exists, so only "= 100 %" can be meant.
_SHARES = (
    "执行率",
    "合格率",
    "覆盖率",
    "完成率",
    "达标率",
    "及时率",
    "办结率",
    "知晓率",
    "签订率",
    "有效率",
    "利用率",
)


def check(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    indicator = score.indicator
    target = indicator.target
    if target.value is None or sentence_of(indicator) or score.status is Status.NOT_APPLICABLE:
        return
    if target.op is None:
        yield warning("JX234", target.source, waiting=True, name=indicator.name, text=target.text)
        return
    if target.op_inferred:
        facts: dict[str, Any] = {"name": indicator.name, "text": target.text, "op": target.op.value}
        certain = target.op is Op.GE and fold_unit(target.unit) == "%" and target.value == HUNDRED
        tell = note if certain else warning  # nothing passes 100 %: ≥ and = say the same
        yield tell("JX236", target.source, **facts)
    elif _is_share(score) and fold_unit(target.unit) == "%":
        beyond = target.value > HUNDRED or (target.value == HUNDRED and target.op is Op.GT)
        if target.op in (Op.GE, Op.GT) and (beyond or target.value == HUNDRED):
            yield warning("JX235", target.source, name=indicator.name, text=target.text)
    elif target.op is Op.LT and target.value <= ZERO:
        yield warning("JX235", target.source, name=indicator.name, text=target.text)


def _is_share(score: IndicatorScore) -> bool:
    indicator = score.indicator
    return indicator.name.rstrip("）) ").endswith(_SHARES) or is_satisfaction(
        indicator.level1, indicator.level2, indicator.name
    )
