"""依次类推: ladders continued in even steps."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jxreport.rules.bandrows import band_rows
from jxreport.rules.build.builder import Builder
from jxreport.rules.build.events import make_event
from jxreport.rules.build.plan import ZERO, points_of, shift_interval
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Bands, Event, Items, Step
from jxreport.rules.nodes.step import EXCEEDED
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Counted, Measure
from jxreport.rules.vocabulary import RATE_UNITS


def completion_ladder(b: Builder) -> None:
    """完成目标得30分,超额完成10%至20%加1分…: bonus bands on the excess over completion."""
    bonus = b.some(
        lambda p: (
            p.what is What.VALUE
            and p.gives is Gives.ADD
            and p.interval is not None
            and p.interval.lo is not None
        )
    )
    if b.plan.ladder and even_ladder(b):
        return
    excess = [(i, p) for i, p in bonus if re.search(r"超", p.measure + p.scope)]
    if not excess or len(excess) != len(bonus) or not b.plan.ladder and len(excess) < 2:
        return
    base = b.some(
        lambda p: (
            p.what is What.TEXT
            and p.gives in (Gives.AWARD, Gives.FULL)
            and bool(re.search(r"完成|达到|实现", p.label))
        )
    )
    if len(base) != 1 or any(p.unit != "%" for _, p in excess):
        raise Unreadable("加分档次的起点不明")
    index, row = base[0]
    b.used.update([index, *(i for i, _ in excess)])
    measure = Measure(name="目标完成率", unit="%", key="value", of_target=True)
    b.plan.measures = [measure.name]
    shifted = [
        replace(p, interval=shift_interval(p.interval, Decimal(100)), gives=Gives.AWARD)
        for _, p in excess
        if p.interval
    ]
    if b.plan.ladder:
        shifted = extend_ladder(shifted, b.plan.add_limit)
        b.plan.ladder = False
    start = band_rows(
        [
            replace(
                row,
                what=What.VALUE,
                interval=Interval(lo=Decimal(100), lo_in=True),
                points=points_of(row, b.plan),
                label="",
            )
        ],
        b.plan,
        points_of,
    )
    rows, _ = band_rows(shifted, b.plan, points_of)
    b.parts.append(Bands(measure=measure, rows=start[0]))
    b.parts.append(Bands(measure=measure, rows=rows, otherwise=ZERO))
    b.plan.add_limit = None
    b.full += points_of(row, b.plan)
    b.awards = True
    b.plan.bonus = True


def even_ladder(b: Builder) -> bool:
    """增长1%得1分,增长2%得2分,依次类推: the same as 每1%得1分; 完成1项得1分,完成2项得2分 as 每项得1分."""
    rows = b.some(
        lambda p: (
            p.what in (What.VALUE, What.COUNT, What.EVENT)
            and p.gives in (Gives.ADD, Gives.AWARD)
            and not p.stated_compare
            or p.what in (What.COUNT, What.EVENT)
            and p.gives in (Gives.ADD, Gives.DEDUCT)
            and not p.every
        )
    )
    if len({p.gives for _, p in rows}) > 1:
        return False
    points = [points_of(p, b.plan) for _, p in rows]
    sizes = [p.interval.lo if p.interval is not None and p.interval.is_point else p.size for _, p in rows]
    if len(rows) < 2 or any(p.interval is not None and not p.interval.is_point or p.also for _, p in rows):
        return False
    known = [size for size in sizes if size]
    if len(known) != len(rows):
        return False
    ratio, step = points[0] / known[0], known[1] - known[0]
    even = all(b - a == step for a, b in pairwise(known))
    if step <= 0 or known[0] != step or not even or any(p != ratio * s for p, s in zip(points, known, strict=True)):
        return False
    first = rows[0][1]
    if first.gives is Gives.DEDUCT:
        each = replace(make_event(b, rows[0][0], first), per=step)
        b.parts.append(Items(parts=(each,), limit=b.plan.deduct_limit))
        b.plan.deduct_limit = None
        b.used.update(i for i, _ in rows)
        b.plan.ladder = False
        return True
    limit = b.plan.add_limit or b.plan.award_limit or b.plan.cap
    ends = b.some(
        lambda p: p.what is What.VALUE and p.gives is first.gives and p.stated_compare and p.interval is not None
        and p.interval.hi is None and p.interval.lo is not None and p.points == ratio * p.interval.lo
    )  # fmt: skip
    if limit is None and len(ends) == 1:  # 引进5家及以上得5分: where the ladder ends
        limit = points_of(ends[0][1], b.plan)
        b.used.add(ends[0][0])
        b.plan.measures = []
    if limit is None:
        return False
    b.used.update(i for i, _ in rows)
    b.plan.ladder = False
    b.plan.add_limit = b.plan.award_limit = None
    award = first.gives is Gives.AWARD and first.unit not in RATE_UNITS
    if first.unit in RATE_UNITS:
        excess = bool(re.search("超", first.scope))
        name = EXCEEDED if excess else first.measure or "增长率"
        measure = Measure(name=name, unit="%", key="value")
        b.plan.measures = [name]
        b.parts.append(
            Step(
                measure=measure,
                anchor=ZERO,
                side="above",
                size=step,
                points=points[0],
                unit=first.unit,
                limit=limit,
            )
        )
    else:
        counted = Counted(
            text=first.label or f"{first.measure}{first.unit}", unit=first.unit, scope=first.scope
        )
        if first.what is What.VALUE:
            counted = Counted(text=first.scope, unit=first.unit)
        b.parts.append(
            Items(parts=(Event(counted=counted, points=points[0], per=step, limit=limit, award=award),))
        )
    b.plan.bonus = b.plan.bonus or not award
    b.awards = award
    b.full += limit if award else ZERO
    return True


def extend_ladder(pieces: list[Piece], limit: Decimal | None) -> list[Piece]:
    """依次类推: continue the last two rows in even steps up to the limit. Unreadable without a limit or even steps."""
    zeros = [p for p in pieces if p.gives is Gives.ZERO]
    pieces = [p for p in pieces if p.gives is not Gives.ZERO]
    if len(pieces) < 2 or len(zeros) > 1:
        raise Unreadable("“依次类推”的规律不明")
    a, b = pieces[-2], pieces[-1]
    if a.interval is None or b.interval is None or a.points is None or b.points is None:
        raise Unreadable("“依次类推”的规律不明")
    if a.points > b.points and a.interval.lo is not None and b.interval.lo is not None:
        return extend_down(pieces, zeros[0] if zeros else None)
    if zeros:
        raise Unreadable("“依次类推”的规律不明")
    if limit is None or None in (a.interval.lo, a.interval.hi, b.interval.lo, b.interval.hi):
        raise Unreadable("“依次类推”的规律不明")
    shift = b.interval.lo - a.interval.lo  # type: ignore[operator]
    rise = b.points - a.points
    whole = b.interval.lo - a.interval.hi == 1 and b.unit not in RATE_UNITS  # type: ignore[operator]
    width = b.interval.hi - b.interval.lo + (1 if whole else 0)  # type: ignore[operator]
    if shift == 0 or rise <= 0 or b.interval.hi - a.interval.hi != shift or shift != width:  # type: ignore[operator]
        raise Unreadable("“依次类推”的规律不明")
    rows = list(pieces)
    while rows[-1].points + rise < limit:  # type: ignore[operator]
        last = rows[-1]
        rows.append(replace(last, interval=shift_interval(last.interval, shift), points=last.points + rise))  # type: ignore[operator]
    last = rows[-1]
    final = shift_interval(last.interval, shift)
    assert final is not None
    rows.append(replace(last, interval=Interval(lo=final.lo, lo_in=final.lo_in), points=limit))
    return rows


def points_down(pieces: list[Piece], zero: Piece | None, fall: Decimal, shift: Decimal) -> list[Piece]:
    """完成目标得10分,完成90%得9分,完成80%得8分,依次类推: single values down in even steps; what lies between is open."""
    marks = [(p.interval.lo, p.points) for p in pieces if p.interval is not None]
    even = all(
        x[0] is not None and y[0] is not None and x[1] is not None and y[1] is not None
        and x[0] - y[0] == shift and x[1] - y[1] == fall
        for x, y in pairwise(marks)
    )  # fmt: skip
    if len(marks) < 3 or not even or shift <= 0 or fall <= 0 or zero is not None:
        raise Unreadable("“依次类推”的规律不明")
    rows = list(pieces)
    while rows[-1].points - fall > 0 and rows[-1].interval.lo - shift > 0:  # type: ignore[operator, union-attr]
        last = rows[-1]
        rows.append(replace(last, interval=shift_interval(last.interval, -shift), points=last.points - fall))  # type: ignore[operator]
    return rows


def extend_down(pieces: list[Piece], zero: Piece | None) -> list[Piece]:
    """85%以上10分,80%-85%得8分,75%-80%得6分,依次类推: down in even steps until nothing is left."""
    a, b = pieces[-2], pieces[-1]
    if a.interval is None or b.interval is None or a.points is None or b.points is None:
        raise Unreadable("“依次类推”的规律不明")
    if a.interval.lo is None or b.interval.lo is None or b.interval.hi is None:
        raise Unreadable("“依次类推”的规律不明")
    fall, shift = a.points - b.points, a.interval.lo - b.interval.lo
    if b.interval.is_point:
        return points_down(pieces, zero, fall, shift)
    if shift <= 0 or b.interval.hi != a.interval.lo or b.interval.hi - b.interval.lo != shift:
        raise Unreadable("“依次类推”的规律不明")
    rows = list(pieces)
    stop = zero.interval.hi if zero is not None and zero.interval is not None else None
    while rows[-1].points - fall > 0 and (stop is None or rows[-1].interval.lo > stop):  # type: ignore[operator, union-attr]
        last = rows[-1]
        rows.append(replace(last, interval=shift_interval(last.interval, -shift), points=last.points - fall))  # type: ignore[operator]
    end = rows[-1].interval
    assert end is not None
    if zero is not None:
        if end.lo != stop:
            raise Unreadable("“依次类推”与不得分的界线不衔接")
        return [*rows, zero]
    rest = Interval(hi=end.lo, hi_in=end.lo_in is False)
    rows.append(replace(rows[-1], gives=Gives.ZERO, points=None, interval=rest))
    return rows
