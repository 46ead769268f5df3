"""Rows that compare with a target outside the sentence."""

from __future__ import annotations

import re

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, points_of
from jxreport.rules.conditions import ValueAgainstTarget
from jxreport.rules.nodes import Gate, HumanGate, Total
from jxreport.rules.pieces import ONLY_NOT_REACHED, Gives, Unreadable, What
from jxreport.rules.tree import Measure, Node


def add_targets(b: Builder) -> None:
    """Rows that compare with a target outside the sentence."""
    if b.some(lambda p: p.what is What.STEP) or b.parts:
        return  # the comparison with the target is where the steps begin
    if target_shortfall(b):
        return
    if b.some(lambda p: p.what is What.TARGET) and not b.some(
        lambda p: p.what is What.TARGET and p.gives is not Gives.ZERO
    ):
        return  # gates
    rows = b.take(
        lambda p: p.what is What.TARGET and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO, Gives.HUMAN)
    )
    if not rows:
        changes = b.some(lambda p: p.what is What.TARGET)
        if changes:
            target_changes(b)
        return
    otherwise = b.take(lambda p: p.what is What.ELSE and p.gives in (Gives.AWARD, Gives.ZERO))
    if not otherwise:
        otherwise = b.take(
            lambda p: (
                p.what is What.TEXT
                and p.gives is Gives.ZERO
                and bool(ONLY_NOT_REACHED.match(p.label) or re.fullmatch(r"(?:高于|低于|超过|大于|小于|少于|超出)", p.label))
                and len(p.label) <= 6
            )
        )
        b.take(lambda p: p.what is What.ELSE and p.gives is Gives.ZERO)
    names = {p.target for _, p in rows}
    if len(names) > 1 and not all(a in b or b in a for a in names for b in names):
        raise Unreadable("有几个不同的目标值")
    body: Node = Total(base=points_of(otherwise[0][1], b.plan) if otherwise else ZERO, parts=())
    if (
        any(p.op in ("≤", "<") for _, p in rows)
        and any(p.op in ("≥", ">") for _, p in rows)
        or otherwise
        or len(rows) == 1
    ):
        pass
    else:
        raise Unreadable("与目标值比较的各档不能覆盖所有情形")
    top = max((points_of(p, b.plan) for _, p in rows if p.gives is not Gives.HUMAN), default=ZERO)
    name = max((p.target for _, p in rows), key=len)
    for index, piece in reversed(rows):
        measure = Measure(name=b.names.get(index, ""), unit="", key="value", target_name=name)
        aim = bool(re.search(r"达到|达不到|未达|没有达|完成", piece.scope)) and piece.op in ("≥", "<")
        cond = ValueAgainstTarget(
            measure=measure, op=piece.op, factor=piece.factor, away=piece.away, text=piece.scope, aim=aim
        )
        if piece.gives is Gives.HUMAN:
            body = HumanGate(cond=cond, body=body, why=piece.why)
        else:
            body = Gate(cond=cond, body=body, points=points_of(piece, b.plan))
    b.parts.append(body)
    b.full += top
    b.awards = True


def target_shortfall(b: Builder) -> bool:
    """培训人次达到计划数得4分,每少10人次扣0.5分: the shortfall from the target is what is deducted."""
    rows = b.some(lambda p: p.what is What.TARGET)
    short = b.some(lambda p: p.what is What.EVENT and p.gives is Gives.DEDUCT and p.deviation)
    if len(rows) != 1 or not short or rows[0][1].gives is Gives.ZERO:
        return False
    index, row = rows[0]
    points = points_of(row, b.plan)
    if (
        row.op not in ("≥", "=")
        or row.factor != 100
        or points != b.plan.worth()
        or len(short) != 1
        or short[0][1].side != "below"
    ):
        raise Unreadable("与目标值相差的扣分办法不明")
    b.used.add(index)
    b.parts.append(Total(base=points, parts=(), full_words=row.scope))
    b.plan.shortfall = True
    b.full += points
    b.awards = True
    return True


def target_changes(b: Builder) -> None:
    raise Unreadable("与目标值比较的加扣分条款需要人工确认")
