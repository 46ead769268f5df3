"""Clauses that a person scores (酌情扣分, 得1-4分, 扣分 without a number) beside clauses that can be computed."""

from __future__ import annotations

import re
from dataclasses import replace

from jxreport.rules.build.builder import Builder
from jxreport.rules.interval import Interval
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.textrows import same_scale


def check_humans(b: Builder) -> None:
    """Keep what a person decides apart from what is computed; Unreadable where the two cannot be told apart."""
    human = [p for p in b.pieces if p.gives is Gives.HUMAN]
    if not human:
        return
    rest = [p for p in b.pieces if p.gives is not Gives.HUMAN]
    if _rest_of_row(b, human, rest) or _tiers(human, rest):
        return
    conditional = all(p.what in (What.VALUE, What.TARGET) for p in human)
    plain_rows = all(
        p.what in (What.VALUE, What.TARGET, What.ELSE) and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO)
        for p in rest
    )
    if rest and conditional and plain_rows:
        return
    if not (rest and all(_is_local(p) for p in human)):
        raise Unreadable(human[0].why or "需要人工评定")
    b.humans = human
    b.pieces = rest


def _rest_of_row(b: Builder, human: list[Piece], rest: list[Piece]) -> bool:
    """要素完整得5分,否则酌情扣分: a person decides where the one full mark is not reached."""
    if len(human) != 1 or human[0].what is not What.ELSE or len(rest) != 1:
        return False
    only = rest[0]
    full = only.gives is Gives.FULL or only.points is not None and only.points == b.plan.weight
    if not full:
        return False
    if only.what is What.TEXT:
        b.humans = [replace(human[0], label=only.label)]
        b.pieces = rest
        return True
    inside = only.interval
    if only.what is What.VALUE and inside is not None and not only.also and None in (inside.lo, inside.hi) and not only.more:
        flipped = Interval(
            lo=inside.hi, hi=inside.lo, lo_in=_not(inside.hi_in), hi_in=_not(inside.lo_in), law=inside.law, stated=inside.stated
        )
        missed = replace(only, gives=Gives.HUMAN, points=None, interval=flipped, why=human[0].why, start=human[0].start)
        b.pieces = [only, missed]
        b.names = dict.fromkeys((0, 1), only.measure)
        return True
    return False


def _not(included: bool | None) -> bool | None:
    return None if included is None else not included


def _tiers(human: list[Piece], rest: list[Piece]) -> bool:
    """整改到位得5分,整改不到位的视情况得1-4分: one of the tiers is left to a person."""
    rows = all(p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO) and not p.items for p in rest)
    if not rest or not rows or any(p.what is not What.TEXT for p in human):
        return False
    if any(re.search(r"排序|相应", p.why) for p in human) or all(p.gives is Gives.ZERO for p in rest):
        return False
    return same_scale([p.label for p in (*rest, *human)])


def _is_local(piece: Piece) -> bool:
    """Discretion over one fault only (落实不好的酌情扣分): it matters where that fault is there."""
    return piece.what in (What.TEXT, What.EVENT) and len(piece.label) >= 3 and re.search(r"排序|相应", piece.why) is None
