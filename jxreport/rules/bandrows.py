"""The rows of a band rule put in order: cascades, the open top, what is implied below the last row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from jxreport.rules.conditions import Tick
from jxreport.rules.interval import Interval
from jxreport.rules.names import is_contrary
from jxreport.rules.nodes.bands import Band
from jxreport.rules.pieces import Gives, Piece, Unreadable


def band_rows(
    pieces: list[Piece], plan: Any, points_of: Callable[[Piece, Any], Decimal]
) -> tuple[tuple[Band, ...], str]:
    """(rows, implied zero side). 90%以上…70%以上…: a weaker one-sided row ends where the stronger one begins."""
    rows = _whole_numbers(_descending(_contraries([_row(p, plan, points_of) for p in pieces])))
    rows = _negated(_top(rows))
    rows = _cascade(rows, up=True)
    rows = _cascade(rows, up=False)
    _consistent(rows)
    return tuple(rows), _implied(rows)


def _descending(rows: list[Band]) -> list[Band]:
    """100%-95%(含), 95%-85%(含): where all ranges are written from the top down and meet their neighbours, that is only
    a way of writing. One range against the others is an error and stays one."""
    ranges = [r.interval for r in rows if r.interval.is_two_sided]
    if not ranges or not all(i.reversed_ for i in ranges) or any(r.points is None for r in rows):
        return rows
    others = [r.interval for r in rows if not r.interval.is_two_sided]
    tops = sorted([i.lo for i in (*ranges, *others) if i.lo is not None])  # where stretches begin
    ends = sorted([i.hi for i in (*ranges, *others) if i.hi is not None])  # where they end
    for interval in ranges:
        assert interval.lo is not None
        assert interval.hi is not None
        above = interval.hi == 100 or any(t - interval.hi in (0, 1) for t in tops)
        below = any(interval.lo - e in (0, 1) for e in ends) or interval is min(ranges, key=lambda i: i.lo or Decimal(0))
        if not above or not below:
            return rows
    return [
        replace(r, interval=replace(r.interval, reversed_=False), descending=True) if r.interval.reversed_ else r
        for r in rows
    ]


def _whole_numbers(rows: list[Band]) -> list[Band]:
    """1-3天, 4-7天: ranges that leave whole steps between them include both their ends."""
    above = [r.interval for r in rows if r.interval.lo_in is not False]
    ends = [r.interval.hi for r in rows if r.interval.hi is not None and not r.interval.reversed_]

    def bridged(end: Decimal) -> bool:
        """Does some row go on where another one ends?"""
        return any(
            (r.interval.lo is None or r.interval.lo <= end) and (r.interval.hi is None or r.interval.hi > end)
            for r in rows if not r.interval.is_point
        )  # fmt: skip

    stepped = any(
        b.lo is not None and b.lo - end == 1 and b.lo % 1 == 0 and not bridged(end) for end in ends for b in above
    )
    if not stepped:
        return rows

    def closed(interval: Interval) -> Interval:
        if not interval.is_two_sided:
            return interval
        return replace(
            interval,
            lo_in=True if interval.lo_in is None else interval.lo_in,
            hi_in=True if interval.hi_in is None else interval.hi_in,
        )

    return [replace(r, interval=closed(r.interval)) for r in rows]


def _row(piece: Piece, plan: Any, points_of: Callable[[Piece, Any], Decimal]) -> Band:
    assert piece.interval is not None
    also = "且".join(text for text in (piece.label, piece.also) if text)
    bare = piece.interval.is_point and not piece.stated_compare and piece.unit == "%" and piece.gives is not Gives.ZERO
    return Band(
        bare=bare, interval=piece.interval, points=None if piece.gives is Gives.HUMAN else points_of(piece, plan),
        also=Tick(text=also) if also and piece.gives not in (Gives.ZERO, Gives.HUMAN) else None, why=piece.why,
        source=piece.scope,
    )  # fmt: skip


def _contraries(rows: list[Band]) -> list[Band]:
    """≥90%且到位及时得4分;≥90%但到位不及时得2分: one question for the two."""
    told: list[str] = []
    made: list[Band] = []
    for row in rows:
        stated = [text for text in told if row.also is not None and is_contrary(text, row.also.text)]
        if len(stated) == 1 and row.also is not None:
            row = replace(row, also=Tick(text=stated[0], negated=True, said=row.also.text))
        elif row.also is not None:
            told.append(row.also.text)
        made.append(row)
    return made


def _cascade(rows: list[Band], up: bool) -> list[Band]:
    """One-sided rows of one direction, listed from the strongest to the weakest with falling points, nest."""
    chain = [r for r in rows if _one_sided(r.interval, up)]
    if len(chain) < 2:
        return rows
    bounds = [r.interval.lo if up else r.interval.hi for r in chain]
    order = sorted(range(len(chain)), key=lambda i: bounds[i] or Decimal(0), reverse=up)
    ordered = [chain[i] for i in order]
    points = [r.points for r in ordered]
    if None in points or len(set(bounds)) != len(bounds):
        return rows
    falling = all(a > b for a, b in pairwise(points))  # type: ignore[operator]
    if not falling:
        return rows
    replaced: dict[int, Band] = {}
    for stronger, weaker in pairwise(ordered):
        strong = stronger.interval
        cut = (
            replace(weaker.interval, hi=strong.lo, hi_in=not strong.lo_in, cut_hi=True)
            if up
            else replace(weaker.interval, lo=strong.hi, lo_in=not strong.hi_in, cut_lo=True)
        )
        replaced[id(weaker)] = replace(weaker, interval=cut)
    return [replaced.get(id(r), r) for r in rows]


def _consistent(rows: list[Band]) -> None:
    """Bands rise to one summit and no band swallows another. Anything else is damage (9% for 90%): Unreadable."""
    if any(r.points is None or r.also or r.interval.reversed_ for r in rows) or len(rows) < 2:
        return
    for outer in rows:
        for inner in rows:
            if (
                outer is not inner
                and outer.points != inner.points
                and _swallows(outer.interval, inner.interval)
            ):
                raise Unreadable("有一档完全落在另一档里面，各档的界线互相矛盾")
    floor = Decimal("-Infinity")
    ordered = sorted(
        rows, key=lambda r: (r.interval.lo if r.interval.lo is not None else floor, not r.interval.is_point)
    )
    points = [r.points or Decimal(0) for r in ordered]
    summit = points.index(max(points))
    rising = all(a <= b for a, b in pairwise(points[: summit + 1]))
    falling = all(a >= b for a, b in pairwise(points[summit:]))
    if not (rising and falling):
        raise Unreadable("各档的得分忽高忽低，界线或分数可能有误")


def _swallows(outer: Interval, inner: Interval) -> bool:
    """Does the inner interval lie wholly inside, touching neither end?"""
    low = outer.lo is None or inner.lo is not None and inner.lo > outer.lo
    high = outer.hi is None or inner.hi is not None and inner.hi < outer.hi
    return (
        low
        and high
        and (inner.lo is not None and inner.hi is not None or outer.lo is None and outer.hi is None)
    )


def _negated(rows: list[Band]) -> list[Band]:
    """且及时到位 / 但不及时到位: one statement, once confirmed and once denied."""
    texts = [r.also.text for r in rows if r.also]

    def same(row: Band) -> Band:
        if row.also is None:
            return row
        said = row.also.text
        positive = next((said[:i] + said[i + 1 :] for i, c in enumerate(said) if c in "不未" and said[:i] + said[i + 1 :] in texts), "")
        return replace(row, also=Tick(text=positive, negated=True, said=said)) if positive else row

    return [same(r) for r in rows]


def _one_sided(interval: Interval, up: bool) -> bool:
    if interval.is_point:
        return False
    return (
        (interval.lo is not None and interval.hi is None)
        if up
        else (interval.hi is not None and interval.lo is None)
    )


def _top(rows: list[Band]) -> list[Band]:
    """100%得10分, 90%-100%得8分: the best row stated as a bare 100 stands for 100 and more."""
    scored = [r for r in rows if r.points is not None]
    if not scored:
        return rows
    best = max(scored, key=lambda r: r.points or Decimal(0))
    if not best.interval.is_point or best.interval.lo != 100:
        return rows
    others = [r for r in rows if r.interval != best.interval]
    if others and all(
        r.interval.hi is not None
        and r.interval.hi <= 100
        or r.interval.hi is None
        and r.interval.lo is not None
        and r.interval.lo < 100
        for r in others
    ):
        opened = replace(best, interval=Interval(lo=Decimal(100), lo_in=True))
        return [
            replace(r, interval=opened.interval, opened=True, bare=False) if r.interval == best.interval else r for r in rows
        ]
    if not others:
        return [replace(best, interval=Interval(lo=Decimal(100), lo_in=True), bare=False)]
    return rows


def _implied(rows: list[Band]) -> str:
    """Where no row gives zero, a value beyond the worst row earns nothing by implication."""
    points = [r.points for r in rows]
    if any(p is None or p == 0 for p in points):
        return ""
    lows = [r.interval.lo for r in rows]
    highs = [r.interval.hi for r in rows]
    if all(low is not None for low in lows) and any(high is None for high in highs):
        return "below"
    if all(high is not None for high in highs) and any(low is None for low in lows):
        return "above"
    best = max(rows, key=lambda r: r.points or Decimal(0))
    worst = min(rows, key=lambda r: r.points or Decimal(0))
    if len(rows) > 1 and None not in (best.interval.lo, worst.interval.lo):
        return "below" if best.interval.lo > worst.interval.lo else ""  # type: ignore[operator]
    return ""
