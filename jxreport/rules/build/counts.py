"""Counts with a base, tables of counts, deductions by range."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jxreport.rules.bandrows import band_rows
from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, exact_band, points_of, same_counter
from jxreport.rules.conditions import ValueIn
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Band, Bands, Gate, Step, Total
from jxreport.rules.pieces import Gives, Unreadable, What
from jxreport.rules.tree import Counted, Measure
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


_WITHIN = re.compile(r"以内|不超|未超|按时|按期|按计划|如期|及时|未发生|无(?!法|关)|没有|完成|达到")


def add_losses_by_range(b: Builder) -> None:
    """超期1-3天扣0.5分,4-7天扣1分,7天以上不得分; 98%以上不扣分,95%-98%扣1分: bands whose points are taken from the full mark."""
    found = b.some(
        lambda p: p.what is What.VALUE
        and p.gives in (Gives.DEDUCT, Gives.ZERO, Gives.FULL, Gives.AWARD)
        and p.interval is not None
    )
    ranges = [(i, p) for i, p in found if p.gives is Gives.DEDUCT and p.interval is not None and p.interval.is_two_sided]
    if not ranges:
        return
    name = b.names.get(ranges[0][0], "")
    rows = [(i, p) for i, p in found if b.names.get(i, "") == name]
    full = [p for _, p in rows if p.gives in (Gives.FULL, Gives.AWARD)]
    texts = b.some(lambda p: p.what in (What.TEXT, What.TARGET) and p.gives in (Gives.FULL, Gives.AWARD))
    worth = b.plan.worth()
    whole = [(i, p) for i, p in texts if _WITHIN.search(p.label or p.scope) and points_of(p, b.plan) == worth]
    if (
        any(p.also or p.label and (not name or name not in p.label) for _, p in rows)
        or len({p.unit for _, p in rows if p.unit}) > 1
        or b.some(lambda p: p.what is What.STEP)
        or any(points_of(p, b.plan) != worth for p in full)
        or len(full) > 1 or len(texts) > 1 or len(texts) != len(whole) or full and texts
    ):  # fmt: skip
        raise Unreadable("分段扣分的条件不明")
    pieces = [
        p if p in full else replace(
            p, label="", gives=Gives.AWARD, points=worth - points_of(p, b.plan) if p.gives is Gives.DEDUCT else ZERO
        )
        for _, p in rows
    ]  # fmt: skip
    if any((p.points or ZERO) < 0 for p in pieces):
        raise Unreadable("分段扣分超过分值")
    b.used.update(i for i, _ in rows + texts)
    bands, _ = band_rows(pieces, b.plan, points_of)
    if not full:
        bands = _nothing_lost(bands, worth, rated="%" in {p.unit for _, p in rows}, stated=bool(texts))
    index = rows[0][0]
    b.parts.append(Bands(measure=b.measure(index, next(p.unit for _, p in rows)), rows=bands))
    if b.awards:
        raise Unreadable("分段扣分与其他得分条款的关系不明")
    b.full += worth
    b.awards = True


def _open_at_zero() -> Band:
    return replace(exact_band(ZERO, ZERO), points=None, why="没有发生时是否也扣分没有写明")


def _above_zero(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    return tuple(
        replace(b, interval=replace(b.interval, lo=ZERO, lo_in=False)) if b.interval.lo is None else b for b in bands
    )


def _nothing_lost(bands: tuple[Band, ...], worth: Decimal, *, rated: bool, stated: bool) -> tuple[Band, ...]:
    """The row of the full mark below the first loss. Where the first loss reaches down to nothing at all (5%以内扣1分),
    both are there at 0: it is asked."""
    lows = [band.interval.lo for band in bands]
    lowest = min((x for x in lows if x is not None), default=None)
    if None in lows:
        return bands if stated else (_open_at_zero(), *_above_zero(bands))
    if stated or lowest == 0:
        first = next(band.interval for band in bands if band.interval.lo == lowest)
        if lowest == 0 and first.lo_in is not True:
            return (Band(interval=Interval(hi=ZERO, hi_in=True), points=worth), *bands)
        return bands
    if not rated and lowest is not None and lowest > 0:
        return (exact_band(ZERO, worth), *bands)
    return bands
