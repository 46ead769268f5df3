"""The rule as a live Excel formula: the tree's formula inside floor, cap, rounding and the guard for blank inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jxreport.number import plain
from jxreport.rules.api import Need
from jxreport.rules.expression import expression_excel
from jxreport.rules.limits import AS_WRITTEN, CAPPED, OVER, SCALED, bonus_is_limited
from jxreport.rules.nodes import Human
from jxreport.rules.nodes.step import BEGUN, PRORATE, WHOLE
from jxreport.rules.parser import Rule
from jxreport.rules.tree import OPEN_CELL, NoFormula

MAX_FORMULA = 8000
PARTIAL_KEY = "partial"


@dataclass(slots=True)
class _Refs:
    refs: Mapping[str, str]
    choices: Mapping[str, str]
    rule: Rule
    asked: set[str] = field(default_factory=set)  # open points met on the way

    def ref(self, need: Need) -> str:
        if need.key in self.refs:
            return self.refs[need.key]
        definition = self.rule.definition
        if need.key == "value" and definition is not None:
            hundred = "*100" if definition.percent else ""
            return f"({expression_excel(definition.expr, self)}{hundred})"
        raise NoFormula(need.key)

    def choice(self, key: str) -> str | None:
        self.asked.add(key)
        return self.choices.get(key)


def rule_excel(rule: Rule, refs: Mapping[str, str], choices: tuple[tuple[str, str], ...] = ()) -> str | None:
    """Formula text without '='; None where there is no formula (a person scores, a needed cell has no reference)."""
    if isinstance(rule.body, Human):
        return None
    try:
        body = _any_reading(rule, refs, dict(choices))
    except NoFormula:
        return None
    used = [ref for key, ref in refs.items() if ref in body and _is_reference(ref)]
    tests = [f'{ref}=""' for ref in used]
    blank = f"OR({','.join(tests)})" if len(tests) > 1 else "".join(tests)
    text = f"IFERROR({body},{OPEN_CELL})"
    if blank:
        text = f'IF({blank},"",{text})'
    return text if len(text) <= MAX_FORMULA else None


def _any_reading(rule: Rule, refs: Mapping[str, str], choices: dict[str, str]) -> str:
    """The rounded score; where parts of a step are open, the score on which all readings agree (at the floor)."""
    cells = _Refs(refs, choices, rule)
    body = _bounded(rule, rule.body.excel(cells), choices)
    if PARTIAL_KEY not in cells.asked or PARTIAL_KEY in choices:
        return f"ROUND({body},2)"
    readings = [{**choices, PARTIAL_KEY: label} for label in (PRORATE, WHOLE, BEGUN)]
    first, second, third = (
        f"ROUND({_bounded(rule, rule.body.excel(_Refs(refs, chosen, rule)), chosen)},2)"
        for chosen in readings
    )
    whole = f"IF(AND({first}={second},{second}={third}),{first},{OPEN_CELL})"
    return whole if len(whole) < MAX_FORMULA * 3 // 4 else f"ROUND({body},2)"


def _is_reference(ref: str) -> bool:
    return not ref.replace(".", "", 1).lstrip("-").isdigit() and not ref.startswith('"')


def _bounded(rule: Rule, body: str, choices: dict[str, str]) -> str:
    """Mismatch, floor and cap as in the engine; an open reading shows as an error and so as 待确认."""
    if rule.weight is not None and rule.full is not None and rule.full not in (rule.weight, 0):
        reading = choices.get("weight")
        if reading == SCALED:
            body = f"({body})*{plain(rule.weight)}/{plain(rule.full)}"
        elif reading != AS_WRITTEN:
            body = f"IF(({body})=0,0,{OPEN_CELL})"
    if not rule.negative:
        body = f"MAX(0,{_number(body)})"
    if rule.floor is not None:
        body = f"MAX({plain(rule.floor)},{body})"
    if rule.cap is not None:
        body = f"MIN({plain(rule.cap)},{_number(body)})"
    if rule.weight is None:
        return _number(body)
    weight = plain(rule.weight)
    if not rule.capped and rule.cap is not None and rule.cap > rule.weight:
        return _number(body)
    if rule.capped:
        return f"MIN({weight},{_number(body)})"
    if rule.bonus and (rule.over or bonus_is_limited(rule.body)):
        return _number(body)
    if rule.bonus or rule.full is None:
        reading = choices.get("over")
        if reading == OVER:
            return _number(body)
        if reading == CAPPED:
            return f"MIN({weight},{_number(body)})"
        return (
            f"IF({_number(body)}>{weight},{OPEN_CELL},{body})+0" if rule.full is None or rule.bonus else body
        )
    return f"MIN({weight},{_number(body)})"


def _number(body: str) -> str:
    """Text (待确认) must become an error, not be skipped by MIN and MAX."""
    return f"(({body})+0)"
