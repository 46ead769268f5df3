"""The link to rules and scoring: the sentence of a row, what its rule needs, which points of it are open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jxreport import rules
from jxreport.checks.sentences import sentence_of
from jxreport.forms.readings import OpenPoint
from jxreport.model.submission import Form, Indicator
from jxreport.number import HUNDRED, ZERO
from jxreport.rules.api import Inputs, Need, NeedKind, RuleQuestion
from jxreport.score.pace import is_schedule_rule, schedule_question
from jxreport.score.sentence import context_of

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_STEPS = tuple(Decimal(step) for step in ("-7.3", "-1.4", "-0.6", "0", "0.6", "1.4", "7.3"))


def rule_needs(form: Form, indicator: Indicator) -> tuple[Need, ...]:
    """What the rule of `indicator` needs; () without a scoring sentence."""
    if not sentence_of(indicator):
        return ()
    return tuple(rules.needs(_rule(form, indicator)))


def open_points(forms: Sequence[Form]) -> tuple[OpenPoint, ...]:
    """The open points of all rules, in the order of the forms."""
    return tuple(
        point for form in forms for indicator in form.indicators for point in _points(form, indicator)
    )


def _points(form: Form, indicator: Indicator) -> Iterator[OpenPoint]:
    sentence = sentence_of(indicator)
    if not sentence:
        return
    if is_schedule_rule(sentence, indicator.name):
        weight = indicator.weight.value if indicator.weight is not None else None
        asked = schedule_question(weight or ZERO)
        yield _point(form, indicator, asked.key, asked.text, tuple(label for label, _ in asked.options))
        return
    for question in _lasting_questions(_rule(form, indicator)):
        labels = tuple(reading.label for reading in question.readings)
        yield _point(form, indicator, question.key, question.text, labels)


def _lasting_questions(rule: rules.Rule) -> tuple[RuleQuestion, ...]:
    """Questions that the sentence raises in the same words at several values: they can be settled before
    any value is known. A gap between two bands is another question at each value and stays for later."""
    met: dict[str, list[RuleQuestion]] = {}
    for value in _probes(rule.text):
        for question in rules.evaluate(rule, _inputs(rule, value)).questions:
            if question.readings:
                met.setdefault(question.key, []).append(question)
    return tuple(found[0] for found in met.values() if len(found) > 1 and len({q.text for q in found}) == 1)


def _probes(sentence: str) -> tuple[Decimal, ...]:
    """Values around the numbers of the sentence, on and between them."""
    numbers = {Decimal(digits) for digits in _NUMBER.findall(unicodedata.normalize("NFKC", sentence))}
    return tuple(sorted({number + step for number in numbers | {HUNDRED} for step in _STEPS}))


def _inputs(rule: rules.Rule, value: Decimal) -> Inputs:
    """A trial input: the value, and for everything else the first word, a fulfilled tick, no event."""
    needs = rules.needs(rule)
    numeric = any(need.kind in (NeedKind.VALUE, NeedKind.OPERAND) for need in needs)
    return Inputs(
        value=value if numeric else None,
        levels=tuple(need.options[0] for need in needs if need.kind is NeedKind.TIER and need.options),
        events=tuple((need.label, ZERO) for need in needs if need.kind is NeedKind.COUNT),
        checks=tuple((need.label, True) for need in needs if need.kind is NeedKind.TICK),
    )


def _point(form: Form, indicator: Indicator, key: str, text: str, readings: tuple[str, ...]) -> OpenPoint:
    return OpenPoint(
        form=form.code or form.name,
        ordinal=indicator.ordinal,
        indicator=indicator.name,
        sentence=sentence_of(indicator),
        key=key,
        question=text,
        readings=readings,
    )


def _rule(form: Form, indicator: Indicator) -> rules.Rule:
    weight = indicator.weight.value if indicator.weight is not None else None
    return rules.parse(sentence_of(indicator), weight, context_of(indicator, form))
