"""Gate: a condition that decides before anything else is counted (未建立的不得分, 低于60%不得分)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Issue, Need
from jxreport.rules.conditions import Cond, CountIn, Tick, ValueIn
from jxreport.rules.evaluation import ByHand, Evaluation, Unanswered
from jxreport.rules.nodes.human import Human
from jxreport.rules.nodes.items import Items
from jxreport.rules.tree import OPEN_CELL, Cells, Node, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Where `cond` holds the score is `points` (mostly 0); else the body decides."""

    cond: Cond
    body: Node
    points: Decimal = Decimal(0)
    exempt: bool = False  # 没有此项工作的按满分计: whoever has none gets the points
    implied: bool = False  # nothing is said of this case: zero by implication

    def needs(self) -> tuple[Need, ...]:
        return unique([*self.cond.needs(), *self.body.needs()])

    def evaluate(self, run: Evaluation) -> Decimal:
        try:
            shut = self.cond.holds(run)
        except Unanswered as lack:
            if isinstance(self.body, Human):
                run.missing.append(lack.need)
                raise
            try:
                score = self.body.evaluate(run)
            except ByHand:
                run.missing.append(lack.need)
                raise lack from None
            if score <= 0 and self.points == 0:
                return Decimal(0)  # nothing is left that the gate could take away
            if not _denied(self.cond, run):
                run.missing.append(lack.need)
                raise
            run.say("convention", f"已有得分项成立，“{self.cond.words()}”不成立")
            return score
        if shut and self.implied:
            run.note(Issue(code="JX410", text="没有写明未达到目标值时的得分，按不得分处理"))
        if shut and isinstance(self.cond, ValueIn) and self.cond.interval.hi is None and self.cond.measure.unit == "%" and run.value:
            run.doubt_bound(run.value, self.cond.interval.lo or Decimal(0))
        if shut:
            run.say(
                "clause",
                f"“{self.cond.words()}”成立，{'不得分' if self.points == 0 else plain(self.points) + '分'}",
            )
            return self.points
        return self.body.evaluate(run)

    def _words(self) -> str:
        alone = "本项不得分" if isinstance(self.cond, Tick) else "不得分"
        return f"{self.cond.words()},{alone if self.points == 0 else f'得{plain(self.points)}分'}"

    def sentence(self) -> str:
        inner = self.body
        if isinstance(inner, Human):
            return self._words()  # what no row names needs no words
        if isinstance(inner, Gate) and not (self.implied or self.exempt or inner.implied or inner.exempt):
            core = inner.sentence()  # the outer gate is printed first, as it was read first
            own = core.rfind(inner._words())
            return f"{core[:own]}{self._words()};{core[own:]}" if own >= 0 else f"{core};{self._words()}"
        alone = "本项不得分" if isinstance(self.cond, Tick) else "不得分"
        points = alone if self.points == 0 else f"得{plain(self.points)}分"
        body = self.body.sentence()
        if self.implied:
            return body
        if self.exempt:
            return f"{body};{self.cond.words()},按满分计"
        one = isinstance(self.body, Items) and len(self.body.parts) == 1 and getattr(self.body.parts[0], "award", False)
        if one and isinstance(self.cond, Tick) and isinstance(getattr(self.body.parts[0], "cond", None), Tick):  # type: ignore[attr-defined]
            body += ",否则不得分"  # else the two would read as tiers of one scale
        return (
            f"{self.cond.words()},{points};否则不得分" if not body else f"{body};{self.cond.words()},{points}"
        )

    def excel(self, cells: Cells) -> str:
        return f"IF({self.cond.excel(cells)},{plain(self.points)},{self.body.excel(cells)})"


def _denied(cond: Cond, run: Evaluation) -> bool:
    """没有中转站 is denied by a confirmed 有1座以上中转站."""
    if not isinstance(cond, Tick):
        return False
    core = re.sub(r"^(?:没有|无|未|不)", "", cond.text)
    if core == cond.text or len(core) < 2:
        return False
    return any(
        answer is True and core in key
        for key, answer in run.answers.items()
        if key.startswith("check:") and key != cond.need.key
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanGate:
    """Where `cond` holds a person decides (低于市平均的按从高到低…); else the body."""

    cond: Cond
    body: Node
    why: str = field(compare=False)  # in the words of the sentence

    def needs(self) -> tuple[Need, ...]:
        return unique([*self.cond.needs(), *self.body.needs()])

    def evaluate(self, run: Evaluation) -> Decimal:
        try:
            open_ = self.cond.holds(run)
        except Unanswered:
            if self.body.evaluate(run) <= 0:
                return Decimal(0)  # nothing is left that a person could take away
            raise
        if open_:
            raise ByHand(self.why)
        return self.body.evaluate(run)

    def sentence(self) -> str:
        if isinstance(self.cond, Tick) and self.cond.negated:
            return f"{self.body.sentence()};否则酌情扣分"
        if isinstance(self.cond, Tick) and self.cond.unless:
            return f"{self.body.sentence()};{self.cond.words()},此项不评分"
        decides = "酌情扣分" if isinstance(self.cond, CountIn) else "由人工评定"
        return f"{self.body.sentence()};{self.cond.words()}{decides}"

    def excel(self, cells: Cells) -> str:
        return f"IF({self.cond.excel(cells)},{OPEN_CELL},{self.body.excel(cells)})"
