"""Steps: what they are measured from, and the base they change."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.bandrows import band_rows
from jxreport.rules.build.anchors import OVER, beyond, find_anchors, over_is_nothing
from jxreport.rules.build.builder import Builder
from jxreport.rules.build.gates import beside_full_mark
from jxreport.rules.build.plan import ZERO, points_of
from jxreport.rules.conditions import ValueAgainstTarget, ValueIn
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Band, Bands, Gate, Step, Total
from jxreport.rules.pieces import ONLY_NOT_REACHED, Gives, Piece, Unreadable, What
from jxreport.rules.tree import Measure, Node
from jxreport.rules.vocabulary import RATE_UNITS


def add_steps(b: Builder, rows: list[tuple[int, Piece]], steps: list[tuple[int, Piece]]) -> None:
    full_rows = [(i, p) for i, p in rows if p.gives in (Gives.AWARD, Gives.FULL)]
    zero_rows = [(i, p) for i, p in rows if p.gives is Gives.ZERO]
    if any(p.gives is Gives.HUMAN for _, p in rows):
        raise Unreadable("有的区间要人工评定")
    if len(full_rows) > 1:
        raise Unreadable("分档与按步加扣分并列，关系不明")
    b.used.update(i for i, _ in rows + steps)
    row = full_rows[0][1] if full_rows else None
    text_row = None
    if row is None:
        texts = b.some(lambda p: p.what in (What.TEXT, What.TARGET) and p.gives in (Gives.AWARD, Gives.FULL))
        adding_only = any(p.gives is Gives.ADD for _, p in steps)
        if len(texts) == 1 and (
            texts[0][1].gives is Gives.FULL or texts[0][1].points == b.plan.weight or adding_only
        ):
            text_row = texts[0][1]
            b.used.add(texts[0][0])
    unit = next((p.unit for _, p in full_rows + steps if p.unit), "%" if all(p.unit for _, p in steps) else "")
    index = (full_rows or steps)[0][0]
    nodes: list[Node] = []
    for step_index, piece in steps:
        nodes.extend(
            make_steps(b, piece, row, text_row, b.measure(step_index if not full_rows else index, unit))
        )
    deducting = any(p.gives is Gives.DEDUCT for _, p in steps)
    adding = any(p.gives is Gives.ADD for _, p in steps)
    if row is not None or text_row is not None:
        base = points_of(row or text_row, b.plan)  # type: ignore[arg-type]
        b.awards = True
        b.full += base
        words = (
            row.interval.words("", "%" if row.unit in RATE_UNITS else row.unit, "±" if row.absolute else "")
            if row and row.interval
            else ""
        )
        name = nodes[0].measure.name if isinstance(nodes[0], Step) else ""
        if text_row is not None and adding and not deducting:
            nodes = reached_first(b, text_row, base, nodes)
            b.parts.extend(nodes)
        elif row is not None and row.interval is not None and not deducting:
            bands, implied = band_rows([_from_point(row, nodes)], b.plan, points_of)
            missed = b.take(lambda p: p.gives is Gives.ZERO and p.what is What.ELSE)
            rest = ZERO if missed else None
            measure = b.measure(index, unit)
            b.parts.append(Bands(measure=measure, rows=bands, otherwise=rest, implied_zero="" if missed else implied))
            b.parts.extend(nodes)
        else:
            sides = {n.side for n in nodes if isinstance(n, Step)}
            two_sided = row is not None and row.interval is not None and row.interval.is_two_sided
            if two_sided and len(sides) < 2 and row is not None and row.interval is not None:
                natural = row.interval.hi == 100 and sides == {"below"} and row.unit == "%"
                if not natural:
                    raise Unreadable("只写明了一侧的扣分")
            stated = (name + words) if words else (text_row.label or text_row.scope if text_row else "")
            b.parts.append(
                Total(base=base, parts=tuple(nodes), full_words=stated, section=len(b.plan.measures) > 1)
            )
        if adding and b.plan.weight is not None and base < b.plan.weight:
            b.full += b.plan.weight - base
    else:
        if deducting and adding and b.plan.base is None:
            raise Unreadable("既加分又扣分，但没有写明不加不扣时得多少分")
        b.parts.extend(nodes)
    if adding:
        b.plan.bonus = True
    for zero_index, piece in zero_rows:
        assert piece.interval is not None
        if piece.also or piece.label:
            raise Unreadable("不得分的条件不止一项")
        made = [n for n in nodes if isinstance(n, Step) and n.points < 0]
        piece = replace(piece, interval=beyond(piece, made) or piece.interval)
        assert piece.interval is not None
        starts = [n.anchor for n in nodes if isinstance(n, Step) and n.anchor is not None and n.points < 0]
        if any(piece.interval.contains(a) for a in starts):
            raise Unreadable("得满分的界线落在不得分的区间里")
        interval = beside_full_mark(b, piece.unit, piece.interval)
        b.gates.append((ValueIn(measure=b.measure(zero_index, unit), interval=interval), ZERO))


def _from_point(row: Piece, nodes: list[Node]) -> Piece:
    """60%得6分,每增加10个百分点加1分: the points are earned from there on, in the direction of the steps."""
    interval = row.interval
    first = nodes[0] if nodes else None
    if interval is None or not interval.is_point or not isinstance(first, Step):
        return row
    open_end = Interval(lo=interval.lo, lo_in=True) if first.side == "above" else Interval(hi=interval.hi, hi_in=True)
    return replace(row, interval=open_end)


_MOVED = re.compile(r"(?:下降|降低|减少|上升|提高|增加|增长)的?$")


def reached_first(b: Builder, text_row: Piece, base: Decimal, nodes: list[Node]) -> list[Node]:
    """完成目标得8分,每超1%加0.2分: the base is earned only where the target is reached."""
    first = nodes[0]
    assert isinstance(first, Step)
    missed = b.take(
        lambda p: (
            p.gives is Gives.ZERO
            and (
                p.what is What.ELSE
                or p.what is What.TEXT and bool(ONLY_NOT_REACHED.match(p.label))
                or p.what is What.TARGET and p.op == "<" and p.factor == 100
            )
        )
    )
    if first.anchor is None and first.side == "below" and over_is_nothing(b):
        b.take(lambda p: p.gives is Gives.ZERO and bool(OVER.match(p.label or p.scope)))
        cond = ValueAgainstTarget(measure=replace(first.measure, target_name="目标值"), op=">")
        return [Gate(cond=cond, body=Total(base=base, parts=tuple(nodes), full_words=text_row.label))]
    if first.anchor is None:
        cond = ValueAgainstTarget(measure=replace(first.measure, target_name="目标值"), op="<")
        whole = Total(base=base, parts=tuple(nodes), full_words=text_row.label or text_row.scope)
        return [Gate(cond=cond, body=whole, implied=not missed)]
    rows = (Band(interval=Interval(lo=first.anchor, lo_in=True), points=base),)
    bands = Bands(
        measure=first.measure,
        rows=rows,
        otherwise=ZERO if missed else None,
        implied_zero="" if missed else "below",
    )
    return [bands, *nodes]


def make_steps(
    b: Builder, piece: Piece, row: Piece | None, text_row: Piece | None, measure: Measure
) -> list[Step]:
    adding = piece.gives is Gives.ADD
    points = points_of(piece, b.plan) if adding else -points_of(piece, b.plan)
    anchors = find_anchors(b, piece, row, text_row, adding, measure)
    limit = piece.limit
    made = []
    for side, anchor, name in anchors:
        own = replace(measure, name=name) if name else measure
        if anchor == 100 and text_row is not None:
            own = replace(own, of_target=True)
        relative = piece.relative
        if relative is None and (anchor == 100 or own.unit == "%" and anchor is not None):
            relative = False
        if anchor is None and piece.unit == "%" and relative is not True:
            around = own.name + (text_row.label + text_row.scope if text_row else "")
            rate = bool(re.search(r"[率度比]$|比例$|比重$", own.name or b.plan.indicator)) or b.plan.target_unit == "%"
            rate = rate or bool(re.search(r"(?:率|比例|比重)(?:达到|完成|实现|控制|不超|未达)", around))
            amount = re.search(
                r"成本|费用|金额|支出额|投资|人数|数量|个数|面积|里程|天数|产量|造价|单价|概算|限额|定额",
                around,
            )
            relative = False if rate and relative is False else True if amount and not rate else None
        made.append(
            Step(
                measure=own,
                anchor=anchor,
                side=side,
                size=piece.size,
                points=points,
                unit=piece.unit,
                partial=b.plan.partial or ("whole" if re.search(r"每[满足]", piece.scope) else ""),
                level_open=anchor is None and text_row is not None and bool(_MOVED.search(text_row.label)),
                relative=relative,
                limit=limit,
                open_rate=own.of_target and anchor == 100 and not b.plan.indicator and not measure.name,
            )
        )
    return made
