"""第一次扣1分,第二次扣2分,第三次不得分: each time has its own points; whether they add up is asked where it matters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, points_of
from jxreport.rules.conditions import CountIn
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Item, Items
from jxreport.rules.numerals import chinese_number
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Counted

_NTH = re.compile(r"(?P<pre>[^第,;]*?)第(?P<n>[一二三四五六七八九]|\d)(?P<u>[次起例])(?:及以上|以上|及以后|起)?(?P<post>[^第,;]{0,10})")


@dataclass(frozen=True, slots=True)
class _Time:
    index: int
    piece: Piece
    number: Decimal
    stem: str
    unit: str


def add_ordinals(b: Builder) -> None:
    """Two or more 第N次 that follow each other are one count."""
    times = [t for i, p in b.some(lambda p: p.what is What.TEXT and not p.items) for t in [_time(i, p)] if t is not None]
    if len(times) < 2:
        return
    numbers = [t.number for t in times]
    stems = {t.stem for t in times if t.stem}
    gives = {t.piece.gives for t in times}
    if numbers != [Decimal(n + 1) for n in range(len(numbers))] or len(stems) > 1 or not gives <= {Gives.DEDUCT, Gives.ZERO}:
        raise Unreadable("各次分别怎样计分不明")
    counted = Counted(text=f"{next(iter(stems), '发生')}{times[0].unit}数", unit=times[0].unit)
    parts: list[Item] = []
    for time in times:
        cond = CountIn(counted=counted, interval=Interval(lo=time.number, lo_in=True), nth=True)
        if time.piece.gives is Gives.ZERO:
            b.gates.append((cond, ZERO))
        else:
            parts.append(Item(cond=cond, points=-points_of(time.piece, b.plan)))
    b.used.update(t.index for t in times)
    if parts:
        b.parts.append(Items(parts=tuple(parts)))


def _time(index: int, piece: Piece) -> _Time | None:
    match = _NTH.fullmatch(piece.label)
    if match is None:
        return None
    number = chinese_number(match["n"]) if not match["n"].isdigit() else Decimal(match["n"])
    stem = match["pre"] or match["post"]
    return None if number is None else _Time(index, piece, number, stem, match["u"])
