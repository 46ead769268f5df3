"""Answers in the words of a state that the sentence names without asking for it: the full mark's own condition, a band
by the words in front of its number (优秀(90分以上)), the bare denial of the one statement (未完成)."""

from __future__ import annotations

from jxreport.rules.api import Inputs, NeedKind
from jxreport.rules.conditions import AnyOf, Tick
from jxreport.rules.matching import Matched
from jxreport.rules.names import best, plain_name
from jxreport.rules.nodes import Bands, Gate, HumanGate, Item, Total
from jxreport.rules.parser import Rule
from jxreport.rules.textrows import complement
from jxreport.rules.wanted import rule_nodes


def settle_states(rule: Rule, inputs: Inputs, matched: Matched) -> None:
    """Take what is left unmatched for a state of the sentence, where it can only be that one."""
    nodes = list(rule_nodes(rule.body))
    held = [name for name, holds in inputs.checks if holds]
    for name, holds in inputs.checks:
        if name in matched.unmatched and _any_of(rule, nodes, name, holds, matched):
            matched.unmatched.remove(name)
    for name in [n for n in matched.unmatched if n in held or n in inputs.levels]:
        heads = [n.full_words for n in nodes if isinstance(n, Total) and n.full_words]
        settled = name in inputs.levels and (_band(rule, nodes, name, matched) or _denied(rule, name, matched))
        if settled or best(name, heads) is not None and (name in held or _no_fault(rule, matched)):
            matched.unmatched.remove(name)
    _left_to_a_person(rule, inputs, matched)


def _any_of(rule: Rule, nodes: list[object], name: str, holds: bool, matched: Matched) -> bool:
    """存在截留、挤占等情形之一 ticked as one statement: denied, none of them holds; where it shuts the row, one is enough."""
    conds = [n for n in nodes if isinstance(n, AnyOf)]
    conds += [n.cond for n in nodes if isinstance(n, Item) and isinstance(n.cond, AnyOf)]
    wanted = plain_name(name)
    told = [c for c in conds if all(plain_name(item.text) in wanted for item in c.items) or "情形" in wanted and "之" in wanted]
    if len(told) != 1:
        return False
    gate = any(isinstance(n, Gate) and n.cond is told[0] for n in nodes)
    if holds and not gate:
        return False
    if holds:
        matched.answers[told[0].key] = True
    else:
        matched.answers.update((item.need.key, False) for item in told[0].items)
    return True


def _band(rule: Rule, nodes: list[object], name: str, matched: Matched) -> bool:
    """The row of the only band table whose words hold the name, where its number is not known."""
    tables = [n for n in nodes if isinstance(n, Bands) and n.measure.counted is None and not n.deducts]
    if len(tables) != 1 or tables[0].measure.need.key in matched.answers or any(r.also for r in tables[0].rows):
        return False
    index = best(name, [row.source for row in tables[0].rows], around=False)
    if index is None:
        return False
    matched.answers[tables[0].row_key] = str(index)
    body = rule.body
    while isinstance(body, Gate) and isinstance(body.cond, Tick):  # 未完成不得分: another state than this row
        matched.answers.setdefault(body.cond.need.key, body.cond.negated)
        body = body.body
    return True


def _denied(rule: Rule, name: str, matched: Matched) -> bool:
    """完成规划任务得3分,否则得0分 with the level 未完成."""
    needs = rule.body.needs()
    if len(needs) != 1 or needs[0].kind is not NeedKind.TICK or needs[0].key in matched.answers:
        return False
    if not complement(needs[0].label, name):
        return False
    matched.answers[needs[0].key] = False
    return True


def _no_fault(rule: Rule, matched: Matched) -> bool:
    """积极落实得2分,工作不力扣2分 with the level 积极落实: the one fault beside it is not there."""
    needs = [n for n in rule.body.needs() if n.key not in matched.answers]
    if len(needs) != 1 or needs[0].kind is not NeedKind.TICK:
        return False
    matched.answers[needs[0].key] = False
    return True


def _left_to_a_person(rule: Rule, inputs: Inputs, matched: Matched) -> None:
    """组织到位得6分,实行不力的酌情扣分 with the level 组织到位: one state of two, the other is not there."""
    body = rule.body
    if not isinstance(body, HumanGate) or not isinstance(body.cond, Tick) or body.cond.negated or not inputs.levels:
        return
    others = [n for n in body.body.needs() if n.kind in (NeedKind.TICK, NeedKind.TIER)]
    if len(body.body.needs()) == 1 and others and matched.answers.get(others[0].key) not in (None, False):
        matched.answers.setdefault(body.cond.need.key, False)
