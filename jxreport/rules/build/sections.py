"""Items with their own deductions: 完成任务得1.5分,完成率每降1%扣0.1分; 成立小组得3分;未成立扣1分,职责不明扣1分."""

from __future__ import annotations

import re

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.changes import add_change
from jxreport.rules.build.plan import ZERO, points_of
from jxreport.rules.build.steps import make_steps
from jxreport.rules.build.words import award_and_deduct
from jxreport.rules.nodes import Event, Item, Items, Tier, Tiers, Total
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.textrows import complement

Indexed = tuple[int, Piece]


def _awards(b: Builder) -> list[Indexed]:
    return b.some(lambda p: p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL))


def add_owned_steps(b: Builder) -> None:
    """An item of a list and the step on its completion are one item: its points, less the step."""
    awards = _awards(b)
    if len(awards) < 2:
        return
    for index, step in b.some(lambda p: p.what is What.STEP and p.gives is Gives.DEDUCT):
        before = b.pieces[index - 1] if index else None
        if before is not None and before.what is What.VALUE and before.gives in (Gives.AWARD, Gives.FULL):
            continue  # 整改率达到100%得4分,每低5个百分点扣1分: its own row
        owner = next(((i, p) for i, p in reversed(awards) if p.start < step.start), None)
        between = [p for p in b.pieces if owner and owner[1].start < p.start < step.start]
        if owner is None or between or owner[0] in b.used or not _from_full(step):
            raise Unreadable(f"“{step.scope}”针对哪一项不明")
        if not re.search(r"完成|达到|实现|达标", owner[1].label):
            raise Unreadable(f"“{step.scope}”针对哪一项不明")
        b.used.update((index, owner[0]))
        base = points_of(owner[1], b.plan)
        nodes = make_steps(b, step, None, owner[1], b.measure(index, step.unit))
        b.parts.append(Total(base=base, parts=tuple(nodes), full_words=owner[1].label, section=True))
        b.full += base
        b.awards = True


def _from_full(step: Piece) -> bool:
    """The step counts from the completed task: nothing else is said, or 低于100%的."""
    return step.interval is None or step.interval.lo is None and step.interval.hi == 100


def add_denied_items(b: Builder) -> None:
    """成立小组得3分;未成立扣1分,职责不明扣1分。定期研究得2分;未研究扣1分: a fault reduces the item that it denies."""
    awards = _awards(b)
    losses = b.some(lambda p: p.gives is Gives.DEDUCT and p.what in (What.TEXT, What.EVENT))
    denied = [(i, p) for i, p in losses if any(complement(a.label, p.label) for _, a in awards)]
    if len(awards) + len(b.parts) < 2 or not awards or not denied:
        return
    if award_and_deduct(b, awards):
        return
    others = b.some(lambda p: p.gives not in (Gives.AWARD, Gives.FULL, Gives.DEDUCT))
    owned = {index: _owned(awards, place, losses) for place, (index, _) in enumerate(awards)}
    told = all(
        not mine or complement(piece.label, mine[0][1].label)
        for (_, piece), mine in zip(awards, owned.values(), strict=True)
    )
    total = sum((points_of(p, b.plan) for _, p in awards), ZERO)
    if others or not told or losses[0][1].start < awards[0][1].start or total != b.plan.worth() - b.full:
        raise Unreadable(f"“{denied[0][1].label}”的扣分与前面的得分会重复计算")
    for index, piece in awards:
        if not owned[index]:
            continue
        base = points_of(piece, b.plan)
        if sum((points_of(p, b.plan) for _, p in owned[index] if p.what is What.TEXT), ZERO) > base:
            raise Unreadable(f"“{piece.label}”的扣分超过该项的得分")
        if any(points_of(p, b.plan) >= base for _, p in owned[index][:1]) and len(owned[index]) > 1:
            raise Unreadable(f"“{piece.label}”的扣分与得分的关系不明")
        b.used.update([index, *(i for i, _ in owned[index])])
        b.full += base
        b.awards = True
        first = owned[index][0][1]
        if len(owned[index]) == 1 and first.what is What.TEXT:
            taken = points_of(first, b.plan)  # 得2分;未完成扣1分: 1 or -1? Both readings are kept
            lost = Tier(label=first.label, points=base - taken, either=-taken)
            b.parts.append(Tiers(rows=(Tier(label=piece.label, points=base), lost)))
            continue
        parts: list[Item | Event] = []
        for loss_index, loss in owned[index]:
            add_change(b, loss_index, loss, parts)
        b.parts.append(Total(base=base, parts=(Items(parts=tuple(parts)),), full_words=piece.label, section=True))


def _owned(awards: list[Indexed], place: int, losses: list[Indexed]) -> list[Indexed]:
    """The losses between this item and the next."""
    begin = awards[place][1].start
    end = awards[place + 1][1].start if place + 1 < len(awards) else None
    return [(i, p) for i, p in losses if p.start > begin and (end is None or p.start < end)]
