"""Human: a person scores it (酌情, 8-10分, 从高到低排序, missing numbers)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Need
from jxreport.rules.evaluation import ByHand, Evaluation
from jxreport.rules.tree import OPEN_CELL, Cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Human:
    """`why` in words; `low`/`high` the points between which the person may choose, where stated."""

    why: str
    low: Decimal | None = None
    high: Decimal | None = None
    text: str = ""

    def evaluate(self, run: Evaluation) -> Decimal:
        raise ByHand(self.why)

    def sentence(self) -> str:
        between = (
            f"（{plain(self.low)}—{plain(self.high)}分之间）"
            if self.low is not None and self.high is not None
            else ""
        )
        return f"需要人工评定{between}：{self.why}"

    def excel(self, cells: Cells) -> str:
        return OPEN_CELL

    def needs(self) -> tuple[Need, ...]:
        return ()
