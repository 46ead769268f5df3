"""From pieces to the tree.

Arithmetic decides before words do: tiers that exclude each other have the weight as their highest score, the
parts of a list have it as their sum. Where neither fits, the sentence goes to a person.
"""

from __future__ import annotations

import re
from decimal import Decimal

from jxreport.rules.build.builder import Builder, assign_measures
from jxreport.rules.build.changes import add_changes, add_sections
from jxreport.rules.build.contraries import by_sign, missed_bound, none_of_it, own_completion
from jxreport.rules.build.counts import add_count_base, add_count_table, add_losses_by_range
from jxreport.rules.build.doubts import check_doubts
from jxreport.rules.build.formulas import add_formulas
from jxreport.rules.build.gates import add_gates
from jxreport.rules.build.humans import check_humans
from jxreport.rules.build.ladders import completion_ladder
from jxreport.rules.build.lists import (
    classes,
    counted_awards,
    counted_numbers,
    exemptions,
    first_free,
    inherited_counts,
    list_ends,
    restated_parts,
    single_zeros,
    stated_counts,
    stated_targets,
)
from jxreport.rules.build.ordinals import add_ordinals
from jxreport.rules.build.pairs import add_pairs
from jxreport.rules.build.plan import ZERO, Plan
from jxreport.rules.build.prepare import (
    counted_bands,
    distances,
    drop_prefaces,
    shares_of_target,
    stated_target,
    step_limits,
    steps_for_each,
    unions,
    unit_steps,
)
from jxreport.rules.build.scales import add_scale
from jxreport.rules.build.sections import add_denied_items, add_owned_steps
from jxreport.rules.build.targets import add_targets
from jxreport.rules.build.values import add_values
from jxreport.rules.build.words import add_texts
from jxreport.rules.conditions import Cond, CountIn, FarAbove, Tick
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Bands, Event, Gate, HumanGate, Items, Step, Total
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Counted, Measure, Node


def build(b: Builder) -> Node:
    drop_prefaces(b)
    inherited_counts(b)
    single_zeros(b)
    restated_parts(b)
    list_ends(b)
    counted_numbers(b)
    classes(b)
    first_free(b)
    stated_targets(b)
    exemptions(b)
    stated_counts(b)
    counted_awards(b)
    unions(b)
    own_completion(b)
    by_sign(b)
    none_of_it(b)
    missed_bound(b)
    stated_target(b)
    step_limits(b)
    steps_for_each(b)
    distances(b)
    shares_of_target(b)
    counted_bands(b)
    unit_steps(b)
    check_doubts(b)
    b.names = assign_measures(b.pieces, b.plan)
    check_humans(b)
    add_pairs(b)
    add_formulas(b)
    add_ordinals(b)
    add_owned_steps(b)
    add_denied_items(b)
    add_scale(b)
    add_targets(b)
    add_count_base(b)
    completion_ladder(b)
    add_losses_by_range(b)
    add_values(b)
    add_sections(b)
    add_texts(b)
    add_count_table(b)
    add_changes(b)
    add_gates(b)
    left = [p for i, p in enumerate(b.pieces) if i not in b.used]
    if left:
        raise Unreadable(f"“{left[0].scope}”与其他条款的关系不明")
    return finish(b)


def finish(b: Builder) -> Node:
    plan = b.plan
    if plan.ladder and (
        any(isinstance(p, Step) for p in walk_parts(b.parts)) or any(isinstance(p, Items) for p in b.parts)
    ):
        plan.ladder = any(
            p.what is not What.STEP and not p.every and p.gives in (Gives.ADD, Gives.DEDUCT) for p in b.pieces
        )
    changes = [p for p in b.pieces if p.gives in (Gives.ADD, Gives.DEDUCT)]
    if plan.ladder and len(changes) == 1 and changes[0].what is What.EVENT and changes[0].size == 1:
        plan.ladder = False  # 迟到一次扣0.5分,以此类推: so many points for each
    if plan.ladder or plan.interp:
        raise Unreadable("“依次类推”或插值的对象不明")
    deducting = any(takes_away(p) for p in b.parts) or bool(b.gates)
    base = ZERO
    if plan.bonus and not b.awards and plan.base is None and plan.declared is not None and not any(takes_away(p) for p in b.parts):
        plan.cap = plan.cap or plan.declared  # 每达到10%得1分,满分5分
    if not b.awards:
        if plan.base is not None:
            base = plan.base
        elif deducting:
            if plan.bonus and any(takes_away(p) for p in b.parts):
                raise Unreadable("既加分又扣分，但没有写明不加不扣时得多少分")
            base = ZERO if _from_nothing(b) else plan.worth()
        b.full = base
        plan.full = None if base == ZERO else base
    else:
        if plan.base is not None and plan.base != b.full:
            raise Unreadable("基本分与其他得分条款的关系不明")
        plan.full = b.full
        if plan.bonus and plan.weight is not None and b.full + bonus_limit(b.parts) == plan.weight:
            plan.full = plan.weight  # 完成任务得8分,每引进1个加1分,最多加2分, in a row worth 10
    body: Node = b.parts[0] if len(b.parts) == 1 and base == ZERO else Total(base=base, parts=tuple(b.parts))
    if not b.parts and not b.gates:
        raise Unreadable("没有可以计算的条款")
    _lower_tier_alone(b)
    _one_target_for_two(b)
    for cond, points in reversed(b.gates):
        body = Gate(cond=cond, body=body, points=points)
    for piece in b.exempt:
        body = Gate(cond=Tick(text=piece.label, unless="value"), body=body, points=plan.full or plan.worth(), exempt=True)
    for piece in b.humans:
        body = HumanGate(cond=_touched(piece), body=body, why=piece.why)
    return body


def _from_nothing(b: Builder) -> bool:
    """每获表彰加1分,最高加3分;发生事故不得分: only earned points, which the gate takes back. Unreadable where the text
    leaves open whether something is there from the beginning."""
    gains = [p for p in b.pieces if p.gives is Gives.ADD]
    if not b.plan.bonus or any(takes_away(p) for p in b.parts):
        return False
    limits = {b.plan.cap, b.plan.add_limit, b.plan.declared, *(p.limit for p in gains)}
    limits |= {part.limit for part in b.parts if isinstance(part, Step | Items)}
    earned = all(re.match(r"得|计|记|赋|给", p.verb) for p in gains)
    if not earned and b.plan.worth() not in limits:
        raise Unreadable("没有写明不加分时得多少分")
    return True


def _lower_tier_alone(b: Builder) -> None:
    """未落实的不得分;委托他人办理的计1分 (of 2): the state that earns the full mark is not stated."""
    awards = [p for p in b.pieces if p.what is What.TEXT and p.gives is Gives.AWARD]
    others = [p for p in b.pieces if p.gives not in (Gives.AWARD, Gives.ZERO)]
    if b.gates and len(awards) == 1 and not others and b.plan.weight is not None and b.full < b.plan.weight:
        raise Unreadable("满分的条件没有写明")


def _one_target_for_two(b: Builder) -> None:
    """甲得分率每降2%扣0.1分;乙得分率每降4%扣0.1分: each has its own target, and the row has one."""
    free = {p.measure.key for p in walk_parts(b.parts) if isinstance(p, Step) and p.anchor is None}
    if len(free) > 1:
        raise Unreadable("几个数值各有目标值，只能填报一个")


_FAR_ABOVE = re.compile(
    r"(?:实际)?(?:完成值|完成数|完成情况|实际值)?(?:高于|超过|大于|超出)(?:年初|年度)?(?:指标值|目标值|计划值)(?:较多|很多|过多|幅度较大)"
)


def _touched(piece: Piece) -> Cond:
    """The fault of a discretionary clause is there: the statement holds, or it was counted at least once."""
    far = _FAR_ABOVE.match(piece.label)
    if far is not None:
        return FarAbove(measure=Measure(key="value"), text=far[0])
    if piece.what is What.ELSE:
        return Tick(text=piece.label, negated=True)
    if piece.what is What.EVENT:
        counted = Counted(text=piece.label, unit=piece.unit, scope=piece.scope)
        return CountIn(counted=counted, interval=Interval(lo=ZERO, lo_in=False))
    return Tick(text=piece.label, unless="value" if "不评分" in piece.verb else "")


def walk_parts(parts: list[Node]) -> list[object]:
    found: list[object] = []
    for part in parts:
        found.append(part)
        found.extend(getattr(part, "parts", ()))
    return found


def bonus_limit(parts: list[Node]) -> Decimal:
    """The most that counted bonuses may add; 0 where one of them has no limit."""
    total = ZERO
    for node in parts:
        events = [p for p in node.parts if isinstance(p, Event) and p.points > 0 and not p.award] if isinstance(node, Items) else []
        if isinstance(node, Items) and events and node.limit is not None:
            total += node.limit
        elif any(e.limit is None for e in events):
            return ZERO
        else:
            total += sum((e.limit or ZERO for e in events), ZERO)
    return total


def takes_away(node: Node) -> bool:
    if isinstance(node, Bands):
        return node.deducts
    if isinstance(node, Items):
        return any(p.points < 0 for p in node.parts)
    return isinstance(node, Step) and node.points < 0


def assemble(pieces: list[Piece], plan: Plan) -> Node:
    """The tree of the whole sentence."""
    return build(Builder(pieces, plan))
