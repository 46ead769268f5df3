"""Total: a base and parts that add to it or take away from it, each with its own limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Need
from jxreport.rules.evaluation import Evaluation, Unanswered
from jxreport.rules.tree import Cells, Node, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """`base` points before the parts. `full_words` names the state that earns the base (≥100%)."""

    base: Decimal
    parts: tuple[Node, ...]
    full_words: str = ""
    section: bool = False  # one section of several: its own deductions cannot take more than its base

    def needs(self) -> tuple[Need, ...]:
        return unique(need for part in self.parts for need in part.needs())

    def evaluate(self, run: Evaluation) -> Decimal:
        total = self.base
        if self.base:
            run.say("clause", f"基础分{plain(self.base)}分")
        missing: Unanswered | None = None
        for part in self.parts:
            try:
                total += part.evaluate(run)
            except Unanswered as lack:
                if lack.need not in run.missing:
                    run.missing.append(lack.need)
                missing = lack
        if missing is not None:
            raise missing
        return max(total, Decimal(0)) if self.section else total

    def sentence(self) -> str:
        parts = [part.sentence() for part in self.parts]
        if self.section:
            return ",".join(
                [f"{self.full_words}得{plain(self.base)}分", *(p.replace(";", ",") for p in parts)]
            )
        if self.base:
            parts.insert(
                0,
                f"{self.full_words}得{plain(self.base)}分"
                if self.full_words
                else f"基本分{plain(self.base)}分",
            )
        return ";".join(parts)

    def excel(self, cells: Cells) -> str:
        total = "(" + "+".join([plain(self.base), *(part.excel(cells) for part in self.parts)]) + ")"
        return f"MAX(0,{total})" if self.section else total
