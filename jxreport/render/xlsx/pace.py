"""Formulas for rows scored by the spending schedule itself, under a reading the unit has chosen.

The schedule is the form's own, or for a department without one the sum over its projects: planned
amounts (plan × budget) and payments at each checkpoint over the budgets (see jxreport.score.pace).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jxreport.model.result import Evaluation, UnitResult
from jxreport.model.submission import Kind
from jxreport.render.xlsx.data import DataBook
from jxreport.render.xlsx.norms import schedule_base
from jxreport.score.pace import BY_MEAN, BY_POINT, BY_RATE


@dataclass(frozen=True, slots=True)
class _Point:
    """Plan and payment of one checkpoint as amounts: expressions that compare without dividing."""

    plan: str
    paid: str
    planned: bool  # a plan above 0: the pace is defined

    @property
    def pace(self) -> str:
        """支付进度率 as a share, at most 1."""
        return f"MIN({self.paid}/{self.plan},1)"


def pace_formula(reading: str, result: UnitResult, place: int, data: DataBook, weight: str) -> str | None:
    """Score under `reading`, rounded; None where the schedule is not wholly known at every checkpoint used."""
    points = _points(result, place, data)
    if not points:
        return None
    paced = [point for point in points if point.planned]
    if reading == BY_RATE and points[-1].planned:
        share = points[-1].pace
    elif reading == BY_MEAN and paced:
        share = f"({'+'.join(point.pace for point in paced)})/{len(paced)}"
    elif reading == BY_POINT:
        total = len(result.evaluations[_owners(result, place)[0]].schedule)
        missed = "+".join(f"IF(ROUND({p.paid}-{p.plan},9)<0,1,0)" for p in points)
        share = f"({total}-({missed}))/{total}"
    else:
        return None
    return f"ROUND({weight}*{share},2)"


def _owners(result: UnitResult, place: int) -> list[int]:
    """Evaluations whose schedules make up the one that is scored."""
    own = result.evaluations[place]
    if own.form.kind is Kind.PROJECT or _known(own):
        return [place]
    return [i for i, other in enumerate(result.evaluations) if other.form.kind is Kind.PROJECT]


def _known(evaluation: Evaluation) -> bool:
    return any(point.actual is not None and point.plan is not None for point in evaluation.schedule)


def _points(result: UnitResult, place: int, data: DataBook) -> list[_Point]:
    owners = _owners(result, place)
    if not owners:
        return []
    found = []
    for number, point in enumerate(result.evaluations[owners[0]].schedule):
        parts = [_amounts(result.evaluations[i], i, number, data) for i in owners]
        known = [part for part in parts if part is not None]
        if len(known) != len(parts):
            if point.actual is None:
                continue  # not reached yet
            return []
        plan, paid = _sum([part[0] for part in known]), _sum([part[1] for part in known])
        planned = any(result.evaluations[i].schedule[number].plan for i in owners)
        found.append(_Point(plan, paid, planned))
    return found


def _amounts(evaluation: Evaluation, index: int, number: int, data: DataBook) -> tuple[str, str] | None:
    """Planned and paid amount of one checkpoint."""
    if number >= len(evaluation.schedule):
        return None
    point = evaluation.schedule[number]
    label = point.checkpoint.label
    what = schedule_base(point, evaluation.execution)
    base = data.ref(("exec", str(index), what or ""))
    plan, paid = data.ref(("plan", str(index), label)), data.ref(("paid", str(index), label))
    if point.plan is None or base is None or plan is None or paid is None:
        return None
    return f"{plan}*{base}/100", paid


def _sum(terms: Sequence[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({'+'.join(terms)})"
