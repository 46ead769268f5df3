"""The link to rules and scoring: the sentence of a row, what its rule needs, which points of it are open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
    """Questions that the sentence raises whatever the number: they can be settled before any value is known.
    A gap between two bands is another question at each value and stays for later."""
    met: dict[str, RuleQuestion] = {}
    for inputs in _trials(rule):
        for question in rules.evaluate(rule, inputs).questions:
            if question.readings and not question.key.startswith(_OF_ONE_VALUE):
                met.setdefault(question.key, question)
    return tuple(met.values())


_OF_ONE_VALUE = ("hole:", "bound:", "far:")  # keys that name the value they were asked for


def _trials(rule: rules.Rule) -> Iterator[Inputs]:
    """Trial inputs: values around the numbers of the sentence, some events of each kind, ticks in turn, each tier."""
    needs = rules.needs(rule)
    ticks = [need.label for need in needs if need.kind is NeedKind.TICK]
    counts = [need.label for need in needs if need.kind is NeedKind.COUNT]
    tiers = [need.options for need in needs if need.kind is NeedKind.TIER]
    numeric = any(need.kind in (NeedKind.VALUE, NeedKind.OPERAND) for need in needs)
    usual = Inputs(
        value=HUNDRED if numeric else None,
        levels=tuple(options[0] for options in tiers if options),
        events=tuple((label, ZERO) for label in counts),
        checks=tuple((label, True) for label in ticks),
    )
    yield from (replace(usual, value=value) for value in (_probes(rule.text) if numeric else ()))
    yield from (replace(usual, events=tuple((label, Decimal(n)) for label in counts)) for n in _COUNTS if counts)
    yield from (replace(usual, checks=tuple((label, label in held) for label in ticks)) for held in _held(ticks))
    yield from (
        replace(usual, levels=tuple(options[min(place, len(options) - 1)] for options in tiers))
        for place in range(max((len(options) for options in tiers), default=0))
    )


_COUNTS = (1, 2, 3, 5, 7)


def _held(ticks: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Which ticks hold: none, the first one, the first two, all but the last."""
    if ticks:
        yield from ((), tuple(ticks[:1]), tuple(ticks[:2]), tuple(ticks[:-1]))


def _probes(sentence: str) -> tuple[Decimal, ...]:
    """Values around the numbers of the sentence, on and between them."""
    numbers = {Decimal(digits) for digits in _NUMBER.findall(unicodedata.normalize("NFKC", sentence))}
    return tuple(sorted({number + step for number in numbers | {HUNDRED} for step in _STEPS}))


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
