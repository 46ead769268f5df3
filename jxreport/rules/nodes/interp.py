"""Interp: straight lines between stated points (介于两者之间的按线性插值计分)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from jxreport.number import plain
from jxreport.rules.api import Need
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.tree import OPEN_CELL, Cells, Measure

Point = tuple[Decimal, Decimal]  # (value, points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interp:
    """Two points or more, low value first; beyond the ends the nearer end's score. `open_end`: below or above the
    worst point, which still earns something, nothing is said."""

    measure: Measure
    marks: tuple[Point, ...]
    open_end: str = ""  # below | above

    @property
    def low(self) -> Point:
        return self.marks[0]

    @property
    def high(self) -> Point:
        return self.marks[-1]

    def needs(self) -> tuple[Need, ...]:
        return self.measure.needs()

    def evaluate(self, run: Evaluation) -> Decimal:
        value = self.measure.read(run)
        if self.open_end == "below" and value < self.low[0] or self.open_end == "above" and value > self.high[0]:
            return self._beyond(run, value)
        if value <= self.low[0]:
            return self.low[1]
        for (x0, y0), (x1, y1) in pairwise(self.marks):
            if value >= x1:
                continue
            score = y0 + (y1 - y0) * (value - x0) / (x1 - x0)
            run.say(
                "arithmetic",
                f"{plain(y0)} + ({plain(y1)}-{plain(y0)}) × ({plain(value)}-{plain(x0)}) ÷ {plain(x1 - x0)} = {plain(score)}",
            )
            return score
        return self.high[1]

    def _beyond(self, run: Evaluation, value: Decimal) -> Decimal:
        worst = min(self.low, self.high, key=lambda mark: mark[1])
        text = f"{plain(value)}{self.measure.unit}在插值的各点之外，文字没有写明得分"
        label = f"按{plain(worst[0])}{self.measure.unit}一点得{plain(worst[1])}分"
        return worst[1] if run.choose(f"beyond:{self.measure.key}", text, ("不得分", label)) == label else Decimal(0)

    def sentence(self) -> str:
        name, unit = self.measure.name, self.measure.unit

        def award(points: Decimal) -> str:
            return "不得分" if points == 0 else f"得{plain(points)}分"

        between = [f"{plain(x)}{unit}{award(y)}" for x, y in reversed(self.marks[1:-1])]
        (x0, y0), (x1, y1) = self.low, self.high
        above, below = ("" if self.open_end == "above" else "≥"), ("" if self.open_end == "below" else "≤")
        ends = [f"{name}{above}{plain(x1)}{unit}{award(y1)}", *between, f"{below}{plain(x0)}{unit}{award(y0)}"]
        return ";".join(ends) + ";介于两者之间的按线性插值计分"

    def excel(self, cells: Cells) -> str:
        ref = self.measure.excel(cells)
        text = plain(self.high[1])
        for (x0, y0), (x1, y1) in reversed(list(pairwise(self.marks))):
            line = f"{plain(y0)}+({plain(y1)}-{plain(y0)})*({ref}-{plain(x0)})/{plain(x1 - x0)}"
            text = f"IF({ref}>={plain(x1)},{text},{line})"
        text = f"IF({ref}<={plain(self.low[0])},{plain(self.low[1])},{text})"
        if self.open_end:
            beyond = f"{ref}<{plain(self.low[0])}" if self.open_end == "below" else f"{ref}>{plain(self.high[0])}"
            text = f"IF({beyond},{OPEN_CELL},{text})"
        return text
