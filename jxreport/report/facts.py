"""What the prose wants to know about an evaluation: how each indicator stands, sums by group.

Nothing is scored here: the sums add printed (rounded) scores, so that prose and forms agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from jxreport.model.result import Evaluation, IndicatorScore, SchedulePoint, Status, UnitResult
from jxreport.model.submission import Kind
from jxreport.number import HUNDRED, ZERO
from jxreport.report.text import MISSING, is_zero


class Standing(Enum):
    """How an indicator stands after scoring."""

    FULL = "full"
    LOST = "lost"  # points were lost
    WAITING = "waiting"  # no score yet: a question, a person, a value is needed
    EXCLUDED = "excluded"  # not applicable, by the unit's statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Indicators of one level-1 group (绩效指标 where the form names none). `full` and `score` count what
    has a score."""

    label: str
    items: tuple[IndicatorScore, ...]
    full: Decimal
    score: Decimal

    @property
    def rate(self) -> Decimal | None:
        """得分率 in percent, unrounded; None where nothing is scored."""
        return self.score / self.full * HUNDRED if self.full else None

    def of(self, standing: Standing) -> tuple[IndicatorScore, ...]:
        return tuple(item for item in self.items if standing_of(item) is standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """An indicator that lost points or ran far over its target, with what the unit says about it."""

    owner: str
    item: IndicatorScore
    cause: str
    measure: str


def standing_of(item: IndicatorScore) -> Standing:
    """Where a row stands: full marks, points lost, waiting, left out."""
    if item.status is Status.NOT_APPLICABLE:
        return Standing.EXCLUDED
    if item.status is not Status.SCORED or item.score is None or item.weight is None:
        return Standing.WAITING
    return Standing.FULL if item.score >= item.weight else Standing.LOST


def lost(item: IndicatorScore) -> Decimal:
    """Points lost, from the printed score."""
    return (item.weight or ZERO) - (item.score or ZERO)


def of(evaluation: Evaluation, standing: Standing) -> tuple[IndicatorScore, ...]:
    """The rows of an evaluation with that standing."""
    return tuple(item for item in evaluation.indicators if standing_of(item) is standing)


def groups(evaluation: Evaluation) -> tuple[Group, ...]:
    """Level-1 groups in the order of the form; a label that returns joins its first group."""
    labels = dict.fromkeys(item.indicator.level1 for item in evaluation.indicators)
    return tuple(_group(label, evaluation) for label in labels)


def _group(label: str, evaluation: Evaluation) -> Group:
    items = tuple(item for item in evaluation.indicators if item.indicator.level1 == label)
    counted = [item for item in items if standing_of(item) in (Standing.FULL, Standing.LOST)]
    return Group(
        label=label or "绩效指标",
        items=items,
        full=sum((item.weight or ZERO for item in counted), ZERO),
        score=sum((item.score or ZERO for item in counted), ZERO),
    )


def owner(evaluation: Evaluation) -> str:
    """What an evaluation is called in the prose: 部门整体支出, or the project's own name."""
    return "部门整体支出" if evaluation.form.kind is Kind.DEPARTMENT else evaluation.form.name


def departments(result: UnitResult) -> tuple[Evaluation, ...]:
    """Evaluations of department forms."""
    return tuple(e for e in result.evaluations if e.form.kind is Kind.DEPARTMENT)


def projects(result: UnitResult) -> tuple[Evaluation, ...]:
    """Evaluations of all other forms."""
    return tuple(e for e in result.evaluations if e.form.kind is not Kind.DEPARTMENT)


def deviations(result: UnitResult) -> tuple[Deviation, ...]:
    """Every indicator that lost points, was missed, or overshot (10号 art. 11, 16), in form order."""
    return tuple(
        Deviation(
            owner=owner(evaluation), item=item, cause=cause_of(item), measure=measure_of(item)
        )
        for evaluation in result.evaluations
        for item in evaluation.indicators
        if standing_of(item) is Standing.LOST or (item.missed or item.overshoot)
    )


def cause_of(item: IndicatorScore) -> str:
    """The cause the unit gave, else the mark for a missing one."""
    reason = item.indicator.reason
    return reason.text if reason is not None and not reason.is_blank else MISSING


def measure_of(item: IndicatorScore) -> str:
    """改进措施; a form with one column for both keeps it inside the cause, then nothing is missing."""
    measure = item.indicator.measure
    if measure is None:
        return "" if cause_of(item) != MISSING else MISSING
    return MISSING if measure.is_blank else measure.text


def reached(evaluation: Evaluation) -> SchedulePoint | None:
    """The last checkpoint with a payment on record."""
    known = [point for point in evaluation.schedule if point.actual is not None]
    return known[-1] if known else None


def off_plan(evaluation: Evaluation) -> tuple[SchedulePoint, ...]:
    """Checkpoints whose payments differ from the plan as printed."""
    return tuple(p for p in evaluation.schedule if p.deviation is not None and not is_zero(p.deviation))


def doing(result: UnitResult) -> str:
    """What the report is called in its own sentences: 评价 by the outline of 10号 annex 3, else 自评."""
    return "评价" if result.profile.outline == "mof-annex3" else "自评"


def is_year_end(result: UnitResult) -> bool:
    """The report is a self-evaluation, not a monitoring report: it stands at the profile's last checkpoint."""
    return result.profile.is_year_end(result.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Money spent so far: 全年执行数 at year end, the payments of the checkpoint before.

    `amount_key` and `rate_key` name the numbers (see :class:`jxreport.model.document.Cell`).
    """

    amount: Decimal | None
    rate: Decimal | None
    amount_key: tuple[str, ...] = ()
    rate_key: tuple[str, ...] = ()


def spent(result: UnitResult, place: int) -> Spent:
    """What evaluation `place` has spent at the report's checkpoint.

    Before year end only the payments dated by the schedule count: a figure that is not known to belong to
    the checkpoint must not be printed as if it did. A monitoring form states those of its own checkpoint.
    """
    evaluation, key = result.evaluations[place], str(place)
    if is_year_end(result) or evaluation.form.kind is Kind.MONITORING:
        found = evaluation.execution
        amount, rate = (found.executed, found.rate) if found is not None else (None, None)
        return Spent(amount=amount, rate=rate, amount_key=("executed", key), rate_key=("rate", key))
    point = next((p for p in evaluation.schedule if p.checkpoint.label == result.as_of), None)
    if point is None:
        return Spent(amount=None, rate=None)
    tail = (key, result.as_of)
    return Spent(
        amount=point.paid, rate=point.actual, amount_key=("paid", *tail), rate_key=("pace_actual", *tail)
    )
