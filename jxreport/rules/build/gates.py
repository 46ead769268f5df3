"""Conditions under which nothing is left."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, same_counter
from jxreport.rules.conditions import AnyOf, CountIn, Tick, ValueAgainstTarget, ValueIn
from jxreport.rules.interval import Interval
from jxreport.rules.names import is_contrary
from jxreport.rules.nodes import Bands, Event, Item, Items
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Counted, Measure
from jxreport.rules.vocabulary import RATE_UNITS


def add_gates(b: Builder) -> None:
    for index, piece in b.take(lambda p: p.gives is Gives.ZERO and p.what is not What.ELSE):
        if piece.what is What.TEXT and piece.items:
            b.gates.append((AnyOf(items=tuple(Tick(text=t) for t in piece.items)), ZERO))
        elif piece.what is What.TEXT:
            b.gates.append((gate_tick(b, piece.label), ZERO))
        elif on_event(b, piece) is not None and piece.interval is not None:
            counted = on_event(b, piece)
            assert counted is not None
            b.gates.append((CountIn(counted=counted, interval=piece.interval, shared=True), ZERO))
        elif piece.what is What.VALUE and piece.interval is not None and not piece.also and not piece.label:
            interval = beside_full_mark(b, piece.unit, piece.interval)
            b.gates.append((ValueIn(measure=b.measure(index, piece.unit), interval=interval), ZERO))
        elif piece.what is What.TARGET:
            measure = Measure(
                name=b.names.get(index, "") or "实际完成值", unit="", key="value", target_name=piece.target
            )
            b.gates.append(
                (
                    ValueAgainstTarget(
                        measure=measure, op=piece.op, factor=piece.factor, away=piece.away, text=piece.scope
                    ),
                    ZERO,
                )
            )
        elif piece.what is What.EVENT and piece.size == 1 and not piece.every:
            counted = Counted(text=piece.label, unit=piece.unit, scope=piece.scope)
            b.gates.append((CountIn(counted=counted, interval=Interval(lo=Decimal(1), lo_in=True)), ZERO))
        elif piece.what is What.CLIFF and piece.interval is not None:
            counted, shared = cliff_counted(b, piece)
            b.gates.append((CountIn(counted=counted, interval=piece.interval, shared=shared), ZERO))
        else:
            raise Unreadable(f"“{piece.scope}”不能理解")


def gate_tick(b: Builder, label: str) -> Tick:
    """全部落实得8分 … 未全部落实,本项不得分: the gate is the contrary of a statement that is asked already."""
    parts = [p for node in b.parts if isinstance(node, Items) for p in node.parts]
    asked = [p.cond.text for p in parts if isinstance(p, Item) and isinstance(p.cond, Tick) and not p.cond.negated]
    stated = [text for text in asked if is_contrary(text, label)]
    return Tick(text=stated[0], negated=True, said=label) if len(stated) == 1 else Tick(text=label)


def beside_full_mark(b: Builder, unit: str, gate: Interval) -> Interval:
    """80%以上(含80%)得6分;80%以下不得分: a bound that both sides claim belongs to the side that says so; where
    both rest on the convention only, it is open."""
    if not gate.law or gate.is_two_sided:
        return gate
    wanted = [p.interval for p in b.pieces if p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL) and p.unit == unit]
    wanted += [p.interval for p in b.pieces if p.what is What.STEP and p.interval is not None and p.interval.stated]
    wanted += [found.interval for _, found in b.plan.reader.requirements if found.unit == unit]
    for row in wanted:
        if row is None:
            continue
        if gate.hi is not None and gate.hi_in and row.lo == gate.hi and row.lo_in:
            return replace(gate, hi_in=None if row.law and not row.stated else False)
        if gate.lo is not None and gate.lo_in and row.hi == gate.lo and row.hi_in:
            return replace(gate, lo_in=None if row.law and not row.stated else False)
    return gate


def on_event(b: Builder, piece: Piece) -> Counted | None:
    """晚报5天以上的不得分 beside 每晚报1天扣1分: the same count."""
    if (
        piece.what is not What.VALUE
        or piece.unit in RATE_UNITS
        or piece.interval is None
        or piece.interval.is_two_sided
    ):
        return None
    events = [p for node in b.parts if isinstance(node, Items) for p in node.parts if isinstance(p, Event)]
    counts = [e.counted for e in events if e.per == 1 or e.beyond is not None]
    counts += [n.measure.counted for n in b.parts if isinstance(n, Bands) and n.measure.counted is not None]
    same = [
        c for c in counts
        if same_counter(c.unit, piece.unit) and not (c.deviation and (not piece.measure or piece.interval.lo is None))
        and (piece.measure in ("", "数量", "次数", "个数") or _stem(piece.measure)[-4:] in c.text)
    ]  # fmt: skip
    return same[0] if len(same) == 1 else None


def _stem(measure: str) -> str:
    """未完成个数, 有逻辑错误, 培育数: what is counted, without the words of counting."""
    text = re.sub(r"^(?:有|发现|出现|发生|存在|累计|全年|实际)+", "", measure)
    return re.sub(r"的?(?:总|累计)?(?:个数|次数|件数|人数|户数|家数|项数|起数|数量|总数|数)$", "", text) or measure


def cliff_counted(b: Builder, piece: Piece) -> tuple[Counted, bool]:
    events = [p for node in b.parts if isinstance(node, Items) for p in node.parts if isinstance(p, Event)]
    counts = [e.counted for e in events]
    counts += [n.measure.counted for n in b.parts if isinstance(n, Bands) and n.measure.counted is not None]
    stem = _stem(piece.measure)
    same = [c for c in counts if len(stem) >= 2 and stem in c.text]
    if len(same) == 1:
        return same[0], True
    if (
        len(piece.measure) < 2
        or piece.measure in ("发生", "出现", "发现", "累计", "累计发生", "全年", "一年内")
    ) and len(counts) == 1:
        return counts[0], True
    if len(piece.measure) < 2 or counts:
        raise Unreadable("次数针对什么事项不明")
    return Counted(text=piece.label, unit=piece.unit, scope=piece.scope), False
