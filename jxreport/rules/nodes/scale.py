"""Scale: points in proportion to completion (按完成比例得分, 按比例扣分)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Issue, Need
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.tree import Cells, Measure

OF_HUNDRED, OF_FULL = "按完成率（以100%为满分）折算", "按与满分线的比例折算"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`points` × completion. `full_at`: from here on the full points (percent); where it is not 100 the
    sentence leaves open whether the share is of 100 or of `full_at`, unless `of_hundred` says so."""

    measure: Measure
    points: Decimal | None
    full_at: Decimal = Decimal(100)
    of_hundred: bool | None = None
    needs_target: bool = False  # the sentence compares with a 目标值: a bare number is no completion rate
    free: bool = False  # completion beyond 100% earns more; the rule's own cap says how much
    capped: bool = field(default=True, compare=False)  # the sentence says so, or a full mark stands beside it

    def needs(self) -> tuple[Need, ...]:
        return (
            self.measure.needs()
            if not self.measure.of_target
            else (self.measure.need, self.measure.target_need)
        )

    def _weight(self, run: Evaluation) -> Decimal:
        return self.points if self.points is not None else Decimal(0)

    def evaluate(self, run: Evaluation) -> Decimal:
        if self.needs_target:
            run.number(self.measure.target_need)
        value = self.measure.read(run)
        full = self._weight(run)
        if value >= self.full_at and not (self.free and value > 100):
            if value > 100 and not self.capped:
                run.note(Issue(code="JX411", text="超过100%时是否封顶没有写明，按满分计"))
                run.say("convention", "超额完成是否加分没有写明，按满分封顶")
            run.say("clause", f"达到{plain(self.full_at)}%，{plain(full)}分")
            return full
        if value < 0:
            return Decimal(0)
        base = Decimal(100)
        of_hundred = self.of_hundred if self.full_at != 100 else True
        if of_hundred is None:
            text = f"低于{plain(self.full_at)}%时按什么比例折算"
            of_hundred = run.choose("scale", text, (OF_HUNDRED, OF_FULL)) == OF_HUNDRED
        base = Decimal(100) if of_hundred else self.full_at
        score = full * value / base
        run.say("arithmetic", f"{plain(full)}分 × {plain(value)}% ÷ {plain(base)}% = {plain(score)}")
        return score

    def sentence(self) -> str:
        points = "满分" if self.points is None else f"{plain(self.points)}分"
        if self.needs_target:
            points = "满分" if self.points is None else f"{plain(self.points)}分"
            return f"达到目标值得{points},未完成的按完成比例得分"
        name = self.measure.name or ("完成目标值" if self.measure.of_target else "完成率")
        if self.full_at == 100:
            return f"{name}100%得{points},未完成的按完成比例得分"
        return f"{name}≥{plain(self.full_at)}%得{points},低于{plain(self.full_at)}%的按完成比例得分"

    def excel(self, cells: Cells) -> str:
        value = self.measure.excel(cells)
        full = plain(self.points or Decimal(0))
        base = "100"
        if self.full_at != 100 and self.of_hundred is not True:
            choice = OF_FULL if self.of_hundred is False else cells.choice("scale")
            if choice is None:
                return f'IF({value}>={plain(self.full_at)},{full},"待确认")'
            base = "100" if choice == OF_HUNDRED else plain(self.full_at)
        line = f"MAX(0,{full}*{value}/{base})"
        return line if self.free and self.full_at == 100 else f"IF({value}>={plain(self.full_at)},{full},{line})"
