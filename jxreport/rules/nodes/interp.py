"""Interp: a straight line between stated points (介于两者之间的按线性插值计分)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Need
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.tree import Cells, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Interp:
    """Two points; beyond them the nearer point's score."""

    measure: Measure
    low: tuple[Decimal, Decimal]  # (value, points), low value first
    high: tuple[Decimal, Decimal]

    def needs(self) -> tuple[Need, ...]:
        return self.measure.needs()

    def evaluate(self, run: Evaluation) -> Decimal:
        value = self.measure.read(run)
        (x0, y0), (x1, y1) = self.low, self.high
        if value <= x0:
            return y0
        if value >= x1:
            return y1
        score = y0 + (y1 - y0) * (value - x0) / (x1 - x0)
        run.say(
            "arithmetic",
            f"{plain(y0)} + ({plain(y1)}-{plain(y0)}) × ({plain(value)}-{plain(x0)}) ÷ {plain(x1 - x0)} = {plain(score)}",
        )
        return score

    def sentence(self) -> str:
        (x0, y0), (x1, y1) = self.low, self.high
        name, unit = self.measure.name, self.measure.unit

        def award(points: Decimal) -> str:
            return "不得分" if points == 0 else f"得{plain(points)}分"

        return (
            f"{name}≥{plain(x1)}{unit}{award(y1)};≤{plain(x0)}{unit}{award(y0)};介于两者之间的按线性插值计分"
        )

    def excel(self, cells: Cells) -> str:
        (x0, y0), (x1, y1) = self.low, self.high
        ref = self.measure.excel(cells)
        line = f"{plain(y0)}+({plain(y1)}-{plain(y0)})*({ref}-{plain(x0)})/{plain(x1 - x0)}"
        return f"IF({ref}<={plain(x0)},{plain(y0)},IF({ref}>={plain(x1)},{plain(y1)},{line}))"
