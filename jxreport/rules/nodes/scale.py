"""Scale: points in proportion to completion (按完成比例得分, 按比例扣分)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Issue, Need
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.tree import Cells, Measure

OF_HUNDRED, OF_FULL, OF_RANGE = "按完成率（以100%为满分）折算", "按与满分线的比例折算", "在不得分线与满分线之间按直线折算"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`points` × completion. `full_at`: from here on the full points (percent); where it is not 100 the
    sentence leaves open whether the share is of 100 or of `full_at`, unless `of_hundred` says so."""

    measure: Measure
    points: Decimal | None
    full_at: Decimal = Decimal(100)
    of_hundred: bool | None = None
    zero_at: Decimal | None = None  # 60%-90%之间按比例: below it nothing is earned
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
        reading = self._reading()
        if reading is None:
            reading = run.choose("scale", f"低于{plain(self.full_at)}%时按什么比例折算", self._readings())
        if reading == OF_RANGE and self.zero_at is not None:
            return self._along(run, value, full, self.zero_at)
        base = self.full_at if reading == OF_FULL else Decimal(100)
        score = full * value / base
        run.say("arithmetic", f"{plain(full)}分 × {plain(value)}% ÷ {plain(base)}% = {plain(score)}")
        return score

    def _readings(self) -> tuple[str, ...]:
        """What 按比例 can mean between the line of the full mark and the line of nothing."""
        of_share = (OF_HUNDRED, OF_FULL) if self.full_at != 100 else (OF_HUNDRED,)
        return of_share if self.zero_at is None else (*of_share, OF_RANGE)

    def _reading(self) -> str | None:
        """The reading that the sentence settles itself; None where it is open."""
        if self.of_hundred is not None:
            return OF_HUNDRED if self.of_hundred else OF_FULL
        return OF_HUNDRED if len(self._readings()) == 1 else None

    def _along(self, run: Evaluation, value: Decimal, full: Decimal, low: Decimal) -> Decimal:
        score = max(Decimal(0), full * (value - low) / (self.full_at - low))
        run.say("arithmetic", f"{plain(full)}分 × ({plain(value)}-{plain(low)}) ÷ {plain(self.full_at - low)} = {plain(score)}")
        return score

    def sentence(self) -> str:
        points = "满分" if self.points is None else f"{plain(self.points)}分"
        if self.needs_target:
            points = "满分" if self.points is None else f"{plain(self.points)}分"
            return f"达到目标值得{points},未完成的按完成比例得分"
        if self.zero_at is not None:
            between = f"{plain(self.zero_at)}%-{plain(self.full_at)}%的按{'完成率计分' if self.of_hundred else '比例得分'}"
            return f"{self.measure.name}≥{plain(self.full_at)}%得{points},{between}"
        name = self.measure.name or ("完成目标值" if self.measure.of_target else "完成率")
        if self.full_at == 100:
            return f"{name}100%得{points},未完成的按完成比例得分"
        return f"{name}≥{plain(self.full_at)}%得{points},低于{plain(self.full_at)}%的按完成比例得分"

    def excel(self, cells: Cells) -> str:
        value = self.measure.excel(cells)
        full, top = plain(self.points or Decimal(0)), plain(self.full_at)
        reading = self._reading() or cells.choice("scale")
        if reading is None:
            return f'IF({value}>={top},{full},"待确认")'
        if reading == OF_RANGE and self.zero_at is not None:
            line = f"MAX(0,{full}*({value}-{plain(self.zero_at)})/{plain(self.full_at - self.zero_at)})"
        else:
            line = f"MAX(0,{full}*{value}/{top if reading == OF_FULL else '100'})"
        return line if self.free and self.full_at == 100 else f"IF({value}>={top},{full},{line})"
