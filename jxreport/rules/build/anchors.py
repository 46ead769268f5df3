"""Where steps begin: the bound of their own clause, the full mark, a requirement before them, or a target outside."""

from __future__ import annotations

import re
from decimal import Decimal

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, same_measure
from jxreport.rules.interval import Found, Interval, find_interval
from jxreport.rules.nodes import Step
from jxreport.rules.nodes.step import EXCEEDED, OVERSPENT, SINCE
from jxreport.rules.pieces import Gives, Piece, Unreadable, What, clean_measure
from jxreport.rules.tree import Measure

OVER = re.compile(r"^(?:高于|超过|超出|大于)(?:该|本)?(?:标准|目标|指标|计划|规定)值?$")


def over_is_nothing(b: Builder) -> bool:
    """高于标准不得分: the standard is an upper one, so that going below it is what earns the bonus."""
    return any(
        p.gives is Gives.ZERO and p.what in (What.TEXT, What.TARGET) and OVER.match(p.label or p.scope)
        for p in b.pieces
    )


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
    if not needed and text_row is None and not piece.target:
        needed = _described(b, side, adding, measure)
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


def _described(b: Builder, side: str, adding: bool, measure: Measure) -> list[Found]:
    """设备完好率不低于90% in the description: where the steps of the sentence begin."""
    found = [find_interval(part) for part in re.split(r"[,;。]", b.plan.description)]
    stated = [f for f in found if f is not None and f.stated_compare and f.unit == "%" and not f.interval.is_two_sided]
    fitting = [f for f in stated if fits_requirement(f.interval, side, adding) and not f.after]
    name = measure.name or b.plan.indicator
    same = [f for f in fitting if not name or same_measure(clean_measure(f.before), name) or len(fitting) == 1 and not measure.name]
    return same if len(stated) == 1 else []


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
    return lower == (side == ("above" if adding else "below"))
