"""Answers that cannot be meant as they stand: they are asked about before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Inputs, Need, NeedKind, RuleQuestion
from jxreport.rules.expression import operands
from jxreport.rules.matching import Answer
from jxreport.rules.nodes import Formula, Scale
from jxreport.rules.parser import Rule
from jxreport.rules.vocabulary import TIME_UNITS
from jxreport.rules.wanted import alternatives, rule_nodes, takes_target


def doubtful_input(
    rule: Rule, inputs: Inputs, answers: Mapping[str, Answer], needs: tuple[Need, ...]
) -> RuleQuestion | None:
    """Answers that cannot be meant: half an event, fewer than none, a reverse indicator scored by completion."""
    for need in needs:
        answer = answers.get(need.key)
        if need.kind is NeedKind.COUNT and isinstance(answer, Decimal):
            whole = (
                answer == answer.to_integral_value()
                or need.unit in TIME_UNITS
                or need.unit in ("万元", "元", "亿元")
            )
            if answer < 0 or not whole:
                return RuleQuestion(
                    key="input", text=f"“{need.label}”填的是{plain(answer)}，应当是不小于0的整数"
                )
            if answer is inputs.value and "%" in rule.normalised:
                return RuleQuestion(
                    key="input", text=f"填报的{plain(answer)}是比率还是“{need.label}”的数量不明确"
                )
    if answers.get("value") is inputs.value and inputs.value is not None and inputs.value < 0 and alternatives(rule, inputs):
        return RuleQuestion(key="input", text=f"实际完成值填的是{plain(inputs.value)}，不应小于0")
    if inputs.value is not None and alternatives(rule, inputs) and any(n.kind is NeedKind.VALUE for n in needs):
        return RuleQuestion(key="input", text=f"填报的{plain(inputs.value)}对应评分标准里的哪一个数不明确")
    formulas = [n for n in rule_nodes(rule.body) if isinstance(n, Formula)]
    completions = [o for n in formulas for o in operands(n.expr) if o.is_completion]
    scales = [n for n in rule_nodes(rule.body) if isinstance(n, Scale)]
    unused = inputs.target is not None and not (completions or takes_target(rule, needs))
    if unused and inputs.target is not None and plain(inputs.target) not in rule.normalised:
        return RuleQuestion(
                key="target", text=f"评分标准没有提到目标值，填报的目标值{plain(inputs.target)}怎样使用不明确"
            )
    shares = [n for n in rule_nodes(rule.body) if getattr(getattr(n, "measure", None), "target_stated", False)]
    if inputs.op in ("≤", "<") and (scales or shares or completions and inputs.target is not None):
        return RuleQuestion(key="reverse", text="反向指标（≤）按完成比例得分，完成比例怎样计算没有写明")
    return None
