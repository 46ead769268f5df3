"""Statements: tiers of one scale or parts of a list."""

from __future__ import annotations

import re

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.events import make_event
from jxreport.rules.build.lists import MISSING_ONE
from jxreport.rules.build.plan import ZERO, points_of
from jxreport.rules.conditions import Tick
from jxreport.rules.nodes import Item, Items, Tier, Tiers, Total
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.textrows import complement, looks_tiered, same_scale, split_groups

_WHOLE_ROW = re.compile(r"本项|本指标|全项|整项|全部")


def add_texts(b: Builder) -> None:
    gives = (Gives.AWARD, Gives.FULL, Gives.ZERO, Gives.HUMAN)
    rows = b.some(lambda p: p.what is What.TEXT and p.gives in gives and not p.items)
    events = b.some(lambda p: p.what is What.EVENT and p.gives in (Gives.AWARD, Gives.FULL))
    if not rows and not events:
        return
    deducts = bool(
        b.some(
            lambda p: p.gives is Gives.DEDUCT or p.gives is Gives.ZERO and (p.what in (What.EVENT, What.CLIFF) or bool(p.items))
        )
    )
    add_award_events(b, events)
    missing = [
        (i, p) for i, p in b.some(lambda p: p.gives is Gives.ZERO and p.what in (What.TEXT, What.EVENT))
        if MISSING_ONE.fullmatch(p.label)
    ]  # fmt: skip
    if missing and len([1 for _, p in rows if p.gives is not Gives.ZERO]) > 1:
        b.used.update(i for i, _ in missing)
        b.all_needed = "all" if any(_WHOLE_ROW.search(p.verb) for _, p in missing) else "open"
        rows = [(i, p) for i, p in rows if i not in b.used]
    rows = [(i, p) for i, p in rows if not _whole_row_gate(b, p, rows)]
    positive = [(i, p) for i, p in rows if p.gives not in (Gives.ZERO, Gives.HUMAN)]
    zero = [(i, p) for i, p in rows if p.gives is Gives.ZERO]
    if not positive:
        return  # zero statements alone are gates
    if award_and_deduct(b, positive):
        return
    bare = not b.awards and not events
    apart = not any(
        complement(positive[0][1].label, p.label) or looks_tiered([positive[0][1].label, p.label])
        for _, p in zero
    )
    if len(positive) == 1 and apart and bare and deducts and not b.some(lambda p: p.what is What.ELSE):
        index, piece = positive[0]
        points = points_of(piece, b.plan)
        if b.plan.weight is None or points == b.plan.weight:
            b.used.add(index)
            b.full += points
            b.awards = True
            b.parts.append(Total(base=points, parts=(), full_words=piece.label))
            return
    lists_and_tiers(b, rows, positive, zero, bare)


def _whole_row_gate(b: Builder, piece: Piece, rows: list[tuple[int, Piece]]) -> bool:
    """甲全部落实得8分 … 未全部落实,本项指标不得分, beside other parts: it takes those as well, and is no tier of 甲."""
    if piece.gives is not Gives.ZERO or not _WHOLE_ROW.search(piece.verb):
        return False
    worth = max((points_of(p, b.plan) for _, p in rows if p.gives in (Gives.AWARD, Gives.FULL)), default=ZERO)
    return bool(b.parts) or b.plan.weight is not None and worth < b.plan.weight


def add_award_events(b: Builder, events: list[tuple[int, Piece]]) -> None:
    if not events:
        return
    made = tuple(make_event(b, i, p, award=True) for i, p in events)
    b.used.update(i for i, _ in events)
    limit = b.plan.award_limit
    if limit is None and len(events) > 1:
        limit = b.plan.add_limit
    b.parts.append(Items(parts=made, limit=limit))
    b.awards = True
    b.full += limit or sum((p.limit for _, p in events if p.limit), ZERO) or (b.plan.weight or ZERO)


def award_and_deduct(b: Builder, positive: list[tuple[int, Piece]]) -> bool:
    """完成得2分;未完成的扣2分, 健全10分,基本健全6分,不健全扣10分: 0 or less? Both readings are kept."""
    minus = b.some(lambda p: p.what in (What.TEXT, What.ELSE) and p.gives is Gives.DEDUCT and not p.items)
    if len(minus) != 1 or len(b.some(lambda p: True)) != len(positive) + 1:
        return False
    other_index, other = minus[0]
    taken = points_of(other, b.plan)
    best = max(points_of(p, b.plan) for _, p in positive)
    labels = [p.label for _, p in positive]
    if len(positive) == 1:
        whole = taken == best and best == b.plan.weight and not b.plan.stops and not b.parts
        denied = other.what is What.ELSE or complement(labels[0], other.label) or whole
    else:
        denied = looks_tiered(labels) and (other.what is What.ELSE or same_scale([*labels, other.label]) or taken == best)
        denied = denied and not b.plan.stops and not b.parts and best == b.plan.worth()
    if not denied:
        return False
    b.used.update([other_index, *(i for i, _ in positive)])
    rows = [Tier(label=p.label, points=points_of(p, b.plan)) for _, p in positive]
    rows.append(Tier(label=other.label or "否则", points=best - taken, either=-taken))
    b.parts.append(Tiers(rows=tuple(rows)))
    b.full += best
    b.awards = True
    return True


def lists_and_tiers(
    b: Builder,
    rows: list[tuple[int, Piece]],
    positive: list[tuple[int, Piece]],
    zero: list[tuple[int, Piece]],
    bare: bool,
) -> None:
    groups = split_groups(rows)
    weight = b.plan.worth() if b.plan.weight is not None or b.plan.declared is not None else None
    remaining = None if weight is None else weight - b.full
    humans = [p for _, p in rows if p.gives is Gives.HUMAN]
    best = max((points_of(p, b.plan) for _, p in positive), default=ZERO)
    if humans or len(groups) > 1 and best == remaining and looks_tiered([p.label for _, p in rows]):
        groups = [rows]  # one scale, its zero row not the last
    if len(positive) > 1 and remaining and all(points_of(p, b.plan) == remaining for _, p in positive) and zero:
        groups = [rows]  # 合格得20分;不合格不得分;未检查得20分: each alone earns everything
    tops = sum((max((points_of(p, b.plan) for _, p in g if p.gives is not Gives.HUMAN), default=ZERO) for g in groups), ZERO)
    total = sum((points_of(p, b.plan) for _, p in positive), ZERO)
    otherwise = b.some(lambda p: p.what is What.ELSE)
    tiered = all(looks_tiered([p.label for _, p in g]) for g in groups if len(g) > 1)
    as_tiers = bool(zero) or len(positive) > 1
    kind = ""
    alone = tops == remaining and (tops != total or tiered or zero) or remaining is None and tiered
    with_else = len(positive) > 1 and tops == remaining and tops != total
    if humans and (otherwise or tops != remaining and remaining is not None):
        raise Unreadable(humans[0].why)
    if humans or as_tiers and (with_else if otherwise else alone):
        kind = "tiers"
    elif remaining is None or total == remaining:
        kind = "list"
    elif tiered and len(positive) > 1:
        kind = "tiers"
    elif len(positive) == 1 or total < remaining:
        kind = "list"
    if not kind:
        raise Unreadable("各项分值之和与该指标分值不符")
    b.used.update(i for i, _ in rows)
    if kind == "tiers":
        add_tiers(b, groups, otherwise)
        shares = remaining is not None and all(p.share is not None for _, p in positive)
        b.full += remaining if shares and remaining is not None else tops  # shares are shares of the weight
    else:
        add_checklist(b, positive, zero, otherwise)
        b.full += total
    b.awards = True


def add_tiers(b: Builder, groups: list[list[tuple[int, Piece]]], otherwise: list[tuple[int, Piece]]) -> None:
    if otherwise and len(groups) > 1:
        raise Unreadable("“否则”针对哪一组不明")
    for group in groups:
        labels = [p.label for _, p in group]
        if len(set(labels)) != len(labels):
            raise Unreadable("有两档的名称相同")
        made = [
            Tier(
                label=p.label, points=None if p.gives is Gives.HUMAN else points_of(p, b.plan), why=p.why, share=p.share
            )
            for _, p in group
        ]
        if otherwise:
            b.used.update(i for i, _ in otherwise)
            made.append(Tier(label="其他情况", points=points_of(otherwise[0][1], b.plan)))
        if len(made) == 1 and made[0].points:
            b.parts.append(
                Items(parts=(Item(cond=Tick(text=made[0].label), points=made[0].points, award=True),))
            )
        else:
            b.parts.append(Tiers(rows=tuple(made)))


_ANY_ITEM = re.compile(
    r"每?(?:有)?(?:缺|少|缺少|漏)?1?(?:大|小)?[项条个点](?:不符合|不达标|不满足|未达到|未完成|不到位|缺失|没有)?(?:要求|标准)?"
)


def missing_one(b: Builder, positive: list[tuple[int, Piece]]) -> None:
    """甲得1分;乙得1分;缺一项扣1分 says the same twice; other points for 缺一项 contradict the list."""
    again = b.some(
        lambda p: p.gives is Gives.DEDUCT and p.what is What.EVENT
        and _ANY_ITEM.fullmatch(p.label) is not None
    )  # fmt: skip
    if not again:
        return
    points = {points_of(p, b.plan) for _, p in positive}
    if len(again) == 1 and points == {points_of(again[0][1], b.plan)} and again[0][1].size == 1:
        b.used.add(again[0][0])
        return
    raise Unreadable("各项分值与“缺一项”的扣分不一致")


_NONE_OF_THEM = re.compile(r"(?:上述|以上)(?:各|[\d两二三四五六])?(?:项|条|点|个方面)?(?:条件|内容|要求)?(?:均|都|全)(?:不|未|没有)")


_SHORT_DENIAL = re.compile(r"(?:没有|无|未做到|未达到|不符合|不具备|未落实|未开展)的?")


def _denies_item(zero: Piece, positive: list[tuple[int, Piece]]) -> bool:
    """符合规划(1分),不符合不得分: the second says what the unticked item says already."""
    before = [p for _, p in positive if p.start < zero.start]
    if len(positive) == len(before) > 1 and _NONE_OF_THEM.match(zero.label):
        return True
    if before and _SHORT_DENIAL.fullmatch(zero.label) and 0 <= zero.start - before[-1].end <= 1:
        return len(positive) > 1
    bare = re.sub(r"^(?:未能|未|不|没有|无)", "", re.sub(r"(?:的|要求|规定)+$", "", zero.label))
    return len(positive) > 1 and bool(before) and bare != zero.label and len(bare) > 1 and bare in before[-1].label


def add_checklist(
    b: Builder,
    positive: list[tuple[int, Piece]],
    zero: list[tuple[int, Piece]],
    otherwise: list[tuple[int, Piece]],
) -> None:
    if len(positive) > 1:
        missing_one(b, positive)
    items = tuple(Item(cond=Tick(text=p.label), points=points_of(p, b.plan), award=True) for _, p in positive)
    if len({i.cond.words() for i in items}) != len(items):
        raise Unreadable("有两项的内容相同")
    rest = b.all_needed
    if otherwise:
        if any(p.gives is not Gives.ZERO for _, p in otherwise):
            raise Unreadable("“否则”的得分与前面各项的关系不明")
        b.used.update(i for i, _ in otherwise)
        rest = "open" if len(items) > 1 else rest
    b.parts.append(Items(parts=items, rest=rest))
    for _, piece in zero:
        if _denies_item(piece, positive):
            continue
        b.gates.append((Tick(text=piece.label), ZERO))
