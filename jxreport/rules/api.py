"""The types that pass between the rules and their callers: inputs, needs, issues, outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands around a sentence: indicator name, 绩效指标描述, 符号, target value and unit."""

    indicator: str = ""
    description: str = ""
    op: str = ""  # one of ≥ > = < ≤ or ""
    target: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What is known about the actual (RULES 10). Rates in percent units.

    `levels`: tier words; `events`: counts by event text ("" as the text when the rule has one kind);
    `checks`: (statement, holds?); `vars`: operands by name; `group`: class of unit.
    """

    value: Decimal | None = None
    target: Decimal | None = None
    op: str = ""
    levels: tuple[str, ...] = ()
    events: tuple[tuple[str, Decimal], ...] = ()
    checks: tuple[tuple[str, bool], ...] = ()
    vars: tuple[tuple[str, Decimal], ...] = ()
    group: str = ""


class NeedKind(Enum):
    """What must be asked. The value is the word used in the JSON."""

    VALUE = "value"  # a number (percent where unit is %)
    TARGET = "target"
    OPERAND = "operand"  # a named number of a formula → Inputs.vars
    COUNT = "count"  # a whole number of events → Inputs.events
    TICK = "tick"  # 是/否 → Inputs.checks
    TIER = "tier"  # one of `options` → Inputs.levels
    GROUP = "group"  # class of unit → Inputs.group


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing to ask. `key` is unique and stable within the rule; `label` is the printed question."""

    kind: NeedKind
    key: str
    label: str
    unit: str = ""
    options: tuple[str, ...] = ()
    help: str = ""
    question: str = ""  # the label as a question, where the sentence's own words are none (每发现1处 → 发现几处)

    @property
    def asked(self) -> str:
        """What the forms print."""
        return self.question or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A defect or convention found in the sentence (lint). `code` is JX4xx; span in the original text."""

    code: str
    text: str
    start: int = 0
    end: int = 0
    suggestion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read an open point: `label` in words, the score it gives for the input at hand."""

    label: str
    score: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleQuestion:
    """An open point that changes the score for this input. `key` is stable within the sentence."""

    key: str
    text: str
    readings: tuple[Reading, ...] = ()


class Verdict(Enum):
    """Outcome of evaluating a rule; the value is the status word of `explain --json`."""

    SCORED = "scored"
    ASK = "ask"
    MANUAL = "manual"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The answer of a rule to its inputs. `score` is rounded half up to 2 decimals, `raw` before that.

    `missing` are the needs that were not answered; `trace` are (kind, text) lines, kind one of
    clause | arithmetic | convention | rounding; `issues` are those that matter for this input.
    `value` is the number the score rests on (a computed ratio included).
    """

    verdict: Verdict
    score: Decimal | None = None
    raw: Decimal | None = None
    value: Decimal | None = None
    trace: tuple[tuple[str, str], ...] = ()
    questions: tuple[RuleQuestion, ...] = ()
    missing: tuple[Need, ...] = ()
    issues: tuple[Issue, ...] = ()
