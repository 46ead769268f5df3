"""What a rule was scored with, one value per need, with the cell it was entered in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jxreport.checks.labels import fold
from jxreport.finding import NOWHERE, Source
from jxreport.model.result import IndicatorScore
from jxreport.model.submission import Answer, Form, Indicator
from jxreport.rules import needs
from jxreport.rules.api import Inputs, Need, NeedKind

Value = Decimal | str | None


@dataclass(frozen=True, slots=True)
class RuleInput:
    """An input of a rule as the sheet shows it (是, 否 for a tick): `key` is the need's key, `value` None
    where nothing was entered."""

    key: str
    label: str
    value: Value
    unit: str
    source: Source


def rule_inputs(item: IndicatorScore, form: Form) -> Iterator[RuleInput]:
    """The inputs of `item`'s rule in the order of its needs; nothing where it was not scored by a rule."""
    if item.rule is None or not isinstance(item.inputs, Inputs):
        return
    values = _Values(item.inputs)
    answers = list(item.indicator.answers)
    for need in needs(item.rule):
        source = _source(need, _take(answers, need), form, item.indicator)
        yield RuleInput(need.key, need.label, values.of(need), need.unit, source)


class _Values:
    """The values of :class:`Inputs` handed back to the needs they were given for, in order."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self._levels = list(inputs.levels)

    def of(self, need: Need) -> Value:
        inputs = self._inputs
        if need.kind is NeedKind.VALUE:
            return inputs.value
        if need.kind is NeedKind.TARGET:
            return inputs.target
        if need.kind is NeedKind.GROUP:
            return inputs.group or None
        if need.kind is NeedKind.TIER:
            return self._level(need)
        if need.kind is NeedKind.OPERAND:
            return dict(inputs.vars).get(need.label)
        if need.kind is NeedKind.COUNT:
            return dict(inputs.events).get(need.label)
        holds = dict(inputs.checks).get(need.label)
        return None if holds is None else "是" if holds else "否"

    def _level(self, need: Need) -> str | None:
        """The next tier word that this need offers."""
        for word in self._levels:
            if word in need.options:
                self._levels.remove(word)
                return word
        return None


def _take(answers: list[Answer], need: Need) -> Answer | None:
    """The first unused answer under the need's label: questions of one label are answered in order."""
    for answer in answers:
        if fold(answer.question) == fold(need.label):
            answers.remove(answer)
            return answer
    return None


def _source(need: Need, answer: Answer | None, form: Form, indicator: Indicator) -> Source:
    """Where the value was entered: the answer, else the basic datum of that name, else the actual."""
    if answer is not None and answer.source != NOWHERE:
        return answer.source
    for fact in form.facts:
        if need.kind is NeedKind.OPERAND and fold(fact.name) == fold(need.label):
            return fact.source
    if need.kind is NeedKind.TARGET:
        return indicator.target.source
    return indicator.actual.source if indicator.actual is not None else NOWHERE
