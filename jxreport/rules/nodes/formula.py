"""Formula: arithmetic over named operands, numbers, and the weight (得分=A/B×分值)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.number import half_up, plain
from jxreport.rules.api import Need
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.expression import Expression, compute, expression_excel, expression_words, operands
from jxreport.rules.tree import Cells, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """`expr` in points. `whole_percent`: 完成百分比保留整数, the rate is rounded before it is used."""

    expr: Expression
    name: str = "得分"
    places: int | None = None
    when: str = field(default="", compare=False)  # the stretch it holds for, in words, where others have their own

    def needs(self) -> tuple[Need, ...]:
        return unique(operand.need for operand in operands(self.expr))

    def evaluate(self, run: Evaluation) -> Decimal:
        score = compute(self.expr, run)
        if self.places is not None:
            score = half_up(score, self.places)
        run.say("arithmetic", f"{self.name}={expression_words(self.expr)} = {plain(score)}")
        return score

    def sentence(self) -> str:
        when = f"{self.when}的," if self.when else ""
        return f"{when}{self.name}={expression_words(self.expr)}"

    def excel(self, cells: Cells) -> str:
        return expression_excel(self.expr, cells)
