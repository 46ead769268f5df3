"""Step: so many points for every so much away from an anchor (每低于5%扣2分, 每超10%加2分)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from jxreport.number import plain
from jxreport.rules.api import Issue, Need, NeedKind
from jxreport.rules.evaluation import ByHand, Evaluation
from jxreport.rules.tree import OPEN_CELL, Cells, Measure, unique

WHOLE, PRORATE, BEGUN = "不足一档的部分不计", "不足一档的部分按比例折算", "不足一档按一档计"
PARTIAL = {"whole": WHOLE, "prorate": PRORATE, "begun": BEGUN}
SINCE = "与上年相比的增减百分点"
OVERSPENT, EXCEEDED = "超支百分比", "超额百分比"  # the measure is itself the distance
_NO_RATE = Decimal(150)  # a target above this is an amount: its per cent are no percentage points
BY_COMPLETION, BY_DISTANCE = "按完成率（实际值÷目标值）计", "按实际值与目标值相差的百分点计"
POINT, RELATIVE = "按百分点计", "按目标值的百分比计"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Signed `points` for each `size` beyond the anchor. `anchor` None: the target outside the sentence.

    `side`: below | above | either. `partial`: "" (not stated: asked when it matters) | whole | prorate | begun.
    `relative`: the step is a percentage of the anchor; None where the sentence leaves that open.
    `limit`: the most this step may add or take away. `deviation`: the measure itself is the distance.
    """

    measure: Measure
    anchor: Decimal | None
    side: str
    size: Decimal
    points: Decimal
    unit: str = "%"
    partial: str = ""
    relative: bool | None = False
    limit: Decimal | None = None
    text: str = ""  # how the sentence names the step
    level_open: bool = False  # 较上年下降得满分,上升的每…: nothing is said of no change at all
    open_rate: bool = field(default=False, compare=False)  # 完成目标得满分,每低1个百分点: of completion, or of the rate?

    def needs(self) -> tuple[Need, ...]:
        return unique([self.measure.need, self._target]) if self.anchor is None else (self.measure.need,)

    @property
    def _target(self) -> Need:
        return Need(
            kind=NeedKind.TARGET,
            key="target",
            label=self.measure.target_name or "目标值",
            unit=self.measure.unit,
        )

    @property
    def _key(self) -> str:
        return f"{self.side}:{plain(self.size)}:{plain(self.points)}"

    def evaluate(self, run: Evaluation) -> Decimal:
        value = self.measure.read(run)
        anchor = self.anchor if self.anchor is not None else run.number(self._target)
        if self.open_rate:
            value, anchor = self._between_rates(run, value, anchor)
        distance = {"below": anchor - value, "above": value - anchor, "either": abs(value - anchor)}[
            self.side
        ]
        if distance == 0 and self.level_open:
            raise ByHand("与比较的数值持平时如何得分没有写明")
        if distance <= 0:
            beyond = {"below": "低于", "above": "高于", "either": "偏离"}[self.side]
            effect = "不扣分" if self.points < 0 else "不加分"
            run.say("clause", f"{plain(value)}{self.measure.unit}未{beyond}{plain(anchor)}{self.measure.unit}，{effect}")
            return Decimal(0)
        if self.side == "above" and self.points < 0 and self.anchor is not None and self.measure.unit == "%":
            run.doubt_bound(value, anchor)
        distance = self._in_steps_of(run, distance, anchor)
        steps = self._whole(run, distance / self.size)
        change = steps * self.points
        verb = "扣" if self.points < 0 else "加"
        run.say(
            "arithmetic",
            f"相差{plain(distance)}，{plain(steps)}档 × {plain(abs(self.points))}分 = {verb}{plain(abs(change))}分",
        )
        if self.limit is not None and abs(change) > self.limit:
            run.say("clause", f"最多{verb}{plain(self.limit)}分")
            change = self.limit.copy_sign(change)
        return change

    def _between_rates(self, run: Evaluation, value: Decimal, anchor: Decimal) -> tuple[Decimal, Decimal]:
        """76 of a target of 80: 5 points of completion, or 4 points below it where both are rates."""
        target = run.answers.get("target")
        if not isinstance(target, Decimal) or not 0 < target < 100:
            return value, anchor
        known = run.number(self.measure.need)
        text = f"目标值{plain(target)}、实际值{plain(known)}：每{plain(self.size)}{self.unit}按完成率计，还是按两个率相差的百分点计"
        if run.choose("rate", text, (BY_COMPLETION, BY_DISTANCE)) == BY_COMPLETION:
            return value, anchor
        run.value = known
        return known, target

    def _in_steps_of(self, run: Evaluation, distance: Decimal, anchor: Decimal) -> Decimal:
        relative = self.relative
        if relative is None and self.anchor is None and anchor > _NO_RATE:
            run.note(Issue(code="JX417", text=f"目标值是{plain(anchor)}，“每{plain(self.size)}%”按目标值的百分比计"))
            relative = True
        if relative is None:
            text = f"每{plain(self.size)}%是百分点，还是目标值的百分比"
            relative = run.choose(f"relative:{self._key}", text, (POINT, RELATIVE)) == RELATIVE
        if relative is False and self.anchor is None and self.unit == "%":
            run.note(Issue(code="JX417", text=f"“每{plain(self.size)}%”按百分点计"))
        return distance / anchor * 100 if relative and anchor != 0 else distance

    def _whole(self, run: Evaluation, steps: Decimal) -> Decimal:
        down, up = steps.to_integral_value(ROUND_FLOOR), steps.to_integral_value(ROUND_CEILING)
        if down == up:
            return down
        reading = PARTIAL.get(self.partial, "")
        if not reading:
            text = f"“{self.words()}”：不足一档的部分怎样计"
            reading = run.choose("partial", text, (PRORATE, WHOLE, BEGUN))
        return {PRORATE: steps, WHOLE: down, BEGUN: up}[reading]

    def words(self) -> str:
        verb = "扣" if self.points < 0 else "加"
        word = {"below": "低", "above": "高", "either": "相差"}[self.side]
        if self.anchor == 0 and self.measure.name in (OVERSPENT, EXCEEDED):
            word = "超支" if self.measure.name == OVERSPENT else "超额"
        elif self.anchor == 0 and self.side == "above" and self.measure.unit == "%":
            if self.points > 0 and self.measure.name != SINCE:
                return f"{self.measure.name}每达到{plain(self.size)}{self.unit}得{plain(self.points)}分"
            word = "相差" if self.points < 0 and self.measure.name != SINCE else word
        unit = self.unit
        if self.relative is True:
            unit = "%"
        target = "目标值" if self.relative is True else ""
        size = f"{target}的{plain(self.size)}{unit}" if target else f"{plain(self.size)}{unit}"
        return f"每{word}{size}{verb}{plain(abs(self.points))}分"

    def sentence(self) -> str:
        verb = "扣" if self.points < 0 else "加"
        tail = {
            "whole": ",不足一档的不计",
            "prorate": ",不足一档的按比例计算",
            "begun": ",不足一档的按一档计算",
        }.get(self.partial, "")
        limit = f",最多{verb}{plain(self.limit)}分" if self.limit is not None else ""
        return f"{self._from()}{self.words()}{tail}{limit}"

    def _from(self) -> str:
        """Where the steps begin, in words."""
        if self.anchor == 0 and self.measure.unit == "%" and self.side != "below":
            return ""
        word = {"below": "低于", "above": "高于"}.get(self.side)
        if word is None:
            return ""
        name = self.measure.name
        sign = "±" if self.measure.absolute else ""
        return f"{name}{word}{'目标值' if self.anchor is None else sign + plain(self.anchor) + self.measure.unit}的,"

    def excel(self, cells: Cells) -> str:
        if not self.open_rate:
            return self._excel(cells, self.measure.excel(cells))
        target, known = cells.ref(self.measure.target_need), cells.ref(self.measure.need)
        usual, choice = self._excel(cells, self.measure.excel(cells)), cells.choice("rate")
        if choice == BY_COMPLETION:
            return usual
        other = OPEN_CELL if choice is None else replace(self, open_rate=False, anchor=None)._excel(cells, known)
        return f"IF(AND({target}>0,{target}<100),{other},{usual})"

    def _excel(self, cells: Cells, ref: str) -> str:
        anchor = plain(self.anchor) if self.anchor is not None else cells.ref(self._target)
        level = f"{ref}={anchor}" if self.level_open else ""
        distance = {
            "below": f"MAX(0,{anchor}-{ref})",
            "above": f"MAX(0,{ref}-{anchor})" if self.anchor != 0 else f"MAX(0,{ref})",
            "either": f"ABS({ref}-{anchor})" if self.anchor != 0 else f"ABS({ref})",
        }[self.side]
        relative = self.relative
        if relative is None:
            choice = cells.choice(f"relative:{self._key}")
            if choice is None and self.anchor is not None:
                return OPEN_CELL
            share = f"{distance}/{anchor}*100"
            if choice is None or choice == POINT:
                otherwise = OPEN_CELL if choice is None else distance
                distance = f"IF({anchor}>{plain(_NO_RATE)},{share},{otherwise})" if self.anchor is None else distance
            relative = choice == RELATIVE
        if relative:
            distance = f"{distance}/{anchor}*100"
        change = self._change(f"ROUND({distance}/{plain(self.size)},9)", cells)
        return f"IF({level},{OPEN_CELL},{change})" if level else change

    def _change(self, steps: str, cells: Cells) -> str:
        reading = PARTIAL.get(self.partial) or cells.choice("partial")
        whole = {WHOLE: f"INT({steps})", PRORATE: steps, BEGUN: f"ROUNDUP({steps},0)"}

        def points(count: str) -> str:
            change = f"{count}*{plain(abs(self.points))}"
            change = change if self.limit is None else f"MIN({plain(self.limit)},{change})"
            return f"(-{change})" if self.points < 0 else f"({change})"

        if reading in whole:
            return points(whole[reading])
        return f"IF({steps}=INT({steps}),{points(steps)},{OPEN_CELL})"
