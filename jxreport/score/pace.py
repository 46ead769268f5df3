"""Sentences that score spending against the schedule without saying how (达不到进度相应扣分).

Nothing is chosen here: the readings below are offered with the score that each gives, and the unit picks
one (口径确认) or enters a score.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jxreport.model.result import Question, SchedulePoint
from jxreport.number import HUNDRED, ZERO, half_up, plain
from jxreport.rules.api import Reading, RuleQuestion
from jxreport.score import steps

KEY = "schedule"
TEXT = "评分标准没有写明达不到支出进度时怎样扣分，按哪一种办法计分"
BY_RATE = "按截至时点的支付进度率按比例得分，最高满分"
BY_MEAN = "按各时点支付进度率（最高100%）的平均数按比例得分"
BY_POINT = "每个时点未达到计划的，扣该项分值按时点数均分后的一份"
READINGS = (BY_RATE, BY_MEAN, BY_POINT)

_DIGITS = 15
_SPEAKS_OF_PACE = re.compile(
    r"(?:支出|支付|执行|资金|预算|既定|达不到|未达到|序时).{0,8}进度|进度.{0,6}(?:支出|支付|执行)"
)
_SETTLES = re.compile(r"\d")  # a sentence with numbers of its own says how


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceBasis:
    """The schedule a reading rests on, in words whose it is, and the month of the report's checkpoint."""

    points: tuple[SchedulePoint, ...]
    whose: str
    month: int

    @property
    def known(self) -> tuple[SchedulePoint, ...]:
        """The checkpoints that are due; none where one of them lacks its plan or its payment: a mean over
        the others would pass for a mean over all."""
        due = tuple(point for point in self.points if point.checkpoint.month <= self.month)
        return () if any(point.plan is None or point.actual is None for point in due) else due


def is_schedule_rule(sentence: str, name: str) -> bool:
    """Does the sentence score spending pace without giving any number of its own?"""
    return not _SETTLES.search(sentence) and bool(_SPEAKS_OF_PACE.search(sentence) or "进度率" in name)


def question_for(basis: PaceBasis | None, weight: Decimal) -> RuleQuestion:
    """The question with its readings; scores are given where the schedule is known."""
    readings = tuple(
        Reading(label=label, score=settled(outcome[0]) if (outcome := apply(label, basis, weight)) else None)
        for label in READINGS
    )
    return RuleQuestion(key=KEY, text=TEXT, readings=readings)


def schedule_question(weight: Decimal) -> Question:
    """The same question without a schedule, for forms that are made before any payment is known."""
    return Question(key=KEY, text=TEXT, options=tuple((label, None) for label in READINGS))


def apply(label: str, basis: PaceBasis | None, weight: Decimal) -> tuple[Decimal, list[str]] | None:
    """Score under one reading, unrounded, with its arithmetic; None while the schedule does not allow it."""
    known = basis.known if basis is not None else ()
    if basis is None or not known:
        return None
    if label == BY_POINT:
        return _by_point(known, len(basis.points), weight)
    paced = [(point, min(point.pace, HUNDRED)) for point in known if point.pace is not None]
    if not paced:
        return None
    if label == BY_RATE:
        point, pace = paced[-1]
        if point is not known[-1]:
            return None
        raw = weight * pace / HUNDRED
        line = f"截至{point.checkpoint.label}支付进度率 {_shown(point)}%；{plain(weight)} × {steps.shown(pace)}% = {steps.shown(raw)}"
        return raw, [line]
    mean = sum((pace for _, pace in paced), ZERO) / len(paced)
    raw = weight * mean / HUNDRED
    each = "、".join(f"{point.checkpoint.label}{steps.shown(pace)}%" for point, pace in paced)
    return raw, [
        f"支付进度率：{each}；平均{steps.shown(mean)}%",
        f"{plain(weight)} × {steps.shown(mean)}% = {steps.shown(raw)}",
    ]


def settled(raw: Decimal) -> Decimal:
    """Half up to two decimals; quotients of quotients are first freed of what division cut off."""
    return half_up(half_up(raw, _DIGITS))


def _shown(point: SchedulePoint) -> str:
    return steps.shown(point.pace) if point.pace is not None else "—"


def _by_point(known: Sequence[SchedulePoint], count: int, weight: Decimal) -> tuple[Decimal, list[str]]:
    missed = [point for point in known if (point.deviation or ZERO) < 0]
    share = weight / count
    raw = max(ZERO, weight - share * len(missed))
    labels = "、".join(point.checkpoint.label for point in missed) or "无"
    line = f"未达到计划的时点：{labels}；{plain(weight)} − {steps.shown(share)} × {len(missed)} = {steps.shown(raw)}"
    return raw, [line]


def department_basis(
    own: tuple[SchedulePoint, ...],
    rows: Sequence[tuple[tuple[SchedulePoint, ...], Decimal | None]],
    month: int,
) -> PaceBasis | None:
    """The department's schedule: its own rows, else the sum over its projects.

    The sum is taken only where every project states plan and payment at the same checkpoints; planned
    amounts are plan × budget.
    """
    if any(point.actual is not None and point.plan is not None for point in own):
        return PaceBasis(points=own, whose="本部门申报的支出计划", month=month)
    if not rows or any(not points or not budget for points, budget in rows):
        return None
    first = rows[0][0]
    months = [point.checkpoint.month for point in first]
    if any([point.checkpoint.month for point in points] != months for points, _ in rows):
        return None
    total = sum((budget for _, budget in rows if budget), ZERO)
    joined = tuple(
        _joined([(points[k], budget or ZERO) for points, budget in rows], total) for k in range(len(months))
    )
    whose = f"本部门{len(rows)}个预算项目的支出计划与支付数合计"
    return PaceBasis(points=joined, whose=whose, month=month)


def _joined(rows: list[tuple[SchedulePoint, Decimal]], total: Decimal) -> SchedulePoint:
    first = rows[0][0]
    plans = [(point.plan, budget) for point, budget in rows if point.plan is not None]
    paids = [point.paid for point, _ in rows if point.paid is not None]
    plan = sum((p * b for p, b in plans), ZERO) / total if len(plans) == len(rows) else None
    paid = sum(paids, ZERO) if len(paids) == len(rows) else None
    actual = paid * HUNDRED / total if paid is not None else None
    return replace(
        first,
        plan=plan,
        paid=paid,
        actual=actual,
        deviation=actual - plan if actual is not None and plan is not None else None,
        pace=actual * HUNDRED / plan if actual is not None and plan else None,
        light="",
    )
