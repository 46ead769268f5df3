"""Items: lists of things that add or take away points, ticked (once) or counted (per event)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from jxreport.number import plain
from jxreport.rules.api import Need
from jxreport.rules.conditions import AnyOf, Cond, CountIn, ValueIn
from jxreport.rules.evaluation import Evaluation, Unanswered
from jxreport.rules.nodes.step import BEGUN, PARTIAL, PRORATE, WHOLE
from jxreport.rules.tree import OPEN_CELL, Cells, Counted, unique

ONCE, PER_CASE = "只计一次", "每种情形各计一次"
_REST = {"": "", "open": ";否则不得分", "all": ";缺1项,本项不得分"}
EACH, ALL = "逐项计分", "全部做到才得分"
FROM_FIRST, FROM_BOUND, BEYOND = "从第一个起全部计", "从达到界线的那个起计", "只计超过界线的部分"
ADD_UP, STRONGEST = "累加", "只按最重的一档"


def signed(points: Decimal) -> str:
    return f"{'扣' if points < 0 else '加'}{plain(abs(points))}分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Points once, where a condition holds. `award`: written 得N分 (part of the mark) rather than 加N分."""

    cond: Cond
    points: Decimal
    award: bool = False

    def words(self) -> str:
        verb = f"得{plain(self.points)}分" if self.award else signed(self.points)
        return f"{self.cond.words()}{verb}" if self.award else f"{self.cond.words()},{verb}"

    def needs(self) -> tuple[Need, ...]:
        return self.cond.needs()

    def change(self, run: Evaluation) -> Decimal:
        if not self.cond.holds(run):
            return Decimal(0)
        if isinstance(self.cond, AnyOf) and self.cond.count(run) > 1:
            return self._several(run, self.cond)
        run.say(
            "clause",
            f"“{self.cond.words()}”成立，{signed(self.points) if not self.award else f'得{plain(self.points)}分'}",
        )
        return self.points

    def _several(self, run: Evaluation, cond: AnyOf) -> Decimal:
        """Several of the 下列情形之一 hold: once, or for each?"""
        held = cond.count(run)
        text = "同时有几种情形时，“之一”是只计一次，还是每种情形各计一次"
        times = 1 if run.choose(self._key, text, (ONCE, PER_CASE)) == ONCE else held
        run.say("clause", f"“{cond.words()}”成立{held}种，{signed(self.points)} × {times}")
        return self.points * times

    @property
    def _key(self) -> str:
        return f"anyof:{self.cond.words()}"

    def excel(self, cells: Cells) -> str:
        if isinstance(self.cond, AnyOf):
            held, choice = self.cond.excel_count(cells), cells.choice(self._key)
            several = {ONCE: plain(self.points), PER_CASE: f"{held}*({plain(self.points)})"}.get(choice or "", OPEN_CELL)
            return f"IF({held}>1,{several},{held}*({plain(self.points)}))"
        return f"IF({self.cond.excel(cells)},{plain(self.points)},0)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Points for every `per` of what is counted. `cliff`: from so many on, this many points instead (三次及以上扣6分)."""

    counted: Counted
    points: Decimal
    per: Decimal = Decimal(1)
    limit: Decimal | None = None
    award: bool = False
    cliff_from: Decimal | None = None
    cliff_points: Decimal | None = None
    beyond: Decimal | None = None  # 超过2次的,每超1次: only what is beyond counts
    bound: Decimal | None = None  # 3处以上的,每处: nothing below; from which one it counts then is not said
    tail: str = ""  # words behind the points (/次)
    partial: str = ""
    against_target: bool = False  # the shortfall from a target outside the sentence
    required: Decimal | None = None  # 不少于100场,每少1场: the count can be worked out from the actual number
    side: str = field(default="", compare=False)  # below | above: the count is a shortfall from, or an excess over

    def words(self) -> str:
        verb = f"得{plain(self.points)}分" if self.award else signed(self.points)
        comma = "" if self.award else ","
        text = f"{self._told()}{comma}{verb}{self.tail}"
        if self.limit is not None:
            text += f",最多{'扣' if self.points < 0 else '得' if self.award else '加'}{plain(self.limit)}分"
        if self.cliff_from is not None and self.cliff_points is not None:
            text += f",{plain(self.cliff_from)}{self.counted.unit or '次'}及以上{signed(self.cliff_points)}"
        return text

    def _told(self) -> str:
        unit, stem = self.counted.unit, self.counted.text[: -len(self.counted.unit) - 1]
        if self.beyond is not None:
            return f"{stem}超过{plain(self.beyond)}{unit}的,每超{plain(self.per)}{unit}"
        if self.bound is not None:
            return f"{stem}{plain(self.bound)}{unit}以上的,每{'' if self.per == 1 else plain(self.per)}{unit}"
        return self.counted.text

    def needs(self) -> tuple[Need, ...]:
        return (self.counted.need,)

    def change(self, run: Evaluation) -> Decimal:
        count = self._past_bound(run, self._count(run))
        if self.cliff_from is not None and self.cliff_points is not None and count >= self.cliff_from:
            run.say(
                "clause",
                f"{plain(count)}{self.counted.unit}，达到{plain(self.cliff_from)}，{signed(self.cliff_points)}",
            )
            return self.cliff_points
        times = self._times(run, count / self.per)
        change = times * self.points
        if count:
            run.say(
                "arithmetic",
                f"“{self.counted.text}”{plain(count)} → {plain(times)} × {plain(self.points)}分 = {plain(change)}分",
            )
        if self.limit is not None and abs(change) > self.limit:
            run.say("clause", f"以{plain(self.limit)}分为限")
            change = self.limit.copy_sign(change)
        return change

    def _past_bound(self, run: Evaluation, count: Decimal) -> Decimal:
        """What counts where the sentence begins to count only from a number on."""
        if self.beyond is not None:
            run.say("arithmetic", f"{self.counted.text}{plain(count)}，超过{plain(self.beyond)}的部分才计")
            return max(Decimal(0), count - self.beyond)
        if self.bound is None or count < self.bound:
            return count if self.bound is None else Decimal(0)
        text = f"“{self._told()}”：从哪一个起计没有写明"
        reading = run.choose(f"from:{self.counted.text}", text, (FROM_FIRST, FROM_BOUND, BEYOND))
        return {FROM_FIRST: count, FROM_BOUND: count - self.bound + 1, BEYOND: count - self.bound}[reading]

    def _count(self, run: Evaluation) -> Decimal:
        known = run.answers.get("value")
        required = self.required if self.required is not None and not self.against_target else run.answers.get("target")
        if (
            self.counted.need.key not in run.answers
            and isinstance(required, Decimal)
            and isinstance(known, Decimal)
        ):
            run.value = known
            count = max(Decimal(0), self.distance(known, required))
            run.say("arithmetic", f"要求{plain(required)}，实际{plain(known)}，相差{plain(count)}")
            return count
        return run.number(self.counted.need)

    def distance(self, known: Decimal, required: Decimal) -> Decimal:
        """How far the actual number misses what is required (negative: not at all)."""
        return known - required if self.side == "above" else required - known

    def _times(self, run: Evaluation, times: Decimal) -> Decimal:
        """Parts of a step (每逾期5个工作日 at 7 days) are an open point as in :class:`Step`."""
        down, up = times.to_integral_value(ROUND_FLOOR), times.to_integral_value(ROUND_CEILING)
        if down == up:
            return times
        reading = PARTIAL.get(self.partial, "")
        if not reading:
            text = f"“{self.words()}”：不足一档的部分怎样计"
            reading = run.choose(f"partial:{self.counted.text}", text, (PRORATE, WHOLE, BEGUN))
        return {PRORATE: times, WHOLE: down, BEGUN: up}[reading]

    def excel(self, cells: Cells) -> str:
        ref = cells.ref(self.counted.need)
        if self.beyond is not None:
            ref = f"MAX(0,{ref}-{plain(self.beyond)})"
        if self.bound is not None:
            below = {FROM_FIRST: "0", FROM_BOUND: plain(self.bound - 1), BEYOND: plain(self.bound)}
            less = below.get(cells.choice(f"from:{self.counted.text}") or "")
            if less is None:
                return f"IF({ref}<{plain(self.bound)},0,{OPEN_CELL})"
            ref = f"IF({ref}<{plain(self.bound)},0,{ref}-{less})"
        steps = ref if self.per == 1 else f"ROUND({ref}/{plain(self.per)},9)"
        reading = PARTIAL.get(self.partial) or cells.choice(f"partial:{self.counted.text}")
        whole = {WHOLE: f"INT({steps})", PRORATE: steps, BEGUN: f"ROUNDUP({steps},0)"}
        change = f"{whole.get(reading or '', steps)}*{plain(abs(self.points))}"
        if self.limit is not None:
            change = f"MIN({plain(self.limit)},{change})"
        change = f"(-{change})" if self.points < 0 else f"({change})"
        if reading not in whole:
            change = f"IF({steps}=INT({steps}),{change},{OPEN_CELL})"
        if self.cliff_from is not None and self.cliff_points is not None:
            return f"IF({ref}>={plain(self.cliff_from)},{plain(self.cliff_points)},{change})"
        return change


def _ladder_key(item: Item) -> str:
    """What several items measure together (低于90%…低于80%, 第一次…第二次); "" where an item stands for itself."""
    if isinstance(item.cond, ValueIn):
        return item.cond.measure.key
    return item.cond.counted.need.key if isinstance(item.cond, CountIn) and item.cond.nth else ""


def _times_excel(times: list[Item], cells: Cells) -> str:
    """第一次扣1分,第二次扣2分: from the second time on the reading decides."""
    first = times[0].cond
    assert isinstance(first, CountIn)
    ref = cells.ref(first.counted.need)
    choice = cells.choice(f"ladder:{first.counted.need.key}")
    if choice == ADD_UP:
        return "(" + "+".join(item.excel(cells) for item in times) + ")"
    result = f"IF({ref}>=1,{plain(times[0].points)},0)"
    later = OPEN_CELL
    if choice == STRONGEST:
        later = "0"
        for item in sorted(times, key=lambda i: abs(i.points)):
            later = f"IF({item.cond.excel(cells)},{plain(item.points)},{later})"
    return f"IF({ref}>=2,{later},{result})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The changes added up, within `limit` (points, of either sign) where the sentence states one."""

    parts: tuple[Item | Event, ...]
    limit: Decimal | None = None
    rest: str = ""  # 甲得1分,乙得1分,否则不得分: "open" (does it mean each part, or all of them?), "all" (缺1项,本项不得分)

    def needs(self) -> tuple[Need, ...]:
        return unique(need for part in self.parts for need in part.needs())

    def evaluate(self, run: Evaluation) -> Decimal:
        total = Decimal(0)
        missing: Unanswered | None = None
        hit: list[Item] = []
        for part in self.parts:
            try:
                change = part.change(run)
            except Unanswered as lack:
                if lack.need not in run.missing:
                    run.missing.append(lack.need)
                missing = lack
                continue
            if isinstance(part, Item) and _ladder_key(part) and change:
                hit.append(part)
            total += change
        if missing is not None:
            raise missing
        total += self._ladder(run, hit)
        total = self._all(run, total)
        if self.limit is not None and abs(total) > self.limit:
            run.say("clause", f"合计以{plain(self.limit)}分为限")
            total = self.limit.copy_sign(total)
        return total

    def _all(self, run: Evaluation, total: Decimal) -> Decimal:
        """Some parts earned and others not, where the sentence may want all of them."""
        full = sum((part.points for part in self.parts), Decimal(0))
        if not self.rest or total in (0, full):
            return total
        text = "只做到其中一部分时，是各项分别计分，还是要求全部做到才得分"
        if self.rest == "all" or run.choose("all", text, (EACH, ALL)) == ALL:
            run.say("clause", "没有全部做到，不得分")
            return Decimal(0)
        return total

    def _ladder(self, run: Evaluation, hit: list[Item]) -> Decimal:
        """低于90%扣1分,低于80%扣2分: replace or add? The correction to the plain sum."""
        by_measure: dict[str, list[Item]] = {}
        for item in hit:
            by_measure.setdefault(_ladder_key(item), []).append(item)
        correction = Decimal(0)
        for key, items in by_measure.items():
            if len(items) > 1:
                words = "、".join(item.words() for item in items)
                reading = run.choose(
                    f"ladder:{key}", f"同时符合几档（{words}），是累加还是只按一档", (ADD_UP, STRONGEST)
                )
                if reading == STRONGEST:
                    strongest = max((item.points for item in items), key=abs)
                    correction += strongest - sum((item.points for item in items), Decimal(0))
        return correction

    def sentence(self) -> str:
        text = ";".join(part.words() for part in self.parts) + _REST[self.rest]
        if self.limit is None:
            return text
        total = sum((part.points for part in self.parts), Decimal(0))
        verb = "扣" if total < 0 else "得" if all(part.award for part in self.parts) else "加"
        return f"{text};累计最多{verb}{plain(self.limit)}分"

    def excel(self, cells: Cells) -> str:
        measures = [
            p.cond.measure.key for p in self.parts if isinstance(p, Item) and isinstance(p.cond, ValueIn)
        ]
        if len(measures) != len(set(measures)):
            return OPEN_CELL
        times = [p for p in self.parts if isinstance(p, Item) and isinstance(p.cond, CountIn) and p.cond.nth]
        total = "+".join(part.excel(cells) for part in self.parts if part not in times)
        if times:
            total = f"{total}+{_times_excel(times, cells)}" if total else _times_excel(times, cells)
        if self.rest:
            full = plain(sum((part.points for part in self.parts), Decimal(0)))
            choice = ALL if self.rest == "all" else cells.choice("all")
            total = f"IF(OR(({total})=0,({total})={full}),{total},{'0' if choice == ALL else total if choice == EACH else OPEN_CELL})"
        if self.limit is not None:
            return f"MAX(-{plain(self.limit)},MIN({plain(self.limit)},{total}))"
        return f"({total})"
