"""Score formulas and proportional points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, Plan, points_of, same_measure
from jxreport.rules.evaluation import ByHand, Evaluation
from jxreport.rules.expression import Binary, Constant, Operand, compute, constants, operands, rekey
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Branch, Formula, Gate, Scale, Step
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Measure, Node, ValueIn


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
    if full_rows and (len(single) != 1 or not single[0].rate):
        raise Unreadable("公式与档次的关系不明")
    drop_complement(b, piece, full_rows)
    for index, row in reversed(full_rows):
        if row.also or row.label or row.interval is None:
            raise Unreadable("公式与档次的关系不明")
        measure = Measure(name=single[0].name, unit="%", key="value")
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


def add_scale(b: Builder) -> None:
    found = b.take(lambda p: p.gives is Gives.SCALE)
    if not found:
        return
    formula, zeros = unwrapped(b.parts[0]) if b.parts else (None, [])
    if isinstance(formula, Formula) and is_ratio(formula.expr):
        for _, scaled in found:
            if scaled.interval is not None and zeros:
                drop_complement(b, scaled, [(0, replace(scaled, interval=i)) for i in zeros])
        return  # 未完成的按比例得分: the formula says how
    if len(found) > 1:
        add_scales(b, found)
        return
    index, piece = found[0]
    ahead = [p for p in b.pieces if p.gives in (Gives.AWARD, Gives.FULL) and p.start < piece.start]
    nearest = ahead[-1] if ahead else None
    rows = b.take(
        lambda p: (
            p.what is What.VALUE
            and p.gives in (Gives.AWARD, Gives.FULL)
            and same_measure(p.measure, piece.measure)
            and (
                nearest is None
                or nearest.what is What.VALUE and p.measure in ("", nearest.measure)
                or nearest.what is not What.VALUE and p.start < piece.start
            )
        )
    )
    texts = (
        []
        if rows
        else b.take(lambda p: p.what in (What.TEXT, What.TARGET) and p.gives in (Gives.AWARD, Gives.FULL))
    )
    if len(rows) > 1 or len(texts) > 1:
        raise Unreadable("按比例计分与几个得分档次并列，关系不明")
    full_at, points = Decimal(100), b.plan.weight if b.plan.declared is None else b.plan.declared
    stated = bool(rows or texts)
    if rows:
        row = rows[0][1]
        assert row.interval is not None
        if (
            row.also
            or row.interval.lo is None
            or row.unit != "%"
            or (row.interval.hi is not None and not row.interval.is_point)
        ):
            raise Unreadable("按比例计分只用于“达到……得满分”的指标")
        full_at, points = row.interval.lo, points_of(row, b.plan)
    elif texts:
        points = points_of(texts[0][1], b.plan)
        target = texts[0][1]
        if target.what is What.TARGET and (target.op not in ("≥", "=") or target.factor != 100):
            raise Unreadable("反向指标按比例扣分的办法不明")
    if points is None:
        raise Unreadable("不知道该指标的分值，无法按比例计分")
    zero_at = _zero_line(b, piece, full_at)
    if piece.interval is not None and zero_at is None and not (piece.interval.lo is None and piece.interval.hi == full_at):
        raise Unreadable("按比例计分的区间与满分条件不衔接")
    if re.search(r"超|高于|大于", piece.scope) and not rows and "扣" in piece.verb:
        raise Unreadable("超出部分按比例扣分的办法不明")
    name = b.names.get(index, "")
    measure = replace(b.measure(index, "%"), of_target=True, name=name or "完成率", unit="%")
    if measure.key == "value":
        b.plan.measures = [measure.name]
    stated_targets = [
        f
        for _, f in b.plan.reader.requirements
        if re.search(r"(?:目标|指标)值[:为是]?$", f.before) and f.unit == "%"
    ]
    against = bool(texts) and (
        texts[0][1].what is What.TARGET or bool(re.search(r"目标值|指标值|计划数", texts[0][1].label))
    )
    if len(stated_targets) == 1 and stated_targets[0].interval.lo is not None and not rows:
        full_at, against = stated_targets[0].interval.lo, False
        measure = replace(measure, of_target=False, name="实际完成值")
    if against:
        measure = replace(measure, name="完成率")
    own_rate = bool(re.search(r"按(?:照)?(?:其|实际)?[^,;。]*(?:完成比例|完成率|执行率|到位率|[\u4e00-\u9fff]率)", _words_of(b, piece)))
    of_hundred = True if full_at == 100 and (zero_at is None or own_rate) else None
    b.parts.append(
        Scale(
            measure=measure,
            points=points,
            full_at=full_at,
            of_hundred=of_hundred,
            zero_at=zero_at,
            needs_target=against,
            free=full_at == 100 and not b.plan.capped and b.plan.cap is not None and b.plan.cap > points,
            capped=stated or b.plan.capped,
        )
    )
    b.take(lambda p: p.what is What.ELSE and p.gives is Gives.ZERO)
    _beyond_full(b, measure)
    _nothing_below(b, measure, zero_at)
    b.full += max(points, b.plan.weight or ZERO) if b.plan.bonus else points
    b.awards = True


_COMPLETION = re.compile(r"(?:实际|目标|任务|计划)?(?:完成|达成)(?:值)?(?:比例|率|程度|进度|情况)?|比例|比率")


def _words_of(b: Builder, piece: Piece) -> str:
    return b.plan.reader.text[piece.start : piece.end]


def _zero_line(b: Builder, piece: Piece, full_at: Decimal) -> Decimal | None:
    """60%-90%之间按比例得分 with 60%以下不得分: where nothing is left. None where the text names no such line."""
    interval = piece.interval
    if interval is None or interval.lo is None or interval.is_point or interval.hi not in (None, full_at):
        return None
    zeros = b.some(lambda p: p.what is What.VALUE and p.gives is Gives.ZERO and p.interval is not None)
    ends = [p.interval.hi for _, p in zeros if p.interval is not None and p.interval.lo is None]
    if interval.lo == 0 and not ends:
        return ZERO
    return interval.lo if ends == [interval.lo] else None


def _nothing_below(b: Builder, measure: Measure, zero_at: Decimal | None) -> None:
    """完成比例低于60%的不得分: the bound speaks of the completion that earns the points."""
    for index, piece in b.some(lambda p: p.what is What.VALUE and p.gives is Gives.ZERO and p.unit == "%"):
        name = b.names.get(index, "")
        interval = piece.interval
        if interval is None or piece.also or piece.label or not (name == measure.name or not name or _COMPLETION.fullmatch(name)):
            continue
        if zero_at is not None and interval.hi == zero_at:
            interval = replace(interval, hi_in=False)
        b.used.add(index)
        b.gates.append((ValueIn(measure=measure, interval=interval), ZERO))


def _beyond_full(b: Builder, measure: Measure) -> None:
    """完成任务得8分,每超额完成10%加1分;未完成的按完成比例得分: the bonus steps begin at full completion."""
    for index, piece in b.some(lambda p: p.what is What.STEP and p.gives is Gives.ADD and p.side == "above"):
        own = piece.interval
        from_full = own is None or own.lo == 100 and own.hi is None
        if not from_full or piece.measure and not same_measure(piece.measure, measure.name) or piece.target or piece.relative:
            raise Unreadable(f"“{piece.scope}”与按比例计分的关系不明")
        b.used.add(index)
        limit = piece.limit if piece.limit is not None else b.plan.add_limit
        b.parts.append(
            Step(
                measure=measure, anchor=Decimal(100), side="above", size=piece.size, points=points_of(piece, b.plan),
                unit=piece.unit, partial=b.plan.partial, limit=limit,
            )
        )  # fmt: skip
        b.plan.add_limit = None
        b.plan.bonus = True


def add_scales(b: Builder, found: list[tuple[int, Piece]]) -> None:
    """甲率100%得2分,未达到100%的按比例得分;乙率100%得2分,未达到100%的按比例得分: one part for each rate."""
    rows = b.some(lambda p: p.what is What.VALUE and p.gives is Gives.AWARD)
    pairs = list(zip(rows, found, strict=False))
    names = [row.measure for (_, row), _ in pairs]
    fits = all(
        row.interval is not None and row.interval.lo == 100 and row.unit == "%" and not row.also and not row.label
        and row.start < scale.start and "扣" not in scale.verb
        and (scale.interval is None or scale.interval.lo is None and scale.interval.hi == 100)
        for (_, row), (_, scale) in pairs
    )  # fmt: skip
    order = [i for pair in pairs for i, _ in pair]
    if len(rows) != len(found) or not fits or order != sorted(order) or len(set(names)) != len(names) or "" in names:
        raise Unreadable("有几处按比例计分，关系不明")
    if any(same_measure(x, y) for i, x in enumerate(names) for y in names[:i]):
        raise Unreadable("有几处按比例计分，关系不明")
    b.used.update(i for i, _ in rows)
    b.plan.measures = names
    for (_, row), _ in pairs:
        points = points_of(row, b.plan)
        measure = Measure(name=row.measure, unit="%", key=f"value:{row.measure}")
        b.parts.append(Scale(measure=measure, points=points, of_hundred=True))
        b.full += points
    b.awards = True


def unwrapped(node: Node) -> tuple[Node, list[Interval]]:
    """The formula behind its gates, and the intervals that the gates decide."""
    taken = []
    while isinstance(node, Gate) and isinstance(node.cond, ValueIn):
        taken.append(node.cond.interval)
        node = node.body
    return node, taken


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
