"""Rows that ask for several rates at once: 办结率=100%且满意率≥95%得5分;办结率=100%但满意率<95%得3分;办结率<100%不得分."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import points_of, same_measure
from jxreport.rules.conditions import AllOf, Cond, ValueIn
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Gate, Human, Total
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Measure, Node


def add_pairs(b: Builder) -> None:
    """Rows in the order of the sentence; a combination that no row names is left to a person."""
    if not any(p.pairs for p in b.pieces):
        return
    rows = b.take(lambda p: p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO))
    otherwise = b.take(lambda p: p.what is What.ELSE and p.gives in (Gives.AWARD, Gives.ZERO))
    names: list[str] = []
    for _, piece in rows:
        for name in [name for name, _ in piece.pairs] or [piece.measure]:
            if name and not any(same_measure(name, known) for known in names):
                names.append(name)
    if len(names) < 2 or len(otherwise) > 1 or any(p.also or p.label or p.interval is None and not p.pairs for _, p in rows):
        raise Unreadable("几个比率同时作条件，关系不明")
    if otherwise:
        body: Node = Total(base=points_of(otherwise[0][1], b.plan), parts=())
    else:
        body = Human(why="几个比率的这种组合如何得分没有写明")
    for _, piece in reversed(rows):
        body = Gate(cond=_condition(piece, names), body=body, points=points_of(piece, b.plan))
    b.plan.measures = names
    b.parts.append(body)
    b.full += max(points_of(p, b.plan) for _, p in rows)
    b.awards = True


def _condition(piece: Piece, names: list[str]) -> Cond:
    stated = piece.pairs or ((piece.measure, piece.interval),)
    made = []
    for name, interval in stated:
        full = [known for known in names if name and same_measure(name, known)]
        if len(full) != 1 or interval is None:
            raise Unreadable(f"“{piece.scope}”针对哪一个比率不明")
        made.append(ValueIn(measure=Measure(name=full[0], unit="%", key=f"value:{full[0]}"), interval=_up(interval)))
    return AllOf(parts=tuple(made)) if len(made) > 1 else made[0]


def _up(interval: Interval) -> Interval:
    """验收合格率100%: the full rate, as in bands."""
    hundred = interval.is_point and interval.lo == Decimal(100)
    return replace(interval, hi=None, hi_in=None) if hundred else interval


