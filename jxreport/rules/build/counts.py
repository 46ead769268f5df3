"""Counts with a base, tables of counts, deductions by range."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jxreport.rules.bandrows import band_rows
from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, exact_band, points_of, same_counter
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Band, Bands, Gate, Step, Total
from jxreport.rules.pieces import Gives, Unreadable, What
from jxreport.rules.tree import Counted, Measure, ValueIn
from jxreport.rules.vocabulary import RATE_UNITS


def add_count_base(b: Builder) -> None:
    """配备1名(3分),每增加1人加1分: a count with a base and steps on it."""
    events = b.some(
        lambda p: p.what is What.EVENT and p.gives is Gives.ADD and p.deviation and p.side == "above"
    )
    bases = b.some(
        lambda p: (
            p.what in (What.VALUE, What.EVENT)
            and p.gives is Gives.AWARD
            and p.unit not in RATE_UNITS
            and p.unit != ""
        )
    )
    if len(events) != 1 or len(bases) != 1:
        return
    (event_index, event), (base_index, base) = events[0], bases[0]
    if base.what is not What.VALUE or base.interval is None or not same_counter(base.unit, event.unit):
        return
    anchor = base.interval.lo
    if anchor is None or base.interval.is_two_sided or base.interval.lo_in is False or base.also:
        return
    b.used.update((event_index, base_index))
    name = base.measure or base.scope
    measure = Measure(name=name, unit=base.unit, key="value", is_count=True)
    limit = event.limit if event.limit is not None else b.plan.add_limit
    b.plan.add_limit = None
    step = Step(
        measure=measure, anchor=anchor, side="above", size=event.size, points=points_of(event, b.plan),
        unit=event.unit, partial="whole", relative=False, limit=limit,
    )  # fmt: skip
    body = Total(base=points_of(base, b.plan), parts=(step,), full_words=f"{name}≥{anchor}{base.unit}")
    b.parts.append(Gate(cond=ValueIn(measure=measure, interval=Interval(hi=anchor, hi_in=False)), body=body))
    b.take(lambda p: p.what is What.ELSE and p.gives is Gives.ZERO)
    b.full += max(b.plan.weight or ZERO, points_of(base, b.plan))
    b.awards = True
    b.plan.bonus = True
    b.plan.measures = [name]


def add_count_table(b: Builder) -> None:
    """1次扣2分,2次扣4分,3次及以上不得分: each count has its own deduction."""
    exact = b.some(lambda p: p.what is What.COUNT)
    if not exact:
        return
    single = b.some(
        lambda p: p.what is What.EVENT and p.gives is Gives.DEDUCT and not p.every and p.size == 1
    )
    cliffs = b.some(lambda p: p.what is What.CLIFF and p.gives is Gives.DEDUCT)
    stem = next((p.measure for _, p in exact if p.measure), "")
    if (
        len(single) != 1
        or len(cliffs) > 1
        or any(p.gives is not Gives.DEDUCT or p.measure not in ("", stem) for _, p in exact)
    ):
        raise Unreadable("不同次数的扣分办法不明")
    index, first = single[0]
    if (
        any(not same_counter(p.unit, first.unit) for _, p in exact + cliffs)
        or stem
        and stem not in first.label
    ):
        raise Unreadable("不同次数的扣分办法不明")
    numbers = [Decimal(1), *(p.size for _, p in exact)]
    if numbers != [Decimal(n + 1) for n in range(len(numbers))]:
        raise Unreadable("不同次数的扣分办法不连续")
    points = [points_of(p, b.plan) for _, p in [single[0], *exact]]
    if any(a >= b for a, b in pairwise(points)):
        raise Unreadable("次数越多扣分反而不增加")
    counted = Counted(text=first.label, unit=first.unit, scope=first.scope)
    rows = [exact_band(Decimal(0), ZERO), *(exact_band(n, -p) for n, p in zip(numbers, points, strict=True))]
    for _, cliff in cliffs:
        assert cliff.interval is not None
        rows.append(Band(interval=cliff.interval, points=-points_of(cliff, b.plan)))
    b.used.update([index, *(i for i, _ in exact + cliffs)])
    b.parts.append(
        Bands(
            measure=Measure(name=first.label, unit=first.unit, counted=counted, key=counted.need.key),
            rows=tuple(rows),
            deducts=True,
        )
    )


def add_losses_by_range(b: Builder) -> None:
    """超期1-3天扣0.5分,4-7天扣1分,7天以上不得分: bands whose points are taken from the full mark."""
    found = b.some(
        lambda p: p.what is What.VALUE and p.gives in (Gives.DEDUCT, Gives.ZERO) and p.interval is not None
    )
    ranges = [
        (i, p)
        for i, p in found
        if p.gives is Gives.DEDUCT and p.interval is not None and p.interval.is_two_sided
    ]
    if not ranges:
        return
    name = b.names.get(ranges[0][0], "")
    rows = [(i, p) for i, p in found if b.names.get(i, "") == name]
    if (
        any(p.also or p.label for _, p in rows)
        or len({p.unit for _, p in rows if p.unit}) > 1
        or b.some(lambda p: p.what is What.STEP)
    ):
        raise Unreadable("分段扣分的条件不明")
    lows = [p.interval.lo for _, p in rows if p.interval is not None]
    worth = b.plan.worth()
    pieces = [
        replace(
            p, gives=Gives.AWARD, points=worth - points_of(p, b.plan) if p.gives is Gives.DEDUCT else ZERO
        )
        for _, p in rows
    ]
    bands, _ = band_rows(pieces, b.plan, points_of)
    rated = "%" in {p.unit for _, p in rows}
    if not rated and None not in lows and min(x for x in lows if x is not None) > 0:
        bands = (exact_band(ZERO, worth), *bands)
    if min((x for x in lows if x is not None), default=None) == 0 and not any(
        b.interval.contains(ZERO) for b in bands
    ):
        bands = (Band(interval=Interval(hi=ZERO, hi_in=True), points=worth), *bands)
    b.used.update(i for i, _ in rows)
    index = rows[0][0]
    b.parts.append(Bands(measure=b.measure(index, next(p.unit for _, p in rows)), rows=bands))
    if b.awards:
        raise Unreadable("分段扣分与其他得分条款的关系不明")
    b.full += worth
    b.awards = True
