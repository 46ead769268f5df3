"""Scoring sentences (评分标准): sentence → tree → (score | question | refusal) + trace. Pure.

>>> from decimal import Decimal
>>> rule = parse("100%以下计满分，每超出1%扣1分，扣完为止", Decimal(10))
>>> evaluate(rule, Inputs(value=Decimal(103))).score
Decimal('7.00')

Flow: ``normalise`` brings a sentence to one spelling and keeps the way back to the original → ``atoms`` finds every
place where points are given, taken, limited or left to a person → ``walker`` gives each the text in front of it,
``clauses``, ``values_read``, ``steps_read``, ``events_read`` say what that condition is → ``pieces`` → ``build`` makes the tree of
``nodes`` → ``lint`` tells the defects of the sentence. To score, ``matching`` brings inputs to needs and ``engine``
evaluates under every open reading: only where they differ for this very input is there a question.

Why by hand and strict to the character: no digit, percent sign or scoring verb may stay unused. A sentence that
is not understood as a whole is refused with the place and a better wording; half an understanding would give a
wrong score in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from jxreport.rules.api import (
    Context,
    Inputs,
    Issue,
    Need,
    NeedKind,
    Outcome,
    Reading,
    RuleQuestion,
    Verdict,
)
from jxreport.rules.engine import evaluate_rule
from jxreport.rules.formula_text import rule_excel
from jxreport.rules.lint import lint_rule
from jxreport.rules.normalise import normalise
from jxreport.rules.parser import Rule, parse_sentence
from jxreport.rules.reading import rule_sentence
from jxreport.rules.wanted import rule_needs

_NOTHING = Context()


@lru_cache(maxsize=8192)
def _parsed(sentence: str, weight: Decimal | None, context: Context) -> Rule:
    return parse_sentence(sentence, weight, context)


def parse(sentence: str, weight: Decimal | None = None, context: Context = _NOTHING) -> Rule:
    """Read a scoring sentence (DESIGN 4). `weight` is the row's 分值. Never raises for user text; cached."""
    return _parsed(sentence, weight, context)


def needs(rule: Rule) -> tuple[Need, ...]:
    """What must be asked to score the rule: values, operands, counts, ticks, tiers."""
    return rule_needs(rule)


def evaluate(rule: Rule, inputs: Inputs, choices: tuple[tuple[str, str], ...] = ()) -> Outcome:
    """Score the rule; a question only where two readings differ for these inputs (RULES 7).

    `choices` are (question key, reading label) pairs already answered.
    """
    return evaluate_rule(rule, inputs, choices)


def sentence(rule: Rule) -> str:
    """The rule read back in canonical words; parsing them gives the same tree."""
    return rule_sentence(rule)


def excel(rule: Rule, refs: Mapping[str, str], choices: tuple[tuple[str, str], ...] = ()) -> str | None:
    """A live Excel formula (no leading =) over `refs` (need key → cell), rounded to 2 decimals; "" while an input
    is blank, 待确认 where the engine would ask. None where a person scores the rule."""
    return rule_excel(rule, refs, choices)


@lru_cache(maxsize=8192)
def lint(rule: Rule) -> tuple[Issue, ...]:
    """Defects and conventions of the sentence (JX4xx), with suggested wording."""
    return lint_rule(rule)


__all__ = [
    "Context", "Inputs", "Issue", "Need", "NeedKind", "Outcome", "Reading", "Rule", "RuleQuestion", "Verdict",
    "evaluate", "excel", "lint", "needs", "normalise", "parse", "sentence",
]  # fmt: skip
