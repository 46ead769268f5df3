"""What a rule asks for, and which other answers it can make use of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jxreport.rules.api import Inputs, Need, NeedKind
from jxreport.rules.conditions import CountIn
from jxreport.rules.nodes import Branch, Event, Gate, Groups, HumanGate
from jxreport.rules.parser import Rule
from jxreport.rules.tree import unique


def rule_needs(rule: Rule) -> tuple[Need, ...]:
    """What must be asked to score the rule. Where a definition gives the ratio, its operands are asked instead."""
    needs = list(rule.body.needs())
    if rule.definition is not None:
        value = next((n for n in needs if n.key == "value" and n.kind is NeedKind.VALUE), None)
        if value is not None:
            at = needs.index(value)
            needs[at : at + 1] = rule.definition.needs()
    return _told_apart(unique(needs))


def _told_apart(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """No two questions of a rule are printed alike: those that would be name their options."""
    labels = [need.label for need in needs]
    return tuple(
        replace(need, label=f"{need.label}（{'／'.join(need.options)}）") if labels.count(need.label) > 1 and need.options else need
        for need in needs
    )


def all_needs(rule: Rule) -> tuple[Need, ...]:
    """Everything that can be answered: the value itself as well as the operands behind it."""
    needs = list(rule.body.needs())
    if rule.definition is not None:
        needs.extend(rule.definition.needs())
    return unique(needs)


def rule_nodes(node: object) -> Iterator[object]:
    yield node
    for name in ("parts", "then", "body"):
        inner = getattr(node, name, None)
        if isinstance(inner, tuple):
            for part in inner:
                yield from rule_nodes(part)
        elif inner is not None:
            yield from rule_nodes(inner)
    if isinstance(node, Groups):
        for _, own in node.rows:
            yield from rule_nodes(own)
    if isinstance(node, Gate | HumanGate | Branch):
        yield node.cond


def scopes(rule: Rule) -> dict[str, str]:
    scopes: dict[str, str] = {}
    for node in rule_nodes(rule.body):
        counted = node.counted if isinstance(node, Event | CountIn) else None
        if counted is not None:
            scopes[counted.need.key] = counted.scope or counted.text
    return scopes


def missed_counts(rule: Rule) -> dict[str, Event]:
    """Need key → event whose count is a shortfall or an excess, to be worked out from the actual number."""
    events = [n for n in rule_nodes(rule.body) if isinstance(n, Event)]
    return {n.counted.need.key: n for n in events if n.required is not None or n.against_target or n.side}


def alternatives(rule: Rule, inputs: Inputs) -> frozenset[str]:
    """Keys that may be answered in place of a need: the actual number instead of the shortfall."""
    missed = missed_counts(rule).values()
    known = [n for n in missed if n.required is not None or inputs.target is not None or n.against_target]
    return frozenset(["value"]) if len(known) == 1 else frozenset()


def takes_target(rule: Rule, needs: tuple[Need, ...]) -> bool:
    """Does some part of the rule use a target given beside the value?"""
    measures = [getattr(n, "measure", None) for n in rule_nodes(rule.body)]
    tiers = len(needs) == 1 and needs[0].kind is NeedKind.TIER
    shortfall = len([n for n in missed_counts(rule).values() if n.against_target or n.required is None]) == 1
    pair = len(needs) == 2 and all(n.kind is NeedKind.OPERAND for n in needs)
    return (
        tiers
        or pair
        or shortfall
        or any(n.kind is NeedKind.TARGET for n in needs)
        or any(m.takes_target for m in measures if m is not None)
    )
