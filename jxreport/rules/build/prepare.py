"""Pieces put straight before building: announcements, counts beside bands, delays of nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import MEASURED, ZERO, same_counter, same_unit
from jxreport.rules.interval import Interval, find_interval
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.vocabulary import RATE_UNITS


def drop_prefaces(b: Builder) -> None:
    """应根据…百分比扣分。…每相差4%扣1分: the first is an announcement of the second."""
    kept: list[Piece] = []
    for i, piece in enumerate(b.pieces):
        following = b.pieces[i + 1] if i + 1 < len(b.pieces) else None
        if piece.gives is Gives.SCALE and "扣" in piece.verb and following and following.what is What.STEP:
            continue
        kept.append(piece)
    b.pieces = kept


def unit_steps(b: Builder) -> None:
    """不超过30分钟得满分,每超过10分钟扣1分: a step on the measure that the full mark speaks of."""
    rows = [
        p for p in b.pieces
        if p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL) and p.unit in MEASURED
        and p.interval is not None and not p.interval.is_point
    ]  # fmt: skip
    if len(rows) != 1:
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
    if (
        not late
        or len(texts) != 1
        or not re.search(r"(?:按计划|按期|按时|如期|及时|按进度)[^,;。]{0,6}$", texts[0].label)
    ):
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
        ):
            none = Interval(lo=ZERO, hi=ZERO, lo_in=True, hi_in=True)
            piece = replace(piece, what=What.VALUE, interval=none, unit=row.unit, label="")
        made.append(piece)
    b.pieces = made


def check_humans(b: Builder) -> None:
    human = [p for p in b.pieces if p.gives is Gives.HUMAN]
    if not human:
        return
    rest = [p for p in b.pieces if p.gives is not Gives.HUMAN]
    conditional = all(p.what in (What.VALUE, What.TARGET) for p in human)
    plain_rows = all(
        p.what in (What.VALUE, What.TARGET, What.ELSE) and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO)
        for p in rest
    )
    if not (rest and conditional and plain_rows):
        raise Unreadable(human[0].why or "需要人工评定")
