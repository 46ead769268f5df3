"""Additions and deductions, and sections that lose only their own points."""

from __future__ import annotations

import re
from dataclasses import replace

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.events import make_event
from jxreport.rules.build.plan import points_of, same_counter
from jxreport.rules.conditions import AnyOf, CountIn, Tick, ValueIn
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Event, Item, Items, Total
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Counted


def add_changes(b: Builder) -> None:
    for gives, limit in ((Gives.DEDUCT, b.plan.deduct_limit), (Gives.ADD, b.plan.add_limit)):
        parts: list[Item | Event] = []
        found = b.take(lambda p, g=gives: p.gives is g)
        for index, piece in found:
            add_change(b, index, piece, parts)
        deeper_costs_more(parts)
        texts = [p.words() for p in parts]
        if len(set(texts)) != len(texts):
            raise Unreadable("有两项的内容相同")
        if parts:
            if gives is Gives.ADD:
                b.plan.bonus = True
            b.parts.append(Items(parts=tuple(parts), limit=limit))


def add_change(b: Builder, index: int, piece: Piece, parts: list[Item | Event]) -> None:
    points = points_of(piece, b.plan)
    sign = -1 if piece.gives is Gives.DEDUCT else 1
    if piece.what is What.EVENT:
        parts.append(make_event(b, index, piece))
    elif piece.what is What.CLIFF:
        before = parts[-1] if parts and isinstance(parts[-1], Event) else None
        assert piece.interval is not None
        assert piece.interval.lo is not None
        if (
            before is not None
            and before.per == 1
            and same_counter(before.counted.unit or piece.unit, piece.unit)
            and (len(piece.measure) < 2 or piece.measure in before.counted.text)
        ):
            start = piece.interval.lo if piece.interval.lo_in else piece.interval.lo + 1
            if before.cliff_from is not None:
                raise Unreadable("同一事项有几个起扣次数")
            parts[-1] = replace(before, cliff_from=start, cliff_points=sign * points)
        elif len(piece.measure) >= 2:
            counted = Counted(text=piece.label, unit=piece.unit, scope=piece.scope)
            parts.append(Item(cond=CountIn(counted=counted, interval=piece.interval), points=sign * points))
        else:
            raise Unreadable("次数针对什么事项不明")
    elif piece.what is What.VALUE and piece.interval is not None:
        if piece.also:
            raise Unreadable("加扣分的条件不止一项")
        moved = re.search(r"(?:降低|下降|减少|低|增加|提高|上升|增长|超出?|高|偏离|相差)$", piece.measure)
        if piece.unit in ("百分点", "个百分点") or piece.interval.is_point and not piece.stated_compare and moved:
            raise Unreadable(f"“{piece.scope}”是每一档加扣一次，还是只一次，没有写明")
        if sign < 0 and _WITHIN.search(piece.scope) and not _AWAY.search(piece.scope):
            raise Unreadable(f"“{piece.scope}”在限度以内却扣分，可能漏了字")
        measure = b.measure(index, piece.unit)
        if sign < 0:
            _not_in_full_mark(b, index, piece)
        parts.append(Item(cond=ValueIn(measure=measure, interval=piece.interval), points=sign * points))
    elif piece.what is What.TEXT and piece.items:
        parts.append(Item(cond=AnyOf(items=tuple(Tick(text=t) for t in piece.items)), points=sign * points))
    elif piece.what is What.TEXT:
        if _UNKNOWN_COUNTER.search(piece.label):
            raise Unreadable(f"“{piece.label}”是按数量计，还是只计一次，没有读懂")
        if sign > 0 and (b.plan.once or b.plan.add_limit is not None) or piece.limit is not None and piece.limit > points:
            counted = Counted(text=piece.label, scope=piece.scope, tickable=True)
            parts.append(Event(counted=counted, points=sign * points, limit=piece.limit))
            return
        parts.append(
            Item(cond=Tick(text=piece.label, unless=positive_value(b, piece.label)), points=sign * points)
        )
    elif piece.what is What.ELSE and sign < 0:
        raise Unreadable("“否则扣分”与前面得分的关系不明")
    else:
        raise Unreadable(f"“{piece.scope}”不能理解")


def _not_in_full_mark(b: Builder, index: int, piece: Piece) -> None:
    """5%以内得6分,超过0.1个百分点扣1分: a loss inside the stretch that earns the points is a damaged number."""
    rows = [
        p for i, p in enumerate(b.pieces)
        if p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL) and b.names.get(i) == b.names.get(index)
    ]  # fmt: skip
    if any(p.interval and piece.interval and _shares(p.interval, piece.interval) for p in rows):
        raise Unreadable("得分的范围里又扣分，界线可能有误")


def _shares(a: Interval, b: Interval) -> bool:
    low = max((x.lo for x in (a, b) if x.lo is not None), default=None)
    high = min((x.hi for x in (a, b) if x.hi is not None), default=None)
    return low is None or high is None or low < high


_UNKNOWN_COUNTER = re.compile(r"[每缺少漏错]一(?![个般样致直定旦票律并贯切向概再线]|不可)[\u4e00-\u9fff]")
_WITHIN = re.compile(r"不(?:超过|高于|大于|低于|少于|小于)|达到|以内|≥|≤")
_AWAY = re.compile(r"[低差逾迟延晚缺未没偏误]|超(?!过)|(?<!不)超过|(?<!不)少|相差|下降|减少|增加|上升")


def positive_value(b: Builder, label: str) -> str:
    """未开展此项工作: a positive result shows that the work was done."""
    if (
        re.fullmatch(
            r"(?:未|没有)(?:开展|实施|进行|组织)(?:此项|该项|本项|这项|相关)?(?:工作|活动|任务)?", label
        )
        and len(b.plan.measures) == 1
    ):
        return "value"
    return ""


def add_sections(b: Builder) -> None:
    """甲得3分,迟报一次扣1分;乙得3分,缺一项扣0.5分: each section loses only its own points."""
    text = b.plan.reader.text

    def segment(piece: Piece) -> int:
        return len(re.findall(r"[;。]", text[: piece.start]))

    awards = b.some(lambda p: p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL))
    losses = b.some(lambda p: p.gives is Gives.DEDUCT and p.what in (What.TEXT, What.EVENT))
    by: dict[int, list[tuple[int, Piece]]] = {}
    for index, piece in awards:
        by.setdefault(segment(piece), []).append((index, piece))
    owned = {s: [(i, p) for i, p in losses if segment(p) == s] for s in by}
    for place, group in by.items():
        owned[place] = owned[place] or _next_clause(b, group, losses)
    if len(by) < 2 and not (by and b.awards) or not any(owned.values()):
        return
    for place, group in by.items():
        if not owned[place]:
            continue
        if len(group) != 1 or any(p.start < group[0][1].start for _, p in owned[place]):
            raise Unreadable("各项的扣分针对哪一项不明")
        index, piece = group[0]
        parts: list[Item | Event] = []
        for loss_index, loss in owned[place]:
            add_change(b, loss_index, loss, parts)
        b.used.update([index, *(i for i, _ in owned[place])])
        base = points_of(piece, b.plan)
        b.parts.append(
            Total(base=base, parts=(Items(parts=tuple(parts)),), full_words=piece.label, section=True)
        )
        b.full += base
        b.awards = True


def _next_clause(b: Builder, group: list[tuple[int, Piece]], losses: list[tuple[int, Piece]]) -> list[tuple[int, Piece]]:
    """资料完整得2分;资料不完整的,每项扣0.5分,最多扣2分: the count behind says how the points of this very item are lost."""
    index, award = group[-1]
    after = [(i, p) for i, p in losses if i == index + 1 and p.what is What.EVENT]
    if len(group) != 1 or not after:
        return []
    loss = after[0][1]
    same = loss.limit is not None and loss.limit == award.points
    named = re.match(r"[\u4e00-\u9fff]{4,}?(?=不|未|有误|缺|漏|错)", loss.label)
    return after if same or named is not None and named[0] in award.label else []


def deeper_costs_more(parts: list[Item | Event]) -> None:
    """低于90%扣1分,低于80%扣2分: the farther bound must weigh more, else a number is damaged."""
    for side in ("hi", "lo"):
        found = [
            (p.cond.measure.key, getattr(p.cond.interval, side), abs(p.points))
            for p in parts
            if isinstance(p, Item)
            and isinstance(p.cond, ValueIn)
            and getattr(p.cond.interval, "lo" if side == "hi" else "hi") is None
        ]
        for key, bound, points in found:
            for other_key, other_bound, other_points in found:
                deeper = other_bound < bound if side == "hi" else other_bound > bound
                if key == other_key and deeper and other_points < points:
                    raise Unreadable("偏离越大扣分越少，界线或分数可能有误")
