"""Year-end forecast from the plan's shape, with a range and the monthly spending still needed."""

from __future__ import annotations

from decimal import Decimal

from jxreport.model.result import Forecast, SchedulePoint
from jxreport.number import HUNDRED, ZERO

_YEAR_END = 12
_METHOD = (
    "按支出计划的走势推算：以累计支付进度率延续到年底为预计数；"
    "以其余计划如期完成、以最近一段的支付进度率延续两种情形给出区间，最高100%"
)


def forecast(points: tuple[SchedulePoint, ...], budget: Decimal | None) -> Forecast | None:
    """Forecast made at the last checkpoint with a payment; None at year end or where nothing is known."""
    known = [point for point in points if point.actual is not None and point.plan is not None]
    if not known or budget is None:
        return None
    last, before = known[-1], known[-2] if len(known) > 1 else None
    month = last.checkpoint.month
    if month >= _YEAR_END or last.actual is None or last.plan is None or last.paid is None:
        return None
    done, planned = last.actual, last.plan
    rest = HUNDRED - planned
    on_plan = done + rest
    steady = done / planned * HUNDRED if planned else on_plan
    cases = [on_plan, steady]
    step_plan = planned - (before.plan or ZERO) if before else planned
    if step_plan > 0:
        step_paid = done - ((before.actual or ZERO) if before else ZERO)
        cases.append(done + rest * max(step_paid, ZERO) / step_plan)
    limited = [min(HUNDRED, case) for case in cases]
    left = max(budget - last.paid, ZERO)
    return Forecast(
        at=last.checkpoint.label,
        rate=max(done, limited[1]),
        low=max(done, min(limited)),
        high=max(done, *limited),
        monthly_needed=left / (_YEAR_END - month),
        method=_METHOD,
    )
