"""Numbers in intervals: bands, interpolation, requirements that deductions describe."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jxreport.rules.bandrows import band_rows
from jxreport.rules.build.builder import Builder
from jxreport.rules.build.ladders import extend_ladder
from jxreport.rules.build.plan import ZERO, points_of, same_counter
from jxreport.rules.build.steps import add_steps
from jxreport.rules.conditions import ValueIn
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Bands, Event, Interp, Items, Total
from jxreport.rules.pieces import ONLY_NOT_REACHED, Gives, Piece, Unreadable, What
from jxreport.rules.tree import Counted
from jxreport.rules.vocabulary import RATE_UNITS


def add_values(b: Builder) -> None:
    for name in list(b.plan.measures) or [""]:
        rows = b.some(
            lambda p: p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO, Gives.HUMAN)
        )
        rows = [(i, p) for i, p in rows if b.names.get(i, "") == name]
        steps = [(i, p) for i, p in b.some(lambda p: p.what is What.STEP) if b.names.get(i, "") == name]
        if steps:
            add_steps(b, rows, steps)
        elif required_count(b, rows) or add_perfect_rate(b, rows):
            continue
        elif rows and any(p.gives is not Gives.ZERO for _, p in rows):
            add_bands(b, rows)


def add_perfect_rate(b: Builder, rows: list[tuple[int, Piece]]) -> bool:
    """合格率达100%得4分;每有一个不合格扣1分: the events are the way the perfect rate is missed."""
    events = b.some(lambda p: p.gives is Gives.DEDUCT)
    if len(rows) != 1 or not events or any(p.what is not What.EVENT for _, p in events):
        return False
    index, row = rows[0]
    if (
        row.gives is Gives.ZERO
        or row.interval is None
        or row.also
        or row.unit not in RATE_UNITS
        and row.interval.lo != 0
    ):
        return False
    bounds = {row.interval.lo, row.interval.hi} - {None}
    points = points_of(row, b.plan)
    if (
        bounds not in ({Decimal(100)}, {ZERO})
        or points != b.plan.worth()
        or b.some(lambda p: p.what is What.ELSE)
    ):
        return False
    b.used.add(index)
    b.parts.append(
        Total(
            base=points,
            parts=(),
            full_words=row.interval.words(row.measure, "%" if row.unit == "%" else row.unit),
        )
    )
    b.full += points
    b.awards = True
    b.plan.measures = [m for m in b.plan.measures if m != b.names.get(index)]
    return True


def required_count(b: Builder, rows: list[tuple[int, Piece]]) -> bool:
    """每年不少于2次(2分),少一次扣1分: the deduction itself says how far the requirement was missed."""
    missed = b.some(lambda p: p.what is What.EVENT and p.gives is Gives.DEDUCT and p.deviation)
    if len(rows) != 1 or not missed or rows[0][1].gives is Gives.ZERO or rows[0][1].unit in RATE_UNITS:
        return False
    index, row = rows[0]
    points = points_of(row, b.plan)
    if not same_counter(row.unit, missed[0][1].unit) or (
        b.plan.weight is not None and points != b.plan.weight
    ):
        return False
    assert row.interval is not None
    b.used.add(index)
    if not row.interval.is_two_sided and not row.also and not row.label:
        bound = row.interval.lo if row.interval.lo is not None else row.interval.hi
        assert bound is not None
        if row.interval.hi is None and row.interval.lo_in or row.interval.is_point and missed[0][1].side == "below":
            b.plan.required = ("below", bound)
        elif row.interval.lo is None and row.interval.hi_in:
            b.plan.required = ("above", bound)
            b.plan.ceiling = (row.measure, bound) if row.measure else None
    b.parts.append(Total(base=points, parts=(), full_words=row.interval.words(row.measure, row.unit)))
    b.full += points
    b.awards = True
    b.plan.measures = [m for m in b.plan.measures if m != b.names.get(index)]
    return True


def add_bands(b: Builder, rows: list[tuple[int, Piece]]) -> None:
    b.used.update(i for i, _ in rows)
    otherwise = b.take(lambda p: p.what is What.ELSE and p.gives in (Gives.ZERO, Gives.AWARD))
    if len(otherwise) > 1:
        raise Unreadable("有几个“否则”，关系不明")
    if not otherwise:
        otherwise = b.take(
            lambda p: (
                p.what is What.TEXT
                and p.gives is Gives.ZERO
                and bool(ONLY_NOT_REACHED.match(p.label))
                and len(p.label) <= 8
            )
        )
    if not otherwise and all(p.interval is not None and p.interval.lo is None for _, p in rows):
        otherwise = b.take(lambda p: p.what is What.TEXT and p.gives is Gives.ZERO and bool(_EXCEEDED.fullmatch(p.label)))
    if len(rows) == 1 and not otherwise and add_each_one(b, rows[0]):
        return
    units = {p.unit for _, p in rows if p.unit}
    if len({"%" if u in RATE_UNITS else u for u in units}) > 1 and not units <= {
        "人",
        "名",
        "个",
        "家",
        "户",
        "天",
        "日",
    }:
        raise Unreadable("各档的单位不一致")
    unit = next(iter(units), "")
    pieces = [p for _, p in rows]
    if b.some(lambda p: p.gives is Gives.DEDUCT and p.what in (What.EVENT, What.TEXT)):
        pieces = [replace(p, also="", label="") for p in pieces]
    if b.plan.ladder:
        pieces = extend_ladder(pieces, b.plan.cap or b.plan.award_limit)
        b.plan.ladder = False
    if b.plan.interp:
        add_interpolation(b, pieces, rows[0][0], unit)
        return
    bands, implied = band_rows(pieces, b.plan, points_of)
    node = Bands(
        measure=b.measure(rows[0][0], unit), rows=bands, implied_zero="" if otherwise or b.plan.veto else implied,
        otherwise=points_of(otherwise[0][1], b.plan) if otherwise else None,
    )  # fmt: skip
    b.parts.append(node)
    b.full += max((b.points for b in bands if b.points is not None), default=ZERO)
    b.awards = True


_EXCEEDED = re.compile(r"(?:超出|超过|超|高于|突破)(?:的|此|该|规定|上述)?(?:范围|比例|标准|限额|目标|部分|控制数)?")


def add_each_one(b: Builder, row: tuple[int, Piece]) -> bool:
    """建成1个得2分,满分6分: so much for each."""
    index, piece = row
    limit = b.plan.declared or b.plan.cap or b.plan.award_limit or b.plan.weight
    counted = (
        piece.interval is not None
        and piece.interval.is_point
        and piece.interval.lo == 1
        and not piece.stated_compare
    )
    if (
        not counted
        or piece.unit in RATE_UNITS
        or limit is None
        or piece.points is None
        or piece.also
        or piece.label
    ):
        return False
    if limit <= piece.points or limit % piece.points:
        return False
    stated = b.plan.declared or b.plan.cap or b.plan.award_limit
    event = Event(
        counted=Counted(text=piece.scope, unit=piece.unit), points=piece.points, limit=stated, award=True
    )
    b.parts.append(Items(parts=(event,)))
    b.plan.measures = [m for m in b.plan.measures if m != b.names.get(index)]
    b.awards = True
    b.full += limit
    return True


def _ends_once(pieces: list[Piece]) -> list[Piece]:
    """70%以下不得分 beside 70%对应0分 says the same end twice; 80%得0分 beside 100%得满分 is the low end."""
    points = [p for p in pieces if p.interval is not None and p.interval.is_point]
    if len(pieces) == 2 and len(points) >= 1:
        low = min(pieces, key=lambda p: (p.interval.lo or ZERO) if p.interval else ZERO)
        if low in points and low.gives is Gives.ZERO and low.interval is not None:
            end = replace(low, interval=Interval(hi=low.interval.hi, hi_in=True))
            return [end if p is low else p for p in pieces]
    kept: list[Piece] = []
    for piece in pieces:
        same = [
            p for p in kept
            if p.interval and piece.interval and p.gives is piece.gives and p.points == piece.points
            and (p.interval.lo, p.interval.hi) == (piece.interval.lo, piece.interval.hi)
        ]  # fmt: skip
        if not same:
            kept.append(piece)
    return kept


def add_interpolation(b: Builder, pieces: list[Piece], index: int, unit: str) -> None:
    """≥95%得满分,≤60%不得分,介于其间按线性插值; 100%得10分,80%得6分,介于其间按线性插值,低于80%不得分."""
    pieces = _ends_once(pieces)
    if any(p.interval is None or p.also or p.label or p.interval.is_two_sided for p in pieces):
        raise Unreadable("插值计分的两端不明")
    marks = {_mark(p): p for p in pieces if not _below_all(p, pieces)}
    beneath = [p for p in pieces if _below_all(p, pieces)]
    xs = sorted(marks)
    if len(xs) < 2 or len(marks) + len(beneath) != len(pieces) or len(beneath) > 1:
        raise Unreadable("插值计分的两端不明")
    points = [points_of(marks[x], b.plan) for x in xs]
    rising = all(y0 < y1 for y0, y1 in pairwise(points))
    if not rising and not all(y0 > y1 for y0, y1 in pairwise(points)):
        raise Unreadable("插值计分的各点忽高忽低")
    for x, outward in ((xs[0], "hi"), (xs[-1], "lo")):
        interval = marks[x].interval
        assert interval is not None
        if not interval.is_point and getattr(interval, outward) is None:
            raise Unreadable("插值计分的两端颠倒")
    if any(not marks[x].interval.is_point for x in xs[1:-1]):  # type: ignore[union-attr]
        raise Unreadable("插值计分的两端不明")
    if b.plan.interp_range not in (None, (xs[0], xs[-1])):
        raise Unreadable("插值计分的区间与两端不一致")
    measure = b.measure(index, unit)
    worst = marks[xs[0] if rising else xs[-1]]
    bare = worst.interval is not None and worst.interval.is_point and min(points) > 0
    open_end = ("below" if rising else "above") if bare else ""
    b.parts.append(Interp(measure=measure, marks=tuple(zip(xs, points, strict=True)), open_end=open_end))
    for piece in beneath:
        assert piece.interval is not None
        if rising and piece.interval.hi != xs[0]:
            raise Unreadable("插值计分的两端与不得分的界线不衔接")
        b.gates.append((ValueIn(measure=measure, interval=replace(piece.interval, hi_in=False)), ZERO))
    b.plan.interp = False
    b.full += max(points)
    b.awards = True


def _mark(piece: Piece) -> Decimal:
    """The value at which a row's points are stated."""
    assert piece.interval is not None
    bound = piece.interval.lo if piece.interval.lo is not None else piece.interval.hi
    assert bound is not None
    return bound


def _below_all(piece: Piece, pieces: list[Piece]) -> bool:
    """低于80%不得分 beside 80%得6分: where the line breaks off."""
    if piece.gives is not Gives.ZERO or piece.interval is None or piece.interval.hi is None or piece.interval.is_point:
        return False
    here = [p for p in pieces if p is not piece and p.interval is not None and p.interval.is_point and _mark(p) == piece.interval.hi]
    return bool(here) and here[0].gives is not Gives.ZERO and len(pieces) > 2
