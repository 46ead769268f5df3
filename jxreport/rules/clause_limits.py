"""Where a limit (最多扣5分, 8分封顶) belongs: to the clause before it, to all clauses of its sign, or to the score."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from jxreport.rules.pieces import Gives, Piece, What

if TYPE_CHECKING:
    from jxreport.rules.walker import Walk


def _one_segment(text: str, pieces: list[Piece]) -> bool:
    """Do the clauses stand between the same full stops or semicolons?"""
    return not re.search(r"[;。]", text[pieces[0].start : pieces[-1].start])


def place_limit(walk: Walk, word: str, points: Decimal, total: bool) -> None:
    """Where a limit belongs: to the clause before it, to all clauses of its sign, or to the score."""
    plan = walk.plan
    sign = Gives.DEDUCT if "扣" in word or "减" in word else Gives.ADD if "加" in word else None
    last = walk.pieces[-1] if walk.pieces else None
    changes = [
        p
        for p in walk.pieces
        if p.gives in (Gives.ADD, Gives.DEDUCT) or p.gives is Gives.AWARD and p.what is What.EVENT
    ]
    counted = last is not None and last.gives is Gives.AWARD and last.what is What.EVENT
    if (
        last is not None
        and last in changes
        and (sign is None or word in ("得", "计", "记", "赋", "给") and counted)
    ):
        sign = last.gives
    elif sign is Gives.ADD and last is not None and last.gives is Gives.AWARD and last.what is What.EVENT:
        sign = Gives.AWARD
    same = [p for p in changes if p.gives is sign]
    base = any(p.gives in (Gives.AWARD, Gives.FULL) and p.what is not What.EVENT for p in walk.pieces)
    together = sign is not None and len(same) > 1 and (not word or _one_segment(walk.reader.text, same))
    if last is not None and last.what is What.EVENT and any(p is not last and p.points and p.points >= points for p in same):
        together = total = False  # 甲扣2分,乙每处扣0.5分,最多扣2分: as a limit of both it would leave nothing of the second
    if together and not (points == plan.weight and base):
        total = True
    if (
        points == plan.weight
        and not (counted and sign is Gives.AWARD)
        and (
            word == "得"
            or "满" in walk.reader.text[walk.at : walk.at + 6]
            or base
            and sign is Gives.ADD
            and not total
        )
    ):
        plan.cap, plan.capped = points, True
    elif sign is None or not same:
        plan.cap = points
    elif sign is Gives.ADD and all(p.what is What.VALUE for p in same):
        plan.add_limit = points
    elif len(same) > 1 and (total or "每" not in word):
        if not total and len(same) > 1 and last is same[-1]:
            walk.pieces[-1] = replace(last, limit=points)
            return
        if sign is Gives.DEDUCT:
            plan.deduct_limit = points
        elif sign is Gives.ADD:
            plan.add_limit = points
        else:
            plan.award_limit = points
    else:
        index = walk.pieces.index(same[-1])
        walk.pieces[index] = replace(same[-1], limit=points)
