"""The form's answers and basic data matched to what a rule needs: by the printed question, nothing looser.

An answer counts for the need whose label it carries. A datum of the basic finance data counts for the
operand of the same name. 实际完成值 (A2) counts only where the rule needs exactly one thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.checks.labels import fold
from jxreport.finding import Finding, Source, warning
from jxreport.model.result import TraceStep
from jxreport.model.submission import Answer, FactItem, Form, Indicator
from jxreport.model.values import MoneyUnit
from jxreport.number import plain
from jxreport.rules.api import Inputs, Need, NeedKind
from jxreport.rules.matching import best
from jxreport.score import steps

Value = Decimal | bool | str

_NUMBERS = (NeedKind.VALUE, NeedKind.TARGET, NeedKind.OPERAND, NeedKind.COUNT)
_YES, _NO = frozenset({"是", "有", "√", "对", "符合"}), frozenset({"否", "无", "×", "不符合"})


@dataclass(slots=True)
class Matched:
    """What was found for a rule: values by need, where they come from, what contradicts itself."""

    values: list[tuple[Need, Value]] = field(default_factory=list)
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
    pairs: list[tuple[Need, Answer | None]] = [(need, _take(answers, need)) for need in needs]
    pairs = [(need, answer or _other(answers, need, needs, indicator)) for need, answer in pairs]
    for need, answer in pairs:
        _match(matched, need, answer, form, indicator, alone=len(needs) == 1)
    return matched


def _take(answers: list[Answer], need: Need) -> Answer | None:
    """The first unused answer under the need's label: questions of one label are answered in order."""
    for answer in answers:
        if fold(answer.question) == fold(need.label):
            answers.remove(answer)
            return answer
    return None


def _other(answers: list[Answer], need: Need, needs: Sequence[Need], indicator: Indicator) -> Answer | None:
    """An answer whose question is worded otherwise, where it can mean this need only.

    A tier's word that only this need offers; a count or a tick whose question is the label or a part of it;
    the indicator's own name over its one value.
    """
    found = [answer for answer in answers if _means(answer, need, needs, indicator)]
    if len(found) != 1:
        return None
    answers.remove(found[0])
    return found[0]


def _means(answer: Answer, need: Need, needs: Sequence[Need], indicator: Indicator) -> bool:
    same_kind = [other for other in needs if other.kind is need.kind]
    if need.kind is NeedKind.TIER:
        exact = [other for other in same_kind if _option(other, answer.text)]
        loose = [other for other in same_kind if usable(other, answer.value, answer.text)]
        return (exact or loose) == [need]
    if need.kind in (NeedKind.COUNT, NeedKind.TICK):
        index = best(answer.question, [other.label for other in same_kind])
        return index is not None and same_kind[index] is need
    if need.kind is NeedKind.VALUE:
        return len(same_kind) == 1 and fold(answer.question) == fold(indicator.name)
    return False


def _option(need: Need, word: str) -> str | None:
    """The offered tier that `word` says exactly."""
    return next((option for option in need.options if fold(option) == fold(word)), None)


def _match(
    matched: Matched, need: Need, answer: Answer | None, form: Form, indicator: Indicator, alone: bool
) -> None:
    value = usable(need, answer.value, answer.text) if answer is not None else None
    fact = _fact(need, form)
    if value is not None and answer is not None:
        value = _in_wan(value, answer.unit)
    known = _in_wan(fact.value, fact.unit) if fact is not None and fact.value is not None else None
    if value is not None and fact is not None and known is not None and value != known:
        matched.findings.append(_conflict(need, indicator, answer, value, fact))
        return
    if value is not None and answer is not None:
        _note(matched, need, value, answer.text, answer.unit, answer.source)
    elif known is not None and fact is not None:
        _note(matched, need, known, fact.text, fact.unit, fact.source)
    elif alone and indicator.actual is not None:
        actual = indicator.actual
        value = usable(need, actual.value if actual.value is not None else actual.text, actual.text)
        if value is not None:
            _note(matched, need, value, actual.text, actual.unit, actual.source)


_MONEY = {unit.value: unit for unit in MoneyUnit}


def _in_wan(value: Value, unit: str) -> Value:
    """An amount in 万元, whatever unit is printed beside it: the operands of one formula must agree."""
    money = _MONEY.get(unit.strip())
    return value * money.factor if money is not None and isinstance(value, Decimal) else value


def usable(need: Need, value: Value | None, text: str) -> Value | None:
    """`value` in the kind the need asks for, or None: a count is whole and not negative, a tier is one of
    the offered words, a tick is 是 or 否."""
    if need.kind in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, Decimal):
            return None
        whole = value == value.to_integral_value() and value >= 0
        return value if need.kind is not NeedKind.COUNT or whole else None
    if need.kind is NeedKind.TICK:
        if isinstance(value, bool):
            return value
        word = text.strip()
        return True if word in _YES else (False if word in _NO else None)
    word = value if isinstance(value, str) else text
    exact = _option(need, word)
    if exact is not None or not word.strip():
        return exact
    index = best(word, need.options)
    return need.options[index] if index is not None else None


def _fact(need: Need, form: Form) -> FactItem | None:
    if need.kind is not NeedKind.OPERAND:
        return None
    return next((fact for fact in form.facts if _stem(fact.name) == _stem(need.label)), None)


def _stem(name: str) -> str:
    """年初预算, 年初预算数 and 年初预算总额 are one datum."""
    return re.sub(r"(?:数|总额|总数|金额|数额)$", "", fold(name))


def _note(matched: Matched, need: Need, value: Value, text: str, unit: str, source: Source) -> None:
    matched.values.append((need, value))
    shown = text or _words(value)
    if isinstance(value, Decimal) and unit and not shown.endswith(unit):
        shown += unit
    matched.trace.append(steps.cell(need.label, shown, source))


def _words(value: Value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return plain(value) if isinstance(value, Decimal) else value


def _conflict(
    need: Need, indicator: Indicator, answer: Answer | None, value: Value, fact: FactItem
) -> Finding:
    return warning(
        "JX514",
        answer.source if answer is not None else fact.source,
        waiting=True,
        name=indicator.name,
        what=need.label,
        answer=_words(value),
        fact=plain(fact.value) if fact.value is not None else "",
        place=fact.source,
    )
