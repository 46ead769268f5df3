"""Steps: what they are measured from, and the base they change."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.bandrows import band_rows
from jxreport.rules.build.builder import Builder
from jxreport.rules.build.gates import beside_full_mark
from jxreport.rules.build.plan import ZERO, points_of
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Band, Bands, Gate, Step, Total
from jxreport.rules.nodes.step import EXCEEDED, OVERSPENT, SINCE
from jxreport.rules.pieces import ONLY_NOT_REACHED, Gives, Piece, Unreadable, What, clean_measure
from jxreport.rules.tree import Measure, Node, ValueAgainstTarget, ValueIn
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


_OVER = re.compile(r"^(?:高于|超过|超出|大于)(?:该|本)?(?:标准|目标|指标|计划|规定)值?$")


def over_is_nothing(b: Builder) -> bool:
    """高于标准不得分: the standard is an upper one, so that going below it is what earns the bonus."""
    return any(
        p.gives is Gives.ZERO and p.what in (What.TEXT, What.TARGET) and _OVER.match(p.label or p.scope)
        for p in b.pieces
    )


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
        b.take(lambda p: p.gives is Gives.ZERO and bool(_OVER.match(p.label or p.scope)))
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


def find_anchors(
    b: Builder, piece: Piece, row: Piece | None, text_row: Piece | None, adding: bool, measure: Measure
) -> list[tuple[str, Decimal | None, str]]:
    """(side, anchor, measure name) of the step: from its own words, the full row, or the requirement before."""
    side = piece.side
    own = piece.interval
    if piece.from_zero:
        return [("above", ZERO, measure.name or "完成率")]
    if (
        text_row is not None
        and re.search(r"持平|不变", text_row.label + text_row.scope)
        and side in ("above", "below")
    ):
        return [(side, ZERO, SINCE)]
    if own is not None and "百分点" in piece.label:
        raise Unreadable("分段扣分的办法不明")  # 超过5个百分点的部分每低1个百分点: a distance, not where the steps begin
    if own is not None and row is None:
        return [own_anchor(own, side)]
    if row is not None and row.interval is not None:
        interval = row.interval
        if not side and own is not None:
            side = "below" if own.lo is None else "above"
        if own is not None:
            start = own.hi if own.lo is None else own.lo
            if start not in (interval.lo, interval.hi) and not reaches_to_zero(b, own, interval, side):
                raise Unreadable("步长起算点与满分条件不衔接")
        if interval.is_two_sided:
            alone = len([p for p in b.pieces if p.what is What.STEP]) == 1
            if (
                side == "above"
                and not adding
                and re.search(r"超出|超过", piece.scope)
                and own is None
                and alone
            ):
                side = "either"
            if side == "either":
                return [("below", interval.lo, ""), ("above", interval.hi, "")]
            if not side:
                raise Unreadable("步长方向不明")
            return [(side, interval.lo if side == "below" else interval.hi, "")]
        bound = interval.lo if interval.lo is not None else interval.hi
        lower_is_full = interval.hi is not None and interval.lo is None
        if not side:
            side = "above" if lower_is_full else "below"
        good = "below" if lower_is_full else "above"
        overspent = "超支" in piece.scope and re.search("节约|节支|结余", measure.name)
        if side == good == "above" and not adding and overspent:
            side = "below"  # 节约率≥0得满分,每超支1%: overspending is a saving below 0
        if not interval.is_point and side != "either" and (side == good) != adding:
            raise Unreadable("加扣分的方向与满分条件相反")
        if side == "either" and not interval.is_point:
            side = "above" if lower_is_full else "below"
        return [(side, bound, "")]
    if not side:
        raise Unreadable("步长方向不明")
    zeros = [p.interval for p in b.pieces if p.what is What.VALUE and p.gives is Gives.ZERO and p.interval is not None]
    ends = [interval.hi for interval in zeros if interval.lo is None]
    if adding and side == "above" and text_row is None and len(ends) == 1 and not piece.target:
        return [(side, ends[0], "")]  # 低于96%不得分,每高1个百分点得2分
    needed = [
        f
        for _, f in b.plan.reader.requirements
        if f.unit == "%" and fits_requirement(f.interval, side, adding)
    ]
    if len(needed) == 1 and not piece.target:
        interval = needed[0].interval
        name = "" if measure.name else clean_measure(needed[0].before)
        bound = (
            interval.lo
            if side == "below" and interval.lo is not None
            else interval.hi
            if interval.hi is not None
            else interval.lo
        )
        return [(side, bound, name)]
    if len(needed) > 1:
        raise Unreadable("步长起算点不明：前文有几个数值")
    return free_anchor(b, piece, text_row, side, adding, measure)


def reaches_to_zero(b: Builder, own: Interval, full: Interval, side: str) -> bool:
    """100%得3分,90%以上每低1个百分点扣0.1分,低于90%不得分: the range of the step ends where nothing is left."""
    far, near = (own.lo, own.hi) if side == "below" else (own.hi, own.lo)
    bound = full.lo if side == "below" else full.hi
    if side not in ("below", "above") or far is None or near not in (None, bound):
        return False
    zeros = [p.interval for p in b.pieces if p.what is What.VALUE and p.gives is Gives.ZERO and p.interval is not None]
    return any((z.hi if side == "below" else z.lo) == far for z in zeros)


def beyond(piece: Piece, steps: list[Step]) -> Interval | None:
    """每下降2个百分点扣0.5分,下降超过10个百分点不得分: a bound on the distance from where the steps begin, as a bound on
    the value itself. None where the bound speaks of the value."""
    interval = piece.interval
    if interval is None or interval.lo is None or interval.hi is not None or len(steps) != 1:
        return None
    step = steps[0]
    if step.anchor is None or step.relative or step.side not in ("below", "above") or step.measure.absolute:
        return None
    down = bool(re.search(r"(?:下降|降低|减少|低|少|下滑|降幅|差距?|不足)[^,;]*$", piece.scope))
    up = bool(re.search(r"(?:增加|增长|上升|提高|超支|超出|超过|高出|超|高)[^,;]*$", piece.scope)) and not down
    point = piece.unit in ("百分点", "个百分点")
    if not (point or piece.unit == step.unit == "%" and step.anchor == 100 and interval.lo < 50):
        return None
    if not (down if step.side == "below" else up):
        return None
    if step.side == "below":
        return Interval(hi=step.anchor - interval.lo, hi_in=interval.lo_in)
    return Interval(lo=step.anchor + interval.lo, lo_in=interval.lo_in)


def free_anchor(
    b: Builder, piece: Piece, text_row: Piece | None, side: str, adding: bool, measure: Measure
) -> list[tuple[str, Decimal | None, str]]:
    words = piece.scope
    stated = re.findall(r"\d+(?:\.\d+)?%", text_row.label) if text_row is not None else []
    if stated and not piece.target:
        raise Unreadable("步长起算点不明：得分条件里的数值不止一个")
    if side == "either" and not piece.target:
        return [("above", ZERO, measure.name or "偏差幅度")]
    done = text_row is not None and re.search(r"完成|达到|实现", text_row.label)
    if adding and side == "above" and not done and re.search(r"超", words):
        before = b.plan.reader.text[: piece.start]
        if re.search(r"超额|超出|超过", before + words) and text_row is None:
            return [(side, ZERO, EXCEEDED)]
    if not adding and side == "above" and re.search(r"超支", words) and text_row is None:
        return [(side, ZERO, OVERSPENT)]
    against = text_row is not None and text_row.what is What.TARGET
    natural = side == ("above" if adding else "below")
    if re.search(r"与.{2,20}相比", words) and side == "below" and not adding and text_row is None:
        return [(side, Decimal(100), measure.name or clean_measure(words.split(",")[0]))]
    if done and not natural and not piece.target:
        if text_row is not None and adding and side == "below" and over_is_nothing(b):
            return [(side, None, measure.name)]
        raise Unreadable("加扣分的方向与完成目标的方向相反")
    if done and not piece.target and not against:
        name = measure.name or b.plan.indicator
        if _RATE.search(name) and not _COMPLETION.search(name):
            return [(side, None, measure.name)]  # 参合率: 目标任务 is a rate too, points are counted from it
        return [(side, Decimal(100), measure.name or "完成率")]
    return [(side, None, measure.name)]


_MOVED = re.compile(r"(?:下降|降低|减少|上升|提高|增加|增长)的?$")
_RATE = re.compile(r"(?:率|比例|比重|占比|满意度)$")
_COMPLETION = re.compile(r"(?:完成|达成|执行|实现|支付|支出|到位|使用|进度)(?:比)?(?:率|比例)$")


def own_anchor(own: Interval, side: str) -> tuple[str, Decimal | None, str]:
    """低于90%的每低1%, ≤30%,超1个百分点: the bound the step's own clause states."""
    if side == "either" or own.is_point and not side:
        raise Unreadable("步长起算点不明")
    if own.is_point:
        return (side, own.lo, "")
    if own.is_two_sided:
        if not side:
            raise Unreadable("步长方向不明")
        return (side, own.hi if side == "below" else own.lo, "")
    bound, strict = (own.hi, own.hi_in is False) if own.lo is None else (own.lo, own.lo_in is False)
    if not side:
        if not strict:
            raise Unreadable("步长方向不明")
        side = "below" if own.lo is None else "above"
    return (side, bound, "")


def fits_requirement(interval: Interval, side: str, adding: bool) -> bool:
    """Is this requirement one that a step on that side can start from?"""
    if interval.is_point or side == "either":
        return True
    lower = interval.lo is not None
    return (side == "below" and lower) != adding if not (adding and side == "above" and lower) else True
