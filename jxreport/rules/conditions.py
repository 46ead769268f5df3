"""Conditions of a rule: something that holds or not (ticks, counts and numbers in intervals, targets outside)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, runtime_checkable

from jxreport.number import plain
from jxreport.rules.api import Issue, Need, NeedKind
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.interval import Interval
from jxreport.rules.tree import Cells, Counted, Measure, interval_excel, unique


@runtime_checkable
class Cond(Protocol):
    """Something that holds or not."""

    def holds(self, run: Evaluation) -> bool: ...

    def words(self) -> str: ...

    def excel(self, cells: Cells) -> str: ...

    def needs(self) -> tuple[Need, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A statement that a person confirms or denies; `negated` = it holds when the answer is 否."""

    text: str
    negated: bool = False
    said: str = field(default="", compare=False)  # how the sentence says the denial
    unless: str = (
        ""  # key of a number: where it is known and positive, the statement (未开展此项工作) is false
    )

    @property
    def need(self) -> Need:
        return Need(kind=NeedKind.TICK, key=f"check:{self.text}", label=self.text, options=("是", "否"))

    def holds(self, run: Evaluation) -> bool:
        shown = run.answers.get(self.unless) if self.unless and self.need.key not in run.answers else None
        if isinstance(shown, Decimal) and shown > 0:
            run.say("convention", f"已有实际完成值，“{self.text}”不成立")
            return False
        return run.truth(self.need) != self.negated

    def words(self) -> str:
        return (self.said or f"不{self.text}") if self.negated else self.text

    def excel(self, cells: Cells) -> str:
        wanted = "否" if self.negated else "是"
        return f'({cells.ref(self.need)}="{wanted}")'

    def needs(self) -> tuple[Need, ...]:
        return (self.need,)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Several numbers at once (办结率=100%且满意率≥95%)."""

    parts: tuple[ValueIn, ...]

    def holds(self, run: Evaluation) -> bool:
        held = [part.holds(run) for part in self.parts]  # all are read, so that whatever is missing is asked
        return all(held)

    def words(self) -> str:
        return "且".join(part.words() for part in self.parts)

    def excel(self, cells: Cells) -> str:
        return f"AND({','.join(part.excel(cells) for part in self.parts)})"

    def needs(self) -> tuple[Need, ...]:
        return unique([need for part in self.parts for need in part.needs()])


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one of several statements holds (下列情形之一)."""

    items: tuple[Tick, ...]

    @property
    def key(self) -> str:
        """Where the answer lies that says of the whole statement that it holds."""
        return f"anyof:{self.words()}"

    def count(self, run: Evaluation) -> int:
        """How many hold; asks for all of them."""
        if run.answers.get(self.key) is True:
            return 1
        held = 0
        for item in self.items:
            if item.need.key not in run.answers:
                run.truth(item.need)
            held += item.holds(run)
        return held

    def holds(self, run: Evaluation) -> bool:
        return self.count(run) > 0

    def words(self) -> str:
        return f"有{'、'.join(item.text for item in self.items)}情形之一"

    def excel(self, cells: Cells) -> str:
        return f"({self.excel_count(cells)}>0)"

    def excel_count(self, cells: Cells) -> str:
        return "(" + "+".join(f'IF({cells.ref(item.need)}="是",1,0)' for item in self.items) + ")"

    def needs(self) -> tuple[Need, ...]:
        return unique(item.need for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountIn:
    """A count lies in an interval (三次及以上, 有1例)."""

    counted: Counted
    interval: Interval
    shared: bool = False  # counts what another clause counts: only the number is printed
    nth: bool = False  # 第三次: from this time on

    def holds(self, run: Evaluation) -> bool:
        return bool(self.interval.contains(run.number(self.counted.need)))

    def words(self) -> str:
        if self.nth and self.interval.lo is not None:
            return f"{self.counted.text[:-2]}第{'零一二三四五六七八九'[int(self.interval.lo)]}{self.counted.unit}"
        if self.shared and self.interval.lo is not None:
            number = f"{plain(self.interval.lo)}{self.counted.unit or '次'}"
            return f"{number}及以上" if self.interval.lo_in else f"超过{number}"
        if self.shared and self.interval.hi is not None:
            number = f"{plain(self.interval.hi)}{self.counted.unit or '次'}"
            return f"数量不超过{number}" if self.interval.hi_in else f"数量少于{number}"
        return self.counted.text

    def excel(self, cells: Cells) -> str:
        return interval_excel(self.interval, cells.ref(self.counted.need))

    def needs(self) -> tuple[Need, ...]:
        return (self.counted.need,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueIn:
    """The measure lies in an interval. At a bound the sentence leaves open it is asked."""

    measure: Measure
    interval: Interval

    def holds(self, run: Evaluation) -> bool:
        value = self.measure.read(run)
        inside = self.interval.contains(value)
        if inside is None:
            label = run.choose(
                f"bound:{plain(value)}:{self.words()}",
                f"{plain(value)}{self.measure.unit}是否属于“{self.words()}”",
                ("属于", "不属于"),
            )
            return label == "属于"
        if self.interval.law and not self.interval.stated and value in (self.interval.lo, self.interval.hi):
            text = f"{plain(value)}{self.measure.unit}正好在界上，按法律用语惯例“以上”“以下”包括本数"
            run.note(Issue(code="JX419", text=text))
        return inside

    def words(self) -> str:
        sign = "±" if self.measure.absolute else ""
        return self.interval.words(self.measure.said, self.measure.unit, sign)

    def excel(self, cells: Cells) -> str:
        return interval_excel(self.interval, self.measure.excel(cells))

    def needs(self) -> tuple[Need, ...]:
        return self.measure.needs()


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAgainstTarget:
    """The measure compared with a target outside the sentence (高于或等于市平均, 达到目标值)."""

    measure: Measure
    op: str
    text: str = field(default="", compare=False)
    factor: Decimal = Decimal(100)  # percent of the target
    away: Decimal = Decimal(0)  # percentage points added to it (低于目标值10个百分点以上: -10)
    aim: bool = False  # 达到/未达到: for a reverse indicator (≤) reaching the target means staying below it

    def holds(self, run: Evaluation) -> bool:
        value, target = run.number(self.measure.need), run.number(self.measure.target_need)
        run.value = value
        bound = target * self.factor / 100 + self.away
        op = {"≥": "≤", "<": ">"}.get(self.op, self.op) if self.aim and run.op in ("≤", "<") else self.op
        run.say("arithmetic", f"{plain(value)} {op} {plain(bound)}？")
        return {
            "≥": value >= bound,
            ">": value > bound,
            "≤": value <= bound,
            "<": value < bound,
            "=": value == bound,
        }[op]

    def words(self) -> str:
        word = {"≥": "大于或等于", ">": "大于", "≤": "小于或等于", "<": "小于", "=": "等于"}[self.op]
        if self.away:
            strict = self.op in ("<", ">")
            side = "低于" if self.away < 0 else "高于"
            amount = f"{'超过' if strict else ''}{plain(abs(self.away))}个百分点{'' if strict else '以上'}"
            return f"{self.measure.name}{side}{self.measure.target_name}{amount}"
        share = "" if self.factor == 100 else f"的{plain(self.factor)}%"
        if self.aim:
            word = "达到" if self.op == "≥" else "未达到"
        return f"{self.measure.name}{word}{self.measure.target_name}{share}"

    def excel(self, cells: Cells) -> str:
        sign = {"≥": ">=", "≤": "<="}.get(self.op, self.op)
        target = cells.ref(self.measure.target_need)
        if self.factor != 100:
            target = f"{target}*{plain(self.factor)}/100"
        if self.away:
            target = f"({target}{'+' if self.away > 0 else '-'}{plain(abs(self.away))})"
        return f"({cells.ref(self.measure.need)}{sign}{target})"

    def needs(self) -> tuple[Need, ...]:
        return (self.measure.need, self.measure.target_need)


@dataclass(frozen=True, slots=True, kw_only=True)
class FarAbove:
    """完成值高于指标值较多: below the target it is not so; above it the sentence leaves open how much is 较多."""

    measure: Measure
    text: str

    @staticmethod
    def _key(value: Decimal, target: Decimal) -> str:
        """How far is far is judged for these very numbers, not once for the sentence."""
        return f"far:{plain(value)}:{plain(target)}"

    def holds(self, run: Evaluation) -> bool:
        value, target = run.number(self.measure.need), run.number(self.measure.target_need)
        if value <= target:
            return False
        text = f"实际完成值{plain(value)}高于目标值{plain(target)}：是否属于“{self.text}”"
        return run.choose(self._key(value, target), text, ("不属于", "属于（由人工评定）")) != "不属于"

    def words(self) -> str:
        return self.text

    def excel(self, cells: Cells) -> str:
        above = f"{cells.ref(self.measure.need)}>{cells.ref(self.measure.target_need)}"
        return f"({above})"

    def needs(self) -> tuple[Need, ...]:
        return (self.measure.need, self.measure.target_need)
