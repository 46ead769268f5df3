"""Score formulas and proportional points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, Plan, points_of, same_measure
from jxreport.rules.conditions import ValueIn
from jxreport.rules.evaluation import ByHand, Evaluation
from jxreport.rules.expression import Binary, Constant, Operand, compute, constants, operands, rekey
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Branch, Formula, Gate
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Measure, Node


def add_formulas(b: Builder) -> None:
    found = b.take(lambda p: p.gives is Gives.FORMULA)
    if not found:
        return
    if len(found) > 1:
        add_formula_list(b, found)
        return
    piece = found[0][1]
    expr, name = piece.expr, piece.label
    assert isinstance(expr, (Constant, Operand, Binary))
    single = list({o.name: o for o in operands(expr)}.values())
    if len(single) == 1:
        unit = "%" if single[0].rate else single[0].unit
        expr = rekey(expr, {single[0].name: replace(single[0], key="value", unit=unit)})
        b.plan.measures = b.plan.measures or [single[0].name]
    if (
        any(o.rate for o in operands(expr))
        and any(c.value == 100 and not c.weight for c in constants(expr))
        and b.plan.worth() != 100
        and not any(_as_share(e) for e in _walk_expression(expr))
    ):
        raise Unreadable("公式里的率按百分数还是按小数代入不明")
    if any(_lost_percent(e) for e in _walk_expression(expr)):
        raise Unreadable("公式里的率除以一个没有百分号的数，可能漏了百分号")
    body: Node = Formula(expr=expr, name=name.removeprefix("即") or "得分", places=None)
    if "扣" in name:
        if piece.interval is not None or b.some(lambda p: p.gives is not Gives.FORMULA):
            raise Unreadable("扣分公式的适用范围不明")
        whole = Constant(value=b.plan.worth(), weight=b.plan.worth() == b.plan.weight)
        body = Formula(expr=Binary(op="-", left=whole, right=expr), name="得分", places=None)
        b.plan.capped = True
    reached = b.take(
        lambda p: (
            p.what in (What.TARGET, What.TEXT)
            and p.gives in (Gives.FULL, Gives.AWARD)
            and is_reached(p, b.plan, expr)
        )
    )
    if reached and not is_ratio(expr):
        raise Unreadable("公式与满分条件的关系不明")
    b.plan.capped = b.plan.capped or bool(reached)
    full_rows = b.take(lambda p: p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO))
    if full_rows and len(single) == 1 and not single[0].rate:
        full_rows = [(i, p) for i, p in full_rows if not is_nothing(p, expr)]
    plain_rows = len(single) == 1 and all(not p.unit and same_measure(p.measure, single[0].name) for _, p in full_rows)
    if full_rows and (len(single) != 1 or not single[0].rate and not plain_rows):
        raise Unreadable("公式与档次的关系不明")
    drop_complement(b, piece, full_rows)
    for index, row in reversed(full_rows):
        if row.also or row.label or row.interval is None:
            raise Unreadable("公式与档次的关系不明")
        measure = Measure(name=single[0].name, unit="%" if single[0].rate else single[0].unit, key="value")
        b.names[index] = measure.name
        body = Gate(
            cond=ValueIn(measure=measure, interval=row.interval), body=body, points=points_of(row, b.plan)
        )
    if any(p.gives in (Gives.AWARD,) for _, p in b.some(lambda p: True)):
        raise Unreadable("公式与其他得分条款的关系不明")
    b.parts.append(body)
    b.awards = True
    b.full = b.plan.worth() if b.plan.weight is not None or b.plan.declared is not None else ZERO


def add_stretches(b: Builder, found: list[tuple[int, Piece]]) -> bool:
    """80%(含)-100%的按完成率×分值计分;60%(含)-80%的按完成率×分值×50%计分: one formula for each stretch of the one rate."""
    exprs = [p.expr for _, p in found]
    named = {o.name for e in exprs for o in operands(e)}  # type: ignore[arg-type]
    stretches = [p.interval for _, p in found]
    if len(named) != 1 or None in stretches or any("扣" in p.label for _, p in found):
        return False
    rows = b.some(lambda p: p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO))
    name = next(iter(named))
    fits = all(p.interval is not None and not p.also and not p.label and same_measure(p.measure, name) for _, p in rows)
    if not fits or not _covered([*stretches, *(p.interval for _, p in rows)]):
        raise Unreadable("有几个计分公式，适用的区间不相接")
    rate = next(operands(exprs[0])).rate  # type: ignore[arg-type]
    unit = "%" if rate else ""
    measure = Measure(name=name, unit=unit, key="value")
    made = [
        Formula(expr=rekey(e, {name: replace(next(operands(e)), key="value", unit=unit)}), name=p.label or "得分")  # type: ignore[arg-type]
        for e, (_, p) in zip(exprs, found, strict=True)
    ]
    last = stretches[-1]
    assert last is not None
    body: Node = replace(made[-1], when=last.words(name, unit))
    for node, interval in reversed(list(zip(made[:-1], stretches[:-1], strict=True))):
        assert interval is not None
        body = Branch(cond=ValueIn(measure=measure, interval=interval), then=node, body=body)
    for index, row in reversed(rows):
        assert row.interval is not None
        b.used.add(index)
        b.names[index] = name
        interval = _yield_to(row.interval, stretches)
        body = Gate(cond=ValueIn(measure=measure, interval=interval), body=body, points=points_of(row, b.plan))
    b.plan.measures = [name]
    b.parts.append(body)
    b.awards = True
    b.full = b.plan.worth()
    return True


def _covered(intervals: list[Interval | None]) -> bool:
    """Do the stretches lie side by side without a gap, from below everything (or 0) to above everything (or 100)?"""
    known = [i for i in intervals if i is not None]
    low, high = Decimal("-Infinity"), Decimal("Infinity")
    ends = sorted((low if i.lo is None else i.lo, high if i.hi is None else i.hi) for i in known)
    meets = all(a[1] == b[0] for a, b in pairwise(ends))
    return meets and ends[0][0] in (low, ZERO) and ends[-1][1] in (high, Decimal(100))


def _yield_to(row: Interval, stretches: list[Interval | None]) -> Interval:
    """60%以下不得分 beside 60%(含)-80%: the stretch that names the bound as its own has it."""
    for other in stretches:
        if other is not None and row.law and not row.stated and row.hi is not None and other.lo == row.hi and other.lo_in:
            return replace(row, hi_in=False, law=False)
    return row


def add_formula_list(b: Builder, found: list[tuple[int, Piece]]) -> None:
    """甲完成率达到100%得10分,低于100%,得分=甲完成率×10;乙率达95%得10分,低于95%,得分=乙率×10: one gate each."""
    if add_stretches(b, found):
        return
    names: list[str] = []
    rows_all = b.some(lambda p: p.what is What.VALUE and p.gives is Gives.AWARD)
    if len(rows_all) != len(found) or any(
        r[1].start > f[1].start for r, f in zip(rows_all, found, strict=True)
    ):
        raise Unreadable("有几个计分公式，适用范围不明")
    b.used.update(i for i, _ in rows_all)
    for (_, row), (_, piece) in zip(rows_all, found, strict=True):
        expr = piece.expr
        assert isinstance(expr, (Constant, Operand, Binary))
        single = list({o.name: o for o in operands(expr)}.values())
        name = row.measure
        if (
            len(single) != 1
            or not single[0].rate
            or "扣" in piece.label
            or name in names
            or not same_measure(name, single[0].name)
        ):
            raise Unreadable("有几个计分公式，适用范围不明")
        names.append(name)
        drop_complement(b, piece, [(0, row)])
        if not name or row.also or row.label or row.interval is None:
            raise Unreadable("有几个计分公式，适用范围不明")
        expr = rekey(expr, {single[0].name: replace(single[0], name=name, key=f"var:{name}")})
        measure = Measure(name=name, unit="%", key=f"var:{name}")
        body = Formula(expr=expr, name=piece.label or "得分")
        b.parts.append(
            Gate(
                cond=ValueIn(measure=measure, interval=row.interval), body=body, points=points_of(row, b.plan)
            )
        )
        b.full += points_of(row, b.plan)
    b.awards = True


def drop_complement(b: Builder, piece: Piece, rows: list[tuple[int, Piece]]) -> None:
    """低于100%,得分=…: the formula's own interval must be what the rows leave."""
    if piece.interval is None:
        return
    covered = [row.interval for _, row in rows if row.interval]
    own = piece.interval
    natural = (ZERO, Decimal(100)) if own.is_two_sided else ()
    for bound, inside, low in ((own.lo, own.lo_in, True), (own.hi, own.hi_in, False)):
        meets = [other for other in covered if bound is not None and bound == (other.hi if low else other.lo)]
        if bound is None or any(other.is_point for other in meets):
            continue
        if not meets and (bound not in natural or inside is False):
            raise Unreadable("公式适用的区间与其他档次不衔接")
        if inside is False and meets and all((o.hi_in if low else o.lo_in) is False for o in meets):
            raise Unreadable("公式适用的区间与其他档次之间有缺口")


def is_reached(piece: Piece, plan: Plan, expr: Constant | Operand | Binary) -> bool:
    """完成任务得满分, 实际数≥计划数得满分: where the ratio of the formula is 1 or more."""
    if piece.gives is Gives.AWARD and piece.points != plan.weight:
        return False
    names = tuple(dict.fromkeys(o.name for o in operands(expr)))
    if piece.what is What.TARGET:
        inverse = piece.measure and divides(expr, piece.target, piece.measure)  # 概算/实际造价: less is better
        return piece.op in (("≤",) if inverse else ("≥", "=")) and piece.factor == 100
    last = re.split("[,:]", piece.label)[-1]
    if len(names) == 2 and all(name in last for name in names):
        return True
    return (
        bool(re.search(r"^(?:全部|按时|按期|全面|如期)?(?:完成|达到|实现|达标)", last)) and "、" not in last
    )


def divides(expr: Constant | Operand | Binary, above: str, below: str) -> bool:
    """Does the formula divide what is named `above` by what is named `below`?"""
    return any(
        isinstance(e, Binary) and e.op == "÷" and isinstance(e.left, Operand) and isinstance(e.right, Operand)
        and (above in e.left.name or e.left.name in above) and (below in e.right.name or e.right.name in below)
        for e in _walk_expression(expr)
    )  # fmt: skip


def is_nothing(piece: Piece, expr: Constant | Operand | Binary) -> bool:
    """逾期超过30天得0分 beside 分值×(1-逾期天数/30): the formula gives nothing there by itself."""
    if (
        piece.gives is not Gives.ZERO
        or piece.interval is None
        or piece.interval.lo is None
        or piece.interval.hi is not None
    ):
        return False
    answers = {o.need.key: piece.interval.lo for o in operands(expr)}
    try:
        return compute(expr, Evaluation(answers=answers, readings={})) <= 0
    except ByHand:
        return False


def _walk_expression(expr: Constant | Operand | Binary) -> Iterator[Constant | Operand | Binary]:
    yield expr
    if isinstance(expr, Binary):
        yield from _walk_expression(expr.left)
        yield from _walk_expression(expr.right)


def _as_share(expr: Constant | Operand | Binary) -> bool:
    """100%-完成率: beside a percentage the rate can only be a share."""
    if not isinstance(expr, Binary) or expr.op not in "+-":
        return False
    sides = (expr.left, expr.right)
    return any(isinstance(s, Constant) and s.percent for s in sides) and any(isinstance(s, Operand) and s.rate for s in sides)


def _lost_percent(expr: Constant | Operand | Binary) -> bool:
    """覆盖率/85: a share divided by 85 is a lost %."""
    if not isinstance(expr, Binary) or expr.op != "÷":
        return False
    rate, divisor = expr.left, expr.right
    return isinstance(rate, Operand) and rate.rate and isinstance(divisor, Constant) and not divisor.percent and divisor.value > 1


def is_ratio(expr: object) -> bool:
    """rate × points or a ÷ b × points: at completion the formula gives the full mark."""
    if not isinstance(expr, Binary) or expr.op != "×":
        return False
    sides = (expr.left, expr.right)
    return any(isinstance(s, Constant) for s in sides) and any(
        isinstance(s, Operand) and s.rate or isinstance(s, Binary) and s.op == "÷" for s in sides
    )
