"""The link to the rules: what a rule needs, and which points of it are open to two readings."""

from __future__ import annotations

from collections.abc import Sequence

from jxreport import rules
from jxreport.forms.readings import OpenPoint
from jxreport.model.submission import Form, Indicator
from jxreport.rules.api import Context, Need


def rule_needs(indicator: Indicator) -> tuple[Need, ...]:
    """What the rule of `indicator` needs; () without a rule."""
    if indicator.rule is None:
        return ()
    return tuple(rules.needs(_parse(indicator)))


def open_points(forms: Sequence[Form]) -> tuple[OpenPoint, ...]:
    """The open points of all rules, in order."""
    return ()


def _parse(indicator: Indicator) -> rules.Rule:
    target = indicator.target
    context = Context(
        indicator=indicator.name,
        description=indicator.description,
        op=target.op.value if target.op is not None else "",
        target=target.value,
        unit=target.unit,
    )
    weight = indicator.weight.value if indicator.weight is not None else None
    return rules.parse(indicator.rule.text, weight, context)
