"""Words that stand for a stretch of the measure: 负增长, 未达标, 无逾期, 未完成的 beside numbers on the same measure."""

from __future__ import annotations

import re
from dataclasses import replace

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, same_measure
from jxreport.rules.expression import operands
from jxreport.rules.interval import Interval
from jxreport.rules.pieces import Gives, Piece, What, clean_measure
from jxreport.rules.vocabulary import RATE_UNITS

_MISSED = re.compile(r"(?:未|没有?|不)(?:能)?(?:达标|达到|达成|完成|实现)(?:的|目标|要求|标准|指标)*")


def missed_bound(b: Builder) -> None:
    """合格率90%以上得0.5分;未达标的扣0.5分: the deduction is for what lies on the other side of the bound."""
    rows = [p for p in b.pieces if p.what is What.VALUE]
    losses = [p for p in b.pieces if p.gives is Gives.DEDUCT]
    if len(b.pieces) != 2 or len(rows) != 1 or len(losses) != 1 or rows[0].gives not in (Gives.AWARD, Gives.FULL):
        return
    row, loss = rows[0], losses[0]
    plain = row.interval is not None and not row.interval.is_two_sided and not row.interval.is_point and not row.also
    missed = loss.what is What.ELSE or loss.what is What.TEXT and bool(_MISSED.fullmatch(loss.label))
    if not plain or not missed or row.interval is None:
        return
    other = (
        Interval(hi=row.interval.lo, hi_in=not row.interval.lo_in)
        if row.interval.lo is not None
        else Interval(lo=row.interval.hi, lo_in=not row.interval.hi_in)
    )
    b.pieces = [
        replace(p, what=What.VALUE, interval=other, unit=row.unit, measure=row.measure, label="") if p is loss else p
        for p in b.pieces
    ]


_SIGNED = re.compile(
    r"(?P<m>[^,;。\d]*?)(?:出现|呈|呈现)?(?:(?P<down>负增长|为负(?:数|值|增长)?|不降反升|不减反增|不增反降|未提高|未增长|没有(?:提高|增长)|未下降|未降低)|(?P<up>正增长|为正(?:数|值|增长)?)|(?P<turned>(?:比|较)(?:上年|去年|上一?年度)(?:同期)?(?:增长|上升|提高|增加|下降|降低|减少)))"
)


def own_completion(b: Builder) -> None:
    """完成培训计划得4分,未完成的按比例得分;合格率95%以上得2分: the proportion is of the plan, not of the rate beside it."""
    made: list[Piece] = []
    rated = [p for p in b.pieces if p.what is What.VALUE and p.measure and p.gives in (Gives.AWARD, Gives.FULL)]
    for piece in b.pieces:
        ahead = [p for p in made if p.gives in (Gives.AWARD, Gives.FULL)]
        if piece.gives is Gives.SCALE and not piece.measure and rated and ahead and ahead[-1].what in (What.TEXT, What.TARGET):
            piece = replace(piece, measure="完成率")
        made.append(piece)
    b.pieces = made


def _opposed(words: str, measure: str) -> bool:
    """比上年增长 beside 比上年下降10%: the same measure on the other side of 0."""
    up, down = r"增长|上升|提高|增加", r"下降|降低|减少|压减"
    return bool(re.search(up, words) and re.search(down, measure) or re.search(down, words) and re.search(up, measure))


def by_sign(b: Builder) -> None:
    """负增长不得分, 增长率为正得满分 beside numbers on the same measure: below or above 0."""
    numbers = [p.measure for p in b.pieces if p.what is What.STEP or p.what is What.VALUE and p.unit in RATE_UNITS]
    for piece in b.pieces:
        if piece.gives is Gives.FORMULA:
            numbers += [o.name for o in operands(piece.expr) if o.rate]  # type: ignore[arg-type]
    if not numbers:
        return
    made: list[Piece] = []
    said: list[Piece] = []
    for piece in b.pieces:
        match = _SIGNED.fullmatch(piece.label) if piece.what is What.TEXT else None
        name = "" if match is None else clean_measure(match["m"])
        same = all(same_measure(name, other) for other in numbers)
        if match is not None and match["turned"] and not _opposed(match["turned"], numbers[0]):
            match = None
        if match is None or not same or re.search(r"[无未不没非]", name) or piece.gives not in (Gives.AWARD, Gives.FULL, Gives.ZERO):
            made.append(piece)
            continue
        below = match["down"] or match["turned"]
        interval = Interval(hi=ZERO, hi_in=bool(re.match(r"未|没有", below))) if below else Interval(lo=ZERO, lo_in=False)
        said.append(replace(piece, what=What.VALUE, interval=interval, unit="%", measure=name, label=""))
        made.append(said[-1])
    below = [p for p in said if p.interval == Interval(hi=ZERO, hi_in=False)]
    b.pieces = [_from_zero(p) if below and p not in said else p for p in made]


def _from_zero(piece: Piece) -> Piece:
    """结余率<5%得5分 beside 结余率为负不得分: what lies below 0 has a row of its own."""
    interval = piece.interval
    if piece.what is not What.VALUE or interval is None or interval.lo is not None or not interval.hi or interval.hi < 0:
        return piece
    return replace(piece, interval=replace(interval, lo=ZERO, lo_in=True))


def none_of_it(b: Builder) -> None:
    """无逾期项目得5分;逾期项目占比≤5%得3分: having none is a share of nothing."""
    rows = [p for p in b.pieces if p.what is What.VALUE and p.unit in RATE_UNITS and p.interval is not None]
    upper = [p for p in rows if p.interval is not None and (p.interval.lo is None or p.gives is Gives.ZERO)]
    texts = [p for p in b.pieces if p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL)]
    if len(texts) != 1 or not rows or len(rows) + 1 != len(b.pieces) or not upper or upper[0] is not rows[0]:
        return
    none = re.fullmatch(r"(?:无|没有|未出现|未发生|不存在)(?P<what>[^,;。\d]{2,12}?)(?:的|情况|现象)*", texts[0].label)
    if none is None or none["what"] not in rows[0].measure:
        return
    zero = Interval(lo=ZERO, hi=ZERO, lo_in=True, hi_in=True)
    b.pieces = [
        replace(p, what=What.VALUE, interval=zero, unit="%", measure=rows[0].measure, label="") if p is texts[0]
        else replace(p, interval=replace(p.interval, lo=ZERO, lo_in=False)) if p is rows[0] and p.interval and p.interval.lo is None
        else p
        for p in b.pieces
    ]  # fmt: skip
