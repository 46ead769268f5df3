"""The form's answers and basic data matched to what a rule needs: by the printed question, nothing looser.

An answer counts for the need whose label it carries. A datum of the basic finance data counts for the
operand of the same name. 实际完成值 (A2) counts only where the rule needs exactly one thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jxreport.checks.labels import fold
from jxreport.checks.units import converted, fold_unit
from jxreport.finding import Finding, Source, warning
from jxreport.model.result import TraceStep
from jxreport.model.submission import Answer, FactItem, Form, Indicator
from jxreport.model.values import MoneyUnit
from jxreport.number import plain
from jxreport.rules.api import Inputs, Need, NeedKind
from jxreport.score import steps
from jxreport.score.answers import Value, take, take_other, usable


@dataclass(frozen=True, slots=True)
class _Found:
    """A value that a form states, wherever it stands."""

    value: Value | None
    text: str
    unit: str
    source: Source


@dataclass(slots=True)
class Matched:
    """What was found for a rule: values by need, where they come from, what contradicts itself."""

    values: list[tuple[Need, Value]] = field(default_factory=list)
    units: list[str] = field(default_factory=list)  # as printed, in the order of the values
    trace: list[TraceStep] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def inputs(self) -> Inputs:
        """The values in the shape that the rules evaluate."""
        values = self.values
        return Inputs(
            value=_number(values, NeedKind.VALUE),
            target=_number(values, NeedKind.TARGET),
            levels=tuple(v for n, v in values if n.kind is NeedKind.TIER and isinstance(v, str)),
            events=tuple(
                (n.label, v) for n, v in values if n.kind is NeedKind.COUNT and isinstance(v, Decimal)
            ),
            checks=tuple((n.label, v) for n, v in values if n.kind is NeedKind.TICK and isinstance(v, bool)),
            vars=tuple(
                (n.label, v) for n, v in values if n.kind is NeedKind.OPERAND and isinstance(v, Decimal)
            ),
            group=next((v for n, v in values if n.kind is NeedKind.GROUP and isinstance(v, str)), ""),
        )


def _number(values: list[tuple[Need, Value]], kind: NeedKind) -> Decimal | None:
    return next((v for n, v in values if n.kind is kind and isinstance(v, Decimal)), None)


def match_inputs(indicator: Indicator, form: Form, needs: Sequence[Need]) -> Matched:
    """Everything the forms say about `needs`. What is not there stays missing."""
    matched = Matched()
    answers = list(indicator.answers)
    pairs: list[tuple[Need, Answer | None]] = [(need, take(answers, need)) for need in needs]
    pairs = [(need, answer or take_other(answers, need, needs, indicator)) for need, answer in pairs]
    asked = [need for need in needs if need.kind is not NeedKind.TARGET or indicator.target.value is None]
    for need, answer in pairs:
        _match(matched, need, answer, form, indicator, alone=asked == [need])
    _one_money_unit(matched)
    if not matched.values and not matched.findings and asked and all(n.kind is NeedKind.OPERAND for n in asked):
        _take_rate(matched, indicator)
    return matched


def _take_rate(matched: Matched, indicator: Indicator) -> None:
    """A rate that the form states itself stands for the operands that nobody was asked for."""
    actual = indicator.actual
    if actual is None or actual.value is None or fold_unit(actual.unit or indicator.target.unit) != "%":
        return
    need = Need(kind=NeedKind.VALUE, key="value", label=indicator.name, unit="%", options=(), help="")
    _note(matched, need, actual.value, _Found(actual.value, actual.text, actual.unit, actual.source))
    matched.trace.append(steps.convention("表中没有计算该比率的各个数，比率取填报的实际完成值"))


def _match(
    matched: Matched, need: Need, answer: Answer | None, form: Form, indicator: Indicator, alone: bool
) -> None:
    found: list[_Found] = []
    if answer is not None:
        found.append(_Found(answer.value, answer.text, answer.unit, answer.source))
    fact = fact_for(need, form)
    if fact is not None:
        found.append(_Found(fact.value, fact.text, fact.unit, fact.source))
    if not any(usable(need, one.value, one.text) is not None for one in found) and alone and indicator.actual:
        actual = indicator.actual
        stated: Value = actual.value if actual.value is not None else actual.text
        found = [_Found(stated, actual.text, actual.unit, actual.source)]
    known = [(one, value) for one in found if (value := usable(need, one.value, one.text)) is not None]
    if not known:
        return
    if len(known) > 1 and _amount(*known[0]) != _amount(*known[1]):
        matched.findings.append(_conflict(need, indicator, known[0], known[1]))
        return
    one, value = known[0]
    fitted = _fitted(need, value, one, indicator)
    if fitted is None:
        matched.findings.append(_clash(need, one, indicator))
    else:
        _note(matched, need, fitted, one)


_MONEY = {unit.value: unit for unit in MoneyUnit}


def _amount(one: _Found, value: Value) -> Value:
    """The value in 万元 where it is money, so that two places can be compared."""
    money = _MONEY.get(one.unit.strip())
    return value * money.factor if money is not None and isinstance(value, Decimal) else value


def _fitted(need: Need, value: Value, one: _Found, indicator: Indicator) -> Value | None:
    """A measured value in the unit of the target, else of the question; None where the units clash."""
    if need.kind is not NeedKind.VALUE or not isinstance(value, Decimal):
        return value
    target = indicator.target
    return converted(value, one.unit, target.unit if target.value is not None else need.unit)


def _one_money_unit(matched: Matched) -> None:
    """Operands of one formula in different money units are brought to 万元 before they meet."""
    money = [_MONEY.get(unit.strip()) for unit in matched.units]
    if len({unit for unit in money if unit is not None}) < 2:
        return
    for number, ((need, value), unit) in enumerate(zip(matched.values, money, strict=True)):
        if unit is not None and isinstance(value, Decimal) and need.kind is NeedKind.OPERAND:
            matched.values[number] = (need, value * unit.factor)
            if unit is not MoneyUnit.WAN:
                line = f"单位换算：{need.label} {plain(value)}{unit.value} = {plain(value * unit.factor)}万元"
                matched.trace.append(steps.arithmetic(line))


def fact_for(need: Need, form: Form) -> FactItem | None:
    """The datum of the basic finance data that an operand names."""
    if need.kind is not NeedKind.OPERAND:
        return None
    return next((fact for fact in form.facts if _stem(fact.name) == _stem(need.label)), None)


def _stem(name: str) -> str:
    """年初预算, 年初预算数 and 年初预算总额 are one datum."""
    return re.sub(r"(?:数|总额|总数|金额|数额)$", "", fold(name))


def _note(matched: Matched, need: Need, value: Value, one: _Found) -> None:
    matched.values.append((need, value))
    matched.units.append(one.unit)
    shown = one.text or _words(value)
    if isinstance(value, Decimal) and one.unit and not shown.endswith(one.unit):
        shown += one.unit
    matched.trace.append(steps.cell(need.label, shown, one.source))


def _words(value: Value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return plain(value) if isinstance(value, Decimal) else value


def _conflict(
    need: Need, indicator: Indicator, here: tuple[_Found, Value], there: tuple[_Found, Value]
) -> Finding:
    return warning(
        "JX514",
        here[0].source,
        waiting=True,
        name=indicator.name,
        what=need.label,
        answer=_words(here[1]) + here[0].unit,
        fact=_words(there[1]) + there[0].unit,
        place=there[0].source,
    )


def _clash(need: Need, one: _Found, indicator: Indicator) -> Finding:
    wanted = indicator.target.unit if indicator.target.value is not None else need.unit
    facts: dict[str, Any] = {"name": indicator.name, "actual": one.unit, "target": wanted}
    return warning("JX345", one.source, waiting=True, **facts)
