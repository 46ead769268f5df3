"""Points in proportion to completion, for one rate or several."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.formulas import drop_complement, is_ratio
from jxreport.rules.build.plan import ZERO, points_of, same_measure
from jxreport.rules.conditions import ValueIn
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Formula, Gate, Scale, Step
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Measure, Node


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
    if interval is None or interval.lo is None or interval.is_point or interval.hi not in (None, full_at, full_at - 1):
        return None
    zeros = b.some(lambda p: p.what is What.VALUE and p.gives is Gives.ZERO and p.interval is not None)
    ends = [p.interval.hi for _, p in zeros if p.interval is not None and p.interval.lo is None]
    if interval.lo == 0 and not ends:
        return ZERO
    return interval.lo if ends in ([interval.lo], [interval.lo - 1]) else None


def _nothing_below(b: Builder, measure: Measure, zero_at: Decimal | None) -> None:
    """完成比例低于60%的不得分: the bound speaks of the completion that earns the points."""
    for index, piece in b.some(lambda p: p.what is What.VALUE and p.gives is Gives.ZERO and p.unit == "%"):
        name = b.names.get(index, "")
        interval = piece.interval
        if interval is None or piece.also or piece.label or not (name == measure.name or not name or _COMPLETION.fullmatch(name)):
            continue
        if zero_at is not None and interval.hi == zero_at and not interval.stated:
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
