"""Pieces put straight before building: announcements, counts beside bands, delays of nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import MEASURED, ZERO, same_counter, same_measure, same_unit
from jxreport.rules.interval import Interval, find_interval
from jxreport.rules.pieces import ONLY_NOT_REACHED, Gives, Piece, Unreadable, What, clean_measure
from jxreport.rules.vocabulary import RATE_UNITS, TIME_UNITS


def drop_prefaces(b: Builder) -> None:
    """应根据…百分比扣分。…每相差4%扣1分: the first is an announcement of the second."""
    kept: list[Piece] = []
    for i, piece in enumerate(b.pieces):
        following = b.pieces[i + 1] if i + 1 < len(b.pieces) else None
        step = following is not None and following.what is What.STEP
        if piece.gives is Gives.SCALE and following and step and ("扣" in piece.verb or following.from_zero):
            continue
        kept.append(piece)
    b.pieces = kept


_UNNAMED = ("", "完成", "达到", "完成任务", "完成目标", "完成计划")
_AIM = re.compile(r"目标|指标|计划|任务")


def shares_of_target(b: Builder) -> None:
    """目标值的90%-110%得5分; 达到目标值的100%得5分,达到80%得3分: bands on value ÷ target."""
    targets = [
        p for p in b.pieces
        if p.what is What.TARGET and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO) and _AIM.search(p.target) and not p.away
    ]  # fmt: skip
    rated = [p for p in b.pieces if p.what is What.VALUE and p.unit == "%" and p.measure in _UNNAMED]
    shares = [p for p in b.pieces if p.of_target]
    apart = {What.STEP, What.EVENT, What.COUNT, What.CLIFF}
    if any(p.what in apart or p.gives in (Gives.SCALE, Gives.FORMULA, Gives.ADD, Gives.DEDUCT) for p in b.pieces):
        b.pieces = [against_target(p) if p.of_target else p for p in b.pieces]
        return
    done = [
        p for p in b.pieces
        if p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL) and _DONE.match(p.label)
    ]  # fmt: skip
    others = [p for p in b.pieces if p.what is What.VALUE]
    plain = all(p in rated and not p.also and not p.label for p in others if not p.of_target)
    if len(done) == 1 and others and plain and not targets:
        best = Interval(lo=Decimal(100), lo_in=True)
        b.pieces = [replace(p, what=What.VALUE, interval=best, unit="%", label="") if p is done[0] else p for p in b.pieces]
        shares = [p for p in b.pieces if p.what is What.VALUE]
        rated = shares
        if any((p.interval.lo or 0) > 100 for p in shares if p.interval is not None):
            raise Unreadable("完成目标与超额完成的档次关系不明")
    if not shares and not (targets and (rated or len({p.factor for p in targets}) > 1)):
        return
    name = next((p.target for p in (*shares, *targets) if p.target), "")

    def own(piece: Piece) -> str:
        return "" if piece.measure in _UNNAMED else piece.measure

    def share(piece: Piece) -> Piece:
        if piece in targets:
            low = piece.op in ("≥", ">", "=")
            interval = Interval(
                lo=piece.factor if low else None, hi=None if low and piece.op != "=" else piece.factor,
                lo_in=piece.op != ">" if low else None, hi_in=piece.op in ("≤", "=") if not low or piece.op == "=" else None,
            )  # fmt: skip
            return replace(piece, what=What.VALUE, interval=interval, unit="%", of_target=True, target=name)
        return replace(piece, of_target=True, target=name, measure=own(piece)) if piece in rated or piece in shares else piece

    b.pieces = [share(p) for p in b.pieces]


def against_target(piece: Piece) -> Piece:
    """低于目标值的60%不得分 beside steps or proportional points: a comparison with the target."""
    interval = piece.interval
    if interval is None or interval.is_two_sided or interval.is_point or piece.also or piece.label:
        raise Unreadable("目标值的百分比与其他条款的关系不明")
    low = interval.lo is not None
    op = ("≥" if interval.lo_in else ">") if low else ("≤" if interval.hi_in else "<")
    factor = interval.lo if interval.lo is not None else interval.hi
    assert factor is not None
    return replace(piece, what=What.TARGET, op=op, factor=factor, interval=None, unit="", of_target=False)


_DONE = re.compile(
    r"^(?:全面|全部)完成$|^(?:全面|全部|按时|按期|如期)?(?:完成|达到|实现)(?:了)?"
    r"(?:(?:全年|年度|年初|预期|既定|规定|的|计划|工作|目标|任务|指标|进度)+值?)$"
)
_STATED = re.compile(r"^(?:年度|年初|绩效|设定|预期)?(?:目标|指标|计划)值?$")


def stated_target(b: Builder) -> None:
    """目标值90%,达到目标值得6分: reaching the target is reaching 90%."""

    def reached(piece: Piece) -> Piece:
        one = piece.interval is not None and piece.interval.is_point and _STATED.match(piece.measure)
        said = re.fullmatch(r"(达到|完成|实现|不低于|不超过|不高于)(?:年度|年初|绩效|设定|预期)?(?:目标|指标|计划)值?", piece.also)
        if piece.what is not What.VALUE or not one or not said or piece.interval is None or piece.label:
            return piece
        bound = piece.interval.lo
        up = said[1] not in ("不超过", "不高于")
        interval = Interval(lo=bound, lo_in=True) if up else Interval(hi=bound, hi_in=True)
        return replace(piece, interval=interval, also="", measure="")

    b.pieces = [reached(p) for p in b.pieces]


_MOVED = re.compile(
    r"^(?:累计)?(?:低于|高于|比)?(?:目标值?|指标值?|满分值?|标准|计划|基准)?(?:下降|降低|减少|低|少|下滑|增加|增长|上升|提高|超支|超出|超过|高出|超|高)?(?:幅度)?$"
)


def distances(b: Builder) -> None:
    """下降超过10个百分点不得分 beside one step on a named measure: the same measure, named by its change."""
    if len([p for p in b.pieces if p.what is What.STEP]) != 1:
        return
    b.pieces = [
        replace(p, measure="")
        if p.what is What.VALUE and p.gives is Gives.ZERO and p.unit in RATE_UNITS and p.measure and _MOVED.match(p.measure)
        else p
        for p in b.pieces
    ]


def steps_for_each(b: Builder) -> None:
    """甲率≥85%(2分)、乙率≥60%(2分),每低1个百分点扣0.1分: the one step holds for every rate."""
    steps = [p for p in b.pieces if p.what is What.STEP]
    rows = [p for p in b.pieces if p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL)]
    if len(steps) == 1 and not rows and not steps[0].measure and steps[0].interval is None and not steps[0].target:
        _each_required(b, steps[0])
        return
    if len(steps) != 1 or len(rows) < 2 or steps[0].measure not in ("", "单项", "每项", "任1项", "各项", "其中1项"):
        return
    step, text = steps[0], b.plan.reader.text
    names = [p.measure for p in rows]
    if len(set(names)) != len(rows) or any(same_measure(x, y) for i, x in enumerate(names) for y in names[:i]):
        return
    between = text[rows[-2].end : rows[-1].start]
    if re.search(r"[;。]", between) and not step.after_stop:
        return  # the step of the last rate only
    fits = all(p.start < step.start and p.unit == "%" and not p.also and not p.label for p in rows)
    if not fits or step.interval is not None or step.target or step.gives is not Gives.DEDUCT or step.limit is not None:
        raise Unreadable("步长针对哪一个率不明")
    at = b.pieces.index(step)
    b.pieces[at : at + 1] = [replace(step, measure=name) for name in names]


def _each_required(b: Builder, step: Piece) -> None:
    """甲率达到100%。乙率达到98%以上。每低0.1个百分点扣2分: the step holds for every rate that is required."""
    needed = [(clean_measure(re.split(r"[,:;。]", f.before)[-1]), f) for at, f in b.plan.reader.requirements if at < step.start]
    needed = [(name, f) for name, f in needed if f.unit == "%" and not f.absolute]
    names = [name for name, _ in needed]
    apart = all(re.search(r"率$|比例$|比重$", name) for name in names) and not any(
        same_measure(x, y) for i, x in enumerate(names) for y in names[:i]
    )
    lower = all(f.interval.hi is None or f.interval.is_point for _, f in needed)
    if len(needed) < 2 or not apart or not lower or step.side != "below" or step.gives is not Gives.DEDUCT or len(b.pieces) != 1:
        return
    b.pieces = [replace(step, measure=name, interval=f.interval) for name, f in needed]


def step_limits(b: Builder) -> None:
    """每降低1%加2分,降低2%以上加4分: the second says only where the steps end."""
    steps = [p for p in b.pieces if p.what is What.STEP]
    if len(steps) != 1 or steps[0].points is None or steps[0].limit is not None:
        return
    step = steps[0]
    ends = [
        p for p in b.pieces
        if p.what is What.VALUE and p.gives is step.gives and p.unit == step.unit and p.measure and _MOVED.match(p.measure)
        and p.interval is not None and p.interval.lo is not None and p.interval.hi is None and p.interval.lo_in
    ]  # fmt: skip
    if len(ends) != 1 or ends[0].interval is None or ends[0].interval.lo is None or step.points is None:
        return
    if ends[0].interval.lo / step.size * step.points == ends[0].points:
        b.pieces = [replace(p, limit=ends[0].points) if p is step else p for p in b.pieces if p is not ends[0]]


def unions(b: Builder) -> None:
    """80%以上或60%-70%得2分: one row for each interval."""
    if not any(p.more for p in b.pieces):
        return
    b.pieces = [
        replace(p, interval=interval, more=())
        for p in b.pieces
        for interval in ((p.interval, *p.more) if p.more else (p.interval,))
    ]


def unit_steps(b: Builder) -> None:
    """不超过30分钟得满分,每超过10分钟扣1分: a step on the measure that the full mark speaks of."""
    rows = [
        p for p in b.pieces
        if p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL) and p.unit in MEASURED
        and p.interval is not None and not p.interval.is_point
    ]  # fmt: skip
    if len(rows) != 1:
        _excess_of_count(b)
        return
    b.pieces = [
        replace(p, what=What.STEP, measure="", interval=None, label="", relative=False)
        if p.what is What.EVENT
        and p.deviation
        and p.gives in (Gives.DEDUCT, Gives.ADD)
        and same_unit(p.unit, rows[0].unit)
        else p
        for p in b.pieces
    ]


_EXCESS = re.compile(
    r"每(?:再|多)?(?:超出?|超过|增加?|高|多)(?:了|出)?\d*[^\d,;]{0,2}$|(?:超过|超出|超)的?部分,?每\d*[^\d,;]{1,2}$"
)


def _excess_of_count(b: Builder) -> None:
    """全年投诉不超过2件得5分,每增加1件扣1分: the complaints are counted, not those beyond the limit."""
    rows = [
        p for p in b.pieces
        if p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL) and p.unit not in RATE_UNITS and p.unit not in ("", "分", "‰")
        and p.interval is not None and p.interval.lo is None and p.interval.hi_in and not p.also and not p.label
    ]  # fmt: skip
    counted = [p for p in b.pieces if p.what is What.EVENT]
    if len(rows) != 1 or len(counted) != 1:
        return
    ends = [p for p in b.pieces if p not in (rows[0], counted[0])]
    if any(p.what not in (What.VALUE, What.CLIFF) or p.gives is not Gives.ZERO or not same_counter(p.unit, rows[0].unit) for p in ends):
        return
    event, own = counted[0], _EXCESS.search(counted[0].label)
    if event.gives is not Gives.DEDUCT or event.side != "above" or own is None or not same_counter(event.unit, rows[0].unit):
        return
    step = replace(event, what=What.STEP, measure="", interval=None, label="", relative=False, unit=rows[0].unit)
    b.pieces = [
        step if p is event else p if p is rows[0] else replace(p, what=What.VALUE, measure="", label="") for p in b.pieces
    ]


def counted_bands(b: Builder) -> None:
    """投诉0次得5分;1-3次得3分;7次及以上不得分: the last row is one of the bands."""
    on_time(b)
    rows = [
        p
        for p in b.pieces
        if p.what is What.VALUE and p.gives is Gives.AWARD and p.unit not in RATE_UNITS and p.unit
    ]
    if rows:
        bare_counts(b, rows[0])
    if not rows or any(p.what is What.EVENT for p in b.pieces):
        return
    b.pieces = [
        replace(p, what=What.VALUE)
        if p.what is What.CLIFF
        and p.gives in (Gives.ZERO, Gives.AWARD)
        and same_counter(p.unit, rows[0].unit)
        else p
        for p in b.pieces
    ]


_ON_TIME = re.compile(
    r"(?:按计划|按期|按时|如期|及时|按进度)[^,;。]{0,6}$|[不未]超[过出]?[^,;。\d]{1,6}$|[^,;。\d]以内$"
)


def on_time(b: Builder) -> None:
    """按计划完成10分;滞后10%以内8分: being on time is a delay of nothing."""
    late = [
        p
        for p in b.pieces
        if p.what is What.VALUE
        and p.interval is not None
        and p.interval.lo == 0
        and p.interval.lo_in is False
    ]
    texts = [p for p in b.pieces if p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL)]
    if not late or len(texts) != 1 or not _ON_TIME.search(texts[0].label):
        return
    first = late[0]
    b.pieces = [
        replace(
            p,
            what=What.VALUE,
            interval=Interval(hi=ZERO, hi_in=True),
            unit=first.unit,
            measure=first.measure,
            label="",
        )
        if p is texts[0]
        else p
        for p in b.pieces
    ]


def bare_counts(b: Builder, row: Piece) -> None:
    """演练2次及以上得3分,1次得1.5分,未组织不得分: bare counts are bands of the measure named before."""
    made: list[Piece] = []
    for piece in b.pieces:
        found = (
            find_interval(piece.label)
            if piece.what in (What.TEXT, What.COUNT) and re.match(r"^(?:仅|只)?\d", piece.label)
            else None
        )
        if (
            found is not None
            and found.unit == row.unit
            and not re.search(r"\d|[\u4e00-\u9fff]{3,}", found.before + found.after)
        ):
            piece = replace(
                piece, what=What.VALUE, interval=found.interval, unit=found.unit, measure="", label=""
            )
        elif (
            made
            and piece.gives is Gives.ZERO
            and piece.what is What.TEXT
            and made[-1].what is What.VALUE
            and made[-1].unit == row.unit
            and re.fullmatch(r"(?:没有|未|无|不)[\u4e00-\u9fff]{0,3}", piece.label)
            and not ONLY_NOT_REACHED.match(piece.label)
            and row.unit not in TIME_UNITS
        ):
            none = Interval(lo=ZERO, hi=ZERO, lo_in=True, hi_in=True)
            piece = replace(piece, what=What.VALUE, interval=none, unit=row.unit, label="")
        made.append(piece)
    b.pieces = made
