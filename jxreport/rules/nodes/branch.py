"""Branch: one way of scoring in one stretch of the measure, another one elsewhere (80%-100%的按…计分;60%-80%的按…计分)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.rules.api import Need
from jxreport.rules.conditions import Cond
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.tree import Cells, Node, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Where `cond` holds `then` scores, else `body`; both in points."""

    cond: Cond
    then: Node
    body: Node

    def needs(self) -> tuple[Need, ...]:
        return unique([*self.cond.needs(), *self.then.needs(), *self.body.needs()])

    def evaluate(self, run: Evaluation) -> Decimal:
        return (self.then if self.cond.holds(run) else self.body).evaluate(run)

    def sentence(self) -> str:
        return f"{self.cond.words()}的,{self.then.sentence()};{self.body.sentence()}"

    def excel(self, cells: Cells) -> str:
        return f"IF({self.cond.excel(cells)},{self.then.excel(cells)},{self.body.excel(cells)})"
