"""The rule read back in words (RULES 7.6)."""

from __future__ import annotations

from jxreport.number import plain
from jxreport.rules.nodes import Human
from jxreport.rules.parser import Rule


def rule_sentence(rule: Rule) -> str:
    """Canonical words; for a rule that a person scores, why."""
    if isinstance(rule.body, Human):
        return rule.body.sentence()
    parts = [rule.body.sentence()]
    if rule.cap is not None:
        parts.append(f"最高得{plain(rule.cap)}分")
    if rule.capped and rule.cap is None:
        parts.append("得分不超过满分")
    if rule.floor is not None:
        parts.append(f"最低得{plain(rule.floor)}分")
    if rule.floor_stated:
        parts.append("扣完为止")
    if rule.negative:
        parts.append("可以为负分")
    parts.extend(rule.effects)
    return ";".join(parts) + "。"
