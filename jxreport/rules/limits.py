"""The score within its limits: points against the weight, floor, cap, and what may pass the weight."""

from __future__ import annotations

from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Issue
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.nodes import Event, Items, Step
from jxreport.rules.parser import Rule
from jxreport.rules.tree import Node
from jxreport.rules.wanted import rule_nodes

AS_WRITTEN, SCALED = "按文字所写的分数", "按分值比例折算"
OVER, CAPPED = "可以超过分值", "以分值为限"


def against_weight(rule: Rule, score: Decimal, run: Evaluation) -> Decimal:
    """Points in the text that do not add to the row's weight: as written, or scaled?"""
    if rule.weight is None or rule.full is None or rule.full == rule.weight or rule.full == 0:
        return score
    text = f"文字里的满分是{plain(rule.full)}分，而本指标的分值是{plain(rule.weight)}分"
    if run.choose("weight", text, (AS_WRITTEN, SCALED)) == SCALED:
        return score * rule.weight / rule.full
    return score


def within_limits(rule: Rule, score: Decimal, run: Evaluation) -> Decimal:
    if score < 0 and not rule.negative and not run.negative:
        if not rule.floor_stated:
            run.note(Issue(code="JX406", text="扣分超过分值，文字没有写“扣完为止”，按0分计"))
        run.say("clause" if rule.floor_stated else "convention", "扣完为止，0分")
        score = Decimal(0)
    if rule.floor is not None and score < rule.floor:
        run.say("clause", f"最低{plain(rule.floor)}分")
        score = rule.floor
    if rule.cap is not None and score > rule.cap:
        run.say("clause", f"最高{plain(rule.cap)}分")
        score = rule.cap
    if rule.weight is not None and score > rule.weight:
        score = _over(rule, score, run)
    return score


def _over(rule: Rule, score: Decimal, run: Evaluation) -> Decimal:
    """More than the weight: allowed where a stated, limited bonus leads there; asked where nothing is said."""
    assert rule.weight is not None
    if rule.capped:
        run.say("clause", f"以分值{plain(rule.weight)}分为限")
        return rule.weight
    if rule.bonus and (rule.over or bonus_is_limited(rule.body)):
        run.say("convention", f"加分后{plain(score)}分，超过分值{plain(rule.weight)}分，是文字允许的加分")
        return score
    if rule.cap is not None and rule.cap > rule.weight:
        run.say("clause", f"文字允许最高{plain(rule.cap)}分")
        return score
    text = f"算得{plain(score)}分，超过分值{plain(rule.weight)}分，文字没有写明是否封顶"
    asked = f"得分超过分值{plain(rule.weight)}分时是否封顶，文字没有写明"
    if rule.bonus or rule.full is None:
        return score if run.choose("over", asked, (CAPPED, OVER)) == OVER else rule.weight
    run.note(Issue(code="JX411", text=text + "，按分值封顶"))
    run.say("convention", f"以分值{plain(rule.weight)}分为限")
    return rule.weight


def bonus_is_limited(node: Node) -> bool:
    """Does every part that adds points state its own limit?"""
    for inner in rule_nodes(node):
        if isinstance(inner, Step) and inner.points > 0 and inner.limit is None:
            return False
        if not isinstance(inner, Items) or inner.limit is not None:
            continue
        adding = [part for part in inner.parts if part.points > 0]
        counted = any(isinstance(part, Event) and part.limit is None for part in adding)
        if counted and any(not part.award for part in adding):
            return False
    return True
