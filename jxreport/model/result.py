"""Results: what the scoring stage says. Everything a writer needs, nothing about how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.submission import Checkpoint, Form, Indicator, Outlook, Submission


class Status(Enum):
    """State of one indicator; the value is the text used in the JSON."""

    SCORED = "scored"
    ASK = "ask"  # a question is open
    MANUAL = "manual"  # the rule needs a person
    NOT_APPLICABLE = "not_applicable"
    UNSCORED = "unscored"  # nothing to score by (no weight, no actual, an error in a cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """One line of 评分依据: kind is cell | number | clause | arithmetic | convention | rounding."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open question: what is asked, and the readings offered with the score each would give."""

    key: str
    text: str
    options: tuple[tuple[str, Decimal | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorScore:
    """Score of one indicator: `score` is rounded half up to 2 decimals, `raw` is before rounding.

    `rule` and `inputs` are the rule tree and the inputs it was evaluated with (types of
    :mod:`jxreport.rules`, opaque here so that the model stays a leaf); the XLSX writer turns them into a
    live formula. `norm` names the profile rule used where there is no sentence ("ge", "le", "eq", "tier").
    """

    indicator: Indicator
    weight: Decimal | None
    status: Status
    score: Decimal | None = None
    raw: Decimal | None = None
    value: Decimal | None = None  # the number the score rests on (computed ratios included), percent units
    completion: Decimal | None = None  # 完成率, percent, where defined
    kind: str = ""  # bands, step, …; "norm" for the profile's rule
    reading: str = ""  # the rule read back in words
    trace: tuple[TraceStep, ...] = ()
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()
    missed: bool = False
    overshoot: bool = False
    rule: Any = None
    inputs: Any = None
    choices: tuple[tuple[str, str], ...] = ()  # readings that settled the rule's open points: (key, label)
    norm: str = ""
    outlook: Outlook | None = None  # before year end: what is expected; nothing is scored then


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """Budget execution: amounts in 万元, rate in percent unrounded, score rounded to 2 decimals."""

    initial: Decimal | None = None
    adjusted: Decimal | None = None
    executed: Decimal | None = None
    rate: Decimal | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    stated_score: Decimal | None = None
    trace: tuple[TraceStep, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePoint:
    """One checkpoint compared with the unit's own plan (NORMS 4.5). All in percent, unrounded.

    `actual` = paid / budget, `deviation` = actual − plan (百分点), `pace` = actual / plan (None where
    the plan is 0), `time_pace` = month / 12, `light` 红 | 黄 | 绿 | "" (not known yet).
    """

    checkpoint: Checkpoint
    plan: Decimal | None
    paid: Decimal | None
    actual: Decimal | None
    deviation: Decimal | None
    pace: Decimal | None
    time_pace: Decimal
    light: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Year-end forecast from the plan's shape: percent of budget, range, monthly spending still needed (万元)."""

    at: str  # label of the checkpoint it is made from
    rate: Decimal
    low: Decimal
    high: Decimal
    monthly_needed: Decimal | None
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A form with its scores. `full` is the sum of weights that count, `total` the sum of rounded scores.

    `total` and `grade` are None while anything that counts has no score. `scored` is the sum and
    `scored_full` the weights of what has a score so far.
    """

    form: Form
    indicators: tuple[IndicatorScore, ...]
    execution: Execution | None = None
    schedule: tuple[SchedulePoint, ...] = ()
    forecast: Forecast | None = None
    total: Decimal | None = None
    full: Decimal | None = None
    scored: Decimal | None = None
    scored_full: Decimal | None = None
    grade: str = ""
    rescaling: str = ""  # the rule used where not-applicable indicators were excluded
    not_scored: str = ""  # why nothing is scored: the year is not over yet
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """Everything about one unit and year. `findings` holds all, those of the parts included, once each."""

    submission: Submission
    profile: Profile
    as_of: str  # label of the checkpoint, e.g. 12月底
    evaluations: tuple[Evaluation, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def is_failed(self) -> bool:
        return any(f.is_error for f in self.findings)
